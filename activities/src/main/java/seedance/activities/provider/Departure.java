package seedance.activities.provider;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A request's one chance to leave: once, and not after its time. A process that was frozen does not
 * notice how long; so what must not be sent late asks the clock right before it is sent.
 */
final class Departure {
  private final Instant sendBefore;
  private final Clock clock;
  private final AtomicBoolean begun = new AtomicBoolean();
  private volatile boolean missed;

  /**
   * @param sendBefore when it is too late; {@link Instant#MAX} for never
   */
  Departure(Instant sendBefore, Clock clock) {
    this.sendBefore = Objects.requireNonNull(sendBefore, "sendBefore");
    this.clock = Objects.requireNonNull(clock, "clock");
  }

  /**
   * Stands right before the first byte.
   *
   * @throws IOException when it is too late, or this was called before; nothing may be sent
   */
  void begin() throws IOException {
    if (!begun.compareAndSet(false, true)) {
      throw new IOException("a request is sent once");
    }
    requireInTime();
  }

  /**
   * Stands right before a further byte.
   *
   * @throws IOException when it is too late; nothing more may be sent
   */
  void requireInTime() throws IOException {
    if (clock.instant().isAfter(sendBefore)) {
      missed = true;
      throw new IOException("too late to send");
    }
  }

  /** Whether it was too late once, and so something was not sent. */
  boolean isMissed() {
    return missed;
  }
}
