package seedance.workflows.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowStub;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import seedance.workflows.generation.FailureType.Charged;

/** A cancel at each stage: what is sent, what is charged, and what the workflow leaves behind. */
class CancelTest extends WorkflowFixture {

  @Test
  void beforeATaskExists_sendsNothingMore_andSaysNotCharged() {
    GenerationFailure ending =
        endingWhenCancelledDuring(
            cancel ->
                activities.onSubmit(
                    submission -> {
                      cancel.run();
                      return busyFor(Duration.ofMinutes(10));
                    }));

    assertThat(ending.type()).isEqualTo(FailureType.NOT_SUBMITTED);
    assertThat(activities.submitted).hasSize(1);
    assertThat(activities.cancelled).isEmpty();
  }

  @Test
  void duringTheSubmission_waitsForItsOutcome_andCancelsTheTaskThatItMade() {
    activities.onCancel(request -> new CancelOutcome.Cancelled());

    GenerationFailure ending =
        endingWhenCancelledDuring(
            cancel ->
                activities.onSubmit(
                    submission -> {
                      cancel.run();
                      return activities.accepted();
                    }));

    assertThat(ending.type()).isEqualTo(FailureType.CANCELLED);
    assertThat(ending.taskId()).isEqualTo("cgt-20261122-abcde");
    assertThat(activities.cancelled).hasSize(1);
    assertThat(activities.submitted).hasSize(1);
  }

  @Test
  void duringASubmissionThatIsRejected_saysWhyNothingWasMade() {
    GenerationFailure ending =
        endingWhenCancelledDuring(
            cancel ->
                activities.onSubmit(
                    submission -> {
                      cancel.run();
                      return new SubmitOutcome.Rejected(
                          new ServiceError(
                              FailureType.ACCOUNT_REFUSED, "AccessDenied", null, null));
                    }));

    assertThat(ending.type()).isEqualTo(FailureType.ACCOUNT_REFUSED);
    assertThat(ending.charged()).isEqualTo(Charged.NO);
  }

  @Test
  void duringASubmissionWhoseAnswerIsLost_looksForTheTaskFirst_andCancelsIt() {
    activities
        .onReconcile(activities.notYet("the list does not show it yet"))
        .onReconcile(request -> activities.found("cgt-late"))
        .onCancel(request -> new CancelOutcome.Cancelled());

    GenerationFailure ending = endingWhenCancelledDuring(this::loseTheAnswer);

    assertThat(ending.type()).isEqualTo(FailureType.CANCELLED);
    assertThat(ending.taskId()).isEqualTo("cgt-late");
    assertThat(activities.cancelled).extracting(CancelRequest::taskId).containsExactly("cgt-late");
  }

  @Test
  void duringASubmissionWhoseTaskIsNotFound_asksNobody_andSaysThatATaskMayExist() {
    activities.onReconcile(activities.notFound());

    GenerationFailure ending = endingWhenCancelledDuring(this::loseTheAnswer);

    assertThat(ending.type()).isEqualTo(FailureType.SUBMISSION_UNKNOWN);
    assertThat(ending.charged()).isEqualTo(Charged.MAYBE);
    assertThat(activities.submitted).hasSize(1);
  }

  @Test
  void cancelledGeneration_isNeverResubmitted() {
    activities
        .options(
            GenerationOptions.builder()
                .onUnknownSubmission(new UnknownSubmissionPolicy.Resubmit(3, true))
                .build())
        .onReconcile(activities.notFound());

    GenerationFailure ending = endingWhenCancelledDuring(this::loseTheAnswer);

    assertThat(ending.type()).isEqualTo(FailureType.SUBMISSION_UNKNOWN);
    assertThat(activities.submitted).hasSize(1);
  }

  @Test
  void whileADecisionIsWaitedFor_endsTheWait_andSaysThatATaskMayExist() {
    activities.onSubmit(new SubmitOutcome.Unknown(activities.problem("the reply was lost")));
    WorkflowStub workflow = start(BODY);
    waitUntil(workflow, progress -> progress.stage() == Progress.Stage.DECIDE);

    workflow.cancel();

    assertThat(endingOf(workflow).type()).isEqualTo(FailureType.SUBMISSION_UNKNOWN);
  }

