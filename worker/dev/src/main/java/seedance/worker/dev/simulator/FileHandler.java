package seedance.worker.dev.simulator;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import seedance.worker.dev.simulator.clip.ClipSpec;
import seedance.worker.dev.simulator.clip.Clips;

/** The file host: serves clips and last frames to whoever has a signed URL, in whole or in part. */
final class FileHandler implements HttpHandler {

  private static final int SLICES_PER_SECOND = 10;

  private final OwnFiles files;
  private final FaultPlan faults;
  private final FileLinks links;
  private final Clips clips;
  private final boolean redirectsContent;
  private final CountDownLatch closing;

  /**
   * @param redirectsContent whether a gateway's own address of a clip leads to a signed one
   */
  FileHandler(
      OwnFiles files,
      FaultPlan faults,
      FileLinks links,
      Clips clips,
      boolean redirectsContent,
      CountDownLatch closing) {
    this.files = files;
    this.faults = faults;
    this.links = links;
    this.clips = clips;
    this.redirectsContent = redirectsContent;
    this.closing = closing;
  }

  private record Stored(OwnFiles.OwnFile file, byte[] bytes) {
    Ledger ledger() {
      return file.account().ledger();
    }

    String taskId() {
      return file.task().id();
    }
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    Wire wire = new Wire(exchange, closing);
    if (wire.header("Authorization").isPresent()) {
      wire.send(
          error(400, "InvalidArgument", "Only one auth mechanism allowed: the URL is signed."));
      return;
    }
    if (!wire.method().equals("GET") && !wire.method().equals("HEAD")) {
      wire.send(error(405, "MethodNotAllowed", "Files are only read.").with("Allow", "GET, HEAD"));
      return;
    }
    FileLinks.Verdict verdict = links.check(wire.uri());
    if (verdict == FileLinks.Verdict.FORGED) {
      wire.send(error(403, "SignatureDoesNotMatch", "The signature does not match."));
      return;
    }
    Optional<Effect> effect = strike(wire);
    if (effect.isPresent() && wire.struck(effect.get())) {
      return;
    }
    if (effect.isPresent() && effect.get() instanceof Effect.Stall stall) {
      wire.stall(stall.atMost());
      return;
    }
    if (verdict == FileLinks.Verdict.EXPIRED
        || effect.isPresent() && effect.get() instanceof Effect.ExpiredUrl) {
      wire.send(error(403, "AccessDenied", "Request has expired."));
      return;
    }
    Optional<Stored> file = find(wire);
    if (file.isEmpty()) {
      wire.send(error(404, "NoSuchKey", "The specified key does not exist."));
    } else {
      serve(wire, file.get(), effect);
    }
  }

  /** Answers a gateway's own address of a clip, whose reader has shown the key. */
  void content(Wire wire, Account account, String taskId) throws IOException {
    Optional<OwnFiles.OwnFile> file = files.video(account, taskId);
    if (file.isEmpty()) {
      wire.send(SimulatedReply.refusal(ServiceDesk.NO_SUCH_TASK));
      return;
    }
    if (redirectsContent) {
      String name = TaskJson.videoFile(file.get().task().generation());
      URI signed = links.issue(wire.base(URI.create("/")), account.id(), taskId, name);
      wire.send(SimulatedReply.text(302, "text/plain", "").with("Location", signed.toString()));
      return;
    }
    Optional<Effect> effect = faults.strike(Operation.DOWNLOAD, Optional.of(taskId));
    if (effect.isPresent() && wire.struck(effect.get())) {
      return;
    }
    if (effect.isPresent() && effect.get() instanceof Effect.Stall stall) {
      wire.stall(stall.atMost());
    } else if (effect.isPresent() && effect.get() instanceof Effect.ExpiredUrl) {
      wire.send(error(403, "AccessDenied", "Request has expired."));
    } else {
      serve(wire, new Stored(file.get(), bytes(file.get())), effect);
    }
  }

  private Optional<Effect> strike(Wire wire) {
    return faults.strike(Operation.DOWNLOAD, OwnFiles.taskId(wire.uri().getRawPath()));
  }

