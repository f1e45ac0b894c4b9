package seedance.worker.dev.simulator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** The simulator's own paths: books and faults, for tests in other processes. No key is needed. */
final class ControlHandler implements HttpHandler {

  static final String FOLDER = "/simulator/";

  private static final int BODY_LIMIT = 1024 * 1024;
  private static final ObjectReader FAULTS =
      SimulatorJson.MAPPER
          .readerFor(new TypeReference<List<Fault>>() {})
          .with(DeserializationFeature.ACCEPT_SINGLE_VALUE_AS_ARRAY);

  private final Accounts accounts;
  private final FaultPlan faults;
  private final CountDownLatch closing;

  ControlHandler(Accounts accounts, FaultPlan faults, CountDownLatch closing) {
    this.accounts = accounts;
    this.faults = faults;
    this.closing = closing;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    Wire wire = new Wire(exchange, closing);
    wire.send(
        switch (wire.method() + " " + wire.uri().getPath()) {
          case "GET /simulator/books" -> SimulatedReply.json(200, accounts.books());
          case "GET /simulator/faults" -> SimulatedReply.json(200, faults.struck());
          case "POST /simulator/faults" -> inject(wire.body(BODY_LIMIT));
          case "DELETE /simulator/faults" -> clear();
          default ->
              SimulatedReply.json(
                  404,
                  Map.of(
                      "error",
                      "there are GET /simulator/books and GET, POST, DELETE /simulator/faults"));
        });
  }

  private SimulatedReply inject(byte[] body) throws IOException {
    try {
      List<Fault> more = FAULTS.readValue(body);
      if (more == null || more.contains(null)) {
        return SimulatedReply.json(
            400, Map.of("error", "a fault, or an array of faults, is expected"));
      }
      faults.inject(more);
    } catch (JsonProcessingException e) {
      return SimulatedReply.json(400, Map.of("error", e.getOriginalMessage()));
    }
    return SimulatedReply.json(200, faults.struck());
  }

  private SimulatedReply clear() {
    faults.clear();
    return SimulatedReply.json(200, faults.struck());
  }
}
