package seedance.workflows.chain;

import seedance.workflows.generation.Patched;
import seedance.workflows.json.Json;

/**
 * Keeps the requests of steps as they were sent, where another plan asks for the same. A submission
 * is known by the text of its request, so that the same in another text is another submission, and
 * buys what may be there to be taken.
 */
final class RequestsAsSent {
  private final RunningChain chain;
  private int kept;

  RequestsAsSent(RunningChain chain) {
    this.chain = chain;
  }

  /** The plan with the steps' own requests, wherever it asks for no other. */
  ChainPlan in(ChainPlan changed) {
    return new ChainPlan(
        changed.steps().stream().map(this::in).toList(),
        changed.notes(),
        changed.worstCase(),
        changed.options());
  }

  private StepPlan in(StepPlan changed) {
    StepRun step = chain.step(changed.id());
    Json sent = step.plan().request();
    boolean isOnlyWrittenAnew =
        !step.isStarted()
            && step.isAskedForAgainBy(changed.request())
            && !isOneText(sent, changed.request());
    return isOnlyWrittenAnew && Patched.by("requestAsSent " + ++kept)
        ? changed.withRequest(sent)
        : changed;
  }

  private static boolean isOneText(Json one, Json other) {
    return String.valueOf(one.tree()).equals(String.valueOf(other.tree()));
  }
}
