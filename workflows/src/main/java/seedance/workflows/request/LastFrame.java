package seedance.workflows.request;

import seedance.workflows.json.Json;

/** The picture that a clip ends with, which the service makes where it is asked for. */
public final class LastFrame {
  static final String FIELD = "return_last_frame";

  private LastFrame() {}

  /** Whether a request asks for it, as it was given, as it was sent or as the store keeps it. */
  public static boolean isAskedForBy(Json request) {
    return request.isTrue(FIELD);
  }

  /** A request that asks for it, all else unchanged. */
  public static Json askedForBy(Json request) {
    return request.with(FIELD, true);
  }
}
