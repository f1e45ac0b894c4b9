package seedance.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static seedance.client.InMemorySystem.BODY;
import static seedance.client.InMemorySystem.await;

import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.client.WorkflowExecutionDescription;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import seedance.workflows.generation.FailureType;
import seedance.workflows.generation.FailureType.Charged;
import seedance.workflows.generation.FailureType.FailureClass;
import seedance.workflows.generation.GenerationResult;
import seedance.workflows.generation.Progress;
import seedance.workflows.generation.Progress.Stage;
import seedance.workflows.generation.VideoGenerationWorkflow;
import seedance.workflows.json.Json;
import seedance.workflows.json.Violation;
import seedance.workflows.request.ModelCatalogue;
import seedance.workflows.request.Request;

class SeedanceClientTest {
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
  void aStart_runsToItsResult() {
    GenerationResult result = seedance.start(new Request(BODY)).result();

    assertThat(result.taskId()).isEqualTo("cgt-1");
    assertThat(result.artifacts().get(0).location()).hasToString("file:///clips/a/video.mp4");
  }

  @Test
  void madeUpIds_readWell_andSortByTime() {
    String id = seedance.start(new Request(BODY)).workflowId();

    assertThat(id).matches("\\d{8}T\\d{6}Z-text-doubao-seedance-2-0-[0-9a-f]{4}");
    Instant now = Instant.parse("2026-11-22T18:45:01.9Z");
    assertThat(WorkflowIds.next(now, "text-m", new Random(1)))
        .startsWith("20261122T184501Z-text-m-")
        .isLessThan(WorkflowIds.next(now.plusSeconds(1), "frames-m", new Random(1)));
  }

  @Test
  void labels_sayWhatIsMade_andNeverThePrompt() {
    WorkflowExecutionDescription described =
        seedance.start(new Request(BODY)).workflow().describe();

    assertThat(described.getStaticSummary()).isEqualTo("text · doubao-seedance-2-0 · 720p · 5 s");
    assertThat(described.getStaticDetails())
        .contains("**Model:** `doubao-seedance-2-0`")
        .doesNotContain("secret");
  }

  @Test
  void labelsOfAnInvalidRequest_areThere_andTrustNothingOfIt() {
    Json wrong = new Json(Map.of("model", "secret"));

    GenerationHandle generation =
        seedance.start(wrong, GenerationStart.withNewId().withoutValidation());

    WorkflowExecutionDescription described = generation.workflow().describe();
    assertThat(described.getStaticSummary()).isNotBlank().doesNotContain("secret");
    assertThat(described.getStaticDetails()).isNotBlank().doesNotContain("secret");
    assertThat(generation.workflowId()).doesNotContain("secret");
  }

  @Test
  void aWrongRequest_startsNothing_andNamesEveryViolation() {
    Json wrong = new Json(Map.of("model", "doubao-seedance-2-0", "content", "a cat"));
    Json wrongOptions = new Json(Map.of("submitWithin", 5));

    InvalidRequestException invalid =
        catchThrowableOfType(
            InvalidRequestException.class,
            () -> seedance.start(wrong, GenerationStart.withId("wrong").options(wrongOptions)));

    assertThat(invalid.violations())
        .extracting(Violation::path)
        .contains("content", "options.submitWithin");
    assertThat(system.activities().submissionsOf("wrong")).isZero();
    assertThatExceptionOfType(WorkflowNotFoundException.class)
        .isThrownBy(() -> seedance.handle("wrong").result());
  }

  @Test
  void aWrongRequestLeftToTheWorkflow_failsWithTheSameViolations() {
    Json wrong = new Json(Map.of("model", "doubao-seedance-2-0", "content", "a cat"));

    GenerationHandle generation =
        seedance.start(wrong, GenerationStart.withNewId().withoutValidation());

    GenerationFailedException failed = failureOf(generation);
    assertThat(failed.ending()).isEqualTo(Ending.FAILED);
    assertThat(failed.failure()).get().extracting("type").isEqualTo(FailureType.INVALID_REQUEST);
    assertThat(failed.failure().orElseThrow().violations())
        .extracting(Violation::path)
        .containsExactly("content");
  }

