package seedance.worker.dev;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import com.fasterxml.jackson.databind.JsonNode;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import seedance.worker.dev.simulator.FfProbe;
import seedance.workflows.chain.ChainResult;
import seedance.workflows.chain.StepState;
import seedance.workflows.generation.GenerationResult;
import seedance.workflows.generation.VideoGenerationWorkflow;

/**
 * What works without anything installed: the system on the SDK's in-memory server; and what ffprobe
 * says of a clip after its whole way from the body to the store.
 */
@Timeout(300)
class InMemoryServerTest {
  private static final double SPEED = 400;
  private static final Map<String, String> NOTHING_ON_THE_PATH = Map.of();

  @TempDir Path store;

  @ParameterizedTest
  @CsvSource({"720p, 16:9, 5, 1280, 720", "480p, 9:16, 4, 496, 864"})
  void storedClip_isWhatWasAskedFor(
      String resolution, String ratio, int seconds, int width, int height) throws Exception {
    FfProbe.assumeInstalled();
    try (DevSystem system = DevSystem.start(new DevSettings(NOTHING_ON_THE_PATH, store, SPEED))) {
      WorkflowStub workflow =
          system
              .workflowClient()
              .newUntypedWorkflowStub(
                  VideoGenerationWorkflow.TYPE,
                  WorkflowOptions.newBuilder().setTaskQueue(system.taskQueue()).build());
      workflow.start(
          PageExamples.json(
              """
              {"model":"doubao-seedance-2-0","resolution":"%s","ratio":"%s","duration":%d,
               "return_last_frame":true,"content":[{"type":"text","text":"a paper boat"}]}"""
                  .formatted(resolution, ratio, seconds)));
      GenerationResult result = workflow.getResult(GenerationResult.class);

      JsonNode clip = probe(result, 0);
      assertThat(clip.at("/streams/0/codec_name").asText()).isEqualTo("h264");
      assertThat(clip.at("/streams/0/width").asInt()).isEqualTo(width);
      assertThat(clip.at("/streams/0/height").asInt()).isEqualTo(height);
      assertThat(clip.at("/format/duration").asDouble()).isEqualTo(seconds, offset(0.05));
      assertThat(clip.at("/format/size").asLong()).isEqualTo(result.artifacts().get(0).bytes());
      assertThat(result.outcome().duration()).isEqualTo(seconds);
      JsonNode lastFrame = probe(result, 1);
      assertThat(lastFrame.at("/streams/0/codec_name").asText()).isEqualTo("png");
      assertThat(lastFrame.at("/streams/0/width").asInt()).isEqualTo(width);
      assertThat(lastFrame.at("/streams/0/height").asInt()).isEqualTo(height);
    }
  }

  @Test
  void approvedChain_endsInItsClips_billedOnce() {
    try (DevSystem system = DevSystem.start(new DevSettings(NOTHING_ON_THE_PATH, store, SPEED))) {
      WorkflowStub chain =
          ChainEndToEndTest.start(system, ChainEndToEndTest.OPENING_LONGER_NEXT_SHOT);
      ChainEndToEndTest.approve(chain, "next-shot");

      assertThat(ChainEndToEndTest.steps(chain).values())
          .extracting(ChainResult.Step::state)
          .containsExactly(StepState.DONE, StepState.DONE, StepState.DONE);
      assertThat(system.simulated().orElseThrow().books().tasksBilled()).isEqualTo(3);
    }
  }

  private static JsonNode probe(GenerationResult result, int artifact) throws Exception {
    return FfProbe.probe(Path.of(result.artifacts().get(artifact).location()));
  }
}
