package seedance.workflows.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static seedance.workflows.chain.Chains.chain;
import static seedance.workflows.chain.Chains.extend;
import static seedance.workflows.chain.Chains.json;
import static seedance.workflows.chain.Chains.next;
import static seedance.workflows.chain.Chains.request;
import static seedance.workflows.chain.Chains.step;
import static seedance.workflows.chain.Chains.text;

import io.temporal.api.enums.v1.EventType;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowStub;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.CanceledFailure;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import seedance.workflows.InMemoryServer;
import seedance.workflows.VirtualTime;
import seedance.workflows.generation.Cost;
import seedance.workflows.generation.FailureType;
import seedance.workflows.generation.GenerationResult;
import seedance.workflows.json.Json;

/** Chains with skipped time; each history is replayed afterwards. */
class VideoChainWorkflowTest extends ChainFixture {
  @Test
  void stepsAreMadeInTheOrderOfTheirReferences_eachByAChildWithAnIdOfTheChains() {
    ChainResult result =
        result(start("film", chain(next("shot", "longer"), extend("longer", "a"), text("a"))));

    assertThat(script.made).containsExactly("film.a", "film.longer", "film.shot");
    assertThat(result.steps())
        .extracting(ChainResult.Step::id)
        .containsExactly("a", "longer", "shot");
    assertThat(result.steps()).extracting(ChainResult.Step::state).containsOnly(StepState.DONE);
    assertThat(result.cost().inWords()).isEqualTo("15.03 CNY");
    assertThat(script.requests.get("film.longer").tree().toString())
        .contains("generation://film.a/video");
    assertThat(script.requests.get("film.a").tree().toString()).doesNotContain("return_last_frame");
    assertThat(script.requests.get("film.longer").tree().toString())
        .contains("return_last_frame=true");
  }

  @Test
  void manifest_saysWhichClipCameFromWhich_withHashes() {
    result(start("film", chain(text("a"), extend("longer", "a"))));

    ChainManifest.Link link = script.manifests.get(0).steps().get(1);
    assertThat(link.madeFrom()).containsExactly("generation://film.a/video");
    assertThat(link.artifacts().get(0).sha256()).isNotEmpty();
  }

  @Test
  void independentSteps_runSideBySide_asManyAsTheOptionsSay() {
    result(
        start(
            "film",
            chain(text("a"), text("b"), text("c"), text("d"), text("e")),
            "{'maxParallel':2}"));

    assertThat(script.made).hasSize(5);
    assertThat(script.mostRunning.get()).isEqualTo(2);
  }

  @Test
  void hundredSteps_areMadeOnceEach() {
    String[] steps = IntStream.range(0, 100).mapToObj(i -> text("s" + i)).toArray(String[]::new);

    ChainResult result = result(start("film", chain(steps), "{'maxParallel':25}"));

    assertThat(result.steps()).hasSize(100);
    assertThat(script.made).hasSize(100).doesNotHaveDuplicates();
  }

  @Test
  void brokenChain_failsWithEveryViolation_andMakesNothing() {
    ApplicationFailure failure = failureOf(start("film", chain(extend("a", "b"), next("b", "a"))));

    assertThat(failure.getType()).isEqualTo("InvalidRequest");
    assertThat(failure.getOriginalMessage()).contains("a").contains("→");
    assertThat(script.made).isEmpty();
  }

  @Test
  void stepToApprove_isNotStartedBefore_andTheUiSaysWhatItWouldDoAndCost() {
    WorkflowStub workflow = start("film", chain(text("a"), approved(extend("longer", "a"))));
    waitUntil(workflow, progress -> state(progress, "longer") == StepState.APPROVAL, 5);

    assertThat(currentDetails(workflow))
        .startsWith("### Waiting for your decision")
        .contains("a → longer")
        .contains("Cost so far:** 5.01 CNY")
        .contains("Still to come:** at most")
        .contains("longer  waiting  your approval  ≤ ")
        .contains("a       done                    5.01 CNY")
        .contains("**longer** is not started before you decide; it costs at most")
        .contains("./seedance approve film longer");
    assertThat(needsDecision(workflow)).isEqualTo("longer waits for your approval");
    assertThat(script.made).containsExactly("film.a");

    update(workflow, "approveStep", Map.of("step", "longer"));

    assertThat(result(workflow).steps()).hasSize(2);
    assertThat(needsDecision(workflow)).isNull();
  }

  @Test
  void approvalBeforeTheWait_counts() {
    WorkflowStub workflow = start("film", chain(text("a"), approved(extend("longer", "a"))));
    waitUntil(workflow, progress -> state(progress, "a") == StepState.RUNNING);

    update(workflow, "approveStep", Map.of("step", "longer"));

    assertThat(result(workflow).steps()).hasSize(2);
  }

