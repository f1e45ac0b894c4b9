package seedance.workflows.generation;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import seedance.workflows.generation.UnknownSubmissionPolicy.Resubmit;
import seedance.workflows.json.Json;
import seedance.workflows.json.JsonFields;
import seedance.workflows.json.Verdict;
import seedance.workflows.json.Violations;

/**
 * What concerns a generation's run and not its video: the workflow's second argument, which may be
 * absent.
 *
 * @param allowUnknownFields whether fields of the request that no rule knows are sent on unchanged
 *     instead of being violations; false by default
 * @param submitWithin how long a submission that the service does not take, say because its queue
 *     is full, is tried again; over 0, at most {@link #LONGEST_SUBMIT_WITHIN}, 24 hours by default;
 *     in JSON as ISO-8601 text such as {@code "PT24H"}
 * @param onUnknownSubmission what to do when nobody knows whether a task exists; {@link
 *     UnknownSubmissionPolicy.Ask} by default; in JSON {@code "ASK"}, {@code "FAIL"} or {@code
 *     "RESUBMIT"}, the last with {@code resubmitAtMost} (1 by default) and {@code
 *     acceptDoubleCharge} (false by default) beside it
 * @param deadline how long after its start the workflow may still wait for the service's verdict;
 *     the task goes on and is charged all the same; empty by default: until the service's own
 *     expiry and a margin
 * @param onCancel what becomes of a task that cannot be cancelled at the service; {@link
 *     OnCancel#ABANDON} by default
 * @param adopt the id of a task that exists already: nothing is submitted, it is awaited and handed
 *     off; in JSON {@code {"taskId":"cgt-…"}}; empty by default
 */
