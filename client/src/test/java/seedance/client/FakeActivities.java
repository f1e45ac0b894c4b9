package seedance.client;

import io.temporal.activity.Activity;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import seedance.workflows.generation.AdoptActivity;
import seedance.workflows.generation.AdoptRequest;
import seedance.workflows.generation.Adoption;
import seedance.workflows.generation.Artifact;
import seedance.workflows.generation.CancelActivity;
import seedance.workflows.generation.CancelOutcome;
import seedance.workflows.generation.CancelRequest;
import seedance.workflows.generation.CheckedGeneration;
import seedance.workflows.generation.FailureType;
import seedance.workflows.generation.GenerationOptions;
import seedance.workflows.generation.GenerationOutcome;
import seedance.workflows.generation.GenerationPlan;
import seedance.workflows.generation.GenerationRules;
import seedance.workflows.generation.HandOffActivity;
import seedance.workflows.generation.HandOffOutcome;
import seedance.workflows.generation.HandOffRequest;
import seedance.workflows.generation.Look;
import seedance.workflows.generation.LookActivity;
import seedance.workflows.generation.LookRequest;
import seedance.workflows.generation.Marking;
import seedance.workflows.generation.Problem;
import seedance.workflows.generation.ReconcileActivity;
import seedance.workflows.generation.ReconcileRequest;
import seedance.workflows.generation.Reconciliation;
import seedance.workflows.generation.ServiceError;
import seedance.workflows.generation.Submission;
import seedance.workflows.generation.SubmitActivity;
import seedance.workflows.generation.SubmitOutcome;
import seedance.workflows.generation.TaskTraits;
import seedance.workflows.generation.ValidateActivity;
import seedance.workflows.generation.Validation;
import seedance.workflows.json.Json;
import seedance.workflows.json.Verdict;
import seedance.workflows.request.ModelCatalogue;

/**
 * Every activity in its simplest form: a task is running at the first look and done at the second.
 * A workflow whose id starts with {@code held} waits at its first look until it is released, one
 * that starts with {@code watched} is running at every look until it may end, one that starts with
 * {@code refused} fails at its first look, and of {@code refused-once} only the first task, of
 * {@code refused-poster-only} only the child {@code poster}; a chain's step {@code refused} fails
 * as well, with all that a service can say; the first submission of one that starts with {@code
 * lost} is lost, and looking for its task does not tell, or, for {@code lost-sought}, has not
 * ended, the task of {@code lost-held} is held as well, and the second submission of {@code
 * lost-then-refused} is refused; adopting {@code cgt-unanswered} or {@code cgt-later} gets no
 * answer, and {@code cgt-held} none until the held ones are released; what starts with {@code busy}
 * is not taken twenty times, and so goes on in another run, and of what starts with {@code full}
 * only the second submission is taken, another waits an hour.
 */
