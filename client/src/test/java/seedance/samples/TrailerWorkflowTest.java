package seedance.samples;

import static org.assertj.core.api.Assertions.assertThat;

import io.temporal.client.WorkflowOptions;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import seedance.client.InMemorySystem;
import seedance.samples.TrailerWorkflow.Trailer;

/** A parent of someone else's, on a worker that has the module too. */
class TrailerWorkflowTest {

  @ParameterizedTest
  @ValueSource(classes = {TypedTrailerWorkflow.class, UntypedTrailerWorkflow.class})
  void aPromptThatIsModerated_isSoftened_andTheFilmIsMadeFromTheSecondClip(Class<?> parent)
      throws IOException {
    try (InMemorySystem system = new InMemorySystem(parent)) {
      // The fake service's moderation refuses generations whose ids begin so.
      Trailer trailer = run(system, "refused-poster-only");

      assertThat(trailer.softened()).isTrue();
      assertThat(trailer.poster()).isEqualTo("file:///clips/a/video.mp4");
      assertThat(trailer.film()).isEqualTo("file:///clips/a/video.mp4");
      assertThat(system.activities().submissionsOf("refused-poster-only-poster")).isEqualTo(1);
      assertThat(system.activities().submissionsOf("refused-poster-only-film.ending")).isEqualTo(1);
    }
  }

  private static Trailer run(InMemorySystem system, String id) {
    return system
        .workflowClient()
        .newWorkflowStub(
            TrailerWorkflow.class,
            WorkflowOptions.newBuilder().setTaskQueue("seedance").setWorkflowId(id).build())
        .make("something wild", "something tame");
  }
}
