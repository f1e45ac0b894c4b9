package seedance.workflows.chain;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import seedance.workflows.json.WireForm;
import seedance.workflows.request.Money;

/**
 * Where a chain stands: the answer to the query {@code progress}, and in words the workflow's
 * current details.
 *
 * @param stage in words
 * @param steps in an order in which each comes after those it is made from; empty before the chain
 *     was checked
 * @param cost of what this chain has made and tried to make; null before anything is
 * @param toCome what the rest costs at most; null where that is unknown or nothing is left
 * @param budget null where there is none
 * @param graph which step is made from which, as text; null before the chain was checked
 * @param notes what the rules changed or foresee
 */
@WireForm
public record ChainProgress(
    String stage,
    List<StepProgress> steps,
    @Nullable TotalCost cost,
    @Nullable Money toCome,
    @Nullable Money budget,
    @Nullable String graph,
    List<String> notes) {
  public ChainProgress {
    Objects.requireNonNull(stage, "stage");
    steps = steps == null ? List.of() : List.copyOf(steps);
    notes = notes == null ? List.of() : List.copyOf(notes);
  }
}
