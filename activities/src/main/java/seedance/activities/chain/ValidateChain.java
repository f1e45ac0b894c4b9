package seedance.activities.chain;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

  /** The activity has 30 s. */
  private static final Duration LONGEST_SEARCH = Duration.ofSeconds(8);

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
    Map<String, Json> requests = new LinkedHashMap<>();
    for (int i = 0; i < plan.steps().size(); i++) {
      String at = JsonPath.field(JsonPath.item("steps", i), "request");
      requests.put(at, plan.steps().get(i).request());
    }
    List<Violation> faults = inputs.faults(requests);
    return faults.isEmpty() ? Verdict.valid(plan) : Verdict.invalid(faults);
  }

  /** Whether nothing at all is there to take over, so that every step would be paid for again. */
  private boolean reusesNothing(ChainPlan plan) {
    return plan.options()
        .reuse()
        .filter(earlier -> hasNone(earlier, plan, Instant.now().plus(LONGEST_SEARCH)))
        .isPresent();
  }

  /** What cannot be found out in time may be there. */
  private boolean hasNone(String earlier, ChainPlan plan, Instant until) {
    return plan.steps().stream()
        .noneMatch(step -> mayHave(earlier, step) || Instant.now().isAfter(until));
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
