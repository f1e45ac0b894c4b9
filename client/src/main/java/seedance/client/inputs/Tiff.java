package seedance.client.inputs;

import static java.nio.ByteOrder.BIG_ENDIAN;
import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.io.IOException;
import java.nio.ByteOrder;
import java.util.Optional;
import seedance.workflows.request.ImageSize;

/** The size of a TIFF's first image, by its first directory: TIFF 6.0, section 2. */
final class Tiff {
  private static final int CLASSIC = 42;
  private static final int ENTRY = 12;
  private static final int WIDTH = 256;
  private static final int HEIGHT = 257;
  private static final int SHORT = 3;
  private static final int LONG = 4;

  private Tiff() {}

  static Optional<ImageSize> size(FileBytes bytes) throws IOException {
    ByteOrder order = bytes.says(0, "II") ? LITTLE_ENDIAN : BIG_ENDIAN;
    if (bytes.u16(2, order) != CLASSIC) {
      return Optional.empty(); // a BigTIFF, with wider directories
    }
    long directory = bytes.u32(4, order);
    int entries = bytes.u16(directory, order);
    int width = 0;
    int height = 0;
    for (int i = 0; i < entries && (width <= 0 || height <= 0); i++) {
      long at = directory + 2 + (long) ENTRY * i;
      int tag = bytes.u16(at, order);
      if (tag == WIDTH) {
        width = value(bytes, at, order);
      } else if (tag == HEIGHT) {
        height = value(bytes, at, order);
      }
    }
    return width > 0 && height > 0 ? Optional.of(new ImageSize(width, height)) : Optional.empty();
  }

  /** Of one number, which stands in its entry; 0 for any other. */
  private static int value(FileBytes bytes, long entry, ByteOrder order) throws IOException {
    return switch (bytes.u16(entry + 2, order)) {
      case SHORT -> bytes.u16(entry + 8, order);
      case LONG -> bytes.i32(entry + 8, order);
      default -> 0;
    };
  }
}
