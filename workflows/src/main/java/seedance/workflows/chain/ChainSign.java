package seedance.workflows.chain;

import io.temporal.workflow.Workflow;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import seedance.workflows.generation.LastGuard;
import seedance.workflows.generation.VideoGenerationWorkflow;

/**
 * What a chain shows of itself without being asked: its current details, and the memo by which
 * {@code list --needs-decision} finds one that asks people.
 */
final class ChainSign {
  private static final int MOST_ASKED = 5;

  private final RunningChain chain;
  private int shown;
  private String memo = "";

  ChainSign(RunningChain chain) {
    this.chain = chain;
  }

  /**
   * Enters a stage and shows it at once.
   *
   * @param stage what is being done now, in words
   */
  void enter(String stage) {
    chain.enter(stage);
    show();
  }

  /** Shows what has changed once in a workflow task: of many steps, each time takes a while. */
  void keepDetails() {
    while (true) {
      Workflow.await(() -> chain.changes() != shown);
      show();
    }
  }

  /** What cannot be shown ends nothing, as what is made meanwhile is paid for. */
  private void show() {
    shown = chain.changes();
    try {
      Workflow.setCurrentDetails(
          ChainDetails.of(ChainView.of(chain), Workflow.getInfo().getWorkflowId()));
    } catch (RuntimeException failure) {
      if (!LastGuard.isBug(failure)) {
        throw failure;
      }
      Workflow.setCurrentDetails(
          "### %s\n\nNo more can be shown: %s\n"
              .formatted(chain.stage(), LastGuard.inWords(failure)));
    }
  }

  /**
   * Keeps the memo for as long as the chain runs. What changes in one workflow task is one event of
   * the history, as this comes after the steps.
   */
  void keepMemo() {
    while (true) {
      Workflow.await(() -> !asked().equals(memo));
      write(asked());
    }
  }

  /** The chain has ended, and nobody is asked any more. */
  void clearMemo() {
    if (!memo.isEmpty()) {
      write("");
    }
  }

  private void write(String asked) {
    memo = asked;
    Workflow.upsertMemo(
        Collections.singletonMap(
            VideoGenerationWorkflow.NEEDS_DECISION_MEMO, asked.isEmpty() ? null : asked));
  }

  /** Short however many steps there are, as each change of it is an event of the history. */
  private String asked() {
    List<String> asked =
        chain.steps().stream()
            .filter(step -> step.shown().needsDecision())
            .map(step -> step.id() + " " + step.shown().inWords())
            .toList();
    String first = asked.stream().limit(MOST_ASKED).collect(Collectors.joining("; "));
    return asked.size() <= MOST_ASKED
        ? first
        : first + "; and " + (asked.size() - MOST_ASKED) + " more";
  }
}
