package seedance.workflows.generation;

import static org.assertj.core.api.Assertions.assertThat;

import io.temporal.client.WorkflowStub;
import java.time.Duration;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import seedance.workflows.generation.Progress.Stage;
import seedance.workflows.generation.UnknownSubmissionPolicy.Fail;
import seedance.workflows.generation.UnknownSubmissionPolicy.Resubmit;

/** The task of a lost submission is known, or may be, just as something else is to happen. */
class KnownMeanwhileTest extends WorkflowFixture {
  private static final Map<String, Object> RESUBMIT = Map.of("resubmit", true);

  static Object[] decisionsWithoutATask() {
    return new Object[] {RESUBMIT, Map.of("fail", "the shot was cut")};
  }

  static UnknownSubmissionPolicy[] policiesThatEndTheSearch() {
    return new UnknownSubmissionPolicy[] {new Resubmit(1, false), new Fail()};
  }

  @ParameterizedTest
  @MethodSource("decisionsWithoutATask")
  void taskThatALookFinds_comesBeforeADecisionThatNamesNone(Object decision) {
    WorkflowStub workflow = asking();
    activities.onReconcile(
        duringALook(() -> resolve(workflow, decision), activities.found("cgt-found")));

    workflow.signal("callbackReceived");

    assertThat(result(workflow).taskId()).isEqualTo("cgt-found");
    assertThat(activities.submitted).hasSize(1);
  }

  @ParameterizedTest
  @MethodSource("policiesThatEndTheSearch")
  void callbackDuringTheLastLook_isFollowedByAnotherLook(UnknownSubmissionPolicy policy) {
    activities
        .options(GenerationOptions.builder().onUnknownSubmission(policy).build())
        .onReconcile(duringALook(() -> {}, activities.notYet("the list does not show it yet")));
    WorkflowStub workflow = losing(Stage.RECONCILE);
    activities
        .onReconcile(duringALook(() -> callBack(workflow), activities.notFound()))
        .onReconcile(activities.found("cgt-that-called-back"));

    assertThat(result(workflow).taskId()).isEqualTo("cgt-that-called-back");
    assertThat(activities.submitted).hasSize(1);
  }

  @Test
  void callbackBesideADecisionToResubmit_isFollowedByAnotherLook() {
    WorkflowStub workflow = asking();
    activities
        .onReconcile(calledBackAndDecided(workflow))
        .onReconcile(activities.found("cgt-that-called-back"));

    workflow.signal("callbackReceived");

    assertThat(result(workflow).taskId()).isEqualTo("cgt-that-called-back");
    assertThat(activities.submitted).hasSize(1);
  }

  @Test
  void decisionIsFollowed_whereThatLookFindsNothing_howeverOftenIsCalledBack() {
    WorkflowStub workflow = asking();
    activities
        .onReconcile(calledBackAndDecided(workflow))
        .onReconcile(duringALook(() -> callBack(workflow), activities.cannotTell()));

    workflow.signal("callbackReceived");

    assertThat(result(workflow).artifacts()).isNotEmpty();
    assertThat(activities.submitted).hasSize(2);
    assertThat(activities.reconciled).hasSize(3);
  }

  @Test
  void whoeverCallsDuringEachLook_putsOffNoEnd() {
    activities
        .options(GenerationOptions.builder().onUnknownSubmission(new Fail()).build())
        .onReconcile(duringALook(() -> {}, activities.notYet("the list does not show it yet")));
    WorkflowStub workflow = losing(Stage.RECONCILE);
    for (int look = 0; look < 40; look++) {
      activities.onReconcile(duringALook(() -> callBack(workflow), activities.notFound()));
    }

    assertThat(failureOf(workflow).getType()).isEqualTo("SubmissionUnknown");
    assertThat(activities.reconciled).hasSizeLessThan(30);
  }

  private Function<ReconcileRequest, Reconciliation> calledBackAndDecided(WorkflowStub workflow) {
    return duringALook(
        () -> {
          callBack(workflow);
          resolve(workflow, RESUBMIT);
        },
        activities.cannotTell());
  }

  private static Function<ReconcileRequest, Reconciliation> duringALook(
      Runnable action, Reconciliation answer) {
    return request -> {
      action.run();
      return answer;
    };
  }

  @Test
  void submissionThatWasGivenUp_isNamedToEachThatComesAfterIt_soThatItsReceiptSettlesThem() {
    WorkflowStub workflow = asking();
    activities
        .onSubmit(busyFor(Duration.ofMinutes(20)))
        .onSubmit(submission -> activities.task("of " + submission.name().earlier().get(0).id()));
    resolve(workflow, RESUBMIT);

    assertThat(result(workflow).taskId()).isEqualTo("of " + activities.submitted.get(0).id());
    assertThat(activities.submitted).hasSize(3);
    assertThat(activities.submitted.get(0).name().earlier()).isEmpty();
  }

  private WorkflowStub asking() {
    return losing(Stage.DECIDE);
  }

  private WorkflowStub losing(Stage stage) {
    activities.onSubmit(new SubmitOutcome.Unknown(activities.problem("the reply was lost")));
    WorkflowStub workflow = start(BODY);
    waitUntil(workflow, p -> p.stage() == stage && p.nextLookAt() != null);
    return workflow;
  }

  private static void callBack(WorkflowStub workflow) {
    workflow.signal("callbackReceived");
  }

  private static void resolve(WorkflowStub workflow, Object decision) {
    workflow.update("resolveSubmission", Progress.class, decision);
  }
}
