package seedance.workflows.chain;

import io.temporal.failure.ApplicationFailure;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import seedance.workflows.generation.Artifact;
import seedance.workflows.generation.Cost;
import seedance.workflows.generation.FailureType;
import seedance.workflows.generation.GenerationOutcome;
import seedance.workflows.generation.GenerationResult;
import seedance.workflows.generation.Problem;
import seedance.workflows.generation.Timings;
import seedance.workflows.generation.VideoGenerationWorkflow;
import seedance.workflows.json.Json;
import seedance.workflows.request.InlineMedia;

/**
 * Activities of a chain by the real rules, over a store in memory, and children that end as a test
 * wrote down.
 */
final class ScriptedChain
    implements ValidateChainActivity, FindGenerationActivity, JoinActivity, StoreChainActivity {
  static final Duration STEP_TIME = Duration.ofMinutes(2);

  private static final Set<FailureType> WITH_A_TASK =
      Set.of(
          FailureType.TASK_FAILED,
          FailureType.CLIP_LOST,
          FailureType.DEADLINE_PASSED,
          FailureType.VERDICT_OVERDUE,
          FailureType.ABANDONED,
          FailureType.TASK_VANISHED,
          FailureType.INTERNAL_ERROR);
  private static final ChainRules RULES = ChainRules.builtIn();

  final List<String> made = Collections.synchronizedList(new ArrayList<>());
  final Map<String, Json> requests = new ConcurrentHashMap<>();
  final Map<String, GenerationResult> store = new ConcurrentHashMap<>();
  private final Map<String, Origin> begun = new ConcurrentHashMap<>();
  private final Map<String, Origin> origins = new ConcurrentHashMap<>();
  private final Map<String, String> takenOver = new ConcurrentHashMap<>();
  final List<JoinRequest> joined = Collections.synchronizedList(new ArrayList<>());
  final List<ChainManifest> manifests = Collections.synchronizedList(new ArrayList<>());
  final AtomicInteger running = new AtomicInteger();
  final AtomicInteger mostRunning = new AtomicInteger();

  /** Whether each of them is told that the same may have been submitted before. */
  final List<Boolean> submittedBefore = Collections.synchronizedList(new ArrayList<>());

  final List<String> submissions = Collections.synchronizedList(new ArrayList<>());
  final List<Json> checked = Collections.synchronizedList(new ArrayList<>());
  final AtomicInteger finds = new AtomicInteger();
  final AtomicInteger validations = new AtomicInteger();
  private volatile CountDownLatch validationGate = new CountDownLatch(0);
  private volatile CountDownLatch findGate = new CountDownLatch(0);
  private final Map<String, Deque<FailureType>> failures = new ConcurrentHashMap<>();
  private final Map<String, Duration> times = new ConcurrentHashMap<>();
  private volatile UnaryOperator<ChainVerdict> bend = verdict -> verdict;
  volatile boolean canJoin = true;
  volatile boolean joinsInSilence;
  final Set<String> withoutUsage = ConcurrentHashMap.newKeySet();

  /** Generations that end well, and give no result. */
  final Set<String> withoutResult = ConcurrentHashMap.newKeySet();

  /** Generations whose failure comes after a submission that went without an answer. */
  final Set<String> resubmitted = ConcurrentHashMap.newKeySet();

  /** What generations cost, where that is not the usual. */
  final Map<String, Cost> costs = new ConcurrentHashMap<>();

  /** What a clip was made from, and for. */
  private record Origin(Json request, @Nullable String submission) {}

  /** Puts the clip of the generation of this id that began last into the store. */
  void stores(String generation) {
    origins.put(generation, begun.get(generation));
    store.put(generation, result(generation));
  }

  /** The next generation with this id fails so. */
  ScriptedChain fails(String generation, FailureType type) {
    failures.computeIfAbsent(generation, id -> new ArrayDeque<>()).add(type);
    return this;
  }

  /** Generations with this id take so long. */
  ScriptedChain takes(String generation, Duration time) {
    times.put(generation, time);
    return this;
  }

  /** What a validation answers becomes another answer. */
  void bends(UnaryOperator<ChainVerdict> how) {
    bend = how;
  }

  /** Until {@link #letGo}, a validation begins and does not end. */
  void hold() {
    validationGate = new CountDownLatch(1);
  }

  /** Until {@link #letGo}, a look into the store begins and does not end. */
  void holdFinds() {
    findGate = new CountDownLatch(1);
  }

  void letGo() {
    validationGate.countDown();
    findGate.countDown();
  }

  private static void pass(CountDownLatch gate) {
    try {
      gate.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public ChainVerdict validate(Json chain, Json options) {
    validations.incrementAndGet();
    checked.add(Json.orNull(chain));
    pass(validationGate);
    return bend.apply(ChainVerdict.of(RULES.check(chain, options)));
  }

  @Override
  public FoundGeneration find(FindRequest request) {
    finds.incrementAndGet();
    pass(findGate);
    String generation = takenOver.getOrDefault(request.workflowId(), request.workflowId());
    GenerationResult result = store.get(generation);
    if (result == null) {
      return new FoundGeneration.Absent("the store has nothing of it");
    }
    Origin origin = origins.get(generation);
    boolean isOfTheChain =
        request.chainRun() != null
            && origin.submission() != null
            && origin.submission().startsWith(request.chainRun() + "/");
    if (!isOfTheChain && !request.request().equals(InlineMedia.without(origin.request()))) {
      return new FoundGeneration.Different();
    }
    if (request.takenOverAs() != null) {
      takenOver.put(request.takenOverAs(), generation);
    }
    return new FoundGeneration.Stored(generation, result);
  }

  @Override
  public JoinOutcome join(JoinRequest request) {
    joined.add(request);
    if (!canJoin) {
      throw new IllegalStateException("the disk is full");
    }
    if (joinsInSilence) {
      return null;
    }
    return request.generations().size() == 1
        ? new JoinOutcome.NotJoined(new Problem("the worker has no ffmpeg", Instant.EPOCH))
        : new JoinOutcome.Joined(artifact(Artifact.Kind.FILM, "film"), true);
  }

  @Override
  public URI store(ChainManifest manifest) {
    manifests.add(manifest);
    return URI.create("file:///clips/" + manifest.workflowId() + "/chain.json");
  }

  static Artifact artifact(Artifact.Kind kind, String id) {
    return new Artifact(
        kind, URI.create("file:///clips/" + id + "/video.mp4"), "video/mp4", 42, "0f".repeat(32));
  }

  GenerationResult result(String generation) {
    return new GenerationResult(
        "cgt-" + generation,
        "doubao-seedance-2-0",
        new GenerationOutcome(
            null, null, null, null, null, null, null, null, null, null, 108900L, 108900L),
        List.of(artifact(Artifact.Kind.VIDEO, generation)),
        URI.create("file:///clips/" + generation + "/manifest.json"),
        new Timings(Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO),
        withoutUsage.contains(generation)
            ? new Cost(null, null, "the service reported no usage")
            : costs.getOrDefault(
                generation, new Cost(new BigDecimal("5.0094"), "CNY", "by the list")));
  }

  /**
   * A child that takes two minutes, or until it is signalled {@code callbackReceived}. Its side
   * effects are counted once each, as they are not run again in a replay.
   */
  public static final class Child implements seedance.workflows.generation.UnreadVideoGeneration {
    private final ScriptedChain script;
    private boolean isCalledBack;

    Child(ScriptedChain script) {
      this.script = script;
    }

    @Override
    public GenerationResult generate(
        io.temporal.common.converter.RawValue request,
        io.temporal.common.converter.RawValue options) {
      String id = Workflow.getInfo().getWorkflowId();
      Json body = Json.parse(request.getPayload().getData().toByteArray());
      String submission =
          Workflow.getMemo(VideoGenerationWorkflow.SUBMISSION_MEMO, String.class, String.class);
      Boolean before =
          Workflow.getMemo(
              VideoGenerationWorkflow.SUBMITTED_BEFORE_MEMO, Boolean.class, Boolean.class);
      Workflow.sideEffect(
          Integer.class,
          () -> {
            script.submittedBefore.add(Boolean.TRUE.equals(before));
            script.made.add(id);
            script.requests.put(id, body);
            script.begun.put(id, new Origin(body, submission));
            script.submissions.add(submission);
            return script.mostRunning.accumulateAndGet(script.running.incrementAndGet(), Math::max);
          });
      Promise<Void> time = Workflow.newTimer(script.times.getOrDefault(id, STEP_TIME));
      Workflow.await(() -> isCalledBack || time.isCompleted());
      if (!isCalledBack) {
        time.get();
      }
      FailureType failure =
          Workflow.sideEffect(
              FailureType.class,
              () -> {
                script.running.decrementAndGet();
                Deque<FailureType> next = script.failures.get(id);
                return next == null || next.isEmpty() ? null : next.poll();
              });
      if (failure != null) {
        Map<String, Object> detail = new HashMap<>();
        detail.put("type", failure.type());
        detail.put("failureClass", failure.failureClass().label());
        detail.put(
            "charged", script.resubmitted.contains(id) ? "maybe" : failure.charged().label());
        detail.put("code", "Some.Code");
        detail.put("requestId", "req-" + id);
        detail.put("advice", failure.advice());
        if (WITH_A_TASK.contains(failure)) {
          detail.put("taskId", "cgt-" + id);
        }
        throw ApplicationFailure.newNonRetryableFailure(failure.meaning(), failure.type(), detail);
      }
      if (script.withoutResult.contains(id)) {
        return null;
      }
      Workflow.sideEffect(
          Integer.class,
          () -> {
            script.stores(id);
            return 1;
          });
      return script.result(id);
    }

    @Override
    public seedance.workflows.generation.Progress progress() {
      return null;
    }

    @Override
    public seedance.workflows.generation.Progress resolveSubmission(
        io.temporal.common.converter.RawValue decision) {
      return null;
    }

    @Override
    public void checkDecision(io.temporal.common.converter.RawValue decision) {}

    @Override
    public void callbackReceived() {
      isCalledBack = true;
    }
  }

  /** The name under which children are started. */
  static final String CHILD_TYPE = VideoGenerationWorkflow.TYPE;
}