  @Test
  void approvalWithAnotherRequest_isJudgedAgain_andMade() {
    WorkflowStub workflow = start("film", chain(text("a"), approved(text("b"))));
    waitUntil(workflow, progress -> state(progress, "b") == StepState.APPROVAL, 5);
    Json wrong = json("{'model':'doubao-seedance-2-0','content':[],'duration':99}");
    Json right =
        json(
            "{'model':'doubao-seedance-2-0','duration':7,'content':[{'type':'text','text':'a"
                + " dog'}]}");

    assertThat(refusal(workflow, "approveStep", decision("b", wrong)))
        .startsWith("step b: ")
        .contains("steps[1].request.duration");
    assertThat(script.made).doesNotContain("film.b");
    update(workflow, "approveStep", decision("b", right));
    result(workflow);

    assertThat(script.requests.get("film.b")).isEqualTo(right);
  }

  @Test
  void rejectedStep_isGivenUpWithWhatHangsOnIt_andTheChainNamesIt() {
    WorkflowStub workflow = start("film", chain(text("a"), approved(text("b")), extend("c", "b")));
    waitUntil(workflow, progress -> state(progress, "b") == StepState.APPROVAL, 5);

    update(workflow, "approveStep", Map.of("step", "b", "reject", "too dark"));
    ApplicationFailure failure = failureOf(workflow);

    assertThat(failure.getType()).isEqualTo("StepFailed");
    assertThat(failure.getOriginalMessage()).contains("step b").contains("too dark");
    assertThat(script.made).containsExactly("film.a");
  }

  @Test
  void approvalThatNobodyGives_timesOut() {
    ApplicationFailure failure =
        failureOf(start("film", chain(approved(text("a"))), "{'approvalTimeout':'PT1H'}"));

    assertThat(failure.getOriginalMessage()).contains("nobody approved it within 60 min");
    assertThat(script.made).isEmpty();
  }

  @Test
  void failedStep_leavesItsBranchWaiting_othersGoOn_andARetryRunsOnlyThatLinkAndWhatHangsOnIt() {
    script.fails("film.b", FailureType.OUTPUT_MODERATED);
    WorkflowStub workflow =
        start("film", chain(text("a"), extend("a2", "a"), text("b"), extend("b2", "b")));
    waitUntil(
        workflow,
        progress ->
            state(progress, "b") == StepState.FAILED && state(progress, "a2") == StepState.DONE,
        8);
    assertThat(script.made).containsExactlyInAnyOrder("film.a", "film.b", "film.a2");
    assertThat(currentDetails(workflow))
        .contains("moderation withheld the video")
        .contains("./seedance retry film b")
        .contains("b     failed   your decision")
        .doesNotContain("./seedance skip film b");
    Json other =
        json("{'model':'doubao-seedance-2-0','content':[{'type':'text','text':'a friendly dog'}]}");

    update(workflow, "retryStep", decision("b", other));
    ChainResult result = result(workflow);

    assertThat(script.made)
        .containsExactlyInAnyOrder("film.a", "film.b", "film.a2", "film.b", "film.b2");
    assertThat(script.requests.get("film.b")).isEqualTo(other);
    assertThat(result.steps()).extracting(ChainResult.Step::state).containsOnly(StepState.DONE);
  }

  @Test
  void onStepFailureFail_endsTheChain_afterWhatRunsIsDone() {
    script.fails("film.a", FailureType.TASK_FAILED);
    ApplicationFailure failure =
        failureOf(
            start(
                "film",
                chain(text("a"), text("b"), extend("a2", "a"), extend("b2", "b")),
                "{'onStepFailure':'FAIL'}"));

    assertThat(failure.getType()).isEqualTo("StepFailed");
    ChainFailure detail = failure.getDetails().get(0, ChainFailure.class);
    assertThat(detail.step()).isEqualTo("a");
    assertThat(detail.cause().type()).isEqualTo(FailureType.TASK_FAILED);
    assertThat(script.store).containsKey("film.b");
    assertThat(script.made).doesNotContain("film.a2");
  }

  @Test
  void failedStepThatNothingIsMadeFrom_canBeLeftOut_othersCannot() {
    script.fails("film.b", FailureType.TASK_FAILED).fails("film.c", FailureType.TASK_FAILED);
    WorkflowStub workflow = start("film", chain(text("b"), text("c"), extend("c2", "c")));
    waitUntil(
        workflow,
        progress ->
            state(progress, "b") == StepState.FAILED && state(progress, "c") == StepState.FAILED,
        5);

    assertThat(refusal(workflow, "skipStep", Map.of("step", "c"))).contains("c2 is made from it");
    update(workflow, "skipStep", Map.of("step", "b"));
    update(workflow, "retryStep", Map.of("step", "c"));
    ChainResult result = result(workflow);

    assertThat(result.steps())
        .extracting(ChainResult.Step::state)
        .containsExactly(StepState.SKIPPED, StepState.DONE, StepState.DONE);
  }

