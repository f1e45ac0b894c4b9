package seedance.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static seedance.client.InMemorySystem.BODY;
import static seedance.client.InMemorySystem.await;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import seedance.workflows.generation.Progress.Stage;
import seedance.workflows.json.Json;

/** A task that is taken over under the id of a generation that left it. */
class AdoptedIdTest {
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

  @ParameterizedTest
  @CsvSource({
    "held-nowhere, cgt-unknown, PT1H, NothingToAdopt",
    "held-invalid, cgt-1, soon, InvalidRequest",
    "held-cancelled, cgt-later, PT1H, Abandoned",
  })
  void anAdoptionThatTookNothingOver_isNoProofThatItsIdWasNotCharged(
      String id, String task, String deadline, String type) {
    terminated(id, Stage.AWAIT);
    Json options = new Json(Map.of("adopt", Map.of("taskId", task), "deadline", deadline));
    GenerationHandle adoption =
        seedance.start(Json.NULL, id(id).options(options).withoutValidation());
    if (task.equals("cgt-later")) {
      await().until(() -> adoption.progress().lastProblem() != null);
      adoption.cancel();
    }
    assertThat(failureOf(adoption).failure())
        .get()
        .extracting(failure -> failure.type().type())
        .isEqualTo(type);

    MayBeChargedException refused =
        catchThrowableOfType(MayBeChargedException.class, () -> seedance.start(BODY, id(id)));

    assertThat(refused)
        .hasMessageContaining(id + " may be charged")
        .message()
        .doesNotContain("Not charged");
    assertThat(system.activities().submissionsOf(id)).isEqualTo(1);
    assertThat(refused).hasMessageContaining("task " + task);
    if (type.equals("InvalidRequest")) {
      assertThat(refused.leftBehind()).contains(new LeftBehind.Task(task));
    }
  }

  @Test
  void theTaskOfAGeneration_isTakenOverWithTheRequestItWasMadeFrom_andFollowed() {
    terminated("held-taken-over", Stage.AWAIT);

    GenerationHandle adoption = seedance.start(Json.NULL, adopting("held-taken-over", "cgt-1"));

    assertThat(adoption.isNew()).isTrue();
    assertThat(seedance.requestOf(adoption)).isEqualTo(BODY);
    assertThat(seedance.start(Json.NULL, adopting("held-taken-over", "cgt-1")).isNew()).isFalse();
  }

  @Test
  void anotherTask_isTakenOverWithoutTheRequest() {
    terminated("held-another", Stage.AWAIT);

    GenerationHandle adoption = seedance.start(Json.NULL, adopting("held-another", "cgt-2"));

    assertThat(seedance.requestOf(adoption)).isEqualTo(Json.NULL);
  }

  @Test
  void theTaskOfALostSubmission_isTakenOverWithItsRequest_afterAMistypedOneToo() {
    terminated("lost-taken-over", Stage.DECIDE);

    GenerationHandle mistyped =
        seedance.start(Json.NULL, adopting("lost-taken-over", "cgt-unknown"));
    assertThat(failureOf(mistyped)).isNotNull();
    GenerationHandle adoption = seedance.start(Json.NULL, adopting("lost-taken-over", "cgt-2"));

    assertThat(seedance.requestOf(adoption)).isEqualTo(BODY);
  }

  private static void terminated(String workflowId, Stage stage) {
    GenerationHandle generation = seedance.start(BODY, id(workflowId));
    await()
        .until(
            () ->
                generation.progress().stage() == stage
                    && (stage != Stage.AWAIT || generation.progress().looks() > 0));
    generation.workflow().terminate("by a test");
  }

  private static GenerationStart adopting(String workflowId, String task) {
    return id(workflowId).options(new Json(Map.of("adopt", Map.of("taskId", task))));
  }

  private static GenerationStart id(String workflowId) {
    return GenerationStart.withId(workflowId);
  }

  private static GenerationFailedException failureOf(GenerationHandle generation) {
    return catchThrowableOfType(GenerationFailedException.class, generation::result);
  }
}
