package seedance.activities.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.temporal.activity.ActivityOptions;
import io.temporal.common.RetryOptions;
import io.temporal.failure.ActivityFailure;
import io.temporal.testing.TestActivityEnvironment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import seedance.activities.provider.Creation;
import seedance.activities.provider.Dialect;
import seedance.activities.provider.ProviderSettings;
import seedance.activities.provider.ResultFiles;
import seedance.activities.provider.Secret;
import seedance.activities.provider.TaskLook;
import seedance.activities.store.FolderStore;
import seedance.activities.store.MediaBytes;
import seedance.activities.store.OpenSubmission;
import seedance.activities.store.Receipts;
import seedance.workflows.generation.Callbacks;
import seedance.workflows.generation.FailureType;
import seedance.workflows.generation.Marker;
import seedance.workflows.generation.Problem;
import seedance.workflows.generation.ServiceError;
import seedance.workflows.generation.Submission;
import seedance.workflows.generation.SubmissionName;
import seedance.workflows.generation.SubmitActivity;
import seedance.workflows.generation.SubmitOutcome;
import seedance.workflows.generation.TaskTraits;
import seedance.workflows.json.Json;

/** Each answer of the provider as the workflow's value; one create, noted before and after it. */
class SubmitOnceTest {
  private static final Instant NOW = Instant.parse("2026-11-22T18:00:00Z");
  private static final Json BODY = new Json(Map.of("model", "m", "ratio", "16:9"));
  private static final String ID = "0e9bd6c2-6d3e-4a3c-9a40-7f4a1de3d0f1";
  private static final SubmissionName GIVEN_UP = new SubmissionName("film/1", 0);
  private static final TaskTraits TRAITS =
      new TaskTraits(List.of("m"), 7L, null, "16:9", null, null);

  @TempDir Path folder;
  private final ScriptedProvider provider = new ScriptedProvider();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final AtomicReference<Object> heartbeat = new AtomicReference<>();
  private final CountDownLatch beaten = new CountDownLatch(1);
  private Receipts receipts;
  private TestActivityEnvironment temporal;

  @BeforeEach
  void start() {
    receipts = new FolderStore(folder).receipts();
    temporal = TestActivityEnvironment.newInstance();
    temporal.setActivityHeartbeatListener(
        Object.class,
        details -> {
          heartbeat.set(details);
          beaten.countDown();
        });
  }

  @AfterEach
  void stop() {
    temporal.close();
  }

  @Test
  void created_isAccepted_withTheFirstLook() {
    assertThat(submit(BODY, 1))
        .isEqualTo(UnsharedLooks.accepted(ScriptedProvider.TASK, NOW, NOW, NOW));
    assertThat(provider.created).containsExactly(BODY);
    assertCounted("accepted");
  }

  @Test
  void submission_isOpenInTheStore_beforeAnythingIsSent() throws Exception {
    AtomicReference<List<OpenSubmission>> whileSending = new AtomicReference<>();
    provider.onCreate(
        () -> {
          whileSending.set(open());
          return new Creation.Created(ScriptedProvider.TASK);
        });

    submit(BODY, 1);

    assertThat(whileSending.get())
        .singleElement()
        .satisfies(
            open -> {
              assertThat(open.submissionId()).isEqualTo(ID);
              assertThat(open.workflowId()).isNotEmpty();
              assertThat(open.openedAt()).isEqualTo(NOW);
              assertThat(open.traits()).isEqualTo(TRAITS);
            });
  }

  @Test
  void receipt_isInTheStore_whenTheAnswerIsGiven() throws Exception {
    submit(BODY, 1);

    assertThat(receipts.taskOf(ID)).contains(ScriptedProvider.TASK);
    assertThat(receipts.ownerOf(ScriptedProvider.TASK)).contains(ID);
    assertThat(open()).isEmpty();
  }

  @Test
  void submissionWithAReceipt_isNotSentAgain_sayAfterAResetOfTheWorkflow() {
    SubmitOutcome first = submit(BODY, 1);
    restart();

    assertThat(submit(BODY, 1)).isEqualTo(first);
    assertThat(provider.created).hasSize(1);
  }

