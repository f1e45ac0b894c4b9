package seedance.activities.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static seedance.activities.provider.TestServer.error;
import static seedance.activities.provider.TestServer.json;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What each answer to a cancel is taken for, and that none makes it leave twice. */
class CancelAnswersTest {
  private static final String ID = "cgt-20261122184500-abcde";
  private static final int REFUSED_STREAM = 7;

  private final MockWebServer server = new MockWebServer();

  @BeforeEach
  void start() throws IOException {
    server.start();
  }

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void request_isTheServicesDelete_withTheKeyInItsHeaderOnly() throws Exception {
    assertThat(cancel(json(200, "{}"))).isEqualTo(new Cancellation.Done());

    RecordedRequest request = server.takeRequest();
    assertThat(request.getMethod()).isEqualTo("DELETE");
    assertThat(request.getTarget()).isEqualTo("/api/v3/contents/generations/tasks/" + ID);
    assertThat(request.getHeaders().values("Authorization"))
        .containsExactly("Bearer " + TestServer.KEY);
    assertThat(request.getBodySize()).isZero();
  }

  @ParameterizedTest
  @CsvSource({"200, {}", "200, ''", "204, ''", "200, null", "200, '{\"code\":0,\"data\":{}}'"})
  void success_isDone(int status, String body) {
    assertThat(cancel(json(status, body))).isEqualTo(new Cancellation.Done());
  }

  @Test
  void runningTask_isRunning() {
    assertThat(cancel(error(409, "InvalidAction.RunningTaskDeletion", TestServer.PROMPT)))
        .isEqualTo(
            new Cancellation.Running(
                "the service does not cancel the task (409 InvalidAction.RunningTaskDeletion)"));
    assertThat(cancel(json(409, "<html>")))
        .isEqualTo(new Cancellation.Running("the service does not cancel the task (409)"));
  }

  static Stream<MockResponse> noSuchTask() {
    return Stream.of(
        json(404, ""),
        error(404, "NotFound.Task", ""),
        json(400, "{\"code\":\"task_not_exist\",\"message\":\"\"}"),
        json(200, "{\"code\":\"task_not_exist\",\"message\":\"\",\"data\":null}"));
  }

