package seedance.workflows.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static seedance.workflows.chain.Chains.TEXT;
import static seedance.workflows.chain.Chains.V20;
import static seedance.workflows.chain.Chains.chain;
import static seedance.workflows.chain.Chains.extend;
import static seedance.workflows.chain.Chains.json;
import static seedance.workflows.chain.Chains.request;
import static seedance.workflows.chain.Chains.text;

import io.temporal.client.WorkflowStub;
import io.temporal.common.converter.RawValue;
import io.temporal.failure.ApplicationFailure;
import java.math.BigDecimal;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import seedance.workflows.InMemoryServer;
import seedance.workflows.generation.Cost;
import seedance.workflows.generation.FailureType;
import seedance.workflows.generation.FailureType.Charged;
import seedance.workflows.generation.VideoGenerationWorkflow;

/** What a running and a cancelled chain say of money, on virtual time. */
class ChainMoneyTest extends ChainFixture {
  private static final String OVER = "over the budget of ";

  @Test
  void noteOnTheBudget_followsEveryRaise_andGoesWhereTheBudgetIsEnough() {
    WorkflowStub workflow =
        start(
            "film",
            chain(text("a"), approved(text("b", "'duration':-1"))),
            "{'budget':{'amount':15}}");
    waitUntil(workflow, progress -> state(progress, "b") == StepState.APPROVAL);
    assertThat(notes(workflow))
        .contains("costs 20.85 CNY (a 5.24 CNY, b 15.61 CNY), over the budget of 15.00 CNY");

    update(workflow, "raiseBudget", Map.of("amount", 16));
    assertThat(notes(workflow)).contains("over the budget of 16.00 CNY").doesNotContain("15.00");
    assertThat(currentDetails(workflow)).contains(OVER + "16.00 CNY").doesNotContain("15.00");

    update(workflow, "raiseBudget", Map.of("amount", 100));
    assertThat(notes(workflow)).doesNotContain(OVER);
    assertThat(currentDetails(workflow)).doesNotContain(OVER);
    update(workflow, "skipStep", Map.of("step", "b"));
    result(workflow);
  }

  @Test
  void noteOnTheBudget_countsNoSkippedStep_andWhatIsDoneAtItsCost() {
    WorkflowStub workflow =
        start(
            "film",
            chain(
                text("a"),
                approved(text("dear", "'duration':-1")),
                approved(text("dearer", "'duration':-1"))),
            "{'budget':{'amount':19}}");
    waitUntil(workflow, progress -> state(progress, "a") == StepState.DONE, 5);
    assertThat(notes(workflow)).contains("(a 5.01 CNY, dear 15.61 CNY, dearer 15.61 CNY)");

    update(workflow, "skipStep", Map.of("step", "dear"));
    assertThat(notes(workflow))
        .contains("(a 5.01 CNY, dearer 15.61 CNY), over the budget of 19.00 CNY");

    update(workflow, "skipStep", Map.of("step", "dearer"));
    result(workflow);
    assertThat(notes(workflow)).doesNotContain(OVER);
  }

  @Test
  void noteOnTheBudget_isThereOnce_afterAnotherRequestWasJudged() {
    WorkflowStub workflow =
        start("film", chain(approved(text("a", "'duration':-1"))), "{'budget':{'amount':10}}");
    waitUntil(workflow, progress -> state(progress, "a") == StepState.APPROVAL);
    update(workflow, "raiseBudget", Map.of("amount", 11));

    update(
        workflow,
        "approveStep",
        decision("a", json(request(Chains.V20, Chains.TEXT, "'duration':-1,'seed':7"))));

    // Approved over the budget, it runs, and nothing waits for a higher one any more.
    assertThat(notes(workflow)).doesNotContain(OVER);
    result(workflow);
  }

  @ParameterizedTest
  @EnumSource(names = {"ACCOUNT_REFUSED", "TASK_FAILED"})
  void stepThatFailedAfterALostSubmission_countsAtItsWorst_alsoAgainstTheBudget(FailureType how) {
    script.fails("film.a", how).resubmitted.add("film.a");
    WorkflowStub workflow =
        start("film", chain(text("a"), text("b", "'duration':-1")), "{'budget':{'amount':17}}");
    waitUntil(
        workflow,
        progress ->
            state(progress, "a") == StepState.FAILED && state(progress, "b") == StepState.BUDGET,
        5);

    ChainProgress progress = workflow.query("progress", ChainProgress.class);
    assertThat(progress.cost().atMost()).containsExactly("a");
    assertThat(cancelled(workflow).charged()).isEqualTo(Charged.MAYBE);
  }

