package seedance.activities.generation;

import io.temporal.activity.Activity;
import io.temporal.activity.ActivityExecutionContext;
import io.temporal.activity.ActivityInfo;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import seedance.activities.provider.Creation;
import seedance.activities.provider.VideoProvider;
import seedance.activities.store.OpenSubmission;
import seedance.activities.store.Receipts;
import seedance.workflows.generation.Callbacks;
import seedance.workflows.generation.Problem;
import seedance.workflows.generation.Submission;
import seedance.workflows.generation.SubmitActivity;
import seedance.workflows.generation.SubmitOutcome;
import seedance.workflows.json.Json;
import seedance.workflows.request.SentBody;

/**
 * Sends the request once and says what became of it. It is noted in the store before it is sent,
 * and its task before anyone is told, so that neither is lost with the worker or with Temporal.
 */
final class SubmitOnce implements SubmitActivity {
  private static final Logger log = LoggerFactory.getLogger(SubmitOnce.class);

  /** An attempt has 90 s, of which a create may take 75: the answer has to reach Temporal. */
  private static final Duration LONGEST_FOR_A_RECEIPT = Duration.ofSeconds(10);

  private final VideoProvider provider;
  private final Receipts receipts;
  private final GenerationReceipts ofGeneration;
  private final References references;
  private final CallbackUrls callbackUrls;
  private final LookSchedule schedule;
  private final Looks looks;
  private final GenerationMetrics metrics;
  private final Clock clock;

  SubmitOnce(
      VideoProvider provider,
      Receipts receipts,
      References references,
      CallbackUrls callbackUrls,
      Looks looks,
      GenerationMetrics metrics,
      Clock clock) {
    this.provider = Objects.requireNonNull(provider, "provider");
    this.receipts = Objects.requireNonNull(receipts, "receipts");
    this.ofGeneration = new GenerationReceipts(receipts);
    this.references = Objects.requireNonNull(references, "references");
    this.callbackUrls = Objects.requireNonNull(callbackUrls, "callbackUrls");
    this.looks = Objects.requireNonNull(looks, "looks");
    this.schedule = looks.schedule();
    this.metrics = Objects.requireNonNull(metrics, "metrics");
    this.clock = Objects.requireNonNull(clock, "clock");
  }

  @Override
  public SubmitOutcome submit(Submission submission) {
    ActivityExecutionContext activity = Activity.getExecutionContext();
    Heartbeat heartbeat = new Heartbeat(activity);
    SubmitOutcome outcome;
    try {
      outcome = submit(submission, activity.getInfo());
    } finally {
      heartbeat.close();
    }
    metrics.submitted(outcome);
    if (outcome instanceof SubmitOutcome.Unknown unknown) {
      log.warn("Unknown submission: {}", unknown.problem().what());
    }
    return outcome;
  }

  private SubmitOutcome submit(Submission submission, ActivityInfo attempt) {
    Json body;
    Callbacks callbacks;
    try {
      Optional<String> taskOfOldReceipt = taskOf(submission);
      if (taskOfOldReceipt.isPresent()) {
        return accepted(taskOfOldReceipt.get(), submission, Callbacks.NOT_ASKED_FOR);
      }
      // Of what may have been sent, nothing but "unknown" is true, references or not.
      if (receipts.find(submission.id()).isPresent()) {
        return mayHaveBeenSent();
      }
      References.Resolution resolution =
          references.resolve(SentBody.of(submission.request()), submission.attempt());
      if (resolution instanceof References.Resolution.NotNow notNow) {
        return notCreated(notNow.what(), notNow.retryAfter(), submission);
      }
      if (resolution instanceof References.Resolution.Unavailable unavailable) {
        return new SubmitOutcome.Rejected(unavailable.error());
      }
      Json resolved = ((References.Resolution.Resolved) resolution).body();
      // Before the note, as a store with notes counts as one of a version before proofs.
      Json marked = submission.marker().on(resolved);
      body = callbackUrls.on(marked, submission.id());
      callbacks = body == marked ? Callbacks.NOT_ASKED_FOR : Callbacks.ASKED_FOR;
      boolean isNew =
          receipts.open(
              new OpenSubmission(
                  submission.id(), attempt.getWorkflowId(), clock.instant(), submission.traits()));
      if (!isNew) {
        return mayHaveBeenSent();
      }
      // It is new too where another run, or a callback, has settled it since it was asked for.
      Optional<String> taskOfNewReceipt = settledMeanwhile(submission);
      if (taskOfNewReceipt.isPresent()) {
        note(() -> receipts.accepted(submission.id(), taskOfNewReceipt.get()), submission.id());
        return accepted(taskOfNewReceipt.get(), submission, Callbacks.NOT_ASKED_FOR);
      }
    } catch (IOException e) {
      return notCreated(StoreTrouble.inWords(e), Optional.empty(), submission);
    }
    // By the server's clock, so that an attempt that waited here for long counts as old.
    Instant sendBefore =
        Instant.ofEpochMilli(attempt.getStartedTimestamp()).plus(Submission.SEND_WITHIN);
    Creation creation;
    try {
      creation = provider.create(body, sendBefore);
    } catch (IllegalArgumentException nothingSent) {
      note(() -> receipts.close(submission.id()), submission.id());
      throw nothingSent;
    }
    note(() -> note(creation, submission.id()), submission.id());
    return calledBack(creation, submission)
        .orElseGet(() -> outcome(creation, submission, callbacks));
  }

