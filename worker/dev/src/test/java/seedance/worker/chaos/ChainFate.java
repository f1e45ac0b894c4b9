package seedance.worker.chaos;

import static org.awaitility.Awaitility.await;

import io.grpc.StatusRuntimeException;
import io.temporal.api.enums.v1.EventType;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowException;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowStub;
import io.temporal.failure.TerminatedFailure;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import seedance.worker.dev.Reset;
import seedance.workflows.chain.ChainProgress;
import seedance.workflows.chain.StepProgress;
import seedance.workflows.chain.StepState;

/** Lets one chain meet its mishap, and does for it what a person would: approves and retries. */
final class ChainFate {
  private static final Duration BETWEEN_GLANCES = Duration.ofMillis(100);

  private final String id;
  private final int first;
  private final Schedule schedule;
  private final TaskLog tasks;
  private final Incidents incidents;
  private final WorkflowClient client;
  private final Consumer<String> killEveryWorker;
  private final Optional<ChainMishap> mishap;
  private final OptionalInt chain;
  private volatile boolean struck;
  private volatile boolean retried;

  /**
   * @param chain its place among the chains; empty for a generation by itself, which has no fate
   * @param id of its workflow
   * @param first the number of its first generation
   * @param killEveryWorker is told why
   */
  ChainFate(
      OptionalInt chain,
      String id,
      int first,
      Schedule schedule,
      TaskLog tasks,
      Incidents incidents,
      WorkflowClient client,
      Consumer<String> killEveryWorker) {
    this.chain = chain;
    this.id = id;
    this.first = first;
    this.schedule = schedule;
    this.tasks = tasks;
    this.incidents = incidents;
    this.client = client;
    this.killEveryWorker = killEveryWorker;
    this.mishap = chain.isPresent() ? schedule.ofChain(chain.getAsInt()) : Optional.empty();
  }

  /** The number that a generation's prompt bears now. */
  int take(Load.Numbered generation) {
    boolean fails =
        mishap.equals(Optional.of(ChainMishap.FAILED_STEP))
            && !retried
            && generation.number() == number(ChainRequests.SHOT);
    return fails ? TaskLog.flopOf(generation.number()) : generation.number();
  }

  /**
   * Strikes when its moment comes, if that is none of those that wait for a person or for the end.
   *
   * @param atMost then it has not come
   */
  void watch(Duration atMost) {
    if (mishap.filter(ChainMishap::mayComeAtAnyMoment).isPresent()) {
      await()
          .pollInterval(BETWEEN_GLANCES)
          .atMost(atMost)
          .ignoreExceptionsMatching(ChainFate::isUnreachable)
          .until(() -> strike(mishap.get()));
    }
  }

  private boolean strike(ChainMishap due) {
    switch (due) {
      case KILL_AT_CHILD_START -> {
        if (isMade(ChainRequests.OPENING) && isStarted(ChainRequests.SHOT)) {
          kill(due);
        }
      }
      case RESET_WHILE_A_STEP_RUNS -> {
        if (isMade(ChainRequests.LONGER)) {
          reset(due);
        }
      }
      case RESET_AFTER_A_STEP -> {
        if (isMade(ChainRequests.END)) {
          reset(due);
        }
      }
      case RESET_OF_A_STEP -> {
        if (isMade(ChainRequests.SHOT)) {
          Reset.toItsBeginning(
              client.newUntypedWorkflowStub(id + "." + ChainRequests.SHOT), client);
          struck("workflowResets", due);
        }
      }
      case CANCEL, CANCEL_AND_COLLECT -> {
        if (isMade(ChainRequests.LONGER)) {
          workflow().cancel();
          struck("cancels", due);
        }
      }
      case KILL_DURING_APPROVAL, FAILED_STEP, RESET_AFTER_THE_END ->
          throw new IllegalStateException(due + " has no moment of its own");
    }
    return struck;
  }

