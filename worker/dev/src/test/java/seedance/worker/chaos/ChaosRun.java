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
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import seedance.activities.provider.Dialect;
import seedance.worker.dev.simulator.SimulatedSeedance;
import seedance.worker.dev.simulator.SimulatorSettings;
import seedance.workflows.generation.GenerationResult;
import seedance.workflows.generation.VideoGenerationWorkflow;

/**
 * One run in one dialect: a service, a Temporal server, two workers, many workflows, and everything
 * that goes wrong by the schedule.
 */
final class ChaosRun implements AutoCloseable {
  /** A generation of a minute and a half takes a second and a half. */
  private static final double SPEED = 60;

  private static final int AT_ONCE = 40;
  private static final Duration BETWEEN_STARTS = Duration.ofMillis(300);

  /** How often a workflow that has not ended is asked whether it waits for a decision. */
  private static final Duration BETWEEN_QUESTIONS = Duration.ofSeconds(3);

  /** After this a workflow counts as stuck. */
  private static final Duration PATIENCE = Duration.ofMinutes(20);

  private final Dialect dialect;
  private final StoreUnderTest.Kind kindOfStore;
  private final StoreUnderTest store;
  private final Load load;
  private final Schedule schedule;
  private final TaskLog tasks = new TaskLog();
  private final Incidents incidents = new Incidents();
  private final Operator operator = new Operator(tasks, incidents);
  private final ExecutorService events = Executors.newSingleThreadExecutor();
  private final ExecutorService fates = Executors.newCachedThreadPool();
  private final SimulatedSeedance service;
  private final TemporalOnDisk temporal;
  private final CallbackRelay callbacks;
  private final List<WorkerUnderTest> workers = new CopyOnWriteArrayList<>();
  private final Set<Integer> started = ConcurrentHashMap.newKeySet();
  private final WorkflowClient client;

  /**
   * @param temporalCommand where the {@code temporal} command is
   * @param folder for this run alone; what it leaves there tells what happened
   */
  ChaosRun(
      Dialect dialect,
      StoreUnderTest.Kind kindOfStore,
      Load load,
      Schedule schedule,
      Path temporalCommand,
      Path folder)
      throws Exception {
    this.dialect = dialect;
    this.kindOfStore = kindOfStore;
    this.load = load;
    this.schedule = schedule;
    Files.createDirectories(folder);
    store = kindOfStore.start(folder, schedule, incidents);
    service =
        SimulatedSeedance.start(
            SimulatorSettings.builder()
                .speed(SPEED)
                .seed(schedule.seed())
                .processingLimit(load.generations())
                .gatewayReply(schedule.gatewayReply(load))
                .taskIds(schedule.taskIds(load))
                .createListener(tasks)
                .build());
    service.inject(schedule.faults());
    temporal = TemporalOnDisk.start(temporalCommand, folder);
    client = WorkflowClient.newInstance(temporal.stubs());
    callbacks = CallbackRelay.start(this::callbackPorts, incidents);
    for (String name : List.of("worker-1", "worker-2")) {
      workers.add(
          new WorkerUnderTest(
              name,
              dialect,
              service.port(),
              temporal.port(),
              SPEED,
              callbacks.url(),
              folder,
              store,
              tasks,
              schedule,
              incidents));
    }
  }

  /** Runs every workflow to its end. */
  Verdict run() throws InterruptedException, ExecutionException {
    Instant from = Instant.now();
    workers.forEach(WorkerUnderTest::start);
    ExecutorService threads = Executors.newFixedThreadPool(Math.min(AT_ONCE, load.workflows()));
    try {
      List<Future<List<Ending>>> running = new ArrayList<>();
      for (int index = 0; index < load.workflows(); index++) {
        int workflow = index;
        running.add(threads.submit(() -> follow(workflow)));
      }
      List<Ending> endings = new ArrayList<>();
      for (Future<List<Ending>> workflow : running) {
        endings.addAll(workflow.get());
      }
      Duration took = Duration.between(from, Instant.now());
      return Verdict.of(
          dialect,
          store,
          kindOfStore.inWords(),
          load,
          endings,
          tasks,
          service.books(),
          incidents,
          schedule,
          took);
    } finally {
      threads.shutdownNow();
    }
  }

