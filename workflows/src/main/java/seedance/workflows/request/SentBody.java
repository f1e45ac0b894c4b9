package seedance.workflows.request;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The body that goes to the service: the JSON that came in, field for field, less the optional
 * fields that are {@code null}, as those count as absent. Fields that no rule knows stay as they
 * are, {@code null} or not.
 */
public final class SentBody {
  private static final String CONTENT = "content";

  /** The request's optional fields. */
  static final Set<String> OPTIONAL_FIELDS =
      Set.of(
          "resolution",
          "ratio",
          "duration",
          "frames",
          "seed",
          "generate_audio",
          "draft",
          "return_last_frame",
          "service_tier",
          "execution_expires_after",
          "priority",
          "safety_identifier",
          "callback_url",
          "camera_fixed",
          "watermark",
          "output_format",
          "omni_reference_task_type",
          "tools");

  private SentBody() {}

  /** Returns what is sent of a body. */
  public static AnyJson of(AnyJson body) {
    if (!(body.tree() instanceof Map<?, ?> fields)) {
      return body;
    }
    Map<Object, Object> sent = withoutNulls(fields, OPTIONAL_FIELDS);
    if (sent.get(CONTENT) instanceof List<?> items) {
      sent.put(CONTENT, items.stream().<Object>map(SentBody::item).toList());
    }
    return new AnyJson(sent);
  }

  private static Object item(Object item) {
    return item instanceof Map<?, ?> fields ? withoutNulls(fields, ContentReader.FIELDS) : item;
  }

  private static Map<Object, Object> withoutNulls(Map<?, ?> fields, Set<String> optional) {
    Map<Object, Object> sent = new LinkedHashMap<>();
    fields.forEach(
        (name, value) -> {
          if (value != null || !optional.contains(name)) {
            sent.put(name, value);
          }
        });
    return sent;
  }
}
