package seedance.client;

import java.util.Objects;
import java.util.Optional;
import seedance.workflows.json.Json;

/**
 * How to start a generation.
 *
 * @param workflowId the workflow's id, best one that your business knows, as a second start with
 *     the same id and request makes no second generation; empty makes one up, such as {@code
 *     20261122T184501Z-text-doubao-seedance-2-0-7f3a}
 * @param options the workflow's second argument: what concerns the run and not the video; {@link
 *     Json#NULL} for the defaults
 * @param validateFirst whether to hold the request to the rules before starting, so that a wrong
 *     one starts nothing; the workflow validates in any case
 * @param again whether to start even where an earlier generation of the same id failed in a way
 *     that may have been charged
 */
public record StartOptions(
    Optional<String> workflowId, Json options, boolean validateFirst, boolean again) {

  /** An id is made up, the options are the defaults, the request is validated first. */
  public static final StartOptions DEFAULTS =
      new StartOptions(Optional.empty(), Json.NULL, true, false);

  public StartOptions {
    Objects.requireNonNull(workflowId, "workflowId");
    Objects.requireNonNull(options, "options");
    workflowId.ifPresent(
        id -> {
          if (id.isBlank()) {
            throw new IllegalArgumentException("a workflow's id cannot be blank");
          }
        });
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
}
