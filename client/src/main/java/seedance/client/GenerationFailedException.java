package seedance.client;

import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowExecutionDescription;
import io.temporal.client.WorkflowFailedException;
import io.temporal.failure.ApplicationFailure;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import seedance.workflows.generation.FailureType;
import seedance.workflows.generation.FailureType.Charged;
import seedance.workflows.generation.GenerationFailure;

/** A generation ended without a result. The message says why, what it cost and what to do. */
public final class GenerationFailedException extends FailedException {
  private static final long serialVersionUID = 1L;

  private final transient Optional<GenerationFailure> failure;
  private final transient Optional<LeftBehind> leftBehind;

  private GenerationFailedException(
      WorkflowFailedException failed,
      Ending ending,
      Optional<GenerationFailure> failure,
      Optional<LeftBehind> leftBehind,
      String message,
      String advice) {
    super(failed, ending, message, advice);
    this.failure = Objects.requireNonNull(failure, "failure");
    this.leftBehind = Objects.requireNonNull(leftBehind, "leftBehind");
  }

  /**
   * Reads what any Temporal client got when it asked for the result of a {@code VideoGeneration},
   * whoever started it. Of one without last words, {@link #of(WorkflowFailedException,
   * WorkflowClient)} knows more.
   */
  public static GenerationFailedException of(WorkflowFailedException failed) {
    return of(failed, LeftBehind.NotKnown::new);
  }

  /**
   * The same; of one that ended without last words, its history says what it left behind.
   *
   * @param workflows any client of the server
   */
  public static GenerationFailedException of(
      WorkflowFailedException failed, WorkflowClient workflows) {
    return of(failed, () -> byHistory(failed.getExecution().getWorkflowId(), workflows));
  }

  private static LeftBehind byHistory(String workflowId, WorkflowClient workflows) {
    try {
      WorkflowExecutionDescription latest = workflows.newUntypedWorkflowStub(workflowId).describe();
      return WorkflowHandle.hasEnded(latest)
          ? LeftInHistory.of(latest.getExecution(), workflows)
          // Someone has started another under its id meanwhile.
          : new LeftBehind.NotKnown();
    } catch (RuntimeException goneOrNotAnswered) {
      return new LeftBehind.NotKnown();
    }
  }

  private static GenerationFailedException of(
      WorkflowFailedException failed, Supplier<LeftBehind> history) {
    if (failed.getCause() instanceof ApplicationFailure application) {
      return GenerationFailure.in(failed)
          .map(detail -> withDetail(failed, detail, history))
          .orElseGet(() -> withoutDetail(failed, application, history.get()));
    }
    Ending ending = Ending.of(failed);
    LeftBehind left = history.get();
    String advice = advice(left);
    return new GenerationFailedException(
        failed,
        ending,
        Optional.empty(),
        Optional.of(left),
        ending.withoutLastWords() + ". By its history: " + left.inWords() + ". " + advice,
        advice);
  }

  private static GenerationFailedException withDetail(
      WorkflowFailedException failed, GenerationFailure failure, Supplier<LeftBehind> history) {
    return new GenerationFailedException(
        failed,
        Ending.FAILED,
        Optional.of(failure),
        isOfAnUnknownTask(failure) ? Optional.of(history.get()) : LeftBehind.by(failure),
        failure.message(),
        failure.advice());
  }

  private static boolean isOfAnUnknownTask(GenerationFailure failure) {
    return failure.type() == FailureType.INTERNAL_ERROR && failure.taskId() == null;
  }

  private static String advice(LeftBehind left) {
    if (left instanceof LeftBehind.Task) {
      return "A start whose options.adopt names it fetches its clip, and submits nothing.";
    } else if (left instanceof LeftBehind.Clip && left.beside().isEmpty()) {
      return "Nothing is to be fetched.";
    } else if (left instanceof LeftBehind.Nothing) {
      return "Start again if the video is still wanted.";
    }
    return "Look at the service's task list before starting again; a task that is found there is"
        + " fetched by a start with options.adopt.";
  }

  /** A cancelled generation, with what its workflow left in {@code ENDING_MEMO}. */
  static GenerationFailedException cancelled(
      WorkflowFailedException failed, GenerationFailure ending) {
    return new GenerationFailedException(
        failed,
        Ending.CANCELLED,
        Optional.of(ending),
        LeftBehind.by(ending),
        ending.message(),
        ending.advice());
  }

  /**
   * Some other code of the host's worker failed the workflow, or a much older version of ours, or
   * the worker's payload codec is not known here. A type alone does not know of submissions that
   * were lost before, so its "not charged" holds only where nothing was submitted.
   */
  private static GenerationFailedException withoutDetail(
      WorkflowFailedException failed, ApplicationFailure application, LeftBehind left) {
    FailureType type = FailureType.ofType(application.getType());
    String said = Objects.requireNonNullElse(application.getOriginalMessage(), "");
    boolean isInDoubt = type.charged() == Charged.NO && left.mayBeCharged();
    GenerationFailure failure =
        new GenerationFailure(
            type,
            type.failureClass(),
            isInDoubt ? Charged.MAYBE : type.charged(),
            null,
            null,
            null,
            null,
            null,
            said,
            isInDoubt ? advice(left) + " " + type.advice() : type.advice(),
            List.of());
    String message = said.startsWith(type.meaning()) ? said : failure.message();
    return new GenerationFailedException(
        failed,
        Ending.FAILED,
        Optional.of(failure),
        Optional.of(left),
        isInDoubt
            ? "%s Its details cannot be read here; by its history: %s. %s"
                .formatted(message, left.inWords(), advice(left))
            : message,
        failure.advice());
  }

  @Override
  public Optional<GenerationFailure> failure() {
    return failure == null ? Optional.empty() : failure;
  }

  /**
   * What there is to be fetched or found; empty where its last words say that there is nothing, and
   * after deserialization.
   */
  public Optional<LeftBehind> leftBehind() {
    return leftBehind == null ? Optional.empty() : leftBehind;
  }

  @Override
  public Charged charged() {
    return leftBehind()
        .filter(left -> failure().isEmpty() && !left.mayBeCharged())
        .map(left -> Charged.NO)
        .orElseGet(super::charged);
  }
}
