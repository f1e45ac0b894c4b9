package seedance.client.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Server;
import io.grpc.ServerBuilder;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.workflowservice.v1.GetSystemInfoRequest;
import io.temporal.api.workflowservice.v1.GetSystemInfoResponse;
import io.temporal.api.workflowservice.v1.StartWorkflowExecutionRequest;
import io.temporal.api.workflowservice.v1.StartWorkflowExecutionResponse;
import io.temporal.api.workflowservice.v1.WorkflowServiceGrpc.WorkflowServiceImplBase;
import io.temporal.client.WorkflowServiceException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Starts that the Temporal server did not take, or of which nobody knows whether it did. */
class UnansweredStartTest {
  private static final String BODY =
      "{\"model\":\"doubao-seedance-2-0\",\"content\":[{\"type\":\"text\",\"text\":\"waves\"}]}";
  private static final String CHAIN = "{\"steps\":[{\"id\":\"only\",\"request\":" + BODY + "}]}";

  @TempDir private Path folder;

  /** Takes every start, and breaks each call off before it has answered. */
  private static final class BreaksOff extends WorkflowServiceImplBase {
    final List<String> taken = new CopyOnWriteArrayList<>();

    @Override
    public void getSystemInfo(
        GetSystemInfoRequest request, StreamObserver<GetSystemInfoResponse> answer) {
      answer.onNext(GetSystemInfoResponse.getDefaultInstance());
      answer.onCompleted();
    }

    @Override
    public void startWorkflowExecution(
        StartWorkflowExecutionRequest request,
        StreamObserver<StartWorkflowExecutionResponse> answer) {
      taken.add(request.getWorkflowId());
      answer.onError(Status.CANCELLED.asRuntimeException());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"generate|" + BODY, "chain|" + CHAIN})
  void startWithoutAnAnswer_isNotSaidToBeUndone_andIsToldByItsId(String command, String file)
      throws IOException {
    BreaksOff service = new BreaksOff();
    Server server = ServerBuilder.forPort(0).addService(service).build().start();
    try {
      CommandRun run =
          CommandRun.in(
              folder,
              Map.of("TEMPORAL_ADDRESS", "127.0.0.1:" + server.getPort()),
              file,
              command,
              "-");

      String id = service.taken.get(0);
      assertThat(run.exitCode()).isEqualTo(3);
      assertThat(run.err())
          .contains(id + " may have been started", "./seedance show " + id, "--id " + id)
          .doesNotContain("did not do it", "try again");
    } finally {
      server.shutdownNow();
    }
  }

  private static Refusal refusal(Status status) {
    WorkflowExecution shot = WorkflowExecution.newBuilder().setWorkflowId("shot").build();
    return Refusals.ofStart(
        new Cli(Terminal.plain(System.out, System.err), System.in, Map.of(), Path.of(""), "sd"),
        new WorkflowServiceException(shot, "VideoGeneration", new StatusRuntimeException(status)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"UNAVAILABLE", "DEADLINE_EXCEEDED", "UNKNOWN", "INTERNAL", "RESOURCE_EXHAUSTED"})
  void answerThatSaysNothing_leavesItOpen(Status.Code code) {
    assertThat(refusal(code.toStatus())).hasMessageContaining("shot may have been started");
  }

  @ParameterizedTest
  @ValueSource(strings = {"UNAUTHENTICATED", "PERMISSION_DENIED", "NOT_FOUND", "ABORTED"})
  void refusal_isOfTheLastCallAlone_soTheIdOfAllOfThemIsSaid(Status.Code code) {
    assertThat(refusal(code.toStatus()))
        .hasMessageContaining("start it again with the same id, which makes it once: --id shot")
        .hasMessageNotContaining("Nothing was started");
  }

  @Test
  void serverThatLimitsItsCalls_isBusy_andTheRequestNotTooLarge() {
    Status limited = Status.RESOURCE_EXHAUSTED.withDescription("namespace rate limit exceeded");

    assertThat(refusal(limited).exitCode()).isEqualTo(3);
    assertThat(refusal(limited))
        .hasMessageContaining("busy")
        .hasMessageContaining("shot may have been started")
        .hasMessageContaining("--id shot")
        .hasMessageNotContaining("2 MB")
        .hasMessageNotContaining("Nothing was started");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "grpc: received message larger than max (9437206 vs. 4194304)",
        "gRPC message exceeds maximum size 4194304: 9437206",
        "Blob data size exceeds limit: blob size exceeds size limit"
      })
  void requestThatIsTooLarge_isSaidToBe(String description) {
    Status tooLarge = Status.RESOURCE_EXHAUSTED.withDescription(description);

    assertThat(refusal(tooLarge).exitCode()).isEqualTo(2);
    assertThat(refusal(tooLarge)).hasMessageContaining("2 MB");
  }
}
