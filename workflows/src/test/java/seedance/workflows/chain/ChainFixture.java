package seedance.workflows.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;
import static seedance.workflows.chain.Chains.chain;
import static seedance.workflows.chain.Chains.json;

import io.temporal.api.sdk.v1.WorkflowMetadata;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.client.WorkflowUpdateException;
import io.temporal.client.WorkflowUpdateHandle;
import io.temporal.client.WorkflowUpdateStage;
import io.temporal.failure.ApplicationFailure;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.testing.WorkflowReplayer;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactoryOptions;
import java.time.Duration;
import java.util.Map;
import java.util.function.Predicate;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import seedance.workflows.generation.VideoGenerationWorkflow;
import seedance.workflows.request.AnyJson;

/**
 * Chains on the in-memory server with skipped time, over scripted children. Whatever a test asks a
 * chain for is preceded by a replay of its history.
 */
@Timeout(60)
abstract class ChainFixture {
  TestWorkflowEnvironment server;
  ScriptedChain script;

  /** How many workflows a worker keeps in memory; 0 makes every workflow task a full replay. */
  int workflowCacheSize() {
    return 600;
  }

  @BeforeEach
  void startServer() {
    server =
        TestWorkflowEnvironment.newInstance(
            TestEnvironmentOptions.newBuilder()
                .setWorkerFactoryOptions(
                    WorkerFactoryOptions.newBuilder()
                        .setWorkflowCacheSize(workflowCacheSize())
                        .setShutdownCheckInterval(Duration.ofMillis(5))
                        .build())
                .build());
    script = new ScriptedChain();
    ScriptedChain.Child.follow(script);
    Worker worker = server.newWorker("seedance");
    worker.registerWorkflowImplementationTypes(
        UnreadVideoChain.Impl.class, ScriptedChain.Child.class);
    worker.registerActivitiesImplementations(script);
    server.start();
  }

  @AfterEach
  void stopServer() {
    server.close();
  }

  static Map<String, Object> decision(String step, AnyJson request) {
    return Map.of("step", step, "request", request);
  }

  static String approved(String step) {
    return step.substring(0, step.length() - 1) + ",'approve':true}";
  }

  static StepState state(ChainProgress progress, String step) {
    return progress.steps().stream()
        .filter(each -> each.id().equals(step))
        .map(StepProgress::state)
        .findFirst()
        .orElse(null);
  }

  WorkflowStub start(String id, String chain) {
    return start(id, chain, "null");
  }

  WorkflowStub start(String id, String chain, String options) {
    WorkflowStub workflow =
        server
            .getWorkflowClient()
            .newUntypedWorkflowStub(
                VideoChainWorkflow.TYPE,
                WorkflowOptions.newBuilder().setTaskQueue("seedance").setWorkflowId(id).build());
    workflow.start(json(chain), json(options));
    return workflow;
  }

  ChainResult result(WorkflowStub workflow) {
    ChainResult result = workflow.getResult(ChainResult.class);
    replay(workflow);
    return result;
  }

  ApplicationFailure failureOf(WorkflowStub workflow) {
    WorkflowFailedException failed =
        catchThrowableOfType(
            WorkflowFailedException.class, () -> workflow.getResult(ChainResult.class));
    replay(workflow);
    return (ApplicationFailure) failed.getCause();
  }

  /** Lets up to so many minutes of the workflow's time pass until it stands so. */
  void waitUntil(WorkflowStub workflow, Predicate<ChainProgress> state, int minutes) {
    for (int minute = 0; minute <= minutes; minute++) {
      try {
        await()
            .atMost(Duration.ofMillis(minute == minutes ? 5000 : 300))
            .pollInterval(Duration.ofMillis(10))
            .until(() -> workflow.query("progress", ChainProgress.class), state);
        return;
      } catch (org.awaitility.core.ConditionTimeoutException notYet) {
        if (minute == minutes) {
          throw notYet;
        }
        server.sleep(Duration.ofMinutes(1));
      }
    }
  }

  static void update(WorkflowStub workflow, String name, Object argument) {
    workflow.update(name, ChainProgress.class, argument);
  }

  /** An update that goes on while the test does. */
  static WorkflowUpdateHandle<ChainProgress> send(
      WorkflowStub workflow, String name, Object argument) {
    return workflow.startUpdate(name, WorkflowUpdateStage.ACCEPTED, ChainProgress.class, argument);
  }

  static String refusal(WorkflowStub workflow, String name, Object argument) {
    return refusal(() -> workflow.update(name, ChainProgress.class, argument));
  }

  static String refusal(WorkflowUpdateHandle<ChainProgress> update) {
    return refusal(() -> update.getResult());
  }

  private static String refusal(ThrowingCallable update) {
    WorkflowUpdateException refused = catchThrowableOfType(WorkflowUpdateException.class, update);
    ApplicationFailure why = (ApplicationFailure) refused.getCause();
    assertThat(why.getType()).isEqualTo("DecisionRefused");
    return why.getOriginalMessage();
  }

  static String currentDetails(WorkflowStub workflow) {
    return workflow
        .query("__temporal_workflow_metadata", WorkflowMetadata.class)
        .getCurrentDetails();
  }

  static String needsDecision(WorkflowStub workflow) {
    return workflow
        .describe()
        .getMemo(VideoGenerationWorkflow.NEEDS_DECISION_MEMO, String.class, String.class);
  }

  void replay(WorkflowStub workflow) {
    try {
      WorkflowReplayer.replayWorkflowExecution(
          server.getWorkflowClient().fetchHistory(workflow.getExecution().getWorkflowId()),
          UnreadVideoChain.Impl.class);
    } catch (Exception e) {
      throw new AssertionError("the history does not replay", e);
    }
  }
}