  @Test
  void whileATaskIsAdopted_leavesIt_andSaysHowItsClipIsFetched() {
    activities
        .options(GenerationOptions.builder().adopt("cgt-exists").build())
        .onAdopt(
            request ->
                new Adoption.NotYet(
                    activities.problem("the service answered 503"), Duration.ofHours(1)));
    WorkflowStub workflow = start(BODY);
    Progress progress = waitUntil(workflow, now -> now.lastProblem() != null);

    workflow.cancel();

    assertThat(progress.taskId()).isEqualTo("cgt-exists");
    assertThat(progress.stage()).isEqualTo(Progress.Stage.SUBMIT);
    assertThatTheTaskIsLeft(endingOf(workflow));
  }

  @Test
  void beforeAnAdoptionWasJudged_leavesItsTaskToo() {
    CompletableFuture<WorkflowStub> workflow = new CompletableFuture<>();
    activities.onValidate(
        () -> {
          workflow.join().cancel();
          return new Validation.Valid(
              ScriptedActivities.planWith(GenerationOptions.builder().adopt("cgt-exists").build()));
        });
    workflow.complete(start(BODY, Map.of("adopt", Map.of("taskId", "cgt-exists"))));

    assertThatTheTaskIsLeft(endingOf(workflow.join()));
  }

  private void assertThatTheTaskIsLeft(GenerationFailure ending) {
    assertThat(ending.type()).isEqualTo(FailureType.ABANDONED);
    assertThat(ending.charged()).isEqualTo(Charged.MAYBE);
    assertThat(ending.taskId()).isEqualTo("cgt-exists");
    assertThat(ending.message())
        .contains("it was not taken over yet [task cgt-exists]", "options.adopt");
    assertThat(activities.submitted).isEmpty();
  }

  @Test
  void queuedTask_isCancelledAtTheService_andNotCharged() {
    activities.onCancel(request -> new CancelOutcome.Cancelled());
    WorkflowStub workflow = startAndCancelDuringALook();

    GenerationFailure ending = endingOf(workflow);

    assertThat(ending.type()).isEqualTo(FailureType.CANCELLED);
    assertThat(ending.charged()).isEqualTo(Charged.NO);
    assertThat(currentDetails(workflow))
        .startsWith("### Cancelled")
        .contains("- **Why:** " + ending.message());
  }

  @Test
  void whileANextLookIsWaitedFor_isFollowedAtOnce() {
    WorkflowStub workflow = start(BODY);
    server.time().after(Duration.ofSeconds(30), workflow::cancel);

    assertThat(endingOf(workflow).type()).isEqualTo(FailureType.ABANDONED);
    assertThat(activities.looked).isEmpty();
  }

  @Test
  void runningTask_isAbandoned_andTheEndingSaysThatItGoesOnAndIsCharged() {
    WorkflowStub workflow = startAndCancelDuringALook();

    GenerationFailure ending = endingOf(workflow);

    assertThat(ending.type()).isEqualTo(FailureType.ABANDONED);
    assertThat(ending.charged()).isEqualTo(Charged.MAYBE);
    assertThat(ending.taskId()).isEqualTo("cgt-20261122-abcde");
    assertThat(ending.problem()).isEqualTo("the task is running");
    assertThat(ending.message()).contains("still runs there and is charged if it succeeds");
    assertThat(activities.handedOff).isEmpty();
    assertThat(currentDetails(workflow))
        .startsWith("### Cancelled")
        .contains("- **Why:** " + ending.message());
  }

  @Test
  void runningTask_isCollected_whereTheOptionsSaySo_andASecondCancelChangesNothing() {
    activities.options(GenerationOptions.builder().onCancel(OnCancel.COLLECT).build());
    WorkflowStub workflow = startAndCancelDuringALook();
    activities
        .onLook(look -> activities.going("running"))
        .onLook(
            look -> {
              workflow.cancel();
              return activities.succeeded();
            });

    assertThat(resultPastCancel(workflow).artifacts()).containsExactly(ScriptedActivities.CLIP);
    assertThat(activities.cancelled).hasSize(1);
  }

  @Test
  void finishedTask_isNotDeleted_butItsClipStored() {
    activities.onCancel(request -> new CancelOutcome.Over());

    WorkflowStub workflow = startAndCancelDuringALook();

    assertThat(resultPastCancel(workflow).artifacts()).containsExactly(ScriptedActivities.CLIP);
    assertThat(activities.handedOff).hasSize(1);
  }

