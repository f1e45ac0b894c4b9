package seedance.activities.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import seedance.workflows.generation.Artifact;
import seedance.workflows.generation.TaskTraits;

/**
 * Symbolic links that someone has laid into the store: nothing is read or written by way of one.
 */
class StoreLinksTest {
  private static final byte[] JSON = "{}".getBytes(StandardCharsets.UTF_8);

  @TempDir Path folder;
  private Path root;
  private Path outside;
  private FolderStore store;

  @BeforeEach
  void makeStore() throws IOException {
    root = Files.createDirectory(folder.resolve("clips"));
    outside = Files.createDirectory(folder.resolve("outside"));
    store = new FolderStore(root);
  }

  @Test
  void folderOfAGeneration_isNotFollowed() throws Exception {
    Files.write(outside.resolve("manifest.json"), JSON);
    Files.write(outside.resolve("video.mp4"), MediaBytes.mp4(50));
    Files.writeString(outside.resolve(".original"), "another");
    Files.createSymbolicLink(root.resolve("w"), outside);

    assertLinkIsNamed(() -> store.place("w", "cgt-1"));
    assertLinkIsNamed(() -> store.latest("w"));
    assertLinkIsNamed(() -> store.original("w"));
    assertLinkIsNamed(() -> store.takeOver("w", "another"));
    assertLinkIsNamed(() -> store.chainPlace("w"));
    assertLinkIsNamed(() -> store.keepRequest("w", "run", JSON));
    assertThat(store.localFile(video(root.resolve("w/video.mp4")).location())).isEmpty();
    assertThat(names(outside)).containsExactlyInAnyOrder("manifest.json", "video.mp4", ".original");
  }

  @Test
  void folderOfALaterTask_isNotFollowed() throws Exception {
    store.place("w", "cgt-1");
    Files.createSymbolicLink(root.resolve("w/cgt-2"), outside);
    Files.write(outside.resolve("manifest.json"), JSON);

    assertLinkIsNamed(() -> store.place("w", "cgt-2"));
    assertThat(store.latest("w")).isEmpty();
    assertThat(names(outside)).containsExactly("manifest.json");
  }

  @Test
  void clip_isNoClip_andIsReplaced() throws Exception {
    StorePlace place = store.place("w", "cgt-1");
    Path secret = Files.write(outside.resolve("secret.mp4"), MediaBytes.mp4(50));
    Path clip = Files.createSymbolicLink(root.resolve("w/video.mp4"), secret);

    assertThat(place.find(Artifact.Kind.VIDEO)).isEmpty();
    assertThat(place.findWhole(Artifact.Kind.VIDEO)).isEmpty();
    assertThat(store.localFile(video(clip).location())).isEmpty();

    Saved.in(place, Artifact.Kind.VIDEO, MediaBytes.mp4(99));
    assertThat(clip).isRegularFile();
    assertThat(Files.isSymbolicLink(clip)).isFalse();
    assertThat(secret).hasBinaryContent(MediaBytes.mp4(50));
  }

  @Test
  void manifest_isNoManifest_andIsReplaced() throws Exception {
    StorePlace place = store.place("w", "cgt-1");
    Path secret = Files.writeString(outside.resolve("secret.json"), "{\"secret\":1}");
    Files.createSymbolicLink(root.resolve("w/manifest.json"), secret);

    assertThat(place.manifest()).isEmpty();
    assertThat(store.latest("w")).isEmpty();

    place.saveManifest(JSON);
    assertThat(place.manifest()).hasValue(JSON);
    assertThat(secret).hasContent("{\"secret\":1}");
  }

  @Test
  void film_andChainsManifest_areReplaced() throws Exception {
    ChainPlace chain = store.chainPlace("w");
    Path secret = Files.writeString(outside.resolve("secret"), "secret");
    Files.createSymbolicLink(root.resolve("w/film.mp4"), secret);
    Files.createSymbolicLink(root.resolve("w/chain.json"), secret);

    chain.saveFilm(file -> Files.write(file, MediaBytes.mp4(50)));
    chain.saveManifest(JSON);

    assertThat(root.resolve("w/film.mp4")).hasSize(50);
    assertThat(secret).hasContent("secret");
  }

  @Test
  void claimOfAFolder_isNotWrittenThrough() throws Exception {
    Path empty = Files.createFile(outside.resolve("empty"));
    Files.createDirectory(root.resolve("w"));
    Files.createSymbolicLink(root.resolve("w/.task"), empty);

    assertThatThrownBy(() -> store.place("w", "cgt-1")).isInstanceOf(IOException.class);
    assertThat(empty).isEmptyFile();
  }

  @Test
  void whereAGenerationWasMade_isNotReadOutside() throws Exception {
    Files.createDirectory(root.resolve("w"));
    Files.createSymbolicLink(
        root.resolve("w/.original"), Files.writeString(outside.resolve("secret"), "secret"));

    assertThat(store.original("w")).isEmpty();
  }

