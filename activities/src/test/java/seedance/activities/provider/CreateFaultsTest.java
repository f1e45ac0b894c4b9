package seedance.activities.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static seedance.activities.provider.TestServer.BODY;
import static seedance.activities.provider.TestServer.json;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import javax.net.SocketFactory;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.SocketEffect;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okio.Buffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import seedance.workflows.json.Json;

/** What a create is when the network breaks: sent once in every case, and never called lost. */
class CreateFaultsTest {
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

  private static Named<UnaryOperator<MockResponse.Builder>> fault(
      String name, UnaryOperator<MockResponse.Builder> fault) {
    return Named.of(name, fault);
  }

  static Stream<Named<UnaryOperator<MockResponse.Builder>>> faultsAfterArrival() {
    return Stream.of(
        fault("reset after the request", r -> r.onResponseStart(new SocketEffect.CloseSocket())),
        fault(
            "half closed",
            r -> r.onResponseStart(new SocketEffect.CloseSocket(false, false, true))),
        fault(
            "reset while it reads the request",
            r -> r.onRequestBody(new SocketEffect.CloseSocket())),
        fault("reply cut short", r -> r.onResponseBody(new SocketEffect.CloseSocket())),
        fault("garbage for a status line", r -> r.status("NOT HTTP AT ALL")),
        fault(
            "reply shorter than it says",
            r ->
                r.setHeader("Content-Length", "5000")
                    .onResponseEnd(new SocketEffect.CloseSocket())),
        fault("reply that claims gzip", r -> r.setHeader("Content-Encoding", "gzip")),
        fault("larger than the limit", r -> r.body(endless())),
        fault("408 that invites to repeat", r -> r.code(408).setHeader("Connection", "close")),
        fault("503 with Retry-After: 0", r -> r.code(503).setHeader("Retry-After", "0")),
        fault("307 to ourselves", r -> r.code(307).setHeader("Location", "/v1/videos")),
        fault("308 to ourselves", r -> r.code(308).setHeader("Location", "/v1/videos")));
  }

  static Stream<Named<UnaryOperator<MockResponse.Builder>>> silencesAfterArrival() {
    SocketEffect stall = SocketEffect.Stall.INSTANCE;
    return Stream.of(
        fault("stall before the reply", r -> r.onResponseStart(stall)),
        fault("stall in the reply", r -> r.onResponseBody(stall)),
        fault("slow beyond the limit", r -> r.headersDelay(10, TimeUnit.SECONDS)));
  }

  /** OkHttp repeats a request by itself only where it has another address to try. */
  private static OkHttpClient.Builder twoWays() {
    InetAddress here = InetAddress.getLoopbackAddress();
    return new OkHttpClient.Builder().dns(name -> List.of(here, here));
  }

  private URI byName() {
    return URI.create("http://service.example:" + server.getPort());
  }

  private static Buffer endless() {
    return new Buffer().writeUtf8("{\"id\":\"cgt-1\",\"x\":\"" + "x".repeat(2 << 20) + "\"}");
  }

  @ParameterizedTest
  @MethodSource("faultsAfterArrival")
  void faultAfterArrival_isUnknown_notSentAgain(UnaryOperator<MockResponse.Builder> fault) {
    assertUnknown_notSentAgain(fault, TestServer.PATIENT);
  }

  @ParameterizedTest
  @MethodSource("silencesAfterArrival")
  void silenceAfterArrival_isUnknown_notSentAgain(UnaryOperator<MockResponse.Builder> silence) {
    assertUnknown_notSentAgain(silence, TestServer.IMPATIENT);
  }

  private void assertUnknown_notSentAgain(
      UnaryOperator<MockResponse.Builder> fault, Timeouts timeouts) {
    server.enqueue(fault.apply(json(200, "{\"id\":\"cgt-1\"}").newBuilder()).build());
    server.enqueue(json(200, "{\"id\":\"cgt-second\"}"));

    Creation creation =
        TestServer.provider(byName(), twoWays().build(), timeouts).create(BODY, Instant.MAX);

    assertThat(creation).isInstanceOf(Creation.Unknown.class);
    // A request that is reset while it is read does not count as one.
    assertThat(server.getRequestCount()).isLessThanOrEqualTo(1);
  }

