package seedance.workflows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.client.WorkflowStub;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class VirtualTimeTest {
  /** More than a test takes of the wall clock, by which the time goes while it stands. */
  private static final Duration A_TEST = Duration.ofMinutes(5);

  private InMemoryServer server;

  /** Sleeps so long, and for ever without a duration. */
  @WorkflowInterface
  public interface Sleeper {
    @WorkflowMethod
    void sleep(Duration time);

    final class Impl implements Sleeper {
      @Override
      public void sleep(Duration time) {
        if (time == null) {
          Workflow.await(() -> false);
        }
        Workflow.sleep(time);
      }
    }
  }

  @BeforeEach
  void startServer() {
    server = new InMemoryServer(InMemoryServer.USUAL_CACHE);
    server.worker().registerWorkflowImplementationTypes(Sleeper.Impl.class);
    server.start();
  }

  @AfterEach
  void stopServer() {
    server.close();
  }

  @Test
  void result_isWaitedFor_andWhatElseIsOpenIsNotYearsOlderThen() {
    Instant start = server.time().now();
    WorkflowStub other = sleeper("other", Duration.ofDays(20));

    sleeper("film", Duration.ofHours(3)).getResult(Void.class);

    assertThat(server.time().now())
        .isBetween(start.plus(Duration.ofHours(3)), start.plus(Duration.ofHours(6)).plus(A_TEST));
    assertThat(other.describe().getStatus())
        .isEqualTo(WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING);
  }

  @Test
  void whatPasses_isNeitherMoreNorLess() {
    Instant start = server.time().now();
    WorkflowStub sleeper = sleeper("film", Duration.ofHours(3));

    server.time().pass(Duration.ofHours(2));

    assertThat(server.time().now())
        .isBetween(start.plus(Duration.ofHours(2)), start.plus(Duration.ofHours(2)).plus(A_TEST));
    assertThat(sleeper.describe().getStatus())
        .isEqualTo(WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING);
  }

  @Test
  void act_isDoneAtItsMoment() {
    Instant start = server.time().now();
    CompletableFuture<Instant> done = new CompletableFuture<>();
    server.time().after(Duration.ofMinutes(30), () -> done.complete(server.time().now()));

    sleeper("film", Duration.ofHours(3)).getResult(Void.class);

    assertThat(done.join())
        .isBetween(
            start.plus(Duration.ofMinutes(30)), start.plus(Duration.ofMinutes(30)).plus(A_TEST));
  }

  @Test
  void actThatFails_isNotLost() {
    server
        .time()
        .after(
            Duration.ofMinutes(30),
            () -> {
              throw new IllegalStateException("refused");
            });
    WorkflowStub sleeper = sleeper("film", Duration.ofHours(3));

    assertThatThrownBy(() -> sleeper.getResult(Void.class))
        .isInstanceOf(AssertionError.class)
        .hasRootCauseMessage("refused");
  }

  @Test
  void stateThatNeedsTime_isReachedInSteps_andNoneMoreIsTaken() {
    Instant start = server.time().now();
    AtomicInteger looks = new AtomicInteger();

    server.time().until(() -> looks.incrementAndGet() == 4, Duration.ofHours(1));

    assertThat(looks).hasValue(4);
    assertThat(server.time().now()).isBefore(start.plus(Duration.ofMinutes(3)).plus(A_TEST));
  }

  @Test
  void workflowThatNeverEnds_isNamed_withItsLastEvents() {
    WorkflowStub endless = sleeper("endless", null);

    assertThatThrownBy(() -> endless.getResult(Void.class))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("endless waits for what never comes, or is stranded")
        .hasMessageContaining("WORKFLOW_TASK_COMPLETED");
  }

  private WorkflowStub sleeper(String id, Duration time) {
    WorkflowStub sleeper =
        server
            .getWorkflowClient()
            .newUntypedWorkflowStub("Sleeper", InMemoryServer.options().setWorkflowId(id).build());
    sleeper.start(time);
    return sleeper;
  }
}
