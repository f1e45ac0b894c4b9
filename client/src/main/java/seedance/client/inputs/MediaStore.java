package seedance.client.inputs;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import seedance.workflows.request.StoredInput;

/**
 * The operator's store, as far as whoever starts generations may use it: where a caller's own files
 * are put for the service, and links to stored files come from.
 */
public interface MediaStore {

  /**
   * Puts a file under its hash; where it is there already, nothing changes.
   *
   * @param name of which the hash is the file's
   * @throws IOException when the file cannot be read or was changed, or the store cannot be written
   */
  void put(StoredInput name, Path file) throws IOException;

  /**
   * Where a person finds a stored file for a while. The link is a secret: whoever has it has the
   * file.
   *
   * @param location as a result or a manifest names it
   * @param lifetime at most 7 days; it may end earlier, and a store whose files are open to whoever
   *     asks gives links that live on
   * @throws IOException when the location is none of this store's, or no link can be made now
   */
  URI link(URI location, Duration lifetime) throws IOException;
}
