package seedance.worker.chaos;

import static org.awaitility.Awaitility.await;

import io.grpc.StatusRuntimeException;
import io.temporal.api.enums.v1.WorkflowIdReusePolicy;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowException;
import io.temporal.client.WorkflowExecutionAlreadyStarted;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import seedance.activities.provider.Dialect;
import seedance.worker.dev.simulator.SimulatedSeedance;
import seedance.worker.dev.simulator.SimulatorSettings;
import seedance.workflows.generation.GenerationResult;
import seedance.workflows.generation.VideoGenerationWorkflow;

/**
 * One run in one dialect: a service, a Temporal server, two workers, many generations, and
 * everything that goes wrong by the schedule.
 */
final class ChaosRun implements AutoCloseable {
  /** A generation of a minute and a half takes a second and a half. */
  private static final double SPEED = 60;

  private static final int AT_ONCE = 40;
  private static final Duration BETWEEN_STARTS = Duration.ofMillis(300);

  /** How often a workflow that has not ended is asked whether it waits for a decision. */
  private static final Duration BETWEEN_QUESTIONS = Duration.ofSeconds(3);

  /** After this a generation counts as stuck. */
  private static final Duration PATIENCE = Duration.ofMinutes(20);

  private final Dialect dialect;
  private final int generations;
  private final Schedule schedule;
  private final TaskLog tasks = new TaskLog();
  private final Incidents incidents = new Incidents();
  private final Operator operator = new Operator(tasks, incidents);
  private final ExecutorService events = Executors.newSingleThreadExecutor();
  private final SimulatedSeedance service;
  private final TemporalOnDisk temporal;
  private final CallbackRelay callbacks;
  private final List<WorkerUnderTest> workers = new ArrayList<>();
  private final Set<Integer> started = ConcurrentHashMap.newKeySet();
  private final WorkflowClient client;

  /**
   * @param temporalCommand where the {@code temporal} command is
   * @param folder for this run alone; what it leaves there tells what happened
   */
  ChaosRun(Dialect dialect, int generations, Schedule schedule, Path temporalCommand, Path folder)
      throws IOException {
    this.dialect = dialect;
    this.generations = generations;
    this.schedule = schedule;
    Files.createDirectories(folder);
    service =
        SimulatedSeedance.start(
            SimulatorSettings.builder()
                .speed(SPEED)
                .seed(schedule.seed())
                .processingLimit(generations)
                .createListener(tasks)
                .build());
    service.inject(schedule.faults());
    temporal = TemporalOnDisk.start(temporalCommand, folder);
    client = WorkflowClient.newInstance(temporal.stubs());
    List<Integer> callbackPorts = List.of(freePort(), freePort());
    callbacks = CallbackRelay.start(callbackPorts, incidents);
    for (int callbackPort : callbackPorts) {
      workers.add(
          new WorkerUnderTest(
              "worker-" + (workers.size() + 1),
              dialect,
              service.port(),
              temporal.port(),
              SPEED,
              callbacks.url(),
              callbackPort,
              folder,
              tasks,
              schedule,
              incidents));
    }
  }

  /** Runs every generation to its end. */
  Verdict run() throws InterruptedException, ExecutionException {
    Instant from = Instant.now();
    workers.forEach(WorkerUnderTest::start);
    ExecutorService threads = Executors.newFixedThreadPool(Math.min(AT_ONCE, generations));
    try {
      List<Future<Ending>> running = new ArrayList<>();
      for (int index = 0; index < generations; index++) {
        int generation = index;
        running.add(threads.submit(() -> generate(generation)));
      }
      List<Ending> endings = new ArrayList<>();
      for (Future<Ending> generation : running) {
        endings.add(generation.get());
      }
      Duration took = Duration.between(from, Instant.now());
      return Verdict.of(dialect, endings, tasks, service.books(), incidents, schedule, took);
    } finally {
      threads.shutdownNow();
    }
  }

  private Ending generate(int generation) {
    awaitMyTurn();
    schedule.at(generation).forEach(event -> events.execute(() -> happen(event)));
    String id = "chaos-%s-%04d".formatted(dialect.name().toLowerCase(Locale.ROOT), generation);
    Instant giveUpAt = Instant.now().plus(PATIENCE);
    String last = "was never started";
    while (Instant.now().isBefore(giveUpAt)) {
      try {
        start(id, generation);
        WorkflowStub workflow = client.newUntypedWorkflowStub(id);
        try {
          GenerationResult result =
              workflow.getResult(
                  BETWEEN_QUESTIONS.toMillis(), TimeUnit.MILLISECONDS, GenerationResult.class);
          return new Ending(
              generation, id, Optional.of(result), "completed with task " + result.taskId());
        } catch (TimeoutException goesOn) {
          last = "is still open, last seen " + operator.attend(workflow, generation);
        }
      } catch (WorkflowFailedException failed) {
        return new Ending(generation, id, Optional.empty(), "failed with " + inWords(failed));
      } catch (WorkflowException | StatusRuntimeException serverIsAway) {
        last = "is out of reach: " + serverIsAway;
      }
    }
    return new Ending(generation, id, Optional.empty(), last);
  }

  /**
   * One after the other, and only while both workers run: else the creates of many pile up and come
   * in one moment, so that a single kill meets them all and other mishaps none.
   */
  private synchronized void awaitMyTurn() {
    await()
        .pollDelay(BETWEEN_STARTS)
        .pollInterval(BETWEEN_STARTS)
        .atMost(PATIENCE)
        .until(() -> workers.stream().allMatch(WorkerUnderTest::isUp));
  }

  /** Starts a generation; one that was started before is left alone. */
  private void start(String id, int generation) {
    if (!started.add(generation)) {
      return;
    }
    WorkflowStub workflow =
        client.newUntypedWorkflowStub(
            VideoGenerationWorkflow.TYPE,
            WorkflowOptions.newBuilder()
                .setTaskQueue(VideoGenerationWorkflow.DEFAULT_TASK_QUEUE)
                .setWorkflowId(id)
                .setWorkflowIdReusePolicy(
                    WorkflowIdReusePolicy.WORKFLOW_ID_REUSE_POLICY_REJECT_DUPLICATE)
                .build());
    try {
      workflow.start(Requests.body(generation));
    } catch (WorkflowExecutionAlreadyStarted answerWasLost) {
      // The server took the first call, and went down before it answered.
    } catch (WorkflowException | StatusRuntimeException serverIsAway) {
      started.remove(generation);
      throw serverIsAway;
    }
  }

  private static String inWords(WorkflowFailedException failed) {
    return failed.getCause() instanceof ApplicationFailure failure
        ? failure.getType() + " (" + failure.getOriginalMessage() + ")"
        : String.valueOf(failed.getCause());
  }

  private void happen(Schedule.Event event) {
    switch (event) {
      case KILL_FIRST_WORKER -> workers.get(0).kill("random");
      case KILL_SECOND_WORKER -> workers.get(1).kill("random");
      case RATE_LIMIT_STORM -> service.inject(Schedule.storm());
      case RESTART_TEMPORAL -> {
        incidents.count("restarts", "temporal");
        temporal.restart();
      }
    }
  }

  @Override
  public void close() {
    events.shutdownNow();
    workers.forEach(WorkerUnderTest::close);
    temporal.close();
    callbacks.close();
    service.close();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
