package seedance.activities.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import seedance.workflows.generation.TaskTraits;
import seedance.workflows.json.WireForm;

/**
 * Receipts as small files: {@code open/SUBMISSION}, {@code receipts/SUBMISSION}, {@code
 * claims/TASK} and {@code choices/SUBMISSION}.
 */
final class FolderReceipts implements Receipts {
  private static final Logger log = LoggerFactory.getLogger(FolderReceipts.class);

  private static final ObjectMapper JSON =
      new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

  /** A note has ids and a request's settings. */
  private static final int LARGEST = 1 << 20;

  private final StoreFiles files;
  private final Path folder;
  private final Path open;
  private final Path receipts;
  private final Path claims;
  private final FolderChoices choices;
  private final FolderCallbackSecret callbackSecret;
  private final Clock clock;

  /**
   * @param folder below the root of {@code files}
   */
  FolderReceipts(StoreFiles files, Path folder, Clock clock) {
    this.files = files;
    this.folder = folder;
    this.open = folder.resolve("open");
    this.receipts = folder.resolve("receipts");
    this.claims = folder.resolve("claims");
    this.choices = new FolderChoices(files, folder.resolve("choices"), this::ownerOf, clock);
    this.callbackSecret = new FolderCallbackSecret(files, folder, clock);
    this.clock = Objects.requireNonNull(clock, "clock");
  }

  /**
   * Proves that notes can be written, where there are some already.
   *
   * @throws IOException when they cannot
   */
  void checkWritable() throws IOException {
    for (Path notes : List.of(folder, open, receipts, claims)) {
      if (files.isFolder(notes) && !Files.isWritable(notes)) {
        throw new AccessDeniedException(notes.toString());
      }
    }
  }

  @Override
  public boolean open(OpenSubmission submission) throws IOException {
    files.makePrivateFolder(open);
    String name = StoreName.of(submission.submissionId());
    try (PartFile part = newFile(open, name)) {
      part.write(ByteBuffer.wrap(json(submission)));
      return part.claim(name);
    }
  }

  @Override
  public void accepted(String submissionId, String taskId) throws IOException {
    String workflowId = find(submissionId).map(OpenSubmission::workflowId).orElse(null);
    // A receipt that is there already knows the workflow, which is no longer to be had otherwise.
    if (workflowId != null || taskOf(submissionId).filter(taskId::equals).isEmpty()) {
      write(receipts, submissionId, new Receipt(taskId, workflowId));
    }
    claim(taskId, submissionId);
    close(submissionId);
  }

  @Override
  public void close(String submissionId) throws IOException {
    if (files.isFolder(open)) {
      Files.deleteIfExists(open.resolve(StoreName.of(submissionId)));
    }
  }

  @Override
  public Optional<String> taskOf(String submissionId) throws IOException {
    return read(receipts, submissionId, Receipt.class).map(Receipt::taskId);
  }

  @Override
  public Optional<String> ownerOf(String taskId) throws IOException {
    return read(claims, taskId, Claim.class).map(Claim::submissionId);
  }

  @Override
  public boolean claim(String taskId, String submissionId) throws IOException {
    String name = StoreName.of(taskId);
    files.makePrivateFolder(claims);
    try (PartFile part = newFile(claims, name)) {
      part.write(ByteBuffer.wrap(json(new Claim(submissionId))));
      if (part.claim(name)) {
        return true;
      }
    }
    Optional<String> owner = ownerOf(taskId);
    if (owner.isPresent()) {
      return owner.get().equals(submissionId);
    }
    moveAside(claims.resolve(name));
    return false;
  }

  @Override
  public boolean claimOnly(String taskId, String submissionId) throws IOException {
    // One that is another's is no choice.
    return ownerOf(taskId).filter(owner -> !owner.equals(submissionId)).isEmpty()
        && choices.choose(submissionId, taskId)
        && taskOf(submissionId).filter(task -> !task.equals(taskId)).isEmpty()
        && claim(taskId, submissionId);
  }

