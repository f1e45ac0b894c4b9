package seedance.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static seedance.client.InMemorySystem.BODY;
import static seedance.client.InMemorySystem.await;

import io.temporal.client.WorkflowNotFoundException;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import seedance.workflows.generation.FailureType;
import seedance.workflows.generation.Progress.Stage;
import seedance.workflows.generation.SubmissionDecision;
import seedance.workflows.generation.SubmissionDecision.Adopt;
import seedance.workflows.generation.SubmissionDecision.Fail;
import seedance.workflows.generation.SubmissionDecision.Resubmit;
import seedance.workflows.json.Json;
import seedance.workflows.request.ModelCatalogue;
import seedance.workflows.request.Request;

class ResolveTest {
  private static InMemorySystem system;
  private static SeedanceClient seedance;

  @BeforeAll
  static void start() throws IOException {
    system = new InMemorySystem();
    seedance = new SeedanceClient(system.workflowClient());
  }

  @AfterAll
  static void stop() {
    system.close();
  }

  @Test
  void adopting_goesOnWithThatTask_andSubmitsNothing() {
    GenerationHandle generation = asking("lost-adopted");

    generation.resolve(new Adopt("cgt-2"));

    assertThat(generation.result().taskId()).isEqualTo("cgt-2");
    assertThat(system.activities().submissionsOf("lost-adopted")).isEqualTo(1);
  }

  @Test
  void resubmitting_submitsOnceMore() {
    GenerationHandle generation = asking("lost-resubmitted");

    generation.resolve(new Resubmit());

    assertThat(generation.result().taskId()).isEqualTo("cgt-1");
    assertThat(system.activities().submissionsOf("lost-resubmitted")).isEqualTo(2);
  }

  @Test
  void givingUp_fails_withTheReason() {
    GenerationHandle generation = asking("lost-given-up");

    generation.resolve(new Fail("not worth it"));

    GenerationFailedException failed =
        catchThrowableOfType(GenerationFailedException.class, generation::result);
    assertThat(failed.failure()).get().extracting("type").isEqualTo(FailureType.SUBMISSION_UNKNOWN);
    assertThat(failed).hasMessageContaining("not worth it").hasMessageContaining("May be charged");
  }

  @Test
  void aTaskThatDoesNotExist_isRefused_withTheReason_andTheWaitGoesOn() {
    GenerationHandle generation = asking("lost-refused");

    assertThatThrownBy(() -> generation.resolve(new Adopt("cgt-unknown")))
        .isInstanceOf(DecisionRefusedException.class)
        .hasMessage("the service knows no such task");
    assertThat(generation.progress().stage()).isEqualTo(Stage.DECIDE);
    generation.cancel();
  }

  @Test
  void aDecisionThatNobodyWaitsFor_isRefused_withTheReason() {
    GenerationHandle generation = seedance.start(BODY, GenerationStart.withId("held-decided"));
    await().until(() -> generation.progress().stage() == Stage.AWAIT);

    DecisionRefusedException refused =
        catchThrowableOfType(
            DecisionRefusedException.class, () -> generation.resolve(new Resubmit()));

    assertThat(refused.workflowId()).isEqualTo("held-decided");
    assertThat(refused).hasMessage("no submission of this generation waits for a decision");
    generation.cancel();
  }

  @Test
  void resubmittingWhileTheTaskIsLookedFor_isRefused_adoptingIsNot() {
    GenerationHandle generation =
        seedance.start(BODY, GenerationStart.withId("lost-sought-by-client"));
    await().until(() -> generation.progress().stage() == Stage.RECONCILE);

    assertThatExceptionOfType(DecisionRefusedException.class)
        .isThrownBy(() -> generation.resolve(new Resubmit()))
        .withMessageContaining("still being looked for");
    generation.resolve(new Adopt("cgt-1"));

    assertThat(generation.result().taskId()).isEqualTo("cgt-1");
  }

  @Test
  void whatHasEnded_isNotFound() {
    GenerationHandle ended = seedance.start(new Request(BODY));
    ended.result();

    assertThatExceptionOfType(WorkflowNotFoundException.class)
        .isThrownBy(() -> ended.resolve(new Resubmit()));
  }

  @Test
  void withoutAWorker_itIsSaid_inTime() {
    GenerationHandle generation =
        new SeedanceClient(system.workflowClient(), "nobody-polls", ModelCatalogue.builtIn())
            .start(new Request(BODY));
    SubmissionDecision decision = new Resubmit();

    assertThatExceptionOfType(NoWorkerAnswersException.class)
        .isThrownBy(() -> generation.resolve(decision));
    generation.workflow().terminate("by a test");
  }

  @Test
  void aTaskToAdopt_needsNoBody() {
    GenerationStart adopting =
        GenerationStart.withNewId()
            .options(new Json(Map.of("adopt", Map.of("taskId", "cgt-of-before"))));

    GenerationHandle generation = seedance.start(Json.NULL, adopting);

    assertThat(generation.workflowId()).contains("-adopted-");
    assertThat(generation.workflow().describe().getStaticSummary()).isEqualTo("an adopted task");
    assertThat(generation.result().taskId()).isEqualTo("cgt-of-before");
    assertThat(system.activities().submissionsOf(generation.workflowId())).isZero();
  }

  private static GenerationHandle asking(String workflowId) {
    GenerationHandle generation = seedance.start(BODY, GenerationStart.withId(workflowId));
    await().until(() -> generation.progress().stage() == Stage.DECIDE);
    return generation;
  }
}
