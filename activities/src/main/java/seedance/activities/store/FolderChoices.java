package seedance.activities.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;

/**
 * Which task a submission takes, where several are found for it at once: {@code
 * choices/SUBMISSION}, which the first one writes and nobody changes. Where that task turns out to
 * be another submission's, {@code choices/SUBMISSION~1} holds the next choice, and so on.
 */
final class FolderChoices {
  private static final int MOST_CHOICES = 10;

  private static final int LARGEST = 4096;

  private final StoreFiles files;
  private final Path folder;
  private final Owners owners;
  private final Clock clock;

  /** The submission that a task is claimed for; empty where it is for none. */
  interface Owners {
    Optional<String> ownerOf(String taskId) throws IOException;
  }

  FolderChoices(StoreFiles files, Path folder, Owners owners, Clock clock) {
    this.files = files;
    this.folder = folder;
    this.owners = owners;
    this.clock = clock;
  }

  /** Whether a task is the one that a submission takes, now or since an earlier call. */
  boolean choose(String submissionId, String taskId) throws IOException {
    files.makePrivateFolder(folder);
    for (int choice = 0; choice < MOST_CHOICES; choice++) {
      String name = StoreName.of(submissionId) + (choice == 0 ? "" : "~" + choice);
      String chosen = firstIn(name, taskId);
      if (chosen.equals(taskId)) {
        return true;
      }
      if (chosen.isEmpty() ? isBeingWritten(name) : !isOfAnother(chosen, submissionId)) {
        return false;
      }
    }
    return false;
  }

  private boolean isOfAnother(String taskId, String submissionId) throws IOException {
    return owners.ownerOf(taskId).filter(owner -> !owner.equals(submissionId)).isPresent();
  }

  private boolean isBeingWritten(String name) throws IOException {
    return StoreFiles.writtenAt(folder.resolve(name))
        .filter(at -> !at.plus(PartFile.LONGEST_WRITE).isBefore(clock.instant()))
        .isPresent();
  }

  private String firstIn(String name, String taskId) throws IOException {
    try (PartFile part = PartFile.in(folder, name, files.access().file(folder))) {
      part.write(ByteBuffer.wrap(taskId.getBytes(StandardCharsets.UTF_8)));
      if (part.claim(name)) {
        return taskId;
      }
    }
    return StoreFiles.read(folder.resolve(name), LARGEST)
        .map(task -> new String(task, StandardCharsets.UTF_8))
        .orElseThrow(() -> new IOException("a choice in it is gone"));
  }
}
