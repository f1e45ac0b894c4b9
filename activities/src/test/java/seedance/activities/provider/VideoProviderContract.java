package seedance.activities.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import seedance.activities.provider.TaskStatus.Known;
import seedance.workflows.generation.FailureType;
import seedance.workflows.generation.GenerationOutcome;
import seedance.workflows.json.Json;

/**
 * What every {@link VideoProvider} keeps to, against a service that a subclass starts. Each test
 * has a service of its own.
 */
public abstract class VideoProviderContract {
  private static final Duration LONGEST_TASK = Duration.ofSeconds(60);

  /** A service that runs, and what is needed to drive and to judge it. */
  public interface Service extends AutoCloseable {
    /** With a key that the service accepts. */
    VideoProvider provider();

    /** With a key that it refuses. */
    VideoProvider providerWithWrongKey();

    /** What the provider is set to, with the key that the service accepts. */
    ProviderSettings settings();

    /** How many tasks the service has made, whether or not anyone was told. */
    int tasksMade();

    /**
     * Whether its looks tell more of a task than status, video and error; some gateways' do not.
     */
    default boolean reportsFacts() {
      return true;
    }

    /** A valid text-to-video body whose video the service's moderation withholds. */
    Json moderatedBody();

    /** Ends what {@link Fault#QUEUE_STANDS} began. */
    void letTasksStart();

    @Override
    void close();
  }

  /** What the service does wrong from its start on. */
  public enum Fault {
    NONE,
    /** Creates make a task and the connection closes without a reply. */
    REPLY_LOST,
    /** Creates make a task and answer 500. */
    ERROR_AFTER_CREATE,
    /** Creates make no task and answer 429. */
    BUSY,
    /** Looks answer 500. */
    LOOKS_FAIL,
    /** Tasks stay queued until {@link Service#letTasksStart}, and then run without an end. */
    QUEUE_STANDS
  }

  /** Starts a service whose tasks end within a few seconds. */
  protected abstract Service start(Dialect dialect, Fault fault) throws Exception;

  /** A valid body: text to video, 5 s. */
  protected static Map<String, Object> body() {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("model", "doubao-seedance-2-0");
    body.put("content", List.of(Map.of("type", "text", "text", "a cat stretches in the sun")));
    body.put("resolution", "480p");
    body.put("ratio", "16:9");
    body.put("duration", 5);
    return body;
  }

  @ParameterizedTest
  @EnumSource
  void task_isSeenUntilItHasSucceeded(Dialect dialect) throws Exception {
    try (Service service = start(dialect, Fault.NONE)) {
      String taskId = created(service, body());

      List<TaskStatus> statuses = new ArrayList<>();
      Task task = untilOver(service, taskId, statuses);

      assertThat(statuses)
          .containsAnyOf(Known.QUEUED, Known.RUNNING)
          .isSortedAccordingTo((a, b) -> ((Known) a).compareTo((Known) b));
      assertThat(task.id()).isEqualTo(taskId);
      assertThat(task.status()).isEqualTo(Known.SUCCEEDED);
      assertThat(task.videoUrl()).isPresent();
      assertThat(task.lastFrameUrl()).isEmpty();
      if (service.reportsFacts()) {
        assertFacts(task.outcome());
      }
      assertThat(service.tasksMade()).isEqualTo(1);
    }
  }

  private static void assertFacts(GenerationOutcome facts) {
    assertThat(facts.model()).startsWith("doubao-seedance-2-0");
    assertThat(facts.duration()).isEqualTo(5.0);
    assertThat(facts.ratio()).isEqualTo("16:9");
    assertThat(facts.resolution()).isEqualTo("480p");
    assertThat(facts.seed()).isNotNull();
    assertThat(facts.completionTokens()).isPositive();
    assertThat(facts.finishedAt()).isAfterOrEqualTo(facts.createdAt());
  }

