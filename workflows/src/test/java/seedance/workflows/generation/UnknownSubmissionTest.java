package seedance.workflows.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.temporal.client.WorkflowStub;
import io.temporal.client.WorkflowUpdateException;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import seedance.workflows.Payloads;
import seedance.workflows.generation.FailureType.Charged;
import seedance.workflows.generation.Progress.Stage;
import seedance.workflows.generation.UnknownSubmissionPolicy.Resubmit;
import seedance.workflows.json.Json;

/** A submission whose answer was lost: looked for, decided about, never silently repeated. */
class UnknownSubmissionTest extends WorkflowFixture {

  @Test
  void lostReply_isReconciled_notResubmitted() {
    loseTheAnswer()
        .onReconcile(activities.notYet("the list does not show it yet"))
        .onReconcile(request -> activities.found("cgt-found"));

    GenerationResult result = result(start(BODY));

    assertThat(result.taskId()).isEqualTo("cgt-found");
    assertThat(activities.submitted).hasSize(1);
    assertThat(activities.looked).extracting(LookRequest::taskId).containsOnly("cgt-found");
  }

  @Test
  void foundTask_isLookedAtWithoutARequest_asAnotherMayHaveMadeIt() {
    activities.validation(new Validation.Valid(ScriptedActivities.PLAN, "run-1"));
    loseTheAnswer().onReconcile(request -> activities.found("cgt-found"));

    result(start(BODY));

    assertThat(activities.looked).extracting(LookRequest::storedRequest).containsOnlyNulls();
  }

  @Test
  void reconciliation_goesByWhatStoodInHistoryBeforeTheCall() {
    loseTheAnswer().onReconcile(request -> activities.found("cgt-found"));

    result(start(BODY));

    Submission sent = activities.submitted.get(0);
    assertThat(sent.marker()).isInstanceOf(Marker.Seed.class);
    assertThat(sent.traits().seed()).isEqualTo((long) ((Marker.Seed) sent.marker()).seed());
    ReconcileRequest asked = activities.reconciled.get(0);
    assertThat(asked.submissionId()).isEqualTo(sent.id());
    assertThat(asked.marker()).isEqualTo(sent.marker());
    assertThat(asked.traits()).isEqualTo(sent.traits());
    assertThat(asked.attempt()).isEqualTo(1);
  }

  @Test
  void submissionThatSurelyMadeNoTask_isRepeatedUnderItsIdAndMarker_othersGetTheirOwn() {
    activities.onSubmit(busyFor(Duration.ofMinutes(1)));
    loseTheAnswer();
    WorkflowStub workflow = start(BODY);
    waitUntil(workflow, p -> p.stage() == Stage.DECIDE, 5);
    resolve(workflow, Map.of("resubmit", true));
    result(workflow);
    result(start(BODY));

    assertThat(activities.submitted).hasSize(4);
    Submission first = activities.submitted.get(0);
    assertThat(activities.submitted.get(1).id()).isEqualTo(first.id());
    assertThat(activities.submitted.get(1).marker()).isEqualTo(first.marker());
    assertThat(activities.submitted.subList(1, 4))
        .extracting(Submission::id)
        .doesNotHaveDuplicates();
    assertThat(activities.submitted.subList(1, 4))
        .extracting(Submission::marker)
        .doesNotHaveDuplicates();
  }

  @Test
  void submitActivityThatDies_isReconciled_onlyAfterNothingCanBeSentAnyMore() {
    activities
        .onSubmit(
            submission -> {
              throw new IllegalStateException("broken");
            })
        .onReconcile(request -> activities.found("cgt-found"));

    result(start(BODY));

    ReconcileRequest asked = activities.reconciled.get(0);
    assertThat(Duration.between(asked.sentAfter(), asked.sentBefore()))
        .isBetween(Submission.SEND_WITHIN, Submission.SEND_WITHIN.plusMinutes(2));
    assertThat(activities.submitted).hasSize(1);
  }

  @Test
  void submissionThatWasAnsweredUnclearly_isOverWhenItsAnswerIs() {
    loseTheAnswer().onReconcile(request -> activities.found("cgt-found"));

    result(start(BODY));

    ReconcileRequest asked = activities.reconciled.get(0);
    assertThat(Duration.between(asked.sentAfter(), asked.sentBefore()))
        .isLessThan(Submission.SEND_WITHIN);
  }

