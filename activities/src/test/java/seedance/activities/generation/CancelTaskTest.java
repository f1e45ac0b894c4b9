package seedance.activities.generation;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import seedance.activities.MovableClock;
import seedance.activities.provider.Cancellation.Done;
import seedance.activities.provider.Cancellation.NoSuchTask;
import seedance.activities.provider.Cancellation.NotKnown;
import seedance.activities.provider.Cancellation.Running;
import seedance.activities.provider.Cancellation.Unsupported;
import seedance.activities.provider.TaskLook;
import seedance.activities.provider.TaskStatus;
import seedance.activities.provider.TaskStatus.Known;
import seedance.workflows.generation.CancelOutcome;
import seedance.workflows.generation.CancelRequest;
import seedance.workflows.generation.FailureType;

/** Nothing but a task that was just seen queued is ever deleted, and what is said is true. */
class CancelTaskTest {
  private static final Instant NOW = Instant.parse("2026-11-22T18:00:00Z");
  private static final TaskLook QUEUED = ScriptedProvider.going(Known.QUEUED);
  private static final TaskLook RUNNING = ScriptedProvider.going(Known.RUNNING);
  private static final TaskLook CANCELLED =
      ScriptedProvider.ended(Known.CANCELLED, FailureType.TASK_CANCELLED);
  private static final TaskLook SUCCEEDED =
      ScriptedProvider.succeeded(URI.create("https://f.example/v.mp4"));

  private final MovableClock clock = new MovableClock(NOW);
  private final ScriptedProvider provider = new ScriptedProvider();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

  @Test
  void queuedTask_isCancelled_andALookConfirmsIt() {
    provider.onLook(QUEUED).onLook(CANCELLED).onCancel(new Done());

    assertThat(cancel(1)).isEqualTo(new CancelOutcome.Cancelled());
    assertThat(provider.cancelled).containsExactly(ScriptedProvider.TASK);
    assertThat(provider.looked).hasSize(2);
    assertCounted("cancelled");
  }

  @Test
  void cancel_isSentSoonAfterTheLookBegan_orNotAtAll() {
    provider
        .onLook(
            () -> {
              clock.advance(Duration.ofSeconds(3));
              return QUEUED;
            })
        .onCancel(new Done());

    cancel(1);

    assertThat(provider.sendBefore).isEqualTo(NOW.plusSeconds(5));
  }

  @Test
  void finishedTask_isNeverDeleted() {
    provider.onLook(SUCCEEDED).onCancel(new Done());

    assertThat(cancel(1)).isEqualTo(new CancelOutcome.Over());
    assertThat(provider.cancelled).isEmpty();
    assertCounted("over");
  }

  @ParameterizedTest
  @CsvSource({"FAILED, TASK_FAILED", "EXPIRED, TASK_EXPIRED"})
  void taskThatEndedWithoutAVideo_isOver_andNeverDeleted(Known status, FailureType failure) {
    provider.onLook(ScriptedProvider.ended(status, failure)).onCancel(new Done());

    assertThat(cancel(1)).isEqualTo(new CancelOutcome.Over());
    assertThat(provider.cancelled).isEmpty();
  }

  @Test
  void taskThatIsCancelledAlready_isCancelled_andNothingIsSent() {
    provider.onLook(CANCELLED).onCancel(new Done());

    assertThat(cancel(2)).isEqualTo(new CancelOutcome.Cancelled());
    assertThat(provider.cancelled).isEmpty();
  }

  @Test
  void runningTask_isTooLate_andNothingIsSent() {
    provider.onLook(RUNNING).onCancel(new Done());

    assertThat(tooLate(cancel(1))).isEqualTo("the task is already running");
    assertThat(provider.cancelled).isEmpty();
    assertCounted("too_late");
  }

  @ParameterizedTest
  @ValueSource(strings = {"pondering", "succeeded_no_video_yet"})
  void taskInAStrangeStatus_isTooLate_andNothingIsSent(String word) {
    provider.onLook(ScriptedProvider.going(new TaskStatus.Strange(word))).onCancel(new Done());

    assertThat(tooLate(cancel(1))).startsWith("the task is already ");
    assertThat(provider.cancelled).isEmpty();
  }

  @Test
  void taskThatBeganToRunMeanwhile_isTooLate() {
    provider.onLook(QUEUED).onLook(RUNNING).onCancel(new Running("the task runs (409)"));

    assertThat(tooLate(cancel(1))).isEqualTo("the task runs (409)");
  }

