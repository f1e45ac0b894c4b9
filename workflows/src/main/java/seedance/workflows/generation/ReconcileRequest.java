package seedance.workflows.generation;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import seedance.workflows.json.IsoTime.IsoDuration;
import seedance.workflows.json.IsoTime.IsoInstant;
import seedance.workflows.json.WireForm;

/**
 * Which submission's task to look for.
 *
 * @param submissionId as in {@link Submission#id()}
 * @param marker as in {@link Submission#marker()}
 * @param traits as in {@link Submission#traits()}
 * @param sentAfter the submission was scheduled then, so its task is no older
 * @param sentBefore nothing was sent any more after this moment
 * @param typicalTime how long such a generation usually takes
 * @param attempt 1 for the first look for this task
 * @param name as in {@link Submission#name()}
 * @param group as in {@link GenerationPlan#group()}
 */
@WireForm
public record ReconcileRequest(
    String submissionId,
    Marker marker,
    TaskTraits traits,
    @IsoInstant Instant sentAfter,
    @IsoInstant Instant sentBefore,
    @IsoDuration Duration typicalTime,
    int attempt,
    @Nullable SubmissionName name,
    @Nullable String group) {

  /** About a submission that is known by its id alone. */
  public ReconcileRequest(
      String submissionId,
      Marker marker,
      TaskTraits traits,
      Instant sentAfter,
      Instant sentBefore,
      Duration typicalTime,
      int attempt) {
    this(submissionId, marker, traits, sentAfter, sentBefore, typicalTime, attempt, null, null);
  }

  public ReconcileRequest {
    Objects.requireNonNull(submissionId, "submissionId");
    Objects.requireNonNull(marker, "marker");
    Objects.requireNonNull(traits, "traits");
    Objects.requireNonNull(sentAfter, "sentAfter");
    Objects.requireNonNull(sentBefore, "sentBefore");
    Objects.requireNonNull(typicalTime, "typicalTime");
  }

  /** The first look for the task of a submission. */
  static ReconcileRequest first(Sent sent) {
    Submission submission = sent.submission();
    return new ReconcileRequest(
        submission.id(),
        submission.marker(),
        submission.traits(),
        sent.after(),
        sent.before(),
        submission.typicalTime(),
        1,
        submission.name(),
        submission.group());
  }

  /** The same look for what was sent then, with such traits. */
  public ReconcileRequest of(TaskTraits sent, Instant then) {
    return new ReconcileRequest(
        submissionId, marker, sent, then, sentBefore, typicalTime, attempt, name, group);
  }

  /** The next look. */
  ReconcileRequest again() {
    return new ReconcileRequest(
        submissionId, marker, traits, sentAfter, sentBefore, typicalTime, attempt + 1, name, group);
  }
}