  @Test
  void failedTask_endsWithTheServicesVerdict() {
    activities.onCancel(request -> new CancelOutcome.Over());
    WorkflowStub workflow = startAndCancelDuringALook();
    activities.onLook(
        look ->
            new Look.Failed(
                new ServiceError(FailureType.TASK_FAILED, "InternalServiceError", null, null),
                look.acceptedAt()));

    assertThat(endingOf(workflow).type()).isEqualTo(FailureType.TASK_FAILED);
  }

  @Test
  void serviceThatDoesNotAnswerTheCancel_isAskedAgain() {
    activities
        .onCancel(request -> notAnswered())
        .onCancel(request -> notAnswered())
        .onCancel(request -> new CancelOutcome.Cancelled());

    assertThat(endingOf(startAndCancelDuringALook()).type()).isEqualTo(FailureType.CANCELLED);
    assertThat(activities.cancelled).extracting(CancelRequest::attempt).containsExactly(1, 2, 3);
  }

  @Test
  void serviceThatNeverAnswersTheCancel_leavesTheTaskAbandoned() {
    for (int attempt = 1; attempt <= 20; attempt++) {
      activities.onCancel(request -> notAnswered());
    }

    assertThat(endingOf(startAndCancelDuringALook()).type()).isEqualTo(FailureType.ABANDONED);
    assertThat(activities.cancelled).hasSize(10);
  }

  @Test
  void duringTheHandOff_storesThePaidClip_andKeepsTheResultInTheMemo() {
    WorkflowStub workflow =
        startAndCancelDuring(
            cancel ->
                activities.onHandOff(
                    handOff -> {
                      cancel.run();
                      return activities.stored();
                    }));

    assertThat(resultPastCancel(workflow).artifacts()).containsExactly(ScriptedActivities.CLIP);
    assertThat(activities.cancelled).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void duringAHandOffThatCannotStore_endsOrGoesOn_asTheOptionsSay(OnCancel policy) {
    activities.options(GenerationOptions.builder().onCancel(policy).build());
    WorkflowStub workflow =
        startAndCancelDuring(
            cancel ->
                activities.onHandOff(
                    handOff -> {
                      cancel.run();
                      return activities.notStored("no space left on device");
                    }));

    if (policy == OnCancel.COLLECT) {
      assertThat(resultPastCancel(workflow).artifacts()).containsExactly(ScriptedActivities.CLIP);
    } else {
      assertThat(endingOf(workflow).type()).isEqualTo(FailureType.ABANDONED);
      assertThat(activities.handedOff).hasSize(1);
    }
    assertThat(activities.cancelled).isEmpty();
  }

  @Test
  void duringAHandOffThatCannotStore_goesOnToStore_andDoesNotAskForTheTask_whichMayBeGone() {
    activities
        .options(GenerationOptions.builder().onCancel(OnCancel.COLLECT).build())
        .onLook(look -> activities.succeeded())
        .onLook(
            look ->
                new Look.Failed(
                    new ServiceError(FailureType.CLIP_LOST, null, null, null), look.acceptedAt()));
    WorkflowStub workflow =
        startAndCancelDuring(
            cancel ->
                activities.onHandOff(
                    handOff -> {
                      cancel.run();
                      return activities.notStored("no space left on device");
                    }));

    assertThat(resultPastCancel(workflow).artifacts()).containsExactly(ScriptedActivities.CLIP);
    assertThat(activities.handedOff).extracting(HandOffRequest::attempt).containsExactly(1, 2);
  }

  private void loseTheAnswer(Runnable cancel) {
    activities.onSubmit(
        submission -> {
          cancel.run();
          return new SubmitOutcome.Unknown(activities.problem("the reply was lost"));
        });
  }

  private CancelOutcome notAnswered() {
    return new CancelOutcome.NotYet(
        activities.problem("the service answered 503"), Duration.ofMinutes(1));
  }

  private GenerationResult resultPastCancel(WorkflowStub workflow) {
    catchThrowableOfType(
        WorkflowFailedException.class, () -> workflow.getResult(GenerationResult.class));
    server.replay(workflow);
    return workflow
        .describe()
        .getMemo(
            VideoGenerationWorkflow.RESULT_MEMO, GenerationResult.class, GenerationResult.class);
  }
}