  @Test
  void costInAnotherCurrency_countsAtItsWorst_alsoAgainstTheBudget() {
    script.costs.put("film.a", new Cost(new BigDecimal("50"), "USD", "by a list that changed"));
    WorkflowStub workflow =
        start("film", chain(text("a"), extend("b", "a")), "{'budget':{'amount':11.5}}");
    waitUntil(workflow, progress -> state(progress, "b") == StepState.BUDGET, 9);
    update(workflow, "raiseBudget", Map.of("amount", 20));

    assertThat(result(workflow).cost().atMost()).containsExactly("a");
  }

  @Test
  void cancelledChain_inWhichNothingWasMade_isNotCharged() {
    WorkflowStub workflow = start("film", chain(approved(text("a")), approved(text("b"))));
    waitUntil(workflow, progress -> state(progress, "b") == StepState.APPROVAL);

    ChainFailure ending = cancelled(workflow);

    assertThat(ending.charged()).isEqualTo(Charged.NO);
    assertThat(ending.message()).contains("Not charged.");
  }

  @Test
  void cancelledChain_inWhichNothingIsOpen_isChargedForWhatItMade_andNotPerhaps() {
    script.fails("film.bad", FailureType.OUTPUT_MODERATED);
    WorkflowStub workflow =
        start("film", chain(text("a"), text("bad"), approved(extend("longer", "a"))));
    waitUntil(
        workflow,
        progress ->
            state(progress, "longer") == StepState.APPROVAL
                && state(progress, "bad") == StepState.FAILED,
        5);

    ChainFailure ending = cancelled(workflow);

    assertThat(ending.charged()).isEqualTo(Charged.YES);
    assertThat(ending.message()).contains("Charged.").doesNotContain("May be charged");
  }

  @Test
  void cancelledChain_whoseTaskMayGoOn_mayBeCharged() {
    script.fails("film.a", FailureType.DEADLINE_PASSED);
    WorkflowStub workflow = start("film", chain(text("a"), text("done")));
    waitUntil(
        workflow,
        progress ->
            state(progress, "a") == StepState.FAILED && state(progress, "done") == StepState.DONE,
        5);

    assertThat(cancelled(workflow).charged()).isEqualTo(Charged.MAYBE);
  }

  @Test
  void cancelledChain_whoseStepIsBeingMade_mayBeCharged() {
    WorkflowStub workflow = start("film", chain(text("a"), approved(text("b"))));
    waitUntil(
        workflow,
        progress ->
            state(progress, "a") == StepState.RUNNING
                && state(progress, "b") == StepState.APPROVAL);

    assertThat(cancelled(workflow).charged()).isEqualTo(Charged.MAYBE);
  }

  @Test
  void retryThatTakesTheTaskLeft_isToldThatItMayHaveBeenSubmitted_anotherRequestIsNot() {
    script.fails("film.a", FailureType.DEADLINE_PASSED).fails("film.a", FailureType.TASK_FAILED);
    WorkflowStub workflow = start("film", chain(text("a")));
    waitUntil(workflow, progress -> state(progress, "a") == StepState.FAILED, 5);
    update(workflow, "retryStep", Map.of("step", "a"));
    waitUntil(
        workflow,
        progress -> state(progress, "a") == StepState.FAILED && script.made.size() == 2,
        5);
    update(workflow, "retryStep", Map.of("step", "a"));
    result(workflow);

    assertThat(script.submittedBefore).containsExactly(false, true, false);
  }

  @Test
  void chainThatEndsAfterAReset_mayBeCharged_forWhatTheRunBeforeItMade() throws Exception {
    WorkflowStub workflow =
        start("film", chain("{'id':'a','approve':true,'request':" + request(V20, TEXT) + "}"));
    waitUntil(workflow, progress -> state(progress, "a") == StepState.APPROVAL);
    update(workflow, "approveStep", Map.of("step", "a", "reject", "too dear"));
    assertThat(detail(failureOf(workflow)).charged()).isEqualTo(Charged.NO);

    AtomicReference<ChainFailure> end = new AtomicReference<>();
    try (InMemoryServer other = new InMemoryServer(InMemoryServer.USUAL_CACHE)) {
      other
          .worker()
          .registerWorkflowImplementationFactory(UnreadVideoChain.class, () -> new Witness(end));
      other.replay(server.history(workflow));
    }
    assertThat(end.get().charged()).isEqualTo(Charged.MAYBE);
  }

