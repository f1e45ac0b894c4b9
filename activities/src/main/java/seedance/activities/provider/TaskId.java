package seedance.activities.provider;

import java.util.regex.Pattern;

/** What a task id may look like, so that it is safe in a path, a file name and a log. */
final class TaskId {
  /** The service's are like {@code cgt-20260606160057-6bbjd}; never only dots, which are paths. */
  private static final Pattern ID = Pattern.compile("(?!\\.+$)[A-Za-z0-9._-]{1,128}");

  private TaskId() {}

  static boolean isOne(String text) {
    return text != null && ID.matcher(text).matches();
  }

  static void require(String text) {
    if (!isOne(text)) {
      throw new IllegalArgumentException("not a task id");
    }
  }
}
