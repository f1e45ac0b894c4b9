package seedance.activities.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.hash.HashFunction;
import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.LongConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import seedance.workflows.generation.Artifact;

/** A file is in its place whole, hashed and under its true type, or not at all. */
class FolderPlaceTest {
  private static final HashFunction SHA256 = Hashing.sha256();
  private static final LongConsumer NOBODY = bytes -> {};
  private static final byte[] CLIP = MediaBytes.mp4(200_000);

  @TempDir Path root;
  private Path folder;
  private StorePlace place;

  @BeforeEach
  void makePlace() throws IOException {
    folder = root.resolve("my-id");
    place = new FolderStore(root).place("my-id", "cgt-1");
  }

  static Stream<Arguments> media() {
    return Stream.of(
        Arguments.of(MediaBytes.withHead("\0\0\0\u0018ftypisom"), "video.mp4", "video/mp4"),
        Arguments.of(MediaBytes.withHead("\0\0\0\u0018ftypqt  "), "video.mov", "video/quicktime"),
        Arguments.of(MediaBytes.withHead("\u0089PNG\r\n\u001a\n"), "video.png", "image/png"),
        Arguments.of(
            MediaBytes.withHead("\u00ff\u00d8\u00ff\u00e0JFIF"), "video.jpg", "image/jpeg"),
        Arguments.of(MediaBytes.withHead("RIFF\1\2\3\4WEBP"), "video.webp", "image/webp"));
  }

  @ParameterizedTest
  @MethodSource("media")
  void file_isStoredUnderItsTrueType_withItsHash(byte[] content, String name, String type)
      throws Exception {
    Artifact saved = save(Artifact.Kind.VIDEO, content);

    Path file = folder.resolve(name);
    assertThat(file).hasBinaryContent(content);
    assertThat(saved)
        .isEqualTo(
            new Artifact(
                Artifact.Kind.VIDEO,
                file.toUri(),
                type,
                content.length,
                SHA256.hashBytes(content).toString()));
    assertThat(place.find(Artifact.Kind.VIDEO)).contains(saved);
    assertThat(names()).containsExactlyInAnyOrder(".task", name);
  }

  @Test
  void find_isEmpty_whereOnlyAnotherKindOrAPartIsThere() throws Exception {
    save(Artifact.Kind.LAST_FRAME, MediaBytes.withHead("\u0089PNG"));
    Files.write(folder.resolve(".video-dead.part"), CLIP);

    assertThat(place.find(Artifact.Kind.VIDEO)).isEmpty();
  }

  @Test
  void find_hashesWhatIsOnDiskNow() throws Exception {
    save(Artifact.Kind.VIDEO, CLIP);
    byte[] other = MediaBytes.mp4(77);
    Files.write(folder.resolve("video.mp4"), other);

    Artifact found = place.find(Artifact.Kind.VIDEO).orElseThrow();

    assertThat(found.bytes()).isEqualTo(77);
    assertThat(found.sha256()).isEqualTo(SHA256.hashBytes(other).toString());
  }

  @Test
  void whileBytesArrive_noFileHasAFinalName() throws Exception {
    List<Long> counts = new ArrayList<>();
    place.save(
        Artifact.Kind.VIDEO,
        new ByteArrayInputStream(CLIP),
        OptionalLong.of(CLIP.length),
        bytes -> {
          counts.add(bytes);
          assertThat(names())
              .hasSize(2)
              .allMatch(name -> name.equals(".task") || name.endsWith(".part"));
        });

    assertThat(counts).hasSizeGreaterThan(2).isSorted().endsWith((long) CLIP.length);
  }

  @Test
  void partsOfADeadWorker_goOnceTheirFileIsThere() throws Exception {
    Files.writeString(folder.resolve(".video-dead-1.part"), "half a clip");
    Files.writeString(folder.resolve(".last_frame-alive.part"), "a frame under way");

    save(Artifact.Kind.VIDEO, CLIP);

    assertThat(names()).containsExactlyInAnyOrder(".task", "video.mp4", ".last_frame-alive.part");
  }

  @Test
  void everyPart_isGoneOnceTheManifestIsThere() throws Exception {
    for (String dead : List.of(".video-1.part", ".last_frame-2.part", ".manifest.json-3.part")) {
      Files.writeString(folder.resolve(dead), "half");
    }

    place.saveManifest("{}".getBytes(StandardCharsets.UTF_8));

    assertThat(names()).containsExactlyInAnyOrder(".task", "manifest.json");
  }

