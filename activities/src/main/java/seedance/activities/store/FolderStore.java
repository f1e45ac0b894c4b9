package seedance.activities.store;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import seedance.workflows.request.StoredInput;

/**
 * A store in a folder, on one machine or on a file system that all workers share. A generation's
 * files are in {@code WORKFLOW-ID/}; where an earlier task already owns that folder, because a
 * workflow id was used again, or files of a generation are in it that are no known task's, they are
 * in {@code WORKFLOW-ID/TASK-ID/}. Receipts are in {@code .receipts/}, a name that no workflow id
 * gets. A chain's own files are in {@code WORKFLOW-ID/} too, under names that no generation's file
 * has. No symbolic link below the folder is followed.
 */
public final class FolderStore implements ArtifactStore {
  /** Holds the workflow id under which was made what this folder stands for. */
  private static final String ORIGINAL = ".original";

  private static final String RECEIPTS = ".receipts";

  /** Holds the requests of generations whose clip is not stored yet. */
  private static final String REQUESTS = ".requests";

  private static final int LONGEST_ID = 16 * 1024;

  /** A body has 1 MiB at most. */
  private static final int LARGEST_REQUEST = 16 * 1024 * 1024;

  private final Path root;
  private final StoreFiles files;
  private final WorkflowFolders folders;
  private final Optional<URI> publicBase;
  private final FolderInputs inputs;
  private final FolderNotes notes;
  private final Receipts receipts;

  /**
   * A store that serves nothing.
   *
   * @param root the operator's folder; where it is not there yet, made when first written, and
   *     never again
   */
  public FolderStore(Path root) {
    this(root, Optional.empty());
  }

  /**
   * @param root the operator's folder; where it is not there yet, made when first written, and
   *     never again
   * @param publicBase the URL under which the operator serves that folder to the service; empty for
   *     none
   * @throws IllegalArgumentException as {@link PublicUrl#require}
   */
  public FolderStore(Path root, Optional<URI> publicBase) {
    this(root, publicBase, StoreAccess.OWNER);
  }

  /**
   * @param root the operator's folder; where it is not there yet, made when first written, and
   *     never again
   * @param publicBase as above
   * @param access who can read manifests, kept requests and receipts
   * @throws IllegalArgumentException as above
   */
  public FolderStore(Path root, Optional<URI> publicBase, StoreAccess access) {
    this(
        new StoreFiles(Objects.requireNonNull(root, "root").toAbsolutePath().normalize(), access),
        publicBase);
  }

  FolderStore(StoreFiles files, Optional<URI> publicBase) {
    this.root = files.root();
    this.files = files;
    this.folders = new WorkflowFolders(files);
    publicBase.ifPresent(PublicUrl::require);
    this.publicBase = publicBase;
    this.inputs = new FolderInputs(files);
    this.notes = new FolderNotes(files, root.resolve(RECEIPTS));
    this.receipts = new NotedReceipts(notes, Clock.systemUTC());
  }

  @Override
  public URI location() {
    return root.toUri();
  }

  @Override
  public StorePlace place(String workflowId, String taskId) throws IOException {
    Path folder = folders.made(workflowId);
    FolderPlace place = new FolderPlace(folder, files.access());
    return place.claim(taskId)
        ? place
        : new FolderPlace(folders.madeIn(folder, StoreName.ofTask(taskId), taskId), files.access());
  }

  @Override
  public Optional<StorePlace> latest(String workflowId) throws IOException {
    // Workers make it when they start: it is not empty but away.
    files.requireRoot();
    Path latest = null;
    Instant finishedAt = Instant.MIN;
    for (Path folder : folders.of(workflowId)) {
      for (Path candidate : files.isFolder(folder) ? withSubfolders(folder) : List.<Path>of()) {
        Optional<Instant> finished = new FolderPlace(candidate, files.access()).finishedAt();
        if (finished.isPresent() && finished.get().isAfter(finishedAt)) {
          latest = candidate;
          finishedAt = finished.get();
        }
      }
    }
    return Optional.ofNullable(latest).map(place -> new FolderPlace(place, files.access()));
  }

