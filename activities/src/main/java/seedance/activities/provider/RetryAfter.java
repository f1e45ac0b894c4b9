package seedance.activities.provider;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;
import okhttp3.Headers;

/** Reads {@code Retry-After} (RFC 9110, 10.2.3): seconds, or a date. */
final class RetryAfter {
  /** Longer than this is capped: a nonsensical value must not put a generation to sleep. */
  static final Duration LONGEST = Duration.ofHours(1);

  private static final Pattern SECONDS = Pattern.compile("\\d{1,18}");

  private RetryAfter() {}

  /**
   * Returns the wait that was asked for, or empty. A date counts from the reply's own {@code Date}
   * where it has one, as the two clocks need not agree.
   */
  static Optional<Duration> of(Headers headers, Clock clock) {
    String value = headers.get("Retry-After");
    if (value == null) {
      return Optional.empty();
    }
    if (SECONDS.matcher(value).matches()) {
      return Optional.of(capped(Duration.ofSeconds(Long.parseLong(value))));
    }
    Instant until = headers.getInstant("Retry-After");
    if (until == null) {
      return Optional.empty();
    }
    Instant from = headers.getInstant("Date");
    return Optional.of(capped(Duration.between(from == null ? clock.instant() : from, until)));
  }

  private static Duration capped(Duration wait) {
    if (wait.isNegative()) {
      return Duration.ZERO;
    }
    return wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
  }
}