  @Test
  void anIdThatFailed_canBeStartedAgain() {
    GenerationStart options = GenerationStart.withId("refused-at-first");
    failureOf(seedance.start(BODY, options));

    GenerationHandle again = seedance.start(BODY, options);

    assertThat(failureOf(again).failure()).isPresent();
  }

  @Test
  void following_tellsEachChangeOnce_andReturnsTheResult() throws InterruptedException {
    List<Progress> heard = new ArrayList<>();
    GenerationHandle generation =
        seedance.start(BODY, GenerationStart.withId("watched-by-a-listener"));

    GenerationResult result =
        generation.follow(
            progress -> {
              heard.add(progress);
              if (progress.stage() == Stage.AWAIT) {
                system.activities().mayEnd(generation.workflowId());
              }
            });

    assertThat(result.taskId()).isEqualTo("cgt-1");
    assertThat(heard).doesNotHaveDuplicates();
    assertThat(heard).extracting(Progress::stage).contains(Stage.AWAIT);
  }

  @Test
  void aFollowerThatIsInterrupted_leavesTheGenerationRunning() throws InterruptedException {
    GenerationHandle generation = seedance.start(BODY, GenerationStart.withId("held-left-alone"));
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    Thread follower =
        new Thread(
            () -> {
              try {
                generation.follow(progress -> {});
              } catch (InterruptedException expected) {
                thrown.set(expected);
              }
            });
    follower.start();

    follower.interrupt();
    follower.join(Duration.ofSeconds(60).toMillis());

    assertThat(thrown.get()).isInstanceOf(InterruptedException.class);
    await().until(() -> generation.progress().looks() > 0);
    assertThat(generation.isOver()).isFalse();
    generation.cancel();
  }

  @Test
  void aGenerationOfAnyOtherClient_isFollowedAndItsFailureRead() {
    WorkflowStub others =
        system
            .workflowClient()
            .newUntypedWorkflowStub(
                VideoGenerationWorkflow.TYPE,
                WorkflowOptions.newBuilder()
                    .setWorkflowId("refused-of-another")
                    .setTaskQueue(VideoGenerationWorkflow.DEFAULT_TASK_QUEUE)
                    .build());
    others.start(BODY.tree());

    GenerationFailedException failed = failureOf(seedance.handle("refused-of-another"));

    assertThat(failed.workflowId()).isEqualTo("refused-of-another");
    assertThat(failed.failure()).get().extracting("type").isEqualTo(FailureType.OUTPUT_MODERATED);
    assertThat(failed).hasMessageContaining("Not charged");
    FailedException plainly = failed;
    assertThat(plainly.type()).contains(FailureType.OUTPUT_MODERATED);
    assertThat(plainly.failureClass()).contains(FailureClass.MODERATION);
    assertThat(plainly.charged()).isEqualTo(Charged.NO);
    assertThat(plainly.advice()).isEqualTo(FailureType.OUTPUT_MODERATED.advice());
    WorkflowFailedException theirs =
        catchThrowableOfType(WorkflowFailedException.class, () -> others.getResult(Void.class));
    assertThat(GenerationFailedException.of(theirs)).hasMessage(failed.getMessage());
  }

  @Test
  void aCancelledGeneration_saysThatItsTaskGoesOn() {
    GenerationHandle generation = seedance.start(BODY, GenerationStart.withId("held-cancelled"));
    await().until(() -> generation.progress().looks() > 0);

    generation.cancel();

    GenerationFailedException failed = failureOf(generation);
    assertThat(failed.ending()).isEqualTo(Ending.CANCELLED);
    assertThat(failed.failure()).get().extracting("type").isEqualTo(FailureType.ABANDONED);
    assertThat(failed).hasMessageContaining("cgt-1").hasMessageContaining("May be charged");
  }

