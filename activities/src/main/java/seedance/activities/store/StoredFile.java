package seedance.activities.store;

import java.net.URI;
import java.util.Objects;

/**
 * A file in the store.
 *
 * @param location as the store knows it
 * @param bytes how large it is
 */
public record StoredFile(URI location, long bytes) {
  public StoredFile {
    Objects.requireNonNull(location, "location");
  }
}
