package seedance.activities.store;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/** Counts the bytes of a WebP, whose head says how many there are (RFC 9649, 2.4). */
final class WebpWalk implements FormWalk {
  private static final int HEAD = 8;

  private final byte[] head = new byte[HEAD];
  private long bytes;

  @Override
  public void take(byte[] bytes, int offset, int length) {
    for (int i = 0; i < length && this.bytes + i < HEAD; i++) {
      head[(int) this.bytes + i] = bytes[offset + i];
    }
    this.bytes += length;
  }

  @Override
  public Optional<String> lack(boolean endIsKnown) {
    long size = ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN).getInt(4) & 0xFFFFFFFFL;
    return bytes >= HEAD + size ? Optional.empty() : Optional.of("breaks off before its end");
  }
}