  @Test
  void refusedCancel_ofATaskThatIsOver_isWhatALookSays() {
    provider.onLook(QUEUED).onLook(CANCELLED).onCancel(new Running("409"));
    assertThat(cancel(1)).isEqualTo(new CancelOutcome.Cancelled());
  }

  @Test
  void cancelThatEndedInAVideo_isOver() {
    provider.onLook(QUEUED).onLook(SUCCEEDED).onCancel(new Running("409"));

    assertThat(cancel(1)).isEqualTo(new CancelOutcome.Over());
    assertThat(provider.cancelled).hasSize(1);
  }

  @Test
  void doneCancel_thatTheTaskOutran_isTooLate() {
    provider.onLook(QUEUED).onLook(RUNNING).onCancel(new Done());

    assertThat(tooLate(cancel(1))).isEqualTo("the task is already running");
  }

  @Test
  void recordThatWentWithTheCancel_isCancelled() {
    provider.onLook(QUEUED).onLook(ScriptedProvider.noSuchTask()).onCancel(new Done());

    assertThat(cancel(1)).isEqualTo(new CancelOutcome.Cancelled());
  }

  @Test
  void cancelThatIsNotShownYet_isConfirmedByTheNextAttempt() {
    provider.onLook(QUEUED).onLook(QUEUED).onLook(CANCELLED).onCancel(new Done());

    CancelOutcome.NotYet notYet = notYet(cancel(1));

    assertThat(notYet.retryIn()).isBetween(Duration.ofSeconds(5), Duration.ofSeconds(6));
    assertThat(cancel(2)).isEqualTo(new CancelOutcome.Cancelled());
    assertThat(provider.cancelled).hasSize(1);
  }

  @Test
  void dialectWithoutCancel_isTooLate() {
    provider.onLook(QUEUED).onCancel(new Unsupported());

    assertThat(tooLate(cancel(1))).isEqualTo("the service's gateway cannot cancel");
  }

  @Test
  void cancelWhoseAnswerIsLost_isNotYet_whenTheServiceSays() {
    provider.onLook(QUEUED).onCancel(new NotKnown("busy", Optional.of(Duration.ofMinutes(7))));

    assertThat(notYet(cancel(1)).retryIn()).isEqualTo(Duration.ofMinutes(7));
    assertCounted("not_yet");
  }

  @Test
  void taskThatIsSuddenlyUnknown_isNotYet() {
    provider.onLook(QUEUED).onCancel(new NoSuchTask("the service knows no such task"));
    assertThat(notYet(cancel(1)).problem().what()).isEqualTo("the service knows no such task");
  }

  @Test
  void failedLook_isNotYet_andNothingIsSent() {
    provider.onLook(new TaskLook.NotSeen("no connection", Optional.empty())).onCancel(new Done());

    assertThat(notYet(cancel(3)).retryIn())
        .isBetween(Duration.ofSeconds(20), Duration.ofSeconds(24));
    assertThat(provider.cancelled).isEmpty();
  }

  @Test
  void failedConfirmation_isNotYet() {
    provider
        .onLook(QUEUED)
        .onLook(new TaskLook.NotSeen("no connection", Optional.empty()))
        .onCancel(new Done());

    assertThat(notYet(cancel(1)).problem().what()).isEqualTo("no connection");
  }

  @Test
  void unknownTask_isNotYet_asItMayBeTooNew_andNothingIsSent() {
    provider.onLook(ScriptedProvider.noSuchTask()).onCancel(new Done());

    notYet(cancel(1));
    assertThat(provider.cancelled).isEmpty();
  }

  private CancelOutcome cancel(int attempt) {
    return new CancelTask(provider, LookSchedule.realTime(), new GenerationMetrics(meters), clock)
        .cancel(new CancelRequest(ScriptedProvider.TASK, attempt));
  }

  private static String tooLate(CancelOutcome answer) {
    assertThat(answer).isInstanceOf(CancelOutcome.TooLate.class);
    return ((CancelOutcome.TooLate) answer).problem().what();
  }

  private static CancelOutcome.NotYet notYet(CancelOutcome answer) {
    assertThat(answer).isInstanceOf(CancelOutcome.NotYet.class);
    return (CancelOutcome.NotYet) answer;
  }

  private void assertCounted(String outcome) {
    assertThat(meters.get("seedance.cancellations").tag("outcome", outcome).counter().count())
        .isEqualTo(1);
  }
}
