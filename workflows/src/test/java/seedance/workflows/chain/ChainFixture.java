package seedance.workflows.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static seedance.workflows.chain.Chains.chain;
import static seedance.workflows.chain.Chains.json;

import io.temporal.api.sdk.v1.WorkflowMetadata;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowStub;
import io.temporal.client.WorkflowUpdateException;
import io.temporal.client.WorkflowUpdateHandle;
import io.temporal.client.WorkflowUpdateStage;
import io.temporal.failure.ApplicationFailure;
import io.temporal.worker.Worker;
import java.time.Duration;
import java.util.Map;
import java.util.function.Predicate;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import seedance.workflows.InMemoryServer;
import seedance.workflows.VirtualTime;
import seedance.workflows.generation.UnreadVideoGeneration;
import seedance.workflows.generation.VideoGenerationWorkflow;
import seedance.workflows.json.Json;

/**
 * Chains on the in-memory server, over scripted children. Their time stands while a test acts, and
 * passes while it waits for time ({@link VirtualTime}). Whatever a test asks a chain for is
 * preceded by a replay of its history.
 */
abstract class ChainFixture {
  InMemoryServer server;
  ScriptedChain script;

  /** How many workflows a worker keeps in memory; 0 makes every workflow task a full replay. */
  int workflowCacheSize() {
    return InMemoryServer.USUAL_CACHE;
  }

  @BeforeEach
  void startServer() {
    server = new InMemoryServer(workflowCacheSize());
    script = new ScriptedChain();
    Worker worker = server.worker();
    worker.registerWorkflowImplementationTypes(VideoChainWorkflowImpl.class);
    worker.registerWorkflowImplementationFactory(
        UnreadVideoGeneration.class, () -> new ScriptedChain.Child(script));
    worker.registerActivitiesImplementations(script);
    server.start();
  }

  @AfterEach
  void stopServer() {
    server.close();
  }

  static Map<String, Object> decision(String step, Json request) {
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
                VideoChainWorkflow.TYPE, InMemoryServer.options().setWorkflowId(id).build());
    workflow.start(json(chain), json(options));
    return workflow;
  }

  ChainResult result(WorkflowStub workflow) {
    ChainResult result = workflow.getResult(ChainResult.class);
    server.replay(workflow);
    return result;
  }

  ApplicationFailure failureOf(WorkflowStub workflow) {
    WorkflowFailedException failed =
        catchThrowableOfType(
            WorkflowFailedException.class, () -> workflow.getResult(ChainResult.class));
    server.replay(workflow);
    return (ApplicationFailure) failed.getCause();
  }

  /** Waits, without any of the workflow's time passing, until it stands so. */
  void waitUntil(WorkflowStub workflow, Predicate<ChainProgress> state) {
    VirtualTime.standing().until(() -> workflow.query("progress", ChainProgress.class), state);
  }

  /** Lets up to so many minutes of the workflow's time pass until it stands so. */
  void waitUntil(WorkflowStub workflow, Predicate<ChainProgress> state, int minutes) {
    server
        .time()
        .until(
            () -> state.test(workflow.query("progress", ChainProgress.class)),
            Duration.ofMinutes(minutes));
  }

  /** Ends a step's generation, which has begun or does so at once, before its time. */
  void end(String generation) {
    VirtualTime.standing().until(() -> script.made.contains(generation));
    server.getWorkflowClient().newUntypedWorkflowStub(generation).signal("callbackReceived");
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

  static ApplicationFailure failureOfUpdate(WorkflowStub workflow, String name, Object argument) {
    return failureOfUpdate(() -> workflow.update(name, ChainProgress.class, argument));
  }

  private static ApplicationFailure failureOfUpdate(ThrowingCallable update) {
    return (ApplicationFailure)
        catchThrowableOfType(WorkflowUpdateException.class, update).getCause();
  }

  private static String refusal(ThrowingCallable update) {
    ApplicationFailure why = failureOfUpdate(update);
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
}