  /** Under HTTP/2 OkHttp by itself repeats a stream that the server refused. */
  @ParameterizedTest
  @MethodSource("http2Faults")
  void http2Fault_isUnknown_notSentAgain(UnaryOperator<MockResponse.Builder> fault) {
    List<Protocol> h2 = List.of(Protocol.H2_PRIOR_KNOWLEDGE);
    server.setProtocols(h2);
    server.enqueue(fault.apply(json(200, "{\"id\":\"cgt-1\"}").newBuilder()).build());
    server.enqueue(json(200, "{\"id\":\"cgt-second\"}"));
    OkHttpClient base = twoWays().protocols(h2).build();

    Creation creation = TestServer.provider(byName(), base).create(BODY, Instant.MAX);

    assertThat(creation).isInstanceOf(Creation.Unknown.class);
    assertThat(server.getRequestCount()).isEqualTo(1);
  }

  static Stream<Named<UnaryOperator<MockResponse.Builder>>> http2Faults() {
    return Stream.of(
        fault(
            "refused stream", r -> r.onResponseStart(new SocketEffect.CloseStream(REFUSED_STREAM))),
        fault("cancelled stream", r -> r.onResponseStart(new SocketEffect.CloseStream(8))),
        fault("connection closed", r -> r.onResponseStart(new SocketEffect.CloseSocket())),
        fault("503 with Retry-After: 0", r -> r.code(503).setHeader("Retry-After", "0")));
  }

  @Test
  void wholeCallTakingTooLong_isUnknown() {
    server.enqueue(
        json(200, "{\"id\":\"cgt-1\",\"x\":\"" + "x".repeat(4000) + "\"}")
            .newBuilder()
            .throttleBody(10, 100, TimeUnit.MILLISECONDS)
            .build());
    Timeouts trickled =
        new Timeouts(
            Duration.ofSeconds(5),
            Duration.ofSeconds(5),
            Duration.ofSeconds(5),
            Duration.ofSeconds(2),
            Duration.ZERO);

    assertThat(
            TestServer.provider(server.url("/").uri(), new OkHttpClient(), trickled)
                .create(BODY, Instant.MAX))
        // The head of the answer comes at once, unless the machine is very busy.
        .isIn(
            new Creation.Unknown("the answer was cut short (200)"),
            new Creation.Unknown("no answer came in time"));
    // What has left is read by the server sooner or later.
    await().atMost(Duration.ofMinutes(1)).until(() -> server.getRequestCount() == 1);
  }

  @Test
  void stoppedWorker_isNotCreated_whenNothingHasLeft() {
    Thread.currentThread().interrupt();

    Creation creation = TestServer.provider(server).create(BODY, Instant.MAX);

    boolean stillInterrupted = Thread.interrupted();
    assertThat(creation)
        .isEqualTo(
            new Creation.NotCreated("the worker was stopped during the call", Optional.empty()));
    assertThat(stillInterrupted).isTrue();
    assertThat(server.getRequestCount()).isZero();
  }

  @Test
  void rejectionWhoseBodyIsCut_isStillARejection() {
    server.enqueue(
        json(400, "{\"error\":{}}")
            .newBuilder()
            .onResponseBody(new SocketEffect.CloseSocket())
            .build());

    assertThat(TestServer.provider(server).create(BODY, Instant.MAX))
        .isInstanceOf(Creation.Rejected.class);
  }

  @Test
  void refusedConnection_isNotCreated() throws IOException {
    try (Socket deaf = new Socket()) {
      deaf.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));

