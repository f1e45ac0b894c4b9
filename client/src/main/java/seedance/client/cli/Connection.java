package seedance.client.cli;

import com.fasterxml.jackson.databind.JsonMappingException;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.api.workflowservice.v1.GetSystemInfoRequest;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.envconfig.ClientConfigProfile;
import io.temporal.envconfig.LoadClientConfigProfileOptions;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import seedance.client.SeedanceClient;
import seedance.workflows.generation.VideoGenerationWorkflow;
import seedance.workflows.request.ModelCatalogue;

/** A Temporal server that answered, found by Temporal's own {@code TEMPORAL_*} settings. */
final class Connection implements AutoCloseable {
  private static final int SECONDS_TO_ANSWER = 5;

  private final WorkflowServiceStubs stubs;
  private final WorkflowClient workflowClient;
  private final String taskQueue;

  private Connection(WorkflowServiceStubs stubs, WorkflowClientOptions options, String taskQueue) {
    this.stubs = stubs;
    this.workflowClient = WorkflowClient.newInstance(stubs, options);
    this.taskQueue = taskQueue;
  }

  /**
   * @throws Refusal if the settings are wrong, or the server does not answer
   */
  static Connection open(Map<String, String> environment) {
    ClientConfigProfile profile;
    WorkflowServiceStubsOptions stubsOptions;
    try {
      profile =
          ClientConfigProfile.load(
              LoadClientConfigProfileOptions.newBuilder().setEnvOverrides(environment).build());
      stubsOptions = profile.toWorkflowServiceStubsOptions();
    } catch (IOException | RuntimeException wrong) {
      throw new Refusal(
          ExitCode.MISCONFIGURED,
          "The settings for Temporal (TEMPORAL_… or its configuration file) cannot be used: "
              + inWords(wrong));
    }
    WorkflowServiceStubs stubs;
    try {
      stubs = WorkflowServiceStubs.newServiceStubs(stubsOptions);
    } catch (IllegalArgumentException noTarget) {
      throw new Refusal(
          ExitCode.MISCONFIGURED,
          "TEMPORAL_ADDRESS is not of the form host:port, without http://: "
              + stubsOptions.getTarget());
    }
    String address = stubs.getOptions().getTarget();
    try {
      // Asked without the SDK's retries: a server that is not there is said at once.
      stubs
          .blockingStub()
          .withDeadlineAfter(SECONDS_TO_ANSWER, TimeUnit.SECONDS)
          .getSystemInfo(GetSystemInfoRequest.getDefaultInstance());
    } catch (StatusRuntimeException unanswered) {
      stubs.shutdownNow();
      throw unreachable(address, unanswered.getStatus());
    }
    String taskQueue = environment.getOrDefault("SEEDANCE_TASK_QUEUE", "").strip();
    return new Connection(
        stubs,
        profile.toWorkflowClientOptions(),
        taskQueue.isEmpty() ? VideoGenerationWorkflow.DEFAULT_TASK_QUEUE : taskQueue);
  }

  /** Of a value that does not fit, its place alone: the parser quotes it, and it may be a key. */
  private static @Nullable String inWords(Exception wrong) {
    return wrong instanceof JsonMappingException mapping
        ? mapping.getPath().stream()
            .map(JsonMappingException.Reference::getFieldName)
            .filter(Objects::nonNull)
            .collect(Collectors.joining(".", "", " in its configuration file is of the wrong type"))
        : wrong.getMessage();
  }

  private static Refusal unreachable(String address, Status status) {
    return switch (status.getCode()) {
      case UNAUTHENTICATED, PERMISSION_DENIED ->
          new Refusal(
              ExitCode.MISCONFIGURED,
              "The Temporal server at "
                  + address
                  + " refuses us: check TEMPORAL_API_KEY, TEMPORAL_NAMESPACE and TEMPORAL_TLS_….");
      default ->
          new Refusal(
              ExitCode.NOT_REACHED,
              "The Temporal server at "
                  + address
                  + " cannot be reached ("
                  + status.getCode()
                  + "). Is it running, and is TEMPORAL_ADDRESS right?");
    };
  }

  WorkflowClient workflowClient() {
    return workflowClient;
  }

  /** For what is there already. */
  SeedanceClient seedance() {
    return new SeedanceClient(workflowClient);
  }

  /** For starts, which are checked by this catalogue. */
  SeedanceClient seedance(ModelCatalogue catalogue) {
    return new SeedanceClient(workflowClient, taskQueue, catalogue);
  }

  @Override
  public void close() {
    stubs.shutdownNow();
  }
}
