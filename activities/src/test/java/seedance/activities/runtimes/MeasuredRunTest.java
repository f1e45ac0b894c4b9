package seedance.activities.runtimes;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import seedance.workflows.generation.GenerationOutcome;
import seedance.workflows.generation.HandOffRequest;
import seedance.workflows.generation.Sightings;

/** How long a task ran, by what looks and the service tell of it. */
class MeasuredRunTest {
  private static final Instant ACCEPTED = Instant.parse("2026-11-22T18:45:00Z");

  @Test
  void endThatIsTold_isTakenToTheSecond() {
    MeasuredRun run = measured(Sightings.NONE, 130, told(100, 220));

    assertThat(run.atLeast()).isEqualTo(Duration.ofSeconds(119));
    assertThat(run.atMost()).isEqualTo(Duration.ofSeconds(121));
  }

  @Test
  void endThatIsNotTold_isBetweenTwoLooks() {
    MeasuredRun run = measured(seen(null, null, 90), 100, told(null, null));

    assertThat(run.atLeast()).isEqualTo(Duration.ofSeconds(90));
    assertThat(run.atMost()).isEqualTo(Duration.ofSeconds(100));
  }

  /** A gateway told the time of the look, or one before the last look that saw it run. */
  @Test
  void endThatCannotBe_isBetweenTwoLooks() {
    for (int finished : new int[] {50, 80, 100, 1000}) {
      MeasuredRun run = measured(seen(null, null, 90), 100, told(0, finished));

      assertThat(run.atLeast()).as("%d", finished).isEqualTo(Duration.ofSeconds(90));
      assertThat(run.atMost()).as("%d", finished).isEqualTo(Duration.ofSeconds(100));
    }
  }

  @Test
  void queue_isNoPartOfTheRun() {
    MeasuredRun run = measured(seen(60, 80, 150), 160, told(0, 155));

    assertThat(run.atLeast()).isEqualTo(Duration.ofSeconds(154 - 80));
    assertThat(run.atMost()).isEqualTo(Duration.ofSeconds(156 - 60));
  }

  @Test
  void taskThatWasLastSeenInTheQueue_mayHaveRunForNoTime() {
    MeasuredRun run = measured(seen(60, null, 60), 100, told(null, null));

    assertThat(run.atLeast()).isEqualTo(Duration.ofMillis(1));
    assertThat(run.atMost()).isEqualTo(Duration.ofSeconds(40));
  }

  @Test
  void taskThatWasFound_teachesNothing_asItsBeginningIsNotKnown() {
    assertThat(MeasuredRun.of(request(null, 100, told(0, 90)))).isEmpty();
  }

  @Test
  void clocksThatWentBack_teachNothing() {
    assertThat(MeasuredRun.of(request(Sightings.NONE, -5, told(null, null)))).isEmpty();
  }

  private static MeasuredRun measured(Sightings seen, int noticed, GenerationOutcome outcome) {
    return MeasuredRun.of(request(seen, noticed, outcome)).orElseThrow();
  }

  private static Sightings seen(
      @Nullable Integer queued, @Nullable Integer running, @Nullable Integer underWay) {
    return new Sightings(at(queued), at(running), at(underWay), null);
  }

  private static GenerationOutcome told(@Nullable Integer created, @Nullable Integer finished) {
    // By a clock that is an hour ahead.
    Instant base = ACCEPTED.plusSeconds(3600);
    return new GenerationOutcome(
        null,
        created == null ? null : base.plusSeconds(created),
        finished == null ? null : base.plusSeconds(finished),
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null);
  }

  private static HandOffRequest request(
      @Nullable Sightings seen, int noticed, GenerationOutcome outcome) {
    return new HandOffRequest(
        "cgt-1",
        null,
        null,
        null,
        null,
        null,
        outcome,
        null,
        ACCEPTED,
        ACCEPTED.plusSeconds(noticed),
        1,
        null,
        null,
        "group",
        seen);
  }

  private static @Nullable Instant at(@Nullable Integer second) {
    return second == null ? null : ACCEPTED.plusSeconds(second);
  }
}
