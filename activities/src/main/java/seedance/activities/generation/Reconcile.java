package seedance.activities.generation;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import seedance.activities.generation.GenerationReceipts.Receipt;
import seedance.activities.provider.ListedTask;
import seedance.activities.provider.Listing;
import seedance.activities.provider.VideoProvider;
import seedance.activities.store.OpenSubmission;
import seedance.activities.store.Receipts;
import seedance.workflows.generation.Problem;
import seedance.workflows.generation.ReconcileActivity;
import seedance.workflows.generation.ReconcileRequest;
import seedance.workflows.generation.Reconciliation;
import seedance.workflows.generation.SubmitOutcome;

/**
 * Looks for the task of a submission whose answer was lost: for its receipt, then in the service's
 * list. A task that is surely the submission's is taken at once; any other verdict waits until the
 * list was read again and again over minutes.
 */
final class Reconcile implements ReconcileActivity {
  /** One miss is never proof, however late it is. */
  private static final int FEWEST_LOOKS = 4;

  /** The service deletes its record of a task after 7 days (H). */
  private static final Duration LISTED_FOR = Duration.ofDays(7);

  /** An attempt has two minutes, of which a list may take 90 s. */
  private static final Duration LONGEST_FOR_OWNERS = Duration.ofSeconds(20);

  /** More would not help anyone to decide. */
  private static final int MOST_CANDIDATES = 20;

  private final VideoProvider provider;
  private final Receipts receipts;
  private final GenerationReceipts ofGeneration;
  private final LookSchedule schedule;
  private final Looks looks;
  private final GenerationMetrics metrics;
  private final Clock clock;
  private final Supplier<String> workflowId;

  /**
   * @param workflowId of the generation whose activity runs
   */
  Reconcile(
      VideoProvider provider,
      Receipts receipts,
      Looks looks,
      GenerationMetrics metrics,
      Clock clock,
      Supplier<String> workflowId) {
    this.provider = Objects.requireNonNull(provider, "provider");
    this.receipts = Objects.requireNonNull(receipts, "receipts");
    this.ofGeneration = new GenerationReceipts(receipts);
    this.looks = Objects.requireNonNull(looks, "looks");
    this.schedule = looks.schedule();
    this.metrics = Objects.requireNonNull(metrics, "metrics");
    this.clock = Objects.requireNonNull(clock, "clock");
    this.workflowId = Objects.requireNonNull(workflowId, "workflowId");
  }

  @Override
  public Reconciliation reconcile(ReconcileRequest request) {
    Reconciliation outcome;
    try {
      outcome = look(asItWasOpened(request));
    } catch (IOException e) {
      outcome = notYet(StoreTrouble.inWords(e), request, Optional.empty());
    }
    metrics.reconciled(outcome);
    return outcome;
  }

  /**
   * A workflow that was reset, or a step that is made again, knows only of its second attempt. What
   * was sent by the first may have had another marker, or none, by the catalogue of that time.
   */
  private ReconcileRequest asItWasOpened(ReconcileRequest request) throws IOException {
    Optional<OpenSubmission> first = receipts.find(request.submissionId());
    Instant openedAt =
        first
            .map(OpenSubmission::openedAt)
            .filter(opened -> opened.isBefore(request.sentAfter()))
            .orElse(request.sentAfter());
    return request.of(first.map(OpenSubmission::traits).orElse(request.traits()), openedAt);
  }

