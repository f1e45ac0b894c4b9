package seedance.workflows.generation;

import static org.assertj.core.api.Assertions.assertThat;

import io.temporal.client.WorkflowStub;
import io.temporal.worker.Worker;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import seedance.workflows.InMemoryServer;
import seedance.workflows.generation.FailureType.Charged;
import seedance.workflows.generation.UnknownSubmissionPolicy.Resubmit;
import seedance.workflows.json.Json;

/**
 * A generation that was submitted again after a lost answer, and ends without a clip: its first
 * submission may be charged, whatever became of its last.
 */
class ResubmittedTest extends WorkflowFixture {
  private static final Duration LONG_AFTER_THE_CANCEL = Duration.ofMinutes(40);

  /** How the last submission ends. */
  enum End {
    REFUSED(FailureType.ACCOUNT_REFUSED) {
      @Override
      void script(ScriptedActivities activities) {
        activities.onSubmit(new SubmitOutcome.Rejected(error()));
      }
    },
    NOT_TAKEN(FailureType.NOT_ACCEPTED_IN_TIME) {
      @Override
      void script(ScriptedActivities activities) {
        activities.onSubmit(
            new SubmitOutcome.NotCreated(activities.problem("it is busy"), Duration.ofHours(2)));
      }
    },
    FAILED(FailureType.TASK_FAILED) {
      @Override
      void script(ScriptedActivities activities) {
        activities.onSubmit(submission -> activities.accepted());
        activities.onLook(look -> new Look.Failed(error(), look.acceptedAt()));
      }
    },
    CLIP_LOST(FailureType.CLIP_LOST) {
      @Override
      void script(ScriptedActivities activities) {
        activities.onSubmit(submission -> activities.accepted());
        activities.onHandOff(
            handOff -> new HandOffOutcome.Lost(activities.problem("its record is gone")));
      }
    };

    private final FailureType type;

    End(FailureType type) {
      this.type = type;
    }

    abstract void script(ScriptedActivities activities);

    ServiceError error() {
      return new ServiceError(type, "SomeCode", null, null);
    }
  }

