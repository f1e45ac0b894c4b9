package seedance.workflows.generation;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;

/**
 * The catalogue of failures: every way in which a generation can end without a stored clip. {@link
 * #type()} is the {@code type} of the {@link io.temporal.failure.ApplicationFailure} and stays the
 * same over releases.
 */
public enum FailureType {
  INVALID_REQUEST(
      "InvalidRequest",
      FailureClass.CALLER,
      Charged.NO,
      "the request or its options break the rules",
      "Correct what the violations name and start again."),
  REQUEST_REJECTED(
      "RequestRejected",
      FailureClass.CALLER,
      Charged.NO,
      "the service refused the request",
      "Correct what the service names, such as a field or a URL that it could not fetch, and start"
          + " again; the same request is refused again."),
  INPUT_MODERATED(
      "InputModerated",
      FailureClass.MODERATION,
      Charged.NO,
      "the service's moderation refused an input",
      "Change the text or the medium that the code names and start again; the same request is"
          + " refused again."),
  OUTPUT_MODERATED(
      "OutputModerated",
      FailureClass.MODERATION,
      Charged.NO,
      "the service's moderation withheld the video",
      "Change the request and start again; another seed may be enough."),
  ACCOUNT_REFUSED(
      "AccountRefused",
      FailureClass.ACCOUNT,
      Charged.NO,
      "the service refused the account or its key",
      "Have the operator check the worker's SEEDANCE_API_KEY, the account's balance and its"
          + " permissions."),
  MODEL_UNAVAILABLE(
      "ModelUnavailable",
      FailureClass.ACCOUNT,
      Charged.NO,
      "the account cannot use this model",
      "Check the model's name, or have the operator activate it at the service."),
  ROUTE_NOT_FOUND(
      "RouteNotFound",
      FailureClass.ACCOUNT,
      Charged.NO,
      "the service has no such path",
      "Nothing is wrong with the request. Have the operator check the worker's SEEDANCE_BASE_URL,"
          + " SEEDANCE_DIALECT and SEEDANCE_TASKS_PATH."),
  QUOTA_EXHAUSTED(
      "QuotaExhausted",
      FailureClass.ACCOUNT,
      Charged.NO,
      "a limit of the account is used up and waiting will not free it",
      "Have the operator raise the limit at the service, then start again."),
  NOT_ACCEPTED_IN_TIME(
      "NotAcceptedInTime",
      FailureClass.CAPACITY,
      Charged.NO,
      "the service did not take the request within options.submitWithin",
      "Start again later, or allow more time with options.submitWithin."),
  SUBMISSION_UNKNOWN(
      "SubmissionUnknown",
      FailureClass.PROVIDER,
      Charged.MAYBE,
      "the request was sent and no answer with a task id came back",
      "A task may exist and be charged. Look at the service's task list before starting again; a"
          + " task that is found there is fetched by a start with options.adopt."),
  DECISION_REFUSED(
      "DecisionRefused",
      FailureClass.CALLER,
      Charged.MAYBE,
      "the decision was not taken",
      "Nothing has changed, and it goes on as before. The query progress says what it waits"
          + " for."),
  NOTHING_TO_ADOPT(
      "NothingToAdopt",
      FailureClass.CALLER,
      Charged.MAYBE,
      "the task of options.adopt cannot be taken over",
      "Adopting charges nothing. A task whose video is gone has none to fetch; of any other, check"
          + " the task's id, and that the worker's key and SEEDANCE_BASE_URL are those that made"
          + " it."),
  REFERENCE_UNAVAILABLE(
      "ReferenceUnavailable",
      FailureClass.CALLER,
      Charged.NO,
      "an earlier generation that the request refers to cannot be handed to the service",
      "Check the reference that is named: a finished generation's id (a chain's step has"
          + " CHAIN-ID.STEP-ID), and a last frame only of one that returned it. A stored video can"
          + " be handed over once the operator serves the store by SEEDANCE_STORE_URL; else make"
          + " the earlier generation again."),
  INPUT_UNAVAILABLE(
      "InputUnavailable",
      FailureClass.CALLER,
      Charged.NO,
      "a file that the request takes from the store cannot be handed to the service",
      "Put the file there again, by starting the same from where it is. A video, and what is"
          + " too large to be sent inline, can be handed over once the operator serves the store by"
          + " SEEDANCE_STORE_URL, or keeps it in a bucket."),
  TASK_FAILED(
      "TaskFailed",
      FailureClass.PROVIDER,
      Charged.NO,
      "the service could not make the video",
      "Start again, unless the service names something to change; where it fails the same way"
          + " again, ask the service's support."),
  NO_CAPACITY(
      "NoCapacity",
      FailureClass.CAPACITY,
      Charged.NO,
      "the service had no capacity or quota left for the task",
      "Start again later; nothing is wrong with the request. Where it goes on, have the operator"
          + " ask the service for higher limits."),
  TASK_EXPIRED(
      "TaskExpired",
      FailureClass.CAPACITY,
      Charged.NO,
      "the task outlived its execution_expires_after at the service",
      "Start again, with a larger execution_expires_after or at a quieter time."),
  TASK_CANCELLED(
      "TaskCancelled",
      FailureClass.CALLER,
      Charged.NO,
      "the task was cancelled at the service by someone else",
      "Start again if the video is still wanted."),
  DEADLINE_PASSED(
      "DeadlinePassed",
      FailureClass.CALLER,
      Charged.MAYBE,
      "the time of options.deadline was over before the service's verdict",
      "The task still runs at the service and is charged if it succeeds. Fetch its clip with a new"
          + " start whose options.adopt names the task."),
  VERDICT_OVERDUE(
      "VerdictOverdue",
      FailureClass.PROVIDER,
      Charged.MAYBE,
      "the service still shows the task as under way, long after its own expiry",
      "Ask the service's support for the task; a new start whose options.adopt names it waits for"
          + " it again."),
  TASK_VANISHED(
      "TaskVanished",
      FailureClass.PROVIDER,
      Charged.MAYBE,
      "the service no longer shows the task, for longer than an outage explains",
      "Check that the worker's key and SEEDANCE_BASE_URL are those that made the task, and that"
          + " SEEDANCE_LOOK_PATH leads to it; the task may have run and been charged."),
  CLIP_LOST(
      "ClipLost",
      FailureClass.PROVIDER,
      Charged.YES,
      "the video was made and charged, but the service's record or URL of it went before it could"
          + " be stored",
      "Ask the service's support for the task, or start again, which is charged again."),
  NOT_SUBMITTED(
      "NotSubmitted",
      FailureClass.CALLER,
      Charged.NO,
      "the workflow was cancelled before a task existed",
      "Start again if the video is still wanted."),
  CANCELLED(
      "Cancelled",
      FailureClass.CALLER,
      Charged.NO,
      "the workflow was cancelled, and its queued task with it at the service",
      "Start again if the video is still wanted."),
  ABANDONED(
      "Abandoned",
      FailureClass.CALLER,
      Charged.MAYBE,
      "the workflow was cancelled while its task goes on at the service",
      "The task still runs there and is charged if it succeeds. Fetch its clip with a new start"
          + " whose options.adopt names the task."),
  STEP_FAILED(
      "StepFailed",
      FailureClass.CALLER,
      Charged.MAYBE,
      "the chain ended without this step",
      "Correct it and start a new chain whose options.reuse names this one: finished steps are"
          + " reused."),
  CHAIN_CANCELLED(
      "ChainCancelled",
      FailureClass.CALLER,
      Charged.MAYBE,
      "the chain was cancelled",
      "Finished clips are stored. What became of a step that was being made, its own workflow says"
          + " (CHAIN-ID.STEP-ID); a new chain whose options.reuse names this one reuses finished"
          + " steps."),
  INTERNAL_ERROR(
      "InternalError",
      FailureClass.BUG,
      Charged.MAYBE,
      "the module met a state that it does not know",
      "Report it with the workflow's history.");

