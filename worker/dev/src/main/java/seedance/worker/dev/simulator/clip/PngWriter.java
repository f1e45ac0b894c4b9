package seedance.worker.dev.simulator.clip;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;

/**
 * Writes a mosaic as PNG, row by row: ImageIO wants AWT, which slim images lack, and jcodec's
 * encoder wants the whole picture in memory twice.
 */
final class PngWriter {

  private static final long SIGNATURE = 0x89504E470D0A1A0AL;

  private PngWriter() {}

  static byte[] write(Mosaic picture, PictureSize size) {
    try {
      ByteArrayOutputStream file = new ByteArrayOutputStream();
      DataOutputStream out = new DataOutputStream(file);
      out.writeLong(SIGNATURE);
      ByteArrayOutputStream header = new ByteArrayOutputStream();
      DataOutputStream fields = new DataOutputStream(header);
      fields.writeInt(size.width());
      fields.writeInt(size.height());
      fields.write(new byte[] {8, 2, 0, 0, 0}); // 8 bits, RGB
      chunk(out, "IHDR", header.toByteArray());
      chunk(out, "IDAT", pixels(picture, size));
      chunk(out, "IEND", new byte[0]);
      return file.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    }
  }

  private static byte[] pixels(Mosaic picture, PictureSize size) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    byte[] line = new byte[1 + 3 * size.width()];
    try (DeflaterOutputStream deflater = new DeflaterOutputStream(packed)) {
      for (int y = 0; y < size.height(); y++) {
        if (y % PictureSize.CELL == 0) {
          for (int x = 0; x < size.width(); x++) {
            rgb(picture.rgb(x, y), line, 1 + 3 * x);
          }
        }
        deflater.write(line);
      }
    }
    return packed.toByteArray();
  }

  private static void rgb(int rgb, byte[] line, int at) {
    line[at] = (byte) (rgb >> 16);
    line[at + 1] = (byte) (rgb >> 8);
    line[at + 2] = (byte) rgb;
  }

  private static void chunk(DataOutputStream out, String type, byte[] data) throws IOException {
    byte[] name = type.getBytes(StandardCharsets.US_ASCII);
    CRC32 crc = new CRC32();
    crc.update(name);
    crc.update(data);
    out.writeInt(data.length);
    out.write(name);
    out.write(data);
    out.writeInt((int) crc.getValue());
  }
}
