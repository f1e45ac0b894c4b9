package seedance.workflows.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static seedance.workflows.chain.Chains.TEXT;
import static seedance.workflows.chain.Chains.V20;
import static seedance.workflows.chain.Chains.chain;
import static seedance.workflows.chain.Chains.extend;
import static seedance.workflows.chain.Chains.image;
import static seedance.workflows.chain.Chains.json;
import static seedance.workflows.chain.Chains.next;
import static seedance.workflows.chain.Chains.request;
import static seedance.workflows.chain.Chains.text;
import static seedance.workflows.chain.Chains.video;

import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.client.WorkflowStub;
import io.temporal.client.WorkflowUpdateHandle;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import seedance.workflows.VirtualTime;
import seedance.workflows.generation.FailureType;
import seedance.workflows.json.Json;

/** Decisions that come at awkward moments, and that contradict each other. */
class StepDecisionsTest extends ChainFixture {
  private static final Json LONG = json(request(V20, TEXT, "'duration':15"));

  @Test
  void changedRequests_thatAreJudgedAtTheSameTime_areBothKept() {
    WorkflowStub workflow = start("film", chain(approved(text("a")), approved(text("b"))));
    waitForApproval(workflow, "a", "b");
    script.hold();
    WorkflowUpdateHandle<ChainProgress> first =
        send(workflow, "approveStep", decision("a", json(request(V20, TEXT, "'duration':12"))));
    WorkflowUpdateHandle<ChainProgress> second = send(workflow, "approveStep", decision("b", LONG));
    VirtualTime.standing().until(() -> script.validations.get() >= 2);
    script.letGo();
    first.getResult();
    second.getResult();
    ChainResult result = result(workflow);

    assertThat(result.steps()).hasSize(2);
    assertThat(script.checked.get(script.checked.size() - 1).tree().toString())
        .contains("duration=12", "duration=15");
  }

  @Test
  void changedRequest_thatIsRefusedInTheEnd_isNotKept() {
    WorkflowStub workflow = start("film", chain(approved(text("a")), approved(text("b"))));
    waitForApproval(workflow, "a", "b");
    script.hold();
    WorkflowUpdateHandle<ChainProgress> changed =
        send(workflow, "approveStep", decision("a", LONG));
    VirtualTime.standing().until(() -> script.validations.get() == 2);
    WorkflowUpdateHandle<ChainProgress> rejected =
        send(workflow, "approveStep", Map.of("step", "a", "reject", "too long"));
    script.letGo();
    changed.getResult();
    rejected.getResult();
    update(workflow, "approveStep", Map.of("step", "b"));

    assertThat(failureOf(workflow).getOriginalMessage()).contains("too long");
    assertThat(script.made).containsExactly("film.b");
  }

  @Test
  void changedRequest_thatIsMadeFromAnotherStep_waitsForThat() {
    WorkflowStub workflow =
        start("film", chain(approved(text("a")), approved(text("b")), text("c")));
    waitForApproval(workflow, "a", "b");

    update(
        workflow,
        "approveStep",
        decision("b", json(request(V20, TEXT + "," + video("step://a/video")))));
    waitUntil(workflow, progress -> state(progress, "b") == StepState.WAITING);
    assertThat(workflow.query("progress", ChainProgress.class).graph()).contains("a → b");
    update(workflow, "approveStep", Map.of("step", "a"));
    result(workflow);

    assertThat(script.requests.get("film.b").tree().toString())
        .contains("generation://film.a/video");
  }

  @Test
  void changedRequest_thatNeedsTheLastFrameOfAnother_hasItSwitchedOn_whereThatIsNotMadeYet() {
    WorkflowStub workflow = start("film", chain(approved(text("a")), approved(text("b"))));
    waitForApproval(workflow, "a", "b");

    update(workflow, "approveStep", decision("b", fromLastFrameOf("a")));
    update(workflow, "approveStep", Map.of("step", "a"));
    result(workflow);

    assertThat(script.requests.get("film.a").tree().toString()).contains("return_last_frame=true");
  }

