package seedance.activities.generation;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import seedance.workflows.request.AnyJson;

/**
 * Where the service is asked to call back: a URL of its own for each submission, which nobody can
 * guess.
 *
 * @param base under which {@code /callbacks/…} is served; empty to ask for no callbacks
 */
record CallbackUrls(Optional<URI> base) {
  private static final String FIELD = "callback_url";

  /** Returns the body with the submission's URL, unless it has one of its own. */
  AnyJson on(AnyJson body, String submissionId) {
    if (base.isEmpty() || !(body.tree() instanceof Map<?, ?> fields) || fields.containsKey(FIELD)) {
      return body;
    }
    Map<Object, Object> withUrl = new LinkedHashMap<>(fields);
    withUrl.put(FIELD, base.get().toString().replaceAll("/+$", "") + "/callbacks/" + submissionId);
    return new AnyJson(withUrl);
  }
}