  private static List<Path> withSubfolders(Path folder) throws IOException {
    List<Path> folders = new ArrayList<>(List.of(folder));
    try (Stream<Path> files = Files.list(folder)) {
      files
          .filter(file -> Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS))
          .filter(file -> !file.getFileName().toString().startsWith("."))
          .sorted()
          .forEach(folders::add);
    } catch (NoSuchFileException none) {
      return List.of();
    }
    return folders;
  }

  @Override
  public void takeOver(String workflowId, String original) throws IOException {
    Path folder = folders.made(workflowId);
    try (PartFile part = PartFile.in(folder, ORIGINAL)) {
      part.write(ByteBuffer.wrap(original.getBytes(StandardCharsets.UTF_8)));
      part.moveTo(ORIGINAL);
    }
    PartFile.deleteThoseOfDeadWorkers(folder, ORIGINAL);
  }

  @Override
  public Optional<String> original(String workflowId) throws IOException {
    return read(workflowId, ORIGINAL, LONGEST_ID).map(id -> new String(id, StandardCharsets.UTF_8));
  }

  /** The first that is there. */
  private Optional<byte[]> read(String workflowId, String file, int most) throws IOException {
    for (Path folder : folders.of(workflowId)) {
      Path there = folder.resolve(file);
      Optional<byte[]> content =
          files.isFolder(Objects.requireNonNull(there.getParent()))
              ? StoreFiles.read(there, most)
              : Optional.empty();
      if (content.isPresent()) {
        return content;
      }
    }
    return Optional.empty();
  }

  @Override
  public ChainPlace chainPlace(String workflowId) throws IOException {
    return new FolderChainPlace(folders.made(workflowId), files.access());
  }

  @Override
  public void keepRequest(String workflowId, String name, byte[] json) throws IOException {
    Path folder = folders.made(workflowId).resolve(REQUESTS);
    files.makePrivateFolder(folder);
    try (PartFile part = PartFile.in(folder, StoreName.of(name), files.access().file(folder))) {
      part.write(ByteBuffer.wrap(json));
      part.moveTo(StoreName.of(name));
    }
  }

  @Override
  public Optional<byte[]> request(String workflowId, String name) throws IOException {
    return read(workflowId, REQUESTS + "/" + StoreName.of(name), LARGEST_REQUEST);
  }

  @Override
  public void forgetRequest(String workflowId, String name) throws IOException {
    for (Path folder : folders.of(workflowId)) {
      forget(folder.resolve(REQUESTS), StoreName.of(name));
    }
  }

  private void forget(Path folder, String request) throws IOException {
    if (!files.isFolder(folder)) {
      return;
    }
    Files.deleteIfExists(folder.resolve(request));
    try {
      Files.deleteIfExists(folder);
    } catch (DirectoryNotEmptyException others) {
      // Those of other runs.
    }
  }

  @Override
  public Optional<URI> publicUrl(URI location) {
    return publicBase.flatMap(
        base ->
            localFile(location)
                .map(file -> root.relativize(file).toString().replace(File.separatorChar, '/'))
                .map(path -> PublicUrl.under(base, path)));
  }

  /** The URL that the operator serves it at, else where it is on this machine. */
  @Override
  public URI link(URI location, Duration lifetime) throws IOException {
    Path file =
        localFile(location).orElseThrow(() -> new IOException("the store has no such file"));
    return publicUrl(location).orElseGet(file::toUri);
  }

  @Override
  public Optional<InputStream> open(URI location) throws IOException {
    Optional<Path> file = localFile(location);
    return file.isPresent() ? Optional.of(StoreFiles.open(file.get())) : Optional.empty();
  }

  @Override
  public Optional<Path> localFile(URI location) {
    if (!"file".equalsIgnoreCase(location.getScheme())) {
      return Optional.empty();
    }
    Path file;
    try {
      file = Path.of(location).toAbsolutePath().normalize();
    } catch (IllegalArgumentException | FileSystemNotFoundException elsewhere) {
      return Optional.empty();
    }
    return file.startsWith(root) && !file.equals(root) && isOwnFile(file)
        ? Optional.of(file)
        : Optional.empty();
  }

  private boolean isOwnFile(Path file) {
    try {
      Path folder = file.getParent();
      return folder != null && files.isFolder(folder) && StoreFiles.isFile(file);
    } catch (IOException aLinkIsInTheWay) {
      return false;
    }
  }

  @Override
  public StoredFile putInput(StoredInput name, Path file) throws IOException {
    return inputs.put(name, file);
  }

  @Override
  public Optional<StoredFile> input(StoredInput name) throws IOException {
    return inputs.find(name);
  }

  @Override
  public Receipts receipts() {
    return receipts;
  }

  @Override
  public Notes notes() {
    return notes;
  }

  @Override
  public void checkWritable() throws IOException {
    files.makeRoot();
    Path probe = Files.createTempFile(root, ".writable-", null);
    Files.delete(probe);
    notes.checkWritable();
  }

  @Override
  public String toString() {
    return "FolderStore[" + root + "]";
  }
}
