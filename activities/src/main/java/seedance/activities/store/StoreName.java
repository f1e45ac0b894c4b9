package seedance.activities.store;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** One safe name in a store for an id that may hold anything: slashes, dots, spaces, any script. */
final class StoreName {
  /** File systems allow 255 bytes a name; this leaves room for what we add. */
  private static final int LONGEST = 160;

  private StoreName() {}

  /**
   * Ids of letters, digits, {@code -}, {@code _} and {@code .} stay as they are; other bytes are
   * percent-encoded, as is a leading dot. Different ids give different names.
   */
  static String of(String id) {
    StringBuilder name = new StringBuilder();
    for (byte b : id.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xFF);
      boolean plain =
          (c >= 'a' && c <= 'z')
              || (c >= 'A' && c <= 'Z')
              || (c >= '0' && c <= '9')
              || c == '-'
              || c == '_'
              || (c == '.' && name.length() > 0);
      if (plain) {
        name.append(c);
      } else {
        name.append('%').append(HexFormat.of().withUpperCase().toHexDigits(b));
      }
    }
    if (name.isEmpty()) {
      return "%";
    }
    return name.length() <= LONGEST
        ? name.toString()
        : name.substring(0, LONGEST) + "~" + sha256(id).substring(0, 16);
  }

  private static String sha256(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
