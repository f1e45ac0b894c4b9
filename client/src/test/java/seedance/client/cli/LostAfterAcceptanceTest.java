package seedance.client.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Server;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import io.temporal.api.common.v1.WorkflowType;
import io.temporal.api.enums.v1.UpdateWorkflowExecutionLifecycleStage;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.api.workflow.v1.WorkflowExecutionConfig;
import io.temporal.api.workflow.v1.WorkflowExecutionInfo;
import io.temporal.api.workflowservice.v1.DescribeWorkflowExecutionRequest;
import io.temporal.api.workflowservice.v1.DescribeWorkflowExecutionResponse;
import io.temporal.api.workflowservice.v1.GetSystemInfoRequest;
import io.temporal.api.workflowservice.v1.GetSystemInfoResponse;
import io.temporal.api.workflowservice.v1.PollWorkflowExecutionUpdateRequest;
import io.temporal.api.workflowservice.v1.PollWorkflowExecutionUpdateResponse;
import io.temporal.api.workflowservice.v1.QueryWorkflowRequest;
import io.temporal.api.workflowservice.v1.QueryWorkflowResponse;
import io.temporal.api.workflowservice.v1.UpdateWorkflowExecutionRequest;
import io.temporal.api.workflowservice.v1.UpdateWorkflowExecutionResponse;
import io.temporal.api.workflowservice.v1.WorkflowServiceGrpc.WorkflowServiceImplBase;
import io.temporal.common.converter.DefaultDataConverter;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A decision that a worker has taken, and whose outcome the server no longer tells. */
class LostAfterAcceptanceTest {
  @TempDir private Path folder;
  private Server server;

  @BeforeEach
  void start() throws IOException {
    server =
        NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .addService(new Service())
            .build()
            .start();
  }

  @AfterEach
  void stop() {
    server.shutdownNow();
  }

  @Test
  void decisionThatWasAccepted_isNotSaidToBeUndone() {
    CommandRun run =
        CommandRun.in(
            folder,
            Map.of("TEMPORAL_ADDRESS", "127.0.0.1:" + server.getPort()),
            "",
            "resolve",
            "shot",
            "--adopt",
            "cgt-1");

    assertThat(run.exitCode()).as(run.err()).isEqualTo(3);
    assertThat(run.err())
        .contains("The decision was sent", "./seedance show shot")
        .doesNotContain("did not do it", "nothing was sent");
  }

  private static final class Service extends WorkflowServiceImplBase {
    @Override
    public void getSystemInfo(
        GetSystemInfoRequest request, StreamObserver<GetSystemInfoResponse> to) {
      answer(to, GetSystemInfoResponse.getDefaultInstance());
    }

    @Override
    public void describeWorkflowExecution(
        DescribeWorkflowExecutionRequest request,
        StreamObserver<DescribeWorkflowExecutionResponse> to) {
      answer(
          to,
          DescribeWorkflowExecutionResponse.newBuilder()
              .setExecutionConfig(WorkflowExecutionConfig.getDefaultInstance())
              .setWorkflowExecutionInfo(
                  WorkflowExecutionInfo.newBuilder()
                      .setExecution(request.getExecution())
                      .setType(WorkflowType.newBuilder().setName("VideoGeneration"))
                      .setStatus(WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING))
              .build());
    }

    @Override
    public void queryWorkflow(
        QueryWorkflowRequest request, StreamObserver<QueryWorkflowResponse> to) {
      answer(
          to,
          QueryWorkflowResponse.newBuilder()
              .setQueryResult(
                  DefaultDataConverter.STANDARD_INSTANCE
                      .toPayloads(Map.of("stage", "decide"))
                      .orElseThrow())
              .build());
    }

    @Override
    public void updateWorkflowExecution(
        UpdateWorkflowExecutionRequest request,
        StreamObserver<UpdateWorkflowExecutionResponse> to) {
      answer(
          to,
          UpdateWorkflowExecutionResponse.newBuilder()
              .setStage(
                  UpdateWorkflowExecutionLifecycleStage
                      .UPDATE_WORKFLOW_EXECUTION_LIFECYCLE_STAGE_ACCEPTED)
              .build());
    }

    @Override
    public void pollWorkflowExecutionUpdate(
        PollWorkflowExecutionUpdateRequest request,
        StreamObserver<PollWorkflowExecutionUpdateResponse> to) {
      to.onError(Status.UNAUTHENTICATED.asRuntimeException());
    }

    private static <T> void answer(StreamObserver<T> to, T answer) {
      to.onNext(answer);
      to.onCompleted();
    }
  }
}
