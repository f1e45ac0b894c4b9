package seedance.activities.runtimes;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import seedance.activities.store.Notes;
import seedance.activities.store.Sha256;
import seedance.workflows.json.WireForm;

/**
 * How long tasks ran lately, by group, learnt from what is handed off. All workers share it through
 * the store: one small note a group, of its last runs. Nobody waits for that: what is asked for is
 * answered from memory, which is read anew in the background, and where the store does not work,
 * the catalogue's word holds. Two workers that write one note at once lose a run.
 *
 * <p>Safe for use by many threads.
 */
public final class RunTimes implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(RunTimes.class);

  private static final ObjectMapper JSON =
      new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

  private static final int LARGEST = 64 * 1024;
  private static final int GROUPS_IN_MEMORY = 500;
  private static final int WAITING = 200;
  private static final Duration READ_ANEW_AFTER = Duration.ofMinutes(1);

  /** As many calls in a row show that the service reaches us, if they are no older. */
  private static final int CALLS_THAT_ARRIVED = 3;

  private static final Duration LATELY = Duration.ofDays(1);
  private static final Duration LONGEST_END = Duration.ofSeconds(5);

  private final Notes notes;
  private final Clock clock;
  private final Executor background;
  private final Runnable atTheEnd;
  private final Map<String, Group> groups =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Group> eldest) {
          return size() > GROUPS_IN_MEMORY;
        }
      };

  /**
   * @param notes where the runs are shared
   */
  public RunTimes(Notes notes, Clock clock) {
    this(notes, clock, oneThread());
  }

  private RunTimes(Notes notes, Clock clock, ExecutorService thread) {
    this(notes, clock, thread, () -> end(thread));
  }

  /**
   * @param background where the store is read and written; what it rejects is left out
   */
  RunTimes(Notes notes, Clock clock, Executor background) {
    this(notes, clock, background, () -> {});
  }

  private RunTimes(Notes notes, Clock clock, Executor background, Runnable atTheEnd) {
    this.atTheEnd = Objects.requireNonNull(atTheEnd, "atTheEnd");
    this.notes = Objects.requireNonNull(notes, "notes");
    this.clock = Objects.requireNonNull(clock, "clock");
    this.background = Objects.requireNonNull(background, "background");
  }

  private static ExecutorService oneThread() {
    ThreadPoolExecutor thread =
        new ThreadPoolExecutor(
            1,
            1,
            10,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(WAITING),
            work -> {
              Thread made = new Thread(work, "seedance-run-times");
              made.setDaemon(true);
              return made;
            });
    thread.allowCoreThreadTimeOut(true);
    return thread;
  }

  private static void end(ExecutorService thread) {
    thread.shutdown();
    try {
      thread.awaitTermination(LONGEST_END.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    thread.shutdownNow();
  }

  /** Writes what is yet to be written, for five seconds at most. */
  @Override
  public void close() {
    atTheEnd.run();
  }

  /**
   * What is to be expected of the next task.
   *
   * @param group null where it is not known; then the catalogue's word holds
   * @param typicalTime the catalogue's word
   */
  public LikelyRun likely(@Nullable String group, Duration typicalTime) {
    RunTimeFit typical = RunTimeFit.typical(typicalTime);
    if (group == null) {
      return new LikelyRun(typical, false);
    }
    List<MeasuredRun> runs = of(group);
    return new LikelyRun(RunTimeFitting.fit(typical, runs), callsArrive(runs));
  }

  private boolean callsArrive(List<MeasuredRun> newestFirst) {
    List<MeasuredRun> asked =
        newestFirst.stream()
            .filter(run -> run.calledBack() != null)
            .limit(CALLS_THAT_ARRIVED)
            .toList();
    return asked.size() == CALLS_THAT_ARRIVED
        && asked.stream().allMatch(run -> Boolean.TRUE.equals(run.calledBack()))
        && asked.get(0).acceptedAt().isAfter(clock.instant().minus(LATELY));
  }

  private List<MeasuredRun> of(String group) {
    Instant now = clock.instant();
    Group known;
    boolean isOld;
    synchronized (groups) {
      known = groups.getOrDefault(group, Group.UNREAD);
      isOld = !now.isBefore(known.readAt().plus(READ_ANEW_AFTER));
      if (isOld) {
        groups.put(group, new Group(known.runs(), now));
      }
    }
    if (isOld) {
      inBackground(() -> remember(group, read(group)));
    }
    return known.runs();
  }

  /** Learns of one more run: at once in this process, and in a while in the others. */
  public void learn(String group, MeasuredRun run) {
    remember(group, List.of(run));
    inBackground(
        () -> {
          List<MeasuredRun> all = remember(group, read(group));
          notes.write(path(group), JSON.writeValueAsBytes(new Note(group, all)));
        });
  }

  private List<MeasuredRun> remember(String group, List<MeasuredRun> more) {
    synchronized (groups) {
      Group known = groups.getOrDefault(group, Group.UNREAD);
      List<MeasuredRun> all = merged(known.runs(), more);
      groups.put(group, new Group(all, known.readAt()));
      return all;
    }
  }

  private static List<MeasuredRun> merged(List<MeasuredRun> some, List<MeasuredRun> others) {
    Map<String, MeasuredRun> byTask = new LinkedHashMap<>();
    some.forEach(run -> byTask.put(run.taskId(), run));
    others.forEach(run -> byTask.put(run.taskId(), run));
    return byTask.values().stream()
        .sorted(Comparator.comparing(MeasuredRun::acceptedAt).reversed())
        .limit(RunTimeFitting.REMEMBERED)
        .toList();
  }

  private List<MeasuredRun> read(String group) throws IOException {
    byte[] note = notes.read(path(group), LARGEST).orElse(null);
    if (note == null) {
      return List.of();
    }
    try {
      return new ArrayList<>(JSON.readValue(note, Note.class).runs());
    } catch (IOException | RuntimeException notReadable) {
      // It is written anew with the next run.
      return List.of();
    }
  }

  private void inBackground(Work work) {
    try {
      background.execute(
          () -> {
            try {
              work.run();
            } catch (IOException | RuntimeException e) {
              log.debug("Run times are not shared now: {}", e.getClass().getSimpleName());
            }
          });
    } catch (RejectedExecutionException full) {
      log.debug("A run time is not shared, as the store is slow");
    }
  }

  private static String path(String group) {
    return "run-times/" + Sha256.of(group);
  }

  private interface Work {
    void run() throws IOException;
  }

  /**
   * @param runs newest first
   * @param readAt when they were read from the store
   */
  private record Group(List<MeasuredRun> runs, Instant readAt) {
    static final Group UNREAD = new Group(List.of(), Instant.EPOCH);
  }

  @WireForm
  private record Note(String group, List<MeasuredRun> runs) {
    Note {
      Objects.requireNonNull(group, "group");
      runs = List.copyOf(runs);
    }
  }
}
