package seedance.worker.dev;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.temporal.api.common.v1.Payload;
import io.temporal.api.enums.v1.EventType;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.common.converter.DataConverter;
import io.temporal.common.converter.DefaultDataConverter;
import io.temporal.common.converter.JacksonJsonPayloadConverter;
import io.temporal.failure.ApplicationFailure;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.Worker;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import seedance.activities.SeedanceConfiguration;
import seedance.activities.SeedanceModule;
import seedance.activities.generation.LookSchedule;
import seedance.activities.provider.Dialect;
import seedance.activities.provider.ProviderSettings;
import seedance.activities.provider.Secret;
import seedance.activities.store.FolderStore;
import seedance.worker.dev.simulator.Effect;
import seedance.worker.dev.simulator.Fault;
import seedance.worker.dev.simulator.Operation;
import seedance.worker.dev.simulator.SimulatedSeedance;
import seedance.worker.dev.simulator.SimulatorSettings;
import seedance.workflows.generation.Artifact;
import seedance.workflows.generation.GenerationActivities;
import seedance.workflows.generation.GenerationFailure;
import seedance.workflows.generation.GenerationPlan;
import seedance.workflows.generation.GenerationResult;
import seedance.workflows.generation.HandOffOutcome;
import seedance.workflows.generation.HandOffRequest;
import seedance.workflows.generation.Look;
import seedance.workflows.generation.LookRequest;
import seedance.workflows.generation.Marker;
import seedance.workflows.generation.Submission;
import seedance.workflows.generation.SubmitOutcome;
import seedance.workflows.generation.TaskTraits;
import seedance.workflows.generation.Validation;
import seedance.workflows.generation.VideoGenerationWorkflow;
import seedance.workflows.json.Json;
import seedance.workflows.request.InlineMedia;

/** Someone else's worker takes the module in, with its own task queue and its own Jackson. */
@Timeout(300)
class HostWorkerTest {
  private static final String TASK_QUEUE = "their-own-queue";
  private static final double SPEED = 400;
  private static final Json BODY =
      Json.read(
              """
                  {"model":"doubao-seedance-2-0","resolution":"480p","return_last_frame":true,
                   "content":[{"type":"text","text":"a paper boat"}]}""")
          .orElseThrow();

  /** Everything that usually changes JSON is set, and java.time is not known. */
  private static final ObjectMapper HOSTILE =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .defaultPropertyInclusion(
              JsonInclude.Value.construct(
                  JsonInclude.Include.NON_EMPTY, JsonInclude.Include.NON_EMPTY))
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  private static final DataConverter HOSTILE_CONVERTER =
      DefaultDataConverter.newDefaultInstance()
          .withPayloadConverterOverrides(new JacksonJsonPayloadConverter(HOSTILE));

  @TempDir Path store;
  private SimulatedSeedance seedance;

  @BeforeEach
  void startService() {
    seedance = SimulatedSeedance.start(SimulatorSettings.builder().speed(SPEED).build());
  }

  @AfterEach
  void stopService() {
    seedance.close();
  }

  @Test
  void hostsConverter_changesNothingOfTheWireForm() throws Exception {
    Map<String, TreeSet<String>> usual = fieldsOnTheWire(DefaultDataConverter.newDefaultInstance());
    Map<String, TreeSet<String>> hostile = fieldsOnTheWire(HOSTILE_CONVERTER);

    assertThat(usual.get("result"))
        .contains(".taskId", ".outcome.completionTokens", ".artifacts[].sha256", ".cost.basis");
    assertThat(hostile).isEqualTo(usual);
  }

  @Test
  void hostsConverter_stillGivesNamedViolations() throws Exception {
    try (TestWorkflowEnvironment host = host(HOSTILE_CONVERTER)) {
      Worker worker = host.newWorker(TASK_QUEUE);
      try (SeedanceModule module = SeedanceModule.registerOn(worker, configuration())) {
        host.start();
        WorkflowStub workflow = start(host, VideoGenerationWorkflow.TYPE, "a cat");

        ApplicationFailure failure = failureOf(workflow);

        assertThat(failure.getType()).isEqualTo("InvalidRequest");
        assertThat(failure.getDetails().get(0, GenerationFailure.class).violations()).isNotEmpty();
        assertThat(module).isNotNull();
      }
    }
  }

  @Test
  void workflowOfTheirOwn_usesTheSingleActivities() throws Exception {
    try (TestWorkflowEnvironment host = hostOfTheirWorkflow()) {
      List<?> kinds = start(host, "TheirStoryboard", BODY).getResult(List.class);

      assertThat(kinds.toString()).isEqualTo("[video, last_frame]");
      assertThat(seedance.books().tasksBilled()).isEqualTo(1);
    }
  }

