package seedance.activities.store;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Bytes that begin as media files do. */
public final class MediaBytes {
  private MediaBytes() {}

  /** So many bytes that begin as an MP4 does. */
  public static byte[] mp4(int length) {
    return Arrays.copyOf("\0\0\0\u0018ftypisom".getBytes(StandardCharsets.ISO_8859_1), length);
  }

  /** A small PNG's first bytes. */
  public static byte[] png() {
    return withHead("\u0089PNG\r\n\u001a\n");
  }

  static byte[] withHead(String latin1) {
    return Arrays.copyOf(latin1.getBytes(StandardCharsets.ISO_8859_1), 100);
  }
}
