package seedance.activities.provider;

import java.net.URI;
import java.util.Objects;
import java.util.regex.Pattern;
import okhttp3.HttpUrl;

/**
 * Which service is spoken to, and as whom.
 *
 * @param baseUrl {@code https}, or {@code http}, which shows the key to whoever is on the way (see
 *     {@link #isUnencrypted()}), and a host; no user, query or fragment; a path before the
 *     dialect's own is kept, and one that already ends with an API's version ({@code …/vN}, as SDKs
 *     have it) is taken as it is
 * @param paths of a service that has others than its dialect
 * @param words what the service's words mean
 */
public record ProviderSettings(
    URI baseUrl, Dialect dialect, Secret apiKey, TaskPaths paths, ServiceWords words) {
  /** As OkHttp spells a host. */
  private static final Pattern LOOPBACK = Pattern.compile("localhost|127(\\.\\d{1,3}){3}|::1");

  /**
   * Judges the URL.
   *
   * @throws IllegalArgumentException when {@code baseUrl} is not as above; the message is readable
   *     and does not quote it
   */
  public ProviderSettings {
    Objects.requireNonNull(baseUrl, "baseUrl");
    Objects.requireNonNull(dialect, "dialect");
    Objects.requireNonNull(apiKey, "apiKey");
    Objects.requireNonNull(paths, "paths");
    Objects.requireNonNull(words, "words");
    if (baseUrl.getRawAuthority() == null || HttpUrl.parse(baseUrl.toString()) == null) {
      throw new IllegalArgumentException("the base URL is http:// or https:// and a host");
    }
    if (baseUrl.getRawUserInfo() != null
        || baseUrl.getRawQuery() != null
        || baseUrl.getRawFragment() != null) {
      throw new IllegalArgumentException(
          "the base URL is scheme, host, port and path only: no user, no '?', no '#'");
    }
  }

  /**
   * A service with the paths of its dialect and the words that everyone knows.
   *
   * @throws IllegalArgumentException as above
   */
  public ProviderSettings(URI baseUrl, Dialect dialect, Secret apiKey) {
    this(baseUrl, dialect, apiKey, TaskPaths.OF_THE_DIALECT, ServiceWords.builtIn());
  }

  /** The dialect's default service. */
  public static ProviderSettings of(Dialect dialect, Secret apiKey) {
    return new ProviderSettings(dialect.defaultBaseUrl(), dialect, apiKey);
  }

  /**
   * Whether the key, the prompts and the clips of the service's own host go over a network as plain
   * text: by {@code http} to a host that is not this machine by its very name.
   */
  public boolean isUnencrypted() {
    HttpUrl url = HttpUrl.get(baseUrl.toString());
    return !url.isHttps() && !LOOPBACK.matcher(url.host()).matches();
  }

  ServiceUrls urls() {
    return new ServiceUrls(baseUrl, dialect, paths);
  }
}
