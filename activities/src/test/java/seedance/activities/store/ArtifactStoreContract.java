package seedance.activities.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.hash.Hashing;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import seedance.workflows.generation.Artifact;

/** What every implementation of {@link ArtifactStore} does, shared by several workers. */
public abstract class ArtifactStoreContract {
  protected static final byte[] CLIP = MediaBytes.mp4(200_000);
  protected static final FileVersion VERSION =
      new FileVersion("source", "\"v1\"", OptionalLong.of(CLIP.length));
  private static final long LARGEST = 1L << 30;

  /** Another worker's view of the same store. */
  protected abstract ArtifactStore worker();

  /** The bytes of a stored file. */
  protected abstract byte[] content(Artifact artifact) throws IOException;

  /** Whether what an attempt leaves is gone on with by the next one; else it starts from 0. */
  protected abstract boolean keepsWhatCame();

  private StorePlace place() throws IOException {
    return worker().place("my-id", "cgt-1");
  }

  private ArtifactSink sink() throws IOException {
    return place().open(Artifact.Kind.VIDEO, LARGEST);
  }

  private static void write(ArtifactSink sink, int from, int to) throws IOException {
    sink.write(CLIP, from, to - from);
  }

  @Test
  void finishedFile_isThere_forEveryWorker_withItsTypeSizeAndHash() throws Exception {
    Artifact saved = Saved.in(place(), Artifact.Kind.VIDEO, CLIP);

    assertThat(saved.kind()).isEqualTo(Artifact.Kind.VIDEO);
    assertThat(saved.mediaType()).isEqualTo("video/mp4");
    assertThat(saved.bytes()).isEqualTo(CLIP.length);
    assertThat(saved.sha256()).isEqualTo(Hashing.sha256().hashBytes(CLIP).toString());
    assertThat(content(saved)).isEqualTo(CLIP);
    assertThat(place().find(Artifact.Kind.VIDEO)).contains(saved);
    assertThat(place().findWhole(Artifact.Kind.VIDEO)).contains(saved);
    assertThat(place().find(Artifact.Kind.LAST_FRAME)).isEmpty();
  }

  @Test
  void keptRequest_isThere_forEveryWorker_untilItIsForgotten() throws Exception {
    byte[] json = "{\"model\":\"m\"}".getBytes(StandardCharsets.UTF_8);
    worker().keepRequest("a/b", "run 1", json);
    worker().keepRequest("a/b", "run 1", json);
    worker().keepRequest("a/b", "run 2", "{}".getBytes(StandardCharsets.UTF_8));

    assertThat(worker().request("a/b", "run 1")).hasValue(json);
    assertThat(worker().request("a/b", "run 3")).isEmpty();
    assertThat(worker().request("a", "run 1")).isEmpty();

    worker().forgetRequest("a/b", "run 1");
    worker().forgetRequest("a/b", "run 1");

    assertThat(worker().request("a/b", "run 1")).isEmpty();
    assertThat(worker().request("a/b", "run 2")).isPresent();
  }

  @Test
  void fileUnderWay_isNotThere() throws Exception {
    try (ArtifactSink sink = sink()) {
      sink.startOver(Optional.of(VERSION));
      write(sink, 0, CLIP.length);

      assertThat(place().find(Artifact.Kind.VIDEO)).isEmpty();
      assertThat(place().findWhole(Artifact.Kind.VIDEO)).isEmpty();

      sink.finish(VERSION.size());
    }
    assertThat(place().find(Artifact.Kind.VIDEO)).isPresent();
  }

  @Test
  void fileThatIsGivenUp_leavesNothingToGoOnWith() throws Exception {
    try (ArtifactSink sink = sink()) {
      sink.startOver(Optional.of(VERSION));
      write(sink, 0, 100_000);
      sink.abandon();
    }

    try (ArtifactSink next = sink()) {
      assertThat(next.resumeAt()).isZero();
      assertThat(next.version()).isEmpty();
    }
    assertThat(place().find(Artifact.Kind.VIDEO)).isEmpty();
  }