public final class FakeActivities
    implements ValidateActivity,
        SubmitActivity,
        ReconcileActivity,
        AdoptActivity,
        CancelActivity,
        LookActivity,
        HandOffActivity {
  private static final Duration SOON = Duration.ofMillis(300);

  private final CountDownLatch held = new CountDownLatch(1);
  private final Set<String> mayEnd = ConcurrentHashMap.newKeySet();
  private final Queue<String> submitted = new ConcurrentLinkedQueue<>();

  /** Lets the held ones go on. */
  public void release() {
    held.countDown();
  }

  /** Lets a watched one end. */
  public void mayEnd(String workflowId) {
    mayEnd.add(workflowId);
  }

  /** How many tasks a workflow made. */
  public long submissionsOf(String workflowId) {
    return submitted.stream().filter(workflowId::equals).count();
  }

  @Override
  public Validation validate(Json request, Json options) {
    Verdict<CheckedGeneration> verdict =
        new GenerationRules(ModelCatalogue.builtIn()).check(request, options);
    return verdict.isValid()
        ? new Validation.Valid(
            new GenerationPlan(
                "text",
                "doubao-seedance-2-0",
                "720p",
                5,
                SOON,
                Duration.ofHours(1),
                null,
                Marking.NONE,
                TaskTraits.ANY,
                GenerationOptions.fromJson(options)))
        : new Validation.Invalid(verdict.violations());
  }

  @Override
  public SubmitOutcome submit(Submission submission) {
    String workflowId = Activity.getExecutionContext().getInfo().getWorkflowId();
    submitted.add(workflowId);
    if (workflowId.startsWith("busy") && submissionsOf(workflowId) <= 20) {
      return new SubmitOutcome.NotCreated(
          new Problem("its queue is full", Instant.now()), Duration.ofMillis(1));
    }
    if (workflowId.startsWith("lost-then-refused") && submissionsOf(workflowId) == 2) {
      return new SubmitOutcome.Rejected(
          new ServiceError(FailureType.ACCOUNT_REFUSED, "AccountOverdueError", null, null));
    }
    if (workflowId.startsWith("full") && submissionsOf(workflowId) != 2) {
      return new SubmitOutcome.NotCreated(
          new Problem("its queue is full", Instant.now()), Duration.ofHours(1));
    }
    return workflowId.startsWith("lost") && submissionsOf(workflowId) == 1
        ? new SubmitOutcome.Unknown(new Problem("the connection broke", Instant.now()))
        : new SubmitOutcome.Accepted("cgt-1", Instant.now(), SOON);
  }

  private void waitUntilReleased() {
    try {
      held.await();
    } catch (InterruptedException workerIsStopped) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public Reconciliation reconcile(ReconcileRequest request) {
    Duration later = Duration.ofHours(1);
    return Activity.getExecutionContext().getInfo().getWorkflowId().startsWith("lost-sought")
        ? new Reconciliation.NotYet(new Problem("not listed so far", Instant.now()), later)
        : new Reconciliation.CannotTell(
            new Problem("two tasks fit", Instant.now()), List.of("cgt-1", "cgt-2"), later);
  }

  @Override
  public Adoption adopt(AdoptRequest request) {
    if (request.taskId().equals("cgt-held")) {
      waitUntilReleased();
    }
    if (Set.of("cgt-unanswered", "cgt-later").contains(request.taskId())) {
      return new Adoption.NotYet(
          new Problem("the service answered 503", Instant.now()), Duration.ofHours(1));
    }
    return request.taskId().equals("cgt-unknown")
        ? new Adoption.Refused(new Problem("the service knows no such task", Instant.now()))
        : new Adoption.Adopted(new SubmitOutcome.Accepted(request.taskId(), Instant.now(), SOON));
  }

  @Override
  public CancelOutcome cancel(CancelRequest request) {
    return new CancelOutcome.TooLate(new Problem("the task runs already", Instant.now()));
  }

  @Override
  public Look look(LookRequest request) {
    String workflowId = Activity.getExecutionContext().getInfo().getWorkflowId();
    boolean poster = workflowId.startsWith("refused-poster-only");
    if (workflowId.endsWith(".refused")) {
      return new Look.Failed(
          new ServiceError(
              FailureType.OUTPUT_MODERATED,
              "OutputVideoSensitiveContentDetected",
              "content",
              "req-7",
              "The output video may contain …"),
          Instant.now());
    }
    if (workflowId.startsWith("refused-once") && submissionsOf(workflowId) > 1) {
      return new Look.Going("running", Instant.now(), Duration.ofHours(1));
    }
    if (poster ? workflowId.endsWith("-only-poster") : workflowId.startsWith("refused")) {
      return new Look.Failed(
          new ServiceError(
              FailureType.OUTPUT_MODERATED, "OutputVideoSensitiveContentDetected", null, null),
          Instant.now());
    }
    boolean firstLook =
        Duration.between(request.acceptedAt(), Instant.now()).compareTo(SOON.multipliedBy(2)) < 0;
    if (workflowId.matches("(lost-)?held.*") && held.getCount() > 0) {
      // No look is under way when a test cancels: the in-memory server can stop at that.
      return new Look.Going("running", Instant.now(), Duration.ofHours(1));
    }
    if (firstLook || workflowId.startsWith("watched") && !mayEnd.contains(workflowId)) {
      return new Look.Going("running", Instant.now(), SOON);
    }
    return new Look.Succeeded(
        new GenerationOutcome(
            "doubao-seedance-2-0-260128",
            request.acceptedAt(),
            Instant.now(),
            97151L,
            "720p",
            "16:9",
            5.0,
            null,
            24,
            true,
            108_900L,
            108_900L),
        Instant.now());
  }

  @Override
  public HandOffOutcome handOff(HandOffRequest request) {
    Artifact video =
        new Artifact(
            Artifact.Kind.VIDEO,
            URI.create("file:///clips/a/video.mp4"),
            "video/mp4",
            71_234,
            "ab12");
    return new HandOffOutcome.Stored(
        List.of(video), URI.create("file:///clips/a/manifest.json"), Instant.now());
  }
}
