package seedance.client.cli;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.api.errordetails.v1.NamespaceNotFoundFailure;
import io.temporal.client.WorkflowServiceException;
import io.temporal.serviceclient.StatusUtils;
import java.util.Optional;
import java.util.regex.Pattern;

/** What Temporal's errors mean to whoever types commands. */
final class Refusals {
  /** In gRPC's words; the same status is a server's that limits its calls. */
  private static final Pattern TOO_LARGE = Pattern.compile("larger than max|maximum size");

  private Refusals() {}

  static Optional<Status> status(Throwable thrown) {
    return answer(thrown).map(StatusRuntimeException::getStatus);
  }

  private static Optional<StatusRuntimeException> answer(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof StatusRuntimeException answer) {
        return Optional.of(answer);
      }
    }
    return Optional.empty();
  }

  /** Whether "not found" is said of the namespace, and not of what was asked for in it. */
  static boolean isOfTheNamespace(Throwable notFound) {
    return answer(notFound)
        .filter(answer -> StatusUtils.hasFailure(answer, NamespaceNotFoundFailure.class))
        .isPresent();
  }

  static Refusal notThere(String id) {
    return new Refusal(
        ExitCode.NOT_REACHED, "There is no generation and no chain " + Visible.oneLine(id) + ".");
  }

  /** Of where something stands. */
  static Refusal ofUnansweredQuestion(String id) {
    return new Refusal(
        ExitCode.NOT_REACHED,
        Visible.oneLine(id)
            + " runs, but no worker answered where it stands: does one poll its task queue?");
  }

  /** Of a decision that was kept back, as nobody is there to take it. */
  static Refusal ofUnsentDecision(String id) {
    return new Refusal(
        ExitCode.NOT_REACHED,
        Visible.oneLine(id)
            + ": no worker answers, so nothing was sent: does one poll its task queue? Decide again"
            + " when one does.");
  }

  /** Of a decision that the server keeps for a worker. */
  static Refusal ofUnansweredDecision(Cli cli, String id) {
    return new Refusal(
        ExitCode.NOT_REACHED,
        Visible.oneLine(id)
            + ": no worker has answered yet. The decision was sent, and the next worker may carry it"
            + " out: look before deciding otherwise:\n  "
            + cli.commandOn(id, "show"));
  }

  /**
   * Of a start. Temporal's client repeats a call that got no answer, and throws what the last one
   * got: so a refusal says nothing of the first, and the start may have been taken, under an id
   * that was perhaps made up for it. Without that id, a second try is a second bill.
   */
  static Refusal ofStart(Cli cli, WorkflowServiceException refused) {
    Status status = status(refused).orElse(Status.UNKNOWN);
    String description = String.valueOf(status.getDescription());
    boolean isExhausted = status.getCode() == Status.Code.RESOURCE_EXHAUSTED;
    if (description.contains("exceeds size limit")
        || isExhausted && TOO_LARGE.matcher(description).find()) {
      return new Refusal(
          ExitCode.INVALID,
          "The request is larger than the 2 MB that Temporal takes: pass its media as URLs instead"
              + " of data: URLs.");
    }
    String id = refused.getExecution().getWorkflowId();
    return switch (status.getCode()) {
      case RESOURCE_EXHAUSTED -> ofUnansweredStart(cli, id, "is busy");
      case CANCELLED, UNKNOWN, DEADLINE_EXCEEDED, INTERNAL, UNAVAILABLE, DATA_LOSS ->
          ofUnansweredStart(cli, id, "gave no answer (%s)".formatted(status.getCode()));
      default -> {
        Refusal last = of(refused);
        yield new Refusal(
            last.exitCode(),
            last.getMessage() + "\nThen " + withTheSameId(id) + ", whatever an earlier call did.");
      }
    };
  }

  private static Refusal ofUnansweredStart(Cli cli, String id, String what) {
    return new Refusal(
        ExitCode.NOT_REACHED,
        "The Temporal server %s: %s may have been started. See whether it is there:\n  %s\nOr %s"
            .formatted(what, Visible.oneLine(id), cli.commandOn(id, "show"), withTheSameId(id)));
  }

  private static String withTheSameId(String id) {
    return "start it again with the same id, which makes it once: --id " + Words.shellQuoted(id);
  }

  static Refusal of(RuntimeException refused) {
    Status status = status(refused).orElse(Status.UNKNOWN);
    return switch (status.getCode()) {
      case NOT_FOUND ->
          new Refusal(
              ExitCode.MISCONFIGURED,
              "The Temporal server does not know the namespace: check TEMPORAL_NAMESPACE.");
      case UNAUTHENTICATED, PERMISSION_DENIED ->
          new Refusal(
              ExitCode.MISCONFIGURED,
              "The Temporal server refuses us: check TEMPORAL_API_KEY, TEMPORAL_NAMESPACE and"
                  + " TEMPORAL_TLS_….");
      default ->
          new Refusal(
              ExitCode.NOT_REACHED,
              "The Temporal server did not do it (" + status.getCode() + "); try again.");
    };
  }
}
