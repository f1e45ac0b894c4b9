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
    private static final Pattern LOOKS_MADE =
        Pattern.compile("(?i)succe|complet|finish|done|ready|ended|closed");
    private static final Pattern LOOKS_FAILED =
        Pattern.compile(
            "(?i)fail|err|reject|refus|abort|cancel|stop|terminat|time_?d?_?out|expire|delet"
                + "|interrupt|block|violat|invalid|lost");
    private static final Pattern LOOKS_UNDER_WAY =
        Pattern.compile("(?i)ing(_|$)|queue|wait|start|creat|submit|schedul|progress|prepar|init");

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

    boolean looksFinal() {
      return LOOKS_MADE.matcher(word).find() || looksFailed();
    }

    boolean looksFailed() {
      return LOOKS_FAILED.matcher(word).find();
    }

    /** Whether it is one of those that gateways put while a task is being made. */
    public boolean looksUnderWay() {
      return LOOKS_UNDER_WAY.matcher(word).find();
    }

    static boolean isWord(String text) {
      return WORD.matcher(text).matches();
    }
  }
}
