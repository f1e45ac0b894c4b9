package seedance.worker.dev;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.temporal.api.enums.v1.EventType;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.client.WorkflowStub;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import seedance.workflows.chain.ChainResult;
import seedance.workflows.chain.StepState;

/** On the real dev server; one for the whole class, as each takes a second to start. */
class ChainEndToEndDevServerTest extends ChainEndToEndTest {
  private static TemporalServer server;

  @BeforeAll
  static void startServer() throws Exception {
    server = TemporalServer.devServer(Tools.temporal());
  }

  @AfterAll
  static void stopServer() {
    if (server != null) {
      server.close();
    }
  }

  @Test
  void chainResetToItsBeginning_makesNoStepAgain_andEndsInTheSameResult() {
    WorkflowStub workflow = start(OPENING_LONGER_NEXT_SHOT);
    approve(workflow, "next-shot");
    ChainResult first = workflow.getResult(ChainResult.class);

    WorkflowStub again =
        Reset.toEvent(firstTaskCompleted(workflow), workflow, system().workflowClient());
    ChainResult second = again.getResult(ChainResult.class);

    assertThat(account().createsReceived()).isEqualTo(3);
    assertThat(account().tasksBilled()).isEqualTo(3);
    assertThat(second.steps())
        .extracting(step -> step.result().artifacts())
        .isEqualTo(first.steps().stream().map(step -> step.result().artifacts()).toList());
    assertThat(second.cost()).isEqualTo(first.cost());
    assertThat(second.manifest()).isEqualTo(first.manifest());
  }

  @Test
  void chainResetWhileAStepIsMade_takesTheTaskThatIsThere_andNothingIsBilledAgain() {
    WorkflowStub workflow =
        start(
            chain(text("opening", "a boat"), extended("longer", "on [simulate:slow]", "opening")));
    waitUntil(workflow, progress -> state(progress, "longer") == StepState.RUNNING);
    await().atMost(Duration.ofSeconds(60)).until(() -> account().tasksCreated() == 2);

    WorkflowStub again =
        Reset.toEvent(firstTaskCompleted(workflow), workflow, system().workflowClient());
    waitUntil(
        again,
        progress ->
            state(progress, "longer") == StepState.DONE
                || state(progress, "longer") == StepState.FAILED);

    assertThat(account().createsReceived()).isEqualTo(2);
    assertThat(account().tasksBilled()).isEqualTo(2);
    assertThat(again.getResult(ChainResult.class).steps()).hasSize(2);
  }

  private long firstTaskCompleted(WorkflowStub workflow) {
    return system()
        .workflowClient()
        .fetchHistory(workflow.getExecution().getWorkflowId())
        .getEvents()
        .stream()
        .filter(event -> event.getEventType() == EventType.EVENT_TYPE_WORKFLOW_TASK_COMPLETED)
        .mapToLong(HistoryEvent::getEventId)
        .findFirst()
        .orElseThrow();
  }

  @Override
  Map<String, String> environment() {
    return Map.of("TEMPORAL_ADDRESS", server.address());
  }
}
