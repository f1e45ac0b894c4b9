package seedance.client;

import io.temporal.api.common.v1.Payload;
import io.temporal.api.common.v1.Payloads;
import io.temporal.api.history.v1.ActivityTaskCompletedEventAttributes;
import io.temporal.api.history.v1.ActivityTaskScheduledEventAttributes;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.api.history.v1.WorkflowExecutionStartedEventAttributes;
import io.temporal.payload.context.ActivitySerializationContext;
import io.temporal.payload.context.SerializationContext;
import io.temporal.payload.context.WorkflowSerializationContext;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import seedance.workflows.generation.ContinuedVideoGeneration;
import seedance.workflows.generation.TaskId;
import seedance.workflows.generation.VideoGenerationWorkflow;

/**
 * What became of a generation's submissions, from the events of one run in their order. Histories
 * of other versions and of other people's workers come along too, so nothing in one makes it throw,
 * and what is not understood is never taken for "nothing was sent".
 */
final class TaskTrace {
  private static final String VERSION_MARKER = "Version";
  private static final String EARLIER =
      "an earlier submission got no answer: a second task may exist and be charged, look at the"
          + " service's list of tasks";

  /** Stands for the submission whose task the run before was looking for; no event has this id. */
  private static final long OF_THE_RUN_BEFORE = 0;

  /** The same of what the submit activity finds the receipt of, if a child before this had one. */
  private static final long OF_THE_CHILD_BEFORE = -1;

  private final HistoryJson json;
  private final String namespace;
  private final String workflowId;

  private final Map<Long, Activity> scheduled = new HashMap<>();

  /** Submissions that may each have made a task that is not known, the last one last. */
  private final NavigableSet<Long> unanswered = new TreeSet<>();

  private @Nullable String workflowType;
  private boolean isUnderstood = true;
  private boolean gaveUpEarlier;
  private List<String> candidates = List.of();
  private @Nullable String toAdopt;
  private @Nullable String taskId;
  private @Nullable URI manifest;
  private String earlierRunId = "";

  /** Without its input, which may hold a body of a megabyte. */
  private record Activity(String type, String taskQueue) {}

  TaskTrace(HistoryJson json, String namespace, String workflowId) {
    this.json = json;
    this.namespace = namespace;
    this.workflowId = workflowId;
  }

  void accept(HistoryEvent event) {
    switch (event.getEventType()) {
      case EVENT_TYPE_WORKFLOW_EXECUTION_STARTED ->
          started(event.getWorkflowExecutionStartedEventAttributes());
      case EVENT_TYPE_ACTIVITY_TASK_SCHEDULED ->
          scheduled(event.getEventId(), event.getActivityTaskScheduledEventAttributes());
      case EVENT_TYPE_ACTIVITY_TASK_COMPLETED ->
          completed(event.getActivityTaskCompletedEventAttributes());
      case EVENT_TYPE_WORKFLOW_TASK_FAILED ->
          RunHistory.resetFrom(event).ifPresent(base -> earlierRunId = base);
      case EVENT_TYPE_MARKER_RECORDED ->
          isUnderstood &=
              event.getMarkerRecordedEventAttributes().getMarkerName().equals(VERSION_MARKER);
      case EVENT_TYPE_START_CHILD_WORKFLOW_EXECUTION_INITIATED,
          EVENT_TYPE_NEXUS_OPERATION_SCHEDULED ->
          isUnderstood = false;
      default -> {}
    }
  }

  /** What the events so far say. */
  LeftBehind leftBehind() {
    boolean isOneUnknown = gaveUpEarlier || !unanswered.isEmpty();
    if (taskId != null) {
      String earlier = isOneUnknown ? EARLIER : null;
      return manifest == null
          ? new LeftBehind.Task(taskId, earlier)
          : new LeftBehind.Clip(taskId, manifest, earlier);
    } else if (isOneUnknown) {
      return new LeftBehind.UnknownSubmission(candidates);
    } else if (toAdopt != null) {
      return new LeftBehind.Task(toAdopt);
    }
    return isUnderstood && workflowType != null
        ? new LeftBehind.Nothing()
        : new LeftBehind.NotKnown();
  }

  /** The run that this one goes on from without being told how far that was; empty for none. */
  Optional<String> earlierRunId() {
    return Optional.of(earlierRunId).filter(id -> !id.isEmpty());
  }

  private void started(WorkflowExecutionStartedEventAttributes start) {
    workflowType = start.getWorkflowType().getName();
    SerializationContext context = new WorkflowSerializationContext(namespace, workflowId);
    toAdopt = taskId(tree(1, start.getInput(), context), "adopt", "taskId").orElse(null);
    Payload before =
        start.getMemo().getFieldsMap().get(VideoGenerationWorkflow.SUBMITTED_BEFORE_MEMO);
    if (before != null
        && !Boolean.FALSE.equals(
            tree(0, Payloads.newBuilder().addPayloads(before).build(), context))) {
      unanswered.add(OF_THE_CHILD_BEFORE);
    }
    if (workflowType.equals(ContinuedVideoGeneration.TYPE)) {
      Object continuation = tree(2, start.getInput(), context);
      gaveUpEarlier = text(continuation, "earlier").isPresent();
      handedOver(field(continuation, "position"));
    } else {
      isUnderstood &= workflowType.equals(VideoGenerationWorkflow.TYPE);
      earlierRunId = start.getContinuedExecutionRunId();
    }
  }

