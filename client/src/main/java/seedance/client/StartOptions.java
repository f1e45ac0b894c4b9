package seedance.client;

import java.util.Objects;
import java.util.Optional;
import seedance.workflows.json.Json;

/**
 * How the command line still starts generations and chains; {@link GenerationStart} and {@link
 * ChainStart} take its place.
 *
 * @param workflowId empty makes one up
 * @param options the workflow's second argument; {@link Json#NULL} for the defaults
 * @param validateFirst whether to hold the request to the rules before starting
 * @param again whether to start even where an earlier generation of the same id may be charged
 */
public record StartOptions(
    Optional<String> workflowId, Json options, boolean validateFirst, boolean again) {

  /** An id is made up, the options are the defaults, the request is validated first. */
  public static final StartOptions DEFAULTS =
      new StartOptions(Optional.empty(), Json.NULL, true, false);

  public StartOptions {
    Objects.requireNonNull(workflowId, "workflowId");
    Objects.requireNonNull(options, "options");
  }

  /** These with a workflow id. */
  public StartOptions withWorkflowId(String id) {
    return new StartOptions(Optional.of(id), options, validateFirst, again);
  }

  /** These with options for the run. */
  public StartOptions withOptions(Json newOptions) {
    return new StartOptions(workflowId, newOptions, validateFirst, again);
  }

  /** These, leaving the check of the request to the workflow. */
  public StartOptions withoutValidation() {
    return new StartOptions(workflowId, options, false, again);
  }

  /** These, accepting that an earlier generation of the same id may have been charged already. */
  public StartOptions startingAgain() {
    return new StartOptions(workflowId, options, validateFirst, true);
  }

  GenerationStart ofGeneration() {
    GenerationStart start =
        workflowId.map(GenerationStart::withId).orElseGet(GenerationStart::withNewId);
    start = start.options(options);
    start = validateFirst ? start : start.withoutValidation();
    return again ? start.startingAgain() : start;
  }

  ChainStart ofChain() {
    ChainStart start = workflowId.map(ChainStart::withId).orElseGet(ChainStart::withNewId);
    start = start.options(options);
    return validateFirst ? start : start.withoutValidation();
  }
}