  @Test
  void taskOfASubmissionThatWasGivenUpForThis_isTaken_onceItShows_andNothingMoreIsSent()
      throws Exception {
    provider.onCreate(() -> new Creation.NotCreated("the queue is full", Optional.empty()));
    receipts.open(new OpenSubmission(GIVEN_UP.id(), "shot", NOW, TRAITS));
    assertThat(submitAgain(1)).isInstanceOf(SubmitOutcome.NotCreated.class);

    receipts.accepted(GIVEN_UP.id(), "cgt-first");
    restart();

    assertThat(((SubmitOutcome.Accepted) submitAgain(2)).taskId()).isEqualTo("cgt-first");
    assertThat(provider.created).hasSize(1);
    assertThat(receipts.ownerOf("cgt-first")).contains(GIVEN_UP.id());
    assertThat(open()).isEmpty();
  }

  @Test
  void taskOfASubmissionThatWasGivenUpForThis_isTaken_whereItShowsWhileThisIsRefused() {
    provider.onCreate(
        () -> {
          settle(GIVEN_UP.id(), "cgt-first");
          return new Creation.Rejected(
              new ServiceError(FailureType.ACCOUNT_REFUSED, "Overdue", null, null));
        });

    assertThat(((SubmitOutcome.Accepted) submitAgain(1)).taskId()).isEqualTo("cgt-first");
  }

  private SubmitOutcome submitAgain(int attempt) {
    SubmissionName name = new SubmissionName(GIVEN_UP.row(), GIVEN_UP.number() + 1);
    return activity(Optional.empty())
        .submit(
            new Submission(
                name.id(),
                BODY,
                new Marker.None(),
                TRAITS,
                Duration.ofSeconds(110),
                attempt,
                name,
                null));
  }

  @Test
  void submissionThatMayHaveBeenSent_isUnknown_andNotSentAgain() {
    provider.onCreate(() -> new Creation.Unknown("no answer came in time"));
    submit(BODY, 1);
    restart();

    assertThat(submit(BODY, 1)).isInstanceOf(SubmitOutcome.Unknown.class);
    assertThat(provider.created).hasSize(1);
  }

  @Test
  void submissionThatMayHaveBeenSent_isNotSentAgain_onceItsTaskLivesNoMore() throws Exception {
    provider.onCreate(() -> new Creation.Unknown("no answer came in time"));
    submit(BODY, 1);
    restart();
    Path note = folder.resolve(".receipts/open/" + ID);
    Files.writeString(note, Files.readString(note).replace("2026-11-22T", "2026-10-22T"));
    // As the search for another submission's task does.
    receipts.openSince(NOW);

    assertThat(submit(BODY, 1)).isInstanceOf(SubmitOutcome.Unknown.class);
    assertThat(provider.created).hasSize(1);
  }

  @Test
  void submissionThatAnotherRunSettles_whileThisOneMakesReady_isNotSentAgain() throws Exception {
    Receipts ofAll = receipts;
    receipts =
        (Receipts)
            Proxy.newProxyInstance(
                Receipts.class.getClassLoader(),
                new Class<?>[] {Receipts.class},
                (self, method, arguments) -> {
                  if (method.getName().equals("open") && ofAll.taskOf(ID).isEmpty()) {
                    ofAll.open((OpenSubmission) arguments[0]);
                    ofAll.accepted(ID, "cgt-first");
                  }
                  return method.invoke(ofAll, arguments);
                });

    assertThat(submit(BODY, 1)).isEqualTo(UnsharedLooks.accepted("cgt-first", NOW, NOW, NOW));
    assertThat(provider.created).isEmpty();
    assertThat(ofAll.find(ID)).isEmpty();
    assertThat(ofAll.taskOf(ID)).contains("cgt-first");
  }

