package seedance.activities.store;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import seedance.workflows.generation.Artifact;
import seedance.workflows.json.Json;

/** One folder of a {@link FolderStore}. */
final class FolderPlace implements StorePlace {
  static final String MANIFEST = "manifest.json";

  /** A request has 1 MiB at most; what is larger is read in part, and so is no manifest. */
  private static final int LARGEST_MANIFEST = 16 * 1024 * 1024;

  /** Holds the id of the task that owns a folder. */
  private static final String CLAIM = ".task";

  private static final int LONGEST_ID = 16 * 1024;

  private final Path folder;
  private final StoreAccess access;

  FolderPlace(Path folder, StoreAccess access) {
    this.folder = folder;
    this.access = access;
  }

  @Override
  public URI location() {
    return folder.toUri();
  }

  @Override
  public Optional<Artifact> find(Artifact.Kind kind) throws IOException {
    for (MediaType type : MediaType.values()) {
      Path file = folder.resolve(type.fileName(kind));
      if (StoreFiles.isFile(file)) {
        return Optional.of(
            new Artifact(kind, file.toUri(), type.mimeType(), Files.size(file), hashOf(file)));
      }
    }
    return Optional.empty();
  }

  @Override
  public Optional<Artifact> findWhole(Artifact.Kind kind) throws IOException {
    for (MediaType type : MediaType.values()) {
      Path file = folder.resolve(type.fileName(kind));
      if (StoreFiles.isFile(file)) {
        Arrival arrival = new Arrival(kind, Long.MAX_VALUE);
        if (isWhole(file, arrival, type)) {
          return Optional.of(
              new Artifact(kind, file.toUri(), type.mimeType(), arrival.bytes(), arrival.sha256()));
        }
      }
    }
    return Optional.empty();
  }

  private static boolean isWhole(Path file, Arrival arrival, MediaType type) throws IOException {
    try {
      return checked(file, arrival) == type;
    } catch (BrokenDownloadException | FileTooLargeException notWhole) {
      return false;
    }
  }

  /**
   * The type of a finished file, which arrives anew.
   *
   * @throws BrokenDownloadException when it is not whole, or none of its kind
   */
  static MediaType checked(Path file, Arrival arrival) throws IOException {
    try (InputStream content = StoreFiles.open(file)) {
      arrival.takeAll(content);
    }
    return arrival.whole(OptionalLong.of(arrival.bytes()));
  }

  @Override
  public ArtifactSink open(Artifact.Kind kind, long largest) throws IOException {
    return FolderSink.open(folder, kind, largest);
  }

  @Override
  public Optional<byte[]> manifest() throws IOException {
    return StoreFiles.read(folder.resolve(MANIFEST), LARGEST_MANIFEST);
  }

  /**
   * Whether this is a task's: the one's that the manifest names, else the one's that claimed it
   * first. What has an empty claim, or a generation's files and no claim, is no task's: they were
   * there before, or are those of a task that is no longer known.
   */
  boolean claim(String taskId) throws IOException {
    Optional<String> finished = finishedTask();
    if (finished.isPresent()) {
      return finished.get().equals(taskId);
    }
    // Looked for before the claim is read, as a task's claim is there before its files.
    boolean hasFiles = hasFiles();
    Optional<String> owner = owner();
    if (hasFiles || owner.isPresent()) {
      return owner.filter(taskId::equals).isPresent();
    }
    try (PartFile part = PartFile.in(folder, CLAIM)) {
      part.write(ByteBuffer.wrap(taskId.getBytes(StandardCharsets.UTF_8)));
      part.claim(CLAIM);
    }
    return owner()
        .orElseThrow(() -> new FileAlreadyExistsException(folder.resolve(CLAIM).toString()))
        .equals(taskId);
  }

  private Optional<String> owner() throws IOException {
    return StoreFiles.read(folder.resolve(CLAIM), LONGEST_ID)
        .map(task -> new String(task, StandardCharsets.UTF_8));
  }

  /** The task that the manifest names; empty where there is none, or it names none. */
  private Optional<String> finishedTask() throws IOException {
    return manifest()
        .flatMap(Json::readBack)
        .flatMap(manifest -> manifest.text("taskId"))
        .filter(task -> !task.isEmpty());
  }

  /** Whether a file of a generation is there, whole or not. */
  private boolean hasFiles() {
    Stream<String> media =
        Stream.of(MediaType.values())
            .flatMap(
                type ->
                    Stream.of(
                        type.fileName(Artifact.Kind.VIDEO),
                        type.fileName(Artifact.Kind.LAST_FRAME)));
    return Stream.concat(Stream.of(MANIFEST), media)
        .anyMatch(name -> StoreFiles.isFile(folder.resolve(name)));
  }

  /** When the manifest was written; empty where there is none. */
  Optional<Instant> finishedAt() throws IOException {
    return StoreFiles.writtenAt(folder.resolve(MANIFEST));
  }

  @Override
  public URI saveManifest(byte[] json) throws IOException {
    try (PartFile part = PartFile.in(folder, MANIFEST, access.file(folder))) {
      part.write(ByteBuffer.wrap(json));
      part.moveTo(MANIFEST);
    }
    PartFile.deleteThoseOfDeadWorkers(folder, "");
    return manifestLocation();
  }

  @Override
  public URI manifestLocation() {
    return folder.resolve(MANIFEST).toUri();
  }

  private static String hashOf(Path file) throws IOException {
    try (InputStream content = StoreFiles.open(file)) {
      return Sha256.of(content);
    }
  }
}
