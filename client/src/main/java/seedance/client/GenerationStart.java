package seedance.client;

import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import seedance.workflows.generation.GenerationOptions;
import seedance.workflows.json.Json;

/** How to start a generation: under which id, and what concerns the run and not the video. */
public final class GenerationStart {
  private final Optional<String> workflowId;
  private final Json options;
  private final boolean validateFirst;
  private final boolean again;

  private GenerationStart(
      Optional<String> workflowId, Json options, boolean validateFirst, boolean again) {
    this.workflowId = workflowId;
    this.options = options;
    this.validateFirst = validateFirst;
    this.again = again;
  }

  /**
   * Under a workflow id, best one that your business knows: a second start with the same id and
   * request makes no second generation.
   *
   * @throws IllegalArgumentException if it is blank
   */
  public static GenerationStart withId(String workflowId) {
    return new GenerationStart(Optional.of(notBlank(workflowId)), Json.NULL, true, false);
  }

  /**
   * Under an id that is made up, such as {@code 20261122T184501Z-text-doubao-seedance-2-0-7f3a}.
   */
  public static GenerationStart withNewId() {
    return new GenerationStart(Optional.empty(), Json.NULL, true, false);
  }

  static String notBlank(String workflowId) {
    if (workflowId.isBlank()) {
      throw new IllegalArgumentException("a workflow's id cannot be blank");
    }
    return workflowId;
  }

  /**
   * The same with options, on top of those said before; without any, the defaults hold.
   *
   * @throws IllegalArgumentException if a duration is out of range, or those said before are none
   */
  public GenerationStart options(UnaryOperator<GenerationOptions.Builder> change) {
    return options(
        change.apply(GenerationOptions.check(options).orElseThrow().toBuilder()).build());
  }

  /** The same with these options. */
  public GenerationStart options(GenerationOptions options) {
    return options(options.json());
  }

  /** The same with options in JSON, checked at the start; JSON {@code null} for the defaults. */
  public GenerationStart options(Json options) {
    Objects.requireNonNull(options, "options");
    return new GenerationStart(workflowId, options, validateFirst, again);
  }

  /**
   * The same, leaving the check of the request to the workflow, which checks in any case; without
   * this, a wrong request starts nothing.
   */
  public GenerationStart withoutValidation() {
    return new GenerationStart(workflowId, options, false, again);
  }

  /**
   * The same, but also where an earlier generation of the same id failed in a way that may have
   * been charged.
   */
  public GenerationStart startingAgain() {
    return new GenerationStart(workflowId, options, validateFirst, true);
  }

  Optional<String> workflowId() {
    return workflowId;
  }

  Json options() {
    return options;
  }

  boolean validateFirst() {
    return validateFirst;
  }

  boolean again() {
    return again;
  }
}
