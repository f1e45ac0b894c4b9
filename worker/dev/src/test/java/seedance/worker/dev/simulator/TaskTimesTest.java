package seedance.worker.dev.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** That tasks take the times that were asked for, as their own times say. */
class TaskTimesTest {
  private static final TaskTimes EXACT =
      TaskTimes.TYPICAL
          .withQueue(Duration.ofSeconds(100))
          .withQueueSpread(0)
          .withRunning(Duration.ofSeconds(400))
          .withRunningSpread(0);

  private final SettableClock clock = new SettableClock();

  @ParameterizedTest
  @CsvSource({"default", "flex"})
  void withoutSpread_everyTaskTakesTheMedians_ofWhateverModel_andItsTimesSaySo(String tier)
      throws IOException {
    try (SimulatedSeedance simulator = start(settings(EXACT).speed(10));
        Caller caller = new Caller(simulator, "key")) {
      String id =
          caller.create(Caller.body("\"service_tier\":\"" + tier + "\",\"resolution\":\"1080p\""));
      clock.advance(Duration.ofMillis(9_999));
      assertThat(caller.status(id)).isEqualTo("queued");
      clock.advance(Duration.ofMillis(1));
      assertThat(caller.status(id)).isEqualTo("running");
      assertThat(age(caller.look(id))).isEqualTo(10);
      clock.advance(Duration.ofMillis(39_999));
      assertThat(caller.status(id)).isEqualTo("running");
      clock.advance(Duration.ofMinutes(5));
      assertThat(caller.status(id)).isEqualTo("succeeded");
      assertThat(age(caller.look(id))).isEqualTo(50);
    }
  }

  @ParameterizedTest
  @CsvSource({"0.05", "0.3", "1"})
  void theTimesOfManyTasks_haveTheMedianAndTheSpreadAskedFor(double spread) throws IOException {
    List<Double> queued = new ArrayList<>();
    List<Double> ran = new ArrayList<>();
    for (Duration[] times : taken(EXACT.withQueueSpread(spread).withRunningSpread(spread), 1)) {
      queued.add(Math.log(times[0].toMillis() / 1000.0));
      ran.add(Math.log(times[1].toMillis() / 1000.0));
    }

    assertLogNormal(queued, Math.log(100), spread);
    assertLogNormal(ran, Math.log(400), spread);
  }

  @Test
  void theSameSeed_makesTheSameTimes_andAnotherOthers() throws IOException {
    TaskTimes times = EXACT.withRunningSpread(0.5).withQueueSpread(0.5);

    assertThat(taken(times, 7)).isDeepEqualTo(taken(times, 7));
    assertThat(Arrays.deepEquals(taken(times, 7), taken(times, 8))).isFalse();
  }

  @Test
  void otherTimes_changeNothingElseThatIsDrawn() throws IOException {
    assertThat(idAndSeed(settings(TaskTimes.TYPICAL)))
        .isEqualTo(
            idAndSeed(settings(EXACT).callbackDelivery(new CallbackDelivery(0.5, Duration.ZERO))));
  }

  @Test
  void aTimeOrSpreadOutOfItsRange_isRefused() {
    TaskTimes typical = TaskTimes.TYPICAL;
    assertThatThrownBy(() -> typical.withRunning(Duration.ZERO)).hasMessageContaining("running");
    assertThatThrownBy(() -> typical.withQueue(Duration.ofMillis(-1)))
        .hasMessageContaining("queue");
    assertThatThrownBy(() -> typical.withRunningSpread(-0.1)).hasMessageContaining("runningSpread");
    assertThatThrownBy(() -> typical.withQueueSpread(Double.NaN))
        .hasMessageContaining("queueSpread");
    assertThat(typical.withQueue(Duration.ZERO).queue()).contains(Duration.ZERO);
  }

  private SimulatorSettings.Builder settings(TaskTimes times) {
    return SimulatorSettings.builder().clock(clock).processingLimit(1000).times(times);
  }

  private static SimulatedSeedance start(SimulatorSettings.Builder settings) {
    return SimulatedSeedance.start(settings.build());
  }

  /** How long each of many tasks was queued, and ran. */
  private static Duration[][] taken(TaskTimes times, long seed) {
    SimulatorSettings settings = SimulatorSettings.builder().times(times).seed(seed).build();
    Duration[][] taken = new Duration[1000][];
    for (int i = 0; i < taken.length; i++) {
      SimulatedPace pace = PaceTest.drawn(settings, i);
      taken[i] = new Duration[] {pace.queued(), pace.running()};
    }
    return taken;
  }

  private static List<String> idAndSeed(SimulatorSettings.Builder settings) throws IOException {
    SettableClock clock = new SettableClock();
    try (SimulatedSeedance simulator = start(settings.clock(clock));
        Caller caller = new Caller(simulator, "key")) {
      List<String> drawn = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        drawn.add(caller.create(Caller.body("")));
      }
      clock.advance(Duration.ofHours(1));
      for (String id : List.copyOf(drawn)) {
        drawn.add(caller.look(id).get("seed").asText());
      }
      return drawn;
    }
  }

  private static void assertLogNormal(List<Double> logs, double mean, double spread) {
    double average = logs.stream().mapToDouble(log -> log).average().orElseThrow();
    double variance =
        logs.stream().mapToDouble(log -> Math.pow(log - average, 2)).average().orElseThrow();
    assertThat(average).isCloseTo(mean, within(0.1 * spread));
    assertThat(Math.sqrt(variance)).isCloseTo(spread, within(0.1 * spread));
  }

  private static long age(JsonNode task) {
    return task.get("updated_at").asLong() - task.get("created_at").asLong();
  }
}