  @Test
  void anIdWhoseEarlierGenerationMayBeCharged_isStartedOnlyOnRequest() {
    GenerationStart options = GenerationStart.withId("held-terminated-before");
    GenerationHandle first = seedance.start(BODY, options);
    await().until(() -> first.progress().looks() > 0);
    first.workflow().terminate("by a test");

    assertThatThrownBy(() -> seedance.start(BODY, options))
        .isInstanceOf(MayBeChargedException.class)
        .hasMessageContaining("its task cgt-1 may be charged");
    GenerationHandle second = seedance.start(BODY, options.startingAgain());
    assertThat(second.isOver()).isFalse();
    second.workflow().terminate("by a test");
  }

  @Test
  void aTerminatedGeneration_namesTheTaskThatItsHistoryKnows() {
    GenerationHandle generation = seedance.start(BODY, GenerationStart.withId("held-terminated"));
    await().until(() -> generation.progress().looks() > 0);

    generation.workflow().terminate("by a test");

    GenerationFailedException failed = failureOf(generation);
    assertThat(failed.ending()).isEqualTo(Ending.TERMINATED);
    assertThat(failed.failure()).isEmpty();
    assertThat(failed.leftBehind()).contains(new LeftBehind.Task("cgt-1"));
    assertThat(failed.type()).isEmpty();
    assertThat(failed.charged()).isEqualTo(Charged.MAYBE);
    assertThat(failed.advice()).contains("options.adopt");
    assertThat(failed).hasMessageContaining("its task cgt-1 may be charged");
    WorkflowFailedException theirs =
        catchThrowableOfType(
            WorkflowFailedException.class, () -> generation.workflow().getResult(Void.class));
    assertThat(GenerationFailedException.of(theirs).leftBehind())
        .contains(new LeftBehind.NotKnown());
    assertThatThrownBy(() -> generation.follow(progress -> {})).hasMessage(failed.getMessage());
  }

  @Test
  void aRunThatTheServerHasForgotten_isNotKnown_andNothingThrows() {
    EndedRuns ended = new EndedRuns(system.workflowClient());
    WorkflowExecution forgotten =
        WorkflowExecution.newBuilder()
            .setWorkflowId("forgotten")
            .setRunId("0d6c1c2e-6f2a-4a0f-9b5e-3c5f6f3e2a11")
            .build();

    assertThat(ended.generation(forgotten)).isEqualTo(new LeftBehind.NotKnown());
    assertThat(ended.steps(forgotten))
        .isEqualTo(Map.of(EndedRuns.ANY_STEP, new LeftBehind.NotKnown()));
  }

  @Test
  void aGenerationThatNoWorkerTakes_saysSo_whileItIsFollowed() throws InterruptedException {
    SeedanceClient nobody =
        new SeedanceClient(system.workflowClient(), "nobody-polls", ModelCatalogue.builtIn());
    GenerationHandle generation = nobody.start(new Request(BODY));
    CountDownLatch said = new CountDownLatch(1);
    Thread follower = new Thread(() -> followUntilInterrupted(generation, said));
    follower.start();

    assertThatExceptionOfType(NoWorkerAnswersException.class).isThrownBy(generation::progress);
    assertThat(said.await(60, TimeUnit.SECONDS)).isTrue();

    follower.interrupt();
    follower.join();
    generation.workflow().terminate("by a test");
  }

  private static void followUntilInterrupted(GenerationHandle generation, CountDownLatch said) {
    try {
      generation.follow(
          new FollowListener<Progress>() {
            @Override
            public void progressed(Progress progress) {}

            @Override
            public void noWorkerAnswers() {
              said.countDown();
            }
          });
    } catch (InterruptedException expected) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void anUnknownId_isNotFound() {
    assertThatExceptionOfType(WorkflowNotFoundException.class)
        .isThrownBy(() -> seedance.handle("nobody").follow(progress -> {}));
  }

  private static GenerationFailedException failureOf(GenerationHandle generation) {
    return catchThrowableOfType(GenerationFailedException.class, generation::result);
  }
}
