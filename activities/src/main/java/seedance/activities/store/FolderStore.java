package seedance.activities.store;

import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import seedance.workflows.generation.Artifact;

/**
 * A store in a folder, on one machine or on a file system that all workers share. A generation's
 * files are in {@code WORKFLOW-ID/}; where an earlier task already owns that folder, because a
 * workflow id was used again, they are in {@code WORKFLOW-ID/TASK-ID/}. Receipts are in {@code
 * .receipts/}, a name that no workflow id gets. A chain's own files are in {@code WORKFLOW-ID/}
 * too, under names that no generation's file has.
 */
public final class FolderStore implements ArtifactStore {
  /** Holds the id of the task that owns a folder. */
  private static final String CLAIM = ".task";

  /** Holds the workflow id under which was made what this folder stands for. */
  private static final String ORIGINAL = ".original";

  private static final String RECEIPTS = ".receipts";

  /** Holds the requests of generations whose clip is not stored yet. */
  private static final String REQUESTS = ".requests";

  private final Path root;
  private final Optional<URI> publicBase;
  private final Receipts receipts;

  /**
   * A store that serves nothing.
   *
   * @param root the operator's folder; made when first written
   */
  public FolderStore(Path root) {
    this(root, Optional.empty());
  }

  /**
   * @param root the operator's folder; made when first written
   * @param publicBase the URL under which the operator serves that folder to the service; empty for
   *     none
   * @throws IllegalArgumentException when the URL is no {@code https://} or {@code http://} URL, or
   *     has a user, a query or a fragment
   */
  public FolderStore(Path root, Optional<URI> publicBase) {
    this.root = Objects.requireNonNull(root, "root").toAbsolutePath().normalize();
    publicBase.ifPresent(FolderStore::requireBase);
    this.publicBase = publicBase;
    this.receipts = new FolderReceipts(this.root.resolve(RECEIPTS), Clock.systemUTC());
  }

  @Override
  public StorePlace place(String workflowId, String taskId) throws IOException {
    Path folder = root.resolve(StoreName.of(workflowId));
    if (!claim(folder, taskId)) {
      folder = folder.resolve(StoreName.of(taskId));
      Files.createDirectories(folder);
    }
    return new FolderPlace(folder);
  }

  private static void requireBase(URI url) {
    boolean web =
        "https".equalsIgnoreCase(url.getScheme()) || "http".equalsIgnoreCase(url.getScheme());
    if (!web
        || url.getHost() == null
        || url.getRawUserInfo() != null
        || url.getRawQuery() != null
        || url.getRawFragment() != null) {
      throw new IllegalArgumentException(
          "the store's URL is https:// and a host, without user and query");
    }
  }

  @Override
  public Optional<StorePlace> latest(String workflowId) throws IOException {
    if (!Files.isDirectory(root)) {
      // Workers make it when they start: it is not empty but away, say not mounted.
      throw new IOException("its folder is not there");
    }
    Path folder = root.resolve(StoreName.of(workflowId));
    Path latest = null;
    Instant finishedAt = Instant.MIN;
    for (Path candidate : withSubfolders(folder)) {
      Optional<Instant> finished = new FolderPlace(candidate).finishedAt();
      if (finished.isPresent() && finished.get().isAfter(finishedAt)) {
        latest = candidate;
        finishedAt = finished.get();
      }
    }
    return Optional.ofNullable(latest).map(FolderPlace::new);
  }

  private static List<Path> withSubfolders(Path folder) throws IOException {
    List<Path> folders = new ArrayList<>(List.of(folder));
    try (Stream<Path> files = Files.list(folder)) {
      files.filter(Files::isDirectory).sorted().forEach(folders::add);
    } catch (NoSuchFileException none) {
      return List.of();
    }
    return folders;
  }

  @Override
  public void takeOver(String workflowId, String original) throws IOException {
    Path folder = root.resolve(StoreName.of(workflowId));
    Files.createDirectories(folder);
    try (PartFile part = PartFile.in(folder, ORIGINAL)) {
      part.write(ByteBuffer.wrap(original.getBytes(StandardCharsets.UTF_8)));
      part.moveTo(ORIGINAL);
    }
    PartFile.deleteThoseOfDeadWorkers(folder, ORIGINAL);
  }

  @Override
  public Optional<String> original(String workflowId) throws IOException {
    Path file = root.resolve(StoreName.of(workflowId)).resolve(ORIGINAL);
    return Files.isRegularFile(file) ? Optional.of(Files.readString(file)) : Optional.empty();
  }

  @Override
  public ChainPlace chainPlace(String workflowId) throws IOException {
    Path folder = root.resolve(StoreName.of(workflowId));
    Files.createDirectories(folder);
    return new FolderChainPlace(folder);
  }

  @Override
  public void keepRequest(String workflowId, String name, byte[] json) throws IOException {
    Path folder = requests(workflowId);
    Files.createDirectories(folder);
    try (PartFile part = PartFile.in(folder, StoreName.of(name))) {
      part.write(ByteBuffer.wrap(json));
      part.moveTo(StoreName.of(name));
    }
  }

  @Override
  public Optional<byte[]> request(String workflowId, String name) throws IOException {
    try {
      return Optional.of(Files.readAllBytes(requests(workflowId).resolve(StoreName.of(name))));
    } catch (NoSuchFileException none) {
      return Optional.empty();
    }
  }

  @Override
  public void forgetRequest(String workflowId, String name) throws IOException {
    Files.deleteIfExists(requests(workflowId).resolve(StoreName.of(name)));
    try {
      Files.deleteIfExists(requests(workflowId));
    } catch (DirectoryNotEmptyException others) {
      // Those of other runs.
    }
  }

  private Path requests(String workflowId) {
    return root.resolve(StoreName.of(workflowId)).resolve(REQUESTS);
  }

  @Override
  public Optional<URI> publicUrl(Artifact artifact) {
    return publicBase.flatMap(base -> localFile(artifact).map(file -> under(base, file)));
  }

  private URI under(URI base, Path file) {
    StringBuilder url = new StringBuilder(base.toString().replaceAll("/+$", ""));
    for (Path name : root.relativize(file)) {
      // Of what names in the store can hold, only this has a meaning in a URL.
      url.append('/').append(name.toString().replace("%", "%25"));
    }
    return URI.create(url.toString());
  }

  @Override
  public Optional<Path> localFile(Artifact artifact) {
    if (!"file".equalsIgnoreCase(artifact.location().getScheme())) {
      return Optional.empty();
    }
    Path file = Path.of(artifact.location()).toAbsolutePath().normalize();
    return file.startsWith(root) && Files.isRegularFile(file)
        ? Optional.of(file)
        : Optional.empty();
  }

  @Override
  public Receipts receipts() {
    return receipts;
  }

  @Override
  public void checkWritable() throws IOException {
    Files.createDirectories(root);
    Path probe = Files.createTempFile(root, ".writable-", null);
    Files.delete(probe);
  }

  /** One at a time, as a claim that is being written looks like that of a dead writer. */
  private static synchronized boolean claim(Path folder, String taskId) throws IOException {
    Files.createDirectories(folder);
    Path claim = folder.resolve(CLAIM);
    try {
      Files.writeString(claim, taskId, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      return true;
    } catch (FileAlreadyExistsException claimed) {
      String owner = Files.readString(claim, StandardCharsets.UTF_8);
      if (owner.isEmpty()) {
        // Its writer died between making the file and writing it, before it stored anything.
        Files.writeString(claim, taskId);
        return true;
      }
      return owner.equals(taskId);
    }
  }

  @Override
  public String toString() {
    return "FolderStore[" + root + "]";
  }
}
