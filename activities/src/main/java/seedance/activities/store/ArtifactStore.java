package seedance.activities.store;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import seedance.workflows.request.StoredInput;

/**
 * The operator's store, where clips outlive the service's 24 hours. A request never chooses where:
 * the store makes every name from the workflow's id and the task's.
 */
public interface ArtifactStore {

  /** Where the store is, for people. */
  URI location();

  /**
   * The place of one task's files. It is the same on every call for the same task, and no other
   * task's, not even where a workflow id is used again.
   *
   * @param workflowId whose generation it is; any characters
   * @param taskId the service's id of the task
   * @throws IOException when the store cannot be reached or written
   */
  StorePlace place(String workflowId, String taskId) throws IOException;

  /**
   * The place of the generation that was finished last under a workflow id: one with a manifest.
   *
   * @param workflowId any characters
   * @return empty where none was finished under it
   * @throws IOException when the store cannot be reached or read
   */
  Optional<StorePlace> latest(String workflowId) throws IOException;

  /**
   * Notes that what a workflow id stands for was made under another.
   *
   * @param workflowId any characters
   * @param original under which it was made
   * @throws IOException when the store cannot be reached or written
   */
  void takeOver(String workflowId, String original) throws IOException;

  /**
   * The workflow id under which was made what this one stands for.
   *
   * @param workflowId any characters
   * @return empty where it was not taken over
   * @throws IOException when the store cannot be reached or read
   */
  Optional<String> original(String workflowId) throws IOException;

  /**
   * The place of a chain's own files.
   *
   * @param workflowId the chain's; any characters
   * @throws IOException when the store cannot be reached or written
   */
  ChainPlace chainPlace(String workflowId) throws IOException;

  /**
   * Keeps a request until its clip is stored, durably; the same again changes nothing.
   *
   * @param workflowId any text
   * @param name any text, of this workflow id's requests
   * @param json without inline media
   * @throws IOException when the store cannot be reached or written
   */
  void keepRequest(String workflowId, String name, byte[] json) throws IOException;

  /**
   * A request that is kept.
   *
   * @return empty where there is none of that name
   * @throws IOException when the store cannot be read
   */
  Optional<byte[]> request(String workflowId, String name) throws IOException;

  /**
   * Forgets a request; none of that name is as good.
   *
   * @throws IOException when the store cannot be written
   */
  void forgetRequest(String workflowId, String name) throws IOException;

  /**
   * Where the service can fetch a stored file. It may be a secret and is told to the service alone.
   *
   * @param location as this store gave it
   * @return empty where the store serves nothing
   * @throws IOException when no link can be made now
   */
  Optional<URI> publicUrl(URI location) throws IOException;

  /**
   * Where a person finds a stored file for a while.
   *
   * @param location as this store gave it
   * @param lifetime after which the link may be dead, at most 7 days; where the store's files are
   *     open to whoever asks, it lives on
   * @throws IOException when the location is none of this store's, or no link can be made now
   */
  URI link(URI location, Duration lifetime) throws IOException;

  /**
   * A stored file on this machine, to be read only.
   *
   * @param location as this store gave it
   * @return empty where the store's files are elsewhere
   */
  Optional<Path> localFile(URI location);

  /**
   * Opens a stored file.
   *
   * @param location as this store gave it
   * @return empty where it is none of this store's, or is gone
   * @throws IOException when the store cannot be read
   */
  Optional<InputStream> open(URI location) throws IOException;

  /**
   * Puts a caller's file under its hash; where it is there already, nothing changes.
   *
   * @param name of which the hash is the file's
   * @throws IOException when the file cannot be read or has another hash, or the store cannot be
   *     written
   */
  StoredFile putInput(StoredInput name, Path file) throws IOException;

  /**
   * A caller's file.
   *
   * @return empty where there is none of that name
   * @throws IOException when the store cannot be read
   */
  Optional<StoredFile> input(StoredInput name) throws IOException;

  /** What was submitted, and which task came of it; kept beside the clips, for all workers. */
  Receipts receipts();

  /** The workers' own small files, beside the receipts; what is lost there is learnt again. */
  Notes notes();

  /**
   * Proves that the store can be written, for start-up and readiness.
   *
   * @throws IOException when it cannot, with a message for the operator
   */
  void checkWritable() throws IOException;
}
