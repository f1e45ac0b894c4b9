package seedance.workflows.request;

import java.util.List;
import java.util.Set;
import seedance.workflows.json.Json;

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
          LastFrame.FIELD,
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
  public static Json of(Json body) {
    Json sent = withoutNulls(body, OPTIONAL_FIELDS);
    List<Json> items = sent.at(CONTENT).items();
    return items.isEmpty()
        ? sent
        : sent.with(
            CONTENT, items.stream().map(item -> withoutNulls(item, ContentReader.FIELDS)).toList());
  }

  /**
   * Whether two bodies are one when they are sent: neither the order of fields nor {@code null} in
   * optional ones makes another.
   */
  public static boolean isOne(Json body, Json other) {
    return of(body).equals(of(other));
  }

  /** Whether a request made what another wants; a last frame beyond that does no harm. */
  public static boolean makesAll(Json made, Json wanted) {
    return isOne(made, wanted) || isOne(made, LastFrame.askedForBy(wanted));
  }

  private static Json withoutNulls(Json object, Set<String> optional) {
    return object.without(name -> optional.contains(name) && object.at(name).isNull());
  }
}
