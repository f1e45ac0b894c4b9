package seedance.worker;

import com.uber.m3.tally.NoopScope;
import com.uber.m3.tally.Scope;
import io.grpc.StatusRuntimeException;
import io.temporal.api.workflowservice.v1.DescribeNamespaceRequest;
import io.temporal.api.workflowservice.v1.WorkflowServiceGrpc.WorkflowServiceBlockingStub;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import seedance.activities.InvalidSettingsException;
import seedance.activities.SeedanceConfiguration;
import seedance.activities.SettingsReader;
import seedance.activities.store.ArtifactStore;

/** What a worker cannot work without: the store and the Temporal server. */
record Surroundings(ArtifactStore store, TemporalAccess temporal, WorkflowServiceStubs stubs)
    implements AutoCloseable {
  private static final int REACH_SERVER_SECONDS = 10;

  /**
   * Connects when first used.
   *
   * @throws InvalidSettingsException if there can be no server at such an address
   */
  static Surroundings of(WorkerSettings settings, Scope metrics) {
    return new Surroundings(
        settings.seedance().store(), settings.temporal(), stubs(settings.temporal(), metrics));
  }

  private static WorkflowServiceStubs stubs(TemporalAccess temporal, Scope metrics) {
    try {
      return WorkflowServiceStubs.newServiceStubs(
          WorkflowServiceStubsOptions.newBuilder(temporal.stubs())
              .setMetricsScope(metrics)
              .build());
    } catch (IllegalArgumentException noTarget) {
      throw new InvalidSettingsException(
          List.of(
              "TEMPORAL_ADDRESS is not of the form host:port, without http://: "
                  + temporal.address()));
    }
  }

  /**
   * The problems of those surroundings that an environment names although other settings in it are
   * wrong, so that an operator hears of everything at once.
   */
  static List<String> problemsDespiteWrongSettings(Map<String, String> environment) {
    List<String> problems = new ArrayList<>();
    SettingsReader settings = new SettingsReader(environment);
    ArtifactStore store = SeedanceConfiguration.storeFrom(settings);
    if (settings.isSet("SEEDANCE_STORE") && settings.problems().isEmpty()) {
      problems.addAll(storeProblems(store));
    }
    TemporalAccess temporal;
    try {
      temporal = TemporalAccess.fromEnvironment(environment);
    } catch (IOException | RuntimeException namedAlready) {
      return problems;
    }
    try {
      WorkflowServiceStubs stubs = stubs(temporal, new NoopScope());
      try {
        problems.addAll(serverProblems(temporal, stubs.blockingStub()));
      } finally {
        stubs.shutdownNow();
      }
    } catch (InvalidSettingsException wrongAddress) {
      problems.addAll(wrongAddress.problems());
    }
    return problems;
  }

  /** Asks both now; each problem is a line for the operator, by the setting to change. */
  List<String> problems() {
    List<String> problems = new ArrayList<>(storeProblems(store));
    problems.addAll(serverProblems(temporal, stubs.blockingStub().withWaitForReady()));
    return problems;
  }

  private static List<String> storeProblems(ArtifactStore store) {
    try {
      store.checkWritable();
      return List.of();
    } catch (IOException e) {
      return List.of("SEEDANCE_STORE cannot be written: " + inWords(e));
    }
  }

  private static String inWords(IOException e) {
    if (e instanceof FileAlreadyExistsException file) {
      return file.getFile() + " is a file, not a folder";
    }
    if (e instanceof NoSuchFileException file) {
      return file.getFile() + " cannot be made";
    }
    if (e instanceof AccessDeniedException file) {
      return file.getFile() + ": permission denied";
    }
    return Objects.requireNonNullElse(e.getMessage(), e.getClass().getSimpleName());
  }

  private static List<String> serverProblems(
      TemporalAccess temporal, WorkflowServiceBlockingStub server) {
    try {
      server
          .withDeadlineAfter(REACH_SERVER_SECONDS, TimeUnit.SECONDS)
          .describeNamespace(
              DescribeNamespaceRequest.newBuilder().setNamespace(temporal.namespace()).build());
      return List.of();
    } catch (StatusRuntimeException e) {
      return List.of(problem(temporal, e));
    }
  }

  private static String problem(TemporalAccess temporal, StatusRuntimeException e) {
    String address = temporal.address();
    return switch (e.getStatus().getCode()) {
      case NOT_FOUND ->
          "TEMPORAL_NAMESPACE: %s has no namespace %s".formatted(address, temporal.namespace());
      case UNAUTHENTICATED, PERMISSION_DENIED ->
          "TEMPORAL_API_KEY or TEMPORAL_TLS_*: %s refuses us in namespace %s"
              .formatted(address, temporal.namespace());
      case UNIMPLEMENTED -> "TEMPORAL_ADDRESS: %s is no Temporal server".formatted(address);
      default ->
          "TEMPORAL_ADDRESS: no Temporal server answers at %s (%s)"
              .formatted(address, e.getStatus().getCode());
    };
  }

  @Override
  public void close() {
    stubs.shutdownNow();
  }
}
