package seedance.activities.store;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Which folders are a workflow's. */
final class WorkflowFolders {
  private final StoreFiles files;

  WorkflowFolders(StoreFiles files) {
    this.files = files;
  }

  /** An id's folder, under a name of its own where something else has the first one. */
  private Path folder(Path in, String name, String id) throws IOException {
    Path apart = in.resolve(StoreName.apart(id));
    Path plain = in.resolve(name);
    return StoreFiles.isThere(apart) || files.isTaken(plain) ? apart : plain;
  }

  private Path folder(String workflowId) throws IOException {
    return of(workflowId).get(0);
  }

  /**
   * A workflow's folder, and the one that an earlier version made of it: that encoded all but
   * ASCII, and may still run beside this one. What is only there is gone on with there.
   */
  List<Path> of(String workflowId) throws IOException {
    String name = StoreName.readable(workflowId);
    Path now = folder(files.root(), name, workflowId);
    Path earlier = files.root().resolve(StoreName.of(workflowId));
    if (StoreName.of(workflowId).equals(name) || !StoreFiles.isThere(earlier)) {
      return List.of(now);
    }
    return StoreFiles.isThere(now) ? List.of(now, earlier) : List.of(earlier);
  }

  /** A workflow's folder, which is made where it is not there. */
  Path made(String workflowId) throws IOException {
    files.makeRoot();
    files.makeFolder(folder(workflowId));
    return files.makeFolder(folder(workflowId));
  }

  /**
   * A folder in another, which is made where it is not there.
   *
   * @param name which it has, unless something else does
   */
  Path madeIn(Path in, String name, String id) throws IOException {
    files.makeRoot();
    files.makeFolder(folder(in, name, id));
    // Where the file system knows no case, another worker may have made its own at this moment.
    return files.makeFolder(folder(in, name, id));
  }
}
