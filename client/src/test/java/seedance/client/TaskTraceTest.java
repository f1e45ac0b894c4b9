package seedance.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.temporal.api.common.v1.Payload;
import io.temporal.api.common.v1.Payloads;
import io.temporal.api.enums.v1.EventType;
import io.temporal.api.enums.v1.WorkflowTaskFailedCause;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.common.WorkflowExecutionHistory;
import io.temporal.common.converter.DefaultDataConverter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import seedance.workflows.generation.VideoGenerationWorkflow;

/** Recorded histories, which end at every event as if the workflow had been terminated there. */
class TaskTraceTest {
  private static final Path RECORDED = Path.of("..", "workflows", "src", "test", "resources");

  @ParameterizedTest
  @MethodSource("generations")
  void aHistory_thatEndsAnywhere_tellsOfItsTask_fromThenOn_andNothingOnlyBeforeASubmit(Path file)
      throws IOException {
    List<HistoryEvent> events = events(file);
    TaskTrace trace = trace();
    Set<Long> mayHaveMadeATask = new HashSet<>();
    String known = null;

    for (HistoryEvent event : events) {
      trace.accept(event);
      follow(event, mayHaveMadeATask);
      LeftBehind left = trace.leftBehind();

      assertThat(left).isNotInstanceOf(LeftBehind.NotKnown.class);
      if (known != null && left.beside().isEmpty()) {
        assertThat(left.task()).as("after %s", event.getEventType()).contains(known);
      }
      known = left.task().orElse(known);
      if (!mayHaveMadeATask.isEmpty()) {
        assertThat(left.mayBeCharged()).as("after %s", event.getEventType()).isTrue();
      }
    }
  }

  private static void follow(HistoryEvent event, Set<Long> mayHaveMadeATask) {
    if (isScheduled(event, "SeedanceSubmit")) {
      mayHaveMadeATask.add(event.getEventId());
    }
    String answer = event.getActivityTaskCompletedEventAttributes().getResult().toString();
    if (answer.contains("notCreated") || answer.contains("rejected")) {
      mayHaveMadeATask.remove(
          event.getActivityTaskCompletedEventAttributes().getScheduledEventId());
    }
  }

  @Test
  void taskThatWasFound_andLeftAlone_isToldBesideTheNextOne() throws IOException {
    LeftBehind left = after(events(RECORDED.resolve("histories/found-as-it-was-decided.json")));

    assertThat(left.task()).isPresent().isNotEqualTo(Optional.of("cgt-one"));
    assertThat(left.beside()).isPresent();
  }

  @Test
  void childOfAStepThatWasBegunBefore_mayBeCharged_untilItsReceiptWasRead() throws IOException {
    List<HistoryEvent> events = events(RECORDED.resolve("histories/step-of-a-chain.json"));
    HistoryEvent.Builder start = events.get(0).toBuilder();
    start
        .getWorkflowExecutionStartedEventAttributesBuilder()
        .getMemoBuilder()
        .putFields(VideoGenerationWorkflow.SUBMITTED_BEFORE_MEMO, payload("true"));
    List<HistoryEvent> next = new ArrayList<>(events);
    next.set(0, start.build());
    int submit = indexOf(next, "SeedanceSubmit");

    assertThat(after(events.subList(0, submit)).mayBeCharged()).isFalse();
    assertThat(after(next.subList(0, submit)).mayBeCharged()).isTrue();
    assertThat(after(next).beside()).isEmpty();
  }

  static Stream<Path> generations() throws IOException {
    List<Path> all = new ArrayList<>();
    for (String folder : List.of("histories", "histories-continued")) {
      try (Stream<Path> files = Files.list(RECORDED.resolve(folder))) {
        // Its 26 MB take longer to parse than all the others.
        files.filter(file -> !file.endsWith("hand-off-since-before.json.gz")).forEach(all::add);
      }
    }
    assertThat(all).hasSizeGreaterThan(15);
    return all.stream().sorted();
  }

  @Test
  void whatIsKnown_growsFromNothingToTheClip() throws IOException {
    List<HistoryEvent> events = events(RECORDED.resolve("histories/stored.json"));
    int submit = indexOf(events, "SeedanceSubmit");

    assertThat(after(events.subList(0, submit))).isEqualTo(new LeftBehind.Nothing());
    assertThat(after(events.subList(0, submit + 1)))
        .isEqualTo(new LeftBehind.UnknownSubmission(List.of()));
    assertThat(after(events.subList(0, indexOf(events, "SeedanceLook"))))
        .isInstanceOf(LeftBehind.Task.class);
    assertThat(after(events)).isInstanceOf(LeftBehind.Clip.class);
  }

  @Test
  void aSubmission_whoseAnswerWasLost_isUnknown_untilItsTaskIsFound() throws IOException {
    assertThat(after(events(RECORDED.resolve("histories/unknown-submission.json"))))
        .isInstanceOf(LeftBehind.UnknownSubmission.class);
    List<HistoryEvent> found = events(RECORDED.resolve("histories/found-after-a-lost-reply.json"));
    assertThat(after(found.subList(0, indexOf(found, "SeedanceReconcile") + 1)))
        .isInstanceOf(LeftBehind.UnknownSubmission.class);
    assertThat(after(found.subList(0, indexOf(found, "SeedanceLook"))))
        .isInstanceOf(LeftBehind.Task.class);
  }

