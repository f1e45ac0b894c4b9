package seedance.worker.dev.simulator.clip;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What is known of a clip that another is made from.
 *
 * @param length how long it plays
 * @param tail its last second, eight pictures; empty if they are not known
 */
public record SourceClip(Duration length, List<Picture> tail) {

  static final int PICTURES_OF_TAIL = Reel.PICTURES_PER_SECOND;

  /** Copies the list. */
  public SourceClip {
    tail = List.copyOf(tail);
  }

  /** A clip of the simulator's own, read from its recipe. */
  public static SourceClip of(ClipSpec spec) {
    Reel reel = new Reel(spec);
    List<Picture> tail =
        IntStream.range(Math.max(0, reel.length() - PICTURES_OF_TAIL), reel.length())
            .<Picture>mapToObj(reel::picture)
            .toList();
    return new SourceClip(
        Duration.ofSeconds(spec.ticks()).dividedBy(ClipSpec.TICKS_PER_SECOND), tail);
  }
}