  private Optional<Stored> find(Wire wire) {
    return files.find(wire.uri().getRawPath()).map(file -> new Stored(file, bytes(file)));
  }

  private byte[] bytes(OwnFiles.OwnFile file) {
    ClipSpec clip = file.task().generation().clip();
    return switch (file.kind()) {
      case VIDEO -> clips.video(clip);
      case LAST_FRAME -> clips.lastFrame(clip);
    };
  }

  private void serve(Wire wire, Stored file, Optional<Effect> effect) throws IOException {
    int whole = file.bytes().length;
    String tag = "\"" + file.taskId() + "-" + whole + "\"";
    SimulatedReply headers =
        new SimulatedReply(
            200,
            Map.of("Content-Type", file.file().mediaType(), "Accept-Ranges", "bytes", "ETag", tag),
            new byte[0]);
    Optional<ByteRange> part =
        wire.header("If-Range").map(tag::equals).orElse(true)
            ? wire.header("Range").flatMap(header -> ByteRange.parse(header, whole))
            : Optional.empty();
    if (part.filter(ByteRange::isEmpty).isPresent()) {
      wire.send(
          error(416, "InvalidRange", "The requested range cannot be satisfied.")
              .with("Content-Range", "bytes */" + whole));
    } else if (wire.method().equals("HEAD")) {
      wire.start(200, headers, whole).close();
    } else {
      file.ledger().received(Operation.DOWNLOAD, Optional.of(file.taskId()));
      ByteRange range = part.orElse(ByteRange.whole(whole));
      if (effect.isPresent()
          && effect.get() instanceof Effect.CutDownload cut
          && cut.withoutLength()) {
        endEarly(wire, headers, file, range, cut.afterBytes());
        return;
      }
      try (OutputStream out =
          part.isPresent()
              ? wire.start(
                  206, headers.with("Content-Range", range.contentRange(whole)), range.length())
              : wire.start(200, headers, whole)) {
        write(wire, out, file, range, effect);
      }
    }
  }

  /** Half a file that passes for a whole one, as nobody said how long it is. */
  private static void endEarly(
      Wire wire, SimulatedReply headers, Stored file, ByteRange range, long afterBytes)
      throws IOException {
    try (OutputStream out = wire.startWithoutLength(200, headers)) {
      out.write(file.bytes(), range.from(), (int) Math.min(afterBytes, range.length()));
    }
  }

  private static void write(
      Wire wire, OutputStream out, Stored file, ByteRange range, Optional<Effect> effect)
      throws IOException {
    byte[] bytes = file.bytes();
    if (effect.isPresent() && effect.get() instanceof Effect.CutDownload cut) {
      out.write(bytes, range.from(), (int) Math.min(cut.afterBytes(), range.length()));
      out.flush();
      wire.hangUp();
      return;
    }
    ByteRange butOne = new ByteRange(range.from(), range.to() - 1);
    if (effect.isPresent() && effect.get() instanceof Effect.SlowDownload slow) {
      trickle(wire, out, bytes, butOne, slow.bytesPerSecond());
    } else {
      out.write(bytes, butOne.from(), butOne.length());
    }
    if (range.to() == bytes.length) {
      // Counted before the last byte, so that whoever has it finds it counted.
      file.ledger().downloadCompleted(file.taskId());
    }
    out.write(bytes[butOne.to()]);
  }

  private static void trickle(
      Wire wire, OutputStream out, byte[] bytes, ByteRange range, long bytesPerSecond)
      throws IOException {
    long slices = Math.min(SLICES_PER_SECOND, bytesPerSecond);
    int slice = (int) Math.min(bytesPerSecond / slices, Integer.MAX_VALUE);
    for (int at = range.from(); at < range.to(); at += Math.min(slice, range.to() - at)) {
      out.write(bytes, at, Math.min(slice, range.to() - at));
      out.flush();
      wire.pause(Duration.ofMillis(1000 / slices));
    }
  }

  private static SimulatedReply error(int status, String code, String message) {
    return SimulatedReply.text(
        status,
        "application/xml",
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>"
            + code
            + "</Code><Message>"
            + message
            + "</Message></Error>\n");
  }
}
