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

  /**
   * @param madeBy as in {@link seedance.workflows.generation.Reconciliation.Found#madeBy()}
   */
  record Receipt(String submissionId, String taskId, @Nullable String madeBy) {}

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
        return Optional.of(new Receipt(id, taskId.get(), null));
      }
    }
    return Optional.empty();
  }

  /**
   * As {@link #upTo}, else that of a submission for which this one was given up by a run or a child
   * before, of which the one that asks now does not know.
   */
  Optional<Receipt> of(String submissionId, @Nullable SubmissionName name) throws IOException {
    Optional<Receipt> known = upTo(submissionId, name);
    return known.isPresent() ? known : after(name);
  }

  private Optional<Receipt> after(@Nullable SubmissionName name) throws IOException {
    List<SubmissionName> later = name == null ? List.of() : name.later();
    for (SubmissionName next : later) {
      Optional<String> taskId = receipts.taskOf(next.id());
      if (taskId.isPresent()) {
        return Optional.of(new Receipt(next.id(), taskId.get(), next.id()));
      }
      if (receipts.find(next.id()).isEmpty()) {
        return Optional.empty();
      }
    }
    return Optional.empty();
  }
}
