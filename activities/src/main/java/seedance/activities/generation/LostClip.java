package seedance.activities.generation;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import seedance.workflows.generation.HandOffRequest;

/**
 * When a clip that is not there now never will be. What fails on our side in between, the store
 * above all, begins the hours anew.
 */
final class LostClip {
  /** After a task's end; the service's own URLs live 24 h (H). */
  private static final Duration URLS_SURELY_DIED = Duration.ofHours(48);

  /** How long nothing else must be answered then: a host that was restored has its files later. */
  private static final Duration GONE_FOR_GOOD = Duration.ofHours(6);

  private LostClip() {}

  /** Where the service knows no such task: gateways forget one for minutes. */
  static boolean isLostWithItsRecord(HandOffRequest request, Instant now) {
    Instant endedAt =
        Optional.ofNullable(request.outcome().finishedAt()).orElse(request.noticedAt());
    return LookAtTask.isGone(request.missingSince(), now) && haveUrlsDied(endedAt, now);
  }

  /** Where the service names no video of the task, or its URL is dead. */
  static boolean isLost(HandOffRequest request, Instant now) {
    Instant endedAt = request.outcome().finishedAt();
    boolean isOld =
        endedAt != null && haveUrlsDied(endedAt, now)
            || !now.isBefore(request.acceptedAt().plus(LookAtTask.RECORD_LIVES));
    return isOld
        && request.missingSince() != null
        && !now.isBefore(request.missingSince().plus(GONE_FOR_GOOD));
  }

  private static boolean haveUrlsDied(Instant endedAt, Instant now) {
    return !now.isBefore(endedAt.plus(URLS_SURELY_DIED));
  }
}
