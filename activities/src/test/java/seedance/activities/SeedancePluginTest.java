package seedance.activities;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.failure.ApplicationFailure;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.WorkerFactoryOptions;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import seedance.activities.generation.LookSchedule;
import seedance.activities.provider.Dialect;
import seedance.activities.provider.ProviderSettings;
import seedance.activities.provider.Secret;
import seedance.activities.store.FolderStore;
import seedance.workflows.generation.GenerationResult;
import seedance.workflows.generation.VideoGenerationWorkflow;

/** A factory that is given the plugin instead of a line for each of its workers. */
@Timeout(120)
class SeedancePluginTest {
  @TempDir private Path store;

  private final AtomicInteger looks = new AtomicInteger();

  /** The service knows no task, and keeps its connection until the other side lets go of it. */
  @Test
  void everyWorker_makesVideos_andTheFactorysShutdown_letsGoOfTheService() throws Exception {
    try (ServerSocket service = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      CompletableFuture<Void> letGo = CompletableFuture.runAsync(() -> answerUntilLetGo(service));
      TestWorkflowEnvironment host = host(service.getLocalPort());
      try {
        host.newWorker("their-own-queue");
        host.start();
        WorkflowStub generation =
            host.getWorkflowClient()
                .newUntypedWorkflowStub(
                    VideoGenerationWorkflow.TYPE,
                    WorkflowOptions.newBuilder().setTaskQueue("their-own-queue").build());

        generation.start(null, Map.of("adopt", Map.of("taskId", "cgt-1")));

        assertThat(
                catchThrowable(
                    () -> generation.getResult(1, TimeUnit.MINUTES, GenerationResult.class)))
            .isInstanceOf(WorkflowFailedException.class)
            .hasRootCauseInstanceOf(ApplicationFailure.class);
        assertThat(looks).hasPositiveValue();
        assertThat(letGo).isNotDone();
      } finally {
        host.close();
      }
      letGo.get(1, TimeUnit.MINUTES);
    }
  }

  private TestWorkflowEnvironment host(int port) {
    SeedanceConfiguration configuration =
        SeedanceConfiguration.of(
                new ProviderSettings(
                    URI.create("http://127.0.0.1:" + port),
                    Dialect.ARK,
                    Secret.of("their-key-0123456789")),
                new FolderStore(store))
            .withSchedule(LookSchedule.atSpeed(100_000));
    return TestWorkflowEnvironment.newInstance(
        TestEnvironmentOptions.newBuilder()
            .setUseTimeskipping(false)
            .setWorkerFactoryOptions(
                WorkerFactoryOptions.newBuilder()
                    .setPlugins(new SeedancePlugin(configuration))
                    .build())
            .build());
  }

  private void answerUntilLetGo(ServerSocket service) {
    byte[] noSuchTask =
        "HTTP/1.1 404 Not Found\r\nContent-Length: 2\r\n\r\n{}".getBytes(StandardCharsets.US_ASCII);
    try (Socket connection = service.accept()) {
      InputStream requests = connection.getInputStream();
      int lineBreaks = 0;
      for (int next = requests.read(); next >= 0; next = requests.read()) {
        lineBreaks = next == '\n' ? lineBreaks + 1 : next == '\r' ? lineBreaks : 0;
        if (lineBreaks == 2) {
          looks.incrementAndGet();
          connection.getOutputStream().write(noSuchTask);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
