package seedance.client;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.random.RandomGenerator;

/** Makes up workflow ids that read well and sort by time. */
final class WorkflowIds {
  private static final DateTimeFormatter TO_THE_SECOND =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  private WorkflowIds() {}

  /** Such as {@code 20261122T184501Z-text-doubao-seedance-2-0-7f3a}. */
  static String next(Instant now, String slug, RandomGenerator random) {
    return "%s-%s-%04x".formatted(TO_THE_SECOND.format(now), slug, random.nextInt(1 << 16));
  }
}