  @Test
  void changedRequest_thatNeedsWhatAFinishedStepDoesNotHave_isRefused() {
    WorkflowStub workflow = start("film", chain(text("a"), approved(text("b"))));
    waitUntil(workflow, progress -> state(progress, "a") == StepState.DONE, 5);

    assertThat(refusal(workflow, "approveStep", decision("b", fromLastFrameOf("a"))))
        .contains("step a")
        .contains("last frame");
    update(workflow, "approveStep", Map.of("step", "b"));
    result(workflow);
  }

  @Test
  void changedRequest_thatTakesTheLastFrameNoMore_isTaken() {
    WorkflowStub workflow = start("film", chain(text("a"), approved(next("b", "a"))));
    waitUntil(workflow, progress -> state(progress, "b") == StepState.APPROVAL, 5);

    update(workflow, "approveStep", decision("b", script.requests.get("film.a")));

    assertThat(result(workflow).steps()).hasSize(2);
  }

  @Test
  void changedRequest_thatIsMadeFromAStepThatWasLeftOut_isRefused() {
    WorkflowStub workflow = start("film", chain(approved(text("a")), approved(text("b"))));
    waitForApproval(workflow, "a", "b");
    update(workflow, "skipStep", Map.of("step", "a"));

    assertThat(
            refusal(
                workflow,
                "approveStep",
                decision("b", json(request(V20, TEXT + "," + video("step://a/video"))))))
        .contains("a")
        .contains("skipped");
    update(workflow, "approveStep", Map.of("step", "b"));
    result(workflow);
  }

  @Test
  void changedRequest_isJudgedByTheBudgetInForce() {
    WorkflowStub workflow =
        start("film", chain(approved(text("a"))), "{'budget':{'amount':6,'currency':'CNY'}}");
    waitForApproval(workflow, "a");

    assertThat(refusal(workflow, "approveStep", decision("a", LONG))).contains("options.budget");
    update(workflow, "raiseBudget", Map.of("amount", 100, "currency", "CNY"));
    update(workflow, "approveStep", decision("a", LONG));

    assertThat(result(workflow).steps()).hasSize(1);
  }

  @Test
  void approvalOverTheBudget_isForOneAttempt_andForTheCostThatWasTold() {
    script.fails("film.b", FailureType.TASK_FAILED);
    WorkflowStub workflow =
        start(
            "film",
            chain(text("a"), text("b")),
            "{'budget':{'amount':10.2,'currency':'CNY'},'maxParallel':1}");
    waitUntil(workflow, progress -> state(progress, "b") == StepState.BUDGET, 5);
    update(workflow, "approveStep", Map.of("step", "b"));
    waitUntil(workflow, progress -> state(progress, "b") == StepState.FAILED, 5);
    update(workflow, "retryStep", Map.of("step", "b"));
    waitUntil(workflow, progress -> state(progress, "b") == StepState.BUDGET);

    Json perhapsDearer = json(request(V20, TEXT, "'duration':-1"));
    update(workflow, "approveStep", decision("b", perhapsDearer));
    assertThat(state(workflow.query("progress", ChainProgress.class), "b"))
        .isEqualTo(StepState.BUDGET);

    update(workflow, "approveStep", Map.of("step", "b"));
    assertThat(result(workflow).steps()).hasSize(2);
  }

  @Test
  void requestThatIsLargerThanAnActivityTakes_isRefused_andHarmsNothing() {
    WorkflowStub workflow = start("film", chain(approved(text("a"))));
    waitForApproval(workflow, "a");
    Json large = json(request(V20, TEXT, "'x':'" + "y".repeat(2_040_000) + "'"));

    assertThat(refusal(workflow, "approveStep", decision("a", large))).contains("over 2 MB");
    update(workflow, "approveStep", Map.of("step", "a"));

    assertThat(result(workflow).steps()).hasSize(1);
  }