  @Test
  void ask_waitsForADecision_andTheUiSaysInWordsWhatIsKnownAndWhatToDecide() {
    loseTheAnswer().onReconcile(activities.cannotTell("cgt-one", "cgt-two"));
    WorkflowStub workflow = start(BODY);

    Progress progress = waitUntil(workflow, p -> p.stage() == Stage.DECIDE);

    assertThat(progress.unknownSubmission().candidates()).containsExactly("cgt-one", "cgt-two");
    assertThat(currentDetails(workflow))
        .startsWith("### Waiting for your decision")
        .contains("text · doubao-seedance-2-0 · 720p · 5 s")
        .contains("the reply was lost")
        .contains("the service has no list of tasks")
        .contains("`cgt-one`, `cgt-two`")
        .contains("./seedance resolve " + workflow.getExecution().getWorkflowId() + " --resubmit")
        .contains("{\"adopt\": \"cgt-…\"}")
        .contains("{\"resubmit\": true}")
        .contains("{\"fail\": \"reason\"}");
    assertThat(needsDecision(workflow)).isEqualTo("the service has no list of tasks");
    assertThat(activities.submitted).hasSize(1);
  }

  @Test
  void decisionToAdopt_goesOnWithThatTask() {
    loseTheAnswer();
    WorkflowStub workflow = start(BODY);
    waitUntil(workflow, p -> p.stage() == Stage.DECIDE);

    Progress progress = resolve(workflow, Map.of("adopt", "cgt-by-hand"));

    assertThat(progress).isNotNull();
    assertThat(result(workflow).taskId()).isEqualTo("cgt-by-hand");
    assertThat(activities.adopted.get(0).submissionId())
        .isEqualTo(activities.submitted.get(0).id());
    assertThat(activities.submitted).hasSize(1);
    assertThat(needsDecision(workflow)).isNull();
  }

  @Test
  void decisionToAdoptAnotherSubmissionsTask_isRefused_andTheWaitGoesOn() {
    loseTheAnswer()
        .onAdopt(
            request ->
                new Adoption.Refused(activities.problem("the task belongs to workflow shot-7")));
    WorkflowStub workflow = start(BODY);
    waitUntil(workflow, p -> p.stage() == Stage.DECIDE);

    assertThat(refusal(workflow, Map.of("adopt", "cgt-other")))
        .contains("the task belongs to workflow shot-7");
    resolve(workflow, Map.of("adopt", "cgt-mine"));

    assertThat(result(workflow).taskId()).isEqualTo("cgt-mine");
  }

  @Test
  void decisionToResubmit_submitsOnceMore() {
    loseTheAnswer();
    WorkflowStub workflow = start(BODY);
    waitUntil(workflow, p -> p.stage() == Stage.DECIDE);

    resolve(workflow, Map.of("resubmit", true));

    assertThat(result(workflow).artifacts()).isNotEmpty();
    assertThat(activities.submitted).extracting(Submission::attempt).containsExactly(1, 2);
    assertThat(activities.submitted).extracting(Submission::id).doesNotHaveDuplicates();
  }

