package seedance.activities.store;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * The media types that the service delivers, told by a file's first bytes: its "PNG" frames were
 * seen to be JPEG, so neither a name nor a header is believed.
 */
enum MediaType {
  MP4("video/mp4", "mp4"),
  QUICKTIME("video/quicktime", "mov"),
  PNG("image/png", "png"),
  JPEG("image/jpeg", "jpg"),
  WEBP("image/webp", "webp");

  /** How many first bytes {@link #sniff} needs. */
  static final int SNIFFED_BYTES = 12;

  private final String mimeType;
  private final String extension;

  MediaType(String mimeType, String extension) {
    this.mimeType = mimeType;
    this.extension = extension;
  }

  String mimeType() {
    return mimeType;
  }

  String extension() {
    return extension;
  }

  static Optional<MediaType> sniff(byte[] head) {
    if (ascii(head, 4, 4).equals("ftyp")) {
      return Optional.of(ascii(head, 8, 4).equals("qt  ") ? QUICKTIME : MP4);
    }
    if (startsWith(head, 0x89, 'P', 'N', 'G')) {
      return Optional.of(PNG);
    }
    if (startsWith(head, 0xFF, 0xD8, 0xFF)) {
      return Optional.of(JPEG);
    }
    if (ascii(head, 0, 4).equals("RIFF") && ascii(head, 8, 4).equals("WEBP")) {
      return Optional.of(WEBP);
    }
    return Optional.empty();
  }

  static Optional<MediaType> ofExtension(String extension) {
    return Arrays.stream(values()).filter(type -> type.extension.equals(extension)).findFirst();
  }

  private static boolean startsWith(byte[] head, int... magic) {
    for (int i = 0; i < magic.length; i++) {
      if (i >= head.length || (head[i] & 0xFF) != magic[i]) {
        return false;
      }
    }
    return true;
  }

  private static String ascii(byte[] head, int from, int length) {
    return head.length < from + length
        ? ""
        : new String(head, from, length, StandardCharsets.ISO_8859_1);
  }
}
