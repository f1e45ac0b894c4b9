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
   * Of a start. Where no answer says that nothing was started, it may have been, under an id that
   * was perhaps made up for it: without that id, a second try is a second bill.
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
    return switch (status.getCode()) {
      case RESOURCE_EXHAUSTED ->
          new Refusal(
              ExitCode.NOT_REACHED,
              "Nothing was started: the Temporal server is busy. Try again later.");
      case CANCELLED, UNKNOWN, DEADLINE_EXCEEDED, INTERNAL, UNAVAILABLE, DATA_LOSS ->
          ofUnansweredStart(cli, refused.getExecution().getWorkflowId(), status.getCode());
      default -> of(refused);
    };
  }

  private static Refusal ofUnansweredStart(Cli cli, String id, Status.Code code) {
    return new Refusal(
        ExitCode.NOT_REACHED,
        "The Temporal server gave no answer (%s): %s may have been started. See whether it is there:\n  %s\nOr start it again with the same id, which makes it once: --id %s"
            .formatted(
                code, Visible.oneLine(id), cli.commandOn(id, "show"), Words.shellQuoted(id)));
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