  private Reconciliation look(ReconcileRequest request) throws IOException {
    Optional<Reconciliation> receipt = byReceipt(request);
    if (receipt.isPresent()) {
      return receipt.get();
    }
    // Its worker may have died before it noted anything. Without a note, a reset would send it
    // again although it was given up for another submission by then.
    receipts.open(
        new OpenSubmission(
            request.submissionId(), workflowId.get(), request.sentAfter(), request.traits()));
    Instant now = clock.instant();
    if (now.isBefore(request.sentBefore())) {
      return new Reconciliation.NotYet(
          new Problem("a frozen worker may still send it", now),
          Duration.between(now, request.sentBefore()));
    }
    Listing listing =
        provider.list(
            request.sentAfter().minus(TaskMatch.EARLIEST_BEFORE),
            request.sentBefore().plus(TaskMatch.LATEST_AFTER));
    // A list is read for up to a minute and a half, and may lag behind a callback.
    Optional<Reconciliation> receiptMeanwhile = byReceipt(request);
    if (receiptMeanwhile.isPresent()) {
      return receiptMeanwhile.get();
    }
    if (listing instanceof Listing.Listed listed) {
      return among(listed.tasks(), request);
    }
    if (listing instanceof Listing.NotListed notListed) {
      String what = "the list could not be read: " + notListed.what();
      return isPatient(request)
          ? notYet(what, request, notListed.retryAfter())
          : cannotTell(what, List.of(), request);
    }
    String what = "the service's gateway has no list of tasks";
    return elapsed(request).compareTo(schedule.patienceWithoutAList()) < 0
        ? notYet(what, request, Optional.empty())
        : cannotTell(what, List.of(), request);
  }

  private Optional<Reconciliation> byReceipt(ReconcileRequest request) throws IOException {
    Optional<Receipt> receipt = ofGeneration.of(request.submissionId(), request.name());
    if (receipt.isPresent()) {
      // Whoever wrote it may have died before the rest of its notes.
      receipts.accepted(receipt.get().submissionId(), receipt.get().taskId());
    }
    return receipt.map(
        made -> new Reconciliation.Found(task(made.taskId(), null, request), made.madeBy()));
  }

  private Reconciliation among(List<ListedTask> tasks, ReconcileRequest request)
      throws IOException {
    List<ListedTask> alike =
        tasks.stream()
            .filter(
                task ->
                    TaskMatch.shows(task, request.marker())
                        || TaskMatch.fits(task, request.traits()))
            .toList();
    Optional<Map<String, String>> owners = owners(alike);
    if (owners.isEmpty()) {
      return notYet(
          "reading whose tasks the listed ones are takes too long: the store is slow",
          request,
          Optional.empty());
    }
    LookAlikes lookAlikes = LookAlikes.among(alike, request, owners.get());
    if (lookAlikes.sure().size() == 1) {
      return claim(lookAlikes.sure().get(0), tasks, request);
    }
    if (lookAlikes.sure().size() > 1) {
      return cannotTell("several tasks show its marker", lookAlikes.sure(), request);
    }
    if (!lookAlikes.taken().isEmpty()) {
      return cannotTell(
          "a task shows its marker, but was taken over by another generation",
          lookAlikes.taken(),
          request);
    }
    if (request.marker().isOurs() && lookAlikes.mayStillShowIt()) {
      return notYet(
          "a task that may be it shows its marker only once it is over", request, Optional.empty());
    }
    if (isPatient(request)) {
      return notYet("the service's list does not show it so far", request, Optional.empty());
    }
    List<ListedTask> possible = lookAlikes.possible();
    if (mayBeListedNoMore(request)) {
      return cannotTell("the service may have deleted its record by now", possible, request);
    }
    if (!lookAlikes.adopted().isEmpty()) {
      return cannotTell(
          "a task fits that was taken over by another generation",
          Stream.concat(lookAlikes.adopted().stream(), possible.stream()).toList(),
          request);
    }
    if (possible.isEmpty()) {
      return new Reconciliation.NotFound(
          problem("the service's list shows no such task"),
          schedule.nextReconciliationWhileAskedIn(elapsed(request)));
    }
    if (request.marker().isOurs()) {
      return cannotTell("tasks fit that do not show its marker", possible, request);
    }
    if (possible.size() > 1) {
      return cannotTell("several tasks fit", possible, request);
    }
    if (!receipts.showsAllOpen()) {
      return cannotTell(
          "a task fits, and the store's listing does not surely show every other lost submission",
          possible,
          request);
    }
    if (lookAlikes.canBeOf(openAround(request), request.submissionId())) {
      return cannotTell("a task fits that can be another lost submission's too", possible, request);
    }
    if (!wasMadeThen(possible.get(0), request)) {
      return cannotTell(
          "a task fits that was made at another time than it was sent", possible, request);
    }
    return claim(possible.get(0), tasks, request);
  }

