package seedance.activities.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import seedance.workflows.generation.Artifact;
import seedance.workflows.generation.TaskTraits;

/** Who can read what is in the store, by the permissions of its files and folders. */
class StoreAccessTest {
  private static final String OWNERS_FILE = "rw-------";
  private static final String OWNERS_FOLDER = "rwx------";
  private static final byte[] JSON = "{}".getBytes(StandardCharsets.UTF_8);

  @TempDir Path folder;
  private Path root;

  @BeforeEach
  void needsPosix() {
    Assumptions.assumeTrue(
        folder.getFileSystem().supportedFileAttributeViews().contains("posix"),
        "skipped: the file system is not POSIX");
    root = folder.resolve("clips");
  }

  @Test
  void whatHoldsPrompts_isItsOwnersAlone_andClipsAreAsTheUmaskHasThem() throws Exception {
    fill(new FolderStore(root));

    assertThat(permissions("w/manifest.json")).isEqualTo(OWNERS_FILE);
    assertThat(permissions("w/chain.json")).isEqualTo(OWNERS_FILE);
    assertThat(permissions("w/.requests")).isEqualTo(OWNERS_FOLDER);
    assertThat(permissions("w/.requests/run")).isEqualTo(OWNERS_FILE);
    assertThat(permissions(".receipts")).isEqualTo(OWNERS_FOLDER);
    assertThat(permissions(".receipts/open")).isEqualTo(OWNERS_FOLDER);
    assertThat(permissions(".receipts/open/s")).isEqualTo(OWNERS_FILE);
    assertThat(permissions(".receipts/receipts/r")).isEqualTo(OWNERS_FILE);
    assertThat(permissions(".receipts/claims/cgt-1")).isEqualTo(OWNERS_FILE);
    for (String served : new String[] {"", "w"}) {
      assertThat(permissions(served)).as(served).isEqualTo(usualFolder());
    }
    for (String served : new String[] {"w/video.mp4", "w/last_frame.png", "w/film.mp4"}) {
      assertThat(permissions(served)).as(served).isEqualTo(usualFile());
    }
  }

  @Test
  void everythingIsAsTheUmaskHasIt_whereTheOperatorSaysSo() throws Exception {
    fill(new FolderStore(root, Optional.empty(), StoreAccess.UMASK));

    for (String file :
        new String[] {
          "w/manifest.json", "w/chain.json", "w/.requests/run", ".receipts/open/s", "w/video.mp4"
        }) {
      assertThat(permissions(file)).as(file).isEqualTo(usualFile());
    }
    assertThat(permissions("w/.requests")).isEqualTo(usualFolder());
    assertThat(permissions(".receipts")).isEqualTo(usualFolder());
  }

  @Test
  void storeOfAnEarlierVersion_worksOn_andWhatIsWrittenAnewIsTheOwners() throws Exception {
    FolderStore before = new FolderStore(root, Optional.empty(), StoreAccess.UMASK);
    fill(before);
    FolderStore store = new FolderStore(root);
    store.checkWritable();

    assertThat(store.place("w", "cgt-1").manifest()).hasValue(JSON);
    assertThat(store.request("w", "run")).hasValue(JSON);
    assertThat(store.receipts().find("s")).isPresent();
    assertThat(store.receipts().taskOf("r")).contains("cgt-1");
    fill(store);

    assertThat(permissions("w/manifest.json")).isEqualTo(OWNERS_FILE);
    assertThat(permissions("w/.requests/run")).isEqualTo(OWNERS_FILE);
    assertThat(before.place("w", "cgt-1").find(Artifact.Kind.VIDEO)).isPresent();
  }

  private static void fill(FolderStore store) throws IOException {
    StorePlace place = store.place("w", "cgt-1");
    Saved.in(place, Artifact.Kind.VIDEO, MediaBytes.mp4(50));
    Saved.in(place, Artifact.Kind.LAST_FRAME, MediaBytes.png());
    place.saveManifest(JSON);
    store.keepRequest("w", "run", JSON);
    store.chainPlace("w").saveFilm(file -> Files.write(file, MediaBytes.mp4(50)));
    store.chainPlace("w").saveManifest(JSON);
    store.receipts().open(new OpenSubmission("s", "w", Instant.now(), TaskTraits.ANY));
    store.receipts().accepted("r", "cgt-1");
  }

  private String permissions(String file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(root.resolve(file)));
  }

  private String usualFile() throws IOException {
    Path probe = Files.write(folder.resolve("probe"), JSON);
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(probe));
  }

  private String usualFolder() throws IOException {
    Path probe = folder.resolve("probes");
    Files.createDirectories(probe);
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(probe));
  }
}
