package seedance.worker.chaos;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import seedance.activities.store.s3.ObjectStoreServer;

/** The store that a run's workers share, and what its owner finds in it. */
interface StoreUnderTest extends AutoCloseable {

  /** What kind of store a run has. */
  enum Kind {
    FOLDER,
    S3;

    /**
     * @param folder of the run
     */
    StoreUnderTest start(Path folder, Schedule schedule, Incidents incidents) {
      return this == FOLDER
          ? new Folder(folder.resolve("store"))
          : new Bucket(ObjectStoreServer.start(), schedule, incidents);
    }

    /** In a run's line. */
    String inWords() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** What makes a worker use it. */
  Map<String, String> environment();

  /** How many receipts are in it. */
  long receipts();

  /** A file in it; empty where there is none. */
  Optional<byte[]> content(URI location);

  /** What every signed link to a file in it holds; empty where it gives none. */
  Optional<String> linked(URI location);

  @Override
  void close();

  /** A folder that all workers share. */
  record Folder(Path root) implements StoreUnderTest {
    @Override
    public Map<String, String> environment() {
      return Map.of("SEEDANCE_STORE", root.toString());
    }

    @Override
    public long receipts() {
      if (!Files.isDirectory(root)) {
        return 0;
      }
      try (Stream<Path> files = Files.walk(root)) {
        return files.filter(file -> file.getParent().endsWith("receipts")).count();
      } catch (IOException | UncheckedIOException e) {
        return 0;
      }
    }

    @Override
    public Optional<byte[]> content(URI location) {
      try {
        Path file = Path.of(location);
        return Files.isRegularFile(file) ? Optional.of(Files.readAllBytes(file)) : Optional.empty();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public Optional<String> linked(URI location) {
      return Optional.empty();
    }

    @Override
    public void close() {}
  }

  /** A bucket behind a network that loses replies, and an object store that is busy or away. */
  final class Bucket implements StoreUnderTest {
    private static final String PREFIX = "chaos";

    private final ObjectStoreServer server;
    private final FaultProxy network;

    Bucket(ObjectStoreServer server, Schedule schedule, Incidents incidents) {
      this.server = server;
      this.network =
          FaultProxy.of(server.endpoint().getPort(), new BucketRelay(schedule.seed(), incidents));
    }

    @Override
    public Map<String, String> environment() {
      Map<String, String> environment = new HashMap<>(ObjectStoreServer.environment());
      environment.put(
          "SEEDANCE_STORE",
          "s3://%s/%s?endpoint=http://%s&listing=consistent"
              .formatted(ObjectStoreServer.BUCKET, PREFIX, network.address()));
      return environment;
    }

    @Override
    public long receipts() {
      return server.count(PREFIX + "/.receipts/receipts/");
    }

    @Override
    public Optional<byte[]> content(URI location) {
      try (InputStream content = server.open(location.getPath().substring(1))) {
        return Optional.of(content.readAllBytes());
      } catch (IOException none) {
        return Optional.empty();
      }
    }

    @Override
    public Optional<String> linked(URI location) {
      return Optional.of("/" + location.getAuthority() + location.getRawPath() + "?");
    }

    @Override
    public void close() {
      network.close();
      server.close();
    }
  }
}
