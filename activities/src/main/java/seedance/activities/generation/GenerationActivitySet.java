package seedance.activities.generation;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.List;
import seedance.activities.provider.ResultFiles;
import seedance.activities.provider.VideoProvider;
import seedance.activities.store.ArtifactStore;
import seedance.workflows.request.ModelCatalogue;

/** The activities of a generation over their ports, ready to be registered on a worker. */
public final class GenerationActivitySet {
  private GenerationActivitySet() {}

  /** One implementation of each activity. */
  public static List<Object> of(
      VideoProvider provider,
      ResultFiles files,
      ArtifactStore store,
      ModelCatalogue catalogue,
      LookSchedule schedule,
      MeterRegistry meters) {
    GenerationMetrics metrics = new GenerationMetrics(meters);
    Clock clock = Clock.systemUTC();
    return List.of(
        new ValidateByRules(catalogue, schedule),
        new SubmitOnce(provider, schedule, metrics, clock),
        new LookAtTask(provider, schedule, metrics, clock),
        new StoreClip(provider, files, store, schedule, metrics, clock));
  }
}
