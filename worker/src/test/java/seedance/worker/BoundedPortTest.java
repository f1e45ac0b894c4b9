package seedance.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What strangers can take of a port, counted in connections and bytes. */
@Timeout(300)
class BoundedPortTest {
  private static final int CONNECTIONS = 8;
  private static final PortLimits PATIENT = new PortLimits(CONNECTIONS, 1000, Duration.ofDays(1));
  private static final String HALF = "POST /x HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n{";
  private static final String WHOLE =
      "GET /whole HTTP/1.1\r\nHost: x\r\n" + "a: b\r\n".repeat(99) + "\r\n";

  private final BlockingQueue<HttpCall> calls = new LinkedBlockingQueue<>();

  /** Of the threads of this test's port. */
  private final String name = "bounded-" + UUID.randomUUID();

  @ParameterizedTest
  @ValueSource(strings = {"", "P", "POST /x HTTP/1.1\r\nHost: x\r\n", HALF})
  void halfRequests_keepNobodyOut_asTheOldestGoFirst(String half) throws Exception {
    List<RawConnection> held = new ArrayList<>();
    try (BoundedPort port = listen(PATIENT)) {
      for (int i = 0; i < 5 * CONNECTIONS; i++) {
        held.add(RawConnection.to(port.port(), half));
      }
      try (RawConnection whole = RawConnection.to(port.port(), WHOLE)) {
        assertThat(whole.answer()).startsWith("HTTP/1.1 200");
      }

      int open = CONNECTIONS - 1;
      for (RawConnection oldest : held.subList(0, held.size() - open)) {
        assertThat(oldest.answer()).isEmpty();
      }
      assertThat(calls).hasSize(1);
      assertThat(Thread.getAllStackTraces().keySet())
          .filteredOn(thread -> thread.getName().startsWith(name))
          .hasSize(1);
    } finally {
      closeAll(held);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        HALF,
        "POST /x HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n1\r\nb\r\n"
      })
  void halfRequests_holdNothing_onceThePortIsClosed(String half) throws Exception {
    BoundedPort port = listen(PATIENT);
    try (RawConnection one = RawConnection.to(port.port(), half)) {
      await().atMost(Duration.ofMinutes(2)).until(() -> port.heldBytes() > 0);
      port.close();

      assertThat(one.answer()).isEmpty();
      await().atMost(Duration.ofMinutes(2)).until(() -> port.heldBytes() == 0);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /whole HTTP/1.1\r\nHost: x\r\n\r\n",
        "POST /x HTTP/1.1\r\nContent-Length: 9\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\nzz",
        "rubbish\r\n\r\nrubbish"
      })
  void requests_holdNothing_onceTheyAreAnswered(String request) throws Exception {
    try (BoundedPort port = listen(PATIENT)) {
      try (RawConnection one = RawConnection.to(port.port(), request)) {
        one.answer();
      }

      await().atMost(Duration.ofMinutes(2)).until(() -> port.heldBytes() == 0);
    }
  }

  @Test
  void halfRequest_isCompleted_whereThereIsRoom() throws Exception {
    try (BoundedPort port = listen(PATIENT);
        RawConnection slow = RawConnection.to(port.port(), HALF)) {
      for (int i = 0; i < 5 * CONNECTIONS; i++) {
        try (RawConnection whole = RawConnection.to(port.port(), WHOLE)) {
          assertThat(whole.answer()).startsWith("HTTP/1.1 200");
        }
      }

      slow.send("12345678");

      assertThat(slow.answer()).startsWith("HTTP/1.1 200");
      assertThat(calls).last().satisfies(call -> assertThat(text(call)).isEqualTo("{12345678"));
    }
  }