  @Test
  void manifest_isReadAsItWasWritten_andReplacedWhole() throws Exception {
    assertThat(place.manifest()).isEmpty();
    place.saveManifest("{\"a\":\"long one\"}".getBytes(StandardCharsets.UTF_8));
    assertThat(place.saveManifest("{}".getBytes(StandardCharsets.UTF_8)))
        .isEqualTo(place.manifestLocation())
        .isEqualTo(folder.resolve("manifest.json").toUri());

    assertThat(place.manifest().orElseThrow()).asString().isEqualTo("{}");
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 199_999, 200_001})
  void otherSizeThanAnnounced_isABrokenDownload(long announced) {
    assertBroken(
        new ByteArrayInputStream(CLIP), OptionalLong.of(announced), "200000 of " + announced);
  }

  @Test
  void unannouncedSize_isTakenAsItComes() throws Exception {
    place.save(Artifact.Kind.VIDEO, new ByteArrayInputStream(CLIP), OptionalLong.empty(), NOBODY);

    assertThat(folder.resolve("video.mp4")).hasBinaryContent(CLIP);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\0\0\0\u0018fty",
        "<!DOCTYPE html><html><body>Sign in</body></html>",
        "<?xml version=\"1.0\"?><Error><Code>AccessDenied</Code></Error>",
        "{\"error\":{\"code\":\"AccessDenied\"}}",
        "RIFF\1\2\3\4WAVE",
        "ftypisom"
      })
  void whatIsNoMedium_isABrokenDownload(String content) {
    byte[] bytes = content.getBytes(StandardCharsets.ISO_8859_1);
    assertBroken(
        new ByteArrayInputStream(bytes), OptionalLong.of(bytes.length), "what came is no media");
  }

  @Test
  void streamThatBreaksOff_isABrokenDownload_withItsOwnWords() {
    InputStream broken =
        new java.io.SequenceInputStream(
            new ByteArrayInputStream(CLIP),
            new InputStream() {
              @Override
              public int read() throws IOException {
                throw new IOException("the file stopped flowing");
              }
            });

    assertBroken(broken, OptionalLong.of(CLIP.length + 1L), "the file stopped flowing");
  }

  @Test
  void listenerThatThrows_stopsTheDownload_andLeavesNothing() {
    assertThatThrownBy(
            () ->
                place.save(
                    Artifact.Kind.VIDEO,
                    new ByteArrayInputStream(CLIP),
                    OptionalLong.empty(),
                    bytes -> {
                      throw new IllegalStateException("cancelled");
                    }))
        .hasMessage("cancelled");
    assertThat(names()).containsExactly(".task");
  }

  @Test
  void hugeFile_flowsThroughOneSmallBuffer() throws Exception {
    Generated huge = new Generated(64L * 1024 * 1024);

    Artifact saved =
        place.save(Artifact.Kind.VIDEO, huge, OptionalLong.of(64L * 1024 * 1024), NOBODY);

    assertThat(saved.bytes()).isEqualTo(64L * 1024 * 1024);
    assertThat(saved.sha256()).isEqualTo(huge.sha256.hash().toString());
    assertThat(huge.buffers).singleElement().satisfies(b -> assertThat(b).hasSize(64 * 1024));
  }

  @Test
  void bytesThatTrickleInOneByOne_areStillSniffed() throws Exception {
    InputStream trickle =
        new ByteArrayInputStream(MediaBytes.mp4(50)) {
          @Override
          public int read(byte[] into, int offset, int length) {
            return super.read(into, offset, Math.min(length, 1));
          }

          @Override
          public int readNBytes(byte[] into, int offset, int length) {
            int count = 0;
            for (int read = 1; count < length && read > 0; count += Math.max(read, 0)) {
              read = read(into, offset + count, length - count);
            }
            return count;
          }
        };

    place.save(Artifact.Kind.VIDEO, trickle, OptionalLong.of(50), NOBODY);

    assertThat(names()).contains("video.mp4");
  }

  private Artifact save(Artifact.Kind kind, byte[] content) throws IOException {
    return place.save(
        kind, new ByteArrayInputStream(content), OptionalLong.of(content.length), NOBODY);
  }

  private void assertBroken(InputStream content, OptionalLong announced, String message) {
    assertThatThrownBy(() -> place.save(Artifact.Kind.VIDEO, content, announced, NOBODY))
        .isInstanceOf(BrokenDownloadException.class)
        .hasMessageContaining(message);
    assertThat(names()).containsExactly(".task");
  }

  private List<String> names() {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** An MP4's head and then letters, hashed as they go, which remembers every buffer it filled. */
  private static final class Generated extends InputStream {
    private final Set<byte[]> buffers = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Hasher sha256 = SHA256.newHasher();
    private long left;
    private boolean begun;

    Generated(long bytes) {
      left = bytes;
    }

    @Override
    public int read() {
      throw new UnsupportedOperationException("byte by byte would take for ever");
    }

    @Override
    public int read(byte[] into, int offset, int length) {
      buffers.add(into);
      int count = (int) Math.min(left, length);
      if (count == 0) {
        return -1;
      }
      Arrays.fill(into, offset, offset + count, (byte) ('a' + left % 26));
      if (!begun) {
        System.arraycopy(MediaBytes.mp4(12), 0, into, offset, 12);
        begun = true;
      }
      sha256.putBytes(into, offset, count);
      left -= count;
      return count;
    }
  }
}
