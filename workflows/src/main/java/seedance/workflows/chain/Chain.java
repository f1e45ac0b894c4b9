package seedance.workflows.chain;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import seedance.workflows.json.Json;
import seedance.workflows.json.Wording;

/**
 * A chain as its workflow's first argument has it: steps in any order, as what they refer to orders
 * them. Nothing of it is checked but that it is an object: {@code SeedanceClient.startChain} and
 * the workflow name every rule that it breaks.
 *
 * <pre>{@code
 * Chain.of(step("opening", request), step("longer", extend("opening", "The cat stretches")));
 * Chain.parse(Files.readString(Path.of("chain.json")));
 * }</pre>
 */
public record Chain(Json json) {
  /** As many steps a chain may have. */
  public static final int MOST_STEPS = 200;

  /**
   * @param json {@code {"steps":[{"id":…,"request":{…},"approve":false}]}}
   * @throws IllegalArgumentException if it is no object
   */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public Chain {
    Objects.requireNonNull(json, "json");
    if (!json.isObject()) {
      throw new IllegalArgumentException(
          "a chain is a JSON object, not " + Wording.kind(json.tree()));
    }
  }

  /** A chain of these steps. */
  public static Chain of(ChainStep... steps) {
    return of(List.of(steps));
  }

  /** A chain of these steps. */
  public static Chain of(List<ChainStep> steps) {
    Map<String, ChainStep> byId = new HashMap<>();
    steps.forEach(step -> byId.putIfAbsent(step.id(), step));
    return new Chain(Json.NULL.with("steps", steps.stream().map(step -> step.json(byId)).toList()));
  }

  /**
   * Reads JSON text.
   *
   * @throws seedance.workflows.json.InvalidException if it is no JSON, with its violations
   * @throws IllegalArgumentException if it is something other than an object
   */
  public static Chain parse(String text) {
    return new Chain(Json.parse(text));
  }

  /**
   * Has the clips of steps joined to one film.
   *
   * @param steps their ids, in the film's order; a clip may come twice
   */
  public JoinedChain join(String... steps) {
    return new JoinedChain(this, List.of(steps));
  }

  /** The chain as JSON. */
  @Override
  @JsonValue
  public Json json() {
    return json;
  }
}
