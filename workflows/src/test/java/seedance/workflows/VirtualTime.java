package seedance.workflows;

import static org.awaitility.Awaitility.await;

import io.grpc.StatusRuntimeException;
import io.temporal.api.enums.v1.EventType;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.api.workflow.v1.WorkflowExecutionInfo;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowServiceException;
import io.temporal.common.interceptors.WorkflowClientCallsInterceptor;
import io.temporal.common.interceptors.WorkflowClientCallsInterceptorBase;
import io.temporal.common.interceptors.WorkflowClientInterceptorBase;
import io.temporal.testing.TestWorkflowEnvironment;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.awaitility.core.ConditionFactory;
import org.awaitility.core.ConditionTimeoutException;

/**
 * The clock of an in-memory server. It stands, or rather goes with the wall clock, whatever a test
 * does, and skips only in {@link #pass}, on which the other waits for time are built. The SDK's own
 * {@code WorkflowStub.getResult} lets the clock run while it waits and stops it by a later call, so
 * that it can be years ahead for whatever else is open; {@code TestWorkflowEnvironment.sleep} stops
 * it at the very moment, within the server.
 */
public final class VirtualTime {
  /** So long a busy machine may take for what needs no time of the workflow's. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /**
   * At which {@link #until} looks again. It divides no duration that scripts use, so that what a
   * test does next does not fall together with a timer.
   */
  private static final Duration STEP = Duration.ofSeconds(50);

  private static final Duration FIRST_WAIT_FOR_A_RESULT = Duration.ofMinutes(1);
  private static final Duration FIRST_GRACE = Duration.ofMillis(1);
  private static final Duration LONGEST_GRACE = Duration.ofMillis(200);

  /** Whatever has not ended by then never will, though the server would let it for ten years. */
  private static final Duration LONGEST_WAIT_FOR_A_RESULT = Duration.ofDays(30);

  private final TestWorkflowEnvironment server;
  private final Queue<Throwable> failedActs = new ConcurrentLinkedQueue<>();

  VirtualTime(TestWorkflowEnvironment server) {
    this.server = server;
  }

  /** A wait, while the clock stands, for what needs no time of the workflow's. */
  public static ConditionFactory standing() {
    return await()
        .atMost(PATIENCE)
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(5))
        .ignoreExceptionsInstanceOf(WorkflowServiceException.class);
  }

  public Instant now() {
    return Instant.ofEpochMilli(server.currentTimeMillis());
  }

  /**
   * Lets so much time pass. The server does not skip while a workflow task or an activity is under
   * way, so all that was on its way before has arrived.
   */
  public void pass(Duration time) {
    try {
      server.sleep(time);
    } catch (StatusRuntimeException stuck) {
      throw new AssertionError(
          "%s did not pass: something is under way for ever, or again and again".formatted(time),
          stuck);
    }
    reportFailedActs();
  }

  /**
   * Lets time pass in steps until it is so, at the most so much. What is not so by then, although
   * the machine had a second for it, is given further steps: once, on a busy machine, all steps
   * were over in a moment and the chain had not moved. Why the server skipped then is not known.
   */
  public void until(BooleanSupplier state, Duration atMost) {
    for (Duration passed = Duration.ZERO;
        passed.compareTo(atMost) < 0;
        passed = passed.plus(STEP)) {
      if (state.getAsBoolean()) {
        return;
      }
      pass(STEP);
    }
    if (atMost.isZero()) {
      standing().until(state::getAsBoolean);
      return;
    }
    standing()
        .until(
            () -> {
              if (isSoWithin(Duration.ofSeconds(1), state)) {
                return true;
              }
              pass(STEP);
              return state.getAsBoolean();
            });
  }

  /** Whether it becomes so while the clock stands. */
  private static boolean isSoWithin(Duration wait, BooleanSupplier state) {
    try {
      standing().atMost(wait).until(state::getAsBoolean);
      return true;
    } catch (ConditionTimeoutException notSo) {
      return false;
    }
  }

  /**
   * Does something when so much time has passed; the clock stands meanwhile. Its failure is that of
   * the wait in which it happens.
   */
  public void after(Duration delay, Runnable act) {
    server.registerDelayedCallback(
        delay,
        () -> {
          try {
            act.run();
          } catch (RuntimeException | Error e) {
            failedActs.add(e);
          }
        });
  }

  /** Fails if an act did. */
  void reportFailedActs() {
    Throwable failed = failedActs.poll();
    if (failed != null) {
      throw new AssertionError("what was to be done in between failed", failed);
    }
  }

  /** For a client whose waits for results are waits for time. */
  WorkflowClientInterceptorBase interceptor(WorkflowClient describing) {
    return new WorkflowClientInterceptorBase() {
      @Override
      public WorkflowClientCallsInterceptor workflowClientCallsInterceptor(
          WorkflowClientCallsInterceptor next) {
        return new WorkflowClientCallsInterceptorBase(next) {
          @Override
          public <R> GetResultOutput<R> getResult(GetResultInput<R> input) throws TimeoutException {
            passUntilOver(describing, input.getWorkflowExecution().getWorkflowId());
            return super.getResult(input);
          }
        };
      }
    };
  }

  /** In steps that double, as nobody looks in between. */
  private void passUntilOver(WorkflowClient client, String workflowId) {
    Duration passed = Duration.ZERO;
    Duration step = FIRST_WAIT_FOR_A_RESULT;
    Duration grace = FIRST_GRACE;
    WorkflowExecutionStatus status = statusOf(client, workflowId);
    while (status == WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING
        && passed.compareTo(LONGEST_WAIT_FOR_A_RESULT) < 0) {
      String stands = standOf(client, workflowId);
      pass(step);
      // What did not move may be held up by the machine: the longer the step, the longer its time.
      isSoWithin(grace, () -> !standOf(client, workflowId).equals(stands));
      grace = grace.compareTo(LONGEST_GRACE) < 0 ? grace.multipliedBy(2) : LONGEST_GRACE;
      passed = passed.plus(step);
      step = passed;
      status = statusOf(client, workflowId);
    }
    if (status == WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING
        || status == WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_TIMED_OUT) {
      throw new AssertionError(
          "the workflow %s waits for what never comes, or is stranded: %s after %s of its time, %s"
              .formatted(workflowId, status, passed, lastEvents(client, workflowId)));
    }
  }

  /** Its run, and how long that one's history is. */
  private static String standOf(WorkflowClient client, String workflowId) {
    WorkflowExecutionInfo info =
        client.newUntypedWorkflowStub(workflowId).describe().getWorkflowExecutionInfo();
    return info.getExecution().getRunId() + " " + info.getHistoryLength();
  }

  private static WorkflowExecutionStatus statusOf(WorkflowClient client, String workflowId) {
    return client.newUntypedWorkflowStub(workflowId).describe().getStatus();
  }

  private static List<EventType> lastEvents(WorkflowClient client, String workflowId) {
    List<HistoryEvent> events = client.fetchHistory(workflowId).getEvents();
    return events.subList(Math.max(0, events.size() - 8), events.size()).stream()
        .map(HistoryEvent::getEventType)
        .toList();
  }
}
