package seedance.workflows.generation;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the id of a service's task may look like: any printable text without blanks, as gateways
 * make their own. {@code .} and {@code ..} are none, as they would climb in a path; nor is a web
 * address, which may be signed, as ids are logged. An id is escaped wherever it becomes a part of a
 * URL or a file's name.
 */
public final class TaskId {
  /** In characters; of ids that are known, the longest have 210. */
  public static final int LONGEST = 512;

  /** No control or format characters, lone surrogates, unassigned ones, spaces or line ends. */
  private static final Pattern ID =
      Pattern.compile("(?!\\.{1,2}$)(?!(?i:https?)://)[^\\p{C}\\p{Z}]{1," + LONGEST + "}");

  private TaskId() {}

  /** Whether a text can be an id; null cannot. */
  public static boolean isOne(@Nullable String text) {
    return text != null && ID.matcher(text).matches();
  }

  /**
   * @throws IllegalArgumentException when a text cannot be an id; it is not quoted
   */
  public static void require(String text) {
    if (!isOne(text)) {
      throw new IllegalArgumentException("not a task id");
    }
  }
}