  @Test
  void decisionsThatMakeNoSense_areRefused() {
    WorkflowStub workflow = start("film", chain(text("a"), approved(text("b"))));
    waitUntil(workflow, progress -> state(progress, "b") == StepState.APPROVAL, 5);

    assertThat(refusal(workflow, "approveStep", Map.of("step", "zzz"))).contains("no such step");
    assertThat(refusal(workflow, "approveStep", Map.of())).contains("step");
    assertThat(refusal(workflow, "approveStep", "b")).contains("must be an object");
    assertThat(refusal(workflow, "retryStep", Map.of("step", "b"))).contains("has not failed");
    assertThat(refusal(workflow, "raiseBudget", Map.of("amount", -1))).contains("amount");
    update(workflow, "approveStep", Map.of("step", "b"));
    result(workflow);
  }

  @Test
  void stepThatCouldBreakTheBudget_waits_untilItIsRaised() {
    WorkflowStub workflow =
        start(
            "film",
            chain(text("a"), text("b")),
            "{'budget':{'amount':10.2,'currency':'CNY'},'maxParallel':1,"
                + "'overBudget':'WAIT_FOR_BUDGET'}");
    waitUntil(workflow, progress -> state(progress, "b") == StepState.BUDGET, 5);

    update(workflow, "raiseBudget", Map.of("amount", 100, "currency", "CNY"));

    assertThat(result(workflow).steps()).hasSize(2);
  }

  @Test
  void approvalThatCameBeforeTheWait_doesNotLetAStepBreakTheBudget_oneThatKnewOfItDoes() {
    WorkflowStub workflow =
        start(
            "film",
            chain(text("a"), approved(text("b"))),
            "{'budget':{'amount':10.2,'currency':'CNY'},'maxParallel':1}");
    update(workflow, "approveStep", Map.of("step", "b"));
    waitUntil(workflow, progress -> state(progress, "b") == StepState.BUDGET, 5);

    update(workflow, "approveStep", Map.of("step", "b"));

    assertThat(result(workflow).steps()).hasSize(2);
  }

  @Test
  void stepToApprove_thatCouldBreakTheBudget_saysSo_andOneApprovalIsEnough() {
    WorkflowStub workflow =
        start(
            "film",
            chain(text("a"), approved(extend("b", "a"))),
            "{'budget':{'amount':10.6,'currency':'CNY'}}");
    waitUntil(workflow, progress -> state(progress, "b") == StepState.APPROVAL, 5);
    assertThat(currentDetails(workflow))
        .contains(", which could break the budget.")
        .contains("raiseBudget");

    update(workflow, "approveStep", Map.of("step", "b"));

    assertThat(result(workflow).steps()).hasSize(2);
  }

  @Test
  void reuse_takesOverEveryStepWithTheSameRequest_andSaysWhich() {
    result(start("first", chain(text("a"), extend("longer", "a"), text("b"))));
    script.made.clear();

    ChainResult result =
        result(
            start(
                "second",
                chain(text("a"), extend("longer", "a"), text("b", "'duration':7")),
                "{'reuse':'first'}"));

    assertThat(script.made).containsExactly("second.b");
    assertThat(result.steps())
        .extracting(ChainResult.Step::state)
        .containsExactly(StepState.REUSED, StepState.REUSED, StepState.DONE);
    assertThat(result.steps().get(0).workflowId()).isEqualTo("first.a");
    assertThat(result.cost().inWords()).isEqualTo("5.01 CNY");
  }

  @Test
  void reuseOfAChainThatReused_takesOverWhatTheFirstMade() {
    result(start("first", chain(text("a"), extend("longer", "a"))));
    result(start("second", chain(text("a"), extend("longer", "a")), "{'reuse':'first'}"));
    script.made.clear();

    ChainResult result =
        result(start("third", chain(text("a"), extend("longer", "a")), "{'reuse':'second'}"));

    assertThat(script.made).isEmpty();
    assertThat(result.steps())
        .extracting(ChainResult.Step::workflowId)
        .containsExactly("first.a", "first.longer");
  }

