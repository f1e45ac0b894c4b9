package seedance.worker.dev.simulator;

import java.util.Arrays;
import java.util.Optional;

/** Finds the files of tasks that succeeded by the paths of their URLs. */
final class OwnFiles {

  enum Kind {
    VIDEO,
    LAST_FRAME
  }

  /** A file, without its bytes. */
  record OwnFile(Account account, SimulatedTask task, Kind kind) {
    String mediaType() {
      return switch (kind) {
        case VIDEO -> task.generation().clip().container().mediaType();
        case LAST_FRAME -> "image/png";
      };
    }
  }

  private final Accounts accounts;

  OwnFiles(Accounts accounts) {
    this.accounts = accounts;
  }

  /** The task that a path is about, whether there is one or not. */
  static Optional<String> taskId(String path) {
    String[] parts = parts(path);
    return parts.length == 3 ? Optional.of(parts[1]) : Optional.empty();
  }

  Optional<OwnFile> find(String path) {
    String[] parts = parts(path);
    if (parts.length != 3) {
      return Optional.empty();
    }
    return accounts
        .find(parts[0])
        .flatMap(
            account ->
                account
                    .tasks()
                    .find(parts[1])
                    .filter(task -> task.status() == SimulatedStatus.SUCCEEDED)
                    .flatMap(
                        task ->
                            kind(task.generation(), parts[2])
                                .map(kind -> new OwnFile(account, task, kind))));
  }

  /** The video of an account's task that has succeeded. */
  Optional<OwnFile> video(Account account, String taskId) {
    return account
        .tasks()
        .find(taskId)
        .filter(task -> task.status() == SimulatedStatus.SUCCEEDED)
        .map(task -> new OwnFile(account, task, Kind.VIDEO));
  }

  private static Optional<Kind> kind(Generation generation, String name) {
    if (name.equals(TaskJson.videoFile(generation))) {
      return Optional.of(Kind.VIDEO);
    }
    return name.equals(TaskJson.LAST_FRAME) && generation.lastFrame()
        ? Optional.of(Kind.LAST_FRAME)
        : Optional.empty();
  }

  private static String[] parts(String rawPath) {
    return Arrays.stream(rawPath.substring(FileLinks.FOLDER.length()).split("/"))
        .map(Segment::decoded)
        .toArray(String[]::new);
  }
}
