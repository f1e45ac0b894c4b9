package seedance.worker.dev.simulator.clip;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/**
 * The clips, made when first asked for and kept as long as they fit. Safe for use by many threads;
 * a clip that two ask for at once is made once.
 */
public final class Clips {

  private final long capacity;
  private final Map<Object, byte[]> kept = new LinkedHashMap<>(16, 0.75f, true);
  private long size;

  /**
   * @param capacity how many bytes of finished files to keep; older ones are made again when asked
   *     for
   * @throws IllegalArgumentException if it is negative
   */
  public Clips(long capacity) {
    if (capacity < 0) {
      throw new IllegalArgumentException("a capacity is not negative: " + capacity);
    }
    this.capacity = capacity;
  }

  /** The clip as a file. Callers must not change the bytes. */
  public byte[] video(ClipSpec spec) {
    return get(spec, spec, ClipMaker::video);
  }

  /** The clip's last picture as PNG. Callers must not change the bytes. */
  public byte[] lastFrame(ClipSpec spec) {
    return get(new LastFrame(spec), spec, ClipMaker::lastFrame);
  }

  /** How many bytes are kept now. */
  public synchronized long size() {
    return size;
  }

  private synchronized byte[] get(Object key, ClipSpec spec, Function<ClipSpec, byte[]> maker) {
    byte[] file = kept.get(key);
    if (file == null) {
      file = maker.apply(spec);
      kept.put(key, file);
      size += file.length;
      var oldest = kept.entrySet().iterator();
      while (size > capacity && oldest.hasNext()) {
        size -= oldest.next().getValue().length;
        oldest.remove();
      }
    }
    return file;
  }

  private record LastFrame(ClipSpec spec) {
    LastFrame {
      Objects.requireNonNull(spec, "spec");
    }
  }
}
