package seedance.activities.generation;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import seedance.activities.store.Receipts;
import seedance.workflows.generation.SubmissionName;

/**
 * The receipts of all submissions of one generation: a task of any of them is paid for, and is what
 * the others are for.
 */
final class GenerationReceipts {
  private final Receipts receipts;

  GenerationReceipts(Receipts receipts) {
    this.receipts = Objects.requireNonNull(receipts, "receipts");
  }

  record Receipt(String submissionId, String taskId) {}

  /**
   * That of a submission, else of one that was given up for it; empty where there is none.
   *
   * @param name as in {@link seedance.workflows.generation.Submission#name()}
   */
  Optional<Receipt> upTo(String submissionId, @Nullable SubmissionName name) throws IOException {
    List<String> ids = new ArrayList<>(List.of(submissionId));
    if (name != null) {
      name.earlier().forEach(earlier -> ids.add(earlier.id()));
    }
    for (String id : ids) {
      Optional<String> taskId = receipts.taskOf(id);
      if (taskId.isPresent()) {
        return Optional.of(new Receipt(id, taskId.get()));
      }
    }
    return Optional.empty();
  }
}
