package seedance.workflows.generation;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import seedance.workflows.json.IsoTime.IsoInstant;
import seedance.workflows.json.WireForm;

/**
 * Where a generation stands: the answer to the query {@code progress}, and in words the workflow's
 * current details.
 *
 * @param startedAt when the generation began, in its first run; null from older workers
 * @param stage the stage that is under way, or the one that ended it
 * @param summary what is being made, such as {@code text · doubao-seedance-2-0 · 720p · 5 s}; null
 *     before the request was checked
 * @param status the service's word for the task at the last look; null before the first
 * @param taskId null before the service took the request; that of {@code options.adopt} from the
 *     start
 * @param model null before the request was checked
 * @param looks how often the task was looked at
 * @param nextLookAt null while no look is planned
 * @param expectedAt when it is as likely to be done before as after, as of the last look that saw
 *     it under way; null before the service took it, and after its end
 * @param usuallyBy when nine of ten such generations are done, as of that look; null where {@code
 *     expectedAt} is, and from older workers
 * @param runTime what both are reckoned from; null where {@code usuallyBy} is
 * @param lastProblem the last thing that went wrong without ending the generation; null if none did
 * @param unknownSubmission what is known of a submission whose answer was lost; null unless there
 *     is one that is not settled
 * @param notes as in {@link GenerationPlan#notes()}; empty before the request was checked
 */
