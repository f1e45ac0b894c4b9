package seedance.client;

import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowExecutionMetadata;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import seedance.workflows.request.StepReference;

/**
 * What runs left behind that ended without last words: terminated, timed out, or ended with their
 * parent. It reads their histories, so a run costs a call or a few. None of it throws for what a
 * history or a server says: then nothing is known.
 */
public final class EndedRuns {
  /** Stands for the steps of a chain that nobody can name; no step has this id. */
  public static final String ANY_STEP = "*";

  private final WorkflowClient workflows;

  /**
   * @param workflows any client of the server; closing it stays with whoever made it
   */
  public EndedRuns(WorkflowClient workflows) {
    this.workflows = Objects.requireNonNull(workflows, "workflows");
  }

  /**
   * Whether a run, as a list of workflows shows it, ended without last words. One that failed has
   * them in its failure.
   */
  public boolean hadNoLastWords(WorkflowExecutionMetadata run) {
    return switch (run.getStatus()) {
      case WORKFLOW_EXECUTION_STATUS_TERMINATED, WORKFLOW_EXECUTION_STATUS_TIMED_OUT -> true;
      case WORKFLOW_EXECUTION_STATUS_CANCELED ->
          LastWords.result(run).isEmpty() && LastWords.ending(run).isEmpty();
      default -> false;
    };
  }

  /**
   * What a cancelled generation left behind by its last words; empty where it has none, or they say
   * that there is nothing.
   */
  public Optional<LeftBehind> byItsLastWords(WorkflowExecutionMetadata generation) {
    return generation.getStatus() != WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_CANCELED
            || LastWords.result(generation).isPresent()
        ? Optional.empty()
        : LastWords.ending(generation).flatMap(LeftBehind::by);
  }

  /** What a run of a generation left behind by its history. */
  public LeftBehind generation(WorkflowExecution run) {
    return LeftInHistory.of(run, workflows);
  }

  /**
   * What the generations left behind that a run of a chain began, or a run that it was reset from,
   * by the step's id; those that left nothing, as their clips are stored or they were not charged,
   * are left out. Where not all of that can be read, {@link #ANY_STEP} is not known. Each costs two
   * calls more.
   */
  public Map<String, LeftBehind> steps(WorkflowExecution chain) {
    return left(begun(chain));
  }

  /** What those steps left behind that left something. */
  public static Map<String, LeftBehind> left(Map<String, BegunStep> steps) {
    Map<String, LeftBehind> left = new LinkedHashMap<>();
    steps.forEach(
        (id, step) -> {
          if (step.left() != null) {
            left.put(id, step.left());
          }
        });
    return left;
  }

  /** The same of every step that was begun, those that left nothing too. */
  public Map<String, BegunStep> begun(WorkflowExecution chain) {
    BegunSteps begun = BegunSteps.of(chain, workflows);
    Map<String, BegunStep> steps = new LinkedHashMap<>();
    for (String step : begun.steps()) {
      steps.put(step, begun(StepReference.workflowId(chain.getWorkflowId(), step)));
    }
    if (!begun.isAll()) {
      steps.put(ANY_STEP, new BegunStep(null, new LeftBehind.NotKnown()));
    }
    return steps;
  }

  private BegunStep begun(String workflowId) {
    GenerationHandle generation =
        new GenerationHandle(workflows.newUntypedWorkflowStub(workflowId), false, workflows);
    try {
      return generation.isOver()
          ? new BegunStep(generation.result(), null)
          : new BegunStep(null, new LeftBehind.GoesOn());
    } catch (GenerationFailedException failed) {
      return new BegunStep(null, failed.leftBehind().filter(LeftBehind::mayBeCharged).orElse(null));
    } catch (RuntimeException goneOrNotAnswered) {
      return new BegunStep(null, new LeftBehind.NotKnown());
    }
  }
}
