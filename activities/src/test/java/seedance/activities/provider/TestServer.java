package seedance.activities.provider;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import okhttp3.Headers;
import okhttp3.OkHttpClient;
import seedance.workflows.request.AnyJson;

/** What the tests of single replies share: a key, a body, short timeouts, a fixed clock. */
final class TestServer {
  static final String KEY = "sk-a-secret-key-0123456789";
  static final String PROMPT = "a very private cat";
  static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-22T18:45:00Z"), ZoneOffset.UTC);
  static final AnyJson BODY =
      new AnyJson(
          Map.of(
              "model",
              "doubao-seedance-2-0",
              "content",
              List.of(Map.of("type", "text", "text", PROMPT))));

  /** Long enough for a busy machine to answer on loopback, short enough to wait for. */
  static final Timeouts SHORT =
      new Timeouts(
          Duration.ofSeconds(5),
          Duration.ofSeconds(5),
          Duration.ofMillis(1500),
          Duration.ofSeconds(10));

  private TestServer() {}

  static HttpVideoProvider provider(MockWebServer server) {
    return provider(server.url("/").uri(), new OkHttpClient());
  }

  static HttpVideoProvider provider(URI baseUrl, OkHttpClient base) {
    return provider(baseUrl, base, SHORT);
  }

  static HttpVideoProvider provider(URI baseUrl, OkHttpClient base, Timeouts timeouts) {
    ProviderSettings settings = new ProviderSettings(baseUrl, Dialect.GATEWAY, Secret.of(KEY));
    return new HttpVideoProvider(settings, base, timeouts, timeouts, CLOCK);
  }

  static HttpVideoProvider ark(URI baseUrl, OkHttpClient base, Clock clock) {
    ProviderSettings settings = new ProviderSettings(baseUrl, Dialect.ARK, Secret.of(KEY));
    return new HttpVideoProvider(settings, base, SHORT, SHORT, clock);
  }

  static MockResponse json(int status, String body) {
    return new MockResponse(status, Headers.of("Content-Type", "application/json"), body);
  }

  static MockResponse error(int status, String code, String message) {
    return json(
        status, "{\"error\":{\"code\":\"%s\",\"message\":\"%s\"}}".formatted(code, message));
  }
}
