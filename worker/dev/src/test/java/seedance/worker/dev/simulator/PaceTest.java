package seedance.worker.dev.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PaceTest {

  @ParameterizedTest
  @CsvSource({
    "doubao-seedance-2-0, 720p, 5, 110",
    "dreamina-seedance-2-0-260128, 720p, 15, 170",
    "doubao-seedance-2-5-260628, 720p, 5, 150",
    "doubao-seedance-2-5-260628, 720p, 30, 330",
  })
  void processingTakes_whatIsTypical_halfOfTheTime(
      String model, String resolution, int seconds, double typical) {
    SplittableRandom random = new SplittableRandom(1);
    Generation generation = generation(model, resolution, seconds, random);
    double[] drawn = new double[2000];
    for (int i = 0; i < drawn.length; i++) {
      drawn[i] =
          SimulatedPace.draw(generation, TaskTimes.TYPICAL, 1, random).running().toMillis()
              / 1000.0;
    }
    java.util.Arrays.sort(drawn);
    assertThat(drawn[1000]).isCloseTo(typical, within(typical * 0.03));
    assertThat(drawn[100] / typical).isBetween(0.65, 0.80);
    assertThat(drawn[1900] / typical).isBetween(1.25, 1.50);
  }

  /** The pace of the create of this number. */
  static SimulatedPace drawn(SimulatorSettings settings, long number) {
    SplittableRandom random = new SplittableRandom(settings.seed() * 1_000_003 + number);
    Generation generation = generation("doubao-seedance-2-0", "720p", 5, random);
    return SimulatedPace.draw(generation, settings.times(), settings.speed(), random);
  }

  private static Generation generation(
      String model, String resolution, int seconds, SplittableRandom random) {
    JsonNode body =
        JsonNodeFactory.instance
            .objectNode()
            .put("model", model)
            .put("resolution", resolution)
            .put("duration", seconds);
    Inputs none =
        new Inputs(Optional.empty(), Optional.empty(), List.of(), false, Optional.empty());
    return Generation.of(body, Script.NONE, Optional.empty(), none, random);
  }
}
