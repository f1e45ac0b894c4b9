package seedance.activities.generation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import seedance.activities.provider.TaskLook;
import seedance.activities.provider.TaskStatus.Known;
import seedance.activities.provider.VideoProvider;
import seedance.activities.store.FolderStore;
import seedance.activities.store.OpenSubmission;
import seedance.activities.store.Receipts;
import seedance.workflows.generation.TaskTraits;

/** A callback settles an open submission, if the service confirms it; all else is ignored. */
class CallbackReceiptTest {
  private static final String TASK = ScriptedProvider.TASK;
  private static final String ID = "0e9bd6c2-6d3e-4a3c-9a40-7f4a1de3d0f1";
  private static final Instant OPENED = ScriptedProvider.OUTCOME.createdAt().minusSeconds(2);
  private static final String BODY = "{\"id\":\"%s\",\"status\":\"running\"}".formatted(TASK);

  @TempDir Path folder;
  private Instant now = OPENED.plusSeconds(76);
  private final ScriptedProvider provider = new ScriptedProvider();
  private Receipts receipts;
  private CallbackReceipt callbacks;

  @BeforeEach
  void open() throws Exception {
    receipts = new FolderStore(folder).receipts();
    receipts.open(
        new OpenSubmission(
            ID,
            "my-workflow",
            OPENED,
            new TaskTraits(List.of("doubao-seedance-2-0-260128"), null, "720p", null, null, null)));
    provider.onLook(ScriptedProvider.going(Known.RUNNING));
    callbacks = callbacks(provider);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"id\":\"TASK\",\"status\":\"queued\"}",
        "{\"task_id\":\"TASK\"}",
        "{\"code\":\"success\",\"data\":{\"task_id\":\"TASK\",\"status\":\"SUCCESS\"}}",
        "{\"code\":0,\"result\":{\"id\":\"TASK\"}}"
      })
  void callback_settlesTheSubmission_andNamesItsWorkflow(String body) throws Exception {
    assertThat(received(body.replace("TASK", TASK))).contains("my-workflow");
    assertThat(receipts.taskOf(ID)).contains(TASK);
    assertThat(receipts.ownerOf(TASK)).contains(ID);
    assertThat(provider.looked).containsExactly(TASK);
  }

  /** The answer of the create is on its way, and one look would see no more than that. */
  @Test
  void callBesideTheCreate_ofATaskThatHasBegun_settles_andWakesNobody() throws Exception {
    now = OPENED.plusSeconds(1);
    callbacks = callbacks(provider);

    assertThat(received(BODY)).isEmpty();
    assertThat(receipts.taskOf(ID)).contains(TASK);
  }

  @Test
  void callBesideTheCreate_ofATaskThatMayBeOver_wakesItsWorkflow() throws Exception {
    now = OPENED.plusSeconds(1);
    callbacks = callbacks(provider);

    assertThat(received(BODY.replace("running", "succeeded"))).contains("my-workflow");
  }

  @Test
  void secondCallback_changesNothing_andAsksNobody() throws Exception {
    received(BODY);

    assertThat(received(BODY)).isEmpty();
    assertThat(receipts.taskOf(ID)).contains(TASK);
    assertThat(provider.looked).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"id\":\"TASK\",\"status\":\"succeeded\"}",
        "{\"id\":\"TASK\",\"status\":\"failed\"}",
        "{\"code\":\"success\",\"data\":{\"task_id\":\"TASK\",\"status\":\"SUCCESS\"}}",
        "{\"task_id\":\"TASK\",\"status\":\"a_word_of_its_own\"}",
        "{\"task_id\":\"TASK\"}"
      })
  void callAboutATaskWithAReceipt_thatMayBeOver_namesItsWorkflow_andAsksNobody(String body)
      throws Exception {
    receipts.accepted(ID, TASK);

    assertThat(received(body.replace("TASK", TASK))).contains("my-workflow");
    assertThat(received(body.replace("TASK", TASK))).contains("my-workflow");
    assertThat(provider.looked).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"id\":\"TASK\",\"status\":\"queued\"}",
        "{\"data\":{\"task_id\":\"TASK\",\"status\":\"IN_PROGRESS\"}}",
        "{\"id\":\"cgt-of-another\",\"status\":\"succeeded\"}",
        "{\"status\":\"succeeded\"}"
      })
  void callAboutATaskWithAReceipt_thatTellsOfNoEnd_isIgnored(String body) throws Exception {
    receipts.accepted(ID, TASK);

    assertThat(received(body.replace("TASK", TASK))).isEmpty();
  }

  @Test
  void callWithoutProof_aboutATaskWithAReceipt_isIgnored() throws Exception {
    receipts.accepted(ID, TASK);

    assertThat(
            callbacks.received(
                new TakenCallback(ID, false), bytes(BODY.replace("running", "succeeded"))))
        .isEmpty();
  }

  @Test
  void callbackForAnUnknownSubmission_isIgnored_andAsksNobody() {
    assertThat(callbacks.received(new TakenCallback("another", true), bytes(BODY))).isEmpty();
    assertThat(callbacks.received(new TakenCallback("../../open/" + ID, true), bytes(BODY)))
        .isEmpty();
    assertThat(provider.looked).isEmpty();
  }

  @Test
  void callbackWithoutProof_isIgnored_whereTheSubmissionsUrlHasOne() {
    assertThat(callbacks.received(new TakenCallback(ID, false), bytes(BODY))).isEmpty();
    assertThat(provider.looked).isEmpty();
  }

  @Test
  void callbackWithoutProof_isTaken_forASubmissionOfAnEarlierVersion() throws Exception {
    receipts.close(ID);
    receipts.open(new OpenSubmission(ID, "my-workflow", OPENED, TaskTraits.ANY, null));

    assertThat(callbacks.received(new TakenCallback(ID, false), bytes(BODY)))
        .contains("my-workflow");
    assertThat(receipts.taskOf(ID)).contains(TASK);
  }

  @Test
  void callbacksAtOnce_thatNameSeveralTasks_claimOne() throws Exception {
    List<String> tasks = List.of("cgt-1", "cgt-2", "cgt-3", "cgt-4");
    CyclicBarrier together = new CyclicBarrier(tasks.size());
    ExecutorService threads = Executors.newFixedThreadPool(tasks.size());
    List<Future<Optional<String>>> running = new ArrayList<>();
    try {
      for (String task : tasks) {
        CallbackReceipt worker = callbacks(new ScriptedProvider().onLook(() -> seenWith(together)));
        running.add(
            threads.submit(
                () ->
                    worker.received(new TakenCallback(ID, true), bytes(BODY.replace(TASK, task)))));
      }
      List<String> told = new ArrayList<>();
      for (Future<Optional<String>> one : running) {
        one.get().ifPresent(told::add);
      }

      assertThat(told).containsExactly("my-workflow");
      String taken = receipts.taskOf(ID).orElseThrow();
      for (String task : tasks) {
        assertThat(receipts.ownerOf(task).isPresent()).as(task).isEqualTo(task.equals(taken));
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static TaskLook seenWith(CyclicBarrier together) {
    try {
      together.await();
    } catch (InterruptedException | BrokenBarrierException e) {
      throw new IllegalStateException(e);
    }
    return ScriptedProvider.going(Known.RUNNING);
  }

  @Test
  void callbackForASubmissionThatMadeNoTask_isIgnored() throws Exception {
    receipts.close(ID);

    assertThat(received(BODY)).isEmpty();
    assertThat(receipts.taskOf(ID)).isEmpty();
  }

  @Test
  void taskThatTheServiceDoesNotConfirm_isIgnored() throws Exception {
    for (TaskLook look :
        List.of(
            ScriptedProvider.noSuchTask(),
            new TaskLook.NotSeen("no connection", Optional.empty()))) {
      ScriptedProvider unsure = new ScriptedProvider().onLook(look);
      assertThat(callbacks(unsure).received(new TakenCallback(ID, true), bytes(BODY))).isEmpty();
    }
    assertThat(receipts.taskOf(ID)).isEmpty();
    assertThat(receipts.ownerOf(TASK)).isEmpty();
  }

  @Test
  void taskOfAnotherSubmission_isIgnored() throws Exception {
    receipts.accepted("other", TASK);

    assertThat(received(BODY)).isEmpty();
    assertThat(receipts.taskOf(ID)).isEmpty();
  }

  @Test
  void taskOfAnotherRequest_isIgnored() throws Exception {
    receipts.close(ID);
    receipts.open(
        new OpenSubmission(
            ID, "w", OPENED, new TaskTraits(List.of(), null, "1080p", null, null, null)));

    assertThat(received(BODY)).isEmpty();
    assertThat(receipts.ownerOf(TASK)).isEmpty();
  }

  @Test
  void taskOfAnotherTime_isIgnored() throws Exception {
    receipts.close(ID);
    receipts.open(new OpenSubmission(ID, "w", OPENED.plusSeconds(3600), TaskTraits.ANY));

    assertThat(received(BODY)).isEmpty();
    assertThat(receipts.ownerOf(TASK)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "null",
        "[]",
        "\"cgt-1\"",
        "{",
        "{\"id\":7}",
        "{\"id\":null}",
        "{\"id\":{\"id\":\"x\"}}",
        "{\"data\":[]}",
        "id=cgt-1"
      })
  void garbage_isIgnored_andAsksNobody(String body) {
    assertThat(received(body)).isEmpty();
    assertThat(provider.looked).isEmpty();
  }

  @Test
  void deepOrBinaryGarbage_isIgnored() {
    assertThat(received("[".repeat(60_000))).isEmpty();
    byte[] noise = new byte[60_000];
    new Random(7).nextBytes(noise);
    assertThat(callbacks.received(new TakenCallback(ID, true), noise)).isEmpty();
  }

  @Test
  void storeThatDoesNotWork_isNoException() throws Exception {
    Files.writeString(folder.resolve(".receipts/claims"), "a file in the way");

    assertThat(received(BODY)).isEmpty();
  }

  private Optional<String> received(String body) {
    return callbacks.received(new TakenCallback(ID, true), bytes(body));
  }

  private CallbackReceipt callbacks(VideoProvider asked) {
    return new CallbackReceipt(
        asked,
        receipts,
        new CallbackUrls(Optional.empty(), receipts, Clock.systemUTC()),
        Clock.fixed(now, ZoneOffset.UTC));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