@WireForm
public record Progress(
    @IsoInstant @Nullable Instant startedAt,
    Stage stage,
    @Nullable String summary,
    @Nullable String status,
    @Nullable String taskId,
    @Nullable String model,
    int looks,
    @IsoInstant @Nullable Instant nextLookAt,
    @IsoInstant @Nullable Instant expectedAt,
    @IsoInstant @Nullable Instant usuallyBy,
    @Nullable RunTime runTime,
    @Nullable Problem lastProblem,
    @Nullable UnknownSubmission unknownSubmission,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> notes) {
  /** Of a request with nothing to note. */
  public Progress(
      Stage stage,
      @Nullable String summary,
      @Nullable String status,
      @Nullable String taskId,
      @Nullable String model,
      int looks,
      @Nullable Instant nextLookAt,
      @Nullable Instant expectedAt,
      @Nullable Problem lastProblem,
      @Nullable UnknownSubmission unknownSubmission) {
    this(
        null,
        stage,
        summary,
        status,
        taskId,
        model,
        looks,
        nextLookAt,
        expectedAt,
        null,
        null,
        lastProblem,
        unknownSubmission,
        List.of());
  }

  public Progress {
    Objects.requireNonNull(stage, "stage");
    notes = notes == null ? List.of() : List.copyOf(notes);
  }

  static Progress start() {
    return new Progress(Stage.VALIDATE, null, null, null, null, 0, null, null, null, null);
  }

  Progress startedAt(Instant at) {
    return new Progress(
        at,
        stage,
        summary,
        status,
        taskId,
        model,
        looks,
        nextLookAt,
        expectedAt,
        usuallyBy,
        runTime,
        lastProblem,
        unknownSubmission,
        notes);
  }

  Progress submitting(GenerationPlan plan) {
    return new Progress(
        startedAt,
        Stage.SUBMIT,
        plan.summary(),
        null,
        null,
        plan.model(),
        0,
        null,
        null,
        null,
        null,
        lastProblem,
        null,
        plan.notes());
  }

  /**
   * @param task that exists already and is to be taken over; null for none
   */
  Progress adopting(@Nullable String task) {
    return new Progress(
        startedAt,
        stage,
        summary,
        status,
        task,
        model,
        looks,
        nextLookAt,
        expectedAt,
        usuallyBy,
        runTime,
        lastProblem,
        unknownSubmission,
        notes);
  }

  /** What is known of the submission that a stage settles, which has one. */
  UnknownSubmission openSubmission() {
    return Objects.requireNonNull(unknownSubmission, "unknownSubmission");
  }

  /** Whether its task is yet to be taken over. */
  boolean isBeforeAdoption() {
    return taskId != null && (stage == Stage.VALIDATE || stage == Stage.SUBMIT);
  }

  Progress awaiting(SubmitOutcome.Accepted accepted, GenerationPlan plan) {
    return new Progress(
            startedAt,
            Stage.AWAIT,
            summary,
            null,
            accepted.taskId(),
            model,
            0,
            null,
            accepted.acceptedAt().plus(plan.typicalTime()),
            null,
            null,
            lastProblem,
            null,
            notes)
        .expecting(accepted.expectation());
  }

  Progress looked(@Nullable String newStatus) {
    return new Progress(
        startedAt,
        stage,
        summary,
        newStatus,
        taskId,
        model,
        looks + 1,
        null,
        expectedAt,
        usuallyBy,
        runTime,
        lastProblem,
        null,
        notes);
  }

  /**
   * @param expectation null where nobody reckoned one: then what was expected stays
   */
  Progress expecting(@Nullable Expectation expectation) {
    return expectation == null
        ? this
        : new Progress(
            startedAt,
            stage,
            summary,
            status,
            taskId,
            model,
            looks,
            nextLookAt,
            expectation.expectedAt(),
            expectation.usuallyBy(),
            expectation.runTime(),
            lastProblem,
            unknownSubmission,
            notes);
  }

  Progress nextLookAt(Instant at) {
    return new Progress(
        startedAt,
        stage,
        summary,
        status,
        taskId,
        model,
        looks,
        at,
        expectedAt,
        usuallyBy,
        runTime,
        lastProblem,
        unknownSubmission,
        notes);
  }

  Progress at(Stage newStage) {
    return new Progress(
        startedAt,
        newStage,
        summary,
        status,
        taskId,
        model,
        looks,
        null,
        expectedAt,
        usuallyBy,
        runTime,
        lastProblem,
        unknownSubmission,
        notes);
  }

  Progress troubledBy(Problem problem) {
    return new Progress(
        startedAt,
        stage,
        summary,
        status,
        taskId,
        model,
        looks,
        nextLookAt,
        expectedAt,
        usuallyBy,
        runTime,
        problem,
        unknownSubmission,
        notes);
  }

  Progress unknown(Stage newStage, UnknownSubmission submission) {
    return new Progress(
        startedAt,
        newStage,
        summary,
        null,
        null,
        model,
        0,
        nextLookAt,
        null,
        null,
        null,
        lastProblem,
        submission,
        notes);
  }

  /**
   * In words, as Markdown of headings, bold and lists, which is what the Temporal UI draws well.
   */
  public String toMarkdown() {
    StringBuilder text = new StringBuilder("### ").append(stage.inWords()).append('\n');
    line(text, "Video", summary);
    line(text, "Task", taskId == null ? null : code(taskId));
    line(text, "Service says", status);
    if (looks > 0) {
      line(text, "Looks so far", String.valueOf(looks));
    }
    line(text, "Next look at", inSeconds(nextLookAt));
    if (stage == Stage.AWAIT) {
      line(text, "Expected at", inSeconds(expectedAt));
      line(text, "Usually by", usually());
    }
    if (lastProblem != null) {
      line(text, "Last problem", lastProblem.what() + " (" + inSeconds(lastProblem.at()) + ")");
    }
    notes.forEach(note -> line(text, "Note", note));
    if (unknownSubmission != null) {
      text.append(unknownSubmission.toMarkdown());
    }
    return text.toString();
  }

  /** The service chooses its ids, and none of them ends what it stands in. */
  static String code(String taskId) {
    return '`' + taskId.replace('`', '\'') + '`';
  }

  private @Nullable String usually() {
    if (usuallyBy == null || runTime == null) {
      return null;
    }
    String basis =
        runTime.clips() == 0
            ? "by the catalogue"
            : "learnt from %d clip%s".formatted(runTime.clips(), runTime.clips() == 1 ? "" : "s");
    boolean isLate = nextLookAt != null && nextLookAt.isAfter(runTime.lateFrom());
    return "%s, %s%s"
        .formatted(inSeconds(usuallyBy), basis, isLate ? "; it takes longer than usual" : "");
  }

  private static void line(StringBuilder text, String name, @Nullable String value) {
    if (value != null) {
      text.append("- **").append(name).append(":** ").append(value).append('\n');
    }
  }

  private static @Nullable String inSeconds(@Nullable Instant instant) {
    return instant == null ? null : instant.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  /** The stages of a generation, and its two ends. */
  public enum Stage {
    VALIDATE("validate", "Validating the request"),
    SUBMIT("submit", "Submitting to the service"),
    RECONCILE("reconcile", "Looking for the task of a submission whose answer was lost"),
    DECIDE("decide", "Waiting for your decision"),
    AWAIT("await", "Waiting for the service"),
    HAND_OFF("handOff", "Storing the clip"),
    CANCEL("cancel", "Cancelling the task at the service"),
    DONE("done", "Done: the clip is stored"),
    FAILED("failed", "Failed"),
    CANCELLED("cancelled", "Cancelled");

    private final String label;
    private final String inWords;

    Stage(String label, String inWords) {
      this.label = label;
      this.inWords = inWords;
    }

    @JsonValue
    public String label() {
      return label;
    }

    /** The word in JSON. */
    @Override
    public String toString() {
      return label;
    }

    /** For people. */
    public String inWords() {
      return inWords;
    }
  }
}
