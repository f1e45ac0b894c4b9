package seedance.activities.store;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Pattern;

/** The rule for URLs of ours that the service is to reach. */
public final class PublicUrl {
  /** Behind a setting's name. */
  public static final String FAULT =
      "is no URL of the form https://host[:port][/path], without user and query";

  private static final Pattern LOOPBACK =
      Pattern.compile("localhost|127\\.\\d+\\.\\d+\\.\\d+|\\[::1]");

  private PublicUrl() {}

  /**
   * Reads a URL.
   *
   * @throws IllegalArgumentException as {@link #require}
   */
  public static URI of(String text) {
    return require(URI.create(text));
  }

  /**
   * Returns the URL.
   *
   * @throws IllegalArgumentException if it is no {@code https://} URL, {@code http://} being for
   *     loopback hosts alone, or has a user, a query or a fragment
   */
  public static URI require(URI url) {
    boolean isSafe =
        "https".equalsIgnoreCase(url.getScheme())
            || "http".equalsIgnoreCase(url.getScheme())
                && url.getHost() != null
                && isLoopback(url.getHost());
    if (!isSafe
        || url.getHost() == null
        || url.getRawUserInfo() != null
        || url.getRawQuery() != null
        || url.getRawFragment() != null) {
      throw new IllegalArgumentException(FAULT);
    }
    return url;
  }

  /** Whether a host is this machine, in its plain spelling. */
  public static boolean isLoopback(String host) {
    return LOOPBACK.matcher(host).matches();
  }

  /**
   * The URL of a file below what a URL serves.
   *
   * @param path relative, of any characters, with slashes
   */
  public static URI under(URI base, String path) {
    try {
      String file = new URI(null, null, "/" + path, null).toASCIIString();
      return URI.create(base.toString().replaceAll("/+$", "") + file);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("a path is always one of a URL", e);
    }
  }
}
