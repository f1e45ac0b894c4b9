package seedance.samples;

import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import seedance.workflows.generation.GenerationActivities;
import seedance.workflows.generation.GenerationPlan;
import seedance.workflows.generation.Submission;
import seedance.workflows.generation.SubmitOutcome;
import seedance.workflows.generation.Validation;
import seedance.workflows.json.Json;
import seedance.workflows.request.Request;

/** A workflow of someone else's that composes the activities itself. */
@WorkflowInterface
public interface SingleActivities {

  /** Returns the id of the task. */
  @WorkflowMethod
  String submit(Request request);

  /** It takes what the workflow {@code VideoGeneration} takes. */
  final class Impl implements SingleActivities {
    @Override
    public String submit(Request request) {
      Validation answer =
          GenerationActivities.validate("Validate shot 1").validate(request.json(), Json.NULL);
      GenerationPlan plan = answer.verdict().orElseThrow().plan();
      SubmitOutcome outcome =
          GenerationActivities.submit("Submit shot 1").submit(Submission.of(request, plan));
      return ((SubmitOutcome.Accepted) outcome).taskId();
    }
  }
}