  @Test
  void chainIdThatIsUsedAgain_takesTheClipsOfTheSameRequests_andGivesNoClipOfAnother() {
    result(start("film", chain(text("a"), text("b"))));
    script.made.clear();

    WorkflowStub again = start("film", chain(text("a"), text("b", "'duration':7")));
    waitUntil(again, progress -> state(progress, "b") == StepState.FAILED, 5);
    ChainProgress progress = again.query("progress", ChainProgress.class);
    assertThat(state(progress, "a")).isEqualTo(StepState.DONE);
    assertThat(progress.steps().get(1).problem()).contains("a finished clip of another request");
    assertThat(progress.cost().isExact()).isTrue();

    update(again, "retryStep", decision("b", script.requests.get("film.b")));

    assertThat(result(again).steps())
        .extracting(ChainResult.Step::state)
        .containsOnly(StepState.DONE);
    assertThat(script.made).isEmpty();
  }

  @Test
  void generationThatRunsSinceBeforeAReset_isWaitedForADayAndLonger_andItsClipTaken() {
    script.takes("film.a", Duration.ofHours(30));
    startGeneration("film.a");

    ChainResult result = result(start("film", chain(text("a"))));

    assertThat(result.steps().get(0).state()).isEqualTo(StepState.DONE);
    assertThat(script.made).containsExactly("film.a");
  }

  @Test
  void cancelledChain_alsoCancelsAGenerationThatRunsSinceBeforeAReset() {
    script.takes("film.a", Duration.ofHours(30));
    WorkflowStub earlier = startGeneration("film.a");
    WorkflowStub workflow = start("film", chain(text("a")));
    // Between two attempts to start it, which are an hour apart by then.
    server.time().pass(Duration.ofHours(3));
    assertThat(workflow.query("progress", ChainProgress.class).steps().get(0).problem())
        .contains("in use", "the store has nothing of it");

    workflow.cancel();
    server.untilOver(workflow);
    server.untilOver(earlier);

    assertThatThrownBy(() -> workflow.getResult(ChainResult.class))
        .hasCauseInstanceOf(CanceledFailure.class);
    assertThatThrownBy(() -> earlier.getResult(GenerationResult.class))
        .hasCauseInstanceOf(CanceledFailure.class);
    server.replay(workflow);
  }

  @Test
  void stepWhoseGenerationIsCancelled_andCollectsItsClip_isMade() {
    WorkflowStub workflow = start("film", chain(text("a")));
    waitUntil(workflow, progress -> state(progress, "a") == StepState.RUNNING);
    VirtualTime.standing().until(() -> script.made.contains("film.a"));
    script.stores("film.a");

    cancelGeneration("film.a");

    assertThat(result(workflow).steps().get(0).state()).isEqualTo(StepState.DONE);
  }

  /** A cancel stands for whatever ends it alone; this server tells no parent of a termination. */
  @Test
  void clipThatComesAfterItsStepFailed_isNoneOfAnotherRequest_butOfTheSame() {
    WorkflowStub workflow = start("film", chain(text("a")));
    waitUntil(workflow, progress -> state(progress, "a") == StepState.RUNNING);
    VirtualTime.standing().until(() -> script.made.contains("film.a"));
    Json first = script.requests.get("film.a");
    cancelGeneration("film.a");
    waitUntil(workflow, progress -> state(progress, "a") == StepState.FAILED);
    script.stores("film.a");

    retryAndCancelGeneration(workflow, first.with("duration", 7), 2);
    waitUntil(workflow, progress -> state(progress, "a") == StepState.FAILED);

    retryAndCancelGeneration(workflow, first, 3);
    assertThat(result(workflow).steps().get(0).state()).isEqualTo(StepState.DONE);
  }

  private void retryAndCancelGeneration(WorkflowStub workflow, Json request, int attempt) {
    update(workflow, "retryStep", decision("a", request));
    VirtualTime.standing().until(() -> script.made.size() == attempt);
    cancelGeneration("film.a");
    waitUntil(workflow, progress -> state(progress, "a") != StepState.RUNNING);
  }

  private void cancelGeneration(String workflowId) {
    server.getWorkflowClient().newUntypedWorkflowStub(workflowId).cancel();
  }

  @Test
  void clipThatAnEarlierChainDoesNotHave_isMade_andANoteSaysWhy() {
    result(start("first", chain(text("a"))));

    WorkflowStub workflow =
        start("second", chain(text("a", "'duration':7"), text("b")), "{'reuse':'first'}");
    result(workflow);

    assertThat(workflow.query("progress", ChainProgress.class).notes())
        .contains(
            "a is not reused from first: it was made from another request",
            "b is not reused from first: the store has nothing of it");
  }

  @Test
  void filmThatCannotBeMadeForHours_isGivenUp_andTheChainSucceeds() {
    script.canJoin = false;

    ChainResult result = result(start("film", chain(text("a")), "{'join':['a']}"));

    assertThat(result.film()).isNull();
    assertThat(result.filmProblem()).contains("tried again and again");
  }

