package seedance.workflows.chain;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import seedance.workflows.json.Verdict;
import seedance.workflows.json.Violations;
import seedance.workflows.json.WireForm;
import seedance.workflows.request.GenerationReference;
import seedance.workflows.request.Money;
import seedance.workflows.request.RequestReferences;
import seedance.workflows.request.StepReference;

/**
 * What a workflow needs to know of a valid chain, recorded so that neither a new rule nor a new
 * price changes a running chain.
 *
 * @param steps each after those it depends on, and else in the order written
 * @param notes what was switched on, and what may go otherwise than hoped; sentences for people,
 *     without prompts or URLs
 * @param worstCase what all steps cost at most by the price list; null where that is unknown for
 *     one of them
 * @param options in force
 */
@WireForm
public record ChainPlan(
    List<StepPlan> steps, List<String> notes, @Nullable Money worstCase, ChainOptions options) {
  /** In characters, of one byte each. With all clips, the manifest has to fit into 2 MiB. */
  private static final long LARGEST_REFERENCES = 1 << 20;

  public ChainPlan {
    steps = List.copyOf(steps);
    notes = List.copyOf(notes);
    options = options == null ? ChainOptions.DEFAULTS : options;
  }

  /**
   * Returns the step with an id.
   *
   * @throws IllegalArgumentException if there is none
   */
  public StepPlan step(String id) {
    Objects.requireNonNull(id, "id");
    return steps.stream()
        .filter(step -> step.id().equals(id))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no step " + id));
  }

  /** The ids of its steps, each after those it is made from. */
  public List<String> stepIds() {
    return steps.stream().map(StepPlan::id).toList();
  }

  /**
   * The verdict on running it under an id, of which every step's workflow makes its own: Temporal's
   * limit for them is met here, as a child's start that breaks it would stall the chain.
   */
  public Verdict<ChainPlan> under(String chainId) {
    Violations found = new Violations();
    for (StepPlan step : steps) {
      GenerationReference.problemOfWorkflowId(StepReference.workflowId(chainId, step.id()))
          .ifPresent(
              problem ->
                  found.add(
                      "$",
                      "the workflow of step %s cannot be: its id, CHAIN-ID.%s, %s"
                          .formatted(step.id(), step.id(), problem)));
    }
    if (found.isEmpty() && charactersOfReferences(chainId) > LARGEST_REFERENCES) {
      found.add(
          "$",
          "the references to steps are too large for the chain's manifest, as each holds CHAIN-ID:"
              + " start it under a shorter id");
    }
    return Verdict.of(this, found);
  }

  private long charactersOfReferences(String chainId) {
    return steps.stream()
        .flatMap(step -> RequestReferences.in(step.request()).stream())
        .map(RequestReferences.Placed::reference)
        .mapToLong(
            reference ->
                (reference instanceof StepReference made ? made.inChain(chainId) : reference)
                    .url()
                    .length())
        .sum();
  }

  /**
   * Draws which step is made from which: lines such as {@code opening → longer → next-shot}, in
   * which every arrow stands once and a branch begins with the step that it leaves. Plain text; in
   * Markdown it belongs into a fenced block, which nothing in it can end.
   */
  public String graph() {
    Map<String, List<String>> dependsOn = new LinkedHashMap<>();
    steps.forEach(step -> dependsOn.put(step.id(), step.dependsOn()));
    return new ChainGraph(dependsOn).drawn();
  }
}
