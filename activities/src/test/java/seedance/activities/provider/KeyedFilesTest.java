package seedance.activities.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static seedance.activities.provider.TestServer.json;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import okio.Buffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The key goes where the operator's base URL is, and nowhere else. */
class KeyedFilesTest {
  private final MockWebServer gateway = new MockWebServer();
  private final MockWebServer elsewhere = new MockWebServer();

  @BeforeEach
  void start() throws IOException {
    gateway.start();
    elsewhere.start();
  }

  @AfterEach
  void close() {
    gateway.close();
    elsewhere.close();
  }

  private ResultFiles files() {
    return new ResultFiles(
        TestServer.urls(gateway.url("/team").uri()),
        Optional.of(Secret.of(TestServer.KEY)),
        TestServer.PATIENT,
        TestServer.CLOCK);
  }

  private Opened open(String path) {
    return files().open(gateway.url(path).uri());
  }

  private static MockResponse clip() {
    return new MockResponse.Builder().body(new Buffer().writeUtf8("a clip")).build();
  }

  private static MockResponse redirectTo(String location) {
    return new MockResponse.Builder().code(302).setHeader("Location", location).build();
  }

  private static String keyOf(MockWebServer server) throws InterruptedException {
    return server.takeRequest().getHeaders().get("Authorization");
  }

  @Test
  void urlBelowTheBaseUrl_isFetchedWithTheKey() throws Exception {
    gateway.enqueue(clip());

    assertThat(open("/team/v1/videos/cgt-1/content")).isInstanceOf(Opened.Open.class);
    assertThat(keyOf(gateway)).isEqualTo("Bearer " + TestServer.KEY);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/files/v.mp4", "/teamwork/v.mp4", "/team/%2e%2e/files", "/team/..%2ffiles/v.mp4"})
  void urlThatIsNotBelowIt_isFetchedWithoutTheKey(String path) throws Exception {
    gateway.enqueue(clip());

    assertThat(files().open(URI.create(gateway.url("/").toString().replaceAll("/$", "") + path)))
        .isInstanceOf(Opened.Open.class);
    assertThat(keyOf(gateway)).isNull();
  }

  @Test
  void otherPortOfTheSameHost_isNotTrusted() {
    assertThat(files().open(elsewhere.url("/team/v.mp4").uri())).isInstanceOf(Opened.Failed.class);
    assertThat(elsewhere.getRequestCount()).isZero();
  }

  @Test
  void redirectOutOfTheBaseUrl_isFollowedWithoutTheKey_alsoBackAgain() throws Exception {
    gateway.enqueue(redirectTo("/files/v.mp4"));
    gateway.enqueue(redirectTo("/team/v.mp4"));
    gateway.enqueue(clip());

    assertThat(open("/team/content")).isInstanceOf(Opened.Open.class);
    assertThat(keyOf(gateway)).isNotNull();
    assertThat(keyOf(gateway)).isNull();
    assertThat(keyOf(gateway)).isNull();
  }

  @Test
  void redirectThatStaysBelowTheBaseUrl_keepsTheKey() throws Exception {
    gateway.enqueue(redirectTo("/team/files/v.mp4"));
    gateway.enqueue(clip());

    assertThat(open("/team/content")).isInstanceOf(Opened.Open.class);
    assertThat(keyOf(gateway)).isNotNull();
    assertThat(keyOf(gateway)).isNotNull();
  }

  @Test
  void redirectToAnotherPort_neverGetsTheKey() {
    gateway.enqueue(redirectTo(elsewhere.url("/team/v.mp4").toString()));

    assertThat(open("/team/content")).isInstanceOf(Opened.Failed.class);
    assertThat(elsewhere.getRequestCount()).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 403})
  void signedUrlThatMayHaveNoKey_isFetchedWithout(int status) throws Exception {
    gateway.enqueue(json(status, "<Error>only one auth mechanism allowed</Error>"));
    gateway.enqueue(clip());

    assertThat(open("/team/v.mp4?X-Tos-Signature=1")).isInstanceOf(Opened.Open.class);
    assertThat(keyOf(gateway)).isNotNull();
    assertThat(keyOf(gateway)).isNull();
  }

  @Test
  void requestWithoutTheKey_sharesTheDeadline() {
    gateway.enqueue(json(401, "").newBuilder().headersDelay(300, TimeUnit.MILLISECONDS).build());
    gateway.enqueue(clip().newBuilder().headersDelay(300, TimeUnit.MILLISECONDS).build());

    assertThat(
            files()
                .open(gateway.url("/team/v.mp4").uri(), Optional.empty(), Duration.ofMillis(500)))
        .isEqualTo(new Opened.Failed("no answer came in time", Optional.empty()));
  }

  @Test
  void keyThatIsRefused_isSaid() {
    gateway.enqueue(json(401, "{}"));
    gateway.enqueue(json(401, "{}"));

    assertThat(open("/team/content")).isEqualTo(new Opened.Expired("the file's URL is dead (401)"));
  }

  @Test
  void whatWantsTheKey_isNotForEveryone() {
    gateway.enqueue(json(401, "{}"));
    gateway.enqueue(clip());
    ResultFiles files = files();

    assertThat(files.isForEveryone(gateway.url("/team/content").uri(), Duration.ZERO)).isFalse();
    assertThat(files.isForEveryone(gateway.url("/team/signed").uri(), Duration.ZERO)).isTrue();
    assertThat(files.isKeyed(gateway.url("/team/signed").uri())).isTrue();
    assertThat(files.isKeyed(URI.create("https://files.example/v.mp4"))).isFalse();
    assertThat(gateway.getRequestCount()).isEqualTo(2);
  }
}
