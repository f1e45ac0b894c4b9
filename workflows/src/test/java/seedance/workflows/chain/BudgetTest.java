package seedance.workflows.chain;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import seedance.workflows.generation.FailureType.Charged;
import seedance.workflows.json.Json;
import seedance.workflows.request.Money;

class BudgetTest {
  private static final Money WORST_CASE = cny("5.02");

  @Test
  void stepThatFitsIsLetBegin_oneMoreIsNot() {
    Budget budget = budget("15.06");

    assertThat(budget.couldBreak(waiting("next"), mayBeCharged(2))).isFalse();
    assertThat(budget.couldBreak(waiting("next"), mayBeCharged(3))).isTrue();
  }

  /**
   * It is asked for every step after every event of a chain. Bytes are counted, as they do not
   * depend on how fast the machine is: 4 times the steps take 4 times as many, or 16 times where
   * sums of names are made again for each step.
   */
  @Test
  void judgingAStep_isWorkInProportionToTheStepsThereAre() {
    long few = bytesToJudgeBeside(50);
    long many = bytesToJudgeBeside(200);

    assertThat(many).isPositive().isLessThan(6 * few);
  }

  private static long bytesToJudgeBeside(int steps) {
    Budget budget = budget("100000");
    StepRun next = waiting("next");
    List<StepRun> others = mayBeCharged(steps);
    budget.couldBreak(next, others);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    budget.couldBreak(next, others);
    return threads.getCurrentThreadAllocatedBytes() - before;
  }

  private static List<StepRun> mayBeCharged(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> waiting("step-" + i).begun("film.step-" + i))
        .map(step -> step.failed(null, Charged.MAYBE, false, "no verdict"))
        .toList();
  }

  private static StepRun waiting(String id) {
    return new StepRun(new StepPlan(id, Json.NULL, false, List.of(), "text", WORST_CASE));
  }

  private static Budget budget(String limit) {
    return new Budget(Optional.of(cny(limit)), OverBudget.WAIT_FOR_APPROVAL);
  }

  private static Money cny(String amount) {
    return new Money(new BigDecimal(amount), "CNY");
  }
}
