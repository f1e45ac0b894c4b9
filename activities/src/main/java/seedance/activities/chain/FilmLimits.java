package seedance.activities.chain;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * What making a film may take.
 *
 * @param time for all commands together
 * @param bytes of the film
 * @param memory in bytes, of each command
 */
record FilmLimits(Duration time, long bytes, long memory) {
  /** In parts of 100 of what the activity has: there has to be time to say that it is over. */
  private static final int PERCENT_OF_THE_ATTEMPT = 90;

  /** Encoded anew, a clip is larger than the service made it. */
  private static final int TIMES_ITS_CLIPS = 8;

  private static final long AND = 1L << 30;

  /**
   * Above the 2.8 GB that were measured of the largest clips that are encoded. What else a clip may
   * make ffmpeg hold, its tables say, and none of its options bounds their sum.
   */
  static final long MOST_MEMORY = 7L << 29;

  /** Each holds pictures of its own. */
  static final int ENCODER_THREADS = 2;

  /**
   * @param attempt how long the activity may take
   */
  static FilmLimits of(Duration attempt, List<Path> clips) throws IOException {
    long bytes = 0;
    for (Path clip : clips) {
      bytes += Files.size(clip);
    }
    return new FilmLimits(
        attempt.multipliedBy(PERCENT_OF_THE_ATTEMPT).dividedBy(100),
        AND + TIMES_ITS_CLIPS * bytes,
        MOST_MEMORY);
  }

  /**
   * What ends ffmpeg even where nobody watches it any more: a worker may be killed. It is time of
   * processors, for each thread that may be busy, so that the watch comes first.
   */
  List<String> ofCommand() {
    return List.of("-timelimit", String.valueOf(time.toSeconds() * (1 + ENCODER_THREADS)));
  }

  /** ffmpeg stops at that size with success, so it has to be one that the watch refuses. */
  List<String> ofFile() {
    return List.of("-fs", String.valueOf(bytes + 1));
  }

  /**
   * A watch over commands that begin now.
   *
   * @param film the file that they write
   * @param other is asked too
   */
  CommandRun.Watch watch(Path film, CommandRun.Watch other) {
    long start = System.nanoTime();
    return () -> {
      other.check();
      if (System.nanoTime() - start > time.toNanos()) {
        throw new NotJoinableException("joining took longer than " + inWords(time));
      }
      if (Files.size(film) > bytes) {
        throw new NotJoinableException(
            "the film would be larger than %d MB".formatted(bytes >> 20));
      }
    };
  }

  private static String inWords(Duration time) {
    return time.toMinutes() > 0 ? time.toMinutes() + " min" : time.toSeconds() + " s";
  }
}
