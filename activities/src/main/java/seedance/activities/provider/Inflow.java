package seedance.activities.provider;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What a host has sent since something came of it. OkHttp holds a line until it ends, say that of a
 * chunk's extension or the name in a head of gzip, and knows no limit.
 */
final class Inflow {
  /** Twice what HTTP/2 lets come ahead of whoever reads. */
  private static final long MOST = 32L << 20;

  private final AtomicLong held = new AtomicLong();

  /**
   * @throws Flood when too much came, and nothing of it
   */
  void came(long bytes) throws Flood {
    if (bytes > 0 && held.addAndGet(bytes) > MOST) {
      throw new Flood();
    }
  }

  /** Something came of it, or it is asked for anew. */
  void begin() {
    held.set(0);
  }

  /** More came than anybody holds. */
  static final class Flood extends IOException {
    private static final long serialVersionUID = 1L;
  }
}
