package seedance.workflows.request;

import java.util.Locale;
import java.util.Optional;

/**
 * What makes an {@code http(s)} URL unusable for sure. Odd but possible ones, such as with letters
 * that should be escaped, are left to the service.
 */
final class WebUrl {
  private WebUrl() {}

  static boolean isWeb(String url) {
    String start = url.substring(0, Math.min(url.length(), 6)).toLowerCase(Locale.ROOT);
    return start.startsWith("http:") || start.startsWith("https:");
  }

  /** Returns what is wrong with a URL that {@link #isWeb}, if anything. */
  static Optional<String> fault(String url) {
    if (url.chars().anyMatch(c -> c <= ' ' || c == 0x7f || Character.isWhitespace(c))) {
      return Optional.of("holds a space or a control character: escape it, a space is %20");
    }
    int slashes = url.indexOf(':') + 1;
    if (!url.startsWith("//", slashes)) {
      return Optional.of("is not complete: write https://HOST/…");
    }
    String rest = url.substring(slashes + 2);
    String authority = rest.split("[/?#\\\\]", 2)[0];
    if (authority.contains("@")) {
      return Optional.of(
          "holds a user name before the host, which would be stored: leave it out, sign the URL"
              + " instead");
    }
    int port = authority.lastIndexOf(':');
    boolean hasPort = port >= 0 && authority.indexOf(']', port) < 0;
    String host = hasPort ? authority.substring(0, port) : authority;
    if (host.isEmpty() || host.startsWith(".") || host.contains("..")) {
      return Optional.of("names no host: write https://HOST/…");
    }
    boolean bracketed = host.startsWith("[") && host.endsWith("]");
    if (!bracketed && host.chars().anyMatch(c -> "\"<>[]^`{|}:%,".indexOf(c) >= 0)) {
      return Optional.of("names no usable host: write https://HOST/…");
    }
    if (hasPort && !isPort(authority.substring(port + 1))) {
      return Optional.of("names no usable port: write one from 1 to 65535, or none");
    }
    return Optional.empty();
  }

  private static boolean isPort(String digits) {
    return digits.isEmpty()
        || digits.matches("\\d{1,5}")
            && Integer.parseInt(digits) > 0
            && Integer.parseInt(digits) <= 65_535;
  }
}
