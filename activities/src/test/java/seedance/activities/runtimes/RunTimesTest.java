package seedance.activities.runtimes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import seedance.activities.store.FolderStore;
import seedance.workflows.generation.Expectation;

/** What workers teach each other of run times. */
class RunTimesTest {
  private static final String GROUP = "doubao-seedance-2-0-260128 720p 5 s";
  private static final Duration TYPICAL = Duration.ofSeconds(110);
  private static final Instant NOW = Instant.parse("2026-11-22T18:45:00Z");

  @TempDir Path folder;
  private Instant now = NOW;

  @Test
  void whatOneWorkerLearns_anotherKnows() {
    RunTimes teacher = worker(Runnable::run);
    for (int i = 0; i < 20; i++) {
      teacher.learn(GROUP, run(i, 300, null));
    }
    RunTimes other = worker(Runnable::run);
    other.likely(GROUP, TYPICAL);

    assertThat(median(other, GROUP)).isBetween(Duration.ofSeconds(290), Duration.ofSeconds(310));
    assertThat(median(other, "another group")).isEqualTo(TYPICAL);
  }

  @Test
  void whatIsLearnt_isKnownAtOnce_inItsOwnWorker_howeverSlowTheStore() {
    Queue<Runnable> waiting = new ArrayDeque<>();
    RunTimes runTimes = worker(waiting::add);

    runTimes.learn(GROUP, run(1, 300, null));

    assertThat(runTimes.likely(GROUP, TYPICAL).expectation(NOW, NOW).runTime().clips()).isOne();
    assertThat(waiting).isNotEmpty();
  }

  @Test
  void whatIsYetToBeWritten_isWritten_asTheWorkerEnds() throws IOException {
    try (RunTimes runTimes = new RunTimes(new FolderStore(folder).notes(), clock())) {
      for (int i = 0; i < 20; i++) {
        runTimes.learn(GROUP, run(i, 300, null));
      }
    }

    assertThat(Files.readString(notes().get(0))).contains("cgt-0").contains("cgt-19");
  }

  @Test
  void storeIsReadOnce_aMinute_inTheBackground() {
    RunTimes teacher = worker(Runnable::run);
    Queue<Runnable> waiting = new ArrayDeque<>();
    RunTimes pupil = worker(waiting::add);
    pupil.likely(GROUP, TYPICAL);
    pupil.likely(GROUP, TYPICAL);

    assertThat(waiting).hasSize(1);
    waiting.remove().run();
    for (int i = 0; i < 20; i++) {
      teacher.learn(GROUP, run(i, 300, null));
    }
    assertThat(median(pupil, GROUP)).isEqualTo(TYPICAL);
    now = now.plusSeconds(61);
    assertThat(median(pupil, GROUP)).isEqualTo(TYPICAL);
    waiting.remove().run();
    assertThat(median(pupil, GROUP)).isGreaterThan(Duration.ofSeconds(290));
  }

  @Test
  void noteOfAGroup_isBounded_andHoldsTheNewest() throws IOException {
    RunTimes runTimes = worker(Runnable::run);
    for (int i = 0; i < 200; i++) {
      runTimes.learn(GROUP, run(i, i < 150 ? 60 : 300, null));
    }

    List<Path> notes = notes();
    assertThat(notes).hasSize(1);
    assertThat(Files.size(notes.get(0))).isLessThan(4096);
    assertThat(median(worker(Runnable::run), GROUP, 2)).isGreaterThan(Duration.ofSeconds(290));
  }

  /** Of a hundred that begin together, the twenty that end last are its slowest. */
  @Test
  void batch_teachesItsMedian_notItsSlowest() {
    RunTimes runTimes = worker(Runnable::run);
    for (int place = 1; place <= 100; place++) {
      int number = place * 37 % 101;
      runTimes.learn(GROUP, run(number, 50 + place, null));
    }

    assertThat(median(runTimes, GROUP)).isBetween(Duration.ofSeconds(85), Duration.ofSeconds(115));
  }

  @Test
  void noteThatMakesNoSense_countsAsNone_andIsWrittenAnew() throws IOException {
    worker(Runnable::run).learn(GROUP, run(1, 300, null));
    for (String broken :
        List.of(
            "", "{}", "[]", "{\"group\":\"g\",\"runs\":[{\"taskId\":\"t\"}]}", "\u0000", "nul")) {
      Files.writeString(notes().get(0), broken);
      RunTimes runTimes = worker(Runnable::run);

      assertThat(median(runTimes, GROUP, 2)).as(broken).isEqualTo(TYPICAL);
      runTimes.learn(GROUP, run(2, 300, null));
      assertThat(Files.readString(notes().get(0))).contains("PT5M");
    }
  }

  @Test
  void storeThatDoesNotWork_meansTheCatalogue() throws IOException {
    Files.writeString(folder.resolve(".receipts"), "in the way");
    RunTimes runTimes = worker(Runnable::run);

    assertThat(median(runTimes, GROUP)).isEqualTo(TYPICAL);
    runTimes.learn(GROUP, run(1, 300, null));
    assertThat(runTimes.likely(GROUP, TYPICAL).expectation(NOW, NOW).runTime().clips()).isOne();
  }

  @Test
  void callsArrive_whereTheLastThreeDid_andNotLongAgo() {
    assertThat(callsArrive()).isFalse();
    assertThat(callsArrive(true, true)).isFalse();
    assertThat(callsArrive(true, true, true)).isTrue();
    assertThat(callsArrive(false, true, true, true)).isTrue();
    assertThat(callsArrive(true, true, true, false)).isFalse();
    assertThat(callsArrive(true, null, true, null, true)).isTrue();
    now = NOW.plus(Duration.ofHours(25));
    assertThat(callsArrive(true, true, true)).isFalse();
  }

  private boolean callsArrive(@Nullable Boolean... oldestFirst) {
    RunTimes runTimes = new RunTimes(new FolderStore(folder).notes(), clock(), work -> {});
    for (int i = 0; i < oldestFirst.length; i++) {
      runTimes.learn(GROUP, run(i, 100, oldestFirst[i]));
    }
    return runTimes.likely(GROUP, TYPICAL).callsArrive();
  }

  private RunTimes worker(Executor background) {
    return new RunTimes(new FolderStore(folder).notes(), clock(), background);
  }

  private Clock clock() {
    return new Clock() {
      @Override
      public Instant instant() {
        return now;
      }

      @Override
      public ZoneOffset getZone() {
        return ZoneOffset.UTC;
      }

      @Override
      public Clock withZone(java.time.ZoneId zone) {
        return this;
      }
    };
  }

  private static Duration median(RunTimes runTimes, String group) {
    return median(runTimes, group, 1);
  }

  private static Duration median(RunTimes runTimes, String group, int asked) {
    Expectation expected = runTimes.likely(group, TYPICAL).expectation(NOW, NOW);
    return asked == 1 ? expected.runTime().median() : median(runTimes, group, asked - 1);
  }

  private List<Path> notes() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve(".receipts/run-times"))) {
      return files.toList();
    }
  }

  private static MeasuredRun run(int number, int seconds, @Nullable Boolean calledBack) {
    Duration took = Duration.ofSeconds(seconds);
    return new MeasuredRun("cgt-" + number, NOW.plusMillis(number), took, took, calledBack);
  }
}
