package seedance.samples;

import static org.assertj.core.api.Assertions.assertThat;

import io.temporal.client.WorkflowOptions;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import seedance.client.DevServer;
import seedance.client.GenerationHandle;
import seedance.client.GenerationStart;
import seedance.client.SeedanceClient;
import seedance.workflows.json.Json;
import seedance.workflows.request.Request;

/** What a Java developer writes first. */
class FirstFilmTest {
  private static final String URL = "https://a.example/cat.png";
  private static final URI STORED = URI.create("file:///clips/a/video.mp4");

  @RegisterExtension static final DevServer SERVER = new DevServer(SingleActivities.Impl.class);

  private static SeedanceClient seedance() {
    return new SeedanceClient(SERVER.worker().workflowClient());
  }

  @Test
  void theReadmesClip_isStartedOnce() {
    assertThat(FirstFilm.clip(SERVER.worker().workflowClient(), URL)).isEqualTo(STORED);
    assertThat(FirstFilm.clip(SERVER.worker().workflowClient(), URL)).isEqualTo(STORED);
    assertThat(SERVER.worker().activities().submissionsOf("shot-7")).isEqualTo(1);
  }

  @Test
  void theReadmesFilm_waitsForItsApproval() {
    Request request = Request.of("doubao-seedance-2-0").text("一只橘猫").build();

    assertThat(FirstFilm.film(seedance(), request)).isEqualTo(STORED);
    // The join was asked for.
    assertThat(seedance().chain("film-7").result().filmProblem()).contains("ffmpeg");
  }

  @Test
  void whatIsTyped_isTheSameStartAsItsJson() {
    Request request = Request.of("doubao-seedance-2-0").text("a cat").build();
    GenerationHandle typed =
        seedance()
            .start(
                request, GenerationStart.withId("same").options(o -> o.allowUnknownFields(true)));

    GenerationHandle written =
        seedance()
            .start(
                Request.parse(new String(request.json().write(), StandardCharsets.UTF_8)),
                GenerationStart.withId("same")
                    .options(Json.parse("{\"allowUnknownFields\":true}")));

    assertThat(typed.isNew()).isTrue();
    assertThat(written.isNew()).isFalse();
  }

  @Test
  void singleActivities_submitOnce() {
    SingleActivities workflow =
        SERVER
            .worker()
            .workflowClient()
            .newWorkflowStub(
                SingleActivities.class,
                WorkflowOptions.newBuilder()
                    .setTaskQueue("seedance")
                    .setWorkflowId("composed")
                    .build());

    assertThat(workflow.submit(Request.of("doubao-seedance-2-0").text("a cat").build()))
        .isEqualTo("cgt-1");
    assertThat(SERVER.worker().activities().submissionsOf("composed")).isEqualTo(1);
  }
}
