package seedance.samples;

import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/** A workflow of someone else's that has videos made. */
@WorkflowInterface
public interface TrailerWorkflow {

  /** Makes a poster shot, then a longer film from it. */
  @WorkflowMethod
  Trailer make(String prompt, String tamePrompt);

  /**
   * What it passes on.
   *
   * @param poster where the first clip is stored
   * @param film where the second is
   * @param softened whether the first prompt was refused by the service's moderation
   */
  record Trailer(String poster, String film, boolean softened) {}
}
