package seedance.activities.generation;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import seedance.activities.runtimes.RunTimes;
import seedance.activities.store.Notes;
import seedance.workflows.generation.Callbacks;
import seedance.workflows.generation.SubmitOutcome;

/**
 * Looks of a worker whose store does not work: by what it learns itself, and the catalogue. Luck
 * changes nothing about them.
 */
final class UnsharedLooks {
  private UnsharedLooks() {}

  static Looks realTime() {
    return by(LookSchedule.realTime());
  }

  static Looks by(LookSchedule schedule) {
    return new Looks(schedule, runTimes(Clock.systemUTC()), () -> 0.5);
  }

  static RunTimes runTimes(Clock clock) {
    return new RunTimes(new BrokenNotes(), clock);
  }

  /**
   * What is answered of a task whose like takes 110 s by the catalogue.
   *
   * @param begun when it was made
   * @param now when it is known
   */
  static SubmitOutcome.Accepted accepted(
      String taskId, Instant acceptedAt, Instant begun, Instant now) {
    Looks.Plan plan =
        realTime().first(null, Duration.ofSeconds(110), Callbacks.NOT_ASKED_FOR, begun, now);
    return new SubmitOutcome.Accepted(taskId, acceptedAt, plan.lookIn(), plan.expectation(), null);
  }

  private static final class BrokenNotes implements Notes {
    @Override
    public Optional<byte[]> read(String path, int most) throws IOException {
      throw new IOException("broken");
    }

    @Override
    public boolean writeFirst(String path, byte[] note) throws IOException {
      throw new IOException("broken");
    }

    @Override
    public boolean writeFirstSecret(String path, byte[] note) throws IOException {
      throw new IOException("broken");
    }

    @Override
    public void write(String path, byte[] note) throws IOException {
      throw new IOException("broken");
    }

    @Override
    public void delete(String path) throws IOException {
      throw new IOException("broken");
    }

    @Override
    public void freeBroken(String path) throws IOException {
      throw new IOException("broken");
    }

    @Override
    public Optional<Instant> writtenAt(String path) throws IOException {
      throw new IOException("broken");
    }

    @Override
    public List<Entry> in(String folder) throws IOException {
      throw new IOException("broken");
    }

    @Override
    public boolean mayBeInPart() {
      return true;
    }

    @Override
    public boolean showsAll() {
      return false;
    }
  }
}
