package seedance.worker;

import com.fasterxml.jackson.databind.JsonMappingException;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.envconfig.ClientConfigProfile;
import io.temporal.envconfig.LoadClientConfigProfileOptions;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import io.temporal.worker.WorkerOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * How to reach a Temporal server.
 *
 * @param stubs address, TLS, key
 * @param client namespace, identity, converter
 * @param worker what the server needs of workers
 */
public record TemporalAccess(
    WorkflowServiceStubsOptions stubs, WorkflowClientOptions client, WorkerOptions worker) {
  private static final String DEFAULT_ADDRESS = "127.0.0.1:7233";

  public TemporalAccess {
    Objects.requireNonNull(stubs, "stubs");
    Objects.requireNonNull(client, "client");
    Objects.requireNonNull(worker, "worker");
  }

  /**
   * Reads {@code TEMPORAL_ADDRESS}, {@code TEMPORAL_NAMESPACE}, {@code TEMPORAL_API_KEY}, {@code
   * TEMPORAL_TLS_*}, {@code TEMPORAL_PROFILE} and Temporal's own configuration file.
   *
   * @throws IOException when the configuration file is broken
   * @throws RuntimeException when a variable is
   */
  public static TemporalAccess fromEnvironment(Map<String, String> environment) throws IOException {
    ClientConfigProfile profile;
    try {
      profile =
          ClientConfigProfile.load(
              LoadClientConfigProfileOptions.newBuilder().setEnvOverrides(environment).build());
    } catch (JsonMappingException wrong) {
      // Without the parser's words, which quote the value: it may be a key.
      throw new IOException(
          wrong.getPath().stream()
              .map(JsonMappingException.Reference::getFieldName)
              .filter(Objects::nonNull)
              .collect(
                  Collectors.joining(".", "", " in its configuration file is of the wrong type")));
    }
    return new TemporalAccess(
        profile.toWorkflowServiceStubsOptions(),
        profile.toWorkflowClientOptions(),
        WorkerOptions.getDefaultInstance());
  }

  /** {@code host:port}. */
  public String address() {
    return stubs.getTarget() == null ? DEFAULT_ADDRESS : stubs.getTarget();
  }

  /** The namespace, which is {@code default} where none is named. */
  public String namespace() {
    return client.getNamespace() == null ? "default" : client.getNamespace();
  }

  /** A server at an address, in the namespace {@code default}, without TLS. */
  public static TemporalAccess at(String address) {
    return new TemporalAccess(
        WorkflowServiceStubsOptions.newBuilder().setTarget(address).build(),
        WorkflowClientOptions.getDefaultInstance(),
        WorkerOptions.getDefaultInstance());
  }

  /**
   * The SDK's in-memory server. It never gives up a workflow task that waits for a dead worker, and
   * knows no worker heartbeats, so neither is asked of it.
   */
  public static TemporalAccess inMemoryAt(String address) {
    return new TemporalAccess(
        WorkflowServiceStubsOptions.newBuilder().setTarget(address).build(),
        WorkflowClientOptions.newBuilder()
            .setWorkerHeartbeatInterval(Duration.ofSeconds(-1))
            .build(),
        WorkerOptions.newBuilder().setStickyQueueScheduleToStartTimeout(Duration.ZERO).build());
  }
}
