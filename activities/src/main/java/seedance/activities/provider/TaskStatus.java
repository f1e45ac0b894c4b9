package seedance.activities.provider;

import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;

/** Where a task stands at the service: one of the {@link Known}, or a {@link Strange} word. */
public sealed interface TaskStatus {

  /** One lower-case word, for people and for progress. */
  String word();

  /** Whether this is the service's verdict. Only a {@link Known} status can be. */
  default boolean isOver() {
    return false;
  }

  /** The statuses of the service, whatever a gateway calls them. */
  enum Known implements TaskStatus {
    QUEUED,
    RUNNING,
    SUCCEEDED,
    FAILED,
    EXPIRED,
    CANCELLED;

    @Override
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    @Override
    public boolean isOver() {
      return this != QUEUED && this != RUNNING;
    }
  }

  /**
   * A status that this version does not know, which means that the task is still going, never that
   * it failed. Callers count these.
   *
   * @param word {@code [A-Za-z0-9_-]{1,40}}
   */
  record Strange(String word) implements TaskStatus {
    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9_-]{1,40}");

    /** The service says that it succeeded and gives no video to download yet. */
    public static final Strange SUCCEEDED_WITHOUT_VIDEO = new Strange("succeeded_no_video_yet");

    /** For a status that is not even a word. */
    public static final Strange NO_WORD = new Strange("unreadable");

    public Strange {
      Objects.requireNonNull(word, "word");
      if (!isWord(word)) {
        throw new IllegalArgumentException("not a word");
      }
    }

    static boolean isWord(String text) {
      return WORD.matcher(text).matches();
    }
  }
}
