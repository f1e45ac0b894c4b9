package seedance.activities.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import seedance.workflows.request.StoredInput;

/** Callers of one machine that share a store. */
class FolderInputsTest {
  @TempDir Path folder;

  @Test
  void sameFile_putByManyAtOnce_isThereForAll() throws Exception {
    Path file = Files.write(folder.resolve("cat.png"), new byte[3_000_000]);
    StoredInput name =
        StoredInput.of("store://inputs/" + Sha256.of(Files.newInputStream(file)) + ".png")
            .orElseThrow();
    ExecutorService callers = Executors.newFixedThreadPool(8);
    List<Future<StoredFile>> puts = new ArrayList<>();
    try {
      for (int i = 0; i < 40; i++) {
        puts.add(
            callers.submit(() -> new FolderStore(folder.resolve("store")).putInput(name, file)));
      }
      for (Future<StoredFile> put : puts) {
        assertThat(put.get().bytes()).isEqualTo(3_000_000);
      }
    } finally {
      callers.shutdownNow();
    }
  }

  @Test
  void locationsOfOtherMachines_areNoneOfThisStore() {
    for (String location : List.of("file://server/share/video.mp4", "file:///a?b", "file:x")) {
      assertThat(new FolderStore(folder).localFile(URI.create(location))).as(location).isEmpty();
    }
  }
}
