package seedance.worker.dev.simulator.clip;

import java.util.Objects;

/**
 * Everything that decides a clip's bytes: two equal specs make two equal files.
 *
 * @param seed decides what is seen
 * @param size in pixels
 * @param ticks length in 24ths of a second
 * @param container the file format
 * @param given what is seen in place of drawn pictures, of this size
 */
public record ClipSpec(long seed, PictureSize size, int ticks, Container container, Footage given) {

  /** What the service reports as {@code framespersecond}, and the clock of every clip. */
  public static final int TICKS_PER_SECOND = 24;

  /**
   * @throws IllegalArgumentException if {@code ticks} is not positive
   */
  public ClipSpec {
    Objects.requireNonNull(size, "size");
    Objects.requireNonNull(container, "container");
    Objects.requireNonNull(given, "given");
    if (ticks <= 0) {
      throw new IllegalArgumentException("a clip has a length: " + ticks);
    }
  }

  /** A clip that is all drawn. */
  public ClipSpec(long seed, PictureSize size, int ticks, Container container) {
    this(seed, size, ticks, container, Footage.NONE);
  }
}
