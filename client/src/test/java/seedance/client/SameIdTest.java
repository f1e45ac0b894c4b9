package seedance.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static seedance.client.InMemorySystem.BODY;
import static seedance.client.InMemorySystem.await;

import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import seedance.workflows.generation.VideoGenerationWorkflow;
import seedance.workflows.json.Json;

/** The same workflow id twice. */
class SameIdTest {
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
  void theSameRequest_whileItRuns_isFollowed_andSaidNotToBeNew() {
    GenerationHandle first = seedance.start(BODY, id("held-twice"));

    GenerationHandle second = seedance.start(BODY, id("held-twice"));

    assertThat(first.isNew()).isTrue();
    assertThat(second.isNew()).isFalse();
    assertThat(second.workflowId()).isEqualTo("held-twice");
    first.cancel();
  }

  @Test
  void theSameRequest_afterItSucceeded_givesTheFirstResult() {
    seedance.start(BODY, id("made-once")).result();

    GenerationHandle second = seedance.start(BODY, id("made-once").startingAgain());

    assertThat(second.isNew()).isFalse();
    assertThat(second.result().taskId()).isEqualTo("cgt-1");
    assertThat(system.activities().submissionsOf("made-once")).isEqualTo(1);
  }

  @Test
  void theSameRequest_fromSeveralAtOnce_isStartedOnce() throws Exception {
    ExecutorService clients = Executors.newFixedThreadPool(6);
    List<Callable<GenerationHandle>> starts = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      starts.add(() -> seedance.start(BODY, id("raced")));
    }

    List<GenerationHandle> handles = new ArrayList<>();
    for (Future<GenerationHandle> start : clients.invokeAll(starts)) {
      handles.add(start.get());
    }
    clients.shutdown();

    assertThat(handles).filteredOn(GenerationHandle::isNew).hasSize(1);
    assertThat(handles.get(0).result().taskId()).isEqualTo("cgt-1");
    assertThat(system.activities().submissionsOf("raced")).isEqualTo(1);
  }

  @Test
  void orderOfFields_nulls_andSpelledOutDefaults_areTheSameRequest() {
    seedance.start(BODY, id("held-same"));
    Map<String, Object> other = new LinkedHashMap<>();
    other.put("content", List.of(text("a secret cat")));
    other.put("seed", null);
    other.put("model", "doubao-seedance-2-0");
    Json defaults = new Json(Map.of("submitWithin", "P1D", "onCancel", "ABANDON"));

    GenerationHandle second = seedance.start(new Json(other), id("held-same").options(defaults));

    assertThat(second.isNew()).isFalse();
    second.cancel();
  }

  @Test
  void anotherRequest_isRefused_namingThePlaces_andNeverThePrompt() {
    GenerationHandle first =
        seedance.start(BODY, id("held-other").options(new Json(Map.of("deadline", "PT1H"))));
    Json other =
        new Json(
            Map.of(
                "model",
                "doubao-seedance-2-0",
                "content",
                List.of(text("a secret dog")),
                "duration",
                10));

    DifferentRequestException different =
        catchThrowableOfType(
            DifferentRequestException.class, () -> seedance.start(other, id("held-other")));

    assertThat(different.paths())
        .containsExactlyInAnyOrder("content[0].text", "duration", "options.deadline");
    assertThat(different)
        .hasMessageContaining("held-other", "content[0].text", "duration")
        .message()
        .doesNotContain("secret");
    assertThat(seedance.handle(different.workflowId()).isOver()).isFalse();
    first.cancel();
  }

  @Test
  void aGenerationOfAnyOtherClient_isComparedToo() {
    WorkflowStub others =
        others(
            VideoGenerationWorkflow.TYPE,
            "held-of-another",
            VideoGenerationWorkflow.DEFAULT_TASK_QUEUE);
    others.start(BODY.tree());

    assertThat(seedance.start(BODY, id("held-of-another")).isNew()).isFalse();
    assertThatThrownBy(
            () ->
                seedance.start(
                    BODY, id("held-of-another").options(new Json(Map.of("onCancel", "COLLECT")))))
        .isInstanceOf(DifferentRequestException.class)
        .hasMessageContaining("options.onCancel");
    others.cancel();
  }

  @Test
  void anAdoptionWithoutABody_isFollowed_andComparedByItsTask() {
    GenerationStart adopting = id("held-adopted").options(adopt("cgt-1"));
    GenerationHandle first = seedance.start(Json.NULL, adopting);

    assertThat(seedance.start(Json.NULL, adopting).isNew()).isFalse();
    assertThatThrownBy(() -> seedance.start(Json.NULL, adopting.options(adopt("cgt-2"))))
        .isInstanceOf(DifferentRequestException.class)
        .hasMessageContaining("options.adopt.taskId");
    first.cancel();
  }

  private static Json adopt(String taskId) {
    return new Json(Map.of("adopt", Map.of("taskId", taskId)));
  }

  @Test
  void anIdOfAnotherWorkflow_isRefused_namingItsType() {
    WorkflowStub other = others("SomeoneElses", "held-by-someone-else", "nobody-polls");
    other.start("anything");

    assertThatThrownBy(() -> seedance.start(BODY, id("held-by-someone-else")))
        .isInstanceOf(DifferentRequestException.class)
        .hasMessageContaining("is no generation but a SomeoneElses");
    other.terminate("by a test");
  }

  @Test
  void aCancelledGenerationWhoseClipIsStored_isNotMadeAgain() {
    GenerationStart collecting =
        id("held-collected").options(new Json(Map.of("onCancel", "COLLECT")));
    GenerationHandle first = seedance.start(BODY, collecting);
    await().until(() -> first.progress().looks() > 0);
    system.activities().release();
    first.cancel();
    first.result();

    GenerationHandle second = seedance.start(BODY, collecting);

    assertThat(second.isNew()).isFalse();
    assertThat(system.activities().submissionsOf("held-collected")).isEqualTo(1);
  }

  private static WorkflowStub others(String type, String workflowId, String taskQueue) {
    return system
        .workflowClient()
        .newUntypedWorkflowStub(
            type,
            WorkflowOptions.newBuilder().setWorkflowId(workflowId).setTaskQueue(taskQueue).build());
  }

  private static GenerationStart id(String workflowId) {
    return GenerationStart.withId(workflowId);
  }

  private static Map<String, String> text(String prompt) {
    return Map.of("type", "text", "text", prompt);
  }
}
