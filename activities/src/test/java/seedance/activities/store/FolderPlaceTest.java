package seedance.activities.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.hash.Hashing;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import seedance.workflows.generation.Artifact;

/** What the contract asks for, and what is in the folder meanwhile. */
class FolderPlaceTest extends ArtifactStoreContract {
  private static final long LARGEST = 1L << 40;

  /** More than what a death may cost. */
  private static final byte[] LONG_CLIP = MediaBytes.mp4(40 * 1024 * 1024);

  @TempDir Path root;
  private Path folder;
  private StorePlace place;

  @BeforeEach
  void makePlace() throws IOException {
    folder = root.resolve("w");
    place = new FolderStore(root).place("w", "cgt-1");
  }

  @Override
  protected ArtifactStore worker() {
    return new FolderStore(root);
  }

  @Override
  protected byte[] content(Artifact artifact) throws IOException {
    return Files.readAllBytes(Path.of(artifact.location()));
  }

  @Override
  protected boolean keepsWhatCame() {
    return true;
  }

  static Stream<Arguments> media() {
    return Stream.of(
        Arguments.of(Artifact.Kind.VIDEO, MediaBytes.mp4(100), "video.mp4", "video/mp4"),
        Arguments.of(Artifact.Kind.VIDEO, MediaBytes.mov(100), "video.mov", "video/quicktime"),
        Arguments.of(Artifact.Kind.LAST_FRAME, MediaBytes.png(), "last_frame.png", "image/png"),
        Arguments.of(Artifact.Kind.LAST_FRAME, MediaBytes.jpeg(), "last_frame.jpg", "image/jpeg"),
        Arguments.of(Artifact.Kind.LAST_FRAME, MediaBytes.webp(), "last_frame.webp", "image/webp"));
  }

  @ParameterizedTest
  @MethodSource("media")
  void file_isStoredUnderItsTrueType_withItsHash(
      Artifact.Kind kind, byte[] content, String name, String type) throws Exception {
    Artifact saved = Saved.in(place, kind, content);

    Path file = folder.resolve(name);
    assertThat(file).hasBinaryContent(content);
    assertThat(saved)
        .isEqualTo(
            new Artifact(
                kind,
                file.toUri(),
                type,
                content.length,
                Hashing.sha256().hashBytes(content).toString()));
    assertThat(place.find(kind)).contains(saved);
    assertThat(names()).containsExactlyInAnyOrder(".task", name);
  }

  @Test
  void find_isEmpty_whereOnlyAnotherKindOrAPartIsThere() throws Exception {
    Saved.in(place, Artifact.Kind.LAST_FRAME, MediaBytes.png());
    Files.write(folder.resolve(".video-dead.part"), CLIP);

    assertThat(place.find(Artifact.Kind.VIDEO)).isEmpty();
  }

  @Test
  void find_hashesWhatIsOnDiskNow() throws Exception {
    Saved.in(place, Artifact.Kind.VIDEO, CLIP);
    byte[] other = MediaBytes.mp4(77);
    Files.write(folder.resolve("video.mp4"), other);

    Artifact found = place.find(Artifact.Kind.VIDEO).orElseThrow();

    assertThat(found.bytes()).isEqualTo(77);
    assertThat(found.sha256()).isEqualTo(Hashing.sha256().hashBytes(other).toString());
  }

  @Test
  void findWhole_doesNotBelieveAName() throws Exception {
    Files.write(folder.resolve("video.mp4"), Arrays.copyOf(CLIP, CLIP.length - 1));
    assertThat(place.find(Artifact.Kind.VIDEO)).isPresent();
    assertThat(place.findWhole(Artifact.Kind.VIDEO)).isEmpty();

    Files.writeString(folder.resolve("video.mp4"), "<html>");
    assertThat(place.findWhole(Artifact.Kind.VIDEO)).isEmpty();

    Files.write(folder.resolve("video.mov"), MediaBytes.mov(99));
    assertThat(place.findWhole(Artifact.Kind.VIDEO).orElseThrow().mediaType())
        .isEqualTo("video/quicktime");
  }

