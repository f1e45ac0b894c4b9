package seedance.workflows.generation;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.Objects;
import java.util.UUID;
import seedance.workflows.json.Json;
import seedance.workflows.json.WireForm;

/**
 * By what a task is known again when the answer to its submission is lost. The service has no
 * idempotency key and repeats nothing that a client says of itself, except for these two fields of
 * the request. It stands in history before the request is sent.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "marker")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Marker.Seed.class, name = "seed"),
  @JsonSubTypes.Type(value = Marker.SafetyIdentifier.class, name = "safetyIdentifier"),
  @JsonSubTypes.Type(value = Marker.None.class, name = "none")
})
public sealed interface Marker {

  /** Whether a task that shows it can be of no other submission. */
  default boolean isOurs() {
    return !(this instanceof None);
  }

  /** Returns the body with this marker in it. */
  Json on(Json body);

  /**
   * Makes the marker of one submission, the same each time.
   *
   * @param submissionId as good as drawn at random
   */
  static Marker of(Marking marking, UUID submissionId) {
    return switch (marking) {
      case SEED -> new Seed((int) (submissionId.getMostSignificantBits() >>> 33));
      case SAFETY_IDENTIFIER -> new SafetyIdentifier("submission-" + submissionId);
      case NONE -> new None();
    };
  }

  /**
   * One of 2³¹ seeds, for a request that leaves the seed open.
   *
   * @param seed 0 to 2147483647
   */
  @WireForm
  record Seed(int seed) implements Marker {
    public Seed {
      if (seed < 0) {
        throw new IllegalArgumentException("a seed is 0 or more");
      }
    }

    @Override
    public Json on(Json body) {
      return body.with("seed", seed);
    }
  }

  /** A {@code safety_identifier}, which the service echoes in a look and in its list. */
  @WireForm
  record SafetyIdentifier(String value) implements Marker {
    public SafetyIdentifier {
      Objects.requireNonNull(value, "value");
    }

    @Override
    public Json on(Json body) {
      return body.with("safety_identifier", value);
    }
  }

  /** The request goes out as it is, and only what it says itself can be looked for. */
  @WireForm
  record None() implements Marker {
    @Override
    public Json on(Json body) {
      return body;
    }
  }
}