  @Test
  void callThatIsBeingAnswered_isNotClosed_forHalfRequests() throws Exception {
    CompletableFuture<HttpAnswer> later = new CompletableFuture<>();
    BlockingQueue<HttpCall> asked = new LinkedBlockingQueue<>();
    List<RawConnection> held = new ArrayList<>();
    try (BoundedPort port =
            listen(
                PATIENT,
                call -> {
                  asked.add(call);
                  return later;
                });
        RawConnection patient = RawConnection.to(port.port(), WHOLE)) {
      asked.take();
      for (int i = 0; i < 5 * CONNECTIONS; i++) {
        held.add(RawConnection.to(port.port(), HALF));
      }
      assertThat(held.get(0).answer()).isEmpty();

      later.complete(HttpAnswer.text(200, "text/plain", "at last"));

      assertThat(patient.answer()).endsWith("at last");
    } finally {
      closeAll(held);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", HALF})
  void whoDawdles_isClosed(String half) throws Exception {
    PortLimits hasty = new PortLimits(CONNECTIONS, 1000, Duration.ofMillis(50));
    try (BoundedPort port = listen(hasty);
        RawConnection slow = RawConnection.to(port.port(), half)) {
      assertThat(slow.answer()).isEmpty();
    }
  }

  @Test
  void whoIsNotAnswered_isClosed() throws Exception {
    PortLimits hasty = new PortLimits(CONNECTIONS, 1000, Duration.ofMillis(50));
    try (BoundedPort port = listen(hasty, call -> new CompletableFuture<>());
        RawConnection asking = RawConnection.to(port.port(), WHOLE)) {
      assertThat(asking.answer()).isEmpty();
    }
  }

  @Test
  void body_isTakenWhole_upToItsLimit_howeverItComes() throws Exception {
    try (BoundedPort port = listen(PATIENT)) {
      for (String request :
          List.of(
              "POST /x HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n" + "a".repeat(1000),
              "POST /x HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
                  + "1f4\r\n"
                  + "a".repeat(500)
                  + "\r\n1f4\r\n"
                  + "a".repeat(500)
                  + "\r\n0\r\n\r\n",
              "POST /x HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
                  + "1\r\na\r\n".repeat(1000)
                  + "0\r\n\r\n")) {
        try (RawConnection whole = RawConnection.to(port.port(), request)) {
          assertThat(whole.answer()).startsWith("HTTP/1.1 200");
        }
        assertThat(text(calls.remove())).isEqualTo("a".repeat(1000));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "POST /x HTTP/1.0\r\nContent-Length: 1001\r\n\r\n",
        "POST /x HTTP/1.0\r\nContent-Length: 9223372036854775807\r\n\r\n",
        "POST /x HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 99999999999\r\n\r\n"
      })
  void largerBody_isRefused_beforeItComes(String request) throws Exception {
    try (BoundedPort port = listen(PATIENT);
        RawConnection large = RawConnection.to(port.port(), request)) {
      assertThat(large.answer()).startsWith("HTTP/1.1 413");
      assertThat(calls).isEmpty();
    }
  }

  @Test
  void whatIsNoRequest_isRefused() throws Exception {
    try (BoundedPort port = listen(PATIENT)) {
      for (String request :
          List.of(
              "\u0016\u0003\u0001 hello\r\n\r\n",
              "GET /" + "a".repeat(4096) + " HTTP/1.1\r\nHost: x\r\n\r\n",
              "GET / HTTP/1.1\r\nHost: x\r\nA: " + "a".repeat(8192) + "\r\n\r\n",
              "GET / HTTP/1.1\r\n" + "a:\r\n".repeat(101) + "\r\n",
              "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n"
                  + "a:\r\n".repeat(101)
                  + "\r\n",
              "GET /%zz HTTP/1.1\r\nHost: x\r\n\r\n",
              "POST / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab")) {
        try (RawConnection wrong = RawConnection.to(port.port(), request)) {
          assertThat(wrong.answer()).as(request).doesNotContain(" 200 ");
        }
      }
      assertThat(calls).isEmpty();
    }
  }

  @Test
  void connection_isGoodForOneRequest() throws Exception {
    try (BoundedPort port = listen(PATIENT);
        RawConnection two = RawConnection.to(port.port(), WHOLE + WHOLE)) {
      assertThat(two.answer()).containsOnlyOnce("HTTP/1.1 200").contains("connection: close");
      assertThat(calls).hasSize(1);
    }
  }

  @Test
  void defect_isAnswered_andEndsNothing() throws Exception {
    try (BoundedPort port =
        listen(
            PATIENT,
            call -> {
              throw new IllegalStateException("a defect");
            })) {
      for (int i = 0; i < 2; i++) {
        try (RawConnection whole = RawConnection.to(port.port(), WHOLE)) {
          assertThat(whole.answer()).startsWith("HTTP/1.1 500").doesNotContain("defect");
        }
      }
    }
  }

  @Test
  void takenPort_isAnIOException_andAClosedOneIsFree() throws Exception {
    BoundedPort first = listen(PATIENT);
    InetSocketAddress same = new InetSocketAddress(InetAddress.getLoopbackAddress(), first.port());

    assertThatThrownBy(() -> BoundedPort.listen(same, "second", PATIENT, this::answer))
        .isInstanceOf(IOException.class);
    first.close();
    BoundedPort.listen(same, "third", PATIENT, this::answer).close();
  }

  private BoundedPort listen(PortLimits limits) throws IOException {
    return listen(limits, this::answer);
  }

  private BoundedPort listen(
      PortLimits limits, Function<HttpCall, CompletionStage<HttpAnswer>> answers)
      throws IOException {
    return BoundedPort.listen(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), name, limits, answers);
  }

  private CompletionStage<HttpAnswer> answer(HttpCall call) {
    calls.add(call);
    return CompletableFuture.completedFuture(HttpAnswer.of(200));
  }

  private static String text(HttpCall call) {
    return new String(call.body(), StandardCharsets.UTF_8);
  }

  private static void closeAll(List<RawConnection> held) throws IOException {
    for (RawConnection connection : held) {
      connection.close();
    }
  }
}
