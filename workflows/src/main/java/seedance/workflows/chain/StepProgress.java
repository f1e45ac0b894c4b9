package seedance.workflows.chain;

import java.net.URI;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import seedance.workflows.json.WireForm;
import seedance.workflows.request.Money;

/**
 * Where one step of a chain stands.
 *
 * @param summary what is being made, such as {@code text · doubao-seedance-2-0 · 720p · 5 s}
 * @param waitsFor the steps that it waits for, in words; null where it waits for none
 * @param workflowId the generation that makes it or made it; null before there is one
 * @param cost by usage and price list, known exactly; null where it is not
 * @param worstCase what it costs at most, where {@code cost} is not known: beforehand, and after
 *     its end where the usage does not tell; null where that is unknown too
 * @param clip where it is stored; null before it is
 * @param problem why it failed or was given up; null where it was not
 * @param choices what a person can decide about it now; empty where it waits for nobody
 */
@WireForm
public record StepProgress(
    String id,
    String summary,
    StepState state,
    @Nullable String waitsFor,
    @Nullable String workflowId,
    @Nullable Money cost,
    @Nullable Money worstCase,
    @Nullable URI clip,
    @Nullable String problem,
    List<StepChoice> choices) {
  public StepProgress {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(summary, "summary");
    Objects.requireNonNull(state, "state");
    choices = choices == null ? List.of() : List.copyOf(choices);
  }

  /** Its state, and which steps it waits for; what went wrong with it is not said. */
  public String inWords() {
    return switch (state) {
      case FAILED -> state.inShort();
      case WAITING -> waitsFor == null ? "about to begin" : state.inWords() + " (" + waitsFor + ")";
      case APPROVAL -> state.inWords() + (couldBreakBudget() ? ", could break the budget" : "");
      default -> state.inWords();
    };
  }

  /** The same where the chain has ended, and nothing more happens to it. */
  public String inWordsAtTheEnd() {
    return state.isOver() || state == StepState.FAILED
        ? inWords()
        : state == StepState.RUNNING ? "was being made" : "not made";
  }

  /** Which steps or what else it waits for; empty for nothing. */
  String waitsForInWords() {
    return state != StepState.WAITING ? state.waitsFor() : waitsFor == null ? "" : waitsFor;
  }

  /** Whether it waits for a decision, and could break the budget. */
  public boolean couldBreakBudget() {
    return state == StepState.BUDGET || choices.contains(StepChoice.RAISE_BUDGET);
  }
}
