package seedance.workflows.generation;

import static org.assertj.core.api.Assertions.assertThat;

import io.temporal.client.WorkflowStub;
import io.temporal.failure.ApplicationFailure;
import io.temporal.worker.Worker;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import seedance.workflows.InMemoryServer;
import seedance.workflows.generation.Progress.Stage;
import seedance.workflows.json.Json;

/** What one run hands to the next, and what any client may hand over instead. */
@Timeout(300)
class HandedOverTest extends WorkflowFixture {
  /** Enough of them to spend a run's history. */
  private static final int TURNS_OF_A_RUN = 185;

  private static final Continuation FORGED =
      new Continuation(
          ScriptedActivities.PLAN,
          null,
          "forged",
          null,
          Instant.parse("2026-11-22T18:00:00Z"),
          Progress.start(),
          new Position.Submitting(0, 1, Instant.parse("2036-11-22T18:00:00Z")),
          null);

  @Test
  void startByAClient_endsByName_whateverItHandsOver_andSendsNothing() {
    for (Object[] arguments :
        List.of(
            new Object[] {},
            new Object[] {BODY},
            new Object[] {BODY, Json.NULL, "nonsense"},
            new Object[] {BODY, Json.NULL, Map.of("position", 5)},
            new Object[] {BODY, Json.NULL, FORGED})) {
      ApplicationFailure failure = failureOf(startContinued(arguments));

      assertThat(failure.getType()).isEqualTo("InvalidRequest");
      assertThat(failure.getOriginalMessage()).contains("start a VideoGeneration instead");
    }
    assertThat(activities.submitted).isEmpty();
    assertThat(activities.validated).isEmpty();
  }

  /** Goes on as a generation that it is not. */
  @WorkflowInterface
  public interface Impostor {
    @WorkflowMethod
    void run(Json handedOver);

    final class Impl implements Impostor {
      @Override
      public void run(Json handedOver) {
        Workflow.continueAsNew(ContinuedVideoGeneration.TYPE, null, BODY, Json.NULL, handedOver);
      }
    }
  }

  @Override
  void registerMoreOn(Worker worker) {
    worker.registerWorkflowImplementationTypes(Impostor.Impl.class);
  }

  @Test
  void continuedRunThatWasHandedNothing_endsByName() {
    WorkflowStub workflow =
        server
            .getWorkflowClient()
            .newUntypedWorkflowStub("Impostor", InMemoryServer.options().build());
    workflow.start(Json.NULL);

    assertThat(failureOf(workflow).getType()).isEqualTo("InternalError");
    assertThat(activities.submitted).isEmpty();
  }

  @Test
  void needForADecision_isInTheNextRunsMemoAndDetails_andIsDecidedThere() {
    activities.onSubmit(new SubmitOutcome.Unknown(activities.problem("the reply was lost")));
    for (int turn = 0; turn < 2 * TURNS_OF_A_RUN; turn++) {
      activities.onReconcile(
          request ->
              new Reconciliation.CannotTell(
                  activities.problem("there is no list"), List.of(), Duration.ofHours(1)));
    }
    WorkflowStub workflow = start(BODY);
    String firstRun = workflow.getExecution().getRunId();
    WorkflowStub latest =
        server.getWorkflowClient().newUntypedWorkflowStub(workflow.getExecution().getWorkflowId());
    server.time().pass(Duration.ofHours(TURNS_OF_A_RUN + 5));
    waitUntil(latest, progress -> progress.stage() == Stage.DECIDE);
    assertThat(latest.describe().getExecution().getRunId()).isNotEqualTo(firstRun);

    assertThat(needsDecision(latest)).isEqualTo("there is no list");
    assertThat(currentDetails(latest)).contains("Waiting for your decision").contains("adopt");
    latest.update("resolveSubmission", Progress.class, Map.of("resubmit", true));
    latest.getResult(GenerationResult.class);

    assertThat(needsDecision(latest)).isNull();
    assertThat(activities.submitted).hasSize(2).extracting(Submission::id).doesNotHaveDuplicates();
  }

  @Test
  void deadline_countsFromTheFirstRun() {
    activities.options(GenerationOptions.builder().deadline(Duration.ofHours(200)).build());
    for (int turn = 0; turn < 2 * TURNS_OF_A_RUN; turn++) {
      activities.onLook(
          look -> new Look.Going("running", server.time().now(), Duration.ofHours(1)));
    }

    ApplicationFailure failure = failureOf(start(BODY));

    assertThat(failure.getType()).isEqualTo("DeadlinePassed");
    assertThat(activities.looked).hasSizeBetween(195, 202);
  }

  private WorkflowStub startContinued(Object... arguments) {
    WorkflowStub workflow =
        server
            .getWorkflowClient()
            .newUntypedWorkflowStub(
                ContinuedVideoGeneration.TYPE, InMemoryServer.options().build());
    workflow.start(arguments);
    return workflow;
  }

  private static String needsDecision(WorkflowStub workflow) {
    return workflow
        .describe()
        .getMemo(VideoGenerationWorkflow.NEEDS_DECISION_MEMO, String.class, String.class);
  }
}
