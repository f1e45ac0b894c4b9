package seedance.workflows.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static seedance.workflows.chain.Chains.chain;
import static seedance.workflows.chain.Chains.extend;
import static seedance.workflows.chain.Chains.json;
import static seedance.workflows.chain.Chains.text;

import io.temporal.client.WorkflowStub;
import io.temporal.client.WorkflowUpdateException;
import io.temporal.common.WorkflowExecutionHistory;
import io.temporal.failure.ApplicationFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import seedance.workflows.Payloads;
import seedance.workflows.generation.FailureType;
import seedance.workflows.json.Json;

/** Limits of the server, and bugs of ours: neither hangs a chain, or ends what others make. */
class ChainGuardTest extends ChainFixture {

  @ParameterizedTest
  @ValueSource(ints = {999, 1_000})
  void idThatIsTooLongForItsSteps_isRefused_beforeAnythingIsMade(int length) {
    ApplicationFailure failure = failureOf(start("f".repeat(length), chain(text("a"))));

    assertThat(failure.getType()).isEqualTo("InvalidRequest");
    assertThat(failure.getOriginalMessage())
        .contains("CHAIN-ID.a, has %d bytes, over Temporal's 1000".formatted(length + 2));
    assertThat(script.made).isEmpty();
  }

  @Test
  void longestIdThatItsStepsCanHave_isTaken_inBytesAndNotInCharacters() {
    assertThat(result(start("橘".repeat(332) + "xy", chain(text("a")))).steps()).hasSize(1);
    assertThat(failureOf(start("橘".repeat(333), chain(text("a")))).getType())
        .isEqualTo("InvalidRequest");
  }

  @Test
  void idThatNoReferenceCanHold_isRefused() {
    assertThat(failureOf(start("film\ufffd", chain(text("a")))).getOriginalMessage())
        .contains("holds what is no character");
  }

  @Test
  void chainOfTheVersionBefore_goesOnUnderAnIdThatIsRefusedNow() throws Exception {
    WorkflowStub workflow = start("film", chain(text("a")));
    workflow.getResult(ChainResult.class);

    String before = server.history(workflow).toJson(false).replace("film.a", "film\ufffd.a");

    server.replay(WorkflowExecutionHistory.fromJson(before, "film\ufffd"));
  }

  @Test
  void idThatMakesTheManifestTooLarge_isRefused_beforeAnythingIsMade() {
    List<String> steps = new ArrayList<>(List.of(text("a")));
    for (int i = 0; i < 199; i++) {
      steps.add(extend("b" + i, "a", "a", "a"));
    }
    String chain = chain(steps.toArray(String[]::new));

    assertThat(failureOf(start("橘".repeat(320), chain)).getOriginalMessage())
        .contains("start it under a shorter id");
    assertThat(script.made).isEmpty();
    assertThat(result(start("film", chain)).steps()).hasSize(200);
  }

  @Test
  void decisionsThatAChainWhoseHistoryIsNearlyFullCannotTake_leaveNothingInIt() {
    for (int attempt = 0; attempt < 20; attempt++) {
      script.fails("film.a", FailureType.TASK_FAILED);
    }
    WorkflowStub workflow = start("film", chain(text("a"), text("b")));
    for (int attempt = 0; attempt < 40; attempt++) {
      waitUntil(workflow, progress -> state(progress, "a") == StepState.FAILED, 5);
      Json large =
          json(
              "{'model':'doubao-seedance-2-0','content':[{'type':'text','text':'"
                  + LONG_TEXT
                  + attempt
                  + "'}]}");
      try {
        update(workflow, "retryStep", decision("a", large));
      } catch (WorkflowUpdateException refused) {
        // As of some attempt on.
      }
      for (String update : List.of("approveStep", "skipStep", "raiseBudget")) {
        failureOfUpdate(workflow, update, Map.of("step", "a", "nonsense", LONG_TEXT));
      }
    }

    assertThat(server.history(workflow).getHistory().getSerializedSize()).isLessThan(32 << 20);
    assertThat(
            failureOfUpdate(
                workflow, "skipStep", Payloads.json("{\"step\":\"a\"" + " ".repeat(20_000) + "}")))
        .hasMessageContaining("nearly full");
    update(workflow, "skipStep", Map.of("step", "a"));
    result(workflow);
  }

