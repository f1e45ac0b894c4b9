package seedance.client.store;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import seedance.activities.InvalidSettingsException;
import seedance.activities.SeedanceConfiguration;
import seedance.activities.SettingsReader;
import seedance.activities.generation.StoreTrouble;
import seedance.activities.store.ArtifactStore;
import seedance.client.inputs.MediaStore;
import seedance.workflows.request.StoredInput;

/** The store that {@code SEEDANCE_STORE} names, which has to be the one of the workers. */
public final class OperatorStore implements MediaStore {
  private final ArtifactStore store;

  private OperatorStore(ArtifactStore store) {
    this.store = Objects.requireNonNull(store, "store");
  }

  /**
   * The store of the settings {@code SEEDANCE_STORE}, {@code SEEDANCE_STORE_URL}, {@code
   * SEEDANCE_STORE_ACCESS} and {@code SEEDANCE_ALLOW_HTTP}; a worker's other settings are not read.
   *
   * @param environment usually {@link System#getenv()}
   * @throws InvalidSettingsException naming every problem at once
   */
  public static OperatorStore fromEnvironment(Map<String, String> environment) {
    SettingsReader settings = new SettingsReader(environment);
    ArtifactStore store = SeedanceConfiguration.storeFrom(settings);
    settings.requireNoProblem();
    return new OperatorStore(store);
  }

  @Override
  public void put(StoredInput name, Path file) throws IOException {
    try {
      store.putInput(name, file);
    } catch (IOException e) {
      throw new IOException(StoreTrouble.inWords(e), e);
    }
  }

  @Override
  public URI link(URI location, Duration lifetime) throws IOException {
    return store.link(location, lifetime);
  }
}
