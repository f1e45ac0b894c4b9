package seedance.worker.dev;

import static org.assertj.core.api.Assertions.assertThat;

import io.temporal.client.WorkflowStub;
import java.util.Map;
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

    WorkflowStub again = Reset.toEvent(FIRST_TASK_COMPLETED, workflow, system().workflowClient());

    assertThat(again.getResult(GenerationResult.class).taskId()).isEqualTo(first.taskId());
    assertThat(account().createsReceived()).isEqualTo(1);
    assertThat(account().tasksBilled()).isEqualTo(1);
  }

  @Test
  void workflowResetToBeforeASubmissionWhoseAnswerWasLost_asksAgain_andSendsNothing() {
    inject(Fault.next(Operation.CREATE, new Effect.LostReply()));
    WorkflowStub workflow = start(PageExamples.TEXT);
    waitUntil(workflow, progress -> progress.stage() == Progress.Stage.DECIDE);

    WorkflowStub again = Reset.toEvent(FIRST_TASK_COMPLETED, workflow, system().workflowClient());

    waitUntil(again, progress -> progress.stage() == Progress.Stage.DECIDE);
    assertThat(account().createsReceived()).isEqualTo(1);
    again.terminate("the test is over");
  }

  @Override
  Map<String, String> environment() {
    return Map.of("TEMPORAL_ADDRESS", server.address());
  }
}
