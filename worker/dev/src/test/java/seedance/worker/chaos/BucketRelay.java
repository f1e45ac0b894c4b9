package seedance.worker.chaos;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;

/**
 * Relays one request to an object store for each connection, and by chance loses it, or its reply,
 * or answers that the store is busy. Now and then the store is away, from the moment in which a
 * receipt is to be written.
 */
final class BucketRelay implements FaultProxy.Conversation {
  private static final Duration OUTAGE = Duration.ofSeconds(8);

  private static final String BUSY_BODY = "<Error><Code>SlowDown</Code></Error>";

  private static final byte[] BUSY =
      ("HTTP/1.1 503 Slow Down\r\nContent-Type: application/xml\r\nContent-Length: %d\r\n"
              + "Connection: close\r\n\r\n%s")
          .formatted(BUSY_BODY.length(), BUSY_BODY)
          .getBytes(StandardCharsets.US_ASCII);

  private final Random chance;
  private final Incidents incidents;
  private long awayUntil;

  BucketRelay(long seed, Incidents incidents) {
    this.chance = new Random(seed);
    this.incidents = incidents;
  }

  private enum Fate {
    PASSES,
    LOST,
    BUSY,
    REPLY_LOST,
    AWAY
  }

  @Override
  public void hold(FaultProxy.Line line) throws IOException {
    InputStream fromCaller = new BufferedInputStream(line.fromCaller());
    Optional<HttpHead> request = HttpHead.read(fromCaller);
    if (request.isEmpty()) {
      return;
    }
    byte[] body = fromCaller.readNBytes(request.get().bodyLength());
    Fate fate = fate(request.get().firstLine());
    if (fate != Fate.PASSES) {
      incidents.count("bucket", fate.name());
    }
    switch (fate) {
      case LOST, AWAY -> reset(line);
      case BUSY -> line.toCaller().write(BUSY);
      case PASSES, REPLY_LOST -> {
        line.toTarget().write(request.get().closing().bytes());
        line.toTarget().write(body);
        byte[] reply = line.fromTarget().readAllBytes();
        if (fate == Fate.REPLY_LOST) {
          reset(line);
        }
        line.toCaller().write(reply);
      }
    }
  }

  private static void reset(FaultProxy.Line line) throws IOException {
    line.reset();
    throw new EOFException("the fate ended the connection");
  }

  private synchronized Fate fate(String firstLine) {
    if (firstLine.contains("X-Amz-Signature=")) {
      // The service's fetch of an input: what it cannot have, it refuses, and that ends a step.
      return Fate.PASSES;
    }
    long now = System.nanoTime();
    if (now < awayUntil) {
      return Fate.AWAY;
    }
    int percent = chance.nextInt(100);
    if (firstLine.startsWith("PUT") && firstLine.contains("/.receipts/receipts/") && percent < 5) {
      awayUntil = now + OUTAGE.toNanos();
      return Fate.AWAY;
    }
    if (percent < 2) {
      return Fate.LOST;
    }
    if (percent < 5) {
      return Fate.BUSY;
    }
    return percent < 10 ? Fate.REPLY_LOST : Fate.PASSES;
  }
}