  @ParameterizedTest
  @EnumSource
  void decidedByAPerson_isNeverSaidToBeFree_andTheLostSubmissionIsNamed(End end) {
    activities.onSubmit(lost()).onReconcile(activities.cannotTell("cgt-one", "cgt-two"));
    end.script(activities);
    WorkflowStub workflow = start(BODY);
    waitUntil(workflow, progress -> progress.stage() == Progress.Stage.DECIDE);
    workflow.update("resolveSubmission", Progress.class, Map.of("resubmit", true));

    GenerationFailure failure = detail(failureOf(workflow));

    assertThat(failure.type()).isEqualTo(end.type);
    assertThat(failure.charged()).isEqualTo(end == End.CLIP_LOST ? Charged.YES : Charged.MAYBE);
    assertThat(failure.message())
        .contains("an earlier submission of 20")
        .contains("the reply was lost", "the service has no list of tasks", "cgt-one, cgt-two")
        .doesNotContain("Not charged");
    assertThat(failure.advice()).endsWith(end.type.advice());
    assertThat(failure.advice().contains("look at the service's task list before starting again"))
        .isEqualTo(end != End.CLIP_LOST);
    assertThat(activities.submitted).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void decidedByAPolicy_isNeverSaidToBeFree_evenWhereTheListShowedNoTask(boolean listSaidNo) {
    activities
        .options(
            GenerationOptions.builder().onUnknownSubmission(new Resubmit(1, !listSaidNo)).build())
        .onSubmit(lost())
        .onReconcile(listSaidNo ? activities.notFound() : activities.cannotTell());
    End.REFUSED.script(activities);

    GenerationFailure failure = detail(failureOf(start(BODY)));

    assertThat(failure.charged()).isEqualTo(Charged.MAYBE);
    assertThat(failure.earlier())
        .contains(listSaidNo ? "list shows no such task" : "has no list of tasks");
  }

  @Test
  void everySubmissionThatWasGivenUp_isNamed() {
    activities
        .options(GenerationOptions.builder().onUnknownSubmission(new Resubmit(2, true)).build())
        .onSubmit(lost())
        .onSubmit(new SubmitOutcome.Unknown(activities.problem("the gateway answered 502")));
    End.REFUSED.script(activities);

    assertThat(detail(failureOf(start(BODY))).earlier())
        .contains("the reply was lost", "; an earlier submission of ", "the gateway answered 502");
  }

  @Test
  void cancelBeforeTheNextIsTaken_saysThatATaskMayExist() {
    resubmitOnce();
    GenerationFailure ending =
        endingWhenCancelledDuring(
            cancel ->
                activities
                    .onSubmit(lost())
                    .onSubmit(
                        submission -> {
                          cancel.run();
                          return busyFor(LONG_AFTER_THE_CANCEL);
                        }));

    assertThat(ending.type()).isEqualTo(FailureType.SUBMISSION_UNKNOWN);
    assertThat(ending.charged()).isEqualTo(Charged.MAYBE);
    assertThat(ending.message())
        .contains("the reply was lost", "Look at the service's task list")
        .doesNotContain("Not charged", "before a task existed");
    assertThat(activities.submitted).hasSize(2);
  }

  @Test
  void cancelOfTheNextsQueuedTask_saysThatTheFirstMayBeCharged() {
    resubmitOnce();
    activities.onCancel(request -> new CancelOutcome.Cancelled()).onSubmit(lost());

    GenerationFailure ending = endingOf(startAndCancelDuringALook());

    assertThat(ending.type()).isEqualTo(FailureType.CANCELLED);
    assertThat(ending.charged()).isEqualTo(Charged.MAYBE);
    assertThat(ending.earlier()).contains("the reply was lost");
  }

  @Test
  void whatIsKnownOfTheFirst_isHandedToTheNextRun() {
    resubmitOnce();
    activities.onSubmit(lost());
    for (int attempt = 0; attempt < 25; attempt++) {
      activities.onSubmit(busyFor(Duration.ofSeconds(30)));
    }
    End.REFUSED.script(activities);

    GenerationFailure failure = detail(failureOf(start(BODY)));

    assertThat(activities.submitted).hasSize(27);
    assertThat(failure.type()).isEqualTo(FailureType.ACCOUNT_REFUSED);
    assertThat(failure.charged()).isEqualTo(Charged.MAYBE);
    assertThat(failure.earlier()).contains("the reply was lost");
  }

  @Test
  void runOfAnOlderVersion_thatHandedOnTheCountAlone_isNotSaidToBeFree() {
    End.REFUSED.script(activities);
    WorkflowStub workflow =
        server
            .getWorkflowClient()
            .newUntypedWorkflowStub("OlderVersion", InMemoryServer.options().build());
    workflow.start();

    assertThatItIsNotFree(detail(failureOf(workflow)));
  }

  @Test
  void runThatWasGivenTheCountInItsMemo_isNotSaidToBeFree() {
    End.REFUSED.script(activities);
    WorkflowStub workflow =
        server
            .getWorkflowClient()
            .newUntypedWorkflowStub(
                VideoGenerationWorkflow.TYPE,
                InMemoryServer.options()
                    .setMemo(Map.of(VideoGenerationWorkflow.RESUBMISSIONS_MEMO, 1))
                    .build());
    workflow.start(BODY);

    assertThatItIsNotFree(detail(failureOf(workflow)));
  }

  private static void assertThatItIsNotFree(GenerationFailure failure) {
    assertThat(failure.type()).isEqualTo(FailureType.ACCOUNT_REFUSED);
    assertThat(failure.charged()).isEqualTo(Charged.MAYBE);
    assertThat(failure.earlier()).isEqualTo("an earlier submission went without an answer");
  }

  /** Its last run, after a resubmission of which it told the number alone. */
  @WorkflowInterface
  public interface OlderVersion {
    @WorkflowMethod
    void run();

    final class Impl implements OlderVersion {
      @Override
      public void run() {
        Workflow.continueAsNew(
            ContinuedVideoGeneration.TYPE,
            null,
            BODY,
            Json.NULL,
            new Continuation(
                ScriptedActivities.PLAN,
                null,
                "older",
                null,
                WorkflowClock.now(),
                Progress.start(),
                new Position.Submitting(1, 21, WorkflowClock.now().plus(Duration.ofHours(1))),
                null));
      }
    }
  }

  @Override
  void registerMoreOn(Worker worker) {
    worker.registerWorkflowImplementationTypes(OlderVersion.Impl.class);
  }

  private void resubmitOnce() {
    activities.options(
        GenerationOptions.builder().onUnknownSubmission(new Resubmit(1, true)).build());
  }

  private SubmitOutcome lost() {
    return new SubmitOutcome.Unknown(activities.problem("the reply was lost"));
  }
}