  @Test
  void chainThatIsLargerThanAnActivityTakes_isInvalid() {
    String large = "'x':'" + "y".repeat(2_040_000) + "'";

    ApplicationFailure failure = failureOf(start("film", chain(text("a", large))));

    assertThat(failure.getType()).isEqualTo("InvalidRequest");
    assertThat(script.validations.get()).isZero();
  }

  @Test
  void filmOfAChainThatAStepWasLeftOutOf_isMadeOfTheOthers_andTheResultSaysSo() {
    WorkflowStub workflow =
        start("film", chain(text("a"), text("b"), approved(text("c"))), "{'join':['a','c','b']}");
    update(workflow, "skipStep", Map.of("step", "c"));

    ChainResult result = result(workflow);

    assertThat(script.joined.get(0).generations()).containsExactly("film.a", "film.b");
    assertThat(result.filmProblem()).isEqualTo("without c, skipped");
  }

  @Test
  void join_makesAFilmOfTheStepsInItsOrder() {
    ChainResult result = result(start("film", chain(text("a"), text("b")), "{'join':['b','a']}"));

    assertThat(script.joined.get(0).generations()).containsExactly("film.b", "film.a");
    assertThat(result.film()).isNotNull();
  }

  @Test
  void filmThatCannotBeJoined_isSaid_andHarmsNothing() {
    ChainResult result = result(start("film", chain(text("a")), "{'join':['a']}"));

    assertThat(result.film()).isNull();
    assertThat(result.filmProblem()).isEqualTo("the worker has no ffmpeg");
  }

  @Test
  void cancel_cancelsTheStepsThatRun_andStartsNoMore() {
    WorkflowStub workflow = start("film", chain(text("a"), extend("longer", "a")));
    waitUntil(workflow, progress -> state(progress, "a") == StepState.RUNNING);

    workflow.cancel();
    server.untilOver(workflow);

    WorkflowFailedException failed =
        catchThrowableOfType(
            WorkflowFailedException.class, () -> workflow.getResult(ChainResult.class));
    assertThat(failed).hasCauseInstanceOf(CanceledFailure.class);
    assertThat(
            catchThrowableOfType(
                WorkflowFailedException.class,
                () ->
                    server
                        .getWorkflowClient()
                        .newUntypedWorkflowStub("film.a")
                        .getResult(Object.class)))
        .hasCauseInstanceOf(CanceledFailure.class);
    assertThat(script.made).containsExactly("film.a");
    server.replay(workflow);
  }

  @Test
  void costThatTheUsageDoesNotTell_countsAtItsWorst_andEveryoneSaysSo() {
    script.withoutUsage.add("film.a");
    WorkflowStub workflow = start("film", chain(text("a"), approved(text("b"))));
    waitUntil(workflow, progress -> state(progress, "a") == StepState.DONE, 5);

    ChainProgress progress = workflow.query("progress", ChainProgress.class);
    assertThat(progress.cost().atMost()).containsExactly("a");
    assertThat(progress.steps().get(0).cost()).isNull();
    assertThat(progress.steps().get(0).worstCase().inWordsAtMost()).isEqualTo("5.24 CNY");
    assertThat(currentDetails(workflow))
        .contains("Cost so far:** at most 5.24 CNY")
        .contains("≤ 5.24 CNY");
    update(workflow, "approveStep", Map.of("step", "b"));
    ChainResult result = result(workflow);

    assertThat(result.cost().inWords()).isEqualTo("at most 10.25 CNY");
    assertThat(result.cost().amount()).isEqualTo("10.24144");
    assertThat(script.manifests.get(0).cost()).isEqualTo(result.cost());
  }

  @Test
  void budget_isNotFooledByStepsWithoutUsage() {
    script.withoutUsage.add("film.one");
    String open = "'duration':-1";
    WorkflowStub workflow =
        start(
            "film",
            chain(text("one", open), text("two", open), text("three", open)),
            "{'budget':{'amount':20,'currency':'CNY'}}");
    waitUntil(workflow, progress -> state(progress, "one") == StepState.DONE, 5);

    waitUntil(workflow, progress -> state(progress, "two") == StepState.BUDGET);
    waitUntil(workflow, progress -> state(progress, "three") == StepState.BUDGET);
    assertThat(script.made).containsExactly("film.one");
    workflow.cancel();
    server.untilOver(workflow);
  }