  private final String type;
  private final FailureClass failureClass;
  private final Charged charged;
  private final String meaning;
  private final String advice;

  FailureType(
      String type, FailureClass failureClass, Charged charged, String meaning, String advice) {
    this.type = type;
    this.failureClass = failureClass;
    this.charged = charged;
    this.meaning = meaning;
    this.advice = advice;
  }

  /** The stable name, which is the failure's {@code type} in Temporal. */
  @JsonValue
  public String type() {
    return type;
  }

  /** The word in JSON. */
  @Override
  public String toString() {
    return type;
  }

  /** Who can do something about it. */
  public FailureClass failureClass() {
    return failureClass;
  }

  /**
   * Whether the service charges for it, where no earlier submission of the generation went without
   * an answer.
   */
  public Charged charged() {
    return charged;
  }

  /** What happened, as a clause. */
  public String meaning() {
    return meaning;
  }

  /** What a message says of the charge; nothing of a refused decision, which ends nothing. */
  public String chargeInWords(Charged of) {
    return this == DECISION_REFUSED ? "" : of.sentence() + " ";
  }

  /** What to do. */
  public String advice() {
    return advice;
  }

  /**
   * Reads {@link #type()}; a name that this version does not know is an {@link #INTERNAL_ERROR}.
   */
  @JsonCreator
  public static FailureType ofType(String type) {
    return Arrays.stream(values())
        .filter(candidate -> candidate.type.equals(type))
        .findFirst()
        .orElse(INTERNAL_ERROR);
  }

  /** Who can do something about a failure. */
  public enum FailureClass {
    CALLER,
    ACCOUNT,
    MODERATION,
    CAPACITY,
    PROVIDER,
    BUG;

    @JsonValue
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** The word in JSON. */
    @Override
    public String toString() {
      return label();
    }
  }

  /** Whether the service charges for a generation that failed. */
  public enum Charged {
    NO("Not charged."),
    MAYBE("May be charged."),
    YES("Charged.");

    private final String sentence;

    Charged(String sentence) {
      this.sentence = sentence;
    }

    @JsonValue
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** The word in JSON. */
    @Override
    public String toString() {
      return label();
    }

    /** For the end of a message. */
    public String sentence() {
      return sentence;
    }
  }
}
