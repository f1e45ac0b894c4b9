package seedance.worker.dev.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/**
 * An answer, not yet on the wire.
 *
 * @param status the HTTP status
 * @param headers beside Content-Length
 * @param body its bytes
 */
record SimulatedReply(int status, Map<String, String> headers, byte[] body) {

  static SimulatedReply json(int status, Object body) {
    return new SimulatedReply(
        status, Map.of("Content-Type", "application/json"), SimulatorJson.bytes(body));
  }

  static SimulatedReply ok(ObjectNode body) {
    return json(200, body);
  }

  static SimulatedReply refusal(SimulatedError error) {
    return json(error.status(), error.json());
  }

  static SimulatedReply text(int status, String mediaType, String body) {
    return new SimulatedReply(
        status, Map.of("Content-Type", mediaType), body.getBytes(StandardCharsets.UTF_8));
  }

  SimulatedReply with(String header, String value) {
    Map<String, String> more = new TreeMap<>(headers);
    more.put(header, value);
    return new SimulatedReply(status, more, body);
  }
}
