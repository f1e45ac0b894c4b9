package seedance.client.cli;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a command says as JSON; the fields stay in the order in which they are given. */
final class JsonObject {
  private final Map<String, @Nullable Object> fields = new LinkedHashMap<>();

  /** About a generation or a chain. */
  static JsonObject about(String workflowId, String status) {
    return new JsonObject().with("workflowId", workflowId).with("status", status);
  }

  /** With one more field; an empty {@link Optional} is none. */
  JsonObject with(String name, @Nullable Object value) {
    if (value instanceof Optional<?> optional) {
      optional.ifPresent(there -> fields.put(name, there));
    } else {
      fields.put(name, value);
    }
    return this;
  }

  @JsonValue
  Map<String, @Nullable Object> fields() {
    return fields;
  }
}
