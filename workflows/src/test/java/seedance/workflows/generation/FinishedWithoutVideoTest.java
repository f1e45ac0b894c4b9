package seedance.workflows.generation;

import static org.assertj.core.api.Assertions.assertThat;

import io.temporal.client.WorkflowStub;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A task that may be over although its status does not say so. */
@Timeout(60)
class FinishedWithoutVideoTest extends WorkflowFixture {
  private static final String WHAT = "finished, but names no video (its fields: id, status)";

  private Function<LookRequest, Look> doubt() {
    return request ->
        new Look.Going(
            "succeeded_no_video_yet",
            activities.problem(WHAT).at(),
            Duration.ofSeconds(10),
            activities.problem(WHAT),
            null);
  }

  @Test
  void firstLookThatFindsNoVideo_isNoProblem() {
    activities.onLook(doubt()).onLook(request -> activities.going("running"));
    WorkflowStub workflow = start(BODY);
    workflow.getResult(GenerationResult.class);

    assertThat(workflow.query("progress", Progress.class).lastProblem()).isNull();
    assertThat(activities.looked).extracting(LookRequest::doubtsInARow).containsExactly(0, 1, 0);
    server.replay(workflow);
  }

  @Test
  void secondLookThatFindsNoVideo_isAProblem_inProgress() {
    activities.onLook(doubt()).onLook(doubt());
    WorkflowStub workflow = start(BODY);
    workflow.getResult(GenerationResult.class);

    assertThat(workflow.query("progress", Progress.class).lastProblem().what()).isEqualTo(WHAT);
    assertThat(activities.looked).extracting(LookRequest::doubtsInARow).containsExactly(0, 1, 2);
    server.replay(workflow);
  }

  @Test
  void clipThatIsGone_endsAsClipLost_charged_afterASuccess() {
    activities.onLook(
        request ->
            new Look.Failed(
                new ServiceError(FailureType.CLIP_LOST, null, null, null),
                activities.problem(WHAT).at()));
    WorkflowStub workflow = start(BODY);

    ApplicationFailure failure = failureOf(workflow);

    assertThat(failure.getType()).isEqualTo("ClipLost");
    assertThat(failure.getOriginalMessage()).contains("Charged.");
    assertThat(workflow.query("progress", Progress.class).status()).isEqualTo("succeeded");
  }
}
