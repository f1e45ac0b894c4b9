package seedance.activities.store;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Whole media files of few bytes. */
public final class MediaBytes {
  private MediaBytes() {}

  /** A whole MP4 of so many bytes, 49 or more: its tracks come first. */
  public static byte[] mp4(int length) {
    byte[] start = joined(ftyp("isom"), box("moov", box("trak")));
    return joined(start, box("mdat", letters(length - start.length - 8)));
  }

  /** A whole QuickTime file of so many bytes: its tracks come last. */
  /** Its media go on to the end of the file, wherever that is. */
  public static byte[] mp4WithOpenEnd(int mediaBytes) {
    return joined(ftyp("isom"), box("moov", box("trak")), openBox("mdat", letters(mediaBytes)));
  }

  public static byte[] mov(int length) {
    byte[] start = joined(ftyp("qt  "), box("wide"));
    byte[] moov = box("moov", box("trak"));
    return joined(start, box("mdat", letters(length - start.length - moov.length - 8)), moov);
  }

  /** A small whole PNG. */
  public static byte[] png() {
    return joined(
        bytes("\u0089PNG\r\n\u001a\n"), chunk("IHDR", 13), chunk("IDAT", 20), chunk("IEND", 0));
  }

  /** A small whole JPEG, with a thumbnail in it. */
  public static byte[] jpeg() {
    return bytes(
        "\u00ff\u00d8\u00ff\u00e0\0\nJFIF\u00ff\u00d8\u00ff\u00d9"
            + "\u00ff\u00da\0\4ab pixels \u00ff\0 more \u00ff\u00d0 more \u00ff\u00d9");
  }

  /** A small whole WebP. */
  static byte[] webp() {
    return bytes("RIFF\20\0\0\0WEBPVP8 pictures");
  }

  static byte[] ftyp(String brand) {
    return box("ftyp", bytes(brand), new byte[4], bytes(brand));
  }

  static byte[] box(String type, byte[]... content) {
    byte[] all = joined(content);
    return joined(ByteBuffer.allocate(4).putInt(all.length + 8).array(), bytes(type), all);
  }

  /** The head of a box of so many bytes. */
  static byte[] headOf(long size, String type) {
    return joined(ByteBuffer.allocate(4).putInt((int) size).array(), bytes(type));
  }

  /** A box that says its size in 64 bits. */
  static byte[] longBox(String type, byte[]... content) {
    byte[] all = joined(content);
    return joined(
        ByteBuffer.allocate(4).putInt(1).array(),
        bytes(type),
        ByteBuffer.allocate(8).putLong(all.length + 16L).array(),
        all);
  }

  /** A box that goes to the end of the file. */
  static byte[] openBox(String type, byte[]... content) {
    return joined(new byte[4], bytes(type), joined(content));
  }

  static byte[] letters(int count) {
    byte[] letters = new byte[count];
    for (int i = 0; i < count; i++) {
      letters[i] = (byte) ('a' + i % 26);
    }
    return letters;
  }

  static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    Arrays.stream(parts).forEach(all::writeBytes);
    return all.toByteArray();
  }

  static byte[] bytes(String latin1) {
    return latin1.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static byte[] chunk(String type, int size) {
    return joined(
        ByteBuffer.allocate(4).putInt(size).array(), bytes(type), letters(size), new byte[4]);
  }
}