  @Test
  void usageFarBeyondTheWorstCase_countsAgainstTheBudget_andIsNoted() {
    String doubt = "the service reported a usage of 5000000 tokens, more than can be";
    script.costs.put(
        "film.a", new Cost(new BigDecimal("230"), "CNY", "5000000 tokens at 46", doubt));
    WorkflowStub workflow =
        start(
            "film",
            chain(text("a"), extend("longer", "a")),
            "{'budget':{'amount':100,'currency':'CNY'}}");
    waitUntil(workflow, progress -> state(progress, "longer") == StepState.BUDGET, 5);

    ChainProgress progress = workflow.query("progress", ChainProgress.class);
    assertThat(progress.cost().inWords()).isEqualTo("230.00 CNY");
    assertThat(progress.notes()).contains("a: " + doubt);
    assertThat(currentDetails(workflow)).contains(doubt);
    update(workflow, "skipStep", Map.of("step", "longer"));

    assertThat(result(workflow).steps().get(0).result().cost().doubt()).isEqualTo(doubt);
  }

  @Test
  void costThatNobodyKnows_isLeftOut_andEveryoneSaysSo() {
    script.withoutUsage.add("film.b");
    ChainResult result =
        result(start("film", chain(text("a"), step("b", request("ep-1", Chains.TEXT)))));

    assertThat(result.cost().without()).containsExactly("b");
    assertThat(result.cost().inWords()).isEqualTo("5.01 CNY, without b");
  }

  @Test
  void attemptThatMayHaveBeenCharged_countsAtItsWorst_alsoAgainstTheBudget() {
    script.fails("film.a", FailureType.CLIP_LOST);
    WorkflowStub workflow =
        start("film", chain(text("a")), "{'budget':{'amount':10.5,'currency':'CNY'}}");
    waitUntil(workflow, progress -> state(progress, "a") == StepState.FAILED, 5);
    update(workflow, "retryStep", Map.of("step", "a"));

    assertThat(result(workflow).cost().inWords()).isEqualTo("at most 10.25 CNY");
  }

  @Test
  void taskThatARetryTakes_countsOnce_unlessTheRetryMakesAnother() {
    script
        .fails("film.a", FailureType.DEADLINE_PASSED)
        .fails("other.a", FailureType.DEADLINE_PASSED);
    String budget = "{'budget':{'amount':10.5,'currency':'CNY'}}";
    WorkflowStub same = start("film", chain(text("a")), "{'budget':{'amount':6}}");
    WorkflowStub changed = start("other", chain(text("a")), budget);
    waitUntil(same, progress -> state(progress, "a") == StepState.FAILED, 5);
    waitUntil(changed, progress -> state(progress, "a") == StepState.FAILED, 5);
    assertThat(same.query("progress", ChainProgress.class).cost().inWords())
        .isEqualTo("at most 5.24 CNY");

    update(same, "retryStep", Map.of("step", "a"));
    update(
        changed,
        "retryStep",
        decision("a", json(request(Chains.V20, Chains.TEXT, "'watermark':true"))));

    assertThat(result(same).cost().inWords()).isEqualTo("5.01 CNY");
    assertThat(result(changed).cost().inWords()).isEqualTo("at most 10.25 CNY");
  }

  @Test
  void failureOfAChain_namesTheStepThatFailed_theServicesCode_andWhetherItWasCharged() {
    script.fails("film.b", FailureType.OUTPUT_MODERATED);
    ApplicationFailure failure =
        failureOf(start("film", chain(extend("a", "b"), text("b")), "{'onStepFailure':'FAIL'}"));

    assertThat(failure.getOriginalMessage())
        .isEqualTo(
            "the chain ended without this step: step b: the service's moderation withheld the"
                + " video (Some.Code) [request req-film.b]. Not charged. Change the request and"
                + " start again; another seed may be enough. Correct it and start a new chain whose"
                + " options.reuse names this one: finished steps are reused.");
    ChainFailure detail = failure.getDetails().get(0, ChainFailure.class);
    assertThat(detail.step()).isEqualTo("b");
    assertThat(detail.others()).isEmpty();
  }

  @Test
  void retry_isTheSameSubmission_whereTheTaskMayGoOnOrThereWasNone_andAnotherWhereItIsOver() {
    script
        .fails("film.a", FailureType.DEADLINE_PASSED)
        .fails("film.a", FailureType.ACCOUNT_REFUSED)
        .fails("film.a", FailureType.TASK_FAILED);
    WorkflowStub workflow = start("film", chain(text("a")));
    for (int attempt = 1; attempt <= 3; attempt++) {
      int made = attempt;
      waitUntil(
          workflow,
          progress -> state(progress, "a") == StepState.FAILED && script.made.size() == made,
          5);
      update(workflow, "retryStep", Map.of("step", "a"));
    }
    result(workflow);

    assertThat(script.submissions).hasSize(4);
    assertThat(script.submissions.subList(0, 3)).containsOnly(script.submissions.get(0));
    assertThat(script.submissions.get(3)).isNotEqualTo(script.submissions.get(0));
  }

