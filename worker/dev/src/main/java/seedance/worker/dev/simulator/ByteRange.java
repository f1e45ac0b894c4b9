package seedance.worker.dev.simulator;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A part of a file.
 *
 * @param from the first byte
 * @param to the byte after the last
 */
record ByteRange(int from, int to) {

  private static final Pattern SINGLE = Pattern.compile("bytes=(\\d{0,9})-(\\d{0,9})");

  static ByteRange whole(int size) {
    return new ByteRange(0, size);
  }

  /**
   * Reads a {@code Range} header.
   *
   * @return no range for what is not a single one, which counts as none (RFC 9110, 14.2); an empty
   *     range if it cannot be satisfied
   */
  static Optional<ByteRange> parse(String header, int size) {
    Matcher range = SINGLE.matcher(header);
    if (!range.matches() || header.endsWith("=-")) {
      return Optional.empty();
    }
    if (range.group(1).isEmpty()) {
      int last = Integer.parseInt(range.group(2));
      return Optional.of(new ByteRange(Math.max(0, size - last), size));
    }
    int from = Integer.parseInt(range.group(1));
    int to = range.group(2).isEmpty() ? size : Math.min(size, 1 + Integer.parseInt(range.group(2)));
    return Optional.of(new ByteRange(from, Math.max(from, to)));
  }

  int length() {
    return to - from;
  }

  boolean isEmpty() {
    return length() == 0;
  }

  String contentRange(int size) {
    return "bytes " + from + "-" + (to - 1) + "/" + size;
  }
}
