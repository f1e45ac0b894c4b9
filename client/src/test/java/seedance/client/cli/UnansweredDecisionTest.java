package seedance.client.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static seedance.client.InMemorySystem.BODY;
import static seedance.client.InMemorySystem.await;

import io.temporal.api.enums.v1.QueryResultType;
import io.temporal.api.taskqueue.v1.TaskQueue;
import io.temporal.api.workflowservice.v1.PollWorkflowTaskQueueRequest;
import io.temporal.api.workflowservice.v1.PollWorkflowTaskQueueResponse;
import io.temporal.api.workflowservice.v1.RespondQueryTaskCompletedRequest;
import io.temporal.api.workflowservice.v1.RespondWorkflowTaskCompletedRequest;
import io.temporal.api.workflowservice.v1.WorkflowServiceGrpc.WorkflowServiceBlockingStub;
import io.temporal.common.converter.DefaultDataConverter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import seedance.client.ChainHandle;
import seedance.client.ChainStart;
import seedance.client.DevServer;
import seedance.client.FakeWorker;
import seedance.client.GenerationHandle;
import seedance.client.GenerationStart;
import seedance.client.SeedanceClient;
import seedance.workflows.chain.StepState;
import seedance.workflows.generation.Progress;
import seedance.workflows.generation.Progress.Stage;
import seedance.workflows.generation.SubmissionDecision;
import seedance.workflows.json.Json;
import seedance.workflows.request.ModelCatalogue;

/**
 * Decisions that no worker takes; the server keeps what was sent for the next one. Only the real
 * dev server hands the questions about a workflow to another worker than its last.
 */
class UnansweredDecisionTest {
  @RegisterExtension static final DevServer SERVER = new DevServer();

  @TempDir private Path folder;

  @Test
  void whereNoWorkerAnswers_nothingIsSent_andTheNextWorkerTakesAnotherDecision() {
    try (FakeWorker leaving = new FakeWorker(SERVER.address(), "left")) {
      SeedanceClient seedance =
          new SeedanceClient(leaving.workflowClient(), "left", ModelCatalogue.builtIn());
      GenerationHandle lost = seedance.start(BODY, id("lost-unsent"));
      ChainHandle film =
          seedance.startChain(
              new Json(
                  Map.of(
                      "steps",
                      List.of(Map.of("id", "only", "approve", true, "request", BODY.tree())))),
              ChainStart.withId("film-unsent"));
      await().until(() -> lost.progress().stage() == Stage.DECIDE);
      await().until(() -> film.progress().steps().get(0).state() == StepState.APPROVAL);
    }

    CompletableFuture<CommandRun> resolved = later("resolve", "lost-unsent", "--resubmit");
    CompletableFuture<CommandRun> approved = later("approve", "film-unsent", "only");
    for (CommandRun run : List.of(resolved.join(), approved.join())) {
      assertThat(run.exitCode()).isEqualTo(3);
      assertThat(run.err()).contains("-unsent: no worker answers, so nothing was sent");
    }

    try (FakeWorker next = new FakeWorker(SERVER.address(), "left")) {
      SeedanceClient seedance = new SeedanceClient(next.workflowClient());
      GenerationHandle lost = seedance.handle("lost-unsent");
      await().until(() -> lost.progress().stage() == Stage.DECIDE);
      lost.resolve(new SubmissionDecision.Adopt("cgt-2"));
      seedance.chain("film-unsent").skip("only");

      assertThat(lost.result().taskId()).isEqualTo("cgt-2");
      assertThat(next.activities().submissionsOf("lost-unsent")).isZero();
      assertThat(next.activities().submissionsOf("film-unsent.only")).isZero();
    }
  }

  @Test
  void aDecisionThatWasSent_andThatNoWorkerAnsweredYet_isNotSaidToBeUntaken() {
    SeedanceClient seedance = new SeedanceClient(SERVER.worker().workflowClient());
    GenerationHandle other = seedance.start(BODY, id("held-answers"));
    await().until(() -> other.progress().stage() == Stage.AWAIT);
    Progress progress = other.progress();
    new SeedanceClient(SERVER.worker().workflowClient(), "answers-once", ModelCatalogue.builtIn())
        .start(BODY, id("answers-once"));
    PollWorkflowTaskQueueResponse begun = poll("answers-once");
    service()
        .respondWorkflowTaskCompleted(
            RespondWorkflowTaskCompletedRequest.newBuilder()
                .setNamespace("default")
                .setTaskToken(begun.getTaskToken())
                .build());

    CompletableFuture<CommandRun> resolved = later("resolve", "answers-once", "--resubmit");
    answer(poll("answers-once"), progress);

    CommandRun run = resolved.join();
    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.err())
        .contains("answers-once: no worker has answered yet", "the next worker may carry it out")
        .contains("./seedance show answers-once")
        .doesNotContain("nothing was sent", "Decide again");
    seedance.handle("answers-once").workflow().terminate("by a test");
  }

  private static PollWorkflowTaskQueueResponse poll(String taskQueue) {
    return service()
        .pollWorkflowTaskQueue(
            PollWorkflowTaskQueueRequest.newBuilder()
                .setNamespace("default")
                .setTaskQueue(TaskQueue.newBuilder().setName(taskQueue))
                .build());
  }

  private static void answer(PollWorkflowTaskQueueResponse question, Progress progress) {
    assertThat(question.getQuery().getQueryType()).isEqualTo("progress");
    service()
        .respondQueryTaskCompleted(
            RespondQueryTaskCompletedRequest.newBuilder()
                .setNamespace("default")
                .setTaskToken(question.getTaskToken())
                .setCompletedType(QueryResultType.QUERY_RESULT_TYPE_ANSWERED)
                .setQueryResult(
                    DefaultDataConverter.STANDARD_INSTANCE.toPayloads(progress).orElseThrow())
                .build());
  }

  private static WorkflowServiceBlockingStub service() {
    return SERVER.worker().workflowClient().getWorkflowServiceStubs().blockingStub();
  }

  private static GenerationStart id(String workflowId) {
    return GenerationStart.withId(workflowId);
  }

  private CompletableFuture<CommandRun> later(String... arguments) {
    return CompletableFuture.supplyAsync(
        () -> CommandRun.in(folder, Map.of("TEMPORAL_ADDRESS", SERVER.address()), "", arguments));
  }
}
