package seedance.workflows.generation;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.temporal.common.converter.DataConverterException;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInfo;
import java.io.IOException;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import seedance.workflows.json.IsoTime.IsoInstant;
import seedance.workflows.json.Json;
import seedance.workflows.json.WireForm;

/**
 * From where a run goes on: what one hands to the next, beside the request and its options as they
 * were given.
 *
 * @param storedRequest as in {@link Validation.Valid}
 * @param submissionName what its submissions are known by, the same in every run: a name made anew
 *     would be a second bill
 * @param madeFor the {@link VideoGenerationWorkflow#SUBMISSION_MEMO} of its parent; null where that
 *     gave none
 * @param startedAt when the first run began, as the deadline counts from it
 * @param earlier as in {@link GenerationFailure#earlier()}; null also where an older version handed
 *     over, which did not tell
 */
@WireForm
record Continuation(
    GenerationPlan plan,
    @Nullable String storedRequest,
    String submissionName,
    @Nullable String madeFor,
    @IsoInstant Instant startedAt,
    Progress progress,
    Position position,
    @Nullable String earlier) {
  private static final String UNTOLD = "an earlier submission went without an answer";

  private static final ObjectMapper JSON =
      new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

  Continuation {
    Objects.requireNonNull(plan, "plan");
    Objects.requireNonNull(submissionName, "submissionName");
    Objects.requireNonNull(startedAt, "startedAt");
    Objects.requireNonNull(progress, "progress");
    Objects.requireNonNull(position, "position");
  }

  /** The first run's, whose request is valid. */
  static Continuation first(Validation.Valid valid, Progress progress) {
    WorkflowInfo run = Workflow.getInfo();
    String madeFor = ParentMemo.submission();
    return new Continuation(
        valid.plan(),
        valid.storedRequest(),
        madeFor == null ? run.getOriginalExecutionRunId() : madeFor,
        madeFor,
        Instant.ofEpochMilli(run.getRunStartedTimestampMillis()),
        progress,
        Position.first(valid.plan(), WorkflowClock.now()),
        null);
  }

  /**
   * What is known of submissions that were given up for another; null where there were none. The
   * runs before may be those of an older version.
   */
  @Nullable String earlierSubmissions() {
    boolean isUntold = earlier == null && position.resubmissions() + ParentMemo.resubmissions() > 0;
    return isUntold ? UNTOLD : earlier;
  }

  /**
   * Reads what an earlier run handed over.
   *
   * @throws DataConverterException if this version cannot read it. A newer worker's may be meant,
   *     and its task is paid for: the run stalls until one takes it
   */
  static Continuation read(Json handedOver) {
    try {
      return Objects.requireNonNull(
          JSON.readValue(JSON.writeValueAsBytes(handedOver), Continuation.class));
    } catch (IOException | NullPointerException unreadable) {
      throw new DataConverterException("what the run before handed over cannot be read here");
    }
  }

  Continuation at(Progress seen, Position reached, @Nullable String earlierSubmissions) {
    return new Continuation(
        plan, storedRequest, submissionName, madeFor, startedAt, seen, reached, earlierSubmissions);
  }
}
