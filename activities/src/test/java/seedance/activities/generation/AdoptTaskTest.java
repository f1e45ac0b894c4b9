package seedance.activities.generation;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.temporal.activity.ActivityOptions;
import io.temporal.testing.TestActivityEnvironment;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import seedance.activities.MovableClock;
import seedance.activities.provider.Puzzle;
import seedance.activities.provider.TaskLook;
import seedance.activities.provider.TaskStatus.Known;
import seedance.activities.store.FolderStore;
import seedance.activities.store.OpenSubmission;
import seedance.activities.store.Receipts;
import seedance.workflows.generation.AdoptActivity;
import seedance.workflows.generation.AdoptRequest;
import seedance.workflows.generation.Adoption;
import seedance.workflows.generation.TaskTraits;

/** A task is taken over if the service knows it and, for a lost submission, nobody else has it. */
class AdoptTaskTest {
  private static final String TASK = ScriptedProvider.TASK;
  private static final Instant CREATED = ScriptedProvider.OUTCOME.createdAt();
  private static final Instant NOW = CREATED.plusSeconds(20);

  @TempDir Path folder;
  private final ScriptedProvider provider = new ScriptedProvider();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final MovableClock clock = new MovableClock(NOW);
  private final List<Duration> waits = new ArrayList<>();
  private Receipts receipts;
  private TestActivityEnvironment temporal;

  @BeforeEach
  void start() {
    receipts = new FolderStore(folder).receipts();
    temporal = TestActivityEnvironment.newInstance();
    temporal.registerActivitiesImplementations(
        new AdoptTask(
            provider,
            receipts,
            UnsharedLooks.realTime(),
            new GenerationMetrics(meters),
            clock,
            waits::add));
  }

  @AfterEach
  void stop() {
    temporal.close();
  }

  @Test
  void taskOfALostSubmission_isClaimedForIt_andGetsItsReceipt() throws Exception {
    open("ours", "w-ours");
    provider.onLook(ScriptedProvider.going(Known.RUNNING));

    assertThat(adopt("ours", 1))
        .isEqualTo(
            new Adoption.Adopted(
                UnsharedLooks.accepted(TASK, CREATED, CREATED, CREATED.plusSeconds(20))));
    assertThat(receipts.taskOf("ours")).contains(TASK);
    assertThat(receipts.ownerOf(TASK)).contains("ours");
    assertCounted("adopted");
  }

  @Test
  void taskThatIsOver_isLookedAtAtOnce() {
    provider.onLook(ScriptedProvider.succeeded(URI.create("https://f.example/v.mp4")));

    assertThat(((Adoption.Adopted) adopt("ours", 1)).task().firstLookIn()).isZero();
  }

  @Test
  void taskOfAnotherSubmission_isRefused_namingItsWorkflow() throws Exception {
    open("other", "w-other");
    receipts.accepted("other", TASK);
    provider.onLook(ScriptedProvider.going(Known.RUNNING));

    Adoption.Refused refused = (Adoption.Refused) adopt("ours", 1);

    assertThat(refused.problem().what())
        .isEqualTo("the task is of another submission, that of the workflow w-other");
    assertThat(receipts.taskOf("ours")).isEmpty();
    assertCounted("refused");
  }

  @Test
  void taskOfAnotherSubmissionOfTheSameWorkflow_isTaken_asAResetForgetsThatOne() throws Exception {
    open("ours", "test-workflow-id");
    open("our-second", "test-workflow-id");
    receipts.accepted("our-second", TASK);
    provider.onLook(ScriptedProvider.going(Known.RUNNING));

    assertThat(adopt("ours", 1)).isInstanceOf(Adoption.Adopted.class);
    assertThat(receipts.taskOf("ours")).contains(TASK);
    assertThat(receipts.taskOf("our-second")).contains(TASK);
    assertThat(receipts.openSince(Instant.EPOCH)).isEmpty();
  }

  @Test
  void taskClaimedForAnUnknownOwner_isRefused_withoutAName() throws Exception {
    receipts.claim(TASK, "other");
    provider.onLook(ScriptedProvider.going(Known.RUNNING));

    assertThat(((Adoption.Refused) adopt("ours", 1)).problem().what())
        .isEqualTo("the task is of another submission");
  }

  @Test
  void taskToAdoptByOptions_isClaimed_soThatNoLostSubmissionTakesIt() throws Exception {
    provider.onLook(ScriptedProvider.going(Known.RUNNING));

    assertThat(adopt(null, 1)).isInstanceOf(Adoption.Adopted.class);
    assertThat(receipts.ownerOf(TASK)).isPresent();
    assertThat(receipts.claim(TASK, "ours")).isFalse();
  }

  @Test
  void taskToAdoptByOptions_isTaken_whoeverItIs() throws Exception {
    receipts.accepted("other", TASK);
    provider.onLook(ScriptedProvider.going(Known.RUNNING));

    assertThat(adopt(null, 1)).isInstanceOf(Adoption.Adopted.class);
    assertThat(receipts.ownerOf(TASK)).contains("other");
  }

  @Test
  void adoptingTwice_isTheSame() {
    provider.onLook(ScriptedProvider.going(Known.RUNNING));

    assertThat(adopt("ours", 2)).isEqualTo(adopt("ours", 1));
  }

  @Test
  void taskThatAGatewayForgetsForAMoment_isAdopted() {
    provider
        .onLook(ScriptedProvider.noSuchTask())
        .onLook(ScriptedProvider.noSuchTask())
        .onLook(ScriptedProvider.going(Known.RUNNING));

    assertThat(adopt("ours", 1)).isInstanceOf(Adoption.Adopted.class);
    assertThat(waits).hasSize(2);
  }