  /** Starts a workflow and follows it to the ending of each of its generations. */
  private List<Ending> follow(int index) {
    awaitMyTurn();
    String id = "chaos-%s-%04d".formatted(dialect.name().toLowerCase(Locale.ROOT), index);
    List<Load.Numbered> generations = load.generations(index, id);
    generations.stream()
        .flatMap(generation -> schedule.at(generation.number()).stream())
        .forEach(event -> events.execute(() -> happen(event)));
    ChainFate fate =
        new ChainFate(
            load.chain(index),
            id,
            generations.get(0).number(),
            schedule,
            tasks,
            incidents,
            client,
            this::killEveryWorker);
    fates.execute(() -> fate.watch(PATIENCE));
    Instant giveUpAt = Instant.now().plus(PATIENCE);
    String last = "was never started";
    while (Instant.now().isBefore(giveUpAt)) {
      try {
        start(id, index);
        List<GenerationResult> results =
            load.results(index, client.newUntypedWorkflowStub(id), BETWEEN_QUESTIONS);
        if (!fate.goesOnAfterItsEnd()) {
          return completed(generations, results);
        }
      } catch (TimeoutException goesOn) {
        fate.attend();
        last = "is still open, last seen " + attend(generations, fate);
      } catch (WorkflowFailedException failed) {
        if (fate.wasCancelled()) {
          return cancelled(generations);
        }
        if (!fate.wasReset(failed)) {
          return notCompleted(generations, "failed with " + inWords(failed));
        }
      } catch (WorkflowException | StatusRuntimeException serverIsAway) {
        last = "is out of reach: " + serverIsAway;
      }
    }
    return notCompleted(generations, last);
  }

  private String attend(List<Load.Numbered> generations, ChainFate fate) {
    return generations.stream()
        .map(
            generation ->
                operator.attend(
                    client.newUntypedWorkflowStub(generation.workflowId()), fate.take(generation)))
        .collect(Collectors.joining(", "));
  }

  private static List<Ending> completed(
      List<Load.Numbered> generations, List<GenerationResult> results) {
    return IntStream.range(0, generations.size())
        .mapToObj(index -> Ending.completed(generations.get(index), results.get(index)))
        .toList();
  }

  private static List<Ending> notCompleted(List<Load.Numbered> generations, String inWords) {
    return generations.stream().map(generation -> Ending.without(generation, inWords)).toList();
  }

  private List<Ending> cancelled(List<Load.Numbered> generations) {
    return generations.stream()
        .map(
            generation ->
                Ending.cancelled(
                    generation, client.newUntypedWorkflowStub(generation.workflowId())))
        .toList();
  }

  private List<Integer> callbackPorts() {
    return workers.stream()
        .map(WorkerUnderTest::callbackPort)
        .flatMapToInt(OptionalInt::stream)
        .boxed()
        .toList();
  }

  private void killEveryWorker(String why) {
    workers.forEach(worker -> worker.kill(why));
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

  /** Starts a workflow; one that was started before is left alone. */
  private void start(String id, int index) {
    if (!started.add(index)) {
      return;
    }
    WorkflowStub workflow =
        client.newUntypedWorkflowStub(
            load.type(index),
            WorkflowOptions.newBuilder()
                .setTaskQueue(VideoGenerationWorkflow.DEFAULT_TASK_QUEUE)
                .setWorkflowId(id)
                .setWorkflowIdReusePolicy(
                    WorkflowIdReusePolicy.WORKFLOW_ID_REUSE_POLICY_REJECT_DUPLICATE)
                .build());
    try {
      workflow.start(load.arguments(index, schedule));
    } catch (WorkflowExecutionAlreadyStarted answerWasLost) {
      // The server took the first call, and went down before it answered.
    } catch (WorkflowException | StatusRuntimeException serverIsAway) {
      started.remove(index);
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
    fates.shutdownNow();
    workers.forEach(WorkerUnderTest::close);
    temporal.close();
    callbacks.close();
    service.close();
    store.close();
  }
}