  @Test
  void rejectAfterAnApproval_countsAsLongAsTheStepIsNotStarted() {
    WorkflowStub workflow = start("film", chain(text("a"), approved(extend("b", "a"))));
    waitUntil(workflow, progress -> state(progress, "a") == StepState.RUNNING);

    update(workflow, "approveStep", Map.of("step", "b"));
    update(workflow, "approveStep", Map.of("step", "b", "reject", "on second thought"));

    assertThat(refusal(workflow, "approveStep", Map.of("step", "b"))).contains("given up");
    assertThat(failureOf(workflow).getOriginalMessage()).contains("on second thought");
    assertThat(script.made).containsExactly("film.a");
  }

  @Test
  void secondRetryOfAStep_isRefused() {
    script.fails("film.a", FailureType.TASK_FAILED);
    WorkflowStub workflow = start("film", chain(text("a"), approved(text("b"))));
    waitUntil(workflow, progress -> state(progress, "a") == StepState.FAILED, 5);

    update(workflow, "retryStep", Map.of("step", "a"));

    assertThat(refusal(workflow, "retryStep", Map.of("step", "a"))).contains("has not failed");
    update(workflow, "approveStep", Map.of("step", "b"));
    result(workflow);
    assertThat(script.made).containsExactlyInAnyOrder("film.a", "film.a", "film.b");
  }

  @Test
  void twoRetriesAtOnce_withOtherRequests_makeItOnce() {
    script.fails("film.a", FailureType.TASK_FAILED);
    WorkflowStub workflow = start("film", chain(text("a")));
    waitUntil(workflow, progress -> state(progress, "a") == StepState.FAILED, 5);
    script.hold();
    WorkflowUpdateHandle<ChainProgress> first =
        send(workflow, "retryStep", decision("a", json(request(V20, TEXT, "'duration':6"))));
    WorkflowUpdateHandle<ChainProgress> second = send(workflow, "retryStep", decision("a", LONG));
    VirtualTime.standing().until(() -> script.validations.get() == 2);
    script.letGo();

    first.getResult();
    assertThat(refusal(second)).contains("has not failed");
    result(workflow);
    assertThat(script.made).hasSize(2);
    assertThat(script.requests.get("film.a").tree().toString()).contains("duration=6");
  }

  @Test
  void approvalOfAFailedStep_isRefused_andSaysWhatToDo() {
    script.fails("film.a", FailureType.TASK_FAILED);
    WorkflowStub workflow = start("film", chain(text("a")));
    waitUntil(workflow, progress -> state(progress, "a") == StepState.FAILED, 5);

    assertThat(refusal(workflow, "approveStep", Map.of("step", "a"))).contains("retry");
    update(workflow, "retryStep", Map.of("step", "a"));
    result(workflow);
  }

  @Test
  void failedStep_canBeGivenUp_withWhatHangsOnIt() {
    script.fails("film.b", FailureType.TASK_FAILED);
    WorkflowStub workflow = start("film", chain(text("a"), text("b"), extend("c", "b")));
    waitUntil(workflow, progress -> state(progress, "b") == StepState.FAILED, 5);

    update(workflow, "approveStep", Map.of("step", "b", "reject", "no more money"));
    ApplicationFailure failure = failureOf(workflow);

    assertThat(failure.getDetails().get(0, ChainFailure.class).step()).isEqualTo("b");
    assertThat(failure.getOriginalMessage())
        .contains("rejected: no more money")
        .contains(FailureType.TASK_FAILED.meaning());
    assertThat(script.store).containsKey("film.a");
  }

  @Test
  void stepThatIsRetried_andGivenUpBeforeItBegins_isNotSaidToHaveFailed() {
    script.fails("film.a", FailureType.TASK_FAILED);
    WorkflowStub workflow = start("film", chain(text("a"), text("b")), "{'maxParallel':1}");
    waitUntil(workflow, progress -> state(progress, "a") == StepState.FAILED, 5);

    update(workflow, "retryStep", Map.of("step", "a"));
    waitUntil(workflow, progress -> state(progress, "a") == StepState.QUEUED);
    update(workflow, "approveStep", Map.of("step", "a", "reject", "too dear"));

    assertThat(failureOf(workflow).getOriginalMessage())
        .contains("rejected: too dear")
        .doesNotContain(FailureType.TASK_FAILED.meaning());
  }