  @Test
  void fileThatIsLeft_isGoneOnWith_byAnotherWorker_whereTheStoreKeepsIt() throws Exception {
    try (ArtifactSink sink = sink()) {
      sink.startOver(Optional.of(VERSION));
      write(sink, 0, 123_456);
    }

    try (ArtifactSink next = sink()) {
      assertThat(next.resumeAt()).isEqualTo(keepsWhatCame() ? 123_456 : 0);
      assertThat(next.version())
          .isEqualTo(keepsWhatCame() ? Optional.of(VERSION) : Optional.empty());
      write(next, (int) next.resumeAt(), CLIP.length);
      assertThat(content(next.finish(VERSION.size()))).isEqualTo(CLIP);
    }
  }

  @Test
  void fileOfNoKnownVersion_isNotGoneOnWith() throws Exception {
    try (ArtifactSink sink = sink()) {
      sink.startOver(Optional.empty());
      write(sink, 0, 123_456);
    }

    try (ArtifactSink next = sink()) {
      assertThat(next.resumeAt()).isZero();
    }
  }

  @Test
  void startOver_dropsWhatCame() throws Exception {
    try (ArtifactSink sink = sink()) {
      sink.startOver(Optional.of(VERSION));
      sink.write(MediaBytes.mov(150_000), 0, 150_000);
      sink.startOver(Optional.empty());
      assertThat(sink.resumeAt()).isZero();
      assertThat(sink.version()).isEmpty();
      write(sink, 0, CLIP.length);

      assertThat(content(sink.finish(OptionalLong.empty()))).isEqualTo(CLIP);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 11, 12, 40, 100_000, 199_999})
  void halfAFile_isNotFinished_andIsGone(int length) throws Exception {
    for (OptionalLong size :
        List.of(OptionalLong.empty(), OptionalLong.of(length), VERSION.size())) {
      try (ArtifactSink sink = sink()) {
        sink.startOver(Optional.of(VERSION));
        write(sink, 0, length);
        assertThatThrownBy(() -> sink.finish(size)).isInstanceOf(BrokenDownloadException.class);
      }
      try (ArtifactSink next = sink()) {
        assertThat(next.resumeAt()).isZero();
      }
    }
    assertThat(place().find(Artifact.Kind.VIDEO)).isEmpty();
  }

  @Test
  void whatIsNoClip_isRefusedAsItComes() throws Exception {
    byte[] page =
        "<!DOCTYPE html><html><body>Sign in</body></html>".getBytes(StandardCharsets.UTF_8);
    try (ArtifactSink sink = sink()) {
      assertThatThrownBy(() -> sink.write(page, 0, page.length))
          .isInstanceOf(BrokenDownloadException.class)
          .hasMessage("what came is no media file");
      sink.abandon();
    }
    assertThat(place().find(Artifact.Kind.VIDEO)).isEmpty();
  }

  @Test
  void fileOverTheLimit_isRefusedAsItComes() throws Exception {
    byte[] clip = MediaBytes.joined(CLIP, MediaBytes.box("free", MediaBytes.letters(9)));
    try (ArtifactSink sink = place().open(Artifact.Kind.VIDEO, CLIP.length + 8)) {
      write(sink, 0, 100_000);
      assertThatThrownBy(() -> sink.write(clip, 100_000, clip.length - 100_000))
          .isInstanceOf(FileTooLargeException.class);
      sink.abandon();
    }
  }

  @Test
  void laterFile_takesThePlaceOfTheEarlier_whateverTheirTypes() throws Exception {
    Saved.in(place(), Artifact.Kind.VIDEO, CLIP);
    byte[] other = MediaBytes.mov(77_777);

    Artifact saved = Saved.in(place(), Artifact.Kind.VIDEO, other);

    assertThat(saved.mediaType()).isEqualTo("video/quicktime");
    assertThat(place().find(Artifact.Kind.VIDEO)).contains(saved);
    assertThat(content(saved)).isEqualTo(other);
  }