  @Test
  void keptRequests_areNeitherReadNorDeletedOutside() throws Exception {
    Files.createDirectory(root.resolve("w"));
    Files.createSymbolicLink(root.resolve("w/.requests"), outside);
    Files.write(outside.resolve("run"), JSON);

    assertLinkIsNamed(() -> store.keepRequest("w", "other", JSON));
    assertLinkIsNamed(() -> store.request("w", "run"));
    assertLinkIsNamed(() -> store.forgetRequest("w", "run"));
    assertThat(names(outside)).containsExactly("run");

    store.keepRequest("v", "run", JSON);
    Files.delete(root.resolve("v/.requests/run"));
    Files.createSymbolicLink(root.resolve("v/.requests/run"), outside.resolve("run"));
    assertThat(store.request("v", "run")).isEmpty();
    store.forgetRequest("v", "run");
    assertThat(names(outside)).containsExactly("run");
  }

  @Test
  void receipts_areNeitherReadNorWrittenNorDeletedOutside() throws Exception {
    Receipts elsewhere = new FolderStore(outside).receipts();
    elsewhere.open(submission("s"));
    elsewhere.accepted("r", "cgt-1");
    List<String> before = names(outside);
    Files.createSymbolicLink(root.resolve(".receipts"), outside.resolve(".receipts"));
    Receipts receipts = store.receipts();

    assertLinkIsNamed(() -> receipts.open(submission("t")));
    assertLinkIsNamed(() -> receipts.accepted("t", "cgt-2"));
    assertLinkIsNamed(() -> receipts.claim("cgt-2", "t"));
    assertLinkIsNamed(() -> receipts.close("s"));
    assertLinkIsNamed(() -> receipts.find("s"));
    assertLinkIsNamed(() -> receipts.taskOf("r"));
    assertLinkIsNamed(() -> receipts.ownerOf("cgt-1"));
    assertLinkIsNamed(() -> receipts.openSince(Instant.EPOCH));
    assertLinkIsNamed(() -> store.checkWritable());
    assertThat(names(outside)).isEqualTo(before);
    assertThat(elsewhere.find("s")).isPresent();
  }

  @Test
  void note_thatIsALink_isNone() throws Exception {
    Receipts elsewhere = new FolderStore(outside).receipts();
    elsewhere.open(submission("s"));
    store.receipts().open(submission("t"));
    Files.createSymbolicLink(root.resolve(".receipts/open/s"), outside.resolve(".receipts/open/s"));

    assertThat(store.receipts().find("s")).isEmpty();
    assertThat(store.receipts().openSince(Instant.EPOCH))
        .extracting(OpenSubmission::submissionId)
        .containsExactly("t");
    store.receipts().close("s");
    assertThat(elsewhere.find("s")).isPresent();
  }

  @Test
  void fileUnderWay_isNotGoneOnWithByALink() throws Exception {
    FileVersion version = new FileVersion("source", "\"v1\"", java.util.OptionalLong.empty());
    byte[] clip = MediaBytes.mp4(5000);
    try (ArtifactSink sink = store.place("w", "cgt-1").open(Artifact.Kind.VIDEO, 1 << 20)) {
      sink.startOver(Optional.of(version));
      sink.write(clip, 0, 4000);
    }
    Path part =
        root.resolve("w")
            .resolve(
                names(root.resolve("w")).stream()
                    .filter(name -> name.endsWith(".part"))
                    .findFirst()
                    .orElseThrow());
    Files.move(part, outside.resolve("moved"));
    Files.createSymbolicLink(part, outside.resolve("moved"));

    try (ArtifactSink sink = store.place("w", "cgt-1").open(Artifact.Kind.VIDEO, 1 << 20)) {
      assertThat(sink.resumeAt()).isZero();
    }
    assertThat(outside.resolve("moved")).hasSize(4000);
  }

  @Test
  void operatorsOwnFolder_mayBeALink() throws Exception {
    Path link = Files.createSymbolicLink(folder.resolve("link"), root);
    FolderStore linked = new FolderStore(link);

    linked.checkWritable();
    Artifact saved = Saved.in(linked.place("w", "cgt-1"), Artifact.Kind.VIDEO, MediaBytes.mp4(50));

    assertThat(linked.localFile(saved.location())).isPresent();
    assertThat(root.resolve("w/video.mp4")).hasSize(50);
  }

  private static void assertLinkIsNamed(ThrowingCallable act) {
    assertThatThrownBy(act)
        .isInstanceOfSatisfying(
            FileSystemException.class,
            e -> assertThat(e.getReason()).isEqualTo("a symbolic link is in the way"));
  }

  private static Artifact video(Path file) {
    return new Artifact(Artifact.Kind.VIDEO, file.toUri(), "video/mp4", 1, "00");
  }

  private static OpenSubmission submission(String id) {
    return new OpenSubmission(id, "w", Instant.now(), TaskTraits.ANY);
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.skip(1).map(file -> folder.relativize(file).toString()).sorted().toList();
    }
  }
}
