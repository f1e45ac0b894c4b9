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
    JsonNode body =
        JsonNodeFactory.instance
            .objectNode()
            .put("model", model)
            .put("resolution", resolution)
            .put("duration", seconds);
    SplittableRandom random = new SplittableRandom(1);
    Inputs none =
        new Inputs(Optional.empty(), Optional.empty(), List.of(), false, Optional.empty());
    Generation generation = Generation.of(body, Script.NONE, Optional.empty(), none, random);
    double[] drawn = new double[2000];
    for (int i = 0; i < drawn.length; i++) {
      drawn[i] = SimulatedPace.draw(generation, 1, random).running().toMillis() / 1000.0;
    }
    java.util.Arrays.sort(drawn);
    assertThat(drawn[1000]).isCloseTo(typical, within(typical * 0.03));
    assertThat(drawn[100] / typical).isBetween(0.65, 0.80);
    assertThat(drawn[1900] / typical).isBetween(1.25, 1.50);
  }
}
