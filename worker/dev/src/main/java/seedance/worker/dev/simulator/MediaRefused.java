package seedance.worker.dev.simulator;

/** A medium that a create names cannot be fetched or read. */
final class MediaRefused extends Exception {

  private static final long serialVersionUID = 1;

  private final transient SimulatedError error;

  private MediaRefused(SimulatedError error) {
    super(error.code());
    this.error = error;
  }

  static MediaRefused notFetched(String param, boolean image) {
    return of(param, image, "DownloadFailed", "The file at `" + param + "` cannot be fetched.");
  }

  static MediaRefused notRead(String param, boolean image) {
    return of(param, image, "InvalidFormat", "The file at `" + param + "` cannot be read.");
  }

  private static MediaRefused of(String param, boolean image, String why, String message) {
    String code = image ? "InvalidImageURL." + why : "InvalidParameter";
    return new MediaRefused(new SimulatedError(400, code, message, param));
  }

  SimulatedError error() {
    return error;
  }
}
