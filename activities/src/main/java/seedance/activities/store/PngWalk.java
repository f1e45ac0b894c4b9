package seedance.activities.store;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Walks the chunks of a PNG (ISO/IEC 15948, 5.3) up to {@code IEND}. What comes after that is no
 * part of the picture.
 */
final class PngWalk implements FormWalk {
  private static final int SIGNATURE = 8;
  private static final int CHUNK_HEAD = 8;
  private static final int CHECKSUM = 4;

  private final byte[] head = new byte[CHUNK_HEAD];
  private int headBytes;
  private long toPassOver = SIGNATURE;
  private boolean isLast;

  @Override
  public void take(byte[] bytes, int offset, int length) throws BrokenDownloadException {
    int next = offset;
    int end = offset + length;
    while (next < end && !isWhole()) {
      if (toPassOver > 0) {
        int passed = (int) Math.min(end - next, toPassOver);
        next += passed;
        toPassOver -= passed;
      } else {
        head[headBytes++] = bytes[next++];
        if (headBytes == CHUNK_HEAD) {
          enter();
        }
      }
    }
  }

  private void enter() throws BrokenDownloadException {
    int size = ByteBuffer.wrap(head).getInt();
    if (size < 0) {
      throw new BrokenDownloadException("what came has a chunk of an impossible size");
    }
    headBytes = 0;
    toPassOver = (long) size + CHECKSUM;
    isLast = new String(head, 4, 4, StandardCharsets.ISO_8859_1).equals("IEND");
  }

  private boolean isWhole() {
    return isLast && toPassOver == 0;
  }

  @Override
  public Optional<String> lack(boolean endIsKnown) {
    return isWhole() ? Optional.empty() : Optional.of("breaks off before its last chunk");
  }
}