  @Test
  void findWhole_doesNotBelieveABoxThatIsLargerThanAnyFile() throws Exception {
    byte[] endless =
        MediaBytes.joined(
            MediaBytes.ftyp("isom"),
            MediaBytes.headOf(1, "mdat"),
            ByteBuffer.allocate(8).putLong(Long.MAX_VALUE).array());
    Files.write(folder.resolve("video.mp4"), endless);

    assertThat(place.findWhole(Artifact.Kind.VIDEO)).isEmpty();
  }

  @Test
  void partsOfADeadWorker_goOnceTheirFileIsThere() throws Exception {
    Files.writeString(folder.resolve(".video-dead-1.part"), "half a clip");
    Files.writeString(folder.resolve(".video-dead-2.part.json"), "of a clip that is gone");
    Files.writeString(folder.resolve(".last_frame-alive.part"), "a frame under way");

    Saved.in(place, Artifact.Kind.VIDEO, CLIP);

    assertThat(names()).containsExactlyInAnyOrder(".task", "video.mp4", ".last_frame-alive.part");
  }

  @Test
  void everyPart_isGoneOnceTheManifestIsThere() throws Exception {
    for (String dead :
        List.of(
            ".video-1.part", ".video-1.part.json", ".last_frame-2.part", ".manifest.json-3.part")) {
      Files.writeString(folder.resolve(dead), "half");
    }

    place.saveManifest("{}".getBytes(StandardCharsets.UTF_8));

    assertThat(names()).containsExactlyInAnyOrder(".task", "manifest.json");
  }

  @Test
  void killedWorker_costsOnlyWhatCameAfterItsLastCheckpoint() throws Exception {
    FileVersion version = version(LONG_CLIP);
    // Never closed, as by a kill.
    ArtifactSink killed = place.open(Artifact.Kind.VIDEO, LARGEST);
    killed.startOver(Optional.of(version));
    write(killed, LONG_CLIP, 0, 35 * 1024 * 1024);

    try (ArtifactSink next = worker().place("w", "cgt-1").open(Artifact.Kind.VIDEO, LARGEST)) {
      assertThat(next.version()).contains(version);
      assertThat(next.resumeAt()).isGreaterThanOrEqualTo(16L * 1024 * 1024);
      write(next, LONG_CLIP, (int) next.resumeAt(), LONG_CLIP.length);
      assertThat(Path.of(next.finish(version.size()).location())).hasBinaryContent(LONG_CLIP);
    }
    assertThat(names()).containsExactlyInAnyOrder(".task", "video.mp4");
  }

  @Test
  void frozenWorkerThatWakes_changesNothingOfWhatTheNextOneHas() throws Exception {
    ArtifactSink frozen = place.open(Artifact.Kind.VIDEO, LARGEST);
    frozen.startOver(Optional.of(VERSION));
    frozen.write(CLIP, 0, 1000);
    frozen.close();
    ArtifactSink awake = place.open(Artifact.Kind.VIDEO, LARGEST);
    assertThat(awake.resumeAt()).isEqualTo(1000);

    try (ArtifactSink next = worker().place("w", "cgt-1").open(Artifact.Kind.VIDEO, LARGEST)) {
      byte[] other = new byte[CLIP.length];
      awake.write(other, 1000, CLIP.length - 1000);
      write(next, CLIP, (int) next.resumeAt(), CLIP.length);

      assertThat(Path.of(next.finish(VERSION.size()).location())).hasBinaryContent(CLIP);
    }
    awake.close();
    assertThat(folder.resolve("video.mp4")).hasBinaryContent(CLIP);
  }

