package seedance.activities.store;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.io.TempDir;

/** Whatever lies in the store as a note of a submission, it is read or counts as none. */
class NoteFuzzTest {
  private static final String ID = "0e9bd6c2-6d3e-4a3c-9a40-7f4a1de3d0f1";
  private static final String TASK = "cgt-1";

  @TempDir static Path folder;

  @FuzzTest(maxDuration = "10m")
  void note(byte[] note) throws IOException {
    FolderStore store = new FolderStore(folder);
    Receipts receipts = store.receipts();
    for (String kind : new String[] {"open", "receipts", "claims"}) {
      Path place = Files.createDirectories(folder.resolve(".receipts").resolve(kind));
      Files.write(place.resolve(kind.equals("claims") ? TASK : ID), note);
    }

    receipts.taskOf(ID);
    receipts.ownerOf(TASK);
    receipts.find(ID);
    receipts.workflowOf(ID);
    receipts.openSince(Instant.EPOCH);
  }
}
