package seedance.workflows.generation;

import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import seedance.workflows.json.Json;
import seedance.workflows.request.Price;

/** Activities that answer what a test wrote down, in order, and remember what they were asked. */
final class ScriptedActivities
    implements ValidateActivity,
        SubmitActivity,
        ReconcileActivity,
        AdoptActivity,
        LookActivity,
        CancelActivity,
        HandOffActivity {
  static final Duration TYPICAL_TIME = Duration.ofSeconds(110);
  static final GenerationPlan PLAN =
      new GenerationPlan(
          "text",
          "doubao-seedance-2-0",
          "720p",
          5,
          TYPICAL_TIME,
          GenerationPlan.USUAL_EXPIRY,
          new Price(
              new BigDecimal("46"), "CNY", "list price of doubao-seedance-2-0, 720p, no video in"),
          Marking.SEED,
          new TaskTraits(
              List.of("doubao-seedance-2-0", "doubao-seedance-2-0-260128"),
              null,
              null,
              null,
              5,
              null),
          GenerationOptions.builder().submitWithin(Duration.ofHours(1)).build());
  static final GenerationOutcome OUTCOME =
      new GenerationOutcome(
          "doubao-seedance-2-0-260128",
          Instant.parse("2026-11-22T18:00:00Z"),
          Instant.parse("2026-11-22T18:01:50Z"),
          97151L,
          "720p",
          "16:9",
          5.0,
          null,
          24,
          true,
          108900L,
          108900L);
  static final Artifact CLIP =
      new Artifact(
          Artifact.Kind.VIDEO,
          URI.create("file:///clips/one/video.mp4"),
          "video/mp4",
          4242,
          "0f".repeat(32));

  final List<Json> validated = new ArrayList<>();
  final List<Json> validatedOptions = new ArrayList<>();
  final List<Submission> submitted = new ArrayList<>();
  final List<ReconcileRequest> reconciled = new ArrayList<>();
  final List<AdoptRequest> adopted = new ArrayList<>();
  final List<CancelRequest> cancelled = new ArrayList<>();
  final List<LookRequest> looked = new ArrayList<>();
  final List<HandOffRequest> handedOff = new ArrayList<>();

  private Supplier<Validation> validation = () -> new Validation.Valid(PLAN);
  private final Deque<Function<Submission, SubmitOutcome>> submissions = new ArrayDeque<>();
  private final Deque<Function<ReconcileRequest, Reconciliation>> reconciliations =
      new ArrayDeque<>();
  private final Deque<Function<AdoptRequest, Adoption>> adoptions = new ArrayDeque<>();
  private final Deque<Function<CancelRequest, CancelOutcome>> cancellations = new ArrayDeque<>();
  private final Deque<Function<LookRequest, Look>> looks = new ArrayDeque<>();
  private final Deque<Function<HandOffRequest, HandOffOutcome>> handOffs = new ArrayDeque<>();
  private final Supplier<Instant> now;

  /**
   * @param now the test server's clock, which skips
   */
  ScriptedActivities(Supplier<Instant> now) {
    this.now = now;
  }

  ScriptedActivities validation(Validation answer) {
    return onValidate(() -> answer);
  }

  ScriptedActivities onValidate(Supplier<Validation> answer) {
    validation = answer;
    return this;
  }

  ScriptedActivities onSubmit(Function<Submission, SubmitOutcome> answer) {
    submissions.add(answer);
    return this;
  }

  ScriptedActivities onSubmit(SubmitOutcome answer) {
    return onSubmit(submission -> answer);
  }

  ScriptedActivities options(GenerationOptions options) {
    return validation(new Validation.Valid(planWith(options)));
  }

  static GenerationPlan planWith(GenerationOptions options) {
    return new GenerationPlan(
        PLAN.mode(),
        PLAN.model(),
        PLAN.resolution(),
        PLAN.seconds(),
        PLAN.typicalTime(),
        PLAN.expiresAfter(),
        PLAN.price(),
        PLAN.marking(),
        PLAN.traits(),
        options);
  }

  ScriptedActivities onReconcile(Function<ReconcileRequest, Reconciliation> answer) {
    reconciliations.add(answer);
    return this;
  }

  ScriptedActivities onReconcile(Reconciliation answer) {
    return onReconcile(request -> answer);
  }

  ScriptedActivities onAdopt(Function<AdoptRequest, Adoption> answer) {
    adoptions.add(answer);
    return this;
  }

  ScriptedActivities onCancel(Function<CancelRequest, CancelOutcome> answer) {
    cancellations.add(answer);
    return this;
  }

  ScriptedActivities onLook(Function<LookRequest, Look> answer) {
    looks.add(answer);
    return this;
  }

  ScriptedActivities onHandOff(Function<HandOffRequest, HandOffOutcome> answer) {
    handOffs.add(answer);
    return this;
  }

  Problem problem(String what) {
    return new Problem(what, now.get());
  }

  SubmitOutcome.Accepted accepted() {
    return accepted(Duration.ofSeconds(66));
  }

  SubmitOutcome.Accepted accepted(Duration firstLookIn) {
    return new SubmitOutcome.Accepted("cgt-20261122-abcde", now.get(), firstLookIn);
  }

  Look going(String status) {
    return going(status, Duration.ofSeconds(10));
  }

  Look going(String status, Duration nextLookIn) {
    return new Look.Going(status, now.get(), nextLookIn);
  }

  Look missed(String what, boolean noSuchTask) {
    return new Look.NotSeen(problem(what), noSuchTask, Duration.ofMinutes(5));
  }

  Look succeeded() {
    return new Look.Succeeded(OUTCOME, now.get());
  }

  HandOffOutcome stored() {
    return new HandOffOutcome.Stored(
        List.of(CLIP), URI.create("file:///clips/one/manifest.json"), now.get());
  }

  HandOffOutcome notStored(String what) {
    return new HandOffOutcome.NotStored(problem(what), Duration.ofSeconds(30));
  }

  @Override
  public Validation validate(Json request, Json options) {
    validated.add(Json.orNull(request));
    validatedOptions.add(Json.orNull(options));
    return validation.get();
  }

  @Override
  public SubmitOutcome submit(Submission submission) {
    submitted.add(submission);
    return submissions.isEmpty() ? accepted() : submissions.poll().apply(submission);
  }

  Reconciliation found(String taskId) {
    return new Reconciliation.Found(task(taskId));
  }

  Reconciliation notYet(String what) {
    return notYet(what, Duration.ofSeconds(30));
  }

  Reconciliation notYet(String what, Duration retryIn) {
    return new Reconciliation.NotYet(problem(what), retryIn);
  }

  Reconciliation notFound() {
    return new Reconciliation.NotFound(
        problem("the service's list shows no such task"), Duration.ofMinutes(10));
  }

  Reconciliation cannotTell(String... candidates) {
    return new Reconciliation.CannotTell(
        problem("the service has no list of tasks"), List.of(candidates), Duration.ofMinutes(10));
  }

  SubmitOutcome.Accepted task(String taskId) {
    return new SubmitOutcome.Accepted(taskId, now.get(), Duration.ofSeconds(66));
  }

  @Override
  public Reconciliation reconcile(ReconcileRequest request) {
    reconciled.add(request);
    return reconciliations.isEmpty() ? cannotTell() : reconciliations.poll().apply(request);
  }

  @Override
  public Adoption adopt(AdoptRequest request) {
    adopted.add(request);
    return adoptions.isEmpty()
        ? new Adoption.Adopted(task(request.taskId()))
        : adoptions.poll().apply(request);
  }

  @Override
  public CancelOutcome cancel(CancelRequest request) {
    cancelled.add(request);
    return cancellations.isEmpty()
        ? new CancelOutcome.TooLate(problem("the task is running"))
        : cancellations.poll().apply(request);
  }

  @Override
  public Look look(LookRequest request) {
    looked.add(request);
    return looks.isEmpty() ? succeeded() : looks.poll().apply(request);
  }

  @Override
  public HandOffOutcome handOff(HandOffRequest request) {
    handedOff.add(request);
    return handOffs.isEmpty() ? stored() : handOffs.poll().apply(request);
  }
}
