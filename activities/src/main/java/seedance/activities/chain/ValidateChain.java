package seedance.activities.chain;

import java.io.IOException;
import java.util.List;
import java.util.Objects;
import seedance.activities.generation.StoredGeneration;
import seedance.activities.generation.UnreadableManifestException;
import seedance.activities.store.ArtifactStore;
import seedance.workflows.chain.ChainPlan;
import seedance.workflows.chain.ChainRules;
import seedance.workflows.chain.ChainVerdict;
import seedance.workflows.chain.StepPlan;
import seedance.workflows.chain.ValidateChainActivity;
import seedance.workflows.request.AnyJson;
import seedance.workflows.request.ModelCatalogue;
import seedance.workflows.request.StepReference;
import seedance.workflows.request.Violation;

/**
 * Holds chains to {@link ChainRules} with the catalogue in force on this worker, and the chain that
 * they reuse to what the store has.
 */
final class ValidateChain implements ValidateChainActivity {
  private static final String REUSE = "options.reuse";

  private final ChainRules rules;
  private final ArtifactStore store;

  ValidateChain(ModelCatalogue catalogue, ArtifactStore store) {
    this.rules = new ChainRules(catalogue);
    this.store = Objects.requireNonNull(store, "store");
  }

  @Override
  public ChainVerdict validate(AnyJson chain, AnyJson options) {
    ChainVerdict verdict = rules.check(AnyJson.orNull(chain), AnyJson.orNull(options));
    return verdict instanceof ChainVerdict.Valid valid && reusesNothing(valid.plan())
        ? new ChainVerdict.Invalid(
            List.of(
                new Violation(
                    REUSE,
                    "the store has no finished step of that chain: correct its id, or leave it out")))
        : verdict;
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
