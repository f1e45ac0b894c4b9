package seedance.workflows.chain;

import io.temporal.workflow.Workflow;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import seedance.workflows.generation.VideoGenerationWorkflow;

/** The memo by which {@code list --needs-decision} finds a chain that asks people. */
final class DecisionMemo {
  private static final int MOST_ASKED = 5;

  private final ChainStanding chain;
  private String written = "";

  DecisionMemo(ChainStanding chain) {
    this.chain = chain;
  }

  /**
   * Keeps it for as long as the chain runs. What changes in one workflow task is one event of the
   * history, as this comes after the steps.
   */
  void keep() {
    while (true) {
      Workflow.await(() -> !asked().equals(written));
      write(asked());
    }
  }

  /** The chain has ended, and nobody is asked any more. */
  void clear() {
    if (!written.isEmpty()) {
      write("");
    }
  }

  private void write(String asked) {
    written = asked;
    Workflow.upsertMemo(
        Collections.singletonMap(
            VideoGenerationWorkflow.NEEDS_DECISION_MEMO, asked.isEmpty() ? null : asked));
  }

  /** Short however many steps there are, as each change of it is an event of the history. */
  private String asked() {
    List<String> asked =
        chain.steps().stream()
            .filter(step -> step.state().needsDecision())
            .map(step -> step.id() + " " + step.state().inWords())
            .toList();
    String first = asked.stream().limit(MOST_ASKED).collect(Collectors.joining("; "));
    return asked.size() <= MOST_ASKED
        ? first
        : first + "; and " + (asked.size() - MOST_ASKED) + " more";
  }
}
