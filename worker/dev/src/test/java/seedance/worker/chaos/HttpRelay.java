package seedance.worker.chaos;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;
import seedance.worker.chaos.Mishap.Deed;
import seedance.worker.chaos.Mishap.Moment;
import seedance.worker.dev.simulator.Operation;

/** Relays one request and its reply after the other, and lets each meet its mishap. */
final class HttpRelay implements FaultProxy.Conversation {

  /** Knows what each request meets, and does what is beyond a connection. */
  interface Fate {

    /**
     * @param text the request's first line and body
     */
    Optional<Mishap> of(Operation operation, String text);

    /** Waits a while. */
    void stall();

    /** Stops the worker for a while. */
    void freeze();

    /** Kills the worker. */
    void kill(Mishap mishap);

    /** Cuts the worker off from Temporal. */
    void silence();

    /** Kills the worker that was silenced, once it had time to write down what it knows. */
    void killUnheard(Mishap mishap);
  }

  private final Fate fate;

  HttpRelay(Fate fate) {
    this.fate = Objects.requireNonNull(fate, "fate");
  }

  @Override
  public void hold(FaultProxy.Line line) throws IOException {
    InputStream fromCaller = new BufferedInputStream(line.fromCaller());
    InputStream fromTarget = new BufferedInputStream(line.fromTarget());
    for (Optional<HttpHead> request = HttpHead.read(fromCaller);
        request.isPresent();
        request = HttpHead.read(fromCaller)) {
      byte[] body = fromCaller.readNBytes(request.get().bodyLength());
      String text = request.get().firstLine() + "\n" + new String(body, StandardCharsets.UTF_8);
      new Exchange(line, fate.of(operation(request.get().firstLine()), text).orElse(null))
          .relay(request.get(), body, fromTarget);
    }
  }

  private static Operation operation(String firstLine) {
    if (firstLine.startsWith("POST")) {
      return Operation.CREATE;
    }
    if (firstLine.startsWith("DELETE")) {
      return Operation.DELETE;
    }
    if (firstLine.contains(" /files/") || firstLine.contains("/content ")) {
      return Operation.DOWNLOAD;
    }
    boolean isOfATask = firstLine.contains("/cgt-") || firstLine.contains("/video_");
    return isOfATask ? Operation.LOOK : Operation.LIST;
  }

  /** One request and its reply. */
  private final class Exchange {
    private final FaultProxy.Line line;
    private final Mishap mishap;

    Exchange(FaultProxy.Line line, Mishap mishap) {
      this.line = line;
      this.mishap = mishap;
    }

    void relay(HttpHead request, byte[] body, InputStream fromTarget) throws IOException {
      at(Moment.BEFORE_SEND);
      line.toTarget().write(request.bytes());
      line.toTarget().write(body);
      at(Moment.AFTER_SEND);
      HttpHead reply =
          HttpHead.read(fromTarget).orElseThrow(() -> new EOFException("there is no reply"));
      byte[] answer =
          reply.hasLength() ? fromTarget.readNBytes(reply.bodyLength()) : fromTarget.readAllBytes();
      at(Moment.BEFORE_REPLY);
      if (mishap != null && mishap.deed() == Deed.KILL_UNHEARD) {
        fate.silence();
        try {
          deliver(reply, answer);
        } finally {
          fate.killUnheard(mishap);
        }
      } else {
        deliver(reply, answer);
      }
      at(Moment.AFTER_REPLY);
    }

    private void deliver(HttpHead reply, byte[] answer) throws IOException {
      line.toCaller().write(reply.bytes());
      line.toCaller().write(answer, 0, answer.length / 2);
      at(Moment.HALF_REPLY);
      line.toCaller().write(answer, answer.length / 2, answer.length - answer.length / 2);
      if (answer.length < reply.bodyLength() || !reply.hasLength()) {
        throw new EOFException("the reply ended with its connection");
      }
    }

    private void at(Moment moment) throws IOException {
      if (mishap == null || mishap.moment() != moment) {
        return;
      }
      switch (mishap.deed()) {
        case STALL -> fate.stall();
        case FREEZE -> fate.freeze();
        case KILL -> fate.kill(mishap);
        case RESET, KILL_UNHEARD -> {
          // The first is what follows, the second was done.
        }
      }
      if (mishap.deed() != Deed.STALL && mishap.deed() != Deed.FREEZE) {
        line.reset();
        throw new EOFException("the mishap ended the connection");
      }
    }
  }
}
