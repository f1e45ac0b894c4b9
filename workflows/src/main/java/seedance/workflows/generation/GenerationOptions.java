package seedance.workflows.generation;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import seedance.workflows.request.AnyJson;
import seedance.workflows.request.JsonFields;
import seedance.workflows.request.Violations;

/**
 * What concerns a generation's run and not its video: the workflow's second argument, which may be
 * absent.
 *
 * @param allowUnknownFields whether fields of the request that no rule knows are sent on unchanged
 *     instead of being violations; false by default
 * @param submitWithin how long a submission that the service does not take, say because its queue
 *     is full, is tried again; over 0, at most {@link #LONGEST_SUBMIT_WITHIN}, 24 hours by default;
 *     in JSON as ISO-8601 text such as {@code "PT24H"}
 */
public record GenerationOptions(boolean allowUnknownFields, Duration submitWithin) {

  /** A week; whoever waits longer for a queue wants to be asked. */
  public static final Duration LONGEST_SUBMIT_WITHIN = Duration.ofDays(7);

  /** What holds where nothing is said. */
  public static final GenerationOptions DEFAULTS =
      new GenerationOptions(false, Duration.ofHours(24));

  private static final String PATH = "options";
  private static final String ALLOW_UNKNOWN_FIELDS = "allowUnknownFields";
  private static final String SUBMIT_WITHIN = "submitWithin";

  /**
   * @throws IllegalArgumentException if {@code submitWithin} is out of range
   */
  public GenerationOptions {
    Objects.requireNonNull(submitWithin, SUBMIT_WITHIN);
    if (submitWithin.isNegative()
        || submitWithin.isZero()
        || submitWithin.compareTo(LONGEST_SUBMIT_WITHIN) > 0) {
      throw new IllegalArgumentException(
          "submitWithin must be over 0 and at most " + LONGEST_SUBMIT_WITHIN);
    }
  }

  /** Returns these options with another {@code allowUnknownFields}. */
  public GenerationOptions withAllowUnknownFields(boolean allow) {
    return new GenerationOptions(allow, submitWithin);
  }

  /** Returns these options with another {@code submitWithin}. */
  public GenerationOptions withSubmitWithin(Duration duration) {
    return new GenerationOptions(allowUnknownFields, duration);
  }

  /**
   * Reads options as a client sent them and names everything wrong with them, at paths {@code
   * options.…}.
   *
   * @param json null or JSON {@code null} gives the defaults, and so does an absent or {@code null}
   *     field
   */
  public static OptionsVerdict check(AnyJson json) {
    Violations found = new Violations();
    Object tree = AnyJson.orNull(json).tree();
    GenerationOptions options = DEFAULTS;
    Optional<JsonFields> fields =
        tree == null ? Optional.empty() : JsonFields.of(tree, PATH, found);
    if (fields.isPresent()) {
      options = read(fields.get());
      fields.get().refuseOthers();
    }
    return found.isEmpty()
        ? new OptionsVerdict.Valid(options)
        : new OptionsVerdict.Invalid(found.list());
  }

  private static GenerationOptions read(JsonFields fields) {
    return new GenerationOptions(
        fields.flag(ALLOW_UNKNOWN_FIELDS).orElse(DEFAULTS.allowUnknownFields),
        fields.duration(SUBMIT_WITHIN, LONGEST_SUBMIT_WITHIN).orElse(DEFAULTS.submitWithin));
  }

  /**
   * Returns options as a client sent them, all else unchanged, for a generation that goes on in a
   * new run.
   *
   * @param left what is left of {@code submitWithin}; less than nothing counts as a last moment
   */
  static AnyJson submittingWithin(Duration left, AnyJson options) {
    Map<String, Object> fields = new LinkedHashMap<>();
    if (options.tree() instanceof Map<?, ?> given) {
      given.forEach((name, value) -> fields.put((String) name, value));
    }
    Duration moment = Duration.ofMillis(1);
    fields.put(SUBMIT_WITHIN, (left.compareTo(moment) < 0 ? moment : left).toString());
    return new AnyJson(fields);
  }

  /** Returns the options as JSON. */
  @JsonValue
  public AnyJson json() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put(ALLOW_UNKNOWN_FIELDS, allowUnknownFields);
    fields.put(SUBMIT_WITHIN, submitWithin.toString());
    return new AnyJson(fields);
  }

  /**
   * Reads options that were judged before. Fields of a later version are left aside, so that
   * workers of two versions can share a workflow.
   *
   * @throws IllegalArgumentException if they are not options
   */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public static GenerationOptions fromJson(AnyJson json) {
    Violations found = new Violations();
    Object tree = AnyJson.orNull(json).tree();
    if (tree == null) {
      return DEFAULTS;
    }
    Optional<GenerationOptions> options =
        JsonFields.of(tree, PATH, found).map(GenerationOptions::read);
    if (!found.isEmpty()) {
      throw new IllegalArgumentException(String.valueOf(found.list()));
    }
    return options.orElseThrow();
  }
}
