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
record Reply(int status, Map<String, String> headers, byte[] body) {

  static Reply json(int status, Object body) {
    return new Reply(status, Map.of("Content-Type", "application/json"), SimulatorJson.bytes(body));
  }

  static Reply ok(ObjectNode body) {
    return json(200, body);
  }

  static Reply refusal(ServiceError error) {
    return json(error.status(), error.json());
  }

  static Reply text(int status, String mediaType, String body) {
    return new Reply(
        status, Map.of("Content-Type", mediaType), body.getBytes(StandardCharsets.UTF_8));
  }

  Reply with(String header, String value) {
    Map<String, String> more = new TreeMap<>(headers);
    more.put(header, value);
    return new Reply(status, more, body);
  }
}
