package seedance.activities.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static seedance.activities.provider.TestServer.BODY;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import seedance.activities.MovableClock;
import seedance.workflows.json.Json;

/** A worker that was frozen, at whatever point, sends nothing when it wakes up too late. */
class SendBeforeTest {
  private static final String TASK = "cgt-20261122184500-abcde";
  private static final String MISSED =
      "the attempt's own deadline had passed before the request left";
  private static final Creation NOT_CREATED = new Creation.NotCreated(MISSED, Optional.empty());
  private static final Cancellation NOT_KNOWN = new Cancellation.NotKnown(MISSED, Optional.empty());

  private final MovableClock clock = new MovableClock(TestServer.CLOCK.instant());
  private final Instant sendBefore = clock.instant().plusSeconds(10);
  private ServerSocket service;

  @BeforeEach
  void listen() throws IOException {
    service = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
  }

  @AfterEach
  void close() throws IOException {
    service.close();
  }

  @Test
  void createThatWakesWhileItConnects_sendsNothing() throws Exception {
    CompletableFuture<String> received = CompletableFuture.supplyAsync(() -> receiveAll());

    Creation creation = provider(client(this::oversleep)).create(BODY, sendBefore);

    assertThat(creation).isEqualTo(NOT_CREATED);
    assertThat(received.get(60, TimeUnit.SECONDS)).isEmpty();
  }

  @Test
  void createThatWakesWithinItsBody_neverSendsTheEnd() throws Exception {
    Json large = new Json(Map.of("image", "x".repeat(30 << 20)));
    CompletableFuture<String> received =
        CompletableFuture.supplyAsync(() -> receiveAll(1000, this::oversleep));

    Creation creation = provider(client(() -> {})).create(large, sendBefore);

    assertThat(creation).isEqualTo(NOT_CREATED);
    assertThat(endOf(received)).endsWith("xxx\"");
  }

  @Test
  void createThatWakesBeforeItsLastByte_neverSendsIt() throws Exception {
    CompletableFuture<String> received = CompletableFuture.supplyAsync(() -> receiveAll());
    Clock lateAtTheSecondLook =
        new MovableClock(TestServer.CLOCK.instant()) {
          @Override
          public Instant instant() {
            Instant now = super.instant();
            advance(Duration.ofMinutes(1));
            return now;
          }
        };

    Creation creation =
        TestServer.ark(baseUrl(), client(() -> {}), lateAtTheSecondLook).create(BODY, sendBefore);

    assertThat(creation).isEqualTo(NOT_CREATED);
    assertThat(endOf(received)).doesNotEndWith("}");
  }

  @Test
  void createAtItsDeadline_isSent() throws Exception {
    CompletableFuture<Void> answered = CompletableFuture.runAsync(this::answerOk);

    assertThat(provider(client(() -> {})).create(BODY, clock.instant()))
        .isEqualTo(new Creation.Created(TASK));
    answered.get(60, TimeUnit.SECONDS);
  }

  @Test
  void cancelThatIsLate_doesNotEvenConnect() throws IOException {
    assertThat(provider(client(() -> {})).cancel(TASK, clock.instant().minusMillis(1)))
        .isEqualTo(NOT_KNOWN);

    service.setSoTimeout(1);
    assertThatThrownBy(service::accept).isInstanceOf(SocketTimeoutException.class);
  }

  @Test
  void cancelThatWakesWhileItConnects_sendsNothing() throws Exception {
    CompletableFuture<String> received = CompletableFuture.supplyAsync(() -> receiveAll());

    Cancellation cancellation = provider(client(this::oversleep)).cancel(TASK, sendBefore);

    assertThat(cancellation).isEqualTo(NOT_KNOWN);
    assertThat(received.get(60, TimeUnit.SECONDS)).isEmpty();
  }

  @Test
  void cancelAtItsDeadline_isSent() throws Exception {
    CompletableFuture<Void> answered = CompletableFuture.runAsync(this::answerOk);

    assertThat(provider(client(() -> {})).cancel(TASK, clock.instant()))
        .isEqualTo(new Cancellation.Done());
    answered.get(60, TimeUnit.SECONDS);
  }

  private HttpVideoProvider provider(OkHttpClient base) {
    return TestServer.ark(baseUrl(), base, clock);
  }

  private URI baseUrl() {
    return URI.create("http://service.example:" + service.getLocalPort());
  }

  private void oversleep() {
    clock.advance(Duration.ofMinutes(1));
  }

  /**
   * @param beforeConnecting runs while the host's name is looked up
   */
  private static OkHttpClient client(Runnable beforeConnecting) {
    return new OkHttpClient.Builder()
        .dns(
            name -> {
              beforeConnecting.run();
              return List.of(InetAddress.getLoopbackAddress());
            })
        .build();
  }

  private String receiveAll() {
    return receiveAll(0, () -> {});
  }

  /** All that one connection brings, until the other side closes it. */
  private String receiveAll(int atFirst, Runnable andThen) {
    try (Socket connection = service.accept()) {
      InputStream in = connection.getInputStream();
      String first = new String(in.readNBytes(atFirst), StandardCharsets.ISO_8859_1);
      andThen.run();
      return first + new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String endOf(CompletableFuture<String> received) throws Exception {
    String all = received.get(60, TimeUnit.SECONDS);
    assertThat(all.substring(0, Math.min(all.length(), 20))).startsWith("POST /api/v3/");
    return all.substring(all.length() - 20);
  }

  private void answerOk() {
    try (Socket connection = service.accept()) {
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(connection.getInputStream(), StandardCharsets.US_ASCII));
      assertThat(in.readLine()).endsWith("HTTP/1.1");
      String json = "{\"id\":\"" + TASK + "\"}";
      String reply = "HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s";
      connection
          .getOutputStream()
          .write(reply.formatted(json.length(), json).getBytes(StandardCharsets.US_ASCII));
      connection.shutdownOutput();
      assertThat(in.lines()).isNotEmpty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
