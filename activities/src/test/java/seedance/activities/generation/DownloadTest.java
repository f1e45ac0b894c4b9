package seedance.activities.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.SocketEffect;
import okio.Buffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import seedance.activities.provider.TestFiles;
import seedance.activities.store.BrokenDownloadException;
import seedance.activities.store.FolderStore;
import seedance.activities.store.MediaBytes;
import seedance.activities.store.StorePlace;
import seedance.workflows.generation.Artifact;

/** Downloads from a real host that breaks off, into a real folder. */
@Timeout(60)
class DownloadTest {
  private static final byte[] CLIP = MediaBytes.mp4(500_000);
  private static final Duration STARTED_TO_CLOSE = Duration.ofHours(2);

  @TempDir Path root;
  private final MockWebServer server = new MockWebServer();
  private final List<Long> progress = new ArrayList<>();
  private CuttingHost host;

  @BeforeEach
  void start() throws IOException {
    server.start();
    host = new CuttingHost(CLIP);
    server.setDispatcher(host);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private URI url() {
    return server.url("/v.mp4?X-Sig=" + host.asked.size()).uri();
  }

  private Artifact fetched() throws IOException {
    return fetched(DownloadLimits.DEFAULTS);
  }

  /** By an instance of its own, as after a worker's death. */
  private Artifact fetched(DownloadLimits limits) throws IOException {
    return fetched(limits, new Pace(limits, STARTED_TO_CLOSE, System::nanoTime));
  }

  private Artifact fetched(DownloadLimits limits, Pace pace) throws IOException {
    StorePlace place = new FolderStore(root).place("w", "cgt-1");
    return new Download(TestFiles.of(server), limits, pace, progress::add)
        .fetch(Artifact.Kind.VIDEO, url(), place);
  }

  private void assertWhole(Artifact artifact) throws IOException {
    assertThat(Path.of(artifact.location())).hasBinaryContent(CLIP);
    assertThat(artifact.bytes()).isEqualTo(CLIP.length);
    assertThat(artifact.sha256())
        .isEqualTo(com.google.common.hash.Hashing.sha256().hashBytes(CLIP).toString());
    assertThat(names()).containsExactlyInAnyOrder(".task", "video.mp4");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void cutDownload_isGoneOnWith_whereItBroke(boolean saysLength) throws Exception {
    host.saysLength = saysLength;
    host.cutting(123_456, 100_000);

    assertWhole(fetched());

    assertThat(host.asked).containsExactly("whole", "123456", "223456");
    assertThat(progress).isSorted().endsWith((long) CLIP.length);
  }

  @Test
  void cutDownload_isGoneOnWith_byTheNextAttempt_underAFreshUrl() throws Exception {
    host.cutting(200_000, 0);
    assertThatThrownBy(this::fetched)
        .isInstanceOf(BrokenDownloadException.class)
        .hasMessage("the connection broke in the file");
    assertThat(names()).hasSize(3).doesNotContain("video.mp4");

    assertWhole(fetched());

    assertThat(host.asked).containsExactly("whole", "200000", "200000");
  }

  @Test
  void hostThatIsBusyInBetween_isAskedLater_fromWhereItBroke() throws Exception {
    host =
        new CuttingHost(CLIP) {
          @Override
          MockResponse rest(MockResponse right, int from) {
            return asked.size() == 2
                ? new MockResponse.Builder().code(503).setHeader("Retry-After", "7").build()
                : right;
          }
        };
    server.setDispatcher(host);
    host.cutting(200_000);

    assertThatThrownBy(this::fetched)
        .isInstanceOfSatisfying(
            NotYet.class, notYet -> assertThat(notYet.retryAfter()).contains(Duration.ofSeconds(7)))
        .hasMessage("the file's host answered 503");
    assertWhole(fetched());

    assertThat(host.asked).containsExactly("whole", "200000", "200000");
  }

  @Test
  void fileThatChangedMeanwhile_isHadAnew() throws Exception {
    host.file = MediaBytes.mov(400_000);
    host.cutting(200_000, 0);
    assertThatThrownBy(this::fetched).isInstanceOf(BrokenDownloadException.class);
    host.file = CLIP;
    host.tag = "\"v2\"";

    assertWhole(fetched());
  }

  @Test
  void hostThatIgnoresRanges_startsOver_withinTheAttempt() throws Exception {
    host =
        new CuttingHost(CLIP) {
          @Override
          MockResponse rest(MockResponse right, int from) {
            return new MockResponse.Builder()
                .body(new Buffer().write(CLIP))
                .setHeader("ETag", "\"v1\"")
                .build();
          }
        };
    server.setDispatcher(host);
    host.cutting(200_000);

    assertWhole(fetched());
    assertThat(host.asked).containsExactly("whole", "200000");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bytes 0-499999/500000",
        "bytes 200001-499999/500000",
        "bytes 200000-499999/500001",
        "bytes 200000-199999/500000",
        "bytes 200000-500000/500000",
        "bytes */500000",
        "200000-499999/500000",
        "bytes 99999999999999999999-499999/500000",
        ""
      })
  void restOfAnotherRange_isNotTrusted(String contentRange) throws Exception {
    wrongRest(right -> right.newBuilder().setHeader("Content-Range", contentRange).build());

    assertWhole(fetched());
    assertThat(host.asked).containsExactly("whole", "200000", "whole");
  }

  @Test
  void restOfAnotherVersion_isNotTrusted() throws Exception {
    wrongRest(right -> right.newBuilder().setHeader("ETag", "\"v2\"").build());

    assertWhole(fetched());
    assertThat(host.asked).containsExactly("whole", "200000", "whole");
  }

  @Test
  void restWithoutTheTag_isNotTrusted() throws Exception {
    wrongRest(right -> right.newBuilder().removeHeader("ETag").build());

    assertWhole(fetched());
    assertThat(host.asked).containsExactly("whole", "200000", "whole");
  }

  @Test
  void rangeThatCannotBe_startsOver() throws Exception {
    wrongRest(right -> new MockResponse.Builder().code(416).build());

    assertWhole(fetched());
    assertThat(host.asked).containsExactly("whole", "200000", "whole");
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 403, 404, 405, 412, 500, 501})
  void hostThatRefusesRanges_isAskedForTheWholeFile(int status) throws Exception {
    wrongRest(right -> new MockResponse.Builder().code(status).build());

    assertWhole(fetched());
    assertThat(host.asked).containsExactly("whole", "200000", "whole");
  }