  /** How far the run before was. */
  private void handedOver(@Nullable Object position) {
    switch (text(position, "position").orElse("")) {
      case "submitting" -> gaveUpEarlier |= hasResubmitted(position);
      case "reconciling" -> {
        gaveUpEarlier |= hasResubmitted(field(position, "submitting"));
        unanswered.add(OF_THE_RUN_BEFORE);
      }
      case "adopting" -> taskId(position, "taskId").ifPresent(id -> toAdopt = id);
      case "awaiting", "handingOff" ->
          taskId(position, "task", "taskId")
              .ifPresentOrElse(this::isOf, () -> isUnderstood = false);
      default -> isUnderstood = false;
    }
  }

  private static boolean hasResubmitted(@Nullable Object position) {
    return field(position, "resubmissions") instanceof Number count && count.longValue() > 0;
  }

  private void scheduled(long eventId, ActivityTaskScheduledEventAttributes attributes) {
    Activity activity =
        new Activity(attributes.getActivityType().getName(), attributes.getTaskQueue().getName());
    scheduled.put(eventId, activity);
    switch (activity.type()) {
      case "SeedanceValidate", "SeedanceReconcile" -> {}
      case "SeedanceAdopt" -> adopting(tree(0, attributes.getInput(), context(activity)));
      case "SeedanceSubmit" -> unanswered.add(eventId);
      case "SeedanceLook", "SeedanceCancel", "SeedanceHandOff" ->
          taskId(tree(0, attributes.getInput(), context(activity)), "taskId").ifPresent(this::isOf);
      default -> isUnderstood = false;
    }
  }

  /** What someone says that a lost submission made is not believed before the service knows it. */
  private void adopting(@Nullable Object request) {
    if (field(request, "submissionId") == null) {
      taskId(request, "taskId").ifPresent(id -> toAdopt = id);
    }
  }

  private void completed(ActivityTaskCompletedEventAttributes completion) {
    Activity activity = scheduled.get(completion.getScheduledEventId());
    if (activity == null) {
      isUnderstood = false;
      return;
    }
    switch (activity.type()) {
      case "SeedanceSubmit" ->
          submitted(completion.getScheduledEventId(), answer(activity, completion));
      case "SeedanceReconcile" -> reconciled(answer(activity, completion));
      case "SeedanceAdopt" -> adopted(answer(activity, completion));
      case "SeedanceHandOff" ->
          text(answer(activity, completion), "manifest")
              .flatMap(TaskTrace::uri)
              .ifPresent(at -> manifest = at);
      default -> {}
    }
  }

  private void submitted(long eventId, @Nullable Object outcome) {
    String answer = text(outcome, "outcome").orElse("");
    if (!answer.isEmpty() && !answer.equals("notCreated")) {
      unanswered.remove(OF_THE_CHILD_BEFORE);
    }
    switch (answer) {
      case "accepted" ->
          taskId(outcome, "taskId")
              .ifPresent(
                  task -> {
                    unanswered.remove(eventId);
                    // The look beside a decision to resubmit once found a task that was left alone.
                    gaveUpEarlier |= taskId != null && !taskId.equals(task);
                    taskId = task;
                  });
      case "notCreated", "rejected" -> unanswered.remove(eventId);
      default -> {}
    }
  }

  /** A decision that a submission of ours has overtaken is refused, whatever the service knows. */
  private void adopted(@Nullable Object adoption) {
    if (taskId == null) {
      taskId(adoption, "task", "taskId").ifPresent(this::isOf);
    }
  }

  private void reconciled(@Nullable Object found) {
    taskId(found, "task", "taskId").ifPresent(this::isOf);
    if (field(found, "candidates") instanceof List<?> fitting) {
      candidates =
          fitting.stream()
              .flatMap(id -> id instanceof String text ? Stream.of(text) : Stream.empty())
              .filter(TaskId::isOne)
              .toList();
    }
  }

  /** A task that is first heard of otherwise is that of the last submission without an answer. */
  private void isOf(String task) {
    if (!task.equals(taskId)) {
      unanswered.pollLast();
    }
    taskId = task;
  }

  private @Nullable Object answer(
      Activity activity, ActivityTaskCompletedEventAttributes completion) {
    return tree(0, completion.getResult(), context(activity));
  }

  private SerializationContext context(Activity activity) {
    return new ActivitySerializationContext(
        namespace, workflowId, workflowType, activity.type(), activity.taskQueue(), false);
  }

  /** Null where it cannot be read. */
  private @Nullable Object tree(int index, Payloads payloads, SerializationContext context) {
    try {
      return json.at(index, payloads, context).tree();
    } catch (RuntimeException undecodable) {
      return null;
    }
  }

  private static @Nullable Object field(@Nullable Object tree, String... path) {
    @Nullable Object at = tree;
    for (String name : path) {
      at = at instanceof Map<?, ?> fields ? fields.get(name) : null;
    }
    return at;
  }

  private static Optional<String> text(@Nullable Object tree, String... path) {
    return field(tree, path) instanceof String text ? Optional.of(text) : Optional.empty();
  }

  private static Optional<String> taskId(@Nullable Object tree, String... path) {
    return text(tree, path).filter(TaskId::isOne);
  }

  private static Optional<URI> uri(String text) {
    try {
      return Optional.of(URI.create(text));
    } catch (IllegalArgumentException none) {
      return Optional.empty();
    }
  }
}