  @Test
  void storeThatFailsRightBeforeTheCall_leavesNoNoteOfWhatWasNeverSent() {
    Receipts ofAll = receipts;
    AtomicInteger reads = new AtomicInteger();
    receipts =
        (Receipts)
            Proxy.newProxyInstance(
                Receipts.class.getClassLoader(),
                new Class<?>[] {Receipts.class},
                (self, method, arguments) -> {
                  if (method.getName().equals("taskOf") && reads.incrementAndGet() == 2) {
                    throw new IOException("no disk");
                  }
                  return method.invoke(ofAll, arguments);
                });

    assertThat(submit(BODY, 1)).isInstanceOf(SubmitOutcome.NotCreated.class);
    assertThat(provider.created).isEmpty();
    restart();
    assertThat(submit(BODY, 2)).isInstanceOf(SubmitOutcome.Accepted.class);
    assertThat(provider.created).hasSize(1);
  }

  @Test
  void taskThatAnotherRunMade_isTold_thoughItsReceiptCannotBeWrittenAgain() {
    Receipts ofAll = receipts;
    receipts =
        (Receipts)
            Proxy.newProxyInstance(
                Receipts.class.getClassLoader(),
                new Class<?>[] {Receipts.class},
                (self, method, arguments) -> {
                  if (method.getName().equals("open")) {
                    ofAll.accepted(ID, "cgt-first");
                  }
                  if (method.getName().equals("accepted")) {
                    throw new IOException("no disk");
                  }
                  return method.invoke(ofAll, arguments);
                });

    assertThat(submit(BODY, 1)).isEqualTo(UnsharedLooks.accepted("cgt-first", NOW, NOW, NOW));
    assertThat(provider.created).isEmpty();
  }

  @Test
  void refusal_ofASubmissionWhoseTaskCalledBackMeanwhile_isNotBelieved() throws Exception {
    provider.onCreate(
        () -> {
          settle("cgt-called-back");
          return new Creation.Rejected(
              new ServiceError(FailureType.REQUEST_REJECTED, null, null, null));
        });

    assertThat(submit(BODY, 1)).isEqualTo(UnsharedLooks.accepted("cgt-called-back", NOW, NOW, NOW));
    assertThat(receipts.taskOf(ID)).contains("cgt-called-back");
  }

  @Test
  void submissionThatSurelyMadeNoTask_isSentAgain() {
    provider.onCreate(() -> new Creation.NotCreated("the service is busy", Optional.empty()));
    submit(BODY, 1);
    restart();
    provider.onCreate(new Creation.Created(ScriptedProvider.TASK));

    assertThat(submit(BODY, 2)).isInstanceOf(SubmitOutcome.Accepted.class);
    assertThat(provider.created).hasSize(2);
  }

