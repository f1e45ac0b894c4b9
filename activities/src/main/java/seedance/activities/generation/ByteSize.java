package seedance.activities.generation;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A number of bytes as people write it: {@code 4GiB}, {@code 500 MiB}, {@code 1073741824}. */
public final class ByteSize {
  private static final Pattern FORM = Pattern.compile("(\\d{1,9}) ?([KMG]iB)|(\\d{1,18})");

  private ByteSize() {}

  /** Reads a size; empty where the text is none. */
  public static Optional<Long> read(String text) {
    Matcher size = FORM.matcher(text);
    if (!size.matches()) {
      return Optional.empty();
    }
    return Optional.of(
        size.group(3) == null
            ? Long.parseLong(size.group(1)) * bytesOf(size.group(2))
            : Long.parseLong(size.group(3)));
  }

  /** In the largest unit in which it is a whole number. */
  public static String inWords(long bytes) {
    for (String unit : new String[] {"GiB", "MiB", "KiB"}) {
      if (bytes > 0 && bytes % bytesOf(unit) == 0) {
        return bytes / bytesOf(unit) + " " + unit;
      }
    }
    return bytes + " bytes";
  }

  private static long bytesOf(String unit) {
    return switch (unit) {
      case "KiB" -> 1L << 10;
      case "MiB" -> 1L << 20;
      default -> 1L << 30;
    };
  }
}
