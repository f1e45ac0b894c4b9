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
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;
import seedance.workflows.json.Json;

/** What the tests of single replies share: a key, a body, timeouts, a fixed clock. */
final class TestServer {
  static final String KEY = "sk-a-secret-key-0123456789";
  static final String PROMPT = "a very private cat";
  static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-22T18:45:00Z"), ZoneOffset.UTC);
  static final Json BODY =
      new Json(
          Map.of(
              "model",
              "doubao-seedance-2-0",
              "content",
              List.of(Map.of("type", "text", "text", PROMPT))));

  /** Where an answer comes, however busy the machine is. */
  static final Timeouts PATIENT =
      new Timeouts(
          Duration.ofMinutes(1),
          Duration.ofMinutes(1),
          Duration.ofMinutes(1),
          Duration.ZERO,
          Duration.ZERO);

  /** Where none comes. */
  static final Timeouts IMPATIENT =
      new Timeouts(
          Duration.ofMinutes(1),
          Duration.ofMinutes(1),
          Duration.ofMillis(400),
          Duration.ZERO,
          Duration.ZERO);

  private TestServer() {}

  /** Read as if it had come. */
  static Reply reply(int status, byte[] body) {
    Response response =
        new Response.Builder()
            .request(new Request.Builder().url("https://service.example/").build())
            .protocol(Protocol.HTTP_1_1)
            .code(status)
            .message("")
            .body(ResponseBody.create(body, null))
            .build();
    return Reply.read(response, Secret.of(TestServer.KEY));
  }

  static HttpVideoProvider provider(MockWebServer server) {
    return provider(server.url("/").uri(), new OkHttpClient());
  }

  static HttpVideoProvider provider(URI baseUrl, OkHttpClient base) {
    return provider(baseUrl, base, PATIENT);
  }

  static HttpVideoProvider provider(URI baseUrl, OkHttpClient base, Timeouts timeouts) {
    ProviderSettings settings = new ProviderSettings(baseUrl, Dialect.GATEWAY, Secret.of(KEY));
    return new HttpVideoProvider(settings, base, timeouts, timeouts, timeouts.together(), CLOCK);
  }

  static HttpVideoProvider ark(URI baseUrl, OkHttpClient base, Clock clock) {
    return ark(baseUrl, base, PATIENT, clock);
  }

  static HttpVideoProvider ark(URI baseUrl, OkHttpClient base, Timeouts timeouts, Clock clock) {
    ProviderSettings settings = new ProviderSettings(baseUrl, Dialect.ARK, Secret.of(KEY));
    return new HttpVideoProvider(settings, base, timeouts, timeouts, timeouts.together(), clock);
  }

  static ServiceUrls urls(URI baseUrl) {
    return new ProviderSettings(baseUrl, Dialect.GATEWAY, Secret.of(KEY)).urls();
  }

  static MockResponse json(int status, String body) {
    return new MockResponse(status, Headers.of("Content-Type", "application/json"), body);
  }

  static MockResponse error(int status, String code, String message) {
    return json(
        status, "{\"error\":{\"code\":\"%s\",\"message\":\"%s\"}}".formatted(code, message));
  }
}
