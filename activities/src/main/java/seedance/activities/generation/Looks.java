package seedance.activities.generation;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;
import seedance.activities.runtimes.LikelyRun;
import seedance.activities.runtimes.MeasuredRun;
import seedance.activities.runtimes.RunTimes;
import seedance.workflows.generation.Callbacks;
import seedance.workflows.generation.Expectation;
import seedance.workflows.generation.HandOffRequest;
import seedance.workflows.generation.LookRequest;
import seedance.workflows.generation.Sightings;

/** When to look at a task, by what such tasks took lately and by what was seen of this one. */
final class Looks {
  /** Of the typical time: as late as today's first look may be after an end that nobody told. */
  private static final double LATEST_AFTER_A_LOST_CALL = 0.6;

  private static final int QUEUE_LOOKS = 10;

  /** A fraction of the wait: so little does not change what a look costs or brings. */
  private static final double JITTER = 0.03;

  private final LookSchedule schedule;
  private final RunTimes runTimes;
  private final DoubleSupplier luck;

  Looks(LookSchedule schedule, RunTimes runTimes) {
    this(schedule, runTimes, () -> ThreadLocalRandom.current().nextDouble());
  }

  /**
   * @param luck from 0 to 1, anew each time, which keeps looks apart that come due together
   */
  Looks(LookSchedule schedule, RunTimes runTimes, DoubleSupplier luck) {
    this.luck = Objects.requireNonNull(luck, "luck");
    this.schedule = Objects.requireNonNull(schedule, "schedule");
    this.runTimes = Objects.requireNonNull(runTimes, "runTimes");
  }

  LookSchedule schedule() {
    return schedule;
  }

  /** Learns of a task whose clip is stored. */
  void learn(HandOffRequest stored) {
    String group = stored.group();
    if (group != null) {
      MeasuredRun.of(stored).ifPresent(run -> runTimes.learn(group, run));
    }
  }

  /**
   * When to look, and what to expect.
   *
   * @param lookIn from now
   */
  record Plan(Duration lookIn, Expectation expectation) {
    Plan {
      Objects.requireNonNull(lookIn, "lookIn");
      Objects.requireNonNull(expectation, "expectation");
    }
  }

  /**
   * Makes ready what will be asked of a group, which may have to be read.
   *
   * @param group as in {@link seedance.workflows.generation.GenerationPlan#group()}
   */
  void prepare(@Nullable String group, Duration typicalTime) {
    runTimes.likely(group, typicalTime);
  }

  /**
   * Before the first look.
   *
   * @param acceptedAt when the service took the task
   */
  Plan first(
      @Nullable String group,
      Duration typicalTime,
      Callbacks callbacks,
      Instant acceptedAt,
      Instant now) {
    LikelyRun likely = runTimes.likely(group, typicalTime);
    Duration first = likely.nextLookIn(Duration.ZERO, Duration.ZERO);
    Duration lookIn =
        lookIn(sparse(first, likely, typicalTime, callbacks, Duration.ZERO))
            .minus(elapsed(acceptedAt, now));
    return new Plan(
        lookIn.isNegative() ? Duration.ZERO : lookIn, likely.expectation(acceptedAt, now));
  }

  /** After a look that saw the task queued, which its run is yet to follow. */
  Plan queued(LookRequest request, Instant now) {
    LikelyRun likely = runTimes.likely(request.group(), request.typicalTime());
    Duration run = likely.nextLookIn(Duration.ZERO, Duration.ZERO);
    Duration queue = elapsed(request.acceptedAt(), now).dividedBy(QUEUE_LOOKS);
    return new Plan(
        lookIn(
            sparse(
                later(run, queue),
                likely,
                request.typicalTime(),
                request.callbacks(),
                Duration.ZERO)),
        likely.expectation(now, now));
  }

  /** After a look that saw it under way. */
  Plan underWay(LookRequest request, Instant now) {
    LikelyRun likely = runTimes.likely(request.group(), request.typicalTime());
    Sightings seen = request.sightings();
    Instant firstBegin =
        seen == null || seen.queuedAt() == null ? request.acceptedAt() : seen.queuedAt();
    Instant lastBegin =
        seen == null || seen.queuedAt() == null
            ? firstBegin
            : seen.runningAt() == null ? now : seen.runningAt();
    Duration atLeast = elapsed(lastBegin, now);
    Duration atMost = elapsed(firstBegin, now);
    Duration lookIn = likely.nextLookIn(atLeast, atMost);
    return new Plan(
        schedule.lookIn(sparse(lookIn, likely, request.typicalTime(), request.callbacks(), atMost)),
        likely.expectation(now.minus(atLeast.plus(atMost).dividedBy(2)), now));
  }

  private Duration lookIn(Duration best) {
    double apart = 1 + JITTER * (2 * luck.getAsDouble() - 1);
    return schedule.lookIn(Duration.ofMillis(Math.round(best.toMillis() * apart)));
  }

  /** Where the service calls back, a look is for the call that was lost. */
  private static Duration sparse(
      Duration lookIn,
      LikelyRun likely,
      Duration typicalTime,
      @Nullable Callbacks callbacks,
      Duration ran) {
    if (callbacks != Callbacks.ASKED_FOR || !likely.callsArrive()) {
      return lookIn;
    }
    Duration soonest = likely.soonest().minus(ran);
    Duration patience =
        Duration.ofMillis(Math.round(LATEST_AFTER_A_LOST_CALL * typicalTime.toMillis()));
    return later(lookIn, soonest.isNegative() ? patience : soonest.plus(patience));
  }

  private static Duration elapsed(Instant since, Instant now) {
    return now.isBefore(since) ? Duration.ZERO : Duration.between(since, now);
  }

  private static Duration later(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }
}
