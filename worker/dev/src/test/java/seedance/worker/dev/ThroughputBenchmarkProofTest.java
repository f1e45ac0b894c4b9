package seedance.worker.dev;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import io.temporal.activity.ActivityOptions;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.worker.WorkerFactory;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import seedance.worker.dev.simulator.SimulatorSettings;
import seedance.workflows.generation.VideoGenerationWorkflow;
import seedance.workflows.json.Json;

/**
 * How many generations a second pass a worker and a dev server, against a bare workflow of four
 * activities that do nothing and one timer, in turn on one server. Prints ratios; nothing of it is
 * asserted.
 */
@Tag("proof")
class ThroughputBenchmarkProofTest {
  private static final int EACH = Integer.getInteger("bench.each", 200);
  private static final int ROUNDS = Integer.getInteger("bench.rounds", 4);
  private static final int IN_FLIGHT = 32;
  private static final String BARE_QUEUE = "bare";

  private static final Json BODY =
      PageExamples.json(
          """
          {"model":"doubao-seedance-2-0-260128","resolution":"480p","duration":4,
           "content":[{"type":"text","text":"a paper boat on a river"}]}""");

  @TempDir Path store;

  @Test
  void generations_againstABareWorkflow() throws Exception {
    Tools.temporal();
    try (DevSystem system =
        DevSystem.start(
            new DevSettings(new HashMap<>(SharedServer.environment()), store, 100_000),
            SimulatorSettings.builder().processingLimit(10_000))) {
      WorkerFactory bare = WorkerFactory.newInstance(system.workflowClient());
      io.temporal.worker.Worker worker = bare.newWorker(BARE_QUEUE);
      worker.registerWorkflowImplementationTypes(BareImpl.class);
      worker.registerActivitiesImplementations((Nothing) () -> "nothing");
      bare.start();
      try {
        Supplier<WorkflowStub> ofBare = () -> started(system, "Bare", BARE_QUEUE);
        Supplier<WorkflowStub> ofOurs =
            () -> started(system, VideoGenerationWorkflow.TYPE, system.taskQueue(), BODY);
        rate(ofBare);
        rate(ofOurs);
        List<Double> ratios = new ArrayList<>();
        System.out.println("| round of " + EACH + " | bare, a second | ours, a second | ratio |");
        System.out.println("|---|---|---|---|");
        for (int round = 1; round <= ROUNDS; round++) {
          double bareRate = rate(ofBare);
          double ours = rate(ofOurs);
          ratios.add(ours / bareRate);
          System.out.printf(
              "| %d | %.1f | %.1f | %.2f |%n", round, bareRate, ours, ours / bareRate);
        }
        System.out.printf(
            "| mean | | | %.2f |%n",
            ratios.stream().mapToDouble(Double::doubleValue).average().orElseThrow());
      } finally {
        bare.shutdownNow();
      }
    }
  }

  private static double rate(Supplier<WorkflowStub> start) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(IN_FLIGHT);
    try {
      long begun = System.nanoTime();
      List<Future<?>> running = new ArrayList<>();
      for (int i = 0; i < EACH; i++) {
        running.add(threads.submit(() -> start.get().getResult(Object.class)));
      }
      for (Future<?> one : running) {
        one.get();
      }
      return EACH / ((System.nanoTime() - begun) / 1e9);
    } finally {
      threads.shutdownNow();
    }
  }

  private static WorkflowStub started(
      DevSystem system, String type, String queue, Object... arguments) {
    WorkflowStub workflow =
        system
            .workflowClient()
            .newUntypedWorkflowStub(type, WorkflowOptions.newBuilder().setTaskQueue(queue).build());
    workflow.start(arguments);
    return workflow;
  }

  /** As short as a workflow of this shape can be. */
  @WorkflowInterface
  public interface Bare {
    @WorkflowMethod(name = "Bare")
    String run();
  }

  /** Does nothing. */
  @ActivityInterface
  public interface Nothing {
    @ActivityMethod(name = "Nothing")
    String nothing();
  }

  /** Four activities and a timer. */
  public static class BareImpl implements Bare {
    private final Nothing activity =
        Workflow.newActivityStub(
            Nothing.class,
            ActivityOptions.newBuilder().setStartToCloseTimeout(Duration.ofSeconds(10)).build());

    @Override
    public String run() {
      activity.nothing();
      activity.nothing();
      Workflow.sleep(Duration.ofMillis(1));
      activity.nothing();
      return activity.nothing();
    }
  }
}