  @Test
  void lostReply_inTheirWorkflow_isSentOnce() throws Exception {
    seedance.inject(Fault.next(Operation.CREATE, new Effect.LostReply()));
    try (TestWorkflowEnvironment host = hostOfTheirWorkflow()) {
      WorkflowStub workflow = start(host, "TheirStoryboard", BODY);

      assertThat(failureOf(workflow).getType()).isEqualTo("TheyDoNotKnow");
      assertThat(seedance.books().createsReceived()).isEqualTo(1);
      assertThat(submitAttempts(host, workflow)).isEqualTo(1);
    }
  }

  /** As after a bug in it, or the death of its worker: nobody knows what was sent. */
  @Test
  void submitActivityThatThrows_inTheirWorkflow_isNotAttemptedAgain() throws Exception {
    try (TestWorkflowEnvironment host = hostOfTheirWorkflow()) {
      WorkflowStub workflow = start(host, "TheirShortcut", BODY);

      assertThat(failureOf(workflow).getType()).isEqualTo(IllegalArgumentException.class.getName());
      assertThat(submitAttempts(host, workflow)).isEqualTo(1);
    }
  }

  /** What someone else makes of the single activities. */
  @WorkflowInterface
  public interface TheirWorkflow {
    @WorkflowMethod(name = "TheirStoryboard")
    List<String> run(Json body);
  }

  /** Without any options of its own for the activities. */
  public static final class TheirWorkflowImpl implements TheirWorkflow {
    @Override
    public List<String> run(Json body) {
      Validation verdict = GenerationActivities.validate("FileCheck").validate(body, Json.NULL);
      if (!(verdict instanceof Validation.Valid valid)) {
        throw ApplicationFailure.newNonRetryableFailure("judged", "TheyAreWrong");
      }
      SubmitOutcome outcome =
          GenerationActivities.submit("Send").submit(submission(body, valid.plan()));
      if (!(outcome instanceof SubmitOutcome.Accepted task)) {
        throw ApplicationFailure.newNonRetryableFailure("sent", "TheyDoNotKnow");
      }
      LookRequest request = LookRequest.first(task, valid.plan());
      Workflow.sleep(task.firstLookIn());
      Look look = GenerationActivities.look("Look").look(request);
      while (look instanceof Look.Going going) {
        Workflow.sleep(going.nextLookIn());
        look = GenerationActivities.look("Look").look(request);
      }
      Look.Succeeded succeeded = (Look.Succeeded) look;
      HandOffOutcome stored =
          GenerationActivities.handOff("Keep")
              .handOff(
                  new HandOffRequest(
                      task.taskId(),
                      InlineMedia.without(body),
                      succeeded.outcome(),
                      null,
                      task.acceptedAt(),
                      succeeded.at(),
                      1));
      return ((HandOffOutcome.Stored) stored)
          .artifacts().stream().map(Artifact::kind).map(Artifact.Kind::fileName).toList();
    }
  }

  /** Sends what was not checked. */
  @WorkflowInterface
  public interface TheirShortcut {
    @WorkflowMethod(name = "TheirShortcut")
    void run(Json ignored);
  }

  /** The body is no object, which the activity throws at. */
  public static final class TheirShortcutImpl implements TheirShortcut {
    @Override
    public void run(Json ignored) {
      GenerationActivities.submit("Send")
          .submit(
              new Submission(
                  Workflow.randomUUID().toString(),
                  new Json(List.of()),
                  new Marker.None(),
                  TaskTraits.ANY,
                  Duration.ofSeconds(1),
                  1));
    }
  }

  private static Submission submission(Json body, GenerationPlan plan) {
    UUID id = Workflow.randomUUID();
    Marker marker = Marker.of(plan.marking(), id);
    return new Submission(
        id.toString(), body, marker, plan.traits().markedBy(marker), plan.typicalTime(), 1);
  }

  private TestWorkflowEnvironment hostOfTheirWorkflow() {
    TestWorkflowEnvironment host = host(HOSTILE_CONVERTER);
    Worker worker = host.newWorker(TASK_QUEUE);
    worker.registerWorkflowImplementationTypes(TheirWorkflowImpl.class, TheirShortcutImpl.class);
    SeedanceModule.registerActivitiesOn(worker, configuration());
    host.start();
    return host;
  }

  private static TestWorkflowEnvironment host(DataConverter converter) {
    return TestWorkflowEnvironment.newInstance(
        TestEnvironmentOptions.newBuilder()
            .setUseTimeskipping(false)
            .setWorkflowClientOptions(
                WorkflowClientOptions.newBuilder().setDataConverter(converter).build())
            .build());
  }

