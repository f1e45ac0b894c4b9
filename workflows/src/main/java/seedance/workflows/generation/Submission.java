package seedance.workflows.generation;

import java.time.Duration;
import java.util.Objects;
import seedance.workflows.json.IsoTime.IsoDuration;
import seedance.workflows.json.Json;
import seedance.workflows.json.WireForm;

/**
 * What {@link SubmitActivity} sends.
 *
 * @param id a receipt is kept under it. An attempt after one that surely made no task has the same,
 *     and so has that of a workflow that was reset; never that of another generation
 * @param request the body, valid by {@link ValidateActivity}, without the marker
 * @param marker what the task is known by again
 * @param traits what the service's list would show of the task
 * @param typicalTime how long such a generation usually takes, which decides the first look
 * @param attempt 1 for the first submission of this generation, which decides how long to wait
 *     where the service does not take it
 */
@WireForm
public record Submission(
    String id,
    Json request,
    Marker marker,
    TaskTraits traits,
    @IsoDuration Duration typicalTime,
    int attempt) {

  /**
   * How long after the server handed out the attempt its request may still leave. A worker that was
   * frozen for longer sends nothing when it wakes up, as the submission may have been found missing
   * by then.
   */
  public static final Duration SEND_WITHIN = Duration.ofSeconds(30);

  public Submission {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(request, "request");
    Objects.requireNonNull(marker, "marker");
    Objects.requireNonNull(traits, "traits");
    Objects.requireNonNull(typicalTime, "typicalTime");
  }
}
