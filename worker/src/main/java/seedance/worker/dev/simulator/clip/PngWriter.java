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

  static byte[] write(Mosaic picture, FrameSize size) {
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

  private static byte[] pixels(Mosaic picture, FrameSize size) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    byte[] line = new byte[1 + 3 * size.width()];
    try (DeflaterOutputStream deflater = new DeflaterOutputStream(packed)) {
      for (int y = 0; y < size.height(); y++) {
        if (y % Mosaic.CELL == 0) {
          for (int x = 0; x < size.width(); x++) {
            rgb(picture, x / Mosaic.CELL, y / Mosaic.CELL, line, 1 + 3 * x);
          }
        }
        deflater.write(line);
      }
    }
    return packed.toByteArray();
  }

  private static void rgb(Mosaic picture, int column, int row, byte[] line, int at) {
    double luma = (picture.luma(column, row) - 16) * 255 / 219.0;
    double blue = (picture.blue(column, row) - 128) * 255 / 224.0;
    double red = (picture.red(column, row) - 128) * 255 / 224.0;
    line[at] = clamped(luma + 1.402 * red);
    line[at + 1] = clamped(luma - 0.344136 * blue - 0.714136 * red);
    line[at + 2] = clamped(luma + 1.772 * blue);
  }

  private static byte clamped(double value) {
    return (byte) Math.max(0, Math.min(255, Math.round(value)));
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
