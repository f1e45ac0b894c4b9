package seedance.worker.dev;

import static org.assertj.core.api.Assertions.assertThat;

import io.temporal.api.enums.v1.EventType;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import seedance.worker.dev.simulator.CallbackDelivery;
import seedance.worker.dev.simulator.SimulatorSettings;
import seedance.worker.dev.simulator.TaskTimes;
import seedance.workflows.generation.GenerationResult;
import seedance.workflows.generation.VideoGenerationWorkflow;
import seedance.workflows.json.Json;

/**
 * What waiting costs on the real dev server and the simulated service, in real time: first by a
 * catalogue that is off by half, then by what was learnt, then with callbacks. Prints a table;
 * nothing of it is asserted.
 */
@Tag("proof")
class WaitingBenchmarkProofTest {
  private static final int GENERATIONS = Integer.getInteger("bench.generations", 50);
  private static final double SPEED = Double.parseDouble(System.getProperty("bench.speed", "1"));
  private static final double SPREAD = 0.3;

  /** The catalogue says 115 s. */
  private static final Duration MEDIAN = Duration.ofSeconds(60);

  private static final Json BODY =
      PageExamples.json(
          """
          {"model":"doubao-seedance-2-0-260128","resolution":"720p","duration":5,
           "content":[{"type":"text","text":"a paper boat on a river"}]}""");

  @TempDir Path store;

  @Test
  void looks_delays_andEvents() throws Exception {
    Tools.temporal();
    System.out.println(
        "| %d generations, median %d s, spread %.1f, speed %.0f | looks, mean | delay p50 | delay p95 | looks × mean delay ÷ bound | events p50 | events, most |"
            .formatted(GENERATIONS, MEDIAN.toSeconds(), SPREAD, SPEED));
    System.out.println("|---|---|---|---|---|---|---|");
    wave("catalogue off by half, nothing learnt", Map.of(), 0);
    wave("learnt of those", Map.of(), 0);
    wave("learnt, callbacks", callbacks(), 0);
    wave("learnt, callbacks have arrived", callbacks(), 0);
    wave("the same, one call in five lost", callbacks(), 0.2);
  }

  private void wave(String what, Map<String, String> callbacks, double loss) throws Exception {
    Map<String, String> environment = new HashMap<>(SharedServer.environment());
    environment.putAll(callbacks);
    SimulatorSettings.Builder simulator =
        SimulatorSettings.builder()
            .processingLimit(10 * GENERATIONS)
            .times(
                TaskTimes.TYPICAL
                    .withQueue(Duration.ZERO)
                    .withRunning(MEDIAN)
                    .withRunningSpread(SPREAD));
    if (loss > 0) {
      simulator.callbackDelivery(new CallbackDelivery(loss, Duration.ZERO));
    }
    List<Double> delays = new ArrayList<>();
    List<Integer> looks = new ArrayList<>();
    List<Integer> events = new ArrayList<>();
    try (DevSystem system =
        DevSystem.start(new DevSettings(environment, store, SPEED), simulator)) {
      List<WorkflowStub> started =
          IntStream.range(0, GENERATIONS).mapToObj(i -> start(system)).toList();
      for (WorkflowStub workflow : started) {
        GenerationResult result = workflow.getResult(GenerationResult.class);
        delays.add(result.timings().noticed().toMillis() / 1000.0);
        List<HistoryEvent> history =
            system
                .workflowClient()
                .fetchHistory(workflow.getExecution().getWorkflowId())
                .getEvents();
        events.add(history.size());
        looks.add((int) history.stream().filter(WaitingBenchmarkProofTest::isALook).count());
      }
    }
    assertThat(delays).hasSize(GENERATIONS);
    print(what, looks, delays, events);
  }

  private static boolean isALook(HistoryEvent event) {
    return event.getEventType() == EventType.EVENT_TYPE_ACTIVITY_TASK_SCHEDULED
        && event
            .getActivityTaskScheduledEventAttributes()
            .getActivityType()
            .getName()
            .equals("SeedanceLook");
  }

  private static WorkflowStub start(DevSystem system) {
    WorkflowStub workflow =
        system
            .workflowClient()
            .newUntypedWorkflowStub(
                VideoGenerationWorkflow.TYPE,
                WorkflowOptions.newBuilder().setTaskQueue(system.taskQueue()).build());
    workflow.start(BODY);
    return workflow;
  }

  /** The service tells ends in whole seconds, cut off: half a second of each delay is none. */
  private static void print(
      String what, List<Integer> looks, List<Double> delays, List<Integer> events) {
    double meanLooks = looks.stream().mapToInt(Integer::intValue).average().orElseThrow();
    double meanDelay =
        Math.max(0, delays.stream().mapToDouble(Double::doubleValue).average().orElseThrow() - 0.5);
    // ½(∫√(f·S))² of a log-normal distribution with this spread, per second of its median.
    double bound = 0.2667 * MEDIAN.toMillis() / 1000.0 / SPEED;
    System.out.printf(
        "| %s | %.1f | %.1f s | %.1f s | %.2f | %d | %d |%n",
        what,
        meanLooks,
        percentile(delays, 0.5) - 0.5,
        percentile(delays, 0.95) - 0.5,
        meanLooks * meanDelay / bound,
        percentile(events, 0.5).intValue(),
        percentile(events, 1).intValue());
  }

  private static <N extends Number & Comparable<N>> N percentile(List<N> values, double part) {
    List<N> sorted = values.stream().sorted().toList();
    return sorted.get((int) Math.min(sorted.size() - 1, Math.floor(part * sorted.size())));
  }

  private static Map<String, String> callbacks() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      return Map.of(
          "SEEDANCE_CALLBACK_URL",
          "http://127.0.0.1:" + socket.getLocalPort(),
          "SEEDANCE_CALLBACK_PORT",
          String.valueOf(socket.getLocalPort()),
          "SEEDANCE_CALLBACK_ADDRESS",
          "127.0.0.1");
    }
  }
}
