package seedance.workflows.generation;

import io.temporal.workflow.Workflow;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import seedance.workflows.generation.Progress.Stage;

/** Where one running generation stands, as the query and the Temporal UI show it. */
final class GenerationState {
  private static final String BEFORE_THE_RESET =
      "the workflow was reset, and may have submitted before that";

  private static final String BEFORE_THIS_CHILD =
      "the same was begun before this workflow, and may have been submitted then";

  private Progress progress = Progress.start();
  private @Nullable URI stored;
  private @Nullable String earlier;
  private @Nullable String before;

  Progress progress() {
    return progress;
  }

  void report(Progress next) {
    progress = next;
    Workflow.setCurrentDetails(
        next.stage() == Stage.DECIDE
            ? next.toMarkdown() + UnknownSubmission.choices(Workflow.getInfo().getWorkflowId())
            : next.toMarkdown());
  }

  void reportEnd(Stage end, String why) {
    progress = progress.at(end);
    Workflow.setCurrentDetails(progress.toMarkdown() + "- **Why:** " + why + "\n");
  }

  void reportStored(HandOffOutcome.Stored stored, Cost cost) {
    progress = progress.at(Stage.DONE);
    if (cost.doubt() != null) {
      progress = progress.troubledBy(new Problem(cost.doubt(), stored.at()));
    }
    this.stored = stored.manifest();
    Workflow.setCurrentDetails(
        "%s- **Clip:** `%s`\n- **Cost:** %s\n"
            .formatted(
                progress.toMarkdown(), stored.artifacts().get(0).location(), cost.inWords()));
  }

  /**
   * What is known of earlier submissions, as in {@link GenerationFailure#earlier()}; null where
   * none was given up, or made before this run knew of it.
   */
  @Nullable String earlier() {
    if (before == null || earlier == null) {
      return before == null ? earlier : before;
    }
    return earlier + "; " + before;
  }

  /** Notes whether this is the run of a reset, or the next child of a parent for the same. */
  void begins() {
    progress = progress.startedAt(WorkflowClock.now());
    if (Resets.madeThisRun()) {
      before = BEFORE_THE_RESET;
    } else if (ParentMemo.isSubmittedBefore()) {
      before = BEFORE_THIS_CHILD;
    }
  }

  /** What was submitted before this run, if anything, it knows from now on. */
  void knowsItsTask() {
    before = null;
  }

  /** Another is sent without knowing whether this one made a task. */
  void gaveUp(UnknownSubmission submission) {
    String clause = submission.asAnEarlierOne();
    earlier = earlier == null ? clause : earlier + "; " + clause;
  }

  /** As an earlier run handed it over. */
  void goOnAfter(@Nullable String earlierSubmissions) {
    earlier = earlierSubmissions;
  }

  /** The manifest of the stored clip; empty before there is one. */
  Optional<URI> stored() {
    return Optional.ofNullable(stored);
  }
}
