package seedance.client.inputs;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import seedance.workflows.request.ImageSize;
import seedance.workflows.request.Medium;

/** What a file says of its medium; what is empty is not known. */
sealed interface MediaFacts {
  /** Of a file that is no image, video or audio as the service takes them. */
  MediaFacts NONE = new Nothing();

  /**
   * An image.
   *
   * @param size as stored, before any rotation
   */
  record Image(Optional<ImageSize> size) implements MediaFacts {
    public Image {
      Objects.requireNonNull(size, "size");
    }
  }

  /**
   * A video.
   *
   * @param size as it is shown, in pixels
   * @param length of what is shown of the pictures
   * @param framesPerSecond the average; not known where frames come at uneven times
   */
  record Video(Optional<ImageSize> size, Optional<Duration> length, OptionalDouble framesPerSecond)
      implements MediaFacts {
    public Video {
      Objects.requireNonNull(size, "size");
      Objects.requireNonNull(length, "length");
      Objects.requireNonNull(framesPerSecond, "framesPerSecond");
    }
  }

  /** An audio. */
  record Audio(Optional<Duration> length) implements MediaFacts {
    public Audio {
      Objects.requireNonNull(length, "length");
    }
  }

  /** No medium that is looked into. */
  record Nothing() implements MediaFacts {}

  /** Returns what is known of a medium that says nothing of itself. */
  static MediaFacts unknown(Medium medium) {
    return switch (medium) {
      case IMAGE -> new Image(Optional.empty());
      case VIDEO -> new Video(Optional.empty(), Optional.empty(), OptionalDouble.empty());
      case AUDIO -> new Audio(Optional.empty());
    };
  }

  /** How long it lasts; empty where that is not known, and of an image. */
  default Optional<Duration> length() {
    return this instanceof Video video
        ? video.length()
        : this instanceof Audio audio ? audio.length() : Optional.empty();
  }

  /** Its width and height; empty where they are not known, and of an audio. */
  default Optional<ImageSize> size() {
    return this instanceof Image image
        ? image.size()
        : this instanceof Video video ? video.size() : Optional.empty();
  }
}
