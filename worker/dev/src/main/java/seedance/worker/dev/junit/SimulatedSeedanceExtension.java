package seedance.worker.dev.junit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import seedance.activities.SeedanceConfiguration;
import seedance.activities.generation.LookSchedule;
import seedance.activities.provider.Dialect;
import seedance.activities.provider.ProviderSettings;
import seedance.activities.provider.Secret;
import seedance.activities.store.FolderStore;
import seedance.worker.dev.simulator.SimulatedSeedance;
import seedance.worker.dev.simulator.SimulatorSettings;

/**
 * A simulated Seedance and a store for JUnit 5 tests, with the configuration that leads a worker to
 * them:
 *
 * <pre>{@code
 * @RegisterExtension
 * static final SimulatedSeedanceExtension seedance = SimulatedSeedanceExtension.atSpeed(400);
 *
 * // in a test
 * SeedanceModule.registerOn(worker, seedance.configuration(Dialect.ARK));
 * seedance.service().inject(Fault.next(Operation.CREATE, new Effect.LostReply()));
 * // … run a workflow …
 * assertThat(seedance.service().books().tasksBilled()).isEqualTo(1);
 * }</pre>
 *
 * <p>In a static field there is one for the class and its nested classes: its faults end with each
 * test, its books go on, so tests that count or inject do not run side by side. In another field
 * there is one for each test. The store is a folder of its own, which is deleted with it.
 */
public final class SimulatedSeedanceExtension
    implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, AfterAllCallback {
  private static final String ANY_KEY = "simulated";

  /** While tests run. */
  private record Running(SimulatedSeedance service, Path store) {}

  private final SimulatorSettings settings;
  private int classes;
  private @Nullable Running running;

  private SimulatedSeedanceExtension(SimulatorSettings settings) {
    this.settings = settings;
  }

  /** A service that is so many times faster than life, &gt; 0; a clip takes two minutes in life. */
  public static SimulatedSeedanceExtension atSpeed(double speed) {
    return of(SimulatorSettings.builder().speed(speed).build());
  }

  /** A service with these settings. */
  public static SimulatedSeedanceExtension of(SimulatorSettings settings) {
    return new SimulatedSeedanceExtension(settings);
  }

  /**
   * The service, for its faults, its books and its URL.
   *
   * @throws IllegalStateException before and after the tests
   */
  public synchronized SimulatedSeedance service() {
    return running().service();
  }

  /**
   * The folder of the clips.
   *
   * @throws IllegalStateException before and after the tests
   */
  public synchronized Path store() {
    return running().store();
  }

  private Running running() {
    if (running == null) {
      throw new IllegalStateException("it runs during tests only; is the field registered?");
    }
    return running;
  }

  /**
   * {@link #configuration(Dialect)} in the dialect {@code gateway}, which is the default of {@code
   * SEEDANCE_DIALECT}.
   */
  public SeedanceConfiguration configuration() {
    return configuration(Dialect.GATEWAY);
  }

  /**
   * What leads a worker to this service and this store, at the service's pace, and is otherwise as
   * {@link SeedanceConfiguration#of} has it.
   *
   * @param dialect in which the worker speaks to the service, which knows both
   * @throws IllegalStateException before and after the tests
   */
  public synchronized SeedanceConfiguration configuration(Dialect dialect) {
    String key = settings.apiKeys().stream().sorted().findFirst().orElse(ANY_KEY);
    return SeedanceConfiguration.of(
            new ProviderSettings(service().baseUrl(), dialect, Secret.of(key)),
            new FolderStore(store()))
        .withSchedule(LookSchedule.atSpeed(settings.speed()));
  }

  @Override
  public synchronized void beforeAll(ExtensionContext context) throws IOException {
    if (classes++ == 0) {
      start();
    }
  }

  @Override
  public synchronized void beforeEach(ExtensionContext context) throws IOException {
    if (classes == 0) {
      start();
    }
  }

  @Override
  public synchronized void afterEach(ExtensionContext context) throws IOException {
    if (classes == 0) {
      stop();
    } else {
      service().clearFaults();
    }
  }

  @Override
  public synchronized void afterAll(ExtensionContext context) throws IOException {
    if (--classes == 0) {
      stop();
    }
  }

  private void start() throws IOException {
    Path store = Files.createTempDirectory("seedance-");
    running = new Running(SimulatedSeedance.start(settings), store);
  }

  private void stop() throws IOException {
    if (running != null) {
      Running over = running;
      running = null;
      over.service().close();
      delete(over.store());
    }
  }

  private static void delete(Path folder) throws IOException {
    List<Path> files;
    try (Stream<Path> walked = Files.walk(folder)) {
      files = walked.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path file : files) {
      Files.deleteIfExists(file);
    }
  }
}
