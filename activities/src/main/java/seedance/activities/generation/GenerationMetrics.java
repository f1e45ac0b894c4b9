package seedance.activities.generation;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import seedance.activities.provider.Puzzle;
import seedance.workflows.generation.Adoption;
import seedance.workflows.generation.Artifact;
import seedance.workflows.generation.CancelOutcome;
import seedance.workflows.generation.HandOffOutcome;
import seedance.workflows.generation.Look;
import seedance.workflows.generation.Reconciliation;
import seedance.workflows.generation.SubmitOutcome;

/** What operators count. Every label comes from a fixed list, never from a request or a reply. */
final class GenerationMetrics {
  private static final Set<String> KNOWN_STATUSES = Set.of("queued", "running", "succeeded");

  private final MeterRegistry registry;

  GenerationMetrics(MeterRegistry registry) {
    this.registry = Objects.requireNonNull(registry, "registry");
  }

  /** {@code seedance.submissions} by {@code outcome}. */
  void submitted(SubmitOutcome outcome) {
    count("seedance.submissions", "outcome", variant(outcome));
  }

  /** {@code seedance.reconciliations} by {@code outcome}. */
  void reconciled(Reconciliation outcome) {
    count("seedance.reconciliations", "outcome", variant(outcome));
  }

  /** {@code seedance.adoptions} by {@code outcome}. */
  void adopted(Adoption outcome) {
    count("seedance.adoptions", "outcome", variant(outcome));
  }

  /** {@code seedance.cancellations} by {@code outcome}. */
  void cancelled(CancelOutcome outcome) {
    count("seedance.cancellations", "outcome", variant(outcome));
  }

  /**
   * {@code seedance.looks} by {@code saw}; {@code seedance.noticed}, the time from a task's end to
   * the look that saw it.
   */
  void looked(Look look) {
    String saw = variant(look);
    if (look instanceof Look.Going going) {
      saw = KNOWN_STATUSES.contains(going.status()) ? going.status() : "unknown_status";
    }
    count("seedance.looks", "saw", saw);
    if (look instanceof Look.Succeeded succeeded && succeeded.outcome().finishedAt() != null) {
      Duration noticed = Duration.between(succeeded.outcome().finishedAt(), succeeded.at());
      Timer.builder("seedance.noticed")
          .description("From a task's end at the service to the look that saw it")
          .register(registry)
          .record(noticed.isNegative() ? Duration.ZERO : noticed);
    }
  }

  /**
   * {@code seedance.look.doubts} by {@code because}: tasks that may be over although their status
   * does not say so.
   */
  void doubted(Puzzle puzzle) {
    count("seedance.look.doubts", "because", puzzle.kind().name().toLowerCase(Locale.ROOT));
  }

  /**
   * {@code seedance.hand.offs} by {@code outcome}; {@code seedance.hand.off.seconds} where stored.
   */
  void handedOff(HandOffOutcome outcome, Duration took) {
    count("seedance.hand.offs", "outcome", variant(outcome));
    if (outcome instanceof HandOffOutcome.Stored) {
      Timer.builder("seedance.hand.off.duration")
          .description("Downloading and storing one generation's files")
          .register(registry)
          .record(took);
    }
  }

  /** {@code seedance.hand.off.bytes}, by file. */
  void stored(List<Artifact> artifacts) {
    artifacts.forEach(
        artifact ->
            DistributionSummary.builder("seedance.hand.off.bytes")
                .baseUnit("bytes")
                .tag("kind", artifact.kind().fileName())
                .register(registry)
                .record(artifact.bytes()));
  }

  private void count(String name, String tag, String value) {
    registry.counter(name, tag, value).increment();
  }

  /** The variant's name: {@code NotCreated} → {@code not_created}. */
  private static String variant(Object outcome) {
    return outcome
        .getClass()
        .getSimpleName()
        .replaceAll("(?<=[a-z])(?=[A-Z])", "_")
        .toLowerCase(Locale.ROOT);
  }
}
