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

  private final transient GenerationHandle existing;
  private final transient List<String> paths;

  private DifferentRequestException(String message, GenerationHandle existing, List<String> paths) {
    super(message);
    this.existing = Objects.requireNonNull(existing, "existing");
    this.paths = List.copyOf(paths);
  }

  static DifferentRequestException at(List<String> paths, GenerationHandle existing) {
    int more = paths.size() - PATHS_IN_MESSAGE;
    return new DifferentRequestException(
        "%s was started with something else: different are %s%s"
            .formatted(
                existing.workflowId(),
                String.join(", ", paths.subList(0, Math.min(PATHS_IN_MESSAGE, paths.size()))),
                more > 0 ? " and " + more + " more" : ""),
        existing,
        paths);
  }

  static DifferentRequestException ofType(String workflowType, GenerationHandle existing) {
    return new DifferentRequestException(
        "%s is no generation but a %s".formatted(existing.workflowId(), workflowType),
        existing,
        List.of());
  }

  /** What is there. Null after deserialization. */
  public GenerationHandle existing() {
    return existing;
  }

  /**
   * Where request or options differ, such as {@code content[0].text} and {@code options.deadline},
   * never with the values; empty where the workflow of that id is no generation, and after
   * deserialization.
   */
  public List<String> paths() {
    return paths == null ? List.of() : paths;
  }
}
