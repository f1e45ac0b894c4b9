package seedance.activities.generation;

import java.util.Map;
import seedance.workflows.request.AnyJson;

/** The picture that a clip ends with, which the service makes where it is asked for. */
final class LastFrame {
  private LastFrame() {}

  /** Whether a request asks for it, as it was sent or as the store keeps it. */
  static boolean isAskedForBy(AnyJson request) {
    return request != null
        && request.tree() instanceof Map<?, ?> fields
        && Boolean.TRUE.equals(fields.get("return_last_frame"));
  }
}
