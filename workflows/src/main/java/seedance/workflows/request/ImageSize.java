package seedance.workflows.request;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An image's size in pixels, read from the first bytes of the formats that have it there. */
record ImageSize(int width, int height) {

  /** Returns the size; empty where the bytes do not say it. */
  static Optional<ImageSize> of(byte[] start) {
    try {
      return Optional.ofNullable(read(ByteBuffer.wrap(start)))
          .filter(size -> size.width > 0 && size.height > 0);
    } catch (IndexOutOfBoundsException e) {
      return Optional.empty(); // cut off or no image; then it is for the service to say
    }
  }

  private static @Nullable ImageSize read(ByteBuffer bytes) {
    if (bytes.getInt(0) == 0x89504e47) { // PNG
      return new ImageSize(bytes.getInt(16), bytes.getInt(20));
    } else if ((bytes.getShort(0) & 0xffff) == 0xffd8) {
      return jpeg(bytes);
    }
    String magic = word(bytes, 0);
    bytes.order(ByteOrder.LITTLE_ENDIAN);
    if (magic.equals("GIF8")) {
      return new ImageSize(unsigned(bytes, 6), unsigned(bytes, 8));
    } else if (magic.startsWith("BM") && bytes.getInt(14) >= 40) {
      return new ImageSize(bytes.getInt(18), Math.abs(bytes.getInt(22)));
    } else if (magic.equals("RIFF") && word(bytes, 8).equals("WEBP")) {
      return webp(bytes);
    }
    return null;
  }

  private static @Nullable ImageSize jpeg(ByteBuffer bytes) {
    int at = 2;
    while ((bytes.get(at) & 0xff) == 0xff) {
      int marker = bytes.get(at + 1) & 0xff;
      boolean startOfFrame =
          marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
      if (startOfFrame) {
        return new ImageSize(unsigned(bytes, at + 7), unsigned(bytes, at + 5));
      }
      at += marker == 0xff ? 1 : 2 + unsigned(bytes, at + 2);
    }
    return null;
  }

  private static @Nullable ImageSize webp(ByteBuffer bytes) {
    return switch (word(bytes, 12)) {
      case "VP8 " -> new ImageSize(unsigned(bytes, 26) & 0x3fff, unsigned(bytes, 28) & 0x3fff);
      case "VP8L" -> {
        int bits = bytes.getInt(21);
        yield new ImageSize((bits & 0x3fff) + 1, (bits >> 14 & 0x3fff) + 1);
      }
      case "VP8X" -> new ImageSize((bytes.getInt(24) & 0xffffff) + 1, (bytes.getInt(26) >>> 8) + 1);
      default -> null;
    };
  }

  private static int unsigned(ByteBuffer bytes, int at) {
    return bytes.getShort(at) & 0xffff;
  }

  private static String word(ByteBuffer bytes, int at) {
    byte[] word = new byte[4];
    bytes.get(at, word);
    return new String(word, StandardCharsets.ISO_8859_1);
  }
}
