package seedance.activities.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import seedance.workflows.generation.Artifact;

/** One place for each task, always inside the operator's folder. */
class FolderStoreTest {
  @TempDir Path outside;
  private Path root;
  private FolderStore store;

  @BeforeEach
  void makeStore() {
    root = outside.resolve("clips");
    store = new FolderStore(root);
  }

  @Test
  void sameTask_hasTheSamePlace_onEveryWorker() throws Exception {
    URI place = store.place("my-id", "cgt-1").location();

    assertThat(store.place("my-id", "cgt-1").location()).isEqualTo(place);
    assertThat(new FolderStore(root).place("my-id", "cgt-1").location()).isEqualTo(place);
    assertThat(Path.of(place)).isEqualTo(root.resolve("my-id"));
  }

  @Test
  void secondTaskUnderTheSameWorkflowId_hasItsOwnPlace_andOverwritesNothing() throws Exception {
    save(store.place("my-id", "cgt-1"), 111);
    save(store.place("my-id", "cgt-2"), 222);
    save(store.place("my-id", "cgt-3"), 333);

    assertThat(root.resolve("my-id/video.mp4")).hasSize(111);
    assertThat(root.resolve("my-id/cgt-2/video.mp4")).hasSize(222);
    assertThat(root.resolve("my-id/cgt-3/video.mp4")).hasSize(333);
    assertThat(store.place("my-id", "cgt-2").find(Artifact.Kind.VIDEO).orElseThrow().bytes())
        .isEqualTo(222);
  }

  @Test
  void whatANewWorkerStored_isFound_afterAnEarlierOneMadeItsOwnFolder() throws Exception {
    store
        .place("橘", "cgt-1")
        .saveManifest("{\"taskId\":\"cgt-1\"}".getBytes(StandardCharsets.UTF_8));
    Files.createDirectories(root.resolve(StoreName.of("橘")).resolve(".requests"));

    assertThat(path(store.latest("橘").orElseThrow())).isEqualTo(root.resolve("橘"));
    assertThat(path(store.place("橘", "cgt-1"))).isEqualTo(root.resolve("橘"));
  }

  @Test
  void folderThatAnEarlierVersionMade_isGoneOnWith_andANewOneCanBeRead() throws Exception {
    Path earlier = Files.createDirectories(root.resolve("%E7%89%87-1"));
    Files.writeString(earlier.resolve(".task"), "cgt-1");

    assertThat(path(store.place("片-1", "cgt-1"))).isEqualTo(earlier);
    assertThat(path(store.place("片-2", "cgt-2"))).isEqualTo(root.resolve("片-2"));
  }

  @Test
  void emptyClaimOfADeadWorker_isNoTasks_asAnotherMayMendItToo() throws Exception {
    Files.createDirectories(root.resolve("my-id"));
    Files.createFile(root.resolve("my-id/.task"));

    assertThat(path(store.place("my-id", "cgt-1"))).isEqualTo(root.resolve("my-id/cgt-1"));
    assertThat(path(store.place("my-id", "cgt-2"))).isEqualTo(root.resolve("my-id/cgt-2"));
    assertThat(root.resolve("my-id/.task")).isEmptyFile();
  }

