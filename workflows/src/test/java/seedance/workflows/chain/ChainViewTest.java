package seedance.workflows.chain;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import seedance.workflows.chain.RunState.Idle;
import seedance.workflows.chain.RunState.Running;
import seedance.workflows.generation.FailureType.Charged;
import seedance.workflows.json.Json;
import seedance.workflows.request.Money;

/** What is seen of a chain, by its state alone. */
class ChainViewTest {
  private final RunningChain chain = new RunningChain();

  @Test
  void chainThatIsNotCheckedYet_hasAStageOnly() {
    assertThat(ChainView.of(chain))
        .isEqualTo(
            new ChainProgress(
                "Validating the chain", List.of(), null, null, null, null, List.of()));
  }

  @Test
  void waitingStep_namesWhatIsNotThereYet() {
    begin(ChainOptions.DEFAULTS, plan("a"), plan("b", "a"));

    ChainProgress progress = ChainView.of(chain);

    assertThat(progress.graph()).isEqualTo("a → b");
    assertThat(progress.toCome()).isEqualTo(cny("10.04"));
    assertThat(progress.steps()).extracting(StepProgress::waitsFor).containsExactly(null, "a");
    assertThat(progress.steps()).extracting(StepProgress::workflowId).containsOnlyNulls();
    assertThat(progress.steps()).extracting(StepProgress::worstCase).containsOnly(cny("5.02"));
    assertThat(progress.steps().get(0).choices()).isEmpty();
  }

  @Test
  void chainInWhichNothingRuns_waitsForWhoeverDecides() {
    begin(ChainOptions.DEFAULTS, plan("a"), plan("b"));
    chain.enter(RunningChain.MAKING);
    fails("a");
    assertThat(ChainView.of(chain).stage()).isEqualTo("Waiting for your decision");

    chain.change("b", step -> step.begun("film.b"));
    assertThat(ChainView.of(chain).stage()).isEqualTo("Making the steps");
  }

  @Test
  void failedStep_canBeRetriedOrRejected_andSkippedWhereNothingIsMadeFromIt() {
    begin(ChainOptions.DEFAULTS, plan("a"), plan("b", "a"));
    fails("a");

    assertThat(step("a").choices()).containsExactly(StepChoice.RETRY, StepChoice.REJECT);
    assertThat(step("a").problem()).isEqualTo("no verdict");
    assertThat(step("a").workflowId()).isEqualTo("film.a");

    chain.move("b", Idle.class, Idle::skipped);
    assertThat(step("a").choices())
        .containsExactly(StepChoice.RETRY, StepChoice.SKIP, StepChoice.REJECT);
  }

  @ParameterizedTest
  @EnumSource(OverBudget.class)
  void stepThatCouldBreakTheBudget_isApprovedOrTheBudgetRaised(OverBudget overBudget) {
    begin(ChainOptions.builder().budget(cny("5")).overBudget(overBudget).build(), plan("a"));
    chain.move("a", Idle.class, idle -> idle.keptBy(StepState.BUDGET));

    assertThat(step("a").choices())
        .isEqualTo(
            overBudget == OverBudget.WAIT_FOR_APPROVAL
                ? List.of(
                    StepChoice.APPROVE, StepChoice.RAISE_BUDGET, StepChoice.SKIP, StepChoice.REJECT)
                : List.of(StepChoice.RAISE_BUDGET, StepChoice.SKIP, StepChoice.REJECT));
  }

  @Test
  void noteOnTheBudget_followsTheOneInForce() {
    begin(
        ChainOptions.builder().budget(cny("5")).overBudget(OverBudget.WAIT_FOR_APPROVAL).build(),
        plan("a"));
    assertThat(ChainView.of(chain).notes())
        .singleElement()
        .asString()
        .contains("a 5.02 CNY")
        .contains("over the budget of 5.00 CNY");

    chain.raiseBudget(cny("6"));
    assertThat(ChainView.of(chain).notes()).isEmpty();
    assertThat(ChainView.of(chain).budget()).isEqualTo(cny("6"));
  }

  @Test
  void noteOnTheBudget_isOverOnceNothingIsLeftToBegin() {
    begin(
        ChainOptions.builder().budget(cny("5")).overBudget(OverBudget.WAIT_FOR_APPROVAL).build(),
        plan("a"));
    chain.change("a", step -> step.begun("film.a"));

    assertThat(ChainView.of(chain).notes()).isEmpty();
  }

  @Test
  void whatKeepsARunningStep_isSaid() {
    begin(ChainOptions.DEFAULTS, plan("a"));
    chain.change("a", step -> step.begun("film.a"));
    chain.move("a", Running.class, running -> running.troubled("its workflow id is in use"));

    assertThat(step("a").state()).isEqualTo(StepState.RUNNING);
    assertThat(step("a").problem()).isEqualTo("its workflow id is in use");
  }

  @Test
  void everyChange_isCounted() {
    begin(ChainOptions.DEFAULTS, plan("a"));
    List<Runnable> changes =
        List.of(
            () -> chain.enter("Making"),
            () -> chain.note("a note"),
            () -> chain.replan(chain.plan()),
            () -> chain.raiseBudget(cny("50")),
            () -> chain.giveUpTheRest(),
            () -> chain.change("a", StepRun::approved),
            () -> chain.move("a", Idle.class, idle -> idle.keptBy(StepState.QUEUED)));

    for (Runnable change : changes) {
      int before = chain.changes();
      change.run();
      assertThat(chain.changes()).isGreaterThan(before);
    }
  }

  private void begin(ChainOptions options, StepPlan... steps) {
    chain.begin(new ChainPlan(List.of(steps), List.of(), null, options));
  }

  private void fails(String id) {
    chain.change(id, step -> step.begun("film." + id));
    chain.change(id, step -> step.failed(null, Charged.NO, false, "no verdict"));
  }

  private StepProgress step(String id) {
    return ChainView.of(chain).steps().stream()
        .filter(step -> step.id().equals(id))
        .findFirst()
        .orElseThrow();
  }

  private static StepPlan plan(String id, String... dependsOn) {
    return new StepPlan(id, Json.NULL, false, List.of(dependsOn), "text", cny("5.02"));
  }

  private static Money cny(String amount) {
    return new Money(new BigDecimal(amount), "CNY");
  }
}
