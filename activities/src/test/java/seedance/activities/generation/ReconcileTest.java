package seedance.activities.generation;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import seedance.activities.MovableClock;
import seedance.activities.provider.ListedTask;
import seedance.activities.provider.Listing;
import seedance.activities.provider.TaskStatus.Known;
import seedance.activities.store.CallbackSecret;
import seedance.activities.store.FolderStore;
import seedance.activities.store.OpenSubmission;
import seedance.activities.store.Receipts;
import seedance.workflows.generation.GenerationOutcome;
import seedance.workflows.generation.Marker;
import seedance.workflows.generation.ReconcileRequest;
import seedance.workflows.generation.Reconciliation;
import seedance.workflows.generation.SubmissionName;
import seedance.workflows.generation.SubmitOutcome;
import seedance.workflows.generation.TaskTraits;

/** What each state of receipts and list means for a lost submission. */
class ReconcileTest {
  private static final String OURS = "submission-ours";
  private static final String OTHER = "submission-other";
  private static final Instant SENT_AFTER = Instant.parse("2026-11-22T18:00:00Z");
  private static final Instant SENT_BEFORE = SENT_AFTER.plusSeconds(60);
  private static final Instant SOON = SENT_BEFORE.plusSeconds(1);
  private static final Instant LATE = SENT_BEFORE.plus(Duration.ofMinutes(6));
  private static final TaskTraits TRAITS =
      new TaskTraits(List.of("m-1", "m"), null, "720p", "16:9", 5, null);
  private static final Marker NONE = new Marker.None();
  private static final Marker SEED = new Marker.Seed(4711);

  @TempDir Path folder;
  private final MovableClock clock = new MovableClock(SOON);
  private final ScriptedProvider provider = new ScriptedProvider();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private Receipts receipts;

  @BeforeEach
  void lose() throws IOException {
    receipts = new FolderStore(folder).receipts();
    open(OURS, SENT_AFTER, TRAITS);
    list();
  }

  // Receipts

  @Test
  void receipt_isFound_whileTheRequestMayStillBeSent_withoutAList() throws Exception {
    receipts.accepted(OURS, "cgt-1");
    clock.set(SENT_BEFORE.minusSeconds(30));

    assertThat(found(reconcile(NONE, 1)))
        .isEqualTo(UnsharedLooks.accepted("cgt-1", clock.instant(), SENT_AFTER, clock.instant()));
    assertThat(provider.listedFrom).isNull();
    assertThat(meters.get("seedance.reconciliations").tag("outcome", "found").counter().count())
        .isEqualTo(1);
  }

  @Test
  void receiptOfASubmissionThatWasGivenUpForThis_isFound() throws Exception {
    SubmissionName first = new SubmissionName("film/1", 0);
    open(first.id(), SENT_AFTER.minusSeconds(600), TRAITS);
    SubmissionName second = new SubmissionName("film/1", 1);
    assertThat(reconcile(second)).isInstanceOf(Reconciliation.NotYet.class);

    receipts.accepted(first.id(), "cgt-1");

    assertThat(found(reconcile(second)).taskId()).isEqualTo("cgt-1");
    assertThat(receipts.ownerOf("cgt-1")).contains(first.id());
    assertThat(receipts.find(second.id())).isPresent();
  }

  @Test
  void receiptOfASubmissionForWhichThisWasGivenUpBefore_isFound_andSaidToBeOfThat()
      throws Exception {
    SubmissionName lost = new SubmissionName("film/1", 0);
    open(lost.id(), SENT_AFTER, TRAITS);
    SubmissionName lostToo = new SubmissionName("film/1", 1);
    open(lostToo.id(), SENT_AFTER.plusSeconds(300), TRAITS);
    SubmissionName last = new SubmissionName("film/1", 2);
    receipts.accepted(last.id(), "cgt-1");

    Reconciliation seen = reconcile(lost);

    assertThat(found(seen).taskId()).isEqualTo("cgt-1");
    assertThat(((Reconciliation.Found) seen).madeBy()).isEqualTo(last.id());
    assertThat(receipts.find(lost.id())).isPresent();
    assertThat(receipts.find(lostToo.id())).isPresent();
  }