  @Test
  void fileThatComesAsAPart_isTaken_andGoneOnWith() throws Exception {
    host =
        new CuttingHost(CLIP) {
          @Override
          public MockResponse dispatch(mockwebserver3.RecordedRequest request) {
            MockResponse right = super.dispatch(request);
            return right.getCode() == 200
                ? right
                    .newBuilder()
                    .code(206)
                    .setHeader("Content-Range", "bytes 0-499999/500000")
                    .build()
                : right;
          }
        };
    server.setDispatcher(host);
    host.cutting(200_000);

    assertWhole(fetched());
    assertThat(host.asked).containsExactly("whole", "200000");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"Sat, 28 Nov 2026 10:00:00 GMT\tx", "Sat, 28 Nov 2026 10:00:00 GMT\u00e9"})
  void dateThatIsNone_isNoValidator_andKeepsNoFileOut(String changed) throws Exception {
    host =
        new CuttingHost(CLIP) {
          @Override
          public MockResponse dispatch(mockwebserver3.RecordedRequest request) {
            MockResponse.Builder answer = super.dispatch(request).newBuilder();
            return answer
                .headers(
                    answer
                        .build()
                        .getHeaders()
                        .newBuilder()
                        .removeAll("ETag")
                        .addUnsafeNonAscii("Last-Modified", changed)
                        .set("Date", "Sat, 28 Nov 2026 10:00:09 GMT")
                        .build())
                .build();
          }
        };
    server.setDispatcher(host);

    assertWhole(fetched());
  }

  @Test
  void lengthThatCannotBe_isABrokenDownload_inOurWords() {
    server.setDispatcher(new mockwebserver3.QueueDispatcher());
    server.enqueue(
        new MockResponse.Builder()
            .body(new Buffer().write(CLIP))
            .setHeader("Content-Length", "-5")
            .build());

    assertThatThrownBy(this::fetched).isInstanceOf(BrokenDownloadException.class);
  }

  @Test
  void halfAFile_isNotTakenForWhole_byAnEncodingThatTellsNoEnd() throws Exception {
    byte[] open = MediaBytes.mp4WithOpenEnd(50_000);
    server.setDispatcher(new mockwebserver3.QueueDispatcher());
    server.enqueue(
        endedByClosing(java.util.Arrays.copyOf(open, 20_000))
            .newBuilder()
            .setHeader("Transfer-Encoding", "identity")
            .build());

    assertThatThrownBy(this::fetched)
        .hasMessage("what came may break off: neither it nor its host says where it ends");
  }

  @Test
  void shorterRestThanAskedFor_isAskedOn() throws Exception {
    wrongRest(
        right ->
            new MockResponse.Builder()
                .code(206)
                .setHeader("ETag", "\"v1\"")
                .setHeader("Content-Range", "bytes 200000-299999/500000")
                .body(new Buffer().write(CLIP, 200_000, 100_000))
                .build());

    assertWhole(fetched());
    assertThat(host.asked).containsExactly("whole", "200000", "300000");
  }

  private interface Wrong {
    MockResponse of(MockResponse right);
  }

  /** Gives the first rest that is asked for wrong. */
  private void wrongRest(Wrong wrong) {
    host =
        new CuttingHost(CLIP) {
          @Override
          MockResponse rest(MockResponse right, int from) {
            return from == 200_000 ? wrong.of(right) : right;
          }
        };
    server.setDispatcher(host);
    host.cutting(200_000);
  }

  @ParameterizedTest
  @ValueSource(strings = {"W/\"v1\"", "v1", "\"v 1\"", "none"})
  void fileWithoutAStrongValidator_isNotGoneOnWith_andLeavesNothing(String tag) throws Exception {
    host.tag = tag.equals("none") ? null : tag;
    host.cutting(200_000);

    assertThatThrownBy(this::fetched).hasMessage("the connection broke in the file");
    assertThat(names()).containsExactly(".task");
    assertWhole(fetched());
    assertThat(host.asked).containsExactly("whole", "whole");
  }

  @Test
  void dateOfTheLastChange_isAValidatorToo_whereThereIsNoTag() throws Exception {
    String changed = "Sat, 28 Nov 2026 10:00:00 GMT";
    host =
        new CuttingHost(CLIP) {
          @Override
          public MockResponse dispatch(mockwebserver3.RecordedRequest request) {
            tag = changed.equals(request.getHeaders().get("If-Range")) ? changed : null;
            return super.dispatch(request)
                .newBuilder()
                .removeHeader("ETag")
                .setHeader("Last-Modified", changed)
                .setHeader("Date", "Sat, 28 Nov 2026 10:00:09 GMT")
                .build();
          }
        };
    server.setDispatcher(host);
    host.cutting(200_000);

    assertWhole(fetched());
    assertThat(host.asked).containsExactly("whole", "200000");
  }

  @Test
  void hostThatCutsEveryAnswer_isLeftAloneUntilTheNextAttempt_whichHasLessToDo() throws Exception {
    for (int i = 0; i < 30; i++) {
      host.cutting(10_000);
    }

    assertThatThrownBy(this::fetched).hasMessage("the connection broke in the file");
    assertThat(host.asked).hasSize(20).endsWith("190000");
    assertWhole(fetched());
    assertThat(host.asked).hasSize(31).contains("200000");
  }

  @Test
  void halfAFileThatOnlyTheClosingEnds_isNotTaken_andHadAgain() throws Exception {
    server.setDispatcher(new mockwebserver3.QueueDispatcher());
    server.enqueue(endedByClosing(java.util.Arrays.copyOf(CLIP, 300_000)));
    server.enqueue(endedByClosing(CLIP));

    assertThatThrownBy(this::fetched).hasMessage("what came breaks off inside a box");
    assertThat(names()).containsExactly(".task");
    assertWhole(fetched());
  }

  private static MockResponse endedByClosing(byte[] content) {
    return new MockResponse.Builder()
        .body(new Buffer().write(content))
        .removeHeader("Content-Length")
        .onResponseEnd(new SocketEffect.CloseSocket())
        .build();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void fileOverTheLimit_isNotTaken_andSaysWhichSetting(boolean saysLength) throws Exception {
    host.saysLength = saysLength;

    assertThatThrownBy(() -> fetched(DownloadLimits.DEFAULTS.withLargestFile(256 * 1024)))
        .isInstanceOf(NotYet.class)
        .hasMessage("the file has more than 256 KiB, the most that SEEDANCE_LARGEST_FILE allows");
    assertThat(names()).containsExactly(".task");
  }

  @Test
  void hostThatTrickles_isGivenUp_andGoneOnWithLater() throws Exception {
    DownloadLimits limits =
        new DownloadLimits(1 << 30, 1 << 20, Duration.ofMillis(500), Duration.ofMinutes(1));
    server.setDispatcher(
        new CuttingHost(CLIP) {
          @Override
          public MockResponse dispatch(mockwebserver3.RecordedRequest request) {
            return super.dispatch(request)
                .newBuilder()
                .throttleBody(1000, 20, TimeUnit.MILLISECONDS)
                .build();
          }
        });

    assertThatThrownBy(() -> fetched(limits))
        .isInstanceOf(NotYet.class)
        .hasMessageMatching("the file comes too slowly: in \\d+ s less than 1 MiB a second");
    server.setDispatcher(host);
    assertWhole(fetched());
    assertThat(host.asked).singleElement().asString().containsOnlyDigits();
  }

  @Test
  void attemptThatTakesTooLong_isGivenUp_evenWhileNothingComes() throws Exception {
    DownloadLimits limits =
        new DownloadLimits(1 << 30, 0, Duration.ofMinutes(1), Duration.ofMillis(700));
    server.setDispatcher(new mockwebserver3.QueueDispatcher());
    server.enqueue(
        new MockResponse.Builder()
            .body(new Buffer().write(CLIP))
            .onResponseBody(SocketEffect.Stall.INSTANCE)
            .build());

    assertThatThrownBy(() -> fetched(limits))
        .isInstanceOf(NotYet.class)
        .hasMessage("the file did not come whole within 0 s");
  }

  @Test
  void largeFile_isDownloaded_withoutBeingHeld() throws Exception {
    host.file = MediaBytes.mp4(96 * 1024 * 1024);
    host.cutting(50_000_000);
    com.sun.management.ThreadMXBean threads =
        (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();

    Artifact artifact = fetched();

    assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(32L * 1024 * 1024);
    assertThat(artifact.bytes()).isEqualTo(host.file.length);
    assertThat(host.asked).containsExactly("whole", "50000000");
  }

  @Test
  void moreBytesThanTheRestHas_areNoClip() throws Exception {
    wrongRest(
        right ->
            right
                .newBuilder()
                .chunkedBody(new Buffer().write(CLIP, 200_000, 300_000).write(CLIP), 4096)
                .build());

    assertThatThrownBy(this::fetched).isInstanceOf(BrokenDownloadException.class);
    assertThat(names()).containsExactly(".task");
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(root.resolve("w"))) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }
}