  @Test
  void largeFile_arrivesAsItWasSent() throws Exception {
    byte[] large = MediaBytes.mp4(40 * 1024 * 1024 + 7);
    try (ArtifactSink sink = sink()) {
      sink.startOver(Optional.of(new FileVersion("s", "\"v\"", OptionalLong.empty())));
      for (int at = 0; at < large.length; at += 65_521) {
        sink.write(large, at, Math.min(65_521, large.length - at));
      }
      assertThat(content(sink.finish(OptionalLong.empty()))).isEqualTo(large);
    }
  }

  @Test
  void twoWritersOfOneFile_neverMixTheirBytes() throws Exception {
    byte[][] clips = {MediaBytes.mp4(300_000), MediaBytes.mov(250_000)};
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      for (int round = 0; round < 20; round++) {
        CyclicBarrier together = new CyclicBarrier(2);
        List<Future<?>> writers =
            Arrays.stream(clips)
                .<Future<?>>map(
                    clip ->
                        threads.submit(
                            () -> {
                              together.await();
                              Saved.in(place(), Artifact.Kind.VIDEO, clip);
                              return null;
                            }))
                .toList();
        for (Future<?> writer : writers) {
          try {
            writer.get();
          } catch (java.util.concurrent.ExecutionException dropped) {
            assertThat(dropped).hasCauseInstanceOf(IOException.class);
          }
        }
        Optional<Artifact> there = place().find(Artifact.Kind.VIDEO);
        if (there.isPresent()) {
          assertThat(content(there.get())).isIn((Object[]) clips);
        }
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void manifest_isReadAsItWasWritten_andReplacedWhole() throws Exception {
    assertThat(place().manifest()).isEmpty();
    place().saveManifest("{\"a\":\"long one\"}".getBytes(StandardCharsets.UTF_8));
    assertThat(place().saveManifest("{}".getBytes(StandardCharsets.UTF_8)))
        .isEqualTo(place().manifestLocation());

    assertThat(place().manifest().orElseThrow()).asString().isEqualTo("{}");
  }

  @Test
  void tasksOfOneWorkflowId_havePlacesOfTheirOwn_alwaysTheSame() throws Exception {
    StorePlace second = worker().place("my-id", "cgt-2");

    assertThat(place().location()).isEqualTo(worker().place("my-id", "cgt-1").location());
    Saved.in(place(), Artifact.Kind.VIDEO, CLIP);
    Saved.in(second, Artifact.Kind.VIDEO, MediaBytes.mp4(99));

    assertThat(place().find(Artifact.Kind.VIDEO).orElseThrow().bytes()).isEqualTo(CLIP.length);
    assertThat(worker().place("my-id", "cgt-2").find(Artifact.Kind.VIDEO).orElseThrow().bytes())
        .isEqualTo(99);
  }

  @Test
  void latest_isTheGenerationThatWasFinished() throws Exception {
    worker().checkWritable();
    assertThat(worker().latest("my-id")).isEmpty();
    worker().place("my-id", "cgt-1");
    worker().place("my-id", "cgt-2").saveManifest("{}".getBytes(StandardCharsets.UTF_8));

    assertThat(worker().latest("my-id").orElseThrow().location())
        .isEqualTo(worker().place("my-id", "cgt-2").location());
  }

  @Test
  void whatAnIdStandsFor_isTold() throws Exception {
    worker().checkWritable();
    assertThat(worker().original("second.step")).isEmpty();

    worker().takeOver("second.step", "first/步骤");

    assertThat(worker().original("second.step")).contains("first/步骤");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "..", "../../etc/passwd", "a/../../b", "短片 一", "nul\0byte", "%2E"})
  void oddId_isAPlaceOfItsOwn(String id) throws Exception {
    Artifact saved = Saved.in(worker().place(id, id), Artifact.Kind.VIDEO, CLIP);

    assertThat(worker().place(id, id).find(Artifact.Kind.VIDEO)).contains(saved);
    assertThat(place().find(Artifact.Kind.VIDEO)).isEmpty();
  }
}