  @Test
  void stepThatWaits_forWhateverReason_canBeLeftOut() {
    WorkflowStub workflow =
        start(
            "film",
            chain(
                text("runs"), text("queued"), extend("waits", "runs"), approved(text("approval"))),
            "{'maxParallel':1}");
    waitUntil(
        workflow,
        progress ->
            state(progress, "queued") == StepState.QUEUED
                && state(progress, "waits") == StepState.WAITING
                && state(progress, "approval") == StepState.APPROVAL);

    update(workflow, "skipStep", Map.of("step", "queued"));
    update(workflow, "skipStep", Map.of("step", "waits"));
    update(workflow, "skipStep", Map.of("step", "approval"));
    assertThat(refusal(workflow, "skipStep", Map.of("step", "runs"))).contains("being made");
    ChainResult result = result(workflow);

    assertThat(script.made).containsExactly("film.runs");
    assertThat(result.steps())
        .filteredOn(step -> step.state() == StepState.SKIPPED)
        .extracting(ChainResult.Step::id)
        .containsExactlyInAnyOrder("queued", "waits", "approval");
  }

  @Test
  void approvalWithAnotherRequest_ofAStepThatFailsWhileThatIsJudged_isRefused() {
    script.fails("film.b", FailureType.TASK_FAILED);
    WorkflowStub workflow = start("film", chain(text("a"), text("b")), "{'maxParallel':1}");
    waitUntil(workflow, progress -> state(progress, "b") == StepState.QUEUED);
    script.hold();
    WorkflowUpdateHandle<ChainProgress> approval =
        send(workflow, "approveStep", decision("b", LONG));
    end("film.a");
    end("film.b");
    waitUntil(workflow, progress -> state(progress, "b") == StepState.FAILED);

    script.letGo();

    assertThat(refusal(approval)).contains("it has failed");
    update(workflow, "retryStep", Map.of("step", "b"));
    result(workflow);
    assertThat(script.requests.get("film.b")).isNotEqualTo(LONG);
  }

  @Test
  void stepIdThatIsNone_isRefused_withoutBeingQuoted() {
    WorkflowStub workflow = start("film", chain(approved(text("a"))));
    waitForApproval(workflow, "a");

    assertThat(refusal(workflow, "skipStep", Map.of("step", "x".repeat(100_000))))
        .contains("step")
        .hasSizeLessThan(1000);
    update(workflow, "approveStep", Map.of("step", "a"));
    result(workflow);
  }

  @Test
  void stepThatWaitsForBudget_canBeLeftOut() {
    WorkflowStub workflow =
        start(
            "film",
            chain(text("a"), text("b", "'duration':-1")),
            "{'budget':{'amount':15,'currency':'CNY'}}");
    waitUntil(workflow, progress -> state(progress, "b") == StepState.BUDGET);

    update(workflow, "skipStep", Map.of("step", "b"));

    assertThat(result(workflow).steps())
        .extracting(ChainResult.Step::state)
        .containsExactlyInAnyOrder(StepState.DONE, StepState.SKIPPED);
  }

  @Test
  void stepThatOnlyAStepLeftOutIsMadeFrom_canBeLeftOutToo() {
    WorkflowStub workflow = start("film", chain(approved(text("a")), extend("b", "a")));
    waitForApproval(workflow, "a");

    assertThat(refusal(workflow, "skipStep", Map.of("step", "a"))).contains("b is made from it");
    update(workflow, "skipStep", Map.of("step", "b"));
    update(workflow, "skipStep", Map.of("step", "a"));

    assertThat(result(workflow).steps())
        .extracting(ChainResult.Step::state)
        .containsOnly(StepState.SKIPPED);
  }

  @Test
  void stepThatIsLeftOut_whileAnEarlierChainIsAskedForIt_staysLeftOut() {
    result(start("first", chain(text("a"), text("b"))));
    int finds = script.finds.get();
    script.holdFinds();
    WorkflowStub workflow = start("second", chain(text("a"), text("b")), "{'reuse':'first'}");
    VirtualTime.standing().until(() -> script.finds.get() == finds + 2);

    update(workflow, "skipStep", Map.of("step", "b"));
    script.letGo();

    assertThat(result(workflow).steps())
        .extracting(ChainResult.Step::state)
        .containsExactly(StepState.REUSED, StepState.SKIPPED);
  }

