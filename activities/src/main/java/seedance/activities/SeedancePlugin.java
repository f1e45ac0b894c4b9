package seedance.activities;

import io.temporal.common.Experimental;
import io.temporal.common.SimplePlugin;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactory;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;

/**
 * {@link SeedanceModule} as a plugin of Temporal's SDK: every worker of a factory, or of a client's
 * factories, takes the workflows and activities in, and the factory's shutdown closes them.
 *
 * <pre>{@code
 * WorkerFactory factory =
 *     WorkerFactory.newInstance(
 *         client,
 *         WorkerFactoryOptions.newBuilder()
 *             .setPlugins(new SeedancePlugin(SeedanceConfiguration.fromEnvironment(System.getenv())))
 *             .build());
 * }</pre>
 *
 * <p>Experimental, because the SDK's plugins are: it may change with them. Whoever takes the
 * service's callbacks, or has workers that should not make videos, uses {@link
 * SeedanceModule#registerOn}.
 */
@Experimental
public final class SeedancePlugin extends SimplePlugin {
  private final SeedanceConfiguration configuration;
  private final Queue<SeedanceModule> open = new ConcurrentLinkedQueue<>();

  /**
   * A plugin for one factory or for several, which share the configuration.
   *
   * @param configuration the service, the store and the rest
   */
  public SeedancePlugin(SeedanceConfiguration configuration) {
    super("io.github.temporal-seedance");
    this.configuration = Objects.requireNonNull(configuration, "configuration");
  }

  /** Called by the SDK for each new worker. */
  @Override
  public void initializeWorker(String taskQueue, Worker worker) {
    super.initializeWorker(taskQueue, worker);
    open.add(SeedanceModule.registerOn(worker, configuration));
  }

  /** Called by the SDK. Activities that still run keep their connections. */
  @Override
  public void shutdownWorkerFactory(WorkerFactory factory, Consumer<WorkerFactory> next) {
    super.shutdownWorkerFactory(factory, next);
    for (SeedanceModule module = open.poll(); module != null; module = open.poll()) {
      module.close();
    }
  }
}