public record GenerationOptions(
    boolean allowUnknownFields,
    Duration submitWithin,
    UnknownSubmissionPolicy onUnknownSubmission,
    Optional<Duration> deadline,
    OnCancel onCancel,
    Optional<String> adopt) {

  /** A week; whoever waits longer for a queue wants to be asked. */
  public static final Duration LONGEST_SUBMIT_WITHIN = Duration.ofDays(7);

  /** The service forgets a task after seven days, and its tasks expire within three. */
  public static final Duration LONGEST_DEADLINE = Duration.ofDays(14);

  /** What holds where nothing is said. */
  public static final GenerationOptions DEFAULTS =
      new GenerationOptions(
          false,
          Duration.ofHours(24),
          new UnknownSubmissionPolicy.Ask(),
          Optional.empty(),
          OnCancel.ABANDON,
          Optional.empty());

  private static final String PATH = "options";
  private static final String ALLOW_UNKNOWN_FIELDS = "allowUnknownFields";
  private static final String SUBMIT_WITHIN = "submitWithin";
  private static final String ON_UNKNOWN_SUBMISSION = "onUnknownSubmission";
  private static final String RESUBMIT_AT_MOST = "resubmitAtMost";
  private static final String ACCEPT_DOUBLE_CHARGE = "acceptDoubleCharge";
  private static final String DEADLINE = "deadline";
  private static final String ON_CANCEL = "onCancel";
  private static final String ADOPT = "adopt";
  private static final String TASK_ID = "taskId";

  /**
   * @throws IllegalArgumentException if a duration is out of range
   */
  public GenerationOptions {
    requireWithin(SUBMIT_WITHIN, submitWithin, LONGEST_SUBMIT_WITHIN);
    Objects.requireNonNull(onUnknownSubmission, ON_UNKNOWN_SUBMISSION);
    deadline.ifPresent(duration -> requireWithin(DEADLINE, duration, LONGEST_DEADLINE));
    Objects.requireNonNull(onCancel, ON_CANCEL);
    Objects.requireNonNull(adopt, ADOPT);
  }

  private static void requireWithin(String name, Duration duration, Duration longest) {
    Objects.requireNonNull(duration, name);
    if (duration.isNegative() || duration.isZero() || duration.compareTo(longest) > 0) {
      throw new IllegalArgumentException(name + " must be over 0 and at most " + longest);
    }
  }

  /** Begins with {@link #DEFAULTS}. */
  public static Builder builder() {
    return DEFAULTS.toBuilder();
  }

  /** Begins with these. */
  public Builder toBuilder() {
    return new Builder(this);
  }

  /**
   * Writes {@link GenerationOptions}; each method says what the component of that name does. None
   * takes null. For one thread.
   */
  public static final class Builder {
    private boolean allowUnknownFields;
    private Duration submitWithin;
    private UnknownSubmissionPolicy onUnknownSubmission;
    private Optional<Duration> deadline;
    private OnCancel onCancel;
    private Optional<String> adopt;

    private Builder(GenerationOptions options) {
      allowUnknownFields = options.allowUnknownFields;
      submitWithin = options.submitWithin;
      onUnknownSubmission = options.onUnknownSubmission;
      deadline = options.deadline;
      onCancel = options.onCancel;
      adopt = options.adopt;
    }

    /** Whether fields of the request that no rule knows are sent on unchanged. */
    public Builder allowUnknownFields(boolean allow) {
      allowUnknownFields = allow;
      return this;
    }

    /** How long a submission that the service does not take is tried again. */
    public Builder submitWithin(Duration duration) {
      submitWithin = duration;
      return this;
    }

    /** What to do when nobody knows whether a task exists. */
    public Builder onUnknownSubmission(UnknownSubmissionPolicy policy) {
      onUnknownSubmission = policy;
      return this;
    }

    /** How long after its start the workflow may still wait for the service's verdict. */
    public Builder deadline(Duration duration) {
      deadline = Optional.of(duration);
      return this;
    }

    /** What becomes of a task that cannot be cancelled at the service. */
    public Builder onCancel(OnCancel policy) {
      onCancel = policy;
      return this;
    }

    /** A task that exists already: nothing is submitted, its clip is fetched. */
    public Builder adopt(String taskId) {
      adopt = Optional.of(taskId);
      return this;
    }

    /**
     * Returns the options.
     *
     * @throws IllegalArgumentException if a duration is out of range
     */
    public GenerationOptions build() {
      return new GenerationOptions(
          allowUnknownFields, submitWithin, onUnknownSubmission, deadline, onCancel, adopt);
    }
  }

  /**
   * Reads options as a client sent them and names everything wrong with them, at paths {@code
   * options.…}.
   *
   * @param json null or JSON {@code null} gives the defaults, and so does an absent or {@code null}
   *     field
   */
  public static Verdict<GenerationOptions> check(@Nullable Json json) {
    Violations found = new Violations();
    GenerationOptions options = DEFAULTS;
    Optional<JsonFields> fields = fields(json, found);
    if (fields.isPresent()) {
      options = read(fields.get());
      fields.get().refuseOthers();
    }
    return Verdict.of(options, found);
  }

  private static Optional<JsonFields> fields(@Nullable Json json, Violations found) {
    return json == null || json.isNull() ? Optional.empty() : JsonFields.of(json, PATH, found);
  }

  private static GenerationOptions read(JsonFields fields) {
    return new GenerationOptions(
        fields.flag(ALLOW_UNKNOWN_FIELDS).orElse(DEFAULTS.allowUnknownFields),
        fields.duration(SUBMIT_WITHIN, LONGEST_SUBMIT_WITHIN).orElse(DEFAULTS.submitWithin),
        policy(fields),
        fields.duration(DEADLINE, LONGEST_DEADLINE),
        fields
            .oneOf(ON_CANCEL, List.of("ABANDON", "COLLECT"))
            .map(OnCancel::valueOf)
            .orElse(DEFAULTS.onCancel),
        fields.object(ADOPT).flatMap(GenerationOptions::adopted));
  }

  private static UnknownSubmissionPolicy policy(JsonFields fields) {
    String policy =
        fields.oneOf(ON_UNKNOWN_SUBMISSION, List.of("ASK", "FAIL", "RESUBMIT")).orElse("ASK");
    long atMost = fields.whole(RESUBMIT_AT_MOST, 1, Resubmit.MOST).orElse(1L);
    boolean acceptDoubleCharge = fields.flag(ACCEPT_DOUBLE_CHARGE).orElse(false);
    if (policy.equals("RESUBMIT")) {
      return new Resubmit((int) atMost, acceptDoubleCharge);
    }
    for (String name : List.of(RESUBMIT_AT_MOST, ACCEPT_DOUBLE_CHARGE)) {
      if (fields.has(name)) {
        fields.refuse(name, "has no meaning without \"onUnknownSubmission\":\"RESUBMIT\"");
      }
    }
    return policy.equals("FAIL")
        ? new UnknownSubmissionPolicy.Fail()
        : new UnknownSubmissionPolicy.Ask();
  }

  private static Optional<String> adopted(JsonFields adopt) {
    if (!adopt.has(TASK_ID)) {
      adopt.refuse(TASK_ID, "is missing: the id of the service's task");
    }
    Optional<String> taskId = SubmissionDecision.taskId(adopt, TASK_ID);
    adopt.refuseOthers();
    return taskId;
  }

  /** Whether options that need not be valid say to submit nothing, and to take over a task. */
  public static boolean adopts(Json options) {
    return !options.at(ADOPT).isNull();
  }

  /**
   * The task that options which need not be valid say to take over; empty where they name none, or
   * none that can be.
   */
  public static Optional<String> adopted(Json options) {
    return options.at(ADOPT).text(TASK_ID).filter(TaskId::isOne);
  }

  /** Returns the options as JSON. */
  @JsonValue
  public Json json() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put(ALLOW_UNKNOWN_FIELDS, allowUnknownFields);
    fields.put(SUBMIT_WITHIN, submitWithin.toString());
    if (onUnknownSubmission instanceof Resubmit resubmit) {
      fields.put(ON_UNKNOWN_SUBMISSION, "RESUBMIT");
      fields.put(RESUBMIT_AT_MOST, resubmit.atMost());
      fields.put(ACCEPT_DOUBLE_CHARGE, resubmit.acceptDoubleCharge());
    } else {
      boolean fails = onUnknownSubmission instanceof UnknownSubmissionPolicy.Fail;
      fields.put(ON_UNKNOWN_SUBMISSION, fails ? "FAIL" : "ASK");
    }
    deadline.ifPresent(duration -> fields.put(DEADLINE, duration.toString()));
    fields.put(ON_CANCEL, onCancel.label());
    adopt.ifPresent(taskId -> fields.put(ADOPT, Map.of(TASK_ID, taskId)));
    return new Json(fields);
  }

  /**
   * Reads options that were checked before. Fields of a later version are left aside, so that
   * workers of two versions can share a workflow.
   *
   * @throws seedance.workflows.json.InvalidException if they are not options
   */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public static GenerationOptions fromJson(Json json) {
    Violations found = new Violations();
    GenerationOptions options = fields(json, found).map(GenerationOptions::read).orElse(DEFAULTS);
    return Verdict.of(options, found).orElseThrow();
  }
}