  @ParameterizedTest
  @ValueSource(strings = {"manifest.json", "video.mp4", "video.mov", "last_frame.webp"})
  void folderThatHasAGenerationsFiles_andNoClaim_isNoTasks(String name) throws Exception {
    Path folder = Files.createDirectories(root.resolve("my-id"));
    Files.write(folder.resolve(name), MediaBytes.mp4(99));

    assertThat(path(store.place("my-id", "cgt-1"))).isEqualTo(folder.resolve("cgt-1"));
    Files.createFile(folder.resolve(".task"));
    assertThat(path(store.place("my-id", "cgt-1"))).isEqualTo(folder.resolve("cgt-1"));
    assertThat(path(store.place("my-id", "cgt-2"))).isEqualTo(folder.resolve("cgt-2"));
    assertThat(folder.resolve(".task")).isEmptyFile();
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "", "cgt-2"})
  void folderWithAManifest_isThatTasks_whateverItsClaimSays(String claim) throws Exception {
    store
        .place("my-id", "cgt-1")
        .saveManifest("{\"taskId\":\"cgt-1\"}".getBytes(StandardCharsets.UTF_8));
    Files.delete(root.resolve("my-id/.task"));
    if (!claim.equals("none")) {
      Files.writeString(root.resolve("my-id/.task"), claim);
    }

    assertThat(path(store.place("my-id", "cgt-2"))).isEqualTo(root.resolve("my-id/cgt-2"));
    assertThat(path(store.place("my-id", "cgt-1"))).isEqualTo(root.resolve("my-id"));
  }

  @Test
  void folderWithAManifest_isThatTasks_howeverDeepItsRequestIs() throws Exception {
    String deep = "[".repeat(100) + "]".repeat(100);
    store
        .place("my-id", "cgt-1")
        .saveManifest(
            "{\"taskId\":\"cgt-1\",\"request\":{\"x\":%s}}"
                .formatted(deep)
                .getBytes(StandardCharsets.UTF_8));
    Files.delete(root.resolve("my-id/.task"));

    assertThat(path(store.place("my-id", "cgt-1"))).isEqualTo(root.resolve("my-id"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{}", "[", "null", "{\"taskId\":\"\"}", "{\"taskId\":7}"})
  void folderWhoseManifestNamesNoTask_isWhoseClaimItHas(String manifest) throws Exception {
    store.place("my-id", "cgt-1").saveManifest(manifest.getBytes(StandardCharsets.UTF_8));

    assertThat(path(store.place("my-id", "cgt-1"))).isEqualTo(root.resolve("my-id"));
    assertThat(path(store.place("my-id", "cgt-2"))).isEqualTo(root.resolve("my-id/cgt-2"));
  }

  @Test
  void twoTasksAtOnce_neverShareAPlace() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(2);
    CyclicBarrier together = new CyclicBarrier(2);
    try {
      for (int round = 0; round < 300; round++) {
        String workflowId = "shots-" + round;
        List<Future<URI>> places =
            List.of("cgt-1", "cgt-2").stream()
                .map(
                    task ->
                        threads.submit(
                            () -> {
                              together.await();
                              return new FolderStore(root).place(workflowId, task).location();
                            }))
                .toList();
        assertThat(places.get(0).get()).as(workflowId).isNotEqualTo(places.get(1).get());
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ".",
        "..",
        "../../etc/passwd",
        "/etc/passwd",
        "a/../../b",
        "C:\\clips\\x",
        ".hidden",
        "短片 一",
        "🎬",
        "%",
        "%2E%2E",
        "nul\0byte",
        "line\nbreak",
        "~",
        "-rf"
      })
  void oddWorkflowId_isOneFolderInsideTheStore(String id) throws Exception {
    StorePlace place = store.place(id, "cgt-1");
    save(place, 50);

    assertThat(path(place).toRealPath().getParent()).isEqualTo(root.toRealPath());
    assertThat(path(place).resolve("video.mp4")).exists();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "manifest.json",
        "MANIFEST.json",
        "video.mp4",
        "Video.MP4",
        "last_frame.png",
        "film.mp4",
        "chain.json",
        ".task",
        ".requests",
        ".original"
      })
  void taskThatIsCalledLikeAFileOfTheStore_isNotInItsWay(String task) throws Exception {
    StorePlace first = store.place("my-id", "cgt-1");
    StorePlace second = store.place("my-id", task);
    save(second, 222);
    second.saveManifest("{}".getBytes(StandardCharsets.UTF_8));
    Saved.in(first, Artifact.Kind.LAST_FRAME, MediaBytes.png());
    save(first, 111);
    first.saveManifest("{}".getBytes(StandardCharsets.UTF_8));
    store.keepRequest("my-id", "run", new byte[0]);
    store.takeOver("my-id", "another");
    ChainPlace chain = store.chainPlace("my-id");
    chain.saveFilm(file -> Files.write(file, MediaBytes.mp4(333)));
    chain.saveManifest("{}".getBytes(StandardCharsets.UTF_8));

    assertThat(store.place("my-id", task).find(Artifact.Kind.VIDEO).orElseThrow().bytes())
        .isEqualTo(222);
    assertThat(store.place("my-id", "cgt-1").find(Artifact.Kind.VIDEO).orElseThrow().bytes())
        .isEqualTo(111);
    assertThat(path(second).getParent()).isEqualTo(root.resolve("my-id"));
  }

  @Test
  void requestThatIsCalledLikeAManifest_isNoFinishedGeneration() throws Exception {
    store.keepRequest("my-id", "manifest.json", new byte[0]);

    assertThat(store.latest("my-id")).isEmpty();
  }

  @Test
  void idWhoseNameIsAFilesAlready_hasAFolderBesideIt() throws Exception {
    store.checkWritable();
    Files.writeString(root.resolve("body.json"), "{}");

    save(store.place("body.json", "cgt-1"), 50);
    store.place("body.json", "cgt-1").saveManifest(new byte[0]);

    assertThat(root.resolve("body.json")).hasContent("{}");
    assertThat(store.latest("body.json").map(FolderStoreTest::path))
        .contains(path(store.place("body.json", "cgt-1")));
    Files.delete(root.resolve("body.json"));
    assertThat(store.latest("body.json")).isPresent();
  }

  /** A file system that knows no case, as far as one that does can play it. */
  @Test
  void idOfAnothersNameInAnotherCase_hasAFolderOfItsOwn() throws Exception {
    Files.createDirectories(root.resolve("clip"));
    Files.createDirectories(root.resolve("other/cgt-a"));
    Files.writeString(root.resolve("other/.task"), "cgt-1");
    store =
        new FolderStore(
            new StoreFiles(root, StoreAccess.OWNER) {
              @Override
              String nameOnDisk(Path path) throws IOException {
                String name = super.nameOnDisk(path);
                return name.equals("clip") || name.equals("cgt-a")
                    ? name.toUpperCase(Locale.ROOT)
                    : name;
              }
            },
            Optional.empty());

    save(store.place("clip", "cgt-1"), 50);
    store.place("clip", "cgt-1").saveManifest(new byte[0]);
    save(store.place("other", "cgt-a"), 60);

    assertThat(root.resolve("clip")).isEmptyDirectory();
    assertThat(root.resolve("other/cgt-a")).isEmptyDirectory();
    assertThat(path(store.place("clip", "cgt-1")).getFileName().toString()).startsWith("clip~");
    assertThat(store.latest("clip")).isPresent();
    assertThat(store.place("other", "cgt-a").find(Artifact.Kind.VIDEO)).isPresent();
  }

  @Test
  void filmThatIsNone_leavesTheEarlierOne() throws Exception {
    ChainPlace chain = store.chainPlace("my-id");
    chain.saveFilm(file -> Files.write(file, MediaBytes.mp4(100)));
    byte[] cut = Arrays.copyOf(MediaBytes.mp4(100), 99);

    assertThatThrownBy(() -> chain.saveFilm(file -> Files.write(file, cut)))
        .isInstanceOf(BrokenDownloadException.class);

    assertThat(root.resolve("my-id")).isDirectoryContaining("glob:**/film.mp4");
    assertThat(root.resolve("my-id/film.mp4")).hasSize(100);
  }

  @Test
  void oddTaskId_isOneFolderInsideItsWorkflows() throws Exception {
    store.place("my-id", "cgt-1");

    assertThat(path(store.place("my-id", "../../up")).getParent()).isEqualTo(root.resolve("my-id"));
  }

  @Test
  void idsThatLookAlike_haveFoldersOfTheirOwn() throws Exception {
    String tooLong = "x".repeat(1000);
    List<String> ids =
        List.of(
            "Clip",
            "clip",
            "a/b",
            "a%2Fb",
            "a b",
            "a+b",
            "",
            "%",
            ".",
            "%2E",
            tooLong + "1",
            tooLong + "2",
            tooLong,
            "x".repeat(160),
            "片".repeat(400),
            "片".repeat(401));

    Set<URI> places = new HashSet<>();
    for (String id : ids) {
      places.add(store.place(id, "cgt-1").location());
    }

    assertThat(places).hasSize(ids.size());
  }

  @Test
  void fileInTheWay_isAnError_notAPlace() throws Exception {
    Files.writeString(root, "not a folder");

    assertThatThrownBy(() -> store.place("my-id", "cgt-1")).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> store.checkWritable()).isInstanceOf(IOException.class);
  }

  @Test
  void checkWritable_makesTheFolder_andLeavesNothingInIt() throws Exception {
    store.checkWritable();

    assertThat(root).isEmptyDirectory();
  }

  @Test
  void latest_isTheOneWhoseManifestIsYoungest_andMakesNothing() throws Exception {
    store.checkWritable();
    assertThat(store.latest("my-id")).isEmpty();
    assertThat(root).isEmptyDirectory();
    store.place("my-id", "cgt-1");
    assertThat(store.latest("my-id")).isEmpty();
    store.place("my-id", "cgt-2").saveManifest(new byte[0]);
    assertThat(store.latest("my-id").map(FolderStoreTest::path))
        .contains(root.resolve("my-id/cgt-2"));

    store.place("my-id", "cgt-1").saveManifest(new byte[0]);
    Files.setLastModifiedTime(
        root.resolve("my-id/cgt-2/manifest.json"), FileTime.from(Instant.now().minusSeconds(9)));

    assertThat(store.latest("my-id").map(FolderStoreTest::path)).contains(root.resolve("my-id"));
  }

  @Test
  void latest_ofAStoreThatIsAway_isAnError_notEmpty() {
    assertThatThrownBy(() -> store.latest("my-id")).isInstanceOf(IOException.class);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void storeThatWentAway_isAnError_andNotMadeAnew(boolean wasThereAtTheStart) throws Exception {
    if (wasThereAtTheStart) {
      Files.createDirectory(root);
      store = new FolderStore(root);
    } else {
      store.checkWritable();
    }
    Path away = outside.resolve("away");
    Files.move(root, away);

    for (ThrowingCallable use :
        List.<ThrowingCallable>of(
            () -> store.checkWritable(),
            () -> store.place("my-id", "cgt-1"),
            () -> store.latest("my-id"),
            () -> store.chainPlace("my-id"),
            () -> store.takeOver("my-id", "another"),
            () -> store.original("my-id"),
            () -> store.keepRequest("my-id", "run", new byte[0]),
            () -> store.request("my-id", "run"),
            () -> store.receipts().claim("cgt-1", "s"),
            () -> store.receipts().taskOf("s"),
            () -> store.receipts().callbackSecret())) {
      assertThatThrownBy(use).isInstanceOf(IOException.class).hasMessage("its folder is not there");
    }
    assertThat(root).doesNotExist();

    Files.move(away, root);
    save(store.place("my-id", "cgt-1"), 50);
    assertThat(root.resolve("my-id/video.mp4")).exists();
  }

  @Test
  void publicUrl_isBelowTheOperatorsBase_withAWayBackToTheFile() throws Exception {
    store = new FolderStore(root, Optional.of(URI.create("https://cdn.example/a%20b/")));
    StorePlace place = store.place("shots/片 1", "cgt-1");
    save(place, 50);
    Artifact video = place.find(Artifact.Kind.VIDEO).orElseThrow();

    URI url = store.publicUrl(video.location()).orElseThrow();

    assertThat(url.toString()).startsWith("https://cdn.example/a%20b/shots%252F");
    assertThat(root.resolve(url.getPath().replaceFirst("^/a b/", ""))).exists();
    assertThat(new FolderStore(root).publicUrl(video.location())).isEmpty();
    assertThat(store.toString()).doesNotContain("cdn.example");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "file:///etc/passwd",
        "https://cdn.example/video.mp4",
        "file:///nowhere/../etc/passwd"
      })
  void fileOutsideTheStore_isNeitherLocalNorServed(String location) {
    store = new FolderStore(root, Optional.of(URI.create("https://cdn.example")));
    Artifact foreign =
        new Artifact(Artifact.Kind.VIDEO, URI.create(location), "video/mp4", 1, "00");

    assertThat(store.localFile(foreign.location())).isEmpty();
    assertThat(store.publicUrl(foreign.location())).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ftp://cdn.example",
        "https://u:p@cdn.example",
        "https://cdn.example?a=b",
        "https://cdn.example#a",
        "https:cdn",
        "clips"
      })
  void publicBaseThatIsNone_isRefused(String base) {
    assertThatThrownBy(() -> new FolderStore(root, Optional.of(URI.create(base))))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static void save(StorePlace place, int bytes) throws IOException {
    Saved.in(place, Artifact.Kind.VIDEO, MediaBytes.mp4(bytes));
  }

  private static Path path(StorePlace place) {
    return Path.of(place.location());
  }
}
