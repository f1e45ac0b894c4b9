package seedance.workflows.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;
import seedance.workflows.chain.RunState.Because;
import seedance.workflows.chain.RunState.Failed;
import seedance.workflows.chain.RunState.GivenUp;
import seedance.workflows.chain.RunState.Idle;
import seedance.workflows.chain.RunState.Waiting;
import seedance.workflows.generation.FailureType.Charged;
import seedance.workflows.json.Json;
import seedance.workflows.request.Money;

class StepRunTest {
  private static final Money WORST_CASE = new Money(new BigDecimal("5.02"), "CNY");

  private final StepRun waiting = new StepRun(plan("{}", WORST_CASE));
  private final StepRun running = waiting.begun("film.a");

  @Test
  void taskThatIsLeft_isNotPaidTwiceByTheAttemptThatTakesIt() {
    StepRun again = retried(running.failed(null, Charged.MAYBE, true, "late")).begun("film.a");

    assertThat(again.cost()).isEqualTo(TotalCost.atMost(WORST_CASE, "a"));
    assertThat(again.costAtMost()).isEqualTo(TotalCost.atMost(WORST_CASE, "a"));
    StepRun over = again.failed(null, Charged.YES, false, "failed");
    assertThat(over.cost()).isEqualTo(TotalCost.atMost(WORST_CASE, "a"));
    assertThat(over.chargedSoFar()).isEqualTo(Charged.YES);
  }

  @Test
  void taskThatIsLeft_isPaidBesideThatOfAnotherRequest() {
    StepRun left = running.failed(null, Charged.MAYBE, true, "late");

    assertThat(left.planned(plan("{}", WORST_CASE)).costAtMost().money()).contains(WORST_CASE);
    assertThat(left.planned(plan("{\"seed\":1}", WORST_CASE)).costAtMost().money())
        .contains(WORST_CASE.plus(WORST_CASE));
  }

  @Test
  void bugWhileItIsMade_mayHaveBeenPaid_otherwiseNot() {
    assertThat(running.brokenBy("a bug").chargedSoFar()).isEqualTo(Charged.MAYBE);
    assertThat(waiting.brokenBy("a bug").chargedSoFar()).isEqualTo(Charged.NO);
    assertThat(waiting.brokenBy("a bug").lostByItself().map(GivenUp::because))
        .contains(Because.OF_A_BUG);
  }

  @Test
  void rejectionOfAFailedStep_saysWhatFailed() {
    StepRun failed = running.failed(null, Charged.NO, false, "no verdict");

    assertThat(failed.moved(Idle.class, idle -> idle.rejected("too dark")).state().problem())
        .isEqualTo("rejected: too dark (it had failed: no verdict)");
    assertThat(waiting.moved(Idle.class, idle -> idle.rejected("too dark")).state().problem())
        .isEqualTo("rejected: too dark");
  }

  @Test
  void approvalOverTheBudget_holdsForOneAttempt_andForNoDearerRequest() {
    StepRun payable = waiting.moved(Waiting.class, now -> now.payable(waiting.plan()));

    assertThat(payable.isPayableOverBudget()).isTrue();
    assertThat(payable.planned(plan("{}", WORST_CASE.plus(WORST_CASE))).isPayableOverBudget())
        .isFalse();
    assertThat(
            retried(payable.begun("film.a").failed(null, Charged.NO, false, "failed"))
                .isPayableOverBudget())
        .isFalse();
  }

  @Test
  void stepThatIsGivenUpWithAnother_isLost_butNotByItself() {
    StepRun lost = waiting.givenUpWithAnother("it is made from b");

    assertThat(lost.isLost()).isTrue();
    assertThat(lost.lostByItself()).isEmpty();
  }

  @Test
  void whatIsNotPossibleInAState_isRefused() {
    assertThatIllegalStateException()
        .isThrownBy(() -> running.begun("film.a"))
        .withMessage("a is being made");
    assertThatIllegalStateException().isThrownBy(() -> running.moved(Idle.class, Idle::skipped));
    assertThatIllegalStateException().isThrownBy(() -> retried(waiting));
    assertThatIllegalStateException()
        .isThrownBy(() -> waiting.failed(null, Charged.NO, false, "failed"));
  }

  private static StepRun retried(StepRun step) {
    return step.moved(Failed.class, Failed::retried);
  }

  private static StepPlan plan(String request, Money worstCase) {
    return new StepPlan("a", Json.parse(request), false, List.of(), "text", worstCase);
  }
}
