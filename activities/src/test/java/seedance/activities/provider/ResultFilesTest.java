package seedance.activities.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static seedance.activities.provider.TestServer.json;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import okio.Buffer;
import okio.GzipSink;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is fetched of a service's URLs, and what never is. */
class ResultFilesTest {
  private static final String NOT_PUBLIC = "the file's host is not a public one";
  private static final byte[] CLIP = "a clip's bytes".getBytes(StandardCharsets.UTF_8);

  private static final Opened NOT_IN_TIME =
      new Opened.Failed("no answer came in time", Optional.empty());

  private final MockWebServer server = new MockWebServer();

  @BeforeEach
  void start() throws IOException {
    server.start();
  }

  @AfterEach
  void close() {
    server.close();
  }

  /** With the server's own host as the operator's. */
  private ResultFiles files() {
    return new ResultFiles(
        TestServer.urls(server.url("/").uri()),
        Optional.empty(),
        TestServer.PATIENT,
        TestServer.CLOCK);
  }

  private static ResultFiles filesOfARemoteService() {
    return new ResultFiles(
        TestServer.urls(Dialect.GATEWAY.defaultBaseUrl()),
        Optional.empty(),
        TestServer.PATIENT,
        TestServer.CLOCK);
  }

  private URI url(String path) {
    return server.url(path).uri();
  }

  private static MockResponse.Builder clip() {
    return new MockResponse.Builder().body(new Buffer().write(CLIP));
  }

  @Test
  void file_flows_withItsLength_andNoKey() throws Exception {
    server.enqueue(clip().build());

    try (Opened.Open open = (Opened.Open) files().open(url("/v.mp4?X-Sig=a%2Fb"))) {
      assertThat(open.size()).isEqualTo(OptionalLong.of(CLIP.length));
      assertThat(open.bytes().readAllBytes()).isEqualTo(CLIP);
    }
    RecordedRequest request = server.takeRequest();
    assertThat(request.getTarget()).isEqualTo("/v.mp4?X-Sig=a%2Fb");
    assertThat(request.getHeaders().names()).doesNotContain("Authorization", "Cookie");
    assertThat(request.getHeaders().get("Accept-Encoding")).isEqualTo("identity");
  }

  @Test
  void fileOfUnsaidLength_flows() throws Exception {
    server.enqueue(new MockResponse.Builder().chunkedBody(new Buffer().write(CLIP), 4).build());

    try (Opened.Open open = (Opened.Open) files().open(url("/v.mp4"))) {
      assertThat(open.size()).isEmpty();
      assertThat(open.bytes().readAllBytes()).isEqualTo(CLIP);
    }
  }

  @Test
  void fileThatComesCompressed_thoughNobodyAskedForThat_flowsAsItIs() throws Exception {
    server.enqueue(compressed().build());

    try (Opened.Open open = (Opened.Open) files().open(url("/v.mp4"))) {
      // Its length and its version are those of the compressed form.
      assertThat(open.size()).isEmpty();
      assertThat(open.validator()).isEmpty();
      assertThat(open.endIsTold()).isTrue();
      assertThat(open.bytes().readAllBytes()).isEqualTo(CLIP);
    }
  }

  @Test
  void fileThatIsOnlySaidToBeCompressed_flowsAsItIs() throws Exception {
    server.enqueue(clip().setHeader("Content-Encoding", "gzip").build());

    try (Opened.Open open = (Opened.Open) files().open(url("/v.mp4"))) {
      assertThat(open.size()).isEqualTo(OptionalLong.of(CLIP.length));
      assertThat(open.bytes().readAllBytes()).isEqualTo(CLIP);
    }
  }

  @Test
  void compressedFileThatBreaksOff_isNotWhole() throws Exception {
    Buffer cut = new Buffer();
    Buffer whole = compressedClip();
    cut.write(whole, whole.size() - 4);
    server.enqueue(compressed().body(cut).build());

    try (Opened.Open open = (Opened.Open) files().open(url("/v.mp4"))) {
      assertThatThrownBy(() -> open.bytes().readAllBytes())
          .isInstanceOf(IOException.class)
          .hasMessage("the connection broke in the file");
    }
  }

