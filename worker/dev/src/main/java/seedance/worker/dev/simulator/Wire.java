package seedance.worker.dev.simulator;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** One request and the ways to end it, honest and otherwise. */
final class Wire {

  private static final Pattern HOST =
      Pattern.compile("([A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+])(:\\d{1,5})?");

  private final HttpExchange exchange;
  private final CountDownLatch closing;

  /**
   * @param closing comes to zero when the server stops, which ends every wait
   */
  Wire(HttpExchange exchange, CountDownLatch closing) {
    this.exchange = exchange;
    this.closing = closing;
  }

  String method() {
    return exchange.getRequestMethod();
  }

  URI uri() {
    return exchange.getRequestURI();
  }

  Optional<String> header(String name) {
    return Optional.ofNullable(exchange.getRequestHeaders().getFirst(name));
  }

  /** How the caller reaches this server, which may be by another name than its own. */
  URI base(URI otherwise) {
    return header("Host")
        .filter(host -> HOST.matcher(host).matches())
        .map(host -> URI.create("http://" + host))
        .orElse(otherwise);
  }

  /**
   * @param limit how many bytes to read at most
   */
  byte[] body(int limit) throws IOException {
    try (InputStream body = exchange.getRequestBody()) {
      return body.readNBytes(limit);
    }
  }

  void send(SimulatedReply reply) throws IOException {
    try (OutputStream out = start(reply.status(), reply, reply.body().length)) {
      out.write(reply.body());
    }
  }

  /**
   * Sends the headers.
   *
   * @param length the Content-Length
   */
  OutputStream start(int status, SimulatedReply reply, long length) throws IOException {
    reply.headers().forEach(exchange.getResponseHeaders()::set);
    if (method().equals("HEAD")) {
      exchange.getResponseHeaders().set("Content-Length", Long.toString(length));
      exchange.sendResponseHeaders(status, -1);
      return OutputStream.nullOutputStream();
    }
    exchange.sendResponseHeaders(status, length == 0 ? -1 : length);
    return length == 0 ? OutputStream.nullOutputStream() : exchange.getResponseBody();
  }

  /** Sends the headers of a body whose length is not told: it comes in chunks. */
  OutputStream startWithoutLength(int status, SimulatedReply reply) throws IOException {
    reply.headers().forEach(exchange.getResponseHeaders()::set);
    exchange.sendResponseHeaders(status, 0);
    return exchange.getResponseBody();
  }

  /** Closes the connection, wherever the exchange stands. */
  void hangUp() {
    exchange.close();
  }

  /** Lets the caller wait, then closes the connection. */
  void stall(Duration atMost) {
    pause(atMost);
    hangUp();
  }

  /** Waits; less long if the server stops. */
  void pause(Duration duration) {
    try {
      closing.await(duration.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Carries out an effect that lets nothing be done.
   *
   * @return whether it was one
   */
  boolean struck(Effect effect) throws IOException {
    if (effect instanceof Effect.Reset) {
      hangUp();
    } else if (effect instanceof Effect.RateLimited limited) {
      SimulatedReply reply =
          SimulatedReply.refusal(
              new SimulatedError(429, limited.code(), "The request was made too often.", ""));
      send(
          limited
              .pause()
              .map(pause -> reply.with("Retry-After", Long.toString(pause.toSeconds())))
              .orElse(reply));
    } else if (effect instanceof Effect.ServiceFailure failure
        && failure.moment() == Moment.BEFORE) {
      send(failed(failure));
    } else if (effect instanceof Effect.Stall stall && stall.moment() == Moment.BEFORE) {
      stall(stall.atMost());
    } else {
      return false;
    }
    return true;
  }

  static SimulatedReply failed(Effect.ServiceFailure failure) {
    return SimulatedReply.refusal(
        new SimulatedError(
            failure.status(), failure.code(), "The service met an unexpected error.", ""));
  }
}
