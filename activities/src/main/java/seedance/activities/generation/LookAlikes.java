package seedance.activities.generation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import seedance.activities.provider.ListedTask;
import seedance.activities.store.OpenSubmission;
import seedance.workflows.generation.ReconcileRequest;

/**
 * The tasks of the service's list that can be a submission's.
 *
 * @param sure they show its marker, or are claimed for it: no other submission's
 * @param taken they show its marker, which is ours and no other submission's, and another claims
 *     them
 * @param adopted the same as possible, but someone took them over, whoever's they are
 * @param possible nothing speaks against them, and nothing more
 */
record LookAlikes(
    List<ListedTask> sure,
    List<ListedTask> taken,
    List<ListedTask> adopted,
    List<ListedTask> possible) {
  LookAlikes {
    sure = List.copyOf(sure);
    taken = List.copyOf(taken);
    adopted = List.copyOf(adopted);
    possible = List.copyOf(possible);
  }

  /**
   * @param owners by the task's id, the submission that a claim says it is of
   */
  static LookAlikes among(
      List<ListedTask> tasks, ReconcileRequest request, Map<String, String> owners) {
    List<ListedTask> claimed = new ArrayList<>();
    List<ListedTask> marked = new ArrayList<>();
    List<ListedTask> taken = new ArrayList<>();
    List<ListedTask> adopted = new ArrayList<>();
    List<ListedTask> possible = new ArrayList<>();
    for (ListedTask task : tasks) {
      String owner = owners.get(task.id());
      if (owner != null) {
        if (owner.equals(request.submissionId())) {
          claimed.add(task);
        } else if (request.marker().isOurs() && TaskMatch.shows(task, request.marker())) {
          taken.add(task);
        } else if (!request.marker().isOurs()
            && AdoptTask.isAdoption(owner)
            && TaskMatch.fits(task, request.traits())) {
          adopted.add(task);
        }
      } else if (TaskMatch.shows(task, request.marker())) {
        marked.add(task);
      } else if (TaskMatch.fits(task, request.traits())) {
        possible.add(task);
      }
    }
    return new LookAlikes(claimed.isEmpty() ? marked : claimed, taken, adopted, possible);
  }

  /** Whether a task that shows no marker yet may show it once it is over. */
  boolean mayStillShowIt() {
    return possible.stream().anyMatch(task -> !task.status().isOver());
  }

  /** Whether another submission that is open can have made one of the possible tasks. */
  boolean canBeOf(List<OpenSubmission> open, String submissionId) {
    return open.stream()
        .filter(other -> !other.submissionId().equals(submissionId))
        .anyMatch(
            other ->
                possible.stream()
                    .anyMatch(
                        task ->
                            TaskMatch.fits(task, other.traits())
                                && TaskMatch.fits(task.facts().createdAt(), other.openedAt())));
  }
}