  @ParameterizedTest
  @CsvSource({
    "stored, false",
    "not-created-then-stored, false",
    "adopted-by-options, false",
    "adopted-by-decision, false",
    "found-after-a-lost-reply, false",
    "resubmitted-by-decision, true",
    "overtaken-adoption, true",
  })
  void aSubmissionThatNoTaskExplains_isToldBesideTheTask(String history, boolean isOne)
      throws IOException {
    List<HistoryEvent> events = events(RECORDED.resolve("histories/" + history + ".json"));

    LeftBehind task = after(events.subList(0, indexOf(events, "SeedanceHandOff")));
    LeftBehind clip = after(events);

    assertThat(task).isInstanceOf(LeftBehind.Task.class);
    assertThat(clip).isInstanceOf(LeftBehind.Clip.class);
    assertThat(task.beside().isPresent()).isEqualTo(isOne);
    assertThat(clip.beside()).isEqualTo(task.beside());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "{'position':{'position':'awaiting','task':{'taskId':'cgt-1'}}} | false",
        "{'position':{'position':'awaiting','task':{'taskId':'cgt-1'}},'earlier':'lost'} | true",
        "{'position':{'position':'reconciling','submitting':{'resubmissions':0}}} | false",
        "{'position':{'position':'reconciling','submitting':{'resubmissions':1}}} | true",
        "{'position':{'position':'submitting','resubmissions':1}} | true",
      })
  void aContinuedRun_knowsWhetherASubmissionWasGivenUpBefore(String continuation, boolean isOne)
      throws IOException {
    List<HistoryEvent> events =
        events(RECORDED.resolve("histories-continued/await-since-before-continued.json.gz"));
    HistoryEvent.Builder start = events.get(0).toBuilder();
    start
        .getWorkflowExecutionStartedEventAttributesBuilder()
        .getInputBuilder()
        .setPayloads(2, payload(continuation.trim().replace('\'', '"')));
    HistoryEvent.Builder look = HistoryEvent.newBuilder();
    look.setEventType(EventType.EVENT_TYPE_ACTIVITY_TASK_SCHEDULED).setEventId(90);
    look.getActivityTaskScheduledEventAttributesBuilder()
        .setInput(Payloads.newBuilder().addPayloads(payload("{\"taskId\":\"cgt-1\"}")))
        .getActivityTypeBuilder()
        .setName("SeedanceLook");

    LeftBehind left = after(List.of(start.build(), look.build()));

    assertThat(left.task()).contains("cgt-1");
    assertThat(left.beside().isPresent()).isEqualTo(isOne);
  }

  @ParameterizedTest
  @ValueSource(strings = {"await-since-before-continued", "hand-off-since-before-continued"})
  void aContinuedRun_knowsItsTask_fromItsFirstEventOn(String run) throws IOException {
    List<HistoryEvent> events = events(RECORDED.resolve("histories-continued/" + run + ".json.gz"));

    assertThat(after(events.subList(0, 1))).isInstanceOf(LeftBehind.Task.class);
  }

  @Test
  void anAdoption_namesTheTaskOfItsOptions_beforeAnyWorkerTookIt() throws IOException {
    List<HistoryEvent> events = events(RECORDED.resolve("histories/adopted-by-options.json"));
    HistoryEvent.Builder start = events.get(0).toBuilder();
    start
        .getWorkflowExecutionStartedEventAttributesBuilder()
        .getInputBuilder()
        .addPayloads(payload("{\"adopt\":{\"taskId\":\"cgt-of-someone\"}}"));
    LeftBehind task = new LeftBehind.Task("cgt-of-someone");

    assertThat(after(List.of(start.build()))).isEqualTo(task);
    assertThat(after(events.subList(0, indexOf(events, "SeedanceAdopt") + 1))).isEqualTo(task);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "5",
        "\"\"",
        "[]",
        "{",
        "{\"taskId\":5,\"outcome\":{},\"task\":[],\"candidates\":{},\"manifest\":7}",
        "{\"taskId\":\"two words\",\"outcome\":\"accepted\",\"manifest\":\"::no uri\","
            + "\"task\":{\"taskId\":\"https://signed.example/?key=1\"},\"candidates\":[1,null,\"a b\"]}"
      })
  void payloadsOfAnotherKind_harmNothing_andAreNeverTakenForNothing(String payload)
      throws IOException {
    for (Path file : generations().filter(TaskTraceTest::isShort).toList()) {
      TaskTrace trace = trace();
      boolean sent = false;
      for (HistoryEvent event : events(file)) {
        trace.accept(withPayload(event, payload));
        sent |= isScheduled(event, "SeedanceSubmit");
        assertThat(trace.leftBehind().inWords()).doesNotContain("two words", "signed", "a b");
      }
      assertThat(trace.leftBehind().mayBeCharged() || !sent).as("%s", file).isTrue();
    }
  }

  @Test
  void aHistoryWithWorkThatIsNotOurs_isNotTakenForNothing() throws IOException {
    List<HistoryEvent> ours = events(RECORDED.resolve("histories/invalid-request.json"));
    HistoryEvent.Builder scheduled = HistoryEvent.newBuilder();
    scheduled.setEventType(EventType.EVENT_TYPE_ACTIVITY_TASK_SCHEDULED).setEventId(90);
    scheduled
        .getActivityTaskScheduledEventAttributesBuilder()
        .getActivityTypeBuilder()
        .setName("SomeoneElsesSubmit");
    HistoryEvent.Builder marker = HistoryEvent.newBuilder();
    marker.setEventType(EventType.EVENT_TYPE_MARKER_RECORDED).setEventId(90);
    marker.getMarkerRecordedEventAttributesBuilder().setMarkerName("LocalActivity");
    HistoryEvent.Builder completed = HistoryEvent.newBuilder();
    completed.setEventType(EventType.EVENT_TYPE_ACTIVITY_TASK_COMPLETED).setEventId(90);

    assertThat(after(ours)).isEqualTo(new LeftBehind.Nothing());
    for (HistoryEvent.Builder odd : List.of(scheduled, marker, completed)) {
      List<HistoryEvent> more = new ArrayList<>(ours);
      more.add(odd.build());
      assertThat(after(more)).isEqualTo(new LeftBehind.NotKnown());
    }
    assertThat(after(List.of())).isEqualTo(new LeftBehind.NotKnown());
  }

  @Test
  void aRunThatWasReset_orTriedAgainByItsRetryPolicy_namesTheRunBefore() throws IOException {
    List<HistoryEvent> events = events(RECORDED.resolve("histories/invalid-request.json"));
    HistoryEvent.Builder reset = HistoryEvent.newBuilder();
    reset.setEventType(EventType.EVENT_TYPE_WORKFLOW_TASK_FAILED).setEventId(90);
    reset
        .getWorkflowTaskFailedEventAttributesBuilder()
        .setCause(WorkflowTaskFailedCause.WORKFLOW_TASK_FAILED_CAUSE_RESET_WORKFLOW)
        .setBaseRunId("run-before");
    HistoryEvent.Builder retried = events.get(0).toBuilder();
    retried
        .getWorkflowExecutionStartedEventAttributesBuilder()
        .setContinuedExecutionRunId("run-before");

    for (HistoryEvent.Builder linked : List.of(reset, retried)) {
      TaskTrace trace = trace();
      trace.accept(events.get(0));
      trace.accept(linked.build());
      assertThat(trace.earlierRunId()).contains("run-before");
    }
    TaskTrace trace = trace();
    events.forEach(trace::accept);
    assertThat(trace.earlierRunId()).isEmpty();
  }

  private static boolean isShort(Path file) {
    return file.toString().endsWith(".json");
  }

  private static Payload payload(String json) {
    return Payload.newBuilder()
        .putMetadata("encoding", ByteString.copyFromUtf8("json/plain"))
        .setData(ByteString.copyFrom(json, StandardCharsets.UTF_8))
        .build();
  }

  private static HistoryEvent withPayload(HistoryEvent event, String json) {
    Payloads payloads = Payloads.newBuilder().addPayloads(payload(json)).build();
    HistoryEvent.Builder changed = event.toBuilder();
    if (event.hasActivityTaskCompletedEventAttributes()) {
      changed.getActivityTaskCompletedEventAttributesBuilder().setResult(payloads);
    } else if (event.hasActivityTaskScheduledEventAttributes()) {
      changed.getActivityTaskScheduledEventAttributesBuilder().setInput(payloads);
    } else if (event.hasWorkflowExecutionStartedEventAttributes()) {
      changed.getWorkflowExecutionStartedEventAttributesBuilder().setInput(payloads);
    }
    return changed.build();
  }

  private static int indexOf(List<HistoryEvent> events, String activity) {
    for (int i = 0; i < events.size(); i++) {
      if (isScheduled(events.get(i), activity)) {
        return i;
      }
    }
    throw new AssertionError("never scheduled: " + activity);
  }

  private static boolean isScheduled(HistoryEvent event, String activity) {
    return event
        .getActivityTaskScheduledEventAttributes()
        .getActivityType()
        .getName()
        .equals(activity);
  }

  private static LeftBehind after(List<HistoryEvent> events) {
    TaskTrace trace = trace();
    events.forEach(trace::accept);
    return trace.leftBehind();
  }

  private static TaskTrace trace() {
    return new TaskTrace(
        new HistoryJson(DefaultDataConverter.STANDARD_INSTANCE), "default", "a-generation");
  }

  private static List<HistoryEvent> events(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file);
        InputStream text = file.toString().endsWith(".gz") ? new GZIPInputStream(in) : in) {
      return WorkflowExecutionHistory.fromJson(
              new String(text.readAllBytes(), StandardCharsets.UTF_8))
          .getEvents();
    }
  }
}
