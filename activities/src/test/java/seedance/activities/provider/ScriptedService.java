package seedance.activities.provider;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import okhttp3.Headers;
import okhttp3.HttpUrl;
import seedance.activities.provider.VideoProviderContract.Fault;
import seedance.workflows.json.Json;

/**
 * The least of a service that the contract needs: a task is queued at the first look, running at
 * the second, over at the third.
 */
final class ScriptedService extends Dispatcher implements VideoProviderContract.Service {
  private static final String KEY = "the-right-key-0123456789";
  private static final String MODERATED = "a forbidden cat";
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final MockWebServer server = new MockWebServer();
  private final Map<String, Made> tasks = new ConcurrentSkipListMap<>();
  private final Dialect dialect;
  private final Fault fault;
  private final String tasksPath;
  private volatile boolean queueStands;

  /** A task, and how far it is. */
  private static final class Made {
    private final JsonNode body;
    private final long createdAt = Instant.now().getEpochSecond();
    private final AtomicInteger looks = new AtomicInteger();
    private volatile boolean cancelled;

    Made(JsonNode body) {
      this.body = body;
    }
  }

  ScriptedService(Dialect dialect, Fault fault) throws IOException {
    this.dialect = dialect;
    this.fault = fault;
    this.tasksPath = dialect == Dialect.ARK ? "/api/v3/contents/generations/tasks" : "/v1/videos";
    this.queueStands = fault == Fault.QUEUE_STANDS;
    server.setDispatcher(this);
    server.start();
  }

  @Override
  public HttpVideoProvider provider() {
    return new HttpVideoProvider(settings());
  }

  @Override
  public ProviderSettings settings() {
    return new ProviderSettings(baseUrl(), dialect, Secret.of(KEY));
  }

  @Override
  public HttpVideoProvider providerWithWrongKey() {
    return new HttpVideoProvider(new ProviderSettings(baseUrl(), dialect, Secret.of("wrong-key")));
  }

  private URI baseUrl() {
    return server.url("/").uri();
  }

  @Override
  public int tasksMade() {
    return tasks.size();
  }

  @Override
  public Json moderatedBody() {
    Map<String, Object> body = VideoProviderContract.body();
    body.put("content", List.of(Map.of("type", "text", "text", MODERATED)));
    return new Json(body);
  }

  @Override
  public void letTasksStart() {
    queueStands = false;
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
    boolean ark = dialect == Dialect.ARK;
    if (ark && request.getMethod().equals("GET") && path.equals(tasksPath)) {
      return list(request.getUrl());
    }
    String id = path.substring(path.lastIndexOf('/') + 1);
    boolean known = path.equals(tasksPath + "/" + id) && tasks.containsKey(id);
    if (!known) {
      return error(404, "NotFound.Task", "no such task");
    }
    if (ark && request.getMethod().equals("DELETE")) {
      return delete(id);
    }
    tasks.get(id).looks.incrementAndGet();
    return fault == Fault.LOOKS_FAIL
        ? error(500, "InternalServiceError", "sorry")
        : json(200, task(id));
  }

  private MockResponse list(HttpUrl url) {
    int size = Integer.parseInt(url.queryParameter("page_size"));
    int page = Integer.parseInt(url.queryParameter("page_num"));
    String items =
        tasks.keySet().stream()
            .skip((page - 1L) * size)
            .limit(size)
            .map(this::task)
            .collect(Collectors.joining(","));
    return json(200, "{\"total\":%d,\"items\":[%s]}".formatted(tasks.size(), items));
  }

  private MockResponse delete(String id) {
    switch (status(tasks.get(id))) {
      case "queued" -> tasks.get(id).cancelled = true;
      case "running" -> {
        return error(409, "InvalidAction.RunningTaskDeletion", "it runs");
      }
      default -> tasks.remove(id);
    }
    return json(200, "{}");
  }

  private String status(Made task) {
    if (task.cancelled) {
      return "cancelled";
    }
    if (fault == Fault.QUEUE_STANDS) {
      return queueStands ? "queued" : "running";
    }
    return switch (task.looks.get()) {
      case 0, 1 -> "queued";
      case 2 -> "running";
      default -> task.body.toString().contains(MODERATED) ? "failed" : "succeeded";
    };
  }

  private MockResponse create(JsonNode body) {
    if (fault == Fault.BUSY) {
      return error(429, "ServerOverloaded", "sorry");
    }
    if (body.path("duration").asInt() > 15) {
      return error(400, "InvalidParameter", "The parameter `duration` is not valid.");
    }
    String id = "cgt-20261122184500-" + tasks.size();
    tasks.put(id, new Made(body));
    return switch (fault) {
      case REPLY_LOST ->
          new MockResponse.Builder().onResponseStart(new SocketEffect.CloseSocket()).build();
      case ERROR_AFTER_CREATE -> error(500, "InternalServiceError", "sorry");
      default -> json(200, "{\"id\":\"" + id + "\"}");
    };
  }

  private String task(String id) {
    Made task = tasks.get(id);
    String status = status(task);
    String head =
        "{\"id\":\"%s\",\"model\":\"doubao-seedance-2-0-260128\",\"status\":\"%s\",\"created_at\":%d,\"updated_at\":%d"
            .formatted(id, status, task.createdAt, task.createdAt + 134);
    if (status.equals("failed")) {
      return head
          + ",\"error\":{\"code\":\"OutputVideoSensitiveContentDetected\",\"message\":\"sorry\"}}";
    }
    if (!status.equals("succeeded")) {
      return head + "}";
    }
    String files = server.url("/files/").toString();
    String lastFrame =
        task.body.path("return_last_frame").asBoolean()
            ? ",\"last_frame_url\":\"" + files + "last.png?X-Signature=s\""
            : "";
    return head
        + """
        ,"seed":%d,"resolution":"480p","ratio":"16:9","duration":5,"framespersecond":24,
        "generate_audio":true,"safety_identifier":%s,
        "usage":{"completion_tokens":108900,"total_tokens":108900},
        "content":{"video_url":"%sclip.mp4?X-Signature=s"%s}}
        """
            .formatted(
                task.body.path("seed").asLong(97151),
                task.body.get("safety_identifier"),
                files,
                lastFrame);
  }

  private static MockResponse error(int status, String code, String message) {
    return json(
        status, "{\"error\":{\"code\":\"%s\",\"message\":\"%s\"}}".formatted(code, message));
  }

  private static MockResponse json(int status, String body) {
    return new MockResponse(status, Headers.of("Content-Type", "application/json"), body);
  }
}
