package seedance.activities.provider;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import okhttp3.HttpUrl;

/** Where the service's tasks are, and which URLs are the service's own. */
final class ServiceUrls {
  /** {@code …/api/v3}, {@code …/v1}, and {@code …/api/plan/v3} of Volcano's Agent Plan (M). */
  private static final Pattern ENDS_WITH_A_VERSION = Pattern.compile(".*/v\\d{1,3}");

  private static final Pattern NAME_END = Pattern.compile("[;?#\\x00]");

  /** Overlong ones, and those of Unicode that some server takes for the usual ones. */
  private static final Pattern ODD_POINT_OR_SLASH =
      Pattern.compile(
          "(?i)%c[01]|%ef%bc%(?:8e|8f|bc)|%ef%b9%92|%ef%b8%b0|%e2%80%a[45]|%e2%88%95|%e2%81%84");

  /** No other than these and ASCII can spell a way out, so bytes need not be put together. */
  private static final Pattern ESCAPED = Pattern.compile("%([0-7][0-9A-Fa-f])");

  private static final int MOST_DECODINGS = 4;

  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  private final HttpUrl base;
  private final String basePath;
  private final HttpUrl tasks;
  private final String task;

  /**
   * @param baseUrl as {@link ProviderSettings} has judged it
   */
  ServiceUrls(URI baseUrl, Dialect dialect, TaskPaths paths) {
    this.base = HttpUrl.get(baseUrl.toString());
    this.basePath = base.encodedPath().replaceAll("/+$", "");
    String ofTheDialect =
        (ENDS_WITH_A_VERSION.matcher(basePath).matches() ? "" : "/" + dialect.version())
            + "/"
            + dialect.tasks();
    String below = paths.tasks().orElse(ofTheDialect).replaceAll("/+$", "");
    this.tasks = base.newBuilder().encodedPath(basePath + below).build();
    HttpUrl origin = base.newBuilder().encodedPath("/").build();
    this.task =
        paths
            .look()
            .map(look -> origin.toString().replaceAll("/$", "") + basePath + look)
            .orElse(tasks + "/" + TaskPaths.ID);
  }

  /** Where tasks are created and listed. */
  HttpUrl tasks() {
    return tasks;
  }

  /** Where a task is looked at. */
  HttpUrl task(String id) {
    return HttpUrl.get(task.replace(TaskPaths.ID, encoded(id)));
  }

  /** Where gateways keep a clip for whoever has the key (M), of a task whose answer names none. */
  HttpUrl content(String id) {
    boolean isSegment = task.endsWith("/" + TaskPaths.ID);
    String of = isSegment ? task : tasks + "/" + TaskPaths.ID;
    return HttpUrl.get(of.replace(TaskPaths.ID, encoded(id)) + "/content");
  }

  /** Whether a URL of a reply is just where it came from. */
  boolean isTaskItself(URI url, String id) {
    HttpUrl parsed = HttpUrl.parse(url.toString());
    if (parsed == null) {
      return false;
    }
    HttpUrl bare = parsed.newBuilder().query(null).fragment(null).build();
    HttpUrl look = task(id).newBuilder().query(null).build();
    return bare.pathSegments().equals(look.pathSegments()) && isOwnOrigin(bare)
        || bare.equals(tasks);
  }

  /**
   * A URL of a reply, relative ones resolved against the base URL; empty where it is neither http
   * nor https.
   */
  Optional<URI> resolve(String text) {
    HttpUrl below = base.newBuilder().encodedPath(basePath + "/").build();
    HttpUrl url = below.resolve(text);
    return url == null ? Optional.empty() : Optional.of(asUri(url, text));
  }

  /** The text itself where it is a URI, as a signature may cover its very spelling. */
  private static URI asUri(HttpUrl url, String text) {
    try {
      URI uri = URI.create(text);
      return uri.isAbsolute() ? uri : url.uri();
    } catch (IllegalArgumentException e) {
      return url.uri();
    }
  }

  /** Whether scheme, host and port are the base URL's. */
  boolean isOwnOrigin(HttpUrl url) {
    return url.scheme().equals(base.scheme())
        && url.host().equals(base.host())
        && url.port() == base.port();
  }

  /**
   * Whether a URL surely stays below the base URL, so that the key may be sent there. One that
   * could climb out of its path, however it is escaped, does not.
   */
  boolean isBelowBase(HttpUrl url) {
    String path = url.encodedPath();
    return isOwnOrigin(url)
        && url.encodedUsername().isEmpty()
        && url.encodedPassword().isEmpty()
        && path.startsWith(basePath + "/")
        && !climbs(path);
  }

  /**
   * Servers decode once or more, take {@code \} for a slash, and cut a segment at {@code ;} or,
   * decoded, where a query or C's text would end. Bytes that are no UTF-8, and full-width points
   * and slashes, are some server's own.
   */
  private static boolean climbs(String path) {
    String decoded = path;
    for (int i = 0; i < MOST_DECODINGS; i++) {
      for (String segment : decoded.split("[/\\\\]")) {
        String name = NAME_END.split(segment, 2)[0].strip();
        if (name.equals(".") || name.equals("..") || ODD_POINT_OR_SLASH.matcher(segment).find()) {
          return true;
        }
      }
      String again = decode(decoded);
      if (again.equals(decoded)) {
        return false;
      }
      decoded = again;
    }
    return true;
  }

  private static String decode(String text) {
    return ESCAPED
        .matcher(text)
        .replaceAll(
            escape ->
                Matcher.quoteReplacement(
                    String.valueOf((char) Integer.parseInt(escape.group(1), 16))));
  }

  /**
   * An id may hold anything printable. All that has a meaning somewhere in a URL is escaped: a
   * server may cut a segment at {@code ;}, too.
   */
  private static String encoded(String id) {
    StringBuilder encoded = new StringBuilder();
    for (byte b : id.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xFF);
      boolean unreserved =
          c >= 'a' && c <= 'z'
              || c >= 'A' && c <= 'Z'
              || c >= '0' && c <= '9'
              || "-._~".indexOf(c) >= 0;
      if (unreserved) {
        encoded.append(c);
      } else {
        encoded.append('%').append(HEX.toHexDigits(b));
      }
    }
    return encoded.toString();
  }
}