  @ParameterizedTest
  @EnumSource
  void resultFiles_open(Dialect dialect) throws Exception {
    try (Service service = start(dialect, Fault.NONE);
        ResultFiles files = new ResultFiles(service.settings())) {
      Map<String, Object> body = body();
      body.put("return_last_frame", true);
      Task task = untilOver(service, created(service, body), new ArrayList<>());

      List<URI> urls = new ArrayList<>(List.of(task.videoUrl().orElseThrow()));
      if (service.reportsFacts()) {
        urls.add(task.lastFrameUrl().orElseThrow());
      }
      for (URI url : urls) {
        Opened opened = files.open(url);
        assertThat(opened).isInstanceOf(Opened.Open.class);
        try (Opened.Open open = (Opened.Open) opened) {
          assertThat(open.bytes().readAllBytes())
              .hasSize((int) open.size().orElseThrow())
              .isNotEmpty();
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void unknownId_isNoSuchTask(Dialect dialect) throws Exception {
    try (Service service = start(dialect, Fault.NONE)) {
      assertThat(service.provider().look("cgt-20260101000000-none"))
          .isInstanceOf(TaskLook.NoSuchTask.class);
    }
  }

  @ParameterizedTest
  @EnumSource
  void wrongBody_isRejected_andMakesNoTask(Dialect dialect) throws Exception {
    try (Service service = start(dialect, Fault.NONE)) {
      Map<String, Object> body = body();
      body.put("duration", 99);

      Creation creation = service.provider().create(new Json(body), Instant.MAX);

      assertThat(creation)
          .isInstanceOfSatisfying(
              Creation.Rejected.class,
              rejected -> {
                assertThat(rejected.error().failure()).isEqualTo(FailureType.REQUEST_REJECTED);
                assertThat(rejected.error().code()).startsWith("InvalidParameter");
                assertThat(rejected.error().param()).isEqualTo("duration");
              });
      assertThat(service.tasksMade()).isZero();
    }
  }

  @ParameterizedTest
  @EnumSource
  void moderatedVideo_isAFailedTaskThatSaysSo(Dialect dialect) throws Exception {
    try (Service service = start(dialect, Fault.NONE)) {
      Map<String, Object> body = new LinkedHashMap<>();
      ((Map<?, ?>) service.moderatedBody().tree())
          .forEach((name, value) -> body.put(name.toString(), value));

      Task task = untilOver(service, created(service, body), new ArrayList<>());

      assertThat(task.status()).isEqualTo(Known.FAILED);
      assertThat(task.error().orElseThrow().failure()).isEqualTo(FailureType.OUTPUT_MODERATED);
      assertThat(task.error().orElseThrow().told(Optional.empty()).code())
          .startsWith("OutputVideoSensitiveContentDetected");
      assertThat(task.videoUrl()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void wrongKey_isRefused_andSaysNothingOfATask(Dialect dialect) throws Exception {
    try (Service service = start(dialect, Fault.NONE)) {
      String taskId = created(service, body());

      assertThat(service.providerWithWrongKey().create(new Json(body()), Instant.MAX))
          .isInstanceOfSatisfying(
              Creation.Rejected.class,
              rejected ->
                  assertThat(rejected.error().failure()).isEqualTo(FailureType.ACCOUNT_REFUSED));
      assertThat(service.providerWithWrongKey().look(taskId)).isInstanceOf(TaskLook.NotSeen.class);
      if (dialect == Dialect.ARK) {
        assertThat(service.providerWithWrongKey().list(Instant.MIN, Instant.MAX))
            .isInstanceOf(Listing.NotListed.class);
        assertThat(service.providerWithWrongKey().cancel(taskId, Instant.MAX))
            .isInstanceOf(Cancellation.NotKnown.class);
      }
      assertThat(service.tasksMade()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @EnumSource
  void lostReply_isUnknown_andNotSentAgain(Dialect dialect) throws Exception {
    requireAnswer(dialect, Fault.REPLY_LOST, Creation.Unknown.class, 1);
  }

  @ParameterizedTest
  @EnumSource
  void errorAfterTheCreate_isUnknown_andNotSentAgain(Dialect dialect) throws Exception {
    requireAnswer(dialect, Fault.ERROR_AFTER_CREATE, Creation.Unknown.class, 1);
  }

  @ParameterizedTest
  @EnumSource
  void busyService_isNotCreated(Dialect dialect) throws Exception {
    requireAnswer(dialect, Fault.BUSY, Creation.NotCreated.class, 0);
  }

  private void requireAnswer(
      Dialect dialect, Fault fault, Class<? extends Creation> answer, int tasksMade)
      throws Exception {
    try (Service service = start(dialect, fault)) {
      assertThat(service.provider().create(new Json(body()), Instant.MAX)).isInstanceOf(answer);
      assertThat(service.tasksMade()).isEqualTo(tasksMade);
    }
  }

  @ParameterizedTest
  @EnumSource
  void failingLook_saysNothingOfTheTask(Dialect dialect) throws Exception {
    try (Service service = start(dialect, Fault.LOOKS_FAIL)) {
      String taskId = created(service, body());

      assertThat(service.provider().look(taskId)).isInstanceOf(TaskLook.NotSeen.class);
    }
  }

  @Test
  void createdTask_isListed_withItsModelAndTime() throws Exception {
    try (Service service = start(Dialect.ARK, Fault.NONE)) {
      Instant before = Instant.now();
      String taskId = created(service, body());
      Instant after = Instant.now();

      assertThat(listed(service, before, after))
          .singleElement()
          .satisfies(
              task -> {
                assertThat(task.id()).isEqualTo(taskId);
                assertThat(task.facts().model()).isEqualTo("doubao-seedance-2-0-260128");
                assertThat(task.facts().createdAt())
                    .isBetween(before.truncatedTo(ChronoUnit.SECONDS), after);
              });
    }
  }

  @Test
  void finishedTask_isListed_withItsSeedAndSafetyIdentifier() throws Exception {
    try (Service service = start(Dialect.ARK, Fault.NONE)) {
      Map<String, Object> body = body();
      body.put("seed", 1_234_567_890);
      body.put("safety_identifier", "user-7f3a");
      String taskId = created(service, body);
      untilOver(service, taskId, new ArrayList<>());

      assertThat(listed(service, Instant.MIN, Instant.MAX))
          .singleElement()
          .satisfies(
              task -> {
                assertThat(task.id()).isEqualTo(taskId);
                assertThat(task.status()).isEqualTo(Known.SUCCEEDED);
                assertThat(task.safetyIdentifier()).isEqualTo("user-7f3a");
                assertThat(task.facts().seed()).isEqualTo(1_234_567_890);
                assertFacts(task.facts());
              });
    }
  }

  @Test
  void taskOfAnotherTime_isNotListed() throws Exception {
    try (Service service = start(Dialect.ARK, Fault.NONE)) {
      created(service, body());
      Instant now = Instant.now();

      assertThat(listed(service, now.minusSeconds(7200), now.minusSeconds(3600))).isEmpty();
      assertThat(listed(service, now.plusSeconds(3600), now.plusSeconds(7200))).isEmpty();
    }
  }

  @Test
  void listOfSeveralPages_isWhole() throws Exception {
    try (Service service = start(Dialect.ARK, Fault.NONE)) {
      Set<String> created = new HashSet<>();
      for (int i = 0; i < TaskPages.PAGE_SIZE + 5; i++) {
        created.add(created(service, body()));
      }

      assertThat(listed(service, Instant.MIN, Instant.MAX))
          .extracting(ListedTask::id)
          .containsExactlyInAnyOrderElementsOf(created);
    }
  }

  @Test
  void queuedTask_isCancelled_andTheNextLookSaysSo() throws Exception {
    try (Service service = start(Dialect.ARK, Fault.QUEUE_STANDS)) {
      String taskId = created(service, body());
      assertThat(statusOf(service, taskId)).isEqualTo(Known.QUEUED);

      assertThat(service.provider().cancel(taskId, Instant.MAX)).isEqualTo(new Cancellation.Done());

      assertThat(statusOf(service, taskId)).isEqualTo(Known.CANCELLED);
    }
  }

  @Test
  void runningTask_isNotCancelled_andGoesOn() throws Exception {
    try (Service service = start(Dialect.ARK, Fault.QUEUE_STANDS)) {
      String taskId = created(service, body());
      service.letTasksStart();
      assertThat(statusOf(service, taskId)).isEqualTo(Known.RUNNING);

      assertThat(service.provider().cancel(taskId, Instant.MAX))
          .isInstanceOf(Cancellation.Running.class);

      assertThat(statusOf(service, taskId)).isEqualTo(Known.RUNNING);
    }
  }

  @Test
  void cancelOfAnUnknownId_isNoSuchTask() throws Exception {
    try (Service service = start(Dialect.ARK, Fault.NONE)) {
      assertThat(service.provider().cancel("cgt-20260101000000-none", Instant.MAX))
          .isInstanceOf(Cancellation.NoSuchTask.class);
    }
  }

  @Test
  void gateway_neitherListsNorCancels() throws Exception {
    try (Service service = start(Dialect.GATEWAY, Fault.QUEUE_STANDS)) {
      String taskId = created(service, body());

      assertThat(service.provider().list(Instant.MIN, Instant.MAX))
          .isEqualTo(new Listing.Unsupported());
      assertThat(service.provider().cancel(taskId, Instant.MAX))
          .isEqualTo(new Cancellation.Unsupported());
      assertThat(statusOf(service, taskId)).isEqualTo(Known.QUEUED);
    }
  }

  @ParameterizedTest
  @EnumSource
  void createAfterItsDeadline_makesNoTask(Dialect dialect) throws Exception {
    try (Service service = start(dialect, Fault.NONE)) {
      assertThat(service.provider().create(new Json(body()), Instant.now().minusSeconds(1)))
          .isInstanceOf(Creation.NotCreated.class);
      assertThat(service.tasksMade()).isZero();
    }
  }

  private static List<ListedTask> listed(Service service, Instant from, Instant until) {
    Listing listing = service.provider().list(from, until);
    assertThat(listing).isInstanceOf(Listing.Listed.class);
    return ((Listing.Listed) listing).tasks();
  }

  private static TaskStatus statusOf(Service service, String taskId) {
    TaskLook look = service.provider().look(taskId);
    assertThat(look).isInstanceOf(TaskLook.Seen.class);
    return ((TaskLook.Seen) look).task().status();
  }

  private static String created(Service service, Map<String, Object> body) {
    Creation creation = service.provider().create(new Json(body), Instant.MAX);
    assertThat(creation).isInstanceOf(Creation.Created.class);
    return ((Creation.Created) creation).taskId();
  }

  private static Task untilOver(Service service, String taskId, List<TaskStatus> statuses) {
    return Awaitility.await()
        .atMost(LONGEST_TASK)
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(20))
        .until(
            () -> {
              TaskLook look = service.provider().look(taskId);
              assertThat(look).isInstanceOf(TaskLook.Seen.class);
              Task task = ((TaskLook.Seen) look).task();
              statuses.add(task.status());
              return task;
            },
            task -> task.status().isOver());
  }
}
