package seedance.activities.provider;

import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Paths of a service that has others than its dialect; both count from the base URL.
 *
 * @param tasks where a task is created, such as {@code /v1/video/generations}; empty for the
 *     dialect's own
 * @param look where a task is looked at, with {@code {id}} in place of its id, in the path or the
 *     query, such as {@code /v1/video/query?id={id}}; empty for one segment below {@code tasks}
 */
public record TaskPaths(Optional<String> tasks, Optional<String> look) {
  /** The dialect's own. */
  public static final TaskPaths OF_THE_DIALECT = new TaskPaths(Optional.empty(), Optional.empty());

  /** Where a task's id stands. */
  static final String ID = "{id}";

  private static final Pattern PATH = Pattern.compile("(/[A-Za-z0-9._~!$&'()*+,;=:@%-]{1,200})+/?");
  private static final Pattern QUERY = Pattern.compile("[A-Za-z0-9._~!$&'()*+,;=:@%/-]{1,1000}");
  private static final Pattern CLIMBS =
      Pattern.compile("/(\\.|%2e){1,2}(/|$)", Pattern.CASE_INSENSITIVE);

  /**
   * Judges the paths.
   *
   * @throws IllegalArgumentException when one is not as above; the message is what would be right
   */
  public TaskPaths {
    Objects.requireNonNull(tasks, "tasks");
    Objects.requireNonNull(look, "look");
    if (tasks.isPresent() && !isPath(tasks.get())) {
      throw new IllegalArgumentException(
          "a path is like /v1/video/generations: no host, no query, no \"..\"");
    }
    if (look.isPresent() && !isLook(look.get())) {
      throw new IllegalArgumentException(
          "a path to a task is like /v1/video/generations/{id} or /v1/video/query?id={id}: with"
              + " {id} once, no host, no \"..\"");
    }
  }

  /**
   * These paths with another for creates.
   *
   * @throws IllegalArgumentException as for the constructor
   */
  public TaskPaths withTasks(String path) {
    return new TaskPaths(Optional.of(path), look);
  }

  /**
   * These paths with another for looks.
   *
   * @throws IllegalArgumentException as for the constructor
   */
  public TaskPaths withLook(String path) {
    return new TaskPaths(tasks, Optional.of(path));
  }

  private static boolean isPath(String text) {
    return PATH.matcher(text).matches() && !CLIMBS.matcher(text).find();
  }

  private static boolean isLook(String text) {
    int id = text.indexOf(ID);
    if (id < 0 || text.indexOf(ID, id + 1) >= 0) {
      return false;
    }
    String[] parts = text.replace(ID, "id").split("\\?", 2);
    return isPath(parts[0]) && (parts.length == 1 || QUERY.matcher(parts[1]).matches());
  }
}