  @ParameterizedTest
  @EnumSource(
      names = {
        "DEADLINE_PASSED",
        "VERDICT_OVERDUE",
        "ABANDONED",
        "TASK_VANISHED",
        "INTERNAL_ERROR"
      })
  void retry_takesTheTaskThatMayYetGiveItsClip_insteadOfBuyingItAnew(FailureType failure) {
    script.fails("film.a", failure);
    WorkflowStub workflow = start("film", chain(text("a")), "{'budget':{'amount':6}}");
    waitUntil(workflow, progress -> state(progress, "a") == StepState.FAILED, 5);
    update(workflow, "retryStep", Map.of("step", "a"));

    assertThat(result(workflow).cost().inWords()).isEqualTo("5.01 CNY");
    assertThat(script.submissions).hasSize(2).containsOnly(script.submissions.get(0));
  }

  @Test
  void retryWithTheSameRequestInAnotherOrder_isTheSameSubmission() {
    script.fails("film.a", FailureType.DEADLINE_PASSED);
    WorkflowStub workflow = start("film", chain(text("a", "'seed':7")));
    waitUntil(workflow, progress -> state(progress, "a") == StepState.FAILED, 5);
    Json request =
        Json.NULL
            .with("seed", 7)
            .with("content", json("[" + Chains.TEXT + "]"))
            .with("model", Chains.V20);
    update(workflow, "retryStep", decision("a", request));
    result(workflow);

    assertThat(script.submissions).hasSize(2).containsOnly(script.submissions.get(0));
  }

  @Test
  void taskThatVanishedAgain_isGivenUpForAnother() {
    script
        .fails("film.a", FailureType.TASK_VANISHED)
        .fails("film.a", FailureType.TASK_VANISHED)
        .fails("film.b", FailureType.TASK_VANISHED);
    WorkflowStub workflow = start("film", chain(text("a"), text("b")));
    for (int attempt = 1; attempt <= 2; attempt++) {
      int made = attempt;
      waitUntil(
          workflow,
          progress ->
              state(progress, "a") == StepState.FAILED
                  && Collections.frequency(script.made, "film.a") == made,
          5);
      update(workflow, "retryStep", Map.of("step", "a"));
    }
    waitUntil(workflow, progress -> state(progress, "b") == StepState.FAILED, 5);
    update(workflow, "retryStep", Map.of("step", "b"));

    assertThat(result(workflow).cost().atMost()).containsExactly("a");
    assertThat(Set.copyOf(script.submissions)).hasSize(3);
  }

  @Test
  void rejectedStep_wasNotCharged() {
    WorkflowStub workflow = start("film", chain(approved(text("a"))));
    waitUntil(workflow, progress -> state(progress, "a") == StepState.APPROVAL);
    update(workflow, "approveStep", Map.of("step", "a", "reject", "too dark"));

    assertThat(failureOf(workflow).getOriginalMessage())
        .startsWith("the chain ended without this step: step a: rejected: too dark. Not charged.");
  }

  @Test
  void memoOfWhatToDecide_isWrittenOnlyWhereItChanges_andStaysShort() {
    String[] steps =
        IntStream.range(0, 40)
            .mapToObj(i -> i < 20 ? approved(text("ask" + i)) : text("go" + i))
            .toArray(String[]::new);
    WorkflowStub workflow = start("film", chain(steps), "{'maxParallel':5}");
    waitUntil(workflow, progress -> state(progress, "go39") == StepState.DONE, 15);

    assertThat(needsDecision(workflow)).hasSizeLessThan(300).contains("and 15 more");
    assertThat(
            server.getWorkflowClient().fetchHistory("film").getEvents().stream()
                .filter(event -> event.hasWorkflowPropertiesModifiedEventAttributes()))
        .hasSize(1);
    assertThat(currentDetails(workflow)).contains("The same for **ask5**");
    for (int i = 0; i < 20; i++) {
      update(workflow, "skipStep", Map.of("step", "ask" + i));
    }
    result(workflow);
  }

