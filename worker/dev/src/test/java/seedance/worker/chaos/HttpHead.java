package seedance.worker.chaos;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The head of an HTTP message, up to and with the empty line.
 *
 * @param bytes as they came
 */
record HttpHead(byte[] bytes) {
  private static final Pattern LENGTH =
      Pattern.compile("^content-length: *(\\d+)", Pattern.CASE_INSENSITIVE | Pattern.MULTILINE);
  private static final Pattern HAS_NO_BODY = Pattern.compile("^HTTP/\\S+ (1\\d\\d|204|304)");
  private static final String END = "\r\n\r\n";

  /** Reads the next one; empty where the sender has no more to say. */
  static Optional<HttpHead> read(InputStream from) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    int matched = 0;
    while (matched < END.length()) {
      int next = from.read();
      if (next < 0 && head.size() == 0) {
        return Optional.empty();
      }
      if (next < 0) {
        throw new EOFException("it ended within a head");
      }
      head.write(next);
      matched = next == END.charAt(matched) ? matched + 1 : next == '\r' ? 1 : 0;
    }
    return Optional.of(new HttpHead(head.toByteArray()));
  }

  /** The method and the target of a request, or the version and the status of a reply. */
  String firstLine() {
    return text().lines().findFirst().orElse("");
  }

  /** The length of the body that follows; neither side of ours sends chunks. */
  int bodyLength() {
    Matcher length = LENGTH.matcher(text());
    return length.find() ? Integer.parseInt(length.group(1)) : 0;
  }

  /** Whether it says how long its body is; else that ends with the connection. */
  boolean hasLength() {
    return LENGTH.matcher(text()).find() || HAS_NO_BODY.matcher(text()).find();
  }

  /** The same, of a message with which its connection ends. */
  HttpHead closing() {
    String kept = text().replaceAll("(?i)\r\nconnection:[^\r]*", "");
    String closing = kept.replaceAll("\r\n\r\n$", "\r\nConnection: close\r\n\r\n");
    return new HttpHead(closing.getBytes(StandardCharsets.ISO_8859_1));
  }

  private String text() {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }
}