      assertThat(createAt("http://127.0.0.1:" + deaf.getLocalPort()))
          .isEqualTo(new Creation.NotCreated("the connection was refused", Optional.empty()));
    }
  }

  @Test
  void unknownHost_isNotCreated() {
    assertThat(createAt("https://no-such-host.invalid"))
        .isEqualTo(new Creation.NotCreated("the host name was not found", Optional.empty()));
  }

  @Test
  void failedTlsHandshake_isNotCreated() throws Exception {
    CompletableFuture<Void> answers;
    try (ServerSocket noTls = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
      answers = CompletableFuture.runAsync(() -> answerInPlainText(noTls));

      assertThat(createAt("https://localhost:" + noTls.getLocalPort()))
          .isEqualTo(new Creation.NotCreated("the TLS connection failed", Optional.empty()));
    }
    answers.get(60, TimeUnit.SECONDS);
  }

  /** Every connection, until the socket is closed. */
  private static void answerInPlainText(ServerSocket server) {
    while (true) {
      try (Socket connection = server.accept()) {
        connection.getInputStream().read();
        connection
            .getOutputStream()
            .write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      } catch (IOException closed) {
        if (server.isClosed()) {
          return;
        }
      }
    }
  }

  @Test
  void connectTimeout_isNotCreated() {
    OkHttpClient unreachable =
        new OkHttpClient.Builder().socketFactory(new UnreachableSockets()).build();

    assertThat(
            TestServer.provider(URI.create("http://127.0.0.1:9"), unreachable)
                .create(BODY, Instant.MAX))
        .isEqualTo(
            new Creation.NotCreated("the request could not leave in time", Optional.empty()));
  }

  @Test
  void stalledTlsHandshake_isNotCreated() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThat(
              TestServer.provider(
                      URI.create("https://127.0.0.1:" + silent.getLocalPort()),
                      new OkHttpClient(),
                      TestServer.IMPATIENT)
                  .create(BODY, Instant.MAX))
          .isEqualTo(
              new Creation.NotCreated("the request could not leave in time", Optional.empty()));
    }
  }

  /** A JSON object without its last byte is none, so a body that is cut cannot have made a task. */
  @Test
  void connectionThatBreaksWithinALargeBody_isNotCreated() throws Exception {
    Json large = new Json(Map.of("image", "x".repeat(30 << 20)));
    try (ServerSocket service = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      CountDownLatch broken = new CountDownLatch(1);
      Thread breaking =
          new Thread(
              () -> {
                try (Socket socket = service.accept()) {
                  InputStream in = socket.getInputStream();
                  assertThat(in.readNBytes(1000)).hasSize(1000);
                  socket.setSoLinger(true, 0);
                } catch (IOException e) {
                  throw new IllegalStateException(e);
                }
                broken.countDown();
              });
      breaking.start();

      Creation creation =
          TestServer.provider(
                  URI.create("http://127.0.0.1:" + service.getLocalPort()), new OkHttpClient())
              .create(large, Instant.MAX);

      assertThat(broken.await(60, TimeUnit.SECONDS)).isTrue();
      assertThat(creation)
          .isEqualTo(
              new Creation.NotCreated(
                  "the connection broke before the request had left", Optional.empty()));
    }
  }

  /** A kept connection may be dead already, which would show only after sending. */
  @Test
  void everyCreate_hasAConnectionOfItsOwn() throws Exception {
    server.enqueue(json(200, "{\"id\":\"cgt-1\"}"));
    server.enqueue(json(200, "{\"id\":\"cgt-2\"}"));
    HttpVideoProvider provider = TestServer.provider(server);

    assertThat(provider.create(BODY, Instant.MAX)).isEqualTo(new Creation.Created("cgt-1"));
    assertThat(provider.create(BODY, Instant.MAX)).isEqualTo(new Creation.Created("cgt-2"));

    assertThat(server.takeRequest().getConnectionIndex()).isZero();
    assertThat(server.takeRequest().getConnectionIndex()).isEqualTo(1);
  }

  private static Creation createAt(String baseUrl) {
    return TestServer.provider(URI.create(baseUrl), new OkHttpClient()).create(BODY, Instant.MAX);
  }

  /** Sockets whose connect times out, without the wait. */
  private static final class UnreachableSockets extends SocketFactory {
    @Override
    public Socket createSocket() {
      return new Socket() {
        @Override
        public void connect(SocketAddress endpoint, int timeout) throws IOException {
          throw new SocketTimeoutException("Connect timed out");
        }
      };
    }

    @Override
    public Socket createSocket(String host, int port) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress local, int localPort) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Socket createSocket(InetAddress host, int port) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) {
      throw new UnsupportedOperationException();
    }
  }
}