  /**
   * A claim that says nothing, as its disk was full or broken, must not hold its task for ever; the
   * next attempt has the place to itself.
   */
  private void moveAside(Path broken) throws IOException {
    try {
      Instant written = Files.getLastModifiedTime(broken, LinkOption.NOFOLLOW_LINKS).toInstant();
      if (written.plus(PartFile.LONGEST_WRITE).isBefore(clock.instant())) {
        Files.move(
            broken,
            claims.resolve("." + UUID.randomUUID() + ".broken"),
            StandardCopyOption.ATOMIC_MOVE);
      }
    } catch (NoSuchFileException gone) {
      // Another worker was faster.
    }
    throw new IOException("a claim in it is not readable");
  }

  @Override
  public CallbackSecret callbackSecret() throws IOException {
    return callbackSecret.get();
  }

  @Override
  public Optional<OpenSubmission> find(String submissionId) throws IOException {
    return read(open, submissionId, OpenSubmission.class);
  }

  @Override
  public Optional<String> workflowOf(String submissionId) throws IOException {
    Optional<String> stillOpen = find(submissionId).map(OpenSubmission::workflowId);
    return stillOpen.isPresent()
        ? stillOpen
        : read(receipts, submissionId, Receipt.class).map(Receipt::workflowId);
  }

  @Override
  public List<OpenSubmission> openSince(Instant moment) throws IOException {
    List<OpenSubmission> found = new ArrayList<>();
    for (Path file : files.isFolder(open) ? filesIn(open) : List.<Path>of()) {
      Optional<OpenSubmission> submission = openIn(file);
      if (submission.isPresent()
          && !submission.get().openedAt().isBefore(moment)
          && !isSettled(submission.get().submissionId())) {
        found.add(submission.get());
      }
    }
    return found;
  }

  /** The receipt comes before the claim, and until that its task looks like anyone's. */
  private boolean isSettled(String submissionId) throws IOException {
    Optional<String> task = taskOf(submissionId);
    return task.isPresent() && ownerOf(task.get()).isPresent();
  }

  /** Empty where the file is gone. */
  private static Optional<OpenSubmission> openIn(Path file) throws IOException {
    Optional<Instant> written = StoreFiles.writtenAt(file);
    if (written.isEmpty()) {
      return Optional.empty();
    }
    Optional<OpenSubmission> read = read(file, OpenSubmission.class);
    return read.isPresent() || !StoreFiles.isThere(file)
        ? read
        : Optional.of(
            new OpenSubmission(file.getFileName().toString(), "", written.get(), TaskTraits.ANY));
  }

  /** Without those that are being written. */
  private static List<Path> filesIn(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> !file.getFileName().toString().startsWith(".")).toList();
    } catch (NoSuchFileException none) {
      return List.of();
    }
  }

  private void write(Path folder, String id, Object note) throws IOException {
    files.makePrivateFolder(folder);
    String name = StoreName.of(id);
    try (PartFile part = newFile(folder, name)) {
      part.write(ByteBuffer.wrap(json(note)));
      part.moveTo(name);
    }
  }

  private static byte[] json(Object note) {
    try {
      return JSON.writeValueAsBytes(note);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a note is always JSON", e);
    }
  }

  private PartFile newFile(Path folder, String name) throws IOException {
    return PartFile.in(folder, name, files.access().file(folder));
  }

  private <T> Optional<T> read(Path folder, String id, Class<T> type) throws IOException {
    return files.isFolder(folder) ? read(folder.resolve(StoreName.of(id)), type) : Optional.empty();
  }

  private static <T> Optional<T> read(Path file, Class<T> type) throws IOException {
    Optional<byte[]> json = StoreFiles.read(file, LARGEST);
    if (json.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.ofNullable(JSON.readValue(json.get(), type));
    } catch (IOException notReadable) {
      log.warn("The note {} in the store is not readable", file.getFileName());
      return Optional.empty();
    }
  }

  /**
   * @param workflowId null where it was not known
   */
  @WireForm
  private record Receipt(String taskId, @Nullable String workflowId) {
    Receipt {
      Objects.requireNonNull(taskId, "taskId");
    }
  }

  @WireForm
  private record Claim(String submissionId) {
    Claim {
      Objects.requireNonNull(submissionId, "submissionId");
    }
  }
}