  @Test
  void taskWhoseVideoIsGone_isRefused_withTheReason_andNotClaimed() throws Exception {
    provider.onLook(
        ScriptedProvider.puzzling(
            new Puzzle(Puzzle.Kind.CLEARED, "the task ended over a day ago, and so on")));

    assertThat(((Adoption.Refused) adopt(null, 1)).problem().what())
        .isEqualTo("the task ended over a day ago, and so on");
    assertThat(receipts.ownerOf(TASK)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a/b;c=d%2F", "../../x", "ark:cgt-1", "...", "猫", "%", ".hidden", "long", "con"})
  void anyTaskId_hasItsClaimAndReceipt(String id) throws Exception {
    String taskId = id.equals("long") ? "video_" + "aB+/".repeat(126) + "==" : id;
    open("ours", "w-ours");
    provider.onLook(ScriptedProvider.going(Known.RUNNING));

    activity().adopt(new AdoptRequest(taskId, "ours", Duration.ofSeconds(110), 1));

    assertThat(receipts.taskOf("ours")).contains(taskId);
    assertThat(receipts.ownerOf(taskId)).contains("ours");
    assertThat(receipts.claim(taskId + "x", "other")).isTrue();
    try (var files = Files.walk(folder)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .allSatisfy(name -> assertThat(name.length()).isLessThan(200));
    }
    assertThat(folder.resolveSibling("x")).doesNotExist();
  }

  @Test
  void taskThatTheServiceDoesNotKnow_isRefused_afterAMinuteOrTwo_andNotClaimed() throws Exception {
    provider.onLook(ScriptedProvider.noSuchTask());

    assertThat(((Adoption.Refused) adopt("ours", 1)).problem().what())
        .isEqualTo("the service knows no such task");
    assertThat(waits.stream().mapToLong(Duration::toSeconds).sum()).isBetween(60L, 120L);
    assertThat(receipts.ownerOf(TASK)).isEmpty();
  }

  @Test
  void slowLooks_countAsWaits_soThatAnAttemptAnswersInItsTime() {
    provider.onLook(
        () -> {
          clock.advance(Duration.ofSeconds(44));
          return ScriptedProvider.noSuchTask();
        });

    assertThat(adopt("ours", 1)).isInstanceOf(Adoption.Refused.class);
    long waited = waits.stream().mapToLong(Duration::toSeconds).sum();
    assertThat(Duration.between(NOW, clock.instant()).plusSeconds(waited))
        .isLessThan(Duration.ofMinutes(4));
  }

  @Test
  void taskThatSomeoneTookOverByOptions_isStillItsSubmissions() throws Exception {
    receipts.claim(TASK, "adoption by shot-2");
    provider.onLook(ScriptedProvider.going(Known.RUNNING));

    assertThat(adopt("ours", 1)).isInstanceOf(Adoption.Adopted.class);
    assertThat(receipts.taskOf("ours")).contains(TASK);
  }

  @Test
  void submissionThatHasItsTask_takesNoOther_andKeepsItsReceipt() throws Exception {
    receipts.accepted("ours", "cgt-true");
    provider.onLook(ScriptedProvider.going(Known.RUNNING));

    assertThat(((Adoption.Refused) adopt("ours", 1)).problem().what()).contains("cgt-true");
    assertThat(receipts.taskOf("ours")).contains("cgt-true");
    assertThat(receipts.ownerOf(TASK)).isEmpty();
  }

  @Test
  void serviceThatDoesNotAnswer_isAskedAgain_laterWithEachAttempt() {
    provider.onLook(new TaskLook.NotSeen("the service is busy", Optional.empty()));

    Adoption.NotYet notYet = (Adoption.NotYet) adopt("ours", 3);

    assertThat(notYet.problem().what()).isEqualTo("the service is busy");
    assertThat(notYet.retryIn()).isBetween(Duration.ofSeconds(20), Duration.ofSeconds(24));
    assertCounted("not_yet");
  }

  @Test
  void storeThatDoesNotWork_isTriedAgain() throws Exception {
    Files.writeString(folder.resolve(".receipts"), "a file in the way");
    provider.onLook(ScriptedProvider.going(Known.RUNNING));

    assertThat(((Adoption.NotYet) adopt("ours", 1)).problem().what())
        .startsWith("the store does not work: ");
  }

  private Adoption adopt(String submissionId, int attempt) {
    return activity().adopt(new AdoptRequest(TASK, submissionId, Duration.ofSeconds(110), attempt));
  }

  private AdoptActivity activity() {
    return activity(Duration.ofMinutes(4));
  }

  private AdoptActivity activity(Duration startToClose) {
    return temporal.newActivityStub(
        AdoptActivity.class,
        ActivityOptions.newBuilder().setStartToCloseTimeout(startToClose).build());
  }

  /** One that an older worker scheduled has a minute, of which one more look needs most. */
  @Test
  void attemptWithLessTime_isLessPatient() {
    provider.onLook(ScriptedProvider.noSuchTask());

    activity(Duration.ofMinutes(1))
        .adopt(new AdoptRequest(TASK, "ours", Duration.ofSeconds(110), 1));

    assertThat(waits.stream().mapToLong(Duration::toSeconds).sum()).isBetween(1L, 10L);
  }

  private void open(String submissionId, String workflowId) throws Exception {
    receipts.open(
        new OpenSubmission(
            submissionId,
            workflowId,
            Instant.now(),
            new TaskTraits(List.of(), null, null, null, null, null)));
  }

  private void assertCounted(String outcome) {
    assertThat(meters.get("seedance.adoptions").tag("outcome", outcome).counter().count())
        .isEqualTo(1);
  }
}