  @Test
  void failedChain_isChargedForEveryAttempt_andNotByItsLast() {
    script
        .fails("film.a", FailureType.CLIP_LOST)
        .fails("film.a", FailureType.REQUEST_REJECTED)
        .fails("film.b", FailureType.CLIP_LOST);
    WorkflowStub workflow = start("film", chain(text("a"), text("b"), approved(text("c"))));
    waitUntil(
        workflow,
        progress ->
            state(progress, "a") == StepState.FAILED && state(progress, "b") == StepState.FAILED,
        5);
    update(workflow, "skipStep", Map.of("step", "b"));
    update(workflow, "retryStep", Map.of("step", "a"));
    waitUntil(
        workflow,
        progress -> state(progress, "a") == StepState.FAILED && script.made.size() == 3,
        5);
    update(workflow, "skipStep", Map.of("step", "a"));
    update(workflow, "approveStep", Map.of("step", "c", "reject", "too dark"));

    ChainFailure ending = lastWords(workflow);

    assertThat(ending.charged()).isEqualTo(Charged.YES);
    assertThat(ending.message()).contains("too dark. Charged.");
    assertThat(cost(workflow)).isEqualTo("at most 10.47 CNY");
  }

  @Test
  void failedChain_whoseTaskWasTakenAndFailed_isNotCharged() {
    script.fails("film.a", FailureType.DEADLINE_PASSED).fails("film.a", FailureType.TASK_FAILED);
    WorkflowStub workflow = start("film", chain(text("a")));
    waitUntil(workflow, progress -> state(progress, "a") == StepState.FAILED, 5);
    update(workflow, "retryStep", Map.of("step", "a"));
    waitUntil(
        workflow,
        progress -> state(progress, "a") == StepState.FAILED && script.made.size() == 2,
        5);
    update(workflow, "approveStep", Map.of("step", "a", "reject", "enough"));

    assertThat(lastWords(workflow).charged()).isEqualTo(Charged.NO);
    assertThat(workflow.query("progress", ChainProgress.class).cost()).isNull();
  }

  @Test
  void failedChain_whoseStepABugBroke_mayBeCharged_andCountsItsWorst() {
    script.withoutResult.add("film.a");
    WorkflowStub workflow = start("film", chain(text("a"), text("b")));

    ChainFailure ending = lastWords(workflow);

    assertThat(ending.type()).isEqualTo(FailureType.INTERNAL_ERROR);
    assertThat(ending.charged()).isEqualTo(Charged.MAYBE);
    assertThat(ending.message()).contains("May be charged.");
    assertThat(cost(workflow)).isEqualTo("at most 10.25 CNY");
  }

  private ChainFailure lastWords(WorkflowStub workflow) {
    return failureOf(workflow).getDetails().get(0, ChainFailure.class);
  }

  private static String cost(WorkflowStub workflow) {
    return workflow.query("progress", ChainProgress.class).cost().inWords();
  }

  /** Its last words. */
  private ChainFailure cancelled(WorkflowStub workflow) {
    workflow.cancel();
    server.untilOver(workflow);
    server.replay(workflow);
    return workflow
        .describe()
        .getMemo(VideoGenerationWorkflow.ENDING_MEMO, ChainFailure.class, ChainFailure.class);
  }

  private static String notes(WorkflowStub workflow) {
    return String.join("\n", workflow.query("progress", ChainProgress.class).notes());
  }

  private static ChainFailure detail(ApplicationFailure failure) {
    return failure.getDetails().get(0, ChainFailure.class);
  }

  /** Keeps what a chain ends with. */
  private static final class Witness extends VideoChainWorkflowImpl {
    private final AtomicReference<ChainFailure> end;

    Witness(AtomicReference<ChainFailure> end) {
      this.end = end;
    }

    @Override
    public ChainResult run(RawValue request, RawValue options) {
      try {
        return super.run(request, options);
      } catch (ApplicationFailure failure) {
        end.set(detail(failure));
        throw failure;
      }
    }
  }
}
