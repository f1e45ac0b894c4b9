package seedance.client.cli;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * The one way to a terminal: whatever is printed is made {@link Visible}, however it is printed.
 * Escapes of our own go through {@link #steer}.
 */
final class SafeOutput extends PrintStream {
  private final PrintStream target;

  private SafeOutput(PrintStream target) {
    super(new Bytes(target), true, StandardCharsets.UTF_8);
    this.target = target;
  }

  /**
   * @param target takes UTF-8
   */
  static SafeOutput to(PrintStream target) {
    return target instanceof SafeOutput safe ? safe : new SafeOutput(target);
  }

  /**
   * Writes as it is.
   *
   * @param ours an escape sequence that holds nothing of what others wrote
   */
  void steer(String ours) {
    synchronized (this) {
      flush();
      byte[] bytes = ours.getBytes(StandardCharsets.UTF_8);
      target.write(bytes, 0, bytes.length);
      target.flush();
    }
  }

  /** What takes everything as it is. */
  PrintStream target() {
    return target;
  }

  /** UTF-8 whose characters may come in pieces. */
  private static final class Bytes extends OutputStream {
    private static final int PIECE = 8192;

    private final PrintStream target;
    private final CharsetDecoder decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPLACE)
            .onUnmappableCharacter(CodingErrorAction.REPLACE);
    private final ByteBuffer pending = ByteBuffer.allocate(PIECE);
    private final CharBuffer characters = CharBuffer.allocate(PIECE);

    Bytes(PrintStream target) {
      this.target = target;
    }

    @Override
    public void write(int next) {
      write(new byte[] {(byte) next}, 0, 1);
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) {
      int at = offset;
      while (at < offset + length) {
        int piece = Math.min(offset + length - at, pending.remaining());
        pending.put(bytes, at, piece);
        at += piece;
        pending.flip();
        decoder.decode(pending, characters, false);
        pending.compact();
        characters.flip();
        byte[] safe = Visible.of(characters.toString()).getBytes(StandardCharsets.UTF_8);
        characters.clear();
        target.write(safe, 0, safe.length);
      }
    }

    @Override
    public void flush() {
      target.flush();
    }
  }
}