  @Test
  void cancelledChain_waitsForTheStepThatRuns() {
    WorkflowStub workflow = start("film", chain(text("a"), approved(text("b")), text("c")));
    waitUntil(workflow, progress -> state(progress, "a") == StepState.RUNNING);
    workflow.cancel();
    server.untilOver(workflow);

    assertThat(
            server.getWorkflowClient().fetchHistory("film").getEvents().stream()
                .filter(event -> event.hasChildWorkflowExecutionCanceledEventAttributes()))
        .hasSize(2);
    assertThat(needsDecision(workflow)).isNull();
    assertThat(workflow.query("progress", ChainProgress.class).steps())
        .allSatisfy(
            step -> {
              assertThat(step.state()).isEqualTo(StepState.GIVEN_UP);
              assertThat(step.choices()).isEmpty();
            });
    server.replay(workflow);
  }

  @Test
  void historyOfAHundredSteps_isFarFromTheServersLimits() {
    String[] steps =
        IntStream.range(0, 100)
            .mapToObj(i -> i == 0 ? text("s0") : extend("s" + i, "s" + (i - 1)))
            .toArray(String[]::new);
    result(start("film", chain(steps)));
    var history = server.getWorkflowClient().fetchHistory("film");

    assertThat(history.getEvents()).hasSizeLessThan(1_100);
    assertThat(history.getHistory().getSerializedSize()).isLessThan(1_000_000);
  }

  /** Beside the chain, as an earlier run of it would have. */
  private WorkflowStub startGeneration(String id) {
    WorkflowStub generation =
        server
            .getWorkflowClient()
            .newUntypedWorkflowStub(
                ScriptedChain.CHILD_TYPE, InMemoryServer.options().setWorkflowId(id).build());
    generation.start(json(request(Chains.V20, Chains.TEXT)), null);
    return generation;
  }

  @Test
  void joiningThatAnswersNothing_leavesTheChainWithoutAFilm_notStuck() {
    script.joinsInSilence = true;

    ChainResult result = result(start("film", chain(text("a"), text("b")), "{'join':['a','b']}"));

    assertThat(result.film()).isNull();
    assertThat(result.filmProblem()).contains("did not say");
  }

  @Test
  void whatAChainWaitsForFromPeople_isARowOfTheTimeline() {
    script.fails("film.b", FailureType.TASK_FAILED);
    WorkflowStub workflow = start("film", chain(approved(text("a")), text("b")));
    waitUntil(workflow, progress -> state(progress, "b") == StepState.FAILED, 5);
    update(workflow, "approveStep", Map.of("step", "a"));
    update(workflow, "retryStep", Map.of("step", "b"));
    result(workflow);

    assertThat(server.getWorkflowClient().fetchHistory("film").getEvents())
        .filteredOn(event -> event.getEventType() == EventType.EVENT_TYPE_TIMER_STARTED)
        .extracting(event -> event.getUserMetadata().getSummary().getData().toStringUtf8())
        .containsExactly("\"a waits for your approval\"", "\"b failed, waits for your decision\"");
  }

  /**
   * One workflow task of it has all 200 answers, each of which wakes every step's thread once or
   * twice: seconds of an idle machine, so it may take longer than other tests' tasks. What a step
   * reckons then is bounded by {@link SpendingTest}.
   */
  @Test
  @Timeout(value = 20, unit = TimeUnit.MINUTES)
  void asManySteps_asThereMayBe_canAllWaitForBudget() {
    String[] steps =
        IntStream.range(0, Chain.MOST_STEPS)
            .mapToObj(i -> text("a-step-with-a-long-name-" + i))
            .toArray(String[]::new);
    WorkflowStub workflow =
        server
            .getWorkflowClient()
            .newUntypedWorkflowStub(
                VideoChainWorkflow.TYPE,
                InMemoryServer.options()
                    .setWorkflowId("film")
                    .setWorkflowTaskTimeout(Duration.ofMinutes(2))
                    .build());
    workflow.start(
        json(chain(steps)),
        json("{'budget':{'amount':1,'currency':'CNY'},'maxParallel':50,'reuse':'old'}"));

    // Each wait is a timer; unlike a query, a look at the history does not replay it.
    VirtualTime.standing()
        .atMost(Duration.ofMinutes(15))
        .until(() -> count(workflow, EventType.EVENT_TYPE_TIMER_STARTED) == Chain.MOST_STEPS);

    assertThat(workflow.query("progress", ChainProgress.class).steps())
        .extracting(StepProgress::state)
        .containsOnly(StepState.BUDGET);
    assertThat(count(workflow, EventType.EVENT_TYPE_WORKFLOW_TASK_FAILED)).isZero();
    assertThat(count(workflow, EventType.EVENT_TYPE_WORKFLOW_TASK_TIMED_OUT)).isZero();
    assertThat(server.history(workflow).getEvents()).hasSizeLessThan(1_500);
  }

  private long count(WorkflowStub workflow, EventType type) {
    return server.history(workflow).getEvents().stream()
        .filter(event -> event.getEventType() == type)
        .count();
  }
}
