package seedance.activities.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.zip.Deflater;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import okio.Buffer;
import okio.GzipSink;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A host that sends and sends, and nothing of it is an answer or a file, is not listened to. */
class EndlessAnswersTest {
  private static final int MIB = 1 << 20;
  private static final int OFFERED = 160 * MIB;

  /** With what both ends' sockets hold. */
  private static final int MOST_TAKEN = 64 * MIB;

  private static final String FLOOD = "the host sends without end, and nothing that can be read";

  /** A line that does not end, and which is nothing of what whoever asked gets to see. */
  enum Line {
    NAME_IN_GZIP("Content-Encoding: gzip\r\n\r\n\37\213\b\b\0\0\0\0\0\377"),
    COMMENT_IN_GZIP("Content-Encoding: gzip\r\n\r\n\37\213\b\20\0\0\0\0\0\377"),
    EXTENSION_OF_A_CHUNK("Transfer-Encoding: chunked\r\n\r\n5;"),
    EXTENSION_OF_A_LATER_CHUNK("Transfer-Encoding: chunked\r\n\r\n1\r\n{\r\n5;");

    final String begin;

    Line(String begin) {
      this.begin = begin;
    }
  }

  /** Answers one call, and tells how much of the line was taken. */
  private static final class Host implements AutoCloseable {
    private final ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    final CompletableFuture<Long> taken;

    Host(Line line) throws IOException {
      taken = CompletableFuture.supplyAsync(() -> answer(line));
    }

    URI url() {
      return URI.create("http://127.0.0.1:" + server.getLocalPort() + "/");
    }

    private long answer(Line line) {
      byte[] filler = new byte[MIB];
      Arrays.fill(filler, (byte) 'a');
      long sent = 0;
      try (Socket socket = server.accept()) {
        readHead(socket.getInputStream());
        OutputStream out = socket.getOutputStream();
        out.write(("HTTP/1.1 200 OK\r\n" + line.begin).getBytes(StandardCharsets.ISO_8859_1));
        for (; sent < OFFERED; sent += filler.length) {
          out.write(filler);
        }
      } catch (IOException closed) {
        // By whoever asked.
      }
      return sent;
    }

    private static void readHead(InputStream in) throws IOException {
      int last = 0;
      for (int each = in.read(); each >= 0 && last != 0x0d0a0d0a; ) {
        last = last << 8 | each;
        each = last == 0x0d0a0d0a ? 0 : in.read();
      }
    }

    @Override
    public void close() throws IOException {
      server.close();
    }
  }

  private static ProviderSettings settings(URI base) {
    return new ProviderSettings(base, Dialect.ARK, Secret.of(TestServer.KEY));
  }

  private static Opened.Open opened(URI base) {
    return (Opened.Open) new ResultFiles(settings(base)).open(base.resolve("v.mp4"));
  }

  @ParameterizedTest
  @EnumSource
  void lineWithoutEnd_endsTheFile(Line line) throws Exception {
    try (Host host = new Host(line)) {
      try (Opened.Open open = opened(host.url())) {
        assertThatThrownBy(() -> open.bytes().readAllBytes())
            .isInstanceOf(IOException.class)
            .hasMessage(FLOOD);
      }
      assertThat(host.taken.get()).isLessThan(MOST_TAKEN);
    }
  }

  @ParameterizedTest
  @EnumSource
  void lineWithoutEnd_isNoAnswer(Line line) throws Exception {
    try (Host host = new Host(line);
        HttpVideoProvider provider = new HttpVideoProvider(settings(host.url()))) {
      assertThat(provider.look("cgt-1", Duration.ZERO)).isInstanceOf(TaskLook.NotSeen.class);
      assertThat(host.taken.get()).isLessThan(MOST_TAKEN);
    }
  }

  @Test
  void largeFile_flows_compressedOrNot() throws Exception {
    byte[] file = new byte[33 * MIB];
    new Random(1).nextBytes(file);
    try (MockWebServer server = new MockWebServer()) {
      server.start();
      server.enqueue(new MockResponse.Builder().body(new Buffer().write(file)).build());
      Buffer compressed = new Buffer();
      try (GzipSink sink = new GzipSink(compressed)) {
        sink.deflater().setLevel(Deflater.NO_COMPRESSION);
        sink.write(new Buffer().write(file), file.length);
      }
      server.enqueue(
          new MockResponse.Builder()
              .body(compressed)
              .setHeader("Content-Encoding", "gzip")
              .build());

      for (int i = 0; i < 2; i++) {
        try (Opened.Open open = opened(server.url("/").uri())) {
          assertThat(open.bytes().readAllBytes()).isEqualTo(file);
        }
      }
    }
  }

  @Test
  void connectionThatIsKept_servesAnyNumberOfAnswers() throws Exception {
    int answers = 34;
    String body = " ".repeat(MIB - 100) + "{\"id\":\"cgt-1\",\"status\":\"running\"}";
    try (MockWebServer server = new MockWebServer()) {
      server.start();
      for (int i = 0; i < answers; i++) {
        server.enqueue(TestServer.json(200, body));
      }
      try (HttpVideoProvider provider = new HttpVideoProvider(settings(server.url("/").uri()))) {
        for (int i = 0; i < answers; i++) {
          assertThat(provider.look("cgt-1", Duration.ZERO)).isInstanceOf(TaskLook.Seen.class);
          assertThat(server.takeRequest().getConnectionIndex()).isZero();
        }
      }
    }
  }

  @Test
  void compressedAnswer_isRead_andWhatItGrowsToIsBounded() throws Exception {
    try (MockWebServer server = new MockWebServer()) {
      server.start();
      server.enqueue(compressed("{\"id\":\"cgt-1\",\"status\":\"running\"}"));
      server.enqueue(compressed("{\"id\":\"cgt-1\",\"x\":\"" + "x".repeat(2 * MIB) + "\"}"));
      try (HttpVideoProvider provider = new HttpVideoProvider(settings(server.url("/").uri()))) {
        assertThat(provider.look("cgt-1", Duration.ZERO)).isInstanceOf(TaskLook.Seen.class);
        assertThat(server.takeRequest().getHeaders().get("Accept-Encoding")).isEqualTo("gzip");
        assertThat(provider.look("cgt-1", Duration.ZERO))
            .isInstanceOfSatisfying(
                TaskLook.NotSeen.class,
                unseen -> assertThat(unseen.what()).contains("is larger than 1 MiB"));
      }
    }
  }

  private static MockResponse compressed(String json) throws IOException {
    Buffer body = new Buffer();
    try (GzipSink sink = new GzipSink(body)) {
      sink.write(new Buffer().writeUtf8(json), json.length());
    }
    return TestServer.json(200, "")
        .newBuilder()
        .body(body)
        .setHeader("Content-Encoding", "gzip")
        .build();
  }
}
