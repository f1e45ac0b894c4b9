package seedance.workflows.generation;

import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import seedance.workflows.json.IsoTime.IsoDuration;
import seedance.workflows.json.Json;
import seedance.workflows.json.WireForm;
import seedance.workflows.request.Request;

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
 * @param name which of its generation's it is, whose id it has; null where it is known by its id
 *     alone, as those of older versions
 * @param group as in {@link GenerationPlan#group()}
 */
@WireForm
public record Submission(
    String id,
    Json request,
    Marker marker,
    TaskTraits traits,
    @IsoDuration Duration typicalTime,
    int attempt,
    @Nullable SubmissionName name,
    @Nullable String group) {

  /**
   * How long after the server handed out the attempt its request may still leave. A worker that was
   * frozen for longer sends nothing when it wakes up, as the submission may have been found missing
   * by then.
   */
  public static final Duration SEND_WITHIN = Duration.ofSeconds(30);

  /** One that is known by its id alone. */
  public Submission(
      String id,
      Json request,
      Marker marker,
      TaskTraits traits,
      Duration typicalTime,
      int attempt) {
    this(id, request, marker, traits, typicalTime, attempt, null, null);
  }

  public Submission {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(request, "request");
    Objects.requireNonNull(marker, "marker");
    Objects.requireNonNull(traits, "traits");
    Objects.requireNonNull(typicalTime, "typicalTime");
  }

  /**
   * The first submission of a request, in workflow code: its id is drawn by the workflow, and it is
   * marked as the plan says, so that its task can be found again where the answer is lost.
   *
   * @param request the body that {@link ValidateActivity} made the plan of
   */
  public static Submission of(Request request, GenerationPlan plan) {
    return of(Workflow.randomUUID(), null, request.json(), plan, 1);
  }

  static Submission of(SubmissionName name, Json request, GenerationPlan plan, int attempt) {
    return of(name.uuid(), name, request, plan, attempt);
  }

  private static Submission of(
      UUID id, @Nullable SubmissionName name, Json request, GenerationPlan plan, int attempt) {
    Marker marker = Marker.of(plan.marking(), id);
    return new Submission(
        id.toString(),
        request,
        marker,
        plan.traits().markedBy(marker),
        plan.typicalTime(),
        attempt,
        name,
        plan.group());
  }

  /** The next attempt at this one, after {@link SubmitOutcome.NotCreated} and nothing else. */
  public Submission again() {
    return new Submission(id, request, marker, traits, typicalTime, attempt + 1, name, group);
  }
}
