package seedance.activities.generation;

import java.time.Clock;
import java.time.Instant;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import seedance.activities.provider.Creation;
import seedance.activities.provider.VideoProvider;
import seedance.workflows.generation.Problem;
import seedance.workflows.generation.Submission;
import seedance.workflows.generation.SubmitActivity;
import seedance.workflows.generation.SubmitOutcome;
import seedance.workflows.request.SentBody;

/** Sends the request once and says what became of it. */
final class SubmitOnce implements SubmitActivity {
  private static final Logger log = LoggerFactory.getLogger(SubmitOnce.class);

  private final VideoProvider provider;
  private final LookSchedule schedule;
  private final GenerationMetrics metrics;
  private final Clock clock;

  SubmitOnce(
      VideoProvider provider, LookSchedule schedule, GenerationMetrics metrics, Clock clock) {
    this.provider = Objects.requireNonNull(provider, "provider");
    this.schedule = Objects.requireNonNull(schedule, "schedule");
    this.metrics = Objects.requireNonNull(metrics, "metrics");
    this.clock = Objects.requireNonNull(clock, "clock");
  }

  @Override
  public SubmitOutcome submit(Submission submission) {
    SubmitOutcome outcome =
        outcome(provider.create(SentBody.of(submission.request()), Instant.MAX), submission);
    metrics.submitted(outcome);
    if (outcome instanceof SubmitOutcome.Unknown unknown) {
      log.warn("Unknown submission: {}", unknown.problem().what());
    }
    return outcome;
  }

  private SubmitOutcome outcome(Creation creation, Submission submission) {
    if (creation instanceof Creation.Created created) {
      return new SubmitOutcome.Accepted(
          created.taskId(), clock.instant(), schedule.firstLookIn(submission.typicalTime()));
    }
    if (creation instanceof Creation.NotCreated notCreated) {
      return new SubmitOutcome.NotCreated(
          problem(notCreated.what()),
          schedule.nextSubmissionIn(submission.attempt(), notCreated.retryAfter()));
    }
    if (creation instanceof Creation.Rejected rejected) {
      return new SubmitOutcome.Rejected(rejected.error());
    }
    return new SubmitOutcome.Unknown(problem(((Creation.Unknown) creation).what()));
  }

  private Problem problem(String what) {
    return new Problem(what, clock.instant());
  }
}