  /** Where that cannot be read, nothing is sent, so that nothing may stay open. */
  private Optional<String> settledMeanwhile(Submission submission) throws IOException {
    try {
      return taskOf(submission);
    } catch (IOException e) {
      note(() -> receipts.close(submission.id()), submission.id());
      throw e;
    }
  }

  /** Its own, or that of a submission that was given up for it and shows after all. */
  private Optional<String> taskOf(Submission submission) throws IOException {
    return ofGeneration
        .upTo(submission.id(), submission.name())
        .map(GenerationReceipts.Receipt::taskId);
  }

  private SubmitOutcome mayHaveBeenSent() {
    return new SubmitOutcome.Unknown(
        problem("it may have been sent before, by a run or an attempt that did not report"));
  }

  private void note(Creation creation, String submissionId) throws IOException {
    if (creation instanceof Creation.Created created) {
      TimelyNote.write(
          () -> receipts.accepted(submissionId, created.taskId()), LONGEST_FOR_A_RECEIPT);
    } else if (!(creation instanceof Creation.Unknown)) {
      receipts.close(submissionId);
    }
  }

  /** The answer stands, whether or not it can be noted. */
  private static void note(Note note, String submissionId) {
    try {
      note.write();
    } catch (IOException e) {
      log.warn(
          "No receipt of submission {}, whose answer came: {}",
          submissionId,
          StoreTrouble.inWords(e));
    }
  }

  /** Whatever the answer says: a task of the generation has called back and was looked at. */
  private Optional<SubmitOutcome> calledBack(Creation creation, Submission submission) {
    if (creation instanceof Creation.Created) {
      return Optional.empty();
    }
    try {
      return taskOf(submission)
          .map(taskId -> accepted(taskId, submission, Callbacks.NOT_ASKED_FOR));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private SubmitOutcome outcome(Creation creation, Submission submission, Callbacks callbacks) {
    if (creation instanceof Creation.Created created) {
      return accepted(created.taskId(), submission, callbacks);
    }
    if (creation instanceof Creation.NotCreated notCreated) {
      return notCreated(notCreated.what(), notCreated.retryAfter(), submission);
    }
    if (creation instanceof Creation.Rejected rejected) {
      return new SubmitOutcome.Rejected(rejected.error());
    }
    return new SubmitOutcome.Unknown(problem(((Creation.Unknown) creation).what()));
  }

  private SubmitOutcome.Accepted accepted(
      String taskId, Submission submission, Callbacks callbacks) {
    Instant now = clock.instant();
    Looks.Plan plan =
        looks.first(submission.group(), submission.typicalTime(), callbacks, now, now);
    return new SubmitOutcome.Accepted(
        taskId,
        now,
        plan.lookIn(),
        plan.expectation(),
        submission.group() == null ? null : callbacks);
  }

  private SubmitOutcome.NotCreated notCreated(
      String what, Optional<Duration> retryAfter, Submission submission) {
    return new SubmitOutcome.NotCreated(
        problem(what), schedule.nextSubmissionIn(submission.attempt(), retryAfter));
  }

  private Problem problem(String what) {
    return new Problem(what, clock.instant());
  }

  private interface Note {
    void write() throws IOException;
  }
}
