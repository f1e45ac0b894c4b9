package seedance.activities;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.ByteString;
import io.temporal.api.common.v1.Payload;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.common.converter.RawValue;
import io.temporal.failure.ApplicationFailure;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.WorkerOptions;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import seedance.activities.provider.Dialect;
import seedance.activities.provider.ProviderSettings;
import seedance.activities.provider.Secret;
import seedance.activities.store.FolderStore;
import seedance.workflows.generation.GenerationFailure;
import seedance.workflows.generation.VideoGenerationWorkflow;

/** The one line that takes generation into a worker, on arguments that are no JSON. */
class SeedanceModuleTest {
  private static final String PROMPT = "an orange cat";

  /** The SDK's second or ten are too short on a busy machine. */
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private static TestWorkflowEnvironment server;

  @BeforeAll
  static void start(@TempDir Path store) {
    server =
        TestWorkflowEnvironment.newInstance(
            TestEnvironmentOptions.newBuilder()
                .setWorkflowServiceStubsOptions(
                    WorkflowServiceStubsOptions.newBuilder().setRpcTimeout(PATIENCE).build())
                .build());
    SeedanceModule.registerOn(
        server.newWorker(
            "seedance",
            WorkerOptions.newBuilder()
                .setDefaultDeadlockDetectionTimeout(PATIENCE.toMillis())
                .build()),
        SeedanceConfiguration.of(
            ProviderSettings.of(Dialect.GATEWAY, Secret.of("key-0123456789ab")),
            new FolderStore(store)));
    server.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "binary/plain|{\"prompt\":\"an orange cat\"}",
        "json/plain|an orange cat",
        "json/plain|{\"prompt\":\"an orange cat\"",
        "json/protobuf|{\"prompt\":\"an orange cat\"}",
        "text/unheard-of|an orange cat"
      })
  void argumentOfAnyEncoding_endsAsNamedViolations_thatDoNotQuoteIt(String encoding, String data) {
    WorkflowStub workflow =
        server
            .getWorkflowClient()
            .newUntypedWorkflowStub(
                VideoGenerationWorkflow.TYPE,
                WorkflowOptions.newBuilder()
                    .setTaskQueue("seedance")
                    .setWorkflowTaskTimeout(PATIENCE)
                    .build());

    workflow.start(
        new RawValue(
            Payload.newBuilder()
                .putMetadata("encoding", ByteString.copyFromUtf8(encoding))
                .setData(ByteString.copyFromUtf8(data))
                .build()));

    WorkflowFailedException failed =
        catchThrowableOfType(WorkflowFailedException.class, () -> workflow.getResult(Object.class));
    ApplicationFailure failure = (ApplicationFailure) failed.getCause();
    assertThat(failure.getType()).isEqualTo("InvalidRequest");
    assertThat(failure.getDetails().get(0, GenerationFailure.class).violations()).isNotEmpty();
    assertThat(failure).hasMessageNotContaining(PROMPT);
  }
}