  @Test
  void notes_holdNoPrompt() throws Exception {
    submit(new Json(Map.of("model", "m", "content", List.of(Map.of("text", "a cat")))), 1);

    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertThat(Files.readString(file)).doesNotContain("a cat");
      }
    }
  }

  @Test
  void storeThatCannotBeWritten_meansThatNothingIsSent() throws Exception {
    Files.writeString(folder.resolve(".receipts"), "a file in the way");

    SubmitOutcome.NotCreated outcome = (SubmitOutcome.NotCreated) submit(BODY, 1);

    assertThat(outcome.problem().what()).startsWith("the store does not work: ");
    assertThat(outcome.problem().what()).doesNotContain(folder.toString());
    assertThat(outcome.retryIn()).isBetween(Duration.ofSeconds(5), Duration.ofSeconds(6));
    assertThat(provider.created).isEmpty();
    assertCounted("not_created");
  }

  @Test
  void receiptThatCannotBeWritten_doesNotHideTheTask() throws Exception {
    provider.onCreate(
        () -> {
          blockReceipts();
          return new Creation.Created(ScriptedProvider.TASK);
        });

    assertThat(submit(BODY, 1)).isInstanceOf(SubmitOutcome.Accepted.class);
    assertThat(folder.resolve(".receipts/open/" + ID)).exists();
  }

  @Test
  void deadline_goesByTheMomentAtWhichTheServerHandedOutTheAttempt() {
    Instant before = Instant.now().minusSeconds(1);

    submit(BODY, 1);

    assertThat(provider.sendBefore)
        .isBetween(
            before.plus(Submission.SEND_WITHIN),
            Instant.now().plusSeconds(1).plus(Submission.SEND_WITHIN));
  }

  @Test
  void marker_isInTheBodyThatIsSent() {
    submit(BODY, new Marker.Seed(4711), Optional.empty(), 1);

    assertThat(provider.created)
        .containsExactly(new Json(Map.of("model", "m", "ratio", "16:9", "seed", 4711)));
  }

  @Test
  void worker_heartbeatsWhileTheCallIsInFlight() throws Exception {
    provider.onCreate(
        () -> {
          awaitBeat();
          return new Creation.Created(ScriptedProvider.TASK);
        });

    assertThat(submit(BODY, 1)).isInstanceOf(SubmitOutcome.Accepted.class);
    assertThat(heartbeat.get()).isNotNull();
  }

  @Test
  void cancelDuringTheCall_doesNotHideItsOutcome() throws Exception {
    provider.onCreate(
        () -> {
          temporal.requestCancelActivity();
          awaitBeat();
          return new Creation.Created(ScriptedProvider.TASK);
        });

    assertThat(submit(BODY, 1)).isInstanceOf(SubmitOutcome.Accepted.class);
    assertThat(receipts.taskOf(ID)).contains(ScriptedProvider.TASK);
  }

  @Test
  void callbackUrl_isAdded_withItsProof_whereTheRequestHasNone() throws Exception {
    submit(BODY, new Marker.None(), Optional.of(URI.create("https://me.example/seedance/")), 1);

    assertThat(provider.created)
        .containsExactly(
            new Json(
                Map.of(
                    "model",
                    "m",
                    "ratio",
                    "16:9",
                    "callback_url",
                    "https://me.example/seedance/callbacks/"
                        + ID
                        + "/"
                        + receipts.callbackSecret().proofOf(ID))));
  }

  @Test
  void answer_saysThatACallWasAskedFor_toAWorkflowThatHeedsCalls() {
    SubmitActivity asking = activity(Optional.of(URI.create("https://example.org/seedance")));
    Json withItsOwn = BODY.with("callback_url", "https://example.org/mine");

    assertThat(callbacks(asking, BODY, "a group")).isEqualTo(Callbacks.ASKED_FOR);
    assertThat(callbacks(asking, withItsOwn, "a group")).isEqualTo(Callbacks.NOT_ASKED_FOR);
    assertThat(callbacks(asking, BODY, null)).isNull();
  }

  @Test
  void answer_saysThatNoCallWasAskedFor_whereCallbacksAreOff() {
    assertThat(callbacks(activity(Optional.empty()), BODY, "a group"))
        .isEqualTo(Callbacks.NOT_ASKED_FOR);
  }

  private static @Nullable Callbacks callbacks(
      SubmitActivity activity, Json body, @Nullable String group) {
    SubmitOutcome outcome =
        activity.submit(
            new Submission(
                UUID.randomUUID().toString(),
                body,
                new Marker.None(),
                TRAITS,
                Duration.ofSeconds(110),
                1,
                null,
                group));
    return ((SubmitOutcome.Accepted) outcome).callbacks();
  }

  @Test
  void callbackUrl_isTheSame_eachTimeASubmissionIsSent() {
    Optional<URI> base = Optional.of(URI.create("https://me.example"));
    provider.onCreate(new Creation.NotCreated("the service is busy", Optional.empty()));
    submit(BODY, new Marker.None(), base, 1);
    restart();

    submit(BODY, new Marker.None(), base, 2);

    assertThat(provider.created).hasSize(2);
    assertThat(provider.created.get(1)).isEqualTo(provider.created.get(0));
  }

  @Test
  void newStore_knowsThatNoUrlLacksItsProof_fromItsFirstSubmissionOn() throws Exception {
    submit(BODY, new Marker.None(), Optional.of(URI.create("https://me.example")), 1);

    assertThat(receipts.callbackSecret().mayLackProof(Instant.now())).isFalse();
  }

  @Test
  void secretThatMakesNoSense_meansNoCallbackUrl_andASubmissionAllTheSame() throws Exception {
    Files.createDirectories(folder.resolve(".receipts"));
    Files.writeString(folder.resolve(".receipts/callback-secret"), "no secret");

    assertThat(submit(BODY, new Marker.None(), Optional.of(URI.create("https://me.example")), 1))
        .isInstanceOf(SubmitOutcome.Accepted.class);
    assertThat(provider.created).containsExactly(BODY);
  }

  @Test
  void callbackUrlOfTheRequest_isKept() {
    Json body = new Json(Map.of("model", "m", "callback_url", "https://their.example/x"));

    submit(body, new Marker.None(), Optional.of(URI.create("https://me.example")), 1);

    assertThat(provider.created).containsExactly(body);
  }

  @Test
  void notCreated_isSubmittedAgain_laterWithEachAttempt() throws Exception {
    provider.onCreate(new Creation.NotCreated("the connection was refused", Optional.empty()));

    SubmitOutcome.NotCreated outcome = (SubmitOutcome.NotCreated) submit(BODY, 3);

    assertThat(outcome.problem()).isEqualTo(new Problem("the connection was refused", NOW));
    assertThat(outcome.retryIn()).isBetween(Duration.ofSeconds(20), Duration.ofSeconds(24));
    assertThat(provider.created).hasSize(1);
    assertThat(open()).isEmpty();
    assertCounted("not_created");
  }

  @Test
  void notCreated_isSubmittedAgain_whenTheServiceSays() {
    provider.onCreate(new Creation.NotCreated("busy", Optional.of(Duration.ofMinutes(9))));

    assertThat(((SubmitOutcome.NotCreated) submit(BODY, 1)).retryIn())
        .isEqualTo(Duration.ofMinutes(9));
  }

  @Test
  void rejected_isPassedOn_andTheSubmissionIsClosed() throws Exception {
    ServiceError error =
        new ServiceError(FailureType.REQUEST_REJECTED, "InvalidParameter", "seed", "req-1");
    provider.onCreate(new Creation.Rejected(error));

    assertThat(submit(BODY, 1)).isEqualTo(new SubmitOutcome.Rejected(error));
    assertThat(open()).isEmpty();
    assertCounted("rejected");
  }

  @Test
  void unknown_isPassedOn_notSentAgain_andStaysOpen() throws Exception {
    provider.onCreate(new Creation.Unknown("no answer came in time"));

    assertThat(submit(BODY, 1))
        .isEqualTo(new SubmitOutcome.Unknown(new Problem("no answer came in time", NOW)));
    assertThat(provider.created).hasSize(1);
    assertThat(open()).hasSize(1);
    assertCounted("unknown");
  }

  @Test
  void bodyThatCannotBeWritten_fails_andTheSubmissionIsClosed_asNothingWasSent() {
    provider.onCreate(
        () -> {
          throw new IllegalArgumentException("no JSON object");
        });

    assertThatThrownBy(() -> submit(BODY, 1)).isInstanceOf(ActivityFailure.class);
    assertThat(open()).isEmpty();
  }

  @Test
  void nullFields_countAsAbsent_andAreNotSent() {
    Map<String, Object> text = new HashMap<>(Map.of("type", "text", "text", "a cat"));
    text.put("role", null);
    Map<String, Object> body = new HashMap<>(Map.of("model", "m", "content", List.of(text)));
    body.put("seed", null);
    body.put("list", Arrays.asList(1, null));

    submit(new Json(body), 1);

    assertThat(provider.created)
        .containsExactly(
            new Json(
                Map.of(
                    "model",
                    "m",
                    "content",
                    List.of(Map.of("type", "text", "text", "a cat")),
                    "list",
                    Arrays.asList(1, null))));
  }

  @Test
  void reference_isReplacedOnTheWayOut_andNowhereElse() throws Exception {
    StoredFixture.store(
        new FolderStore(folder), "earlier", "cgt-1", MediaBytes.mp4(99), MediaBytes.png());
    provider.onLook(ScriptedProvider.noSuchTask());

    SubmitOutcome outcome = submit(withFrameOf("earlier"), 1);

    assertThat(outcome).isInstanceOf(SubmitOutcome.Accepted.class);
    assertThat(provider.created.get(0).tree().toString()).contains("data:image/png;base64,");
    assertThat(outcome.toString()).doesNotContain("base64");
    try (Stream<Path> files = Files.walk(folder.resolve(".receipts"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertThat(Files.readString(file)).doesNotContain("base64");
      }
    }
  }

  @Test
  void referenceThatCannotBeHandedOver_isRejected_andNothingIsSentOrNoted() {
    assertThat(submit(withFrameOf("unknown"), 1))
        .isEqualTo(
            new SubmitOutcome.Rejected(
                new ServiceError(
                    FailureType.REFERENCE_UNAVAILABLE,
                    "NoSuchGeneration",
                    "content[0].image_url.url (generation://unknown/last_frame)",
                    null)));
    assertThat(provider.created).isEmpty();
    assertThat(open()).isEmpty();
    assertCounted("rejected");
  }

  @Test
  void referenceDuringAnOutage_isNotCreated_andNothingIsSentOrNoted() throws Exception {
    StoredFixture.store(
        new FolderStore(folder), "earlier", "cgt-1", MediaBytes.mp4(99), MediaBytes.png());
    provider.onLook(new TaskLook.NotSeen("the service is down", Optional.of(Duration.ofHours(1))));

    assertThat(submit(withFrameOf("earlier"), 1))
        .isEqualTo(
            new SubmitOutcome.NotCreated(
                new Problem("generation://earlier/last_frame: the service is down", NOW),
                Duration.ofHours(1)));
    assertThat(provider.created).isEmpty();
    assertThat(open()).isEmpty();
  }

  @Test
  void submissionThatMayHaveBeenSent_staysUnknown_whateverBecameOfItsReference() throws Exception {
    receipts.open(new OpenSubmission(ID, "w", NOW, TRAITS));

    assertThat(submit(withFrameOf("unknown"), 1)).isInstanceOf(SubmitOutcome.Unknown.class);
  }

  private static Json withFrameOf(String workflowId) {
    return new Json(
        Map.of(
            "model",
            "m",
            "content",
            List.of(
                Map.of(
                    "type",
                    "image_url",
                    "image_url",
                    Map.of("url", "generation://" + workflowId + "/last_frame")))));
  }

  /** Another worker on the same store. */
  private void restart() {
    stop();
    start();
  }

  private SubmitOutcome submit(Json body, int attempt) {
    return submit(body, new Marker.None(), Optional.empty(), attempt);
  }

  private SubmitOutcome submit(Json body, Marker marker, Optional<URI> callbackUrl, int attempt) {
    return activity(callbackUrl)
        .submit(new Submission(ID, body, marker, TRAITS, Duration.ofSeconds(110), attempt));
  }

  private SubmitActivity activity(Optional<URI> callbackUrl) {
    temporal.registerActivitiesImplementations(
        new SubmitOnce(
            provider,
            receipts,
            new References(
                new FolderStore(folder),
                provider,
                new ResultFiles(
                    new ProviderSettings(
                        URI.create("https://ark.example"), Dialect.ARK, Secret.of("a-key"))),
                Clock.fixed(NOW, ZoneOffset.UTC)),
            new CallbackUrls(callbackUrl, receipts, Clock.fixed(NOW, ZoneOffset.UTC)),
            UnsharedLooks.realTime(),
            new GenerationMetrics(meters),
            Clock.fixed(NOW, ZoneOffset.UTC)));
    return temporal.newActivityStub(
        SubmitActivity.class,
        ActivityOptions.newBuilder()
            .setStartToCloseTimeout(Duration.ofMinutes(1))
            .setHeartbeatTimeout(Duration.ofSeconds(15))
            .setRetryOptions(RetryOptions.newBuilder().setMaximumAttempts(1).build())
            .build());
  }

  private List<OpenSubmission> open() {
    try {
      return receipts.openSince(NOW.minusSeconds(60));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void settle(String taskId) {
    settle(ID, taskId);
  }

  private void settle(String submissionId, String taskId) {
    try {
      receipts.accepted(submissionId, taskId);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void blockReceipts() {
    try {
      Files.writeString(folder.resolve(".receipts/receipts"), "a file in the way");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void awaitBeat() {
    try {
      assertThat(beaten.await(60, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void assertCounted(String outcome) {
    assertThat(meters.get("seedance.submissions").counters())
        .singleElement()
        .satisfies(
            counter -> {
              assertThat(counter.getId().getTag("outcome")).isEqualTo(outcome);
              assertThat(counter.count()).isEqualTo(1);
            });
  }
}