  @ParameterizedTest
  @MethodSource("noSuchTask")
  void unknownTask_isNoSuchTask(MockResponse answer) {
    assertThat(cancel(answer)).isInstanceOf(Cancellation.NoSuchTask.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "..", "a b", "a\tb", "a\u0000"})
  void textThatIsNoTaskId_isNotEvenAsked(String id) {
    assertThat(provider(new OkHttpClient()).cancel(id, Instant.MAX))
        .isInstanceOf(Cancellation.NoSuchTask.class);
    assertThat(server.getRequestCount()).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "400 | {} | the service did not confirm the cancel (400)",
        "401 | {'error':{'code':'AuthenticationError'}} | the service refuses the key (401 AuthenticationError)",
        "403 | '' | the service refuses the key (403)",
        "429 | {'error':{'code':'ServerOverloaded'}} | the service is busy (429 ServerOverloaded)",
        "500 | {'error':{'code':'InternalServiceError'}} | the service did not confirm the cancel (500 InternalServiceError)",
        "302 | '' | the service did not confirm the cancel (302)",
        "200 | <html> | the answer is not JSON (200)",
        "200 | {'code':1001,'message':'m'} | the answer is an error (200 1001)",
        "200 | {'error':'a very private cat'} | the answer is an error (200)"
      })
  void otherAnswers_areNotKnown_inOurWords(int status, String body, String what) {
    assertThat(cancel(json(status, body.replace('\'', '"'))))
        .isEqualTo(new Cancellation.NotKnown(what, Optional.empty()));
  }

  @Test
  void retryAfter_isHonoured() {
    assertThat(cancel(json(429, "").newBuilder().setHeader("Retry-After", "9").build()))
        .isEqualTo(
            new Cancellation.NotKnown(
                "the service is busy (429)", Optional.of(Duration.ofSeconds(9))));
  }

  private static Named<UnaryOperator<MockResponse.Builder>> fault(
      String name, UnaryOperator<MockResponse.Builder> fault) {
    return Named.of(name, fault);
  }

  static Stream<Named<UnaryOperator<MockResponse.Builder>>> faults() {
    return Stream.of(
        fault("reset after the request", r -> r.onResponseStart(new SocketEffect.CloseSocket())),
        fault("reply cut short", r -> r.onResponseBody(new SocketEffect.CloseSocket())),
        fault("garbage for a status line", r -> r.status("NOT HTTP AT ALL")),
        fault("408 that invites to repeat", r -> r.code(408).setHeader("Connection", "close")),
        fault("421 of another connection", r -> r.code(421)),
        fault("503 with Retry-After: 0", r -> r.code(503).setHeader("Retry-After", "0")),
        fault("307 to ourselves", r -> r.code(307).setHeader("Location", "/again")));
  }

  /** A second one, of a task that has ended since, deletes its video. */
  @ParameterizedTest
  @MethodSource("faults")
  void fault_isNotKnown_notSentAgain(UnaryOperator<MockResponse.Builder> fault) {
    assertSentOnce(fault, provider(twoWays().build()));
  }

  static Stream<Named<UnaryOperator<MockResponse.Builder>>> silences() {
    return Stream.of(
        fault("stall before the reply", r -> r.onResponseStart(SocketEffect.Stall.INSTANCE)),
        fault("slow beyond the limit", r -> r.headersDelay(10, TimeUnit.SECONDS)));
  }

  @ParameterizedTest
  @MethodSource("silences")
  void silence_isNotKnown_notSentAgain(UnaryOperator<MockResponse.Builder> silence) {
    assertSentOnce(silence, provider(twoWays().build(), TestServer.IMPATIENT));
  }

  @ParameterizedTest
  @MethodSource("http2Faults")
  void http2Fault_isNotKnown_notSentAgain(UnaryOperator<MockResponse.Builder> fault) {
    List<Protocol> h2 = List.of(Protocol.H2_PRIOR_KNOWLEDGE);
    server.setProtocols(h2);

    assertSentOnce(fault, provider(twoWays().protocols(h2).build()));
  }

  static Stream<Named<UnaryOperator<MockResponse.Builder>>> http2Faults() {
    return Stream.of(
        fault(
            "refused stream", r -> r.onResponseStart(new SocketEffect.CloseStream(REFUSED_STREAM))),
        fault("cancelled stream", r -> r.onResponseStart(new SocketEffect.CloseStream(8))),
        fault("connection closed", r -> r.onResponseStart(new SocketEffect.CloseSocket())),
        fault("503 with Retry-After: 0", r -> r.code(503).setHeader("Retry-After", "0")));
  }

  private void assertSentOnce(
      UnaryOperator<MockResponse.Builder> fault, HttpVideoProvider provider) {
    server.enqueue(fault.apply(json(200, "{}").newBuilder()).build());
    server.enqueue(json(200, "{}"));

    assertThat(provider.cancel(ID, Instant.MAX)).isInstanceOf(Cancellation.NotKnown.class);
    assertThat(server.getRequestCount()).isEqualTo(1);
  }

  /** A kept connection may be dead already, which would show only after sending. */
  @Test
  void everyCancel_hasAConnectionOfItsOwn() throws Exception {
    server.enqueue(json(200, "{\"status\":\"queued\"}"));
    server.enqueue(json(200, "{}"));
    server.enqueue(json(200, "{}"));
    HttpVideoProvider provider = provider(new OkHttpClient());

    provider.look(ID);
    provider.cancel(ID, Instant.MAX);
    provider.cancel(ID, Instant.MAX);

    assertThat(server.takeRequest().getConnectionIndex()).isZero();
    assertThat(server.takeRequest().getConnectionIndex()).isEqualTo(1);
    assertThat(server.takeRequest().getConnectionIndex()).isEqualTo(2);
  }

  @Test
  void stoppedWorker_isNotKnown() {
    Thread.currentThread().interrupt();

    Cancellation cancellation = provider(new OkHttpClient()).cancel(ID, Instant.MAX);

    boolean stillInterrupted = Thread.interrupted();
    assertThat(cancellation)
        .isEqualTo(
            new Cancellation.NotKnown("the worker was stopped during the call", Optional.empty()));
    assertThat(stillInterrupted).isTrue();
    assertThat(server.getRequestCount()).isZero();
  }

  @Test
  void gateway_isUnsupported_withoutAsking() {
    assertThat(TestServer.provider(server).cancel(ID, Instant.MAX))
        .isEqualTo(new Cancellation.Unsupported());
    assertThat(server.getRequestCount()).isZero();
  }

  /** OkHttp repeats a request by itself only where it has another address to try. */
  private static OkHttpClient.Builder twoWays() {
    InetAddress here = InetAddress.getLoopbackAddress();
    return new OkHttpClient.Builder().dns(name -> List.of(here, here));
  }

  private Cancellation cancel(MockResponse answer) {
    server.enqueue(answer);
    return provider(new OkHttpClient()).cancel(ID, Instant.MAX);
  }

  private HttpVideoProvider provider(OkHttpClient base) {
    return provider(base, TestServer.PATIENT);
  }

  private HttpVideoProvider provider(OkHttpClient base, Timeouts timeouts) {
    URI byName = URI.create("http://localhost:" + server.getPort());
    return TestServer.ark(byName, base, timeouts, TestServer.CLOCK);
  }
}
