package seedance.workflows.generation;

import io.temporal.common.converter.DataConverterException;
import io.temporal.workflow.Workflow;
import org.jspecify.annotations.Nullable;

/** What a parent wrote into the memo of its child. Anyone's parent can write anything there. */
final class ParentMemo {
  /**
   * In characters. It travels with every attempt to store the clip, and twice into the next run.
   */
  private static final int LONGEST_NAME = 1_000;

  private ParentMemo() {}

  /**
   * {@link VideoGenerationWorkflow#SUBMISSION_MEMO}; null without a parent, and where it is none.
   */
  static @Nullable String submission() {
    String given =
        Workflow.getInfo().getParentWorkflowId().isPresent()
            ? read(VideoGenerationWorkflow.SUBMISSION_MEMO, String.class)
            : null;
    return given == null || given.isBlank() || given.length() > LONGEST_NAME ? null : given;
  }

  /** {@link VideoGenerationWorkflow#SUBMITTED_BEFORE_MEMO}; false where it is none. */
  static boolean isSubmittedBefore() {
    return Boolean.TRUE.equals(read(VideoGenerationWorkflow.SUBMITTED_BEFORE_MEMO, Boolean.class));
  }

  /** {@link VideoGenerationWorkflow#RESUBMISSIONS_MEMO}; 0 where it is none. */
  static int resubmissions() {
    Integer before = read(VideoGenerationWorkflow.RESUBMISSIONS_MEMO, Integer.class);
    return before == null || before < 0 ? 0 : before;
  }

  private static <T> @Nullable T read(String name, Class<T> type) {
    try {
      return Workflow.getMemo(name, type, type);
    } catch (DataConverterException foreign) {
      return null;
    }
  }
}
