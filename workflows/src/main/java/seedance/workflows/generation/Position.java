package seedance.workflows.generation;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import seedance.workflows.json.IsoTime.IsoDuration;
import seedance.workflows.json.IsoTime.IsoInstant;
import seedance.workflows.json.WireForm;

/**
 * How far a generation is: all that the loop of a stage remembers from one turn to the next, so
 * that another run can go on with it ({@link Continuation}). None holds the request.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "position")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Position.Submitting.class, name = "submitting"),
  @JsonSubTypes.Type(value = Position.Adopting.class, name = "adopting"),
  @JsonSubTypes.Type(value = Position.Reconciling.class, name = "reconciling"),
  @JsonSubTypes.Type(value = Position.Awaiting.class, name = "awaiting"),
  @JsonSubTypes.Type(value = Position.HandingOff.class, name = "handingOff")
})
sealed interface Position {

  /** Where a generation begins whose request is valid. */
  static Position first(GenerationPlan plan, Instant now) {
    return plan.options()
        .adopt()
        .<Position>map(taskId -> new Adopting(taskId, 1))
        .orElseGet(() -> new Submitting(0, 1, now.plus(plan.options().submitWithin())));
  }

  /** How many submissions were given up for another, as far as the position tells. */
  default int resubmissions() {
    return this instanceof Reconciling lost ? lost.submitting().resubmissions() : 0;
  }

  /** There is a task, which is paid for. */
  sealed interface WithTask extends Position {
    SubmitOutcome.Accepted task();

    /** As in {@link LookRequest}; null too where no look comes any more. */
    default @Nullable String storedRequest() {
      return this instanceof Awaiting awaiting ? awaiting.look().storedRequest() : null;
    }
  }

  /** The request is to be sent. */
  @WireForm
  record Submitting(int resubmissions, int attempt, @IsoInstant Instant giveUpAt)
      implements Position {
    public Submitting {
      Objects.requireNonNull(giveUpAt, "giveUpAt");
    }

    /** After an answer that surely no task was made. */
    Submitting again() {
      return new Submitting(resubmissions, attempt + 1, giveUpAt);
    }

    /** After a submission that was given up for another. */
    Submitting anew() {
      return new Submitting(resubmissions + 1, attempt + 1, giveUpAt);
    }
  }

  /** The task of {@code options.adopt} is to be taken over. */
  @WireForm
  record Adopting(String taskId, int attempt) implements Position {
    public Adopting {
      Objects.requireNonNull(taskId, "taskId");
    }

    Adopting again() {
      return new Adopting(taskId, attempt + 1);
    }
  }

  /**
   * The task of a submission whose answer was lost is to be found.
   *
   * @param request the look for it that comes next
   * @param lost how the answer was lost
   * @param submitting the submission
   */
  @WireForm
  record Reconciling(ReconcileRequest request, Problem lost, Submitting submitting)
      implements Position {
    public Reconciling {
      Objects.requireNonNull(request, "request");
      Objects.requireNonNull(lost, "lost");
      Objects.requireNonNull(submitting, "submitting");
    }

    Reconciling again() {
      return new Reconciling(request.again(), lost, submitting);
    }
  }

  /**
   * The service's verdict on a task is waited for.
   *
   * @param look the look that comes next
   * @param lookIn when it comes
   * @param seen what was seen last, for the timeline
   * @param lastQueuedAt the last look that saw the task queued; null where none did
   */
  @WireForm
  record Awaiting(
      SubmitOutcome.Accepted task,
      LookRequest look,
      @IsoDuration Duration lookIn,
      String seen,
      @IsoInstant @Nullable Instant lastQueuedAt)
      implements WithTask {
    public Awaiting {
      Objects.requireNonNull(task, "task");
      Objects.requireNonNull(look, "look");
      Objects.requireNonNull(lookIn, "lookIn");
      Objects.requireNonNull(seen, "seen");
    }

    /**
     * Before the first look.
     *
     * @param storedRequest as in {@link LookRequest}
     */
    static Awaiting first(
        SubmitOutcome.Accepted task, GenerationPlan plan, @Nullable String storedRequest) {
      return first(task, LookRequest.first(task, plan, Sightings.NONE, storedRequest));
    }

    /** The same of a task of which it is not known how its run began. */
    static Awaiting found(
        SubmitOutcome.Accepted task, GenerationPlan plan, @Nullable String storedRequest) {
      return first(task, LookRequest.first(task, plan, null, storedRequest));
    }

    private static Awaiting first(SubmitOutcome.Accepted task, LookRequest look) {
      return new Awaiting(task, look, task.firstLookIn(), "Accepted", null);
    }

    Awaiting after(Look.Going going) {
      return new Awaiting(
          task,
          look.afterLook(going),
          going.nextLookIn(),
          Timeline.sentence(going.status().replace('_', ' ')),
          going.isQueued() ? going.at() : lastQueuedAt);
    }

    Awaiting after(Look.NotSeen miss) {
      return new Awaiting(
          task,
          look.afterMiss(miss),
          miss.nextLookIn(),
          Timeline.sentence(miss.problem().what()),
          lastQueuedAt);
    }

    /**
     * @param byCallback whether a call from the service ended the wait for the look
     */
    HandingOff finished(Look.Succeeded succeeded, boolean byCallback) {
      Sightings seen = look.sightings();
      return new HandingOff(
          task,
          succeeded.outcome(),
          lastQueuedAt,
          succeeded.at(),
          1,
          null,
          seen == null
              ? null
              : seen.ended(task.callbacks() == Callbacks.ASKED_FOR ? byCallback : null));
    }
  }

  /**
   * A clip is to be stored.
   *
   * @param lastQueuedAt the last look that saw the task queued; null where none did
   * @param noticedAt when it was seen to be there
   * @param attempt 1 for the first
   * @param missingSince as in {@link HandOffRequest}
   * @param sightings as in {@link HandOffRequest}
   */
  @WireForm
  record HandingOff(
      SubmitOutcome.Accepted task,
      GenerationOutcome outcome,
      @IsoInstant @Nullable Instant lastQueuedAt,
      @IsoInstant Instant noticedAt,
      int attempt,
      @IsoInstant @Nullable Instant missingSince,
      @Nullable Sightings sightings)
      implements WithTask {
    public HandingOff {
      Objects.requireNonNull(task, "task");
      Objects.requireNonNull(outcome, "outcome");
      Objects.requireNonNull(noticedAt, "noticedAt");
    }

    HandingOff after(HandOffOutcome.NotStored notStored) {
      return new HandingOff(
          task,
          outcome,
          lastQueuedAt,
          noticedAt,
          attempt + 1,
          notStored.missingSince(missingSince),
          sightings);
    }

    Timings timings(Instant storedAt) {
      return Timings.of(task.acceptedAt(), lastQueuedAt, outcome.finishedAt(), noticedAt, storedAt);
    }
  }
}
