package seedance.client.inputs;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A file's bytes at any place, through one small window. How much is read is bounded, so that no
 * file, whatever it says of itself, takes more memory or time than another.
 */
final class FileBytes {
  private static final int WINDOW = 16 << 10;

  /** 64 MiB: more than an MP3 within the service's limit has. */
  private static final int MOST_WINDOWS = 4_096;

  /** As much as is searched for an image's size: a JPEG's follows its previews and profiles. */
  private static final int LONGEST_HEAD = 4 << 20;

  private final Content content;
  private final long size;
  private final ByteBuffer window = ByteBuffer.allocate(WINDOW).limit(0);
  private long windowStart;
  private int windows;

  /**
   * @param size of the file in bytes, as it was when it was opened
   */
  FileBytes(Content content, long size) {
    this.content = content;
    this.size = size;
  }

  /** What the bytes are read from. */
  interface Content {
    /** Reads from a place on; as {@link java.nio.channels.FileChannel#read(ByteBuffer, long)}. */
    int read(ByteBuffer into, long at) throws IOException;
  }

  /** What was asked for is not in the file, or too much was asked for. */
  static final class OutOfBounds extends IOException {
    private static final long serialVersionUID = 1L;

    OutOfBounds(String message) {
      super(message);
    }
  }

  long size() {
    return size;
  }

  /** Whether so many bytes are there. */
  boolean has(long at, int count) {
    return at >= 0 && at <= size - count;
  }

  /** One byte, 0 to 255. */
  int u8(long at) throws IOException {
    return bytes(at, 1).get(index(at)) & 0xff;
  }

  /** Two bytes, 0 to 65,535. */
  int u16(long at, ByteOrder order) throws IOException {
    return bytes(at, 2).order(order).getShort(index(at)) & 0xffff;
  }

  /** Four bytes with their sign. */
  int i32(long at, ByteOrder order) throws IOException {
    return bytes(at, 4).order(order).getInt(index(at));
  }

  /** Four bytes, never negative. */
  long u32(long at, ByteOrder order) throws IOException {
    return i32(at, order) & 0xffff_ffffL;
  }

  /** Eight bytes; over half of their range is negative. */
  long i64(long at, ByteOrder order) throws IOException {
    return bytes(at, 8).order(order).getLong(index(at));
  }

  /** So many bytes as Latin letters; fewer at the file's end. */
  String word(long at, int length) throws IOException {
    int there = (int) Math.max(0, Math.min(length, size - at));
    StringBuilder word = new StringBuilder(there);
    for (int i = 0; i < there; i++) {
      word.append((char) u8(at + i));
    }
    return word.toString();
  }

  /** Whether these letters are there. */
  boolean says(long at, String word) throws IOException {
    return has(at, word.length()) && word(at, word.length()).equals(word);
  }

  /** The first bytes, or all. */
  byte[] head() throws IOException {
    ByteBuffer start = ByteBuffer.allocate((int) Math.min(LONGEST_HEAD, size));
    fill(start, 0);
    byte[] bytes = new byte[start.flip().remaining()];
    start.get(bytes);
    return bytes;
  }

  private ByteBuffer bytes(long at, int count) throws IOException {
    if (!has(at, count)) {
      throw new OutOfBounds("the file ends before");
    }
    if (at < windowStart || at + count > windowStart + window.limit()) {
      if (++windows > MOST_WINDOWS) {
        throw new OutOfBounds("that would be too much to read");
      }
      windowStart = at;
      window.clear();
      fill(window, at);
      window.flip();
      if (window.limit() < count) {
        throw new OutOfBounds("the file is shorter than it was");
      }
    }
    return window;
  }

  private int index(long at) {
    return (int) (at - windowStart);
  }

  private void fill(ByteBuffer buffer, long at) throws IOException {
    while (buffer.hasRemaining()) {
      if (content.read(buffer, at + buffer.position()) < 0) {
        return;
      }
    }
  }
}