  @ParameterizedTest
  @ValueSource(strings = {"other bytes", "shorter", "checkpoint"})
  void whatIsNotAsItWasNoted_isDroppedAndHadAnew(String damage) throws Exception {
    try (ArtifactSink sink = place.open(Artifact.Kind.VIDEO, LARGEST)) {
      sink.startOver(Optional.of(VERSION));
      write(sink, CLIP, 0, 100_000);
    }
    Path part = one(".part");
    switch (damage) {
      case "other bytes" -> {
        byte[] bytes = Files.readAllBytes(part);
        bytes[50_000]++;
        Files.write(part, bytes);
      }
      case "shorter" -> Files.write(part, Arrays.copyOf(Files.readAllBytes(part), 99_999));
      default -> Files.writeString(one(".part.json"), "{\"bytes\":-1,\"validator\":\"a\\nb\"}");
    }

    try (ArtifactSink next = place.open(Artifact.Kind.VIDEO, LARGEST)) {
      assertThat(next.resumeAt()).isZero();
      write(next, CLIP, 0, CLIP.length);
      next.finish(VERSION.size());
    }
    assertThat(folder.resolve("video.mp4")).hasBinaryContent(CLIP);
    assertThat(names()).containsExactlyInAnyOrder(".task", "video.mp4");
  }

  @Test
  void noteBesideAPart_holdsNoUrl() throws Exception {
    FileVersion version =
        FileVersion.of(
            java.net.URI.create("https://files.example/secret/v.mp4?X-Sig=1"),
            "\"v1\"",
            OptionalLong.empty());
    try (ArtifactSink sink = place.open(Artifact.Kind.VIDEO, LARGEST)) {
      sink.startOver(Optional.of(version));
      write(sink, CLIP, 0, 100_000);
    }

    assertThat(one(".part.json")).content().doesNotContain("files.example", "secret", "X-Sig");
    assertThat(version.isOf(java.net.URI.create("https://files.example/secret/v.mp4?X-Sig=2")))
        .isTrue();
    assertThat(version.isOf(java.net.URI.create("https://files.example/other.mp4"))).isFalse();
  }

  @Test
  void fileThatIsLeftAgainAndAgain_leavesOnePart() throws Exception {
    for (int end = 20_000; end <= 120_000; end += 20_000) {
      try (ArtifactSink sink = place.open(Artifact.Kind.VIDEO, LARGEST)) {
        if (sink.version().isEmpty()) {
          sink.startOver(Optional.of(VERSION));
        }
        assertThat(sink.resumeAt()).isEqualTo(end - 20_000);
        write(sink, CLIP, (int) sink.resumeAt(), end);
      }
      assertThat(names()).hasSize(3);
    }
  }

  @Test
  void hugeFile_flowsThrough_withoutBeingHeld() throws Exception {
    long bytes = 192L * 1024 * 1024;
    byte[] start = MediaBytes.joined(MediaBytes.mp4(49), MediaBytes.headOf(bytes, "mdat"));
    byte[] letters = MediaBytes.letters(64 * 1024);
    com.sun.management.ThreadMXBean threads =
        (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();

    Artifact saved;
    try (ArtifactSink sink = place.open(Artifact.Kind.VIDEO, LARGEST)) {
      sink.startOver(Optional.of(new FileVersion("s", "\"v\"", OptionalLong.empty())));
      sink.write(start, 0, start.length);
      for (long left = bytes - 8; left > 0; left -= letters.length) {
        sink.write(letters, 0, (int) Math.min(left, letters.length));
      }
      saved = sink.finish(OptionalLong.empty());
    }

    assertThat(saved.bytes()).isEqualTo(49 + bytes);
    assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(8L * 1024 * 1024);
  }

  private static FileVersion version(byte[] clip) {
    return new FileVersion("source", "\"v1\"", OptionalLong.of(clip.length));
  }

  private static void write(ArtifactSink sink, byte[] clip, int from, int to) throws IOException {
    for (int at = from; at < to; at += 65_536) {
      sink.write(clip, at, Math.min(65_536, to - at));
    }
  }

  private Path one(String suffix) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(suffix)).findFirst().orElseThrow();
    }
  }

  private List<String> names() {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