  @Test
  void bugInAStep_endsTheChainByName_afterWhatOthersMakeIsThere() {
    script.bends(ChainGuardTest::withASourceThatIsNotThere);

    ApplicationFailure failure =
        failureOf(start("film", chain(text("a"), text("b"), extend("longer", "a"))));

    assertThat(failure.getType()).isEqualTo("InternalError");
    assertThat(failure.getOriginalMessage())
        .contains("longer")
        .contains("a NullPointerException in the workflow's code");
    assertThat(script.store).containsKeys("film.a", "film.b");
  }

  private static ChainVerdict withASourceThatIsNotThere(ChainVerdict verdict) {
    ChainPlan plan = ((ChainVerdict.Valid) verdict).plan();
    List<StepPlan> steps = new ArrayList<>();
    for (StepPlan step : plan.steps()) {
      steps.add(
          step.id().equals("longer")
              ? new StepPlan(
                  step.id(),
                  step.request(),
                  step.approve(),
                  List.of("nobody"),
                  step.summary(),
                  step.worstCase())
              : step);
    }
    return new ChainVerdict.Valid(
        new ChainPlan(steps, plan.notes(), plan.worstCase(), plan.options()));
  }

  @Test
  void bugInADecision_endsTheDecisionByName_andTheChainGoesOn() {
    script.fails("film.a", FailureType.TASK_FAILED);
    WorkflowStub workflow = start("film", chain(text("a"), text("b")));
    waitUntil(workflow, progress -> state(progress, "a") == StepState.FAILED, 5);
    script.bends(
        verdict -> {
          ChainPlan plan = ((ChainVerdict.Valid) verdict).plan();
          return new ChainVerdict.Valid(
              new ChainPlan(List.of(), plan.notes(), plan.worstCase(), plan.options()));
        });

    assertThat(failureOfUpdate(workflow, "retryStep", decision("a", json(DOG))).getType())
        .isEqualTo("InternalError");
    script.bends(verdict -> verdict);
    update(workflow, "retryStep", Map.of("step", "a"));

    assertThat(result(workflow).steps()).hasSize(2);
  }

  @Test
  void decisionsOfAChainWhoseHistoryIsNearlyFull_areRefusedByName_andWhatEndsItIsTaken() {
    for (int attempt = 0; attempt < 20; attempt++) {
      script.fails("film.a", FailureType.TASK_FAILED);
    }
    WorkflowStub workflow = start("film", chain(text("a"), text("b")));
    String refused = null;
    for (int attempt = 0; refused == null && attempt < 20; attempt++) {
      waitUntil(workflow, progress -> state(progress, "a") == StepState.FAILED, 5);
      Json large =
          json(
              "{'model':'doubao-seedance-2-0','content':[{'type':'text','text':'"
                  + LONG_TEXT
                  + attempt
                  + "'}]}");
      try {
        update(workflow, "retryStep", decision("a", large));
      } catch (WorkflowUpdateException why) {
        refused = ((ApplicationFailure) why.getCause()).getOriginalMessage();
      }
    }

    assertThat(refused).contains("the chain's history is nearly full").contains("reuse");
    update(workflow, "skipStep", Map.of("step", "a"));
    assertThat(result(workflow).steps())
        .extracting(ChainResult.Step::state)
        .containsExactly(StepState.SKIPPED, StepState.DONE);
  }

  private static final String LONG_TEXT = "cat ".repeat(200_000);

  private static final String DOG =
      "{'model':'doubao-seedance-2-0','content':[{'type':'text','text':'a dog'}]}";
}