  @Test
  void stepThatIsChanged_whileAnEarlierChainIsAskedForIt_isMade() {
    result(start("first", chain(text("a"))));
    int finds = script.finds.get();
    script.holdFinds();
    WorkflowStub workflow = start("second", chain(text("a")), "{'reuse':'first'}");
    VirtualTime.standing().until(() -> script.finds.get() == finds + 1);

    update(workflow, "approveStep", decision("a", LONG));
    script.letGo();

    assertThat(result(workflow).steps().get(0).state()).isEqualTo(StepState.DONE);
    assertThat(script.requests.get("second.a")).isEqualTo(LONG);
  }

  @Test
  void firstBudget_isInTheCurrencyOfThePrices() {
    WorkflowStub workflow = start("film", chain(approved(text("a"))));
    waitForApproval(workflow, "a");

    assertThat(refusal(workflow, "raiseBudget", Map.of("amount", 80, "currency", "USD")))
        .contains("the prices are in CNY");
    update(workflow, "approveStep", Map.of("step", "a"));
    result(workflow);
  }

  @Test
  void approvalOfAStepThatOnlyAHigherBudgetLetsBegin_isRefused_andSaysSo() {
    WorkflowStub workflow =
        start(
            "film",
            chain(text("a"), text("b")),
            "{'budget':{'amount':10.2,'currency':'CNY'},'maxParallel':1,"
                + "'overBudget':'WAIT_FOR_BUDGET'}");
    waitUntil(workflow, progress -> state(progress, "b") == StepState.BUDGET, 5);

    assertThat(refusal(workflow, "approveStep", Map.of("step", "b")))
        .contains("raiseBudget")
        .doesNotContain("charged");
    update(workflow, "raiseBudget", Map.of("amount", 100));
    result(workflow);
  }

  @Test
  void firstBudget_isNotLessThanWhatIsSpent() {
    WorkflowStub workflow = start("film", chain(text("a"), approved(extend("b", "a"))));
    waitUntil(workflow, progress -> state(progress, "b") == StepState.APPROVAL, 5);

    assertThat(refusal(workflow, "raiseBudget", Map.of("amount", 5)))
        .contains("5.01 CNY is spent already");
    update(workflow, "raiseBudget", Map.of("amount", 50));
    update(workflow, "approveStep", Map.of("step", "b"));
    result(workflow);
  }

  @Test
  void chainThatCanTakeFewMoreDecisions_takesOnlyWhatGivesUpAStep_andNothingElseIsInItsHistory() {
    WorkflowStub workflow = start("film", chain(approved(text("a")), approved(text("b"))));
    waitForApproval(workflow, "a", "b");
    for (int i = 0; i < 1_000; i++) {
      refusal(workflow, "skipStep", Map.of("step", "nope"));
    }

    for (String update : List.of("approveStep", "retryStep", "skipStep")) {
      assertThat(failureOfUpdate(workflow, update, Map.of("step", "nope"))).isNotNull();
    }
    assertThat(failureOfUpdate(workflow, "approveStep", Map.of("step", "a")))
        .hasMessageContaining("nearly full");
    assertThat(failureOfUpdate(workflow, "raiseBudget", Map.of("amount", 80)))
        .hasMessageContaining("nearly full");
    update(workflow, "approveStep", Map.of("step", "a", "reject", "too many cooks"));
    update(workflow, "skipStep", Map.of("step", "b"));
    failureOf(workflow);

    assertThat(server.history(workflow).getEvents())
        .filteredOn(HistoryEvent::hasWorkflowExecutionUpdateAcceptedEventAttributes)
        .hasSize(1_002);
  }

