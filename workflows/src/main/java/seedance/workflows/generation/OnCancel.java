package seedance.workflows.generation;

import com.fasterxml.jackson.annotation.JsonValue;

/** What becomes of a task that the service cannot cancel any more, when its workflow is. */
public enum OnCancel {
  /** The workflow ends at once and says truthfully that the task goes on and is charged. */
  ABANDON,
  /** The workflow waits for the clip, which is charged anyway, and stores it before it ends. */
  COLLECT;

  @JsonValue
  public String label() {
    return name();
  }
}
