package seedance.workflows.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static seedance.workflows.chain.Chains.chain;
import static seedance.workflows.chain.Chains.json;
import static seedance.workflows.chain.Chains.text;

import io.temporal.client.WorkflowStub;
import io.temporal.failure.ApplicationFailure;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import seedance.workflows.InMemoryServer;
import seedance.workflows.Payloads;

/** What is no JSON is refused by name, and never quoted. */
class UnreadVideoChainTest extends ChainFixture {
  private static final String SECRET = "a very private cat";

  @Test
  void chainThatIsNoJson_failsByName_andIsNotQuoted() {
    ApplicationFailure failure = failureOf(startRaw(Payloads.json("{'" + SECRET), null));

    assertThat(failure.getType()).isEqualTo("InvalidRequest");
    assertThat(failure.getOriginalMessage()).contains("cannot be read").doesNotContain(SECRET);
    assertThat(script.made).isEmpty();
  }

  @Test
  void chainOfBytes_failsByName_andIsNotQuoted() {
    ApplicationFailure failure = failureOf(startRaw(Payloads.bytes(SECRET), null));

    assertThat(failure.getType()).isEqualTo("InvalidRequest");
    assertThat(failure.getOriginalMessage()).doesNotContain(SECRET);
  }

  @Test
  void optionsThatAreNoJson_failByName_andAreNotQuoted() {
    ApplicationFailure failure = failureOf(startRaw(json(chain(text("a"))), Payloads.json(SECRET)));

    assertThat(failure.getType()).isEqualTo("InvalidRequest");
    assertThat(failure.getOriginalMessage()).contains("options").doesNotContain(SECRET);
    assertThat(script.made).isEmpty();
  }

  @Test
  void chainThatIsAbsent_failsByName() {
    WorkflowStub workflow = stub();
    workflow.start();

    assertThat(failureOf(workflow).getOriginalMessage()).contains("is missing");
  }

  @ParameterizedTest
  @ValueSource(strings = {"approveStep", "retryStep", "skipStep", "raiseBudget"})
  void decisionThatIsNoJson_isRefusedByName_notQuoted_andChangesNothing(String update) {
    WorkflowStub workflow = start("film", chain(approved(text("a"))));
    waitUntil(workflow, progress -> state(progress, "a") == StepState.APPROVAL);

    assertThat(refusal(workflow, update, Payloads.json("{\"step\":\"" + SECRET)))
        .contains("cannot be read")
        .doesNotContain(SECRET);
    assertThat(refusal(workflow, update, Payloads.bytes(SECRET))).doesNotContain(SECRET);
    update(workflow, "approveStep", Map.of("step", "a"));
    result(workflow);
  }

  private WorkflowStub startRaw(Object chain, Object options) {
    WorkflowStub workflow = stub();
    workflow.start(chain, options);
    return workflow;
  }

  private WorkflowStub stub() {
    return server
        .getWorkflowClient()
        .newUntypedWorkflowStub(
            VideoChainWorkflow.TYPE, InMemoryServer.options().setWorkflowId("film").build());
  }
}
