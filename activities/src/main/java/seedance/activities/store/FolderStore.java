package seedance.activities.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.Objects;

/**
 * A store in a folder, on one machine or on a file system that all workers share. A generation's
 * files are in {@code WORKFLOW-ID/}; where an earlier task already owns that folder, because a
 * workflow id was used again, they are in {@code WORKFLOW-ID/TASK-ID/}. Receipts are in {@code
 * .receipts/}, a name that no workflow id gets.
 */
public final class FolderStore implements ArtifactStore {
  /** Holds the id of the task that owns a folder. */
  private static final String CLAIM = ".task";

  private static final String RECEIPTS = ".receipts";

  private final Path root;
  private final Receipts receipts;

  /**
   * @param root the operator's folder; made when first written
   */
  public FolderStore(Path root) {
    this.root = Objects.requireNonNull(root, "root").toAbsolutePath().normalize();
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
