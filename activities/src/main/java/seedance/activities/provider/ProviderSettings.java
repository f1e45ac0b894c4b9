package seedance.activities.provider;

import java.net.URI;
import java.util.Objects;
import okhttp3.HttpUrl;

/**
 * Which service is spoken to, and as whom.
 *
 * @param baseUrl {@code http} or {@code https}, a host, no user, query or fragment; a path before
 *     the dialect's own is kept, and one that already ends with the API's version ({@code
 *     …/api/v3}, as SDKs have it) is understood too
 */
public record ProviderSettings(URI baseUrl, Dialect dialect, Secret apiKey) {

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

  /** The dialect's default service. */
  public static ProviderSettings of(Dialect dialect, Secret apiKey) {
    return new ProviderSettings(dialect.defaultBaseUrl(), dialect, apiKey);
  }

  /** Where tasks are created; a task is one segment below. */
  HttpUrl tasksUrl() {
    HttpUrl base = HttpUrl.get(baseUrl.toString());
    String path = base.encodedPath().replaceAll("/+$", "");
    String version = "/" + dialect.version();
    return base.newBuilder()
        .encodedPath((path.endsWith(version) ? path : path + version) + "/" + dialect.tasks())
        .build();
  }
}
