package seedance.client;

import java.util.List;
import java.util.Objects;

/**
 * The workflow of that id runs or has succeeded, but was started with another request or other
 * options; nothing was started and nothing is charged.
 */
public final class DifferentRequestException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private static final int PATHS_IN_MESSAGE = 10;

  private final String workflowId;
  private final transient List<String> paths;

  private DifferentRequestException(String message, String workflowId, List<String> paths) {
    super(message);
    this.workflowId = Objects.requireNonNull(workflowId, "workflowId");
    this.paths = List.copyOf(paths);
  }

  static DifferentRequestException at(List<String> paths, String workflowId) {
    int more = paths.size() - PATHS_IN_MESSAGE;
    return new DifferentRequestException(
        "%s was started with something else: different are %s%s"
            .formatted(
                workflowId,
                String.join(", ", paths.subList(0, Math.min(PATHS_IN_MESSAGE, paths.size()))),
                more > 0 ? " and " + more + " more" : ""),
        workflowId,
        paths);
  }

  static DifferentRequestException ofType(String workflowType, String wanted, String workflowId) {
    return new DifferentRequestException(
        "%s is no %s but a %s".formatted(workflowId, wanted, workflowType), workflowId, List.of());
  }

  /** Which workflow is there already. */
  public String workflowId() {
    return workflowId;
  }

  /**
   * Where request or options differ, such as {@code content[0].text} and {@code options.deadline},
   * never with the values; empty where the workflow of that id is of another type, and after
   * deserialization.
   */
  public List<String> paths() {
    return paths == null ? List.of() : paths;
  }
}
