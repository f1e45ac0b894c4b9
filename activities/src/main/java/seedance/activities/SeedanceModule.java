package seedance.activities;

import io.temporal.worker.Worker;
import java.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import seedance.activities.chain.ChainActivitySet;
import seedance.activities.generation.CallbackReceipt;
import seedance.activities.generation.CallbackUrls;
import seedance.activities.generation.GenerationActivitySet;
import seedance.activities.provider.HttpVideoProvider;
import seedance.activities.provider.ResultFiles;
import seedance.activities.runtimes.RunTimes;
import seedance.activities.store.Receipts;
import seedance.workflows.chain.VideoChainWorkflowImpl;
import seedance.workflows.generation.VideoGenerationWorkflowImpl;

/**
 * Takes video generation into a Temporal worker, with one line:
 *
 * <pre>{@code
 * SeedanceModule.registerOn(worker, SeedanceConfiguration.fromEnvironment(System.getenv()));
 * }</pre>
 *
 * <p>The worker keeps its own task queue, client, metrics and data converter. Of the converter only
 * this is needed: that it writes JSON with Jackson 2, as the SDK's own does; naming strategies,
 * inclusion, dates and unknown fields may be set as the host likes, as our types pin their form.
 */
public final class SeedanceModule implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(SeedanceModule.class);

  private final HttpVideoProvider provider;
  private final ResultFiles files;
  private final RunTimes runTimes;
  private final CallbackReceipt callbacks;

  private SeedanceModule(
      HttpVideoProvider provider, ResultFiles files, RunTimes runTimes, CallbackReceipt callbacks) {
    this.provider = provider;
    this.files = files;
    this.runTimes = runTimes;
    this.callbacks = callbacks;
  }

  /**
   * Registers the workflows {@code VideoGeneration}, {@code VideoGenerationContinued} (the later
   * runs of a long one) and {@code VideoChain}, and the activities {@code SeedanceValidate}, {@code
   * SeedanceSubmit}, {@code SeedanceReconcile}, {@code SeedanceAdopt}, {@code SeedanceCancel},
   * {@code SeedanceLook}, {@code SeedanceHandOff}, and for chains {@code SeedanceValidateChain},
   * {@code SeedanceFind}, {@code SeedanceJoin} and {@code SeedanceStoreChain}.
   *
   * @param worker not started yet
   * @param configuration the service, the store and the rest
   * @return what the caller closes after the worker's factory was shut down, as the factory does
   *     not ({@link SeedancePlugin} does); left open, it holds idle connections for five minutes
   */
  public static SeedanceModule registerOn(Worker worker, SeedanceConfiguration configuration) {
    worker.registerWorkflowImplementationTypes(
        VideoGenerationWorkflowImpl.class, VideoChainWorkflowImpl.class);
    return registerActivitiesOn(worker, configuration);
  }

  /**
   * Registers the activities alone, for a worker whose own workflows use them through {@link
   * seedance.workflows.generation.GenerationActivities}.
   *
   * @param worker not started yet
   * @param configuration the service, the store and the rest
   * @return what the caller closes after the worker's factory was shut down, as the factory does
   *     not ({@link SeedancePlugin} does); left open, it holds idle connections for five minutes
   */
  public static SeedanceModule registerActivitiesOn(
      Worker worker, SeedanceConfiguration configuration) {
    if (configuration.provider().isUnencrypted()) {
      log.warn(
          "The service is spoken to by plain http: whoever is on the way to it can read the key,"
              + " the prompts and the clips, and use the key");
    }
    HttpVideoProvider provider = new HttpVideoProvider(configuration.provider());
    ResultFiles files = new ResultFiles(configuration.provider());
    Receipts receipts = configuration.store().receipts();
    CallbackUrls callbackUrls =
        new CallbackUrls(configuration.callbackUrl(), receipts, Clock.systemUTC());
    RunTimes runTimes = new RunTimes(configuration.store().notes(), Clock.systemUTC());
    worker.registerActivitiesImplementations(
        GenerationActivitySet.of(
                provider,
                files,
                configuration.downloads(),
                configuration.store(),
                configuration.catalogue(),
                configuration.schedule(),
                configuration.markBySafetyIdentifier(),
                callbackUrls,
                runTimes,
                configuration.meters())
            .toArray());
    worker.registerActivitiesImplementations(
        ChainActivitySet.of(configuration.store(), configuration.catalogue()).toArray());
    return new SeedanceModule(
        provider,
        files,
        runTimes,
        new CallbackReceipt(provider, receipts, callbackUrls, Clock.systemUTC()));
  }

  /**
   * What takes in the service's callbacks, for whoever serves {@code /callbacks/…} under {@link
   * SeedanceConfiguration#callbackUrl()}.
   */
  public CallbackReceipt callbacks() {
    return callbacks;
  }

  /** Lets go of the connections to the service, once what was learnt is written down. */
  @Override
  public void close() {
    runTimes.close();
    provider.close();
    files.close();
  }
}
