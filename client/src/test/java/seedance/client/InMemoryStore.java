package seedance.client;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import seedance.client.inputs.MediaStore;
import seedance.workflows.request.StoredInput;

/** A store that keeps what is put into it in memory. */
final class InMemoryStore implements MediaStore {
  private final Map<StoredInput, byte[]> put = new LinkedHashMap<>();

  Map<StoredInput, byte[]> put() {
    return put;
  }

  @Override
  public void put(StoredInput name, Path file) throws IOException {
    put.put(name, Files.readAllBytes(file));
  }

  @Override
  public URI link(URI location, Duration lifetime) {
    return URI.create("https://store.example" + location.getPath() + "?for=" + lifetime);
  }
}
