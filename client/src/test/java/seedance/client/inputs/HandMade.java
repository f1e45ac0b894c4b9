package seedance.client.inputs;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** The smallest files that say what a test wants them to say. */
final class HandMade {
  private HandMade() {}

  private interface Writing {
    void to(DataOutputStream out) throws IOException;
  }

  private static byte[] written(Writing writing) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      writing.to(new DataOutputStream(bytes));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  static byte[] png(int width, int height) {
    return written(
        out -> {
          out.writeLong(0x89504e47_0d0a1a0aL);
          out.writeInt(13);
          out.writeBytes("IHDR");
          out.writeInt(width);
          out.writeInt(height);
          out.writeInt(0x08020000);
          out.write(new byte[13]);
        });
  }

  static byte[] box(String type, byte[]... contents) {
    return written(
        out -> {
          int size = 8;
          for (byte[] content : contents) {
            size += content.length;
          }
          out.writeInt(size);
          out.writeBytes(type);
          for (byte[] content : contents) {
            out.write(content);
          }
        });
  }

  static byte[] ints(int... values) {
    ByteBuffer buffer = ByteBuffer.allocate(4 * values.length);
    for (int value : values) {
      buffer.putInt(value);
    }
    return buffer.array();
  }

  static byte[] letters(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  static byte[] joined(byte[]... parts) {
    return written(
        out -> {
          for (byte[] part : parts) {
            out.write(part);
          }
        });
  }

  static byte[] ftyp(String... brands) {
    return box("ftyp", letters(brands[0]), ints(0), letters(String.join("", brands)));
  }

  /** An MP4 of one track of pictures, which has no pictures. */
  static byte[] mp4(long millis, double framesPerSecond, int width, int height) {
    return joined(ftyp("isom"), movie(millis, framesPerSecond, width, height, false));
  }

  /** As phones film upright: on its side, and turned when it is shown. */
  static byte[] turnedMp4(long millis, int width, int height) {
    return joined(ftyp("isom"), movie(millis, 30, width, height, true));
  }

  static byte[] movie(long millis, double perSecond, int width, int height, boolean turned) {
    int length = (int) millis;
    int ticks = (int) Math.round(90_000 / perSecond);
    int frames = (int) Math.round(millis * perSecond / 1_000);
    byte[] matrix =
        turned
            ? ints(0, 0x10000, 0, -0x10000, 0, 0, 0, 0, 0x40000000)
            : ints(0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000);
    byte[] tkhd =
        box(
            "tkhd",
            ints(3, 0, 0, 1, 0, length, 0, 0, 0, 0),
            matrix,
            ints(width << 16, height << 16));
    byte[] mdia =
        box(
            "mdia",
            box("mdhd", ints(0, 0, 0, 90_000, frames * ticks, 0)),
            box("hdlr", ints(0, 0), letters("vide"), new byte[13]),
            box("minf", box("stbl", box("stts", ints(0, 1, frames, ticks)))));
    return box("moov", box("mvhd", ints(0, 0, 0, 1_000, length)), box("trak", tkhd, mdia));
  }

  /** Two images, of which the second is the one that is shown. */
  static byte[] heic(int width, int height, String... brands) {
    byte[] ipco = box("ipco", box("ispe", ints(0, 64, 64)), box("ispe", ints(0, width, height)));
    byte[] ipma = box("ipma", ints(0, 2), new byte[] {0, 1, 1, 1, 0, 2, 1, (byte) 0x82});
    return joined(
        ftyp(brands),
        box("meta", ints(0), box("pitm", ints(0), new byte[] {0, 2}), box("iprp", ipco, ipma)));
  }

  /** Sixteen bits, mono, 8 kHz; the silence itself is left to whoever makes the file longer. */
  static byte[] wavHeader(int dataBytes) {
    return ByteBuffer.allocate(44)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(letters("RIFF"))
        .putInt(36 + dataBytes)
        .put(letters("WAVEfmt "))
        .putInt(16)
        .putShort((short) 1)
        .putShort((short) 1)
        .putInt(8_000)
        .putInt(16_000)
        .putShort((short) 2)
        .putShort((short) 16)
        .put(letters("data"))
        .putInt(dataBytes)
        .array();
  }

  static byte[] wav(long millis) {
    int data = (int) (millis * 16);
    return joined(wavHeader(data), new byte[data]);
  }

  /** Frames of MPEG-1, 128 kbit/s, 44,100 Hz: 417 bytes and 26.12 ms each. */
  static byte[] mp3(int frames) {
    byte[] frame = new byte[417];
    frame[0] = (byte) 0xff;
    frame[1] = (byte) 0xfb;
    frame[2] = (byte) 0x90;
    ByteBuffer all = ByteBuffer.allocate(417 * frames);
    for (int i = 0; i < frames; i++) {
      all.put(frame);
    }
    return all.array();
  }
}
