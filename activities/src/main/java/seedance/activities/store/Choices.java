package seedance.activities.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Optional;

/**
 * Which task a submission takes, where several are found for it at once: {@code
 * choices/SUBMISSION}, which the first one writes and nobody changes. Where that task turns out to
 * be another submission's, {@code choices/SUBMISSION~1} holds the next choice, and so on.
 */
final class Choices {
  private static final int MOST_CHOICES = 10;

  private static final int LARGEST = 4096;

  private final Notes notes;
  private final Owners owners;
  private final Clock clock;

  /** The submission that a task is claimed for; empty where it is for none. */
  interface Owners {
    Optional<String> ownerOf(String taskId) throws IOException;
  }

  Choices(Notes notes, Owners owners, Clock clock) {
    this.notes = notes;
    this.owners = owners;
    this.clock = clock;
  }

  /** Whether a task is the one that a submission takes, now or since an earlier call. */
  boolean choose(String submissionId, String taskId) throws IOException {
    for (int choice = 0; choice < MOST_CHOICES; choice++) {
      String path = "choices/" + StoreName.of(submissionId) + (choice == 0 ? "" : "~" + choice);
      String chosen = firstIn(path, taskId);
      if (chosen.equals(taskId)) {
        return true;
      }
      if (chosen.isEmpty() ? isBeingWritten(path) : !isOfAnother(chosen, submissionId)) {
        return false;
      }
    }
    return false;
  }

  private boolean isOfAnother(String taskId, String submissionId) throws IOException {
    return owners.ownerOf(taskId).filter(owner -> !owner.equals(submissionId)).isPresent();
  }

  private boolean isBeingWritten(String path) throws IOException {
    return notes
        .writtenAt(path)
        .filter(at -> !at.plus(Notes.LONGEST_WRITE).isBefore(clock.instant()))
        .isPresent();
  }

  private String firstIn(String path, String taskId) throws IOException {
    if (notes.writeFirst(path, taskId.getBytes(StandardCharsets.UTF_8))) {
      return taskId;
    }
    return notes
        .read(path, LARGEST)
        .map(task -> new String(task, StandardCharsets.UTF_8))
        .orElseThrow(() -> new IOException("a choice in it is gone"));
  }
}
