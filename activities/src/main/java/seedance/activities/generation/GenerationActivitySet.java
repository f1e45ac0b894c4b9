package seedance.activities.generation;

import io.micrometer.core.instrument.MeterRegistry;
import io.temporal.activity.Activity;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import seedance.activities.provider.ResultFiles;
import seedance.activities.provider.VideoProvider;
import seedance.activities.runtimes.RunTimes;
import seedance.activities.store.ArtifactStore;
import seedance.activities.store.Receipts;
import seedance.workflows.request.ModelCatalogue;

/** The activities of a generation over their ports, ready to be registered on a worker. */
public final class GenerationActivitySet {
  private GenerationActivitySet() {}

  /**
   * One implementation of each activity.
   *
   * @param limits what downloading the results may take
   * @param marksBySafetyIdentifier whether a request without one may be given a {@code
   *     safety_identifier} of ours
   * @param callbackUrls at which the service is asked to call back
   * @param runTimes by which tasks are looked at
   */
  public static List<Object> of(
      VideoProvider provider,
      ResultFiles files,
      DownloadLimits limits,
      ArtifactStore store,
      ModelCatalogue catalogue,
      LookSchedule schedule,
      boolean marksBySafetyIdentifier,
      CallbackUrls callbackUrls,
      RunTimes runTimes,
      MeterRegistry meters) {
    GenerationMetrics metrics = new GenerationMetrics(meters);
    Clock clock = Clock.systemUTC();
    Receipts receipts = store.receipts();
    Looks looks = new Looks(schedule, runTimes);
    return List.of(
        new ValidateAndKeep(
            new ValidateByRules(catalogue, looks, store, marksBySafetyIdentifier), store),
        new SubmitOnce(
            provider,
            receipts,
            new References(store, provider, files, clock),
            callbackUrls,
            looks,
            metrics,
            clock),
        new Reconcile(
            provider,
            receipts,
            looks,
            metrics,
            clock,
            () -> Activity.getExecutionContext().getInfo().getWorkflowId()),
        new AdoptTask(provider, receipts, looks, metrics, clock),
        new CancelTask(provider, schedule, metrics, clock),
        new LookAtTask(
            provider,
            new KeptRequests(store),
            looks,
            new LookGate(clock, () -> ThreadLocalRandom.current().nextDouble()),
            metrics,
            clock,
            () -> Activity.getExecutionContext().getInfo().getWorkflowId()),
        new StoreClip(provider, files, limits, store, looks, metrics, clock));
  }
}
