package seedance.worker;

import com.uber.m3.tally.RootScopeBuilder;
import com.uber.m3.tally.Scope;
import com.uber.m3.tally.ScopeCloseException;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.temporal.common.reporter.MicrometerClientStatsReporter;
import java.util.Set;

/**
 * The worker's meters: ours, and of Temporal's hundreds those that an operator acts on. A scrape of
 * all of them was 396 KB after a single workflow.
 */
final class WorkerMetrics implements AutoCloseable {
  private static final double REPORT_EVERY_SECONDS = 1;

  private static final Set<String> USEFUL =
      Set.of(
          "temporal_activity_execution_failed",
          "temporal_activity_execution_latency",
          "temporal_activity_schedule_to_start_latency",
          "temporal_long_request_failure",
          "temporal_num_pollers",
          "temporal_request_failure",
          "temporal_sticky_cache_size",
          "temporal_worker_task_slots_available",
          "temporal_workflow_canceled",
          "temporal_workflow_completed",
          "temporal_workflow_endtoend_latency",
          "temporal_workflow_failed",
          "temporal_workflow_task_execution_failed",
          "temporal_workflow_task_schedule_to_start_latency");

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final Scope temporalScope;

  WorkerMetrics() {
    registry
        .config()
        .meterFilter(
            MeterFilter.deny(
                id -> id.getName().startsWith("temporal_") && !USEFUL.contains(id.getName())))
        .meterFilter(new WithoutHistograms());
    temporalScope =
        new RootScopeBuilder()
            .reporter(new MicrometerClientStatsReporter(registry))
            .reportEvery(com.uber.m3.util.Duration.ofSeconds(REPORT_EVERY_SECONDS));
  }

  PrometheusMeterRegistry registry() {
    return registry;
  }

  /** Where Temporal's SDK and workflow code count. */
  Scope temporalScope() {
    return temporalScope;
  }

  @Override
  public void close() {
    try {
      // Closes its reporter, and that one the registry.
      temporalScope.close();
    } catch (ScopeCloseException e) {
      throw new IllegalStateException("the meters did not close", e);
    }
  }

  /** The SDK asks for 69 buckets a timer; count, sum and maximum tell an operator enough. */
  private static final class WithoutHistograms implements MeterFilter {
    @Override
    public DistributionStatisticConfig configure(Meter.Id id, DistributionStatisticConfig config) {
      return DistributionStatisticConfig.builder()
          .percentilesHistogram(false)
          .serviceLevelObjectives()
          .build()
          .merge(config);
    }
  }
}
