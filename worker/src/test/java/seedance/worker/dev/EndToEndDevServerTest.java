package seedance.worker.dev;

import static org.assertj.core.api.Assertions.assertThat;

import io.temporal.api.workflowservice.v1.ResetWorkflowExecutionRequest;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowStub;
import io.temporal.client.WorkflowTargetOptions;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import seedance.worker.dev.simulator.Effect;
import seedance.worker.dev.simulator.Fault;
import seedance.worker.dev.simulator.Operation;
import seedance.workflows.generation.GenerationResult;
import seedance.workflows.generation.Progress;

/** On the real dev server; one for the whole class, as each takes a second to start. */
class EndToEndDevServerTest extends EndToEndTest {
  private static final long FIRST_TASK_COMPLETED = 4;

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
  void workflowResetToBeforeItsSubmission_takesTheTaskOfTheReceipt_andNothingIsBilledAgain() {
    WorkflowStub workflow = start(PageExamples.TEXT);
    GenerationResult first = workflow.getResult(GenerationResult.class);

    WorkflowStub again = reset(workflow, FIRST_TASK_COMPLETED);

    assertThat(again.getResult(GenerationResult.class).taskId()).isEqualTo(first.taskId());
    assertThat(account().createsReceived()).isEqualTo(1);
    assertThat(account().tasksBilled()).isEqualTo(1);
  }

  @Test
  void workflowResetToBeforeASubmissionWhoseAnswerWasLost_asksAgain_andSendsNothing() {
    inject(Fault.next(Operation.CREATE, new Effect.LostReply()));
    WorkflowStub workflow = start(PageExamples.TEXT);
    waitUntil(workflow, progress -> progress.stage() == Progress.Stage.DECIDE);

    WorkflowStub again = reset(workflow, FIRST_TASK_COMPLETED);

    waitUntil(again, progress -> progress.stage() == Progress.Stage.DECIDE);
    assertThat(account().createsReceived()).isEqualTo(1);
    again.terminate("the test is over");
  }

  /** As the Temporal UI does. */
  private WorkflowStub reset(WorkflowStub workflow, long toEvent) {
    WorkflowClient client = system().workflowClient();
    String runId =
        client
            .getWorkflowServiceStubs()
            .blockingStub()
            .resetWorkflowExecution(
                ResetWorkflowExecutionRequest.newBuilder()
                    .setNamespace(client.getOptions().getNamespace())
                    .setWorkflowExecution(workflow.getExecution())
                    .setWorkflowTaskFinishEventId(toEvent)
                    .setReason("a test")
                    .setRequestId(UUID.randomUUID().toString())
                    .build())
            .getRunId();
    return client.newUntypedWorkflowStub(
        WorkflowTargetOptions.newBuilder()
            .setWorkflowId(workflow.getExecution().getWorkflowId())
            .setRunId(runId)
            .build());
  }

  @Override
  Map<String, String> environment() {
    return Map.of("TEMPORAL_ADDRESS", server.address());
  }
}
