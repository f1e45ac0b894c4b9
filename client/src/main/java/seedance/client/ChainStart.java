package seedance.client;

import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import seedance.workflows.chain.ChainOptions;
import seedance.workflows.json.Json;

/** How to start a chain: under which id, and what concerns the run and not the videos. */
public final class ChainStart {
  private final Optional<String> workflowId;
  private final Json options;
  private final boolean validateFirst;

  private ChainStart(Optional<String> workflowId, Json options, boolean validateFirst) {
    this.workflowId = workflowId;
    this.options = options;
    this.validateFirst = validateFirst;
  }

  /**
   * Under a workflow id, best one that your business knows: a second start with the same id and
   * chain starts nothing.
   *
   * @throws IllegalArgumentException if it is blank
   */
  public static ChainStart withId(String workflowId) {
    return new ChainStart(Optional.of(GenerationStart.notBlank(workflowId)), Json.NULL, true);
  }

  /** Under an id that is made up, such as {@code 20261122T184501Z-chain-7f3a}. */
  public static ChainStart withNewId() {
    return new ChainStart(Optional.empty(), Json.NULL, true);
  }

  /**
   * The same with options, on top of those said before; without any, the defaults hold.
   *
   * @throws IllegalArgumentException if a value is out of range, or those said before are none
   */
  public ChainStart options(UnaryOperator<ChainOptions.Builder> change) {
    return options(change.apply(ChainOptions.check(options).orElseThrow().toBuilder()).build());
  }

  /** The same with these options. */
  public ChainStart options(ChainOptions options) {
    return options(options.json());
  }

  /** The same with options in JSON, checked at the start; JSON {@code null} for the defaults. */
  public ChainStart options(Json options) {
    return new ChainStart(workflowId, Objects.requireNonNull(options, "options"), validateFirst);
  }

  /**
   * The same, leaving the check of the chain to the workflow, which checks in any case; without
   * this, a wrong chain starts nothing.
   */
  public ChainStart withoutValidation() {
    return new ChainStart(workflowId, options, false);
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
}