  @Test
  void restOfACompressedFile_isNotGoneOnWith() throws Exception {
    Resumption rest = new Resumption(4, "\"v1\"", OptionalLong.empty());
    String range = "bytes 4-%d/*".formatted(4 + compressedClip().size() - 1);
    server.enqueue(compressed().code(206).setHeader("Content-Range", range).build());
    server.enqueue(clip().build());

    try (Opened.Open open =
        (Opened.Open) files().open(url("/v.mp4"), Optional.of(rest), Duration.ZERO)) {
      assertThat(open.from()).isZero();
      assertThat(open.bytes().readAllBytes()).isEqualTo(CLIP);
    }
  }

  private static MockResponse.Builder compressed() throws IOException {
    return new MockResponse.Builder()
        .setHeader("Content-Encoding", "gzip")
        .setHeader("ETag", "\"v1\"")
        .body(compressedClip());
  }

  private static Buffer compressedClip() throws IOException {
    Buffer compressed = new Buffer();
    try (GzipSink sink = new GzipSink(compressed)) {
      sink.write(new Buffer().write(CLIP), CLIP.length);
    }
    return compressed;
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 403, 404, 410})
  void deadUrl_isExpired(int status) {
    server.enqueue(json(status, "<Error>"));

    assertThat(files().open(url("/v.mp4")))
        .isEqualTo(new Opened.Expired("the file's URL is dead (" + status + ")"));
  }

  @ParameterizedTest
  @ValueSource(ints = {204, 206, 304, 402, 429, 500, 503})
  void otherAnswer_isFailed_withTheWaitAskedFor(int status) {
    server.enqueue(json(status, "").newBuilder().setHeader("Retry-After", "9").build());

    assertThat(files().open(url("/v.mp4")))
        .isEqualTo(
            new Opened.Failed(
                "the file's host answered " + status, Optional.of(Duration.ofSeconds(9))));
  }

  @Test
  void stalledFile_breaksInOurWords() throws Exception {
    server.enqueue(clip().onResponseBody(SocketEffect.Stall.INSTANCE).build());

    try (Opened.Open open =
        (Opened.Open) TestFiles.impatientlyOf(server).open(url("/v.mp4?X-Sig=1"))) {
      assertThatThrownBy(() -> open.bytes().readAllBytes())
          .isInstanceOf(IOException.class)
          .hasMessage("the file stopped flowing")
          .hasNoCause();
    }
  }

  @Test
  void cutFile_breaksInOurWords() throws Exception {
    server.enqueue(clip().onResponseBody(new SocketEffect.CloseSocket()).build());

    try (Opened.Open open = (Opened.Open) files().open(url("/v.mp4?X-Sig=1"))) {
      assertThatThrownBy(() -> open.bytes().readAllBytes())
          .isInstanceOf(IOException.class)
          .hasMessage("the connection broke in the file");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://127.0.0.1/v.mp4",
        "https://127.1/v.mp4",
        "https://2130706433/v.mp4",
        "https://0x7f000001/v.mp4",
        "https://0.0.0.0/v.mp4",
        "https://10.0.0.1/v.mp4",
        "https://172.16.0.1/v.mp4",
        "https://192.168.1.1/v.mp4",
        "https://169.254.169.254/latest/meta-data",
        "https://100.100.100.200/latest/meta-data",
        "https://224.0.0.1/v.mp4",
        "https://255.255.255.255/v.mp4",
        "https://[::1]/v.mp4",
        "https://[::]/v.mp4",
        "https://[::ffff:127.0.0.1]/v.mp4",
        "https://[::127.0.0.1]/v.mp4",
        "https://[64:ff9b::169.254.169.254]/v.mp4",
        "https://[2002:7f00:1::]/v.mp4",
        "https://[64:ff9b:1::7f00:1]/v.mp4",
        "https://[::ffff:0:127.0.0.1]/v.mp4",
        "https://[2001:0:7f00:1::1]/v.mp4",
        "https://[fe80::1]/v.mp4",
        "https://[fd00::1]/v.mp4",
        "https://[ff02::1]/v.mp4",
        "https://localhost/v.mp4",
        "https://LOCALHOST./v.mp4"
      })
  void addressThatIsNotPublic_isNotFetched(String url) {
    assertThat(filesOfARemoteService().open(URI.create(url)))
        .isInstanceOfSatisfying(
            Opened.Failed.class,
            failed -> assertThat(failed.what()).isIn(NOT_PUBLIC, "the host name was not found"));
  }

  @Test
  void nameThatLeadsHere_isNotFetched() {
    URI here = URI.create("https://localhost:" + server.getPort() + "/v.mp4");

    assertThat(filesOfARemoteService().open(here))
        .isEqualTo(new Opened.Failed(NOT_PUBLIC, Optional.empty()));
    assertThat(server.getRequestCount()).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "http://files.example/v.mp4 | the file's URL is not https",
        "ftp://files.example/v.mp4 | the file's URL is not http or https",
        "file:///etc/passwd | the file's URL is not http or https",
        "data:video/mp4;base64,AAAA | the file's URL is not http or https",
        "v.mp4 | the file's URL is not http or https"
      })
  void otherScheme_isNotFetched(String url, String what) {
    assertThat(filesOfARemoteService().open(URI.create(url)))
        .isEqualTo(new Opened.Failed(what, Optional.empty()));
  }

  @Test
  void redirect_isFollowed() throws Exception {
    server.enqueue(redirectTo("/elsewhere.mp4"));
    server.enqueue(clip().build());

    try (Opened.Open open = (Opened.Open) files().open(url("/v.mp4"))) {
      assertThat(open.bytes().readAllBytes()).isEqualTo(CLIP);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "https://169.254.169.254/latest/meta-data, the file's host is not a public one",
    "http://169.254.169.254/latest/meta-data, the file's URL is not https",
    "https://[::1]/, the file's host is not a public one",
    "file:///etc/passwd, the file's URL is not http or https"
  })
  void redirectToWhatIsNotFetched_isNotFollowed(String location, String what) {
    server.enqueue(redirectTo(location));

    assertThat(files().open(url("/v.mp4"))).isEqualTo(new Opened.Failed(what, Optional.empty()));
  }

  @Test
  void circleOfRedirects_ends() {
    for (int i = 0; i < 20; i++) {
      server.enqueue(redirectTo("/v.mp4"));
    }

    assertThat(files().open(url("/v.mp4")))
        .isEqualTo(new Opened.Failed("the file's host redirects in circles", Optional.empty()));
    assertThat(server.getRequestCount()).isEqualTo(6);
  }

  @Test
  void redirects_shareOneDeadline() {
    for (int i = 0; i < 5; i++) {
      server.enqueue(late(redirectTo("/v.mp4")));
    }
    server.enqueue(clip().build());

    assertThat(files().open(url("/v.mp4"), Optional.empty(), Duration.ofMillis(700)))
        .isEqualTo(NOT_IN_TIME);
  }

  @Test
  void wholeFile_whereTheRestIsRefused_sharesTheDeadline() {
    server.enqueue(late(json(500, "")));
    server.enqueue(late(clip().build()));
    Resumption rest = new Resumption(2, "\"v1\"", OptionalLong.empty());

    assertThat(files().open(url("/v.mp4"), Optional.of(rest), Duration.ofMillis(500)))
        .isEqualTo(NOT_IN_TIME);
  }

  @Test
  void fileThatDoesNotBegin_isGivenUp_overAllRedirects() {
    for (int i = 0; i < 5; i++) {
      server.enqueue(late(redirectTo("/v.mp4")));
    }
    server.enqueue(clip().build());

    assertThat(beginningWithin(Duration.ofMillis(700)).open(url("/v.mp4"))).isEqualTo(NOT_IN_TIME);
  }

  @Test
  void fileThatHasBegun_mayTakeLonger() throws Exception {
    server.enqueue(clip().build());
    server.enqueue(clip().bodyDelay(1200, TimeUnit.MILLISECONDS).build());
    ResultFiles files = beginningWithin(Duration.ofSeconds(1));
    ((Opened.Open) files.open(url("/first.mp4"))).close();

    try (Opened.Open open = (Opened.Open) files.open(url("/v.mp4"))) {
      assertThat(open.bytes().readAllBytes()).isEqualTo(CLIP);
    }
  }

  private ResultFiles beginningWithin(Duration limit) {
    return new ResultFiles(
        TestServer.urls(server.url("/").uri()),
        Optional.empty(),
        TestServer.PATIENT.withTogether(limit),
        TestServer.CLOCK);
  }

  private static MockResponse late(MockResponse answer) {
    return answer.newBuilder().headersDelay(300, TimeUnit.MILLISECONDS).build();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "8.8.8.8",
        "100.63.255.255",
        "172.32.0.1",
        "198.18.0.7",
        "2606:4700::1111",
        "64:ff9b::8.8.8.8",
        "192.0.1.1"
      })
  void publicAddress_isPublic(String address) throws Exception {
    assertThat(PublicAddresses.isPublic(InetAddress.getByName(address))).isTrue();
  }

  private static MockResponse redirectTo(String location) {
    return new MockResponse.Builder().code(302).setHeader("Location", location).build();
  }
}
