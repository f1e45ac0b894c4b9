package seedance.workflows.request;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An image's size in pixels, and what the service says of it. */
public record ImageSize(int width, int height) {
  private static final int SIDE_MIN = 300;
  private static final int SIDE_MAX = 6_000;
  private static final double ASPECT_MAX = 2.5;

  /**
   * Reads the size from the first bytes of a JPEG, PNG, GIF, BMP or WebP, as it is stored: a
   * rotation that is written beside it is not looked at.
   *
   * @param start of the file; a photo's size may follow its preview
   * @return empty where the bytes do not say it
   */
  public static Optional<ImageSize> of(byte[] start) {
    try {
      return Optional.ofNullable(read(ByteBuffer.wrap(start)))
          .filter(size -> size.width > 0 && size.height > 0);
    } catch (IndexOutOfBoundsException e) {
      return Optional.empty(); // cut off or no image; then it is for the service to say
    }
  }

  /**
   * Returns what is wrong with an image of this size, if anything. The limits are the same for
   * either side, so that a rotation changes nothing.
   */
  public Optional<String> fault() {
    int shorter = Math.min(width, height);
    int longer = Math.max(width, height);
    if (shorter < SIDE_MIN || longer > SIDE_MAX) {
      return Optional.of(
          "is %d x %d pixels: each side must be %d to %d"
              .formatted(width, height, SIDE_MIN, SIDE_MAX));
    }
    // Width by height is to be 0.4 to 2.5, and 0.4 is 1 by 2.5.
    return longer > ASPECT_MAX * shorter
        ? Optional.of(
            "is %d x %d pixels: no side may be over 2.5 times the other".formatted(width, height))
        : Optional.empty();
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
