package seedance.client;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.Server;
import io.grpc.ServerBuilder;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.common.v1.WorkflowType;
import io.temporal.api.enums.v1.UpdateWorkflowExecutionLifecycleStage;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.api.update.v1.UpdateRef;
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
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowServiceException;
import io.temporal.common.converter.DefaultDataConverter;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Decisions that a Temporal server was sent, and whose answer was lost on the way. */
class LostDecisionTest {
  private static final WorkflowExecution FILM =
      WorkflowExecution.newBuilder().setWorkflowId("film").setRunId("run").build();

  private final Service service = new Service();
  private Server server;
  private WorkflowServiceStubs stubs;

  /** Knows one chain that runs, and breaks off what has to do with a decision. */
  private static final class Service extends WorkflowServiceImplBase {
    private Status ofUpdate = Status.OK;

    private static <T> void answer(T said, StreamObserver<T> to) {
      to.onNext(said);
      to.onCompleted();
    }

    @Override
    public void getSystemInfo(
        GetSystemInfoRequest request, StreamObserver<GetSystemInfoResponse> to) {
      answer(GetSystemInfoResponse.getDefaultInstance(), to);
    }

    @Override
    public void describeWorkflowExecution(
        DescribeWorkflowExecutionRequest request,
        StreamObserver<DescribeWorkflowExecutionResponse> to) {
      answer(
          DescribeWorkflowExecutionResponse.newBuilder()
              .setWorkflowExecutionInfo(
                  WorkflowExecutionInfo.newBuilder()
                      .setExecution(FILM)
                      .setType(WorkflowType.newBuilder().setName("VideoChain"))
                      .setStatus(WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING))
              .build(),
          to);
    }

    @Override
    public void queryWorkflow(
        QueryWorkflowRequest request, StreamObserver<QueryWorkflowResponse> to) {
      answer(
          QueryWorkflowResponse.newBuilder()
              .setQueryResult(
                  DefaultDataConverter.STANDARD_INSTANCE
                      .toPayloads(Map.of("stage", "Making the steps", "steps", List.of()))
                      .orElseThrow())
              .build(),
          to);
    }

    @Override
    public void updateWorkflowExecution(
        UpdateWorkflowExecutionRequest request,
        StreamObserver<UpdateWorkflowExecutionResponse> to) {
      if (!ofUpdate.isOk()) {
        to.onError(ofUpdate.asRuntimeException());
        return;
      }
      answer(
          UpdateWorkflowExecutionResponse.newBuilder()
              .setUpdateRef(
                  UpdateRef.newBuilder()
                      .setWorkflowExecution(FILM)
                      .setUpdateId(request.getRequest().getMeta().getUpdateId()))
              .setStage(
                  UpdateWorkflowExecutionLifecycleStage
                      .UPDATE_WORKFLOW_EXECUTION_LIFECYCLE_STAGE_ACCEPTED)
              .build(),
          to);
    }

    @Override
    public void pollWorkflowExecutionUpdate(
        PollWorkflowExecutionUpdateRequest request,
        StreamObserver<PollWorkflowExecutionUpdateResponse> to) {
      to.onError(Status.CANCELLED.asRuntimeException());
    }
  }

  @BeforeEach
  void start() throws IOException {
    server = ServerBuilder.forPort(0).addService(service).build().start();
    stubs =
        WorkflowServiceStubs.newServiceStubs(
            WorkflowServiceStubsOptions.newBuilder()
                .setTarget("127.0.0.1:" + server.getPort())
                .build());
  }

  @AfterEach
  void stop() {
    stubs.shutdownNow();
    server.shutdownNow();
  }

  private void retry() {
    new SeedanceClient(WorkflowClient.newInstance(stubs)).chain("film").retry("a");
  }

  @Test
  void decisionThatWasAccepted_isNotSaidToBeUndone_whereItsResultIsLost() {
    assertThatThrownBy(this::retry).isInstanceOf(DecisionUnansweredException.class);
  }

  @Test
  void decisionWhoseAcceptanceIsLost_mayBeCarriedOut() {
    service.ofUpdate = Status.CANCELLED;

    assertThatThrownBy(this::retry).isInstanceOf(DecisionUnansweredException.class);
  }

  @Test
  void decisionThatTheServerRefuses_isUndone() {
    service.ofUpdate = Status.PERMISSION_DENIED;

    assertThatThrownBy(this::retry).isInstanceOf(WorkflowServiceException.class);
  }
}
