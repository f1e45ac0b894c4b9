package seedance.workflows.generation;

import static org.assertj.core.api.Assertions.assertThat;

import io.temporal.worker.Worker;
import io.temporal.workflow.ChildWorkflowOptions;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import seedance.workflows.InMemoryServer;
import seedance.workflows.json.Json;

/**
 * What the service does not take for so long that it continues as new, a step of a chain above all.
 */
class ContinuedStepTest extends WorkflowFixture {
  private static final String SUBMISSION = "chain-run/6b1e1d86-7d0c-3c3f-9d3b-0f5c0a7b1e55";
  private static final int SUBMISSIONS_PER_RUN = 20;

  /** Gives its child a submission to be known by, as a chain does. */
  @WorkflowInterface
  public interface Parent {
    @WorkflowMethod
    GenerationResult run(Json body);

    final class Impl implements Parent {
      @Override
      public GenerationResult run(Json body) {
        return Workflow.newUntypedChildWorkflowStub(
                VideoGenerationWorkflow.TYPE,
                ChildWorkflowOptions.newBuilder()
                    .setMemo(Map.of(VideoGenerationWorkflow.SUBMISSION_MEMO, SUBMISSION))
                    .build())
            .execute(GenerationResult.class, body, Json.NULL);
      }
    }
  }

  @Override
  void registerMoreOn(Worker worker) {
    worker.registerWorkflowImplementationTypes(Parent.Impl.class);
  }

  @Test
  void itsTask_isKnownByTheSameSubmission_inTheNextRun() {
    busy(SUBMISSIONS_PER_RUN);

    makeStep();

    assertThat(activities.submitted).hasSize(SUBMISSIONS_PER_RUN + 1);
    assertThat(activities.submitted).extracting(Submission::id).containsOnly(idOf(0));
    assertThat(activities.handedOff)
        .extracting(HandOffRequest::madeFor)
        .containsExactly(SUBMISSION);
  }

  @Test
  void submissionThatWasGivenUpForAnother_isNotNamedAgain_inTheNextRuns() {
    activities
        .options(
            GenerationOptions.builder()
                .onUnknownSubmission(new UnknownSubmissionPolicy.Resubmit(1, true))
                .build())
        .onSubmit(new SubmitOutcome.Unknown(activities.problem("the reply was lost")))
        .onReconcile(
            new Reconciliation.CannotTell(
                activities.problem("there is no list"), List.of(), Duration.ofMinutes(1)));
    busy(2 * SUBMISSIONS_PER_RUN);

    makeStep();

    assertThat(activities.submitted).extracting(Submission::id).startsWith(idOf(0));
    assertThat(activities.submitted.subList(1, 2 * SUBMISSIONS_PER_RUN + 2))
        .extracting(Submission::id)
        .containsOnly(idOf(1));
  }

  @Test
  void generationThatIsNoStep_goesOnInTheNextRun_underTheSameSubmission() {
    busy(SUBMISSIONS_PER_RUN + 1);

    result(start(BODY));

    assertThat(activities.submitted).hasSize(SUBMISSIONS_PER_RUN + 2);
    assertThat(activities.submitted)
        .extracting(Submission::id)
        .containsOnly(activities.submitted.get(0).id());
    assertThat(activities.handedOff).extracting(HandOffRequest::madeFor).containsOnlyNulls();
  }

  private void busy(int times) {
    for (int i = 0; i < times; i++) {
      activities.onSubmit(busyFor(Duration.ofSeconds(30)));
    }
  }

  private static String idOf(int resubmissions) {
    return UUID.nameUUIDFromBytes(
            (SUBMISSION + "/submission/" + resubmissions).getBytes(StandardCharsets.UTF_8))
        .toString();
  }

  private void makeStep() {
    server
        .getWorkflowClient()
        .newWorkflowStub(Parent.class, InMemoryServer.options().build())
        .run(BODY);
  }
}
