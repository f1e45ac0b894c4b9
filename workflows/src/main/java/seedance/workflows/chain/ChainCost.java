package seedance.workflows.chain;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import seedance.workflows.json.Violations;
import seedance.workflows.request.CostEstimate;
import seedance.workflows.request.ModelCatalogue;
import seedance.workflows.request.Money;
import seedance.workflows.request.SecondsRange;
import seedance.workflows.request.VideoRequest;

/**
 * What a chain of valid steps costs by the price list, held against its budget. A worst case over
 * the budget is a note, as at run time a step that could break the budget waits; a cheapest case
 * over it is a violation, as such a chain can never be finished. With {@code options.reuse} steps
 * may cost nothing, so that no cheapest case is known.
 */
final class ChainCost {
  private final Map<String, Optional<CostEstimate>> estimates = new LinkedHashMap<>();
  private final List<String> notes = new ArrayList<>();

  ChainCost(Map<String, ReadStep> steps, InputClips clips, ModelCatalogue catalogue) {
    steps.forEach((name, step) -> estimates.put(name, estimate(step, clips, catalogue)));
  }

  private static Optional<CostEstimate> estimate(
      ReadStep step, InputClips clips, ModelCatalogue catalogue) {
    VideoRequest request = step.valid().orElseThrow();
    Optional<SecondsRange> input = clips.inputSeconds(step);
    if (input.isEmpty()) {
      return Optional.empty();
    }
    return clips
        .draft(step)
        .map(draft -> catalogue.estimateFinal(request, input.get(), draft))
        .orElseGet(() -> catalogue.estimate(request, input.get()));
  }

  /** What a step costs at most; empty where that is unknown. */
  Optional<Money> worstCase(String step) {
    return estimates.getOrDefault(step, Optional.empty()).map(CostEstimate::most);
  }

  /** What all steps cost at most; empty where that is unknown for one, or currencies differ. */
  Optional<Money> worstCase() {
    return unknown().isEmpty() && currencies().size() == 1
        ? sum(CostEstimate::most)
        : Optional.empty();
  }

  private List<String> unknown() {
    return estimates.entrySet().stream()
        .filter(step -> step.getValue().isEmpty())
        .map(Map.Entry::getKey)
        .toList();
  }

  private List<String> currencies() {
    return estimates.values().stream()
        .flatMap(Optional::stream)
        .map(estimate -> estimate.most().currency())
        .distinct()
        .toList();
  }

  private Optional<Money> sum(Function<CostEstimate, Money> part) {
    return estimates.values().stream().flatMap(Optional::stream).map(part).reduce(Money::plus);
  }

  /** Holds the cost against the options' budget. */
  void check(ChainOptions options, Violations found) {
    if (!unknown().isEmpty()) {
      notes.add("the cost of " + Names.many(unknown()) + " is not known beforehand");
    }
    if (options.budget().isEmpty()) {
      return;
    }
    Money budget = options.budget().get();
    String path = ChainOptions.PATH + "." + ChainOptions.BUDGET;
    for (String currency : currencies()) {
      if (!currency.equals(budget.currency())) {
        found.add(path + ".currency", "the prices of some steps are in " + currency);
        return;
      }
    }
    Optional<Money> least = sum(CostEstimate::least);
    Optional<Money> most = sum(CostEstimate::most);
    if (options.reuse().isEmpty() && least.filter(cost -> cost.isOver(budget)).isPresent()) {
      found.add(
          path,
          "is %s, and the chain costs at least %s (%s): raise it, or make less"
              .formatted(
                  budget.exactlyInWords(),
                  least.get().inWordsAtLeast(budget),
                  Names.many(shares(CostEstimate::least, Money::inWords))));
    } else if (most.filter(cost -> cost.isOver(budget)).isPresent()) {
      notes.add(
          BudgetNote.of(
              most.get(),
              shares(CostEstimate::most, Money::inWordsAtMost),
              budget,
              options.overBudget()));
    }
  }

  List<String> notes() {
    return List.copyOf(notes);
  }

  private List<String> shares(Function<CostEstimate, Money> part, Function<Money, String> words) {
    return estimates.entrySet().stream()
        .map(
            step ->
                step.getKey()
                    + " "
                    + step.getValue().map(part).map(words).orElse("of unknown cost"))
        .toList();
  }
}
