package seedance.workflows.request;

/** How long base64 is when decoded, in one pass and without decoding it. */
final class Base64Length {
  private static final boolean[] ALPHABET = new boolean[128];

  static {
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
        .chars()
        .forEach(c -> ALPHABET[c] = true);
  }

  private Base64Length() {}

  /** Returns the bytes that {@code text} from {@code start} on decodes to; −1 if it does not. */
  static long decoded(String text, int start) {
    int end = text.length();
    while (end > start && end > text.length() - 2 && text.charAt(end - 1) == '=') {
      end--;
    }
    for (int i = start; i < end; i++) {
      char c = text.charAt(i);
      if (c >= ALPHABET.length || !ALPHABET[c]) {
        return -1;
      }
    }
    int digits = end - start;
    int padding = text.length() - end;
    // Decoders take a last group without padding, but not with a wrong one.
    boolean wrongPadding = padding > 0 && (digits + padding) % 4 != 0;
    return digits % 4 == 1 || wrongPadding ? -1 : digits * 3L / 4;
  }
}