  @Test
  void budget_isNeverLowered_andKeepsItsCurrency() {
    WorkflowStub workflow =
        start(
            "film",
            chain(text("a"), approved(text("b"))),
            "{'budget':{'amount':20,'currency':'CNY'}}");
    waitForApproval(workflow, "b");

    assertThat(refusal(workflow, "raiseBudget", Map.of("amount", 1, "currency", "CNY")))
        .contains("20.00 CNY");
    assertThat(refusal(workflow, "raiseBudget", Map.of("amount", 100, "currency", "USD")))
        .contains("CNY");
    update(workflow, "approveStep", Map.of("step", "b"));
    assertThat(workflow.query("progress", ChainProgress.class).budget().amount()).isEqualTo("20");
    result(workflow);
  }

  @Test
  void stepOfUnknownCost_canBeApproved_evenWhereOnlyABudgetWouldDo() {
    WorkflowStub workflow =
        start(
            "film",
            chain("{'id':'a','request':" + request("ep-1", TEXT) + "}"),
            "{'budget':{'amount':20,'currency':'CNY'},'overBudget':'WAIT_FOR_BUDGET'}");
    waitUntil(workflow, progress -> state(progress, "a") == StepState.BUDGET);

    update(workflow, "approveStep", Map.of("step", "a"));

    assertThat(result(workflow).steps()).hasSize(1);
  }

  @Test
  void earlyApproval_leavesNoTimerBehind() {
    WorkflowStub workflow =
        start("film", chain(text("a"), approved(extend("b", "a"))), "{'approvalTimeout':'PT1M'}");
    waitUntil(workflow, progress -> state(progress, "a") == StepState.RUNNING);

    update(workflow, "approveStep", Map.of("step", "b"));
    result(workflow);

    assertThat(
            server.getWorkflowClient().fetchHistory("film").getEvents().stream()
                .filter(event -> event.hasTimerStartedEventAttributes()))
        .isEmpty();
  }

  @Test
  void onStepFailureFail_letsWhatRunsFinish_keepsIt_andNamesEachThatFailed() {
    script
        .fails("film.a", FailureType.OUTPUT_MODERATED)
        .fails("film.b", FailureType.TASK_FAILED)
        .takes("film.c", Duration.ofMinutes(9));
    WorkflowStub workflow =
        start(
            "film",
            chain(extend("a2", "a"), text("a"), text("b"), text("c"), text("d"), text("e")),
            "{'onStepFailure':'FAIL','maxParallel':3}");
    ApplicationFailure failure = failureOf(workflow);

    assertThat(script.made).containsExactlyInAnyOrder("film.a", "film.b", "film.c");
    assertThat(script.store).containsOnlyKeys("film.c");
    assertThat(failure.getOriginalMessage())
        .contains("step a", "withheld the video", "step b", "could not make the video")
        .doesNotContain("a2");
    ChainFailure detail = failure.getDetails().get(0, ChainFailure.class);
    assertThat(Set.of("a", "b")).contains(detail.step());
  }

  @Test
  void stepThatIsSentOnItsWayAgain_canBeLeftOut_beforeItIsStarted() {
    script.fails("film.a", FailureType.TASK_FAILED);
    WorkflowStub workflow = start("film", chain(text("a")));
    waitUntil(workflow, progress -> state(progress, "a") == StepState.FAILED, 5);
    script.hold();
    WorkflowUpdateHandle<ChainProgress> retried = send(workflow, "retryStep", decision("a", LONG));
    VirtualTime.standing().until(() -> script.validations.get() == 2);
    WorkflowUpdateHandle<ChainProgress> skipped = send(workflow, "skipStep", Map.of("step", "a"));
    script.letGo();

    retried.getResult();
    skipped.getResult();
    assertThat(result(workflow).steps().get(0).state()).isEqualTo(StepState.SKIPPED);
    assertThat(script.made).hasSize(1);
  }

  private static Json fromLastFrameOf(String step) {
    return json(request(V20, TEXT + "," + image("step://" + step + "/last_frame", "first_frame")));
  }

  private void waitForApproval(WorkflowStub workflow, String... steps) {
    for (String step : steps) {
      waitUntil(workflow, progress -> state(progress, step) == StepState.APPROVAL);
    }
  }
}
