package seedance.client.inputs;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import seedance.workflows.request.Medium;

/**
 * A file that a body names, and what it is.
 *
 * @param place where it is named
 * @param file what was read of it
 */
record LocalInput(LocalFile place, MediaFile file) {
  public LocalInput {
    Objects.requireNonNull(place, "place");
    Objects.requireNonNull(file, "file");
  }

  /** Reads what a body names, in its order, and each once, however often it is named. */
  public static List<LocalInput> read(LocalFiles files) {
    Map<Source, MediaFile> known = new HashMap<>();
    return files.all().stream()
        .map(place -> new LocalInput(place, known.computeIfAbsent(place.source(), Source::read)))
        .toList();
  }

  /** Whether it is wanted as such a medium and is one. */
  boolean isA(Medium medium) {
    return place.medium() == medium
        && file instanceof MediaFile.Found found
        && found.type().medium().filter(medium::equals).isPresent();
  }

  /** How long it lasts; empty where that is not known. */
  Optional<Duration> length() {
    return file instanceof MediaFile.Found found ? found.facts().length() : Optional.empty();
  }
}
