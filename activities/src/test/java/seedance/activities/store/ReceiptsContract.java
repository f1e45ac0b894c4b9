package seedance.activities.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import seedance.activities.MovableClock;
import seedance.workflows.generation.TaskTraits;

/** What every implementation of {@link Receipts} does, shared by several workers. */
public abstract class ReceiptsContract {
  protected static final Instant NOW = Instant.parse("2026-11-22T18:00:00Z");
  protected static final TaskTraits TRAITS =
      new TaskTraits(List.of("m-1", "m"), 7L, "720p", "16:9", 5, "someone");

  protected final MovableClock clock = new MovableClock(NOW);

  /** Another worker's view of the same store. */
  protected abstract Receipts worker();

  protected static OpenSubmission submission(String id) {
    return submission(id, NOW);
  }

  protected static OpenSubmission submission(String id, Instant openedAt) {
    return new OpenSubmission(id, "workflow of " + id, openedAt, TRAITS);
  }

  @Test
  void emptyStore_knowsNothing() throws Exception {
    assertThat(worker().taskOf("s")).isEmpty();
    assertThat(worker().ownerOf("cgt-1")).isEmpty();
    assertThat(worker().find("s")).isEmpty();
    assertThat(worker().workflowOf("s")).isEmpty();
    assertThat(worker().openSince(Instant.EPOCH)).isEmpty();
    worker().close("s");
  }

  @Test
  void openSubmission_isSeenByEveryWorker_asItIs() throws Exception {
    worker().open(submission("s"));

    assertThat(worker().find("s")).contains(submission("s"));
    assertThat(worker().openSince(NOW)).containsExactly(submission("s"));
    assertThat(worker().workflowOf("s")).contains("workflow of s");
    assertThat(worker().taskOf("s")).isEmpty();
  }

  @Test
  void openSubmission_staysAsItWasFirstOpened_untilItIsClosed() throws Exception {
    assertThat(worker().open(submission("s"))).isTrue();
    assertThat(worker().open(submission("s", NOW.plusSeconds(60)))).isFalse();
    assertThat(worker().find("s")).contains(submission("s"));

    worker().close("s");
    assertThat(worker().open(submission("s", NOW.plusSeconds(60)))).isTrue();
  }

  @Test
  void openSince_leavesOutWhatIsOlder() throws Exception {
    worker().open(submission("old", NOW.minusSeconds(61)));
    worker().open(submission("new", NOW.minusSeconds(60)));

    assertThat(worker().openSince(NOW.minusSeconds(60)))
        .extracting(OpenSubmission::submissionId)
        .containsExactly("new");
  }

  @Test
  void receipt_namesTheTask_claimsIt_andEndsTheSubmission() throws Exception {
    worker().open(submission("s"));
    worker().accepted("s", "cgt-1");

    assertThat(worker().taskOf("s")).contains("cgt-1");
    assertThat(worker().ownerOf("cgt-1")).contains("s");
    assertThat(worker().openSince(Instant.EPOCH)).isEmpty();
    assertThat(worker().find("s")).isEmpty();
    assertThat(worker().workflowOf("s")).contains("workflow of s");
  }

  @Test
  void receiptTwice_isTheSameReceipt() throws Exception {
    worker().open(submission("s"));
    worker().accepted("s", "cgt-1");
    worker().accepted("s", "cgt-1");

    assertThat(worker().taskOf("s")).contains("cgt-1");
    assertThat(worker().workflowOf("s")).contains("workflow of s");
  }

  @Test
  void receiptOfASubmissionThatWasNeverOpened_isKept() throws Exception {
    worker().accepted("s", "cgt-1");

    assertThat(worker().taskOf("s")).contains("cgt-1");
    assertThat(worker().ownerOf("cgt-1")).contains("s");
  }

  @Test
  void closedSubmission_isOpenNoMore() throws Exception {
    worker().open(submission("s"));
    worker().close("s");
    worker().close("s");

    assertThat(worker().find("s")).isEmpty();
    assertThat(worker().openSince(Instant.EPOCH)).isEmpty();
  }

  @Test
  void claim_isTheFirstOnes_forEver() throws Exception {
    assertThat(worker().claim("cgt-1", "first")).isTrue();
    assertThat(worker().claim("cgt-1", "second")).isFalse();
    assertThat(worker().claim("cgt-1", "first")).isTrue();
    worker().accepted("second", "cgt-1");

    assertThat(worker().ownerOf("cgt-1")).contains("first");
  }