  private SeedanceConfiguration configuration() {
    return SeedanceConfiguration.of(
            new ProviderSettings(
                seedance.baseUrl(), Dialect.ARK, Secret.of("their-key-0123456789")),
            new FolderStore(store))
        .withSchedule(LookSchedule.atSpeed(SPEED))
        .withMeters(new SimpleMeterRegistry());
  }

  private static WorkflowStub start(TestWorkflowEnvironment host, String type, Object argument) {
    WorkflowStub workflow =
        host.getWorkflowClient()
            .newUntypedWorkflowStub(
                type,
                WorkflowOptions.newBuilder()
                    .setTaskQueue(TASK_QUEUE)
                    .setWorkflowRunTimeout(Duration.ofSeconds(240))
                    .build());
    workflow.start(argument);
    return workflow;
  }

  private static ApplicationFailure failureOf(WorkflowStub workflow) {
    Throwable cause =
        catchThrowableOfType(
                WorkflowFailedException.class, () -> workflow.getResult(GenerationResult.class))
            .getCause();
    return (ApplicationFailure) (cause instanceof ApplicationFailure ? cause : cause.getCause());
  }

  private static long submitAttempts(TestWorkflowEnvironment host, WorkflowStub workflow) {
    return events(host, workflow).stream()
        .filter(event -> event.getEventType() == EventType.EVENT_TYPE_ACTIVITY_TASK_STARTED)
        .filter(event -> scheduled(host, workflow, event).equals("SeedanceSubmit"))
        .mapToLong(event -> event.getActivityTaskStartedEventAttributes().getAttempt())
        .sum();
  }

  private static String scheduled(
      TestWorkflowEnvironment host, WorkflowStub workflow, HistoryEvent started) {
    long id = started.getActivityTaskStartedEventAttributes().getScheduledEventId();
    return events(host, workflow)
        .get((int) id - 1)
        .getActivityTaskScheduledEventAttributes()
        .getActivityType()
        .getName();
  }

  private static List<HistoryEvent> events(TestWorkflowEnvironment host, WorkflowStub workflow) {
    return host.getWorkflowClient()
        .fetchHistory(workflow.getExecution().getWorkflowId())
        .getEvents();
  }

  /** The JSON fields, by path, of every activity's input and output and of the result. */
  private Map<String, TreeSet<String>> fieldsOnTheWire(DataConverter converter) throws Exception {
    // So that each run has every kind of look, however fast the task is.
    seedance.inject(Fault.next(Operation.LOOK, new Effect.UnknownStatus(null)));
    try (TestWorkflowEnvironment host = host(converter)) {
      Worker worker = host.newWorker(TASK_QUEUE);
      try (SeedanceModule module = SeedanceModule.registerOn(worker, configuration())) {
        assertThat(module).isNotNull();
        host.start();
        WorkflowStub workflow = start(host, VideoGenerationWorkflow.TYPE, BODY);
        workflow.getResult(GenerationResult.class);
        Map<String, TreeSet<String>> fields = new TreeMap<>();
        Map<Long, String> activities = new TreeMap<>();
        for (HistoryEvent event : events(host, workflow)) {
          if (event.hasActivityTaskScheduledEventAttributes()) {
            var scheduled = event.getActivityTaskScheduledEventAttributes();
            activities.put(event.getEventId(), scheduled.getActivityType().getName());
            add(fields, scheduled.getActivityType().getName() + " in", scheduled.getInput());
          } else if (event.hasActivityTaskCompletedEventAttributes()) {
            var completed = event.getActivityTaskCompletedEventAttributes();
            String name = activities.get(completed.getScheduledEventId());
            add(fields, name + " out", completed.getResult());
          } else if (event.hasWorkflowExecutionCompletedEventAttributes()) {
            add(fields, "result", event.getWorkflowExecutionCompletedEventAttributes().getResult());
          }
        }
        return fields;
      }
    }
  }

  private static void add(
      Map<String, TreeSet<String>> fields, String of, io.temporal.api.common.v1.Payloads payloads)
      throws IOException {
    for (Payload payload : payloads.getPayloadsList()) {
      collect(
          fields.computeIfAbsent(of, any -> new TreeSet<>()),
          "",
          HOSTILE.readTree(payload.getData().toByteArray()));
    }
  }

  private static void collect(TreeSet<String> fields, String path, JsonNode node) {
    if (node.isObject()) {
      node.properties()
          .forEach(field -> collect(fields, path + "." + field.getKey(), field.getValue()));
    } else if (node.isArray()) {
      node.forEach(element -> collect(fields, path + "[]", element));
    } else {
      fields.add(path);
    }
  }
}
