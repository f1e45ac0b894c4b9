package seedance.workflows.generation;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.net.URI;
import java.util.Objects;
import seedance.workflows.json.WireForm;

/**
 * A stored file.
 *
 * @param location where it is in the operator's store, such as {@code
 *     file:///clips/my-id/video.mp4}; never the service's short-lived URL
 * @param mediaType by the file's own first bytes, such as {@code video/mp4}
 * @param bytes its size
 * @param sha256 lower-case hex
 */
@WireForm
public record Artifact(Kind kind, URI location, String mediaType, long bytes, String sha256) {
  public Artifact {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(location, "location");
    Objects.requireNonNull(mediaType, "mediaType");
    Objects.requireNonNull(sha256, "sha256");
  }

  /** What the file is of the generation. */
  public enum Kind {
    /** The video. */
    @JsonProperty("video")
    VIDEO("video"),
    /** Its last frame as an image without watermark. */
    @JsonProperty("last_frame")
    LAST_FRAME("last_frame"),
    /** Several clips joined to one. */
    @JsonProperty("film")
    FILM("film");

    private final String fileName;

    Kind(String fileName) {
      this.fileName = fileName;
    }

    /** The kind's name in JSON, and the file's name in the store less its extension. */
    public String fileName() {
      return fileName;
    }

    /** The word in JSON. */
    @Override
    public String toString() {
      return fileName;
    }
  }
}
