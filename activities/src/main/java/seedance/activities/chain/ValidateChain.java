package seedance.activities.chain;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import seedance.activities.generation.InputLinks;
import seedance.activities.generation.StoredGeneration;
import seedance.activities.generation.UnreadableManifestException;
import seedance.activities.store.ArtifactStore;
import seedance.workflows.chain.ChainPlan;
import seedance.workflows.chain.ChainRules;
import seedance.workflows.chain.ChainVerdict;
import seedance.workflows.chain.StepPlan;
import seedance.workflows.chain.ValidateChainActivity;
import seedance.workflows.json.Json;
import seedance.workflows.json.JsonPath;
import seedance.workflows.json.Verdict;
import seedance.workflows.json.Violation;
import seedance.workflows.request.ModelCatalogue;
import seedance.workflows.request.StepReference;

/**
 * Holds chains to {@link ChainRules} with the catalogue in force on this worker, and the chain that
 * they reuse to what the store has.
 */
final class ValidateChain implements ValidateChainActivity {
  private static final Violation NOTHING_TO_REUSE =
      new Violation(
          "options.reuse",
          "the store has no finished step of that chain: correct its id, or leave it out");

  private final ChainRules rules;
  private final ArtifactStore store;
  private final InputLinks inputs;

  ValidateChain(ModelCatalogue catalogue, ArtifactStore store) {
    this.rules = new ChainRules(catalogue);
    this.store = Objects.requireNonNull(store, "store");
    this.inputs = new InputLinks(store);
  }

  @Override
  public ChainVerdict validate(@Nullable Json chain, @Nullable Json options) {
    return ChainVerdict.of(rules.check(chain, options).then(this::reusable).then(this::servable));
  }

  private Verdict<ChainPlan> reusable(ChainPlan plan) {
    return reusesNothing(plan) ? Verdict.invalid(List.of(NOTHING_TO_REUSE)) : Verdict.valid(plan);
  }

  private Verdict<ChainPlan> servable(ChainPlan plan) {
    List<Violation> faults = new ArrayList<>();
    for (int i = 0; i < plan.steps().size(); i++) {
      String at = JsonPath.field(JsonPath.item("steps", i), "request");
      faults.addAll(inputs.faults(plan.steps().get(i).request(), at));
    }
    return faults.isEmpty() ? Verdict.valid(plan) : Verdict.invalid(faults);
  }

  /** Whether nothing at all is there to take over, so that every step would be paid for again. */
  private boolean reusesNothing(ChainPlan plan) {
    return plan.options()
        .reuse()
        .filter(earlier -> plan.steps().stream().noneMatch(step -> mayHave(earlier, step)))
        .isPresent();
  }

  /** A store that does not answer has refused nothing. */
  private boolean mayHave(String earlier, StepPlan step) {
    try {
      return StoredGeneration.latest(store, StepReference.workflowId(earlier, step.id()))
          .isPresent();
    } catch (UnreadableManifestException somethingIsThere) {
      return true;
    } catch (IOException unknown) {
      return true;
    }
  }
}