  /**
   * Hours may lie between its opening and the last moment that the workflow knows of, of a reset or
   * of a queue: time for tasks of whoever else uses the account.
   */
  private boolean wasMadeThen(ListedTask task, ReconcileRequest request) throws IOException {
    Instant openedAt =
        receipts
            .find(request.submissionId())
            .map(OpenSubmission::openedAt)
            .orElse(request.sentAfter());
    return TaskMatch.fits(task.facts().createdAt(), openedAt);
  }

  /** Empty where that takes too long, as the attempt would end without a word. */
  private Optional<Map<String, String>> owners(List<ListedTask> tasks) throws IOException {
    Instant until = clock.instant().plus(LONGEST_FOR_OWNERS);
    Map<String, String> owners = new HashMap<>();
    for (ListedTask task : tasks) {
      if (clock.instant().isAfter(until)) {
        return Optional.empty();
      }
      receipts.ownerOf(task.id()).ifPresent(owner -> owners.put(task.id(), owner));
    }
    return Optional.of(owners);
  }

  /** Every open submission that can have made a task of the listed time. */
  private List<OpenSubmission> openAround(ReconcileRequest request) throws IOException {
    return receipts.openSince(request.sentAfter().minus(TaskMatch.LONGEST_APART));
  }

  /**
   * Another submission may claim the task at the same moment, or a generation take it over; or a
   * callback names another one, which has its receipt by now or gets it soon. None of it proves
   * that there is none.
   */
  private Reconciliation claim(ListedTask task, List<ListedTask> tasks, ReconcileRequest request)
      throws IOException {
    String ours = request.submissionId();
    if (receipts.claimOnly(task.id(), ours)) {
      receipts.accepted(ours, task.id());
      return new Reconciliation.Found(task(task.id(), task.facts().createdAt(), request));
    }
    Optional<Reconciliation> receipt = byReceipt(request);
    if (receipt.isPresent()) {
      return receipt.get();
    }
    boolean isOfAnother =
        receipts.ownerOf(task.id()).filter(owner -> !owner.equals(ours)).isPresent();
    return isOfAnother
        ? among(tasks, request)
        : cannotTell(
            "another task was found for it than the one that fits", List.of(task), request);
  }

  private SubmitOutcome.Accepted task(
      String taskId, @Nullable Instant createdAt, ReconcileRequest request) {
    return AcceptedTask.found(
        taskId,
        createdAt,
        request.sentAfter(),
        clock.instant(),
        looks,
        request.group(),
        request.typicalTime());
  }

  private Reconciliation.NotYet notYet(
      String what, ReconcileRequest request, Optional<Duration> retryAfter) {
    return new Reconciliation.NotYet(
        problem(what), schedule.nextReconciliationIn(elapsed(request), retryAfter));
  }

  private Reconciliation.CannotTell cannotTell(
      String what, List<ListedTask> candidates, ReconcileRequest request) {
    return new Reconciliation.CannotTell(
        problem(what),
        candidates.stream().limit(MOST_CANDIDATES).map(ListedTask::id).toList(),
        schedule.nextReconciliationWhileAskedIn(elapsed(request)));
  }

  private boolean isPatient(ReconcileRequest request) {
    return request.attempt() < FEWEST_LOOKS
        || elapsed(request).compareTo(schedule.patienceWithAList()) < 0;
  }

  private boolean mayBeListedNoMore(ReconcileRequest request) {
    return request
        .sentAfter()
        .minus(TaskMatch.EARLIEST_BEFORE)
        .plus(LISTED_FOR)
        .isBefore(clock.instant());
  }

  /** Since it was surely not sent any more. */
  private Duration elapsed(ReconcileRequest request) {
    return Duration.between(request.sentBefore(), clock.instant());
  }

  private Problem problem(String what) {
    return new Problem(what, clock.instant());
  }
}
