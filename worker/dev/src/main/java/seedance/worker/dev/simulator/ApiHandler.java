package seedance.worker.dev.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.UnaryOperator;

/** Answers the calls of one dialect, except where a fault strikes. */
final class ApiHandler implements HttpHandler {

  private static final String PROXY_PAGE =
      "<html><head><title>Welcome</title></head><body>It works.</body></html>";

  private final SimulatedDialect dialect;
  private final Accounts accounts;
  private final FaultPlan faults;
  private final ServiceDesk desk;
  private final FileHandler files;
  private final CountDownLatch closing;

  ApiHandler(
      SimulatedDialect dialect,
      Accounts accounts,
      FaultPlan faults,
      ServiceDesk desk,
      FileHandler files,
      CountDownLatch closing) {
    this.dialect = dialect;
    this.accounts = accounts;
    this.faults = faults;
    this.desk = desk;
    this.files = files;
    this.closing = closing;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    Wire wire = new Wire(exchange, closing);
    Optional<Account> account = accounts.authorise(wire.header("Authorization").orElse(null));
    Optional<Call> call = dialect.read(wire.method(), wire.uri());
    if (account.isEmpty()) {
      wire.send(
          SimulatedReply.refusal(
              new SimulatedError(
                  401,
                  "AuthenticationError",
                  "The API key in the request is missing or invalid.",
                  "")));
    } else if (call.isEmpty()) {
      wire.send(
          SimulatedReply.refusal(
              new SimulatedError(404, "NotFound.Path", "There is no such path.", "")));
    } else {
      answer(wire, account.get(), call.get());
    }
  }

  private void answer(Wire wire, Account account, Call call) throws IOException {
    if (call instanceof Call.Content content) {
      files.content(wire, account, content.id());
      return;
    }
    account.ledger().received(call.operation(), call.taskId());
    Optional<Effect> effect = faults.strike(call.operation(), call.taskId());
    if (effect.isEmpty()) {
      wire.send(desk.answer(wire, dialect, account, call, UnaryOperator.identity()));
    } else if (!wire.struck(effect.get())) {
      misbehave(wire, account, call, effect.get());
    }
  }

  /** Does what was asked for, and then not what is expected. */
  private void misbehave(Wire wire, Account account, Call call, Effect effect) throws IOException {
    if (effect instanceof Effect.NotFound) {
      wire.send(SimulatedReply.refusal(ServiceDesk.NO_SUCH_TASK));
      return;
    }
    SimulatedReply reply = desk.answer(wire, dialect, account, call, task -> told(task, effect));
    if (effect instanceof Effect.LostReply) {
      wire.hangUp();
    } else if (effect instanceof Effect.ServiceFailure failure) {
      wire.send(Wire.failed(failure));
    } else if (effect instanceof Effect.Stall stall) {
      wire.stall(stall.atMost());
    } else if (effect instanceof Effect.Garbage) {
      wire.send(SimulatedReply.text(200, "text/html", PROXY_PAGE));
    } else {
      wire.send(reply);
    }
  }

  /** What a look says of a task that an effect falsifies. */
  private static ObjectNode told(ObjectNode task, Effect effect) {
    if (effect instanceof Effect.UnknownStatus unknown) {
      task.retain("id", "model", "status", "created_at", "updated_at");
      task.put("status", unknown.status());
    } else if (effect instanceof Effect.NoVideo && task.has("content")) {
      task.putNull("content");
    } else if (effect instanceof Effect.Usage usage && task.has("usage")) {
      ObjectNode written = task.putObject("usage");
      if (usage.completionTokens() != null) {
        written.put("completion_tokens", usage.completionTokens());
      }
      if (usage.totalTokens() != null) {
        written.put("total_tokens", usage.totalTokens());
      }
    }
    return task;
  }
}