  @Test
  void claimsAtOnce_haveOneWinner() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    CyclicBarrier together = new CyclicBarrier(4);
    try {
      for (int round = 0; round < 200; round++) {
        String task = "cgt-" + round;
        List<Future<Boolean>> claims = new ArrayList<>();
        for (int worker = 0; worker < 4; worker++) {
          String submission = "s" + worker;
          claims.add(
              threads.submit(
                  () -> {
                    together.await();
                    return worker().claim(task, submission);
                  }));
        }
        List<String> winners = new ArrayList<>();
        for (int worker = 0; worker < 4; worker++) {
          if (claims.get(worker).get()) {
            winners.add("s" + worker);
          }
        }
        assertThat(winners).as(task).hasSize(1);
        assertThat(worker().ownerOf(task)).contains(winners.get(0));
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void tasksFoundAtOnce_becomeOneOfTheSubmission_atMost() throws Exception {
    for (int round = 0; round < 25; round++) {
      String submission = "s" + round;
      List<String> tasks = List.of("cgt-a" + round, "cgt-b" + round, "cgt-c" + round);
      List<Boolean> claimed =
          atOnce(tasks.stream().<Attempt>map(task -> w -> w.claimOnly(task, submission)).toList());

      assertThat(claimed).as(submission).containsOnlyOnce(true);
      for (String task : tasks) {
        assertThat(worker().ownerOf(task).isPresent()).isEqualTo(claimed.get(tasks.indexOf(task)));
      }
    }
  }

  private interface Attempt {
    boolean by(Receipts worker) throws Exception;
  }

  private List<Boolean> atOnce(List<Attempt> attempts) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(attempts.size());
    CyclicBarrier together = new CyclicBarrier(attempts.size());
    try {
      List<Future<Boolean>> running = new ArrayList<>();
      for (Attempt attempt : attempts) {
        running.add(
            threads.submit(
                () -> {
                  together.await();
                  return attempt.by(worker());
                }));
      }
      List<Boolean> results = new ArrayList<>();
      for (Future<Boolean> one : running) {
        results.add(one.get());
      }
      return results;
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void foundTask_isClaimedAgain_asOftenAsItIsFound() throws Exception {
    assertThat(worker().claimOnly("cgt-1", "s")).isTrue();
    assertThat(worker().claimOnly("cgt-1", "s")).isTrue();
    assertThat(worker().claimOnly("cgt-2", "s")).isFalse();
    assertThat(worker().ownerOf("cgt-2")).isEmpty();
  }

  @Test
  void foundTaskOfAnother_leavesRoomForTheNext() throws Exception {
    worker().claim("cgt-1", "other");

    assertThat(worker().claimOnly("cgt-1", "s")).isFalse();
    assertThat(worker().claimOnly("cgt-2", "s")).isTrue();
    assertThat(worker().ownerOf("cgt-1")).contains("other");
  }

  @Test
  void foundTask_isNotClaimed_onceThereIsAReceiptForAnother() throws Exception {
    worker().open(submission("s"));
    worker().accepted("s", "cgt-1");

    assertThat(worker().claimOnly("cgt-2", "s")).isFalse();
    assertThat(worker().ownerOf("cgt-2")).isEmpty();
  }

  @Test
  void callbackSecret_isTheFirstOnes_forEveryWorker() throws Exception {
    List<String> proofs = new CopyOnWriteArrayList<>();

    atOnce(Collections.nCopies(4, worker -> proofs.add(worker.callbackSecret().proofOf("s"))));

    assertThat(proofs).hasSize(4).containsOnly(worker().callbackSecret().proofOf("s"));
  }

  @Test
  void callbackSecret_provesOneSubmission_andShowsNothing() throws Exception {
    CallbackSecret secret = worker().callbackSecret();
    String proof = secret.proofOf("s");

    assertThat(proof).hasSize(CallbackSecret.PROOF_LENGTH).matches("[0-9A-Za-z_-]+");
    assertThat(secret.isProof(proof, "s")).isTrue();
    assertThat(secret.isProof(proof, "t")).isFalse();
    assertThat(secret.isProof("", "s")).isFalse();
    assertThat(secret.toString()).isEqualTo("***");
  }

  @Test
  void urlWithoutProof_isNeverOfANewStore() throws Exception {
    worker().callbackSecret();
    worker().open(submission("s"));

    assertThat(worker().callbackSecret().mayLackProof(NOW)).isFalse();
  }

  @Test
  void urlWithoutProof_mayBeOfAStoreThatIsOlderThanItsSecret_forAsLongAsItCanMatter()
      throws Exception {
    worker().open(submission("s"));
    CallbackSecret secret = worker().callbackSecret();

    assertThat(secret.mayLackProof(NOW.plus(CallbackSecret.TASK_MATTERS_FOR).minusSeconds(1)))
        .isTrue();
    assertThat(secret.mayLackProof(NOW.plus(CallbackSecret.TASK_MATTERS_FOR))).isFalse();
    clock.advance(Duration.ofDays(3));
    assertThat(worker().callbackSecret().mayLackProof(NOW.plus(CallbackSecret.TASK_MATTERS_FOR)))
        .isFalse();
  }

  @Test
  void submission_isOpenForGood_asAResetMustNotSendItAgain() throws Exception {
    worker().open(submission("s"));

    clock.advance(Duration.ofDays(1000));
    assertThat(worker().openSince(NOW)).containsExactly(submission("s"));
    assertThat(worker().find("s")).contains(submission("s"));
    assertThat(worker().open(submission("s", clock.instant()))).isFalse();
  }

  @Test
  void idsOfAnyCharacters_areKeptApart() throws Exception {
    List<String> ids =
        List.of("../../etc/passwd", "..", "", "a/b", "a%2Fb", "短片", "nul\0byte", ".x");
    for (String id : ids) {
      worker().open(submission(id));
    }
    assertThat(worker().openSince(NOW)).extracting(OpenSubmission::submissionId).containsAll(ids);
    for (String id : ids) {
      worker().accepted(id, "task " + id);
    }
    for (String id : ids) {
      assertThat(worker().taskOf(id)).contains("task " + id);
      assertThat(worker().ownerOf("task " + id)).contains(id);
    }
  }
}
