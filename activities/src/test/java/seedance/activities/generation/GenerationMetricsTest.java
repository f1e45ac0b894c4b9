package seedance.activities.generation;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import seedance.activities.provider.Puzzle;
import seedance.workflows.generation.Adoption;
import seedance.workflows.generation.Artifact;
import seedance.workflows.generation.CancelOutcome;
import seedance.workflows.generation.FailureType;
import seedance.workflows.generation.GenerationOutcome;
import seedance.workflows.generation.HandOffOutcome;
import seedance.workflows.generation.Look;
import seedance.workflows.generation.Problem;
import seedance.workflows.generation.Reconciliation;
import seedance.workflows.generation.ServiceError;
import seedance.workflows.generation.SubmitOutcome;

/** What is counted, under labels from a fixed list. */
class GenerationMetricsTest {
  private static final Instant NOW = Instant.parse("2026-11-22T18:00:00Z");
  private static final Duration WAIT = Duration.ofSeconds(9);
  private static final Problem PROBLEM = new Problem("busy", NOW);

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final GenerationMetrics metrics = new GenerationMetrics(registry);

  @Test
  void labels_areBounded_whateverTheServiceSays() {
    for (int i = 0; i < 1000; i++) {
      ServiceError error =
          new ServiceError(FailureType.TASK_FAILED, "Code" + i, "param" + i, "request-" + i);
      metrics.submitted(new SubmitOutcome.Accepted("cgt-" + i, NOW, WAIT));
      metrics.submitted(new SubmitOutcome.NotCreated(new Problem("what " + i, NOW), WAIT));
      metrics.submitted(new SubmitOutcome.Rejected(error));
      metrics.submitted(new SubmitOutcome.Unknown(new Problem("what " + i, NOW)));
      Problem problem = new Problem("what " + i, NOW);
      SubmitOutcome.Accepted task = new SubmitOutcome.Accepted("cgt-" + i, NOW, WAIT);
      metrics.reconciled(new Reconciliation.Found(task));
      metrics.reconciled(new Reconciliation.NotYet(problem, WAIT));
      metrics.reconciled(new Reconciliation.NotFound(problem, WAIT));
      metrics.reconciled(new Reconciliation.CannotTell(problem, List.of("cgt-" + i), WAIT));
      metrics.adopted(new Adoption.Adopted(task));
      metrics.adopted(new Adoption.Refused(problem));
      metrics.adopted(new Adoption.NotYet(problem, WAIT));
      metrics.cancelled(new CancelOutcome.Cancelled());
      metrics.cancelled(new CancelOutcome.TooLate(problem));
      metrics.cancelled(new CancelOutcome.Over());
      metrics.cancelled(new CancelOutcome.NotYet(problem, WAIT));
      metrics.looked(new Look.Going("queued", NOW, WAIT));
      metrics.looked(new Look.Going("running", NOW, WAIT));
      metrics.looked(new Look.Going("status_" + i, NOW, WAIT));
      metrics.doubted(new Puzzle(Puzzle.Kind.NO_VIDEO, "what " + i));
      metrics.doubted(new Puzzle(Puzzle.Kind.NO_ANSWER, "what " + i));
      metrics.doubted(new Puzzle(Puzzle.Kind.UNKNOWN_WORD, "word_" + i));
      metrics.looked(new Look.NotSeen(new Problem("what " + i, NOW), i % 2 == 0, WAIT));
      metrics.looked(new Look.Failed(error, NOW));
      metrics.looked(new Look.Succeeded(finishedAt(NOW.minusSeconds(i)), NOW));
      metrics.handedOff(stored(i), WAIT);
      metrics.handedOff(new HandOffOutcome.NotStored(new Problem("what " + i, NOW), WAIT), WAIT);
      metrics.handedOff(new HandOffOutcome.Lost(PROBLEM), WAIT);
      metrics.stored(stored(i).artifacts());
    }

    assertThat(labels("seedance.submissions"))
        .containsExactlyInAnyOrder(
            "outcome=accepted", "outcome=not_created", "outcome=rejected", "outcome=unknown");
    assertThat(labels("seedance.reconciliations"))
        .containsExactlyInAnyOrder(
            "outcome=found", "outcome=not_yet", "outcome=not_found", "outcome=cannot_tell");
    assertThat(labels("seedance.adoptions"))
        .containsExactlyInAnyOrder("outcome=adopted", "outcome=refused", "outcome=not_yet");
    assertThat(labels("seedance.cancellations"))
        .containsExactlyInAnyOrder(
            "outcome=cancelled", "outcome=too_late", "outcome=over", "outcome=not_yet");
    assertThat(labels("seedance.looks"))
        .containsExactlyInAnyOrder(
            "saw=queued",
            "saw=running",
            "saw=unknown_status",
            "saw=not_seen",
            "saw=failed",
            "saw=succeeded");
    assertThat(labels("seedance.look.doubts"))
        .containsExactlyInAnyOrder("because=no_video", "because=no_answer", "because=unknown_word");
    assertThat(labels("seedance.hand.offs"))
        .containsExactlyInAnyOrder("outcome=stored", "outcome=not_stored", "outcome=lost");
    assertThat(labels("seedance.hand.off.bytes"))
        .containsExactlyInAnyOrder("kind=video", "kind=last_frame");
    assertThat(registry.getMeters()).hasSize(31);
  }

  @Test
  void timeUntilNoticed_isNeverNegative() {
    metrics.looked(new Look.Succeeded(finishedAt(NOW.minusSeconds(8)), NOW));
    metrics.looked(new Look.Succeeded(finishedAt(NOW.plusSeconds(60)), NOW));
    metrics.looked(new Look.Succeeded(finishedAt(null), NOW));

    assertThat(registry.get("seedance.noticed").timer().count()).isEqualTo(2);
    assertThat(registry.get("seedance.noticed").timer().totalTime(TimeUnit.SECONDS)).isEqualTo(8);
  }

  @Test
  void bytesAndSeconds_areThoseOfWhatWasStored() {
    metrics.handedOff(stored(1), Duration.ofSeconds(3));
    metrics.handedOff(new HandOffOutcome.NotStored(PROBLEM, WAIT), Duration.ofSeconds(100));
    metrics.stored(stored(1).artifacts());

    assertThat(registry.get("seedance.hand.off.duration").timer().totalTime(TimeUnit.SECONDS))
        .isEqualTo(3);
    assertThat(registry.get("seedance.hand.off.bytes").tag("kind", "video").summary().totalAmount())
        .isEqualTo(4242);
  }

  private Set<String> labels(String meter) {
    return registry.getMeters().stream()
        .map(Meter::getId)
        .filter(id -> id.getName().equals(meter))
        .map(
            id ->
                id.getTags().stream()
                    .map((Tag tag) -> tag.getKey() + "=" + tag.getValue())
                    .collect(Collectors.joining(",")))
        .collect(Collectors.toSet());
  }

  private static HandOffOutcome.Stored stored(int i) {
    URI folder = URI.create("file:///clips/workflow-" + i + "/");
    return new HandOffOutcome.Stored(
        List.of(
            new Artifact(Artifact.Kind.VIDEO, folder, "video/mp4", 4242, "0f"),
            new Artifact(Artifact.Kind.LAST_FRAME, folder, "image/png", 42, "0f")),
        folder,
        NOW);
  }

  private static GenerationOutcome finishedAt(Instant at) {
    return new GenerationOutcome(
        "m", null, at, null, null, null, null, null, null, null, null, null);
  }
}