  /** Decides what waits for a person; where Temporal or the workers are away, later will do. */
  void attend() {
    try {
      if (mishap.equals(Optional.of(ChainMishap.KILL_DURING_APPROVAL))) {
        approve();
      } else if (mishap.filter(ChainMishap::mayFailAStep).isPresent()) {
        retryFailed();
      }
    } catch (WorkflowException | StatusRuntimeException unreachable) {
      // Or it was decided already.
    }
  }

  private void approve() {
    if (state(ChainRequests.END) != StepState.APPROVAL) {
      return;
    }
    if (struck) {
      workflow().update("approveStep", Map.class, Map.of("step", ChainRequests.END));
    } else {
      kill(ChainMishap.KILL_DURING_APPROVAL);
    }
  }

  private static boolean isUnreachable(Throwable failure) {
    return failure instanceof WorkflowException || failure instanceof StatusRuntimeException;
  }

  /** Whether a chain that completed begins again. */
  boolean goesOnAfterItsEnd() {
    if (mishap.equals(Optional.of(ChainMishap.RESET_AFTER_THE_END)) && !struck) {
      reset(ChainMishap.RESET_AFTER_THE_END);
      return true;
    }
    return false;
  }

  /**
   * Whether a run was only ended by a reset, so that another goes on. That may be known before the
   * answer to the reset is.
   */
  boolean wasReset(WorkflowFailedException ended) {
    return mishap.filter(ChainMishap::isReset).isPresent()
        && ended.getCause() instanceof TerminatedFailure;
  }

  /** Whether it was cancelled on purpose. */
  boolean wasCancelled() {
    return struck && mishap.filter(ChainMishap::isCancel).isPresent();
  }

  private void kill(ChainMishap due) {
    killEveryWorker.accept(due.label());
    struck("kills", due);
  }

  private void reset(ChainMishap due) {
    if (due == ChainMishap.RESET_AFTER_A_STEP) {
      Reset.toItsLatest(workflow(), client);
    } else {
      Reset.toItsBeginning(workflow(), client);
    }
    struck("workflowResets", due);
  }

  private void retryFailed() {
    for (StepProgress step : progress().steps()) {
      if (step.state() == StepState.FAILED) {
        workflow()
            .update(
                "retryStep",
                Map.class,
                Map.of("step", step.id(), "request", ChainRequests.request(first, step.id())));
        retried = true;
        if (mishap.equals(Optional.of(ChainMishap.FAILED_STEP)) && !struck) {
          struck("retries", mishap.get());
        } else {
          incidents.count("retries", "otherwise");
        }
      }
    }
  }

  private void struck(String kind, ChainMishap what) {
    struck = true;
    schedule.struck(chain.getAsInt());
    // The kills of workers are counted when they succeed.
    if (!kind.equals("kills")) {
      incidents.count(kind, what.label());
    }
  }

  private boolean isMade(String step) {
    return !tasks.tasksOf(number(step)).isEmpty();
  }

  private int number(String step) {
    return first + ChainRequests.STEPS.indexOf(step);
  }

  private boolean isStarted(String step) {
    return client.fetchHistory(id).getEvents().stream()
        .filter(
            event ->
                event.getEventType()
                    == EventType.EVENT_TYPE_START_CHILD_WORKFLOW_EXECUTION_INITIATED)
        .anyMatch(
            event ->
                event
                    .getStartChildWorkflowExecutionInitiatedEventAttributes()
                    .getWorkflowId()
                    .equals(id + "." + step));
  }

  private StepState state(String step) {
    return progress().steps().stream()
        .filter(each -> each.id().equals(step))
        .map(StepProgress::state)
        .findFirst()
        .orElse(null);
  }

  private ChainProgress progress() {
    return workflow().query("progress", ChainProgress.class);
  }

  private WorkflowStub workflow() {
    return client.newUntypedWorkflowStub(id);
  }
}