  @Test
  void decisionToFail_failsWithItsReason() {
    loseTheAnswer();
    WorkflowStub workflow = start(BODY);
    waitUntil(workflow, p -> p.stage() == Stage.DECIDE);

    resolve(workflow, Map.of("fail", "the shot was cut"));
    ApplicationFailure failure = failureOf(workflow);

    assertThat(failure.getType()).isEqualTo("SubmissionUnknown");
    assertThat(failure.getOriginalMessage())
        .contains("the shot was cut")
        .contains("May be charged");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        "\"resubmit\"",
        "{\"adopt\":\"..\"}",
        "{\"adopt\":\"two words\"}",
        "{\"adopt\":5}",
        "{\"resubmit\":false}",
        "{\"fail\":\"\"}",
        "{\"adopt\":\"cgt-1\",\"resubmit\":true}",
        "{\"retry\":true}"
      })
  void malformedDecision_isRefusedWithAReason_andLeavesNothingInHistory(String json)
      throws Exception {
    loseTheAnswer();
    WorkflowStub workflow = start(BODY);
    waitUntil(workflow, p -> p.stage() == Stage.DECIDE);
    int events = history(workflow).size();
    Object decision =
        new com.fasterxml.jackson.databind.ObjectMapper().readValue(json, Object.class);

    assertThat(refusal(workflow, decision)).contains("was not taken");
    assertThat(workflow.query("progress", Progress.class).stage()).isEqualTo(Stage.DECIDE);
    assertThat(history(workflow)).hasSizeLessThanOrEqualTo(events + 3);
  }

  @Test
  void decisionThatIsMostlyBlanks_isRefused_andLeavesNothingInHistory() {
    loseTheAnswer();
    WorkflowStub workflow = start(BODY);
    waitUntil(workflow, p -> p.stage() == Stage.DECIDE);
    int events = history(workflow).size();

    assertThat(refusal(workflow, Payloads.json("{\"resubmit\":true" + " ".repeat(20_000) + "}")))
        .contains("was not taken");
    assertThat(history(workflow)).hasSizeLessThanOrEqualTo(events + 3);
  }

  @Test
  void decisionThatNobodyWaitsFor_isRefused() {
    activities.onSubmit(submission -> activities.accepted(Duration.ofHours(1)));
    WorkflowStub workflow = start(BODY);
    waitUntil(workflow, p -> p.stage() == Stage.AWAIT);

    assertThat(refusal(workflow, Map.of("resubmit", true)))
        .contains("no submission of this generation waits for a decision");
    result(workflow);
    assertThat(activities.submitted).hasSize(1);
  }

  @Test
  void decisionToResubmit_isRefused_whileTheTaskIsStillLookedFor() {
    loseTheAnswer()
        .onReconcile(activities.notYet("the list does not show it yet", Duration.ofHours(1)))
        .onReconcile(request -> activities.found("cgt-found"));
    WorkflowStub workflow = start(BODY);
    waitUntil(workflow, p -> p.stage() == Stage.RECONCILE && p.nextLookAt() != null);

    assertThat(refusal(workflow, Map.of("resubmit", true))).contains("still being looked for");
    assertThat(result(workflow).taskId()).isEqualTo("cgt-found");
  }

  @Test
  void decisionToAdopt_isTaken_whileTheTaskIsStillLookedFor() {
    loseTheAnswer()
        .onReconcile(activities.notYet("the list does not show it yet", Duration.ofHours(1)));
    WorkflowStub workflow = start(BODY);
    waitUntil(workflow, p -> p.stage() == Stage.RECONCILE && p.nextLookAt() != null);

    resolve(workflow, Map.of("adopt", "cgt-known"));

    assertThat(result(workflow).taskId()).isEqualTo("cgt-known");
  }

  @Test
  void decisionToAdopt_isTaken_whereALookFoundThatTaskMeanwhile() {
    WorkflowStub workflow = askWhereALookOvertakesAnAdoption("cgt-known");

    assertThat(resolve(workflow, Map.of("adopt", "cgt-known")).taskId()).isEqualTo("cgt-known");
    assertThat(result(workflow).taskId()).isEqualTo("cgt-known");
  }

  @Test
  void decisionToAdopt_isRefused_whereALookFoundAnotherTaskMeanwhile() {
    WorkflowStub workflow = askWhereALookOvertakesAnAdoption("cgt-other");

    assertThat(refusal(workflow, Map.of("adopt", "cgt-known"))).contains("in the meantime");
    assertThat(result(workflow).taskId()).isEqualTo("cgt-other");
  }

  private WorkflowStub askWhereALookOvertakesAnAdoption(String found) {
    loseTheAnswer()
        .onReconcile(activities.cannotTell())
        .onReconcile(request -> activities.found(found));
    WorkflowStub workflow = start(BODY);
    activities.onAdopt(
        request -> {
          workflow.signal("callbackReceived");
          waitUntil(workflow, progress -> progress.stage() == Stage.AWAIT);
          return new Adoption.Adopted(activities.task(request.taskId()));
        });
    waitUntil(workflow, progress -> progress.stage() == Stage.DECIDE);
    return workflow;
  }

  @Test
  void taskThatTurnsUpWhileADecisionIsWaitedFor_settlesIt() {
    loseTheAnswer()
        .onReconcile(activities.cannotTell())
        .onReconcile(activities.cannotTell())
        .onReconcile(request -> activities.found("cgt-late"));

    GenerationResult result = result(start(BODY));

    assertThat(result.taskId()).isEqualTo("cgt-late");
    assertThat(activities.submitted).hasSize(1);
  }

  @Test
  void callback_isFollowedAtOnce() {
    loseTheAnswer()
        .onReconcile(activities.cannotTell())
        .onReconcile(request -> activities.found("cgt-called-back"));
    WorkflowStub workflow = start(BODY);
    Instant asked = waitUntil(workflow, p -> p.stage() == Stage.DECIDE).nextLookAt();

    workflow.signal("callbackReceived");
    Progress progress = waitUntil(workflow, p -> p.stage() == Stage.AWAIT);

    assertThat(progress.taskId()).isEqualTo("cgt-called-back");
    assertThat(server.time().now()).isBefore(asked);
    result(workflow);
  }

  @Test
  void callbackBeforeAnythingIsUnknown_changesNothing() {
    activities.onLook(look -> activities.going("running"));
    WorkflowStub workflow = start(BODY);

    workflow.signal("callbackReceived");

    assertThat(result(workflow).artifacts()).isNotEmpty();
    assertThat(activities.reconciled).isEmpty();
  }

  @Test
  void fail_failsSayingThatATaskMayExist_onceItWasLookedFor() {
    activities.options(
        GenerationOptions.builder()
            .onUnknownSubmission(new UnknownSubmissionPolicy.Fail())
            .build());
    loseTheAnswer()
        .onReconcile(activities.notYet("the list does not show it yet"))
        .onReconcile(activities.notFound());

    ApplicationFailure failure = failureOf(start(BODY));

    assertThat(failure.getType()).isEqualTo("SubmissionUnknown");
    assertThat(detail(failure).charged()).isEqualTo(Charged.MAYBE);
    assertThat(activities.submitted).hasSize(1);
    assertThat(activities.reconciled).hasSize(2);
  }

  @Test
  void resubmit_submitsAgain_afterTheListSaidNo() {
    activities.options(
        GenerationOptions.builder().onUnknownSubmission(new Resubmit(1, false)).build());
    loseTheAnswer().onReconcile(activities.notFound());

    assertThat(result(start(BODY)).artifacts()).isNotEmpty();
    assertThat(activities.submitted).hasSize(2);
  }

  @Test
  void resubmit_asks_whereTheListCannotTell() {
    activities.options(
        GenerationOptions.builder().onUnknownSubmission(new Resubmit(1, false)).build());
    loseTheAnswer();
    WorkflowStub workflow = start(BODY);

    waitUntil(workflow, p -> p.stage() == Stage.DECIDE);

    assertThat(activities.submitted).hasSize(1);
  }

  @Test
  void resubmit_doesNotAsk_whereADoubleChargeIsAccepted() {
    activities.options(
        GenerationOptions.builder().onUnknownSubmission(new Resubmit(1, true)).build());
    loseTheAnswer();

    assertThat(result(start(BODY)).artifacts()).isNotEmpty();
    assertThat(activities.submitted).hasSize(2);
  }

  @Test
  void resubmit_asks_onceItWasDoneAsOftenAsAllowed() {
    activities.options(
        GenerationOptions.builder().onUnknownSubmission(new Resubmit(2, true)).build());
    loseTheAnswer();
    loseTheAnswer();
    loseTheAnswer();
    WorkflowStub workflow = start(BODY);

    waitUntil(workflow, p -> p.stage() == Stage.DECIDE);

    assertThat(activities.submitted).hasSize(3);
  }

  @Test
  void deadline_endsTheWaitForADecision() {
    activities.options(GenerationOptions.builder().deadline(Duration.ofHours(1)).build());
    loseTheAnswer();

    ApplicationFailure failure = failureOf(start(BODY));

    assertThat(failure.getType()).isEqualTo("SubmissionUnknown");
    assertThat(activities.submitted).hasSize(1);
  }

  @Test
  void deadlineThatPassesDuringALook_endsTheSearch() {
    activities.options(GenerationOptions.builder().deadline(Duration.ofMinutes(10)).build());
    loseTheAnswer();
    for (int attempt = 0; attempt < 30; attempt++) {
      activities.onReconcile(
          request -> {
            throw new IllegalStateException("broken");
          });
    }
    activities.onReconcile(activities.notYet("the list does not show it yet"));

    assertThat(failureOf(start(BODY)).getType()).isEqualTo("SubmissionUnknown");
  }

  @Test
  void reconcileActivityThatThrows_isRetriedUntilItAnswers() {
    loseTheAnswer();
    for (int attempt = 0; attempt < 10; attempt++) {
      activities.onReconcile(
          request -> {
            throw new IllegalStateException("broken");
          });
    }
    activities.onReconcile(request -> activities.found("cgt-found"));

    assertThat(result(start(BODY)).taskId()).isEqualTo("cgt-found");
    assertThat(activities.submitted).hasSize(1);
  }

  private ScriptedActivities loseTheAnswer() {
    return activities.onSubmit(
        submission -> new SubmitOutcome.Unknown(activities.problem("the reply was lost")));
  }

  private static Progress resolve(WorkflowStub workflow, Object decision) {
    return workflow.update("resolveSubmission", Progress.class, new Json(decision));
  }

  private static String refusal(WorkflowStub workflow, Object decision) {
    WorkflowUpdateException refused =
        catchThrowableOfType(
            WorkflowUpdateException.class,
            () -> workflow.update("resolveSubmission", Progress.class, decision));
    return ((ApplicationFailure) refused.getCause()).getOriginalMessage();
  }

  private static String needsDecision(WorkflowStub workflow) {
    return workflow
        .describe()
        .getMemo(VideoGenerationWorkflow.NEEDS_DECISION_MEMO, String.class, String.class);
  }

  @Test
  void taskIdOfMarkdown_staysCode_inTheDetails() {
    String id = "cgt-1`<br>[**lost:**](https://evil.example)";
    UnknownSubmission unknown =
        new UnknownSubmission(Instant.EPOCH, "no answer came in time", null, List.of(id, "cgt-2"));

    assertThat(unknown.toMarkdown())
        .contains("- **Tasks that fit:** `cgt-1'<br>[**lost:**](https://evil.example)`, `cgt-2`\n");
    assertThat(Progress.code(id)).isEqualTo("`cgt-1'<br>[**lost:**](https://evil.example)`");
  }
}
