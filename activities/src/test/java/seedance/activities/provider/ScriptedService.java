package seedance.activities.provider;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import okhttp3.Headers;
import seedance.activities.provider.VideoProviderContract.Fault;
import seedance.workflows.request.AnyJson;

/**
 * The least of a service that the contract needs: a task is queued at the first look, running at
 * the second, over at the third.
 */
final class ScriptedService extends Dispatcher implements VideoProviderContract.Service {
  private static final String KEY = "the-right-key-0123456789";
  private static final String MODERATED = "a forbidden cat";
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final MockWebServer server = new MockWebServer();
  private final Map<String, JsonNode> bodies = new ConcurrentHashMap<>();
  private final Map<String, AtomicInteger> looks = new ConcurrentHashMap<>();
  private final Dialect dialect;
  private final Fault fault;
  private final String tasksPath;

  ScriptedService(Dialect dialect, Fault fault) throws IOException {
    this.dialect = dialect;
    this.fault = fault;
    this.tasksPath = dialect == Dialect.ARK ? "/api/v3/contents/generations/tasks" : "/v1/videos";
    server.setDispatcher(this);
    server.start();
  }

  @Override
  public HttpVideoProvider provider() {
    return new HttpVideoProvider(new ProviderSettings(baseUrl(), dialect, Secret.of(KEY)));
  }

  @Override
  public HttpVideoProvider providerWithWrongKey() {
    return new HttpVideoProvider(new ProviderSettings(baseUrl(), dialect, Secret.of("wrong-key")));
  }

  @Override
  public URI baseUrl() {
    return server.url("/").uri();
  }

  @Override
  public int tasksMade() {
    return bodies.size();
  }

  @Override
  public AnyJson moderatedBody() {
    Map<String, Object> body = VideoProviderContract.body();
    body.put("content", List.of(Map.of("type", "text", "text", MODERATED)));
    return new AnyJson(body);
  }

  @Override
  public void close() {
    server.close();
  }

  @Override
  public MockResponse dispatch(RecordedRequest request) throws InterruptedException {
    try {
      return answer(request);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private MockResponse answer(RecordedRequest request) throws IOException {
    String path = request.getUrl().encodedPath();
    String authorization = request.getHeaders().get("Authorization");
    if (path.startsWith("/files/")) {
      return authorization == null ? json(200, "a file") : json(400, "no key here");
    }
    if (!("Bearer " + KEY).equals(authorization)) {
      return error(401, "AuthenticationError", "the API key is not valid");
    }
    if (request.getMethod().equals("POST") && path.equals(tasksPath)) {
      return create(MAPPER.readTree(request.getBody().utf8()));
    }
    String id = path.substring(path.lastIndexOf('/') + 1);
    boolean known = path.equals(tasksPath + "/" + id) && bodies.containsKey(id);
    if (!known) {
      return error(404, "NotFound.Task", "no such task");
    }
    return fault == Fault.LOOKS_FAIL
        ? error(500, "InternalServiceError", "sorry")
        : json(200, task(id, looks.get(id).incrementAndGet()));
  }

  private MockResponse create(JsonNode body) {
    if (fault == Fault.BUSY) {
      return error(429, "ServerOverloaded", "sorry");
    }
    if (body.path("duration").asInt() > 15) {
      return error(400, "InvalidParameter", "The parameter `duration` is not valid.");
    }
    String id = "cgt-20261122184500-" + bodies.size();
    bodies.put(id, body);
    looks.put(id, new AtomicInteger());
    return switch (fault) {
      case REPLY_LOST ->
          new MockResponse.Builder().onResponseStart(new SocketEffect.CloseSocket()).build();
      case ERROR_AFTER_CREATE -> error(500, "InternalServiceError", "sorry");
      default -> json(200, "{\"id\":\"" + id + "\"}");
    };
  }

  private String task(String id, int look) {
    JsonNode body = bodies.get(id);
    String head =
        "{\"id\":\"%s\",\"model\":\"doubao-seedance-2-0-260128\",\"created_at\":1780732857,"
            .formatted(id);
    if (look < 3) {
      return head + "\"status\":\"%s\"}".formatted(look == 1 ? "queued" : "running");
    }
    if (body.toString().contains(MODERATED)) {
      return head
          + "\"status\":\"failed\",\"updated_at\":1780732991,\"error\":{"
          + "\"code\":\"OutputVideoSensitiveContentDetected\",\"message\":\"sorry\"}}";
    }
    String files = server.url("/files/").toString();
    String lastFrame =
        body.path("return_last_frame").asBoolean()
            ? ",\"last_frame_url\":\"" + files + "last.png?X-Signature=s\""
            : "";
    return head
        + """
        "status":"succeeded","updated_at":1780732991,"seed":97151,"resolution":"480p",
        "ratio":"16:9","duration":5,"framespersecond":24,"generate_audio":true,
        "usage":{"completion_tokens":108900,"total_tokens":108900},
        "content":{"video_url":"%sclip.mp4?X-Signature=s"%s}}
        """
            .formatted(files, lastFrame);
  }

  private static MockResponse error(int status, String code, String message) {
    return json(
        status, "{\"error\":{\"code\":\"%s\",\"message\":\"%s\"}}".formatted(code, message));
  }

  private static MockResponse json(int status, String body) {
    return new MockResponse(status, Headers.of("Content-Type", "application/json"), body);
  }
}
