package seedance.workflows.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static seedance.workflows.chain.Chains.chain;
import static seedance.workflows.chain.Chains.extend;
import static seedance.workflows.chain.Chains.json;
import static seedance.workflows.chain.Chains.next;
import static seedance.workflows.chain.Chains.text;

import io.temporal.client.WorkflowStub;
import java.util.Map;
import org.junit.jupiter.api.Test;
import seedance.workflows.generation.FailureType;
import seedance.workflows.json.Json;

/**
 * A failed step whose task may yet give its clip: it is taken by whatever retry asks for no more
 * than that clip, and bought again only by a request for another.
 */
class TaskLeftTest extends ChainFixture {

  @Test
  void retryWithTheRequestAsItWasSent_inAnotherOrder_takesIt_andItsCostIsNotForgotten() {
    WorkflowStub workflow = withATaskLeft("{'budget':{'amount':11}}", text("a"), next("b", "a"));
    Json asSent =
        Json.NULL
            .with("return_last_frame", true)
            .with("model", Chains.V20)
            .with("content", json("[" + Chains.TEXT + "]"));
    assertThat(asSent).isEqualTo(script.requests.get("film.a"));

    update(workflow, "retryStep", decision("a", asSent));

    assertThat(result(workflow).cost().inWords()).isEqualTo("10.02 CNY");
    assertThatTheTaskWasTaken();
  }

  @Test
  void retryWithAnOptionalNull_whichIsNotSent_takesIt() {
    WorkflowStub workflow = withATaskLeft("{'budget':{'amount':6}}", text("a"));

    update(workflow, "retryStep", decision("a", body(text("a", "'seed':null"))));

    assertThat(result(workflow).cost().inWords()).isEqualTo("5.01 CNY");
    assertThatTheTaskWasTaken();
  }

  @Test
  void retryWithANullThatIsSent_isAnotherRequest() {
    WorkflowStub workflow = withATaskLeft("{'generation':{'allowUnknownFields':true}}", text("a"));

    update(workflow, "retryStep", decision("a", body(text("a", "'some_flag':null"))));

    assertThat(result(workflow).cost().atMost()).containsExactly("a");
    assertThat(script.submissions).doesNotHaveDuplicates();
  }

  @Test
  void editOfAnotherStep_thatTakesTheLastFrameNoMore_leavesItToBeTaken() {
    WorkflowStub workflow = withATaskLeft("{'budget':{'amount':12}}", text("a"), next("b", "a"));

    update(workflow, "approveStep", decision("b", body(extend("b", "a"))));
    update(workflow, "retryStep", Map.of("step", "a"));

    assertThat(result(workflow).cost().inWords()).isEqualTo("10.02 CNY");
    assertThatTheTaskWasTaken();
  }

  @Test
  void editOfAnotherStep_thatNeedsALastFrameWhichItHasNot_isRefused_untilAnotherIsAskedFor() {
    WorkflowStub workflow = withATaskLeft("null", text("a"), extend("b", "a"));

    assertThat(refusal(workflow, "approveStep", decision("b", body(next("b", "a")))))
        .contains("without the last frame", "return_last_frame");
    update(workflow, "retryStep", decision("a", body(text("a", "'return_last_frame':true"))));
    update(workflow, "approveStep", decision("b", body(next("b", "a"))));
    ChainResult result = result(workflow);

    assertThat(result.cost().atMost()).containsExactly("a");
    assertThat(script.submissions).doesNotHaveDuplicates();
  }

  @Test
  void editOfAnotherStep_thatNeedsALastFrame_isTaken_whereNoTaskIsLeft() {
    script.fails("film.a", FailureType.TASK_FAILED);
    WorkflowStub workflow = start("film", chain(text("a"), extend("b", "a")));
    waitUntil(workflow, progress -> state(progress, "a") == StepState.FAILED, 5);

    update(workflow, "approveStep", decision("b", body(next("b", "a"))));
    update(workflow, "retryStep", Map.of("step", "a"));
    result(workflow);

    assertThat(script.requests.get("film.a").isTrue("return_last_frame")).isTrue();
  }

  @Test
  void retryThatEndedWithoutKnowingOfIt_isFollowedByOneThatStillLooksForIt() {
    WorkflowStub workflow = withATaskLeft("{'budget':{'amount':8}}", text("a"));
    script
        .fails("film.a", FailureType.SUBMISSION_UNKNOWN)
        .fails("film.a", FailureType.SUBMISSION_UNKNOWN);
    for (int attempt = 1; attempt <= 3; attempt++) {
      int made = attempt;
      waitUntil(
          workflow,
          progress -> state(progress, "a") == StepState.FAILED && script.made.size() == made,
          5);
      update(workflow, "retryStep", Map.of("step", "a"));
    }

    assertThat(result(workflow).cost().inWords()).isEqualTo("5.01 CNY");
    assertThat(script.submissions).hasSize(4).containsOnly(script.submissions.get(0));
  }

  @Test
  void submissionThatWasGivenUp_whereNoTaskWasLeft_isFollowedByAnother() {
    script.fails("film.a", FailureType.SUBMISSION_UNKNOWN);
    WorkflowStub workflow = start("film", chain(text("a")));
    waitUntil(workflow, progress -> state(progress, "a") == StepState.FAILED, 5);
    update(workflow, "retryStep", Map.of("step", "a"));
    result(workflow);

    assertThat(script.submissions).doesNotHaveDuplicates();
  }

  private static Json body(String step) {
    return json(step).at("request");
  }

  private WorkflowStub withATaskLeft(String options, String... steps) {
    script.fails("film.a", FailureType.DEADLINE_PASSED);
    WorkflowStub workflow = start("film", chain(steps), options);
    waitUntil(workflow, progress -> state(progress, "a") == StepState.FAILED, 5);
    return workflow;
  }

  private void assertThatTheTaskWasTaken() {
    assertThat(script.submissions.get(1)).isEqualTo(script.submissions.get(0));
    assertThat(script.submittedBefore.get(1)).isTrue();
  }
}