  @Test
  void receiptWhoseWriterDiedBeforeItsClaim_claimsTheTask() throws Exception {
    receipts.accepted(OURS, "cgt-1");
    Files.delete(folder.resolve(".receipts/claims/cgt-1"));

    found(reconcile(NONE, 1));

    assertThat(receipts.ownerOf("cgt-1")).contains(OURS);
  }

  @Test
  void receiptThatComesWhileTheListIsRead_isFound() {
    clock.set(LATE);
    provider.onList(
        () -> {
          settle("cgt-1");
          return new Listing.Listed(List.of());
        });

    assertThat(found(reconcile(NONE, 9)).taskId()).isEqualTo("cgt-1");
  }

  @Test
  void requestThatMayStillBeSent_isNotLookedForInTheList() {
    clock.set(SENT_BEFORE.minusSeconds(20));
    list(marked("cgt-1", 4711));

    Reconciliation.NotYet notYet = (Reconciliation.NotYet) reconcile(SEED, 1);

    assertThat(notYet.nextLookIn()).isEqualTo(Duration.ofSeconds(20));
    assertThat(provider.listedFrom).isNull();
  }

  @Test
  void storeThatDoesNotWork_isNotYet() throws Exception {
    clock.set(LATE);
    list(going("cgt-1"));
    Files.delete(folder.resolve(".receipts/open/" + OURS));
    Files.delete(folder.resolve(".receipts/open"));
    Files.writeString(folder.resolve(".receipts/claims"), "a file in the way");

    assertThat(((Reconciliation.NotYet) reconcile(NONE, 9)).problem().what())
        .startsWith("the store does not work: ");
  }

  @Test
  void list_isReadForTheTimeInWhichATaskOfOursCanHaveBeenMade() {
    reconcile(NONE, 1);

    assertThat(provider.listedFrom).isEqualTo(SENT_AFTER.minusSeconds(60));
    assertThat(provider.listedUntil).isEqualTo(SENT_BEFORE.plus(Duration.ofMinutes(5)));
  }

  @Test
  void submissionOfAWorkflowThatWasReset_isLookedForSinceItWasFirstOpened() throws Exception {
    receipts.close(OURS);
    Instant before = SENT_AFTER.minus(Duration.ofHours(2));
    open(OURS, before, TaskTraits.ANY);

    reconcile(NONE, 1);

    assertThat(provider.listedFrom).isEqualTo(before.minusSeconds(60));
  }

  @Test
  void submissionWhoseWorkerDiedBeforeItsNote_isNoted_soThatAResetDoesNotSendIt() throws Exception {
    receipts.close(OURS);

    reconcile(NONE, 1);

    assertThat(receipts.find(OURS))
        .contains(new OpenSubmission(OURS, "my-id", SENT_AFTER, TRAITS.markedBy(NONE)));
  }

  // Sure

  @Test
  void taskThatShowsOurSeed_isFound_atOnce_andClaimed() throws Exception {
    list(marked("cgt-other", 12), marked("cgt-ours", 4711), going("cgt-3"));

    SubmitOutcome.Accepted task = found(reconcile(SEED, 1));

    assertThat(task)
        .isEqualTo(
            UnsharedLooks.accepted(
                "cgt-ours",
                SENT_AFTER.plusSeconds(10),
                SENT_AFTER.plusSeconds(10),
                clock.instant()));
    assertThat(receipts.taskOf(OURS)).contains("cgt-ours");
    assertThat(receipts.ownerOf("cgt-ours")).contains(OURS);
  }

  @Test
  void taskThatShowsOurSafetyIdentifier_isFound_atOnce() {
    list(task("cgt-1", Known.SUCCEEDED, null, "someone"), task("cgt-2", Known.FAILED, null, "us"));

    assertThat(found(reconcile(new Marker.SafetyIdentifier("us"), 1)).taskId()).isEqualTo("cgt-2");
  }

