package seedance.worker;

import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import java.time.Duration;
import org.slf4j.LoggerFactory;

/** Loggers that a test listens to. */
final class RealLogger {
  private RealLogger() {}

  /** Waits while a test beside this one makes SLF4J begin, as it gives out substitutes then. */
  static Logger of(String name) {
    return (Logger)
        await()
            .atMost(Duration.ofMinutes(2))
            .until(() -> LoggerFactory.getLogger(name), Logger.class::isInstance);
  }
}
