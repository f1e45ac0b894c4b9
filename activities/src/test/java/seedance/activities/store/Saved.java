package seedance.activities.store;

import java.io.IOException;
import java.util.OptionalLong;
import seedance.workflows.generation.Artifact;

/** Files that tests put into a store in one go. */
public final class Saved {
  private Saved() {}

  public static Artifact in(StorePlace place, Artifact.Kind kind, byte[] content)
      throws IOException {
    try (ArtifactSink sink = place.open(kind, Long.MAX_VALUE)) {
      sink.write(content, 0, content.length);
      return sink.finish(OptionalLong.of(content.length));
    }
  }
}
