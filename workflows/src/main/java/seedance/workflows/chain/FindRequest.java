package seedance.workflows.chain;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import seedance.workflows.json.Json;
import seedance.workflows.json.WireForm;

/**
 * Which generation to find.
 *
 * @param workflowId of the {@code VideoGeneration}
 * @param request what it has to have been made from, its references resolved to generations, {@link
 *     seedance.workflows.request.InlineMedia#without without inline media}
 * @param takenOverAs the workflow id under which it is to be found from then on too; null for none
 * @param chainRun of the chain that made it for itself, from whatever request; null for none
 */
@WireForm
public record FindRequest(
    String workflowId, Json request, @Nullable String takenOverAs, @Nullable String chainRun) {
  public FindRequest {
    Objects.requireNonNull(workflowId, "workflowId");
    Objects.requireNonNull(request, "request");
  }
}