  /** Ten thousand tasks of the account, a store that takes a second for each: the marked one. */
  @Test
  void tasksThatCannotBeIt_areNotLookedUpInTheStore() {
    SlowStore slow = new SlowStore(receipts);
    receipts = slow;
    List<ListedTask> many = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      many.add(listed("cgt-" + i, Known.SUCCEEDED, "another-model", SENT_AFTER, 1L, null));
    }
    many.add(marked("cgt-ours", 4711));
    list(many.toArray(ListedTask[]::new));

    assertThat(found(reconcile(SEED, 1)).taskId()).isEqualTo("cgt-ours");
    assertThat(slow.asked).isLessThan(5);
  }

  @Test
  void storeThatIsTooSlowForAllThatMayBeIt_isTold() {
    receipts = new SlowStore(receipts);
    List<ListedTask> many = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      many.add(going("cgt-" + i));
    }
    list(many.toArray(ListedTask[]::new));

    assertThat(((Reconciliation.NotYet) reconcile(SEED, 1)).problem().what())
        .contains("the store is slow");
  }

  /** A second of the clock for each owner. */
  private final class SlowStore extends Forwarding {
    private int asked;

    SlowStore(Receipts receipts) {
      super(receipts);
    }

    @Override
    public Optional<String> ownerOf(String taskId) throws IOException {
      asked++;
      clock.advance(Duration.ofSeconds(1));
      return super.ownerOf(taskId);
    }
  }

  @Test
  void taskWithoutATimeOfCreation_countsAsAcceptedNow() {
    list(listed("cgt-1", Known.SUCCEEDED, "m-1", null, 4711L, null));

    assertThat(found(reconcile(SEED, 1)).acceptedAt()).isEqualTo(SOON);
  }

  @Test
  void oldTask_isLookedAtWithoutAWait() {
    clock.set(LATE);
    list(marked("cgt-1", 4711));

    assertThat(found(reconcile(SEED, 1)).firstLookIn()).isEqualTo(Duration.ZERO);
  }

  @Test
  void taskClaimedForUs_whoseReceiptWasNotWritten_isFound_withoutAMarker() throws Exception {
    receipts.claim("cgt-1", OURS);
    list(going("cgt-1"), going("cgt-2"));

    assertThat(found(reconcile(NONE, 1)).taskId()).isEqualTo("cgt-1");
    assertThat(receipts.taskOf(OURS)).contains("cgt-1");
  }

  @Test
  void severalTasksThatShowOurMarker_cannotBeTold() {
    list(marked("cgt-1", 4711), marked("cgt-2", 4711));

    assertThat(cannotTell(reconcile(SEED, 1)).candidates()).containsExactly("cgt-1", "cgt-2");
  }

  // Patience

  @Test
  void emptyList_isNoProof_forMinutes_withGrowingWaits() {
    Instant verdict = null;
    List<Duration> waits = new ArrayList<>();
    clock.set(SENT_BEFORE);
    for (int attempt = 1; verdict == null; attempt++) {
      Reconciliation seen = reconcile(NONE, attempt);
      if (seen instanceof Reconciliation.NotYet notYet) {
        waits.add(notYet.nextLookIn());
        clock.advance(notYet.nextLookIn());
      } else {
        assertThat(seen).isInstanceOf(Reconciliation.NotFound.class);
        verdict = clock.instant();
      }
    }

    assertThat(waits).hasSizeBetween(5, 12).isSorted();
    assertThat(Duration.between(SENT_BEFORE, verdict))
        .isBetween(Duration.ofMinutes(5), Duration.ofMinutes(6));
  }

  @Test
  void firstLook_isNoProof_howeverLateItIs() {
    clock.set(SENT_BEFORE.plus(Duration.ofDays(1)));

    for (int attempt = 1; attempt <= 3; attempt++) {
      assertThat(reconcile(NONE, attempt)).isInstanceOf(Reconciliation.NotYet.class);
    }
    assertThat(reconcile(NONE, 4)).isInstanceOf(Reconciliation.NotFound.class);
  }

  @Test
  void listThatShowsNoTaskOfThatTimeAnyMore_isNoProof() {
    clock.set(SENT_AFTER.plus(Duration.ofDays(7)).minusSeconds(61));
    assertThat(reconcile(NONE, 9)).isInstanceOf(Reconciliation.NotFound.class);

    clock.set(SENT_AFTER.plus(Duration.ofDays(7)));
    assertThat(cannotTell(reconcile(NONE, 9)).problem().what())
        .isEqualTo("the service may have deleted its record by now");
  }

  @Test
  void taskThatStillFits_whereTheServiceDeletesItsRecords_isNeverTakenSilently() {
    clock.set(SENT_AFTER.plus(Duration.ofDays(7)));
    list(going("cgt-1"));

    assertThat(cannotTell(reconcile(NONE, 9)).candidates()).containsExactly("cgt-1");
  }

  @Test
  void patience_goesByTheSpeedOfTheSchedule() {
    clock.set(SENT_BEFORE.plusSeconds(4));

    assertThat(reconcile(NONE, 9)).isInstanceOf(Reconciliation.NotYet.class);
    assertThat(reconcile(NONE, TRAITS, 9, UnsharedLooks.by(LookSchedule.atSpeed(100))))
        .isInstanceOf(Reconciliation.NotFound.class);
  }

  @Test
  void nextLook_whileSomeoneIsAsked_isMinutesAway_andGrows() {
    clock.set(LATE);
    assertThat(notFound(reconcile(NONE, 9)).nextLookIn()).isEqualTo(Duration.ofMinutes(6));
    clock.set(LATE.plus(Duration.ofHours(9)));
    assertThat(notFound(reconcile(NONE, 9)).nextLookIn()).isEqualTo(Duration.ofMinutes(30));
  }

  // Possible

  @Test
  void onlyTaskThatFits_isNotTaken_beforePatienceIsOver() throws Exception {
    list(going("cgt-1"));

    assertThat(reconcile(NONE, 9)).isInstanceOf(Reconciliation.NotYet.class);
    assertThat(receipts.ownerOf("cgt-1")).isEmpty();
  }

  @Test
  void onlyTaskThatFits_isTaken_onceNoOtherCanCome() throws Exception {
    clock.set(LATE);
    list(going("cgt-1"));

    assertThat(found(reconcile(NONE, 9)).taskId()).isEqualTo("cgt-1");
    assertThat(receipts.ownerOf("cgt-1")).contains(OURS);
  }

  @Test
  void onlyTaskThatFits_butWasMadeHoursAfterItWasSent_isNotTaken_sayAfterAReset() throws Exception {
    receipts.close(OURS);
    open(OURS, SENT_AFTER.minus(Duration.ofHours(2)), TRAITS);
    clock.set(LATE);
    list(going("cgt-1"));

    Reconciliation.CannotTell cannotTell = cannotTell(reconcile(NONE, 9));

    assertThat(cannotTell.candidates()).containsExactly("cgt-1");
    assertThat(cannotTell.problem().what())
        .isEqualTo("a task fits that was made at another time than it was sent");
    assertThat(receipts.ownerOf("cgt-1")).isEmpty();
  }

  @Test
  void severalTasksThatFit_areNeverTaken() throws Exception {
    clock.set(LATE);
    list(going("cgt-1"), marked("cgt-2", 3));

    assertThat(cannotTell(reconcile(NONE, 9)).candidates()).containsExactly("cgt-1", "cgt-2");
    assertThat(receipts.ownerOf("cgt-1")).isEmpty();
  }

  @Test
  void taskThatAnotherLostSubmissionCanHaveMade_isNeverTaken() throws Exception {
    open(OTHER, SENT_AFTER.plusSeconds(5), TRAITS);
    clock.set(LATE);
    list(going("cgt-1"));

    assertThat(cannotTell(reconcile(NONE, 9)).candidates()).containsExactly("cgt-1");
    assertThat(receipts.ownerOf("cgt-1")).isEmpty();
  }

  @Test
  void taskThatFits_isNeverTaken_whereTheStoreMayNotShowEveryOtherLostSubmission()
      throws Exception {
    receipts = new Lagging(receipts);
    clock.set(LATE);
    list(going("cgt-1"));

    assertThat(cannotTell(reconcile(NONE, 9)).candidates()).containsExactly("cgt-1");
    assertThat(receipts.ownerOf("cgt-1")).isEmpty();
  }

  @Test
  void lostSubmissionOpenedLongBefore_whoseCallWasSlow_canHaveMadeTheTaskToo() throws Exception {
    open(OTHER, SENT_AFTER.minus(Duration.ofMinutes(6)), TRAITS);
    clock.set(LATE);
    list(going("cgt-1"));

    cannotTell(reconcile(NONE, 9));
  }

  @Test
  void otherLostSubmission_ofAnotherRequestOrTime_isNoObstacle() throws Exception {
    open(OTHER, SENT_AFTER, new TaskTraits(List.of("m-2"), null, null, null, null, null));
    open(OTHER + 2, SENT_AFTER.minus(Duration.ofMinutes(9)), TRAITS);
    open(OTHER + 3, SENT_AFTER.plus(Duration.ofMinutes(9)), TRAITS);
    clock.set(LATE);
    list(going("cgt-1"));

    found(reconcile(NONE, 9));
  }

  @Test
  void brokenNoteOfAnotherSubmissionOfThatTime_keepsFromTakingAnything() throws Exception {
    Path note = folder.resolve(".receipts/open/" + OTHER);
    Files.writeString(note, "{");
    Files.setLastModifiedTime(note, FileTime.from(SENT_AFTER));
    clock.set(LATE);
    list(going("cgt-1"));

    cannotTell(reconcile(NONE, 9));
  }

  @Test
  void otherSubmissionThatIsSettled_isNoObstacle_andItsTaskIsNotOurs() throws Exception {
    open(OTHER, SENT_AFTER, TRAITS);
    receipts.accepted(OTHER, "cgt-1");
    clock.set(LATE);
    list(going("cgt-1"), going("cgt-2"));

    assertThat(found(reconcile(NONE, 9)).taskId()).isEqualTo("cgt-2");
  }

  @Test
  void taskOfAnotherSubmission_whoseWriterDiedBeforeItsClaim_isNotTaken() throws Exception {
    open(OTHER, SENT_AFTER, TRAITS);
    byte[] note = Files.readAllBytes(folder.resolve(".receipts/open/" + OTHER));
    receipts.accepted(OTHER, "cgt-1");
    Files.write(folder.resolve(".receipts/open/" + OTHER), note);
    Files.delete(folder.resolve(".receipts/claims/cgt-1"));
    clock.set(LATE);
    list(going("cgt-1"));

    assertThat(cannotTell(reconcile(NONE, 9)).candidates()).containsExactly("cgt-1");
    assertThat(receipts.ownerOf("cgt-1")).isEmpty();
    assertThat(receipts.taskOf(OURS)).isEmpty();
  }

  @Test
  void taskOfAnotherSubmission_thatShowsOurMarker_isNotTaken_andNoProofThatThereIsNone()
      throws Exception {
    receipts.accepted(OTHER, "cgt-1");
    clock.set(LATE);
    list(marked("cgt-1", 4711));

    assertThat(cannotTell(reconcile(SEED, 9)).candidates()).containsExactly("cgt-1");
    assertThat(receipts.taskOf(OURS)).isEmpty();
  }

  @Test
  void taskThatSomeoneTookOverByOptions_andShowsOurMarker_isNoProofThatThereIsNone()
      throws Exception {
    receipts.claim("cgt-1", "adoption by shot-2");
    clock.set(LATE);
    list(marked("cgt-1", 4711));

    assertThat(cannotTell(reconcile(SEED, 9)).problem().what()).contains("taken over by another");
  }

  @Test
  void taskThatSomeoneTookOverByOptions_andFits_isNoProofThatThereIsNone() throws Exception {
    receipts.claim("cgt-1", "adoption by shot-2");
    clock.set(LATE);
    list(going("cgt-1"));

    Reconciliation.CannotTell cannotTell = cannotTell(reconcile(NONE, 9));

    assertThat(cannotTell.candidates()).containsExactly("cgt-1");
    assertThat(cannotTell.problem().what())
        .isEqualTo("a task fits that was taken over by another generation");
  }

  @Test
  void taskBesideOneThatFits_andThatSomeoneTookOver_isNotTheOnlyOne() throws Exception {
    receipts.claim("cgt-1", "adoption by shot-2");
    clock.set(LATE);
    list(going("cgt-1"), going("cgt-2"));

    assertThat(cannotTell(reconcile(NONE, 9)).candidates()).containsExactly("cgt-1", "cgt-2");
    assertThat(receipts.ownerOf("cgt-2")).isEmpty();
  }

  @Test
  void taskThatSomeoneTookOver_ofAnotherRequest_isNoObstacle() throws Exception {
    receipts.claim("cgt-1", "adoption by shot-2");
    clock.set(LATE);
    list(listed("cgt-1", Known.RUNNING, "x-2", SENT_AFTER, null, null));

    notFound(reconcile(NONE, 9));
  }

  @Test
  void taskThatAnotherClaimsAtTheSameMoment_isNotOurs() throws Exception {
    clock.set(LATE);
    list(going("cgt-1"));
    receipts = new Overtaken(receipts, OTHER);

    notFound(reconcile(NONE, 9));
    assertThat(receipts.ownerOf("cgt-1")).contains(OTHER);
    assertThat(receipts.taskOf(OURS)).isEmpty();
  }

  @Test
  void taskThatSomeoneTakesOverAtTheSameMoment_isNoProofThatThereIsNone() {
    clock.set(LATE);
    list(going("cgt-1"));
    receipts = new Overtaken(receipts, "adoption by shot-2");

    assertThat(cannotTell(reconcile(NONE, 9)).candidates()).containsExactly("cgt-1");
  }

  @Test
  void taskBesideAnotherThatWasChosenAndNotClaimedYet_isNoProofThatThereIsNone() throws Exception {
    receipts.claimOnly("cgt-2", OURS);
    Files.delete(folder.resolve(".receipts/claims/cgt-2"));
    clock.set(LATE);
    list(going("cgt-1"));

    assertThat(cannotTell(reconcile(NONE, 9)).candidates()).containsExactly("cgt-1");
    assertThat(receipts.ownerOf("cgt-1")).isEmpty();
  }

  @Test
  void modelShownInALaterVersion_isNotRuledOut() throws Exception {
    clock.set(LATE);
    list(listed("cgt-1", Known.RUNNING, "m-1-270101", SENT_AFTER, null, null));

    assertThat(found(reconcile(NONE, 9)).taskId()).isEqualTo("cgt-1");
  }

  @Test
  void taskOfAnotherRequest_isNotOurs() {
    clock.set(LATE);
    list(listed("cgt-1", Known.RUNNING, "x-2", SENT_AFTER, null, null));

    notFound(reconcile(NONE, 9));
  }

  // With a marker of ours

  @ParameterizedTest
  @EnumSource(
      value = Known.class,
      names = {"QUEUED", "RUNNING"})
  void taskUnderWay_isWaitedFor_asItShowsItsMarkerOnlyOnceItIsOver(Known status) throws Exception {
    clock.set(LATE);
    list(listed("cgt-1", status, "m-1", SENT_AFTER, null, null), marked("cgt-2", 12));

    assertThat(reconcile(SEED, 99)).isInstanceOf(Reconciliation.NotYet.class);
    assertThat(receipts.ownerOf("cgt-1")).isEmpty();
  }

  @Test
  void finishedTaskThatShowsNoMarker_isNeverTakenSilently() throws Exception {
    clock.set(LATE);
    list(task("cgt-1", Known.SUCCEEDED, null, null));

    assertThat(cannotTell(reconcile(SEED, 9)).candidates()).containsExactly("cgt-1");
    assertThat(receipts.ownerOf("cgt-1")).isEmpty();
  }

  @Test
  void taskThatWasMadeWithoutTheMarkerOfToday_isNoProofThatThereIsNone() throws Exception {
    clock.set(LATE);
    list(marked("cgt-1", 12));

    assertThat(cannotTell(reconcile(SEED, 9)).candidates()).containsExactly("cgt-1");
    assertThat(receipts.ownerOf("cgt-1")).isEmpty();
  }

  @Test
  void finishedTasksWithOtherSeeds_areNotOurs() throws Exception {
    receipts.close(OURS);
    open(OURS, SENT_AFTER, TRAITS.markedBy(SEED));
    clock.set(LATE);
    list(marked("cgt-1", 12), marked("cgt-2", 13));

    notFound(reconcile(SEED, 9));
  }

  // No list

  @Test
  void dialectWithoutAList_cannotTell_afterAShortGrace() {
    provider.onList(new Listing.Unsupported());

    assertThat(reconcile(NONE, 1)).isInstanceOf(Reconciliation.NotYet.class);
    clock.set(SENT_BEFORE.plusSeconds(10));
    Reconciliation.CannotTell cannotTell = cannotTell(reconcile(NONE, 2));

    assertThat(cannotTell.problem().what()).contains("no list");
    assertThat(cannotTell.candidates()).isEmpty();
    assertThat(cannotTell.nextLookIn()).isEqualTo(Duration.ofMinutes(5));
  }

  @Test
  void listThatCannotBeRead_isNotYet_thenCannotTell_neverNotFound() {
    provider.onList(new Listing.NotListed("the service is busy", Optional.empty()));

    assertThat(reconcile(NONE, 9)).isInstanceOf(Reconciliation.NotYet.class);
    clock.set(LATE);
    assertThat(cannotTell(reconcile(NONE, 9)).problem().what())
        .isEqualTo("the list could not be read: the service is busy");
  }

  @Test
  void busyList_isReadAgainWhenTheServiceSays() {
    provider.onList(new Listing.NotListed("busy", Optional.of(Duration.ofMinutes(7))));

    assertThat(((Reconciliation.NotYet) reconcile(NONE, 1)).nextLookIn())
        .isEqualTo(Duration.ofMinutes(7));
  }

  private Reconciliation reconcile(Marker marker, int attempt) {
    return reconcile(marker, TRAITS.markedBy(marker), attempt, UnsharedLooks.realTime());
  }

  private Reconciliation reconcile(Marker marker, TaskTraits traits, int attempt, Looks looks) {
    return new Reconcile(
            provider, receipts, looks, new GenerationMetrics(meters), clock, () -> "my-id")
        .reconcile(
            new ReconcileRequest(
                OURS, marker, traits, SENT_AFTER, SENT_BEFORE, Duration.ofSeconds(110), attempt));
  }

  private Reconciliation reconcile(SubmissionName name) {
    return new Reconcile(
            provider,
            receipts,
            UnsharedLooks.realTime(),
            new GenerationMetrics(meters),
            clock,
            () -> "my-id")
        .reconcile(
            new ReconcileRequest(
                name.id(),
                NONE,
                TRAITS,
                SENT_AFTER,
                SENT_BEFORE,
                Duration.ofSeconds(110),
                1,
                name,
                null));
  }

  private void settle(String taskId) {
    try {
      receipts.accepted(OURS, taskId);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void open(String id, Instant at, TaskTraits traits) throws IOException {
    receipts.open(new OpenSubmission(id, "workflow of " + id, at, traits));
  }

  private void list(ListedTask... tasks) {
    provider.onList(new Listing.Listed(List.of(tasks)));
  }

  private static ListedTask going(String id) {
    return task(id, Known.RUNNING, null, null);
  }

  private static ListedTask marked(String id, long seed) {
    return task(id, Known.SUCCEEDED, seed, null);
  }

  private static ListedTask task(String id, Known status, Long seed, String safetyIdentifier) {
    return listed(id, status, "m-1", SENT_AFTER.plusSeconds(10), seed, safetyIdentifier);
  }

  private static ListedTask listed(
      String id, Known status, String model, Instant at, Long seed, String safetyIdentifier) {
    GenerationOutcome facts =
        new GenerationOutcome(
            model, at, null, seed, null, null, null, null, null, null, null, null);
    return new ListedTask(id, status, facts, safetyIdentifier);
  }

  private static SubmitOutcome.Accepted found(Reconciliation seen) {
    assertThat(seen).isInstanceOf(Reconciliation.Found.class);
    return ((Reconciliation.Found) seen).task();
  }

  private static Reconciliation.CannotTell cannotTell(Reconciliation seen) {
    assertThat(seen).isInstanceOf(Reconciliation.CannotTell.class);
    return (Reconciliation.CannotTell) seen;
  }

  private static Reconciliation.NotFound notFound(Reconciliation seen) {
    assertThat(seen).isInstanceOf(Reconciliation.NotFound.class);
    return (Reconciliation.NotFound) seen;
  }

  /** Another worker claims each task just before we do. */
  private static final class Overtaken extends Forwarding {
    private final String owner;

    Overtaken(Receipts receipts, String owner) {
      super(receipts);
      this.owner = owner;
    }

    @Override
    public boolean claim(String taskId, String submissionId) throws IOException {
      receipts.claim(taskId, owner);
      return receipts.claim(taskId, submissionId);
    }

    @Override
    public boolean claimOnly(String taskId, String submissionId) throws IOException {
      receipts.claim(taskId, owner);
      return receipts.claimOnly(taskId, submissionId);
    }
  }

  /** A store whose listing lags. */
  private static final class Lagging extends Forwarding {
    Lagging(Receipts receipts) {
      super(receipts);
    }

    @Override
    public boolean showsAllOpen() {
      return false;
    }
  }

  private static class Forwarding implements Receipts {
    protected final Receipts receipts;

    Forwarding(Receipts receipts) {
      this.receipts = receipts;
    }

    @Override
    public boolean claim(String taskId, String submissionId) throws IOException {
      return receipts.claim(taskId, submissionId);
    }

    @Override
    public boolean claimOnly(String taskId, String submissionId) throws IOException {
      return receipts.claimOnly(taskId, submissionId);
    }

    @Override
    public CallbackSecret callbackSecret() throws IOException {
      return receipts.callbackSecret();
    }

    @Override
    public boolean open(OpenSubmission submission) throws IOException {
      return receipts.open(submission);
    }

    @Override
    public void accepted(String submissionId, String taskId) throws IOException {
      receipts.accepted(submissionId, taskId);
    }

    @Override
    public void close(String submissionId) throws IOException {
      receipts.close(submissionId);
    }

    @Override
    public Optional<String> taskOf(String submissionId) throws IOException {
      return receipts.taskOf(submissionId);
    }

    @Override
    public Optional<String> ownerOf(String taskId) throws IOException {
      return receipts.ownerOf(taskId);
    }

    @Override
    public Optional<OpenSubmission> find(String submissionId) throws IOException {
      return receipts.find(submissionId);
    }

    @Override
    public Optional<String> workflowOf(String submissionId) throws IOException {
      return receipts.workflowOf(submissionId);
    }

    @Override
    public List<OpenSubmission> openSince(Instant moment) throws IOException {
      return receipts.openSince(moment);
    }

    @Override
    public boolean showsAllOpen() {
      return receipts.showsAllOpen();
    }
  }
}
