package seedance.activities.generation;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import seedance.activities.provider.TaskLook;

/** The files cannot be had right now. */
final class NotYet extends IOException {
  private static final long serialVersionUID = 1;
  private final String what;
  private final Reason reason;
  private final transient Optional<Duration> retryAfter;

  private enum Reason {
    MAY_PASS,
    NO_SUCH_TASK,
    NO_SUCH_CLIP
  }

  NotYet(String what) {
    this(what, Optional.empty());
  }

  NotYet(String what, Optional<Duration> retryAfter) {
    this(what, Reason.MAY_PASS, retryAfter);
  }

  private NotYet(String what, Reason reason, Optional<Duration> retryAfter) {
    super(what);
    this.what = what;
    this.reason = reason;
    this.retryAfter = retryAfter;
  }

  static NotYet missing(TaskLook.NoSuchTask look) {
    return new NotYet(look.what(), Reason.NO_SUCH_TASK, Optional.empty());
  }

  /** The service names no video of the task, or its URL is dead. */
  static NotYet withoutClip(String what) {
    return new NotYet(what, Reason.NO_SUCH_CLIP, Optional.empty());
  }

  /** The same of a file without which the clip can be stored. */
  NotYet ofLess() {
    return new NotYet(what, retryAfter);
  }

  /** The reason, in one line for people. */
  String what() {
    return what;
  }

  /** Whether the reason is that the service, or the file's host, answered that it has nothing. */
  boolean isGone() {
    return reason != Reason.MAY_PASS;
  }

  /** Whether the task is there, and its clip is not. */
  boolean isWithoutClip() {
    return reason == Reason.NO_SUCH_CLIP;
  }

  /** What the service or the file host asked for; empty where neither asked. */
  Optional<Duration> retryAfter() {
    return retryAfter;
  }
}
