package seedance.worker.dev.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/** A client of the simulator that never sends anything twice. */
final class Caller implements AutoCloseable {

  static final String ARK = "/api/v3/contents/generations/tasks";
  static final String GATEWAY = "/v1/videos";

  private static final MediaType JSON = MediaType.get("application/json");

  private final OkHttpClient client;
  private final String base;
  private final String key;

  Caller(SimulatedSeedance simulator, String key) {
    this(simulator, key, Duration.ofSeconds(60));
  }

  Caller(SimulatedSeedance simulator, String key, Duration timeout) {
    this.client =
        new OkHttpClient.Builder()
            .retryOnConnectionFailure(false)
            .connectTimeout(timeout)
            .readTimeout(timeout)
            .writeTimeout(timeout)
            .callTimeout(timeout)
            .build();
    this.base = simulator.baseUrl().toString();
    this.key = key;
  }

  record Answer(int status, okhttp3.Headers headers, byte[] bytes) {
    JsonNode json() {
      try {
        return SimulatorJson.MAPPER.readTree(bytes);
      } catch (IOException e) {
        throw new AssertionError("not JSON: " + text(), e);
      }
    }

    String text() {
      return new String(bytes, java.nio.charset.StandardCharsets.UTF_8);
    }

    String code() {
      return json().at("/error/code").asText();
    }
  }

  static String body(String fields) {
    return body("a cat", fields);
  }

  static String body(String prompt, String fields) {
    return "{\"model\":\"doubao-seedance-2-0\",\"content\":[{\"type\":\"text\",\"text\":\""
        + prompt
        + "\"}]"
        + (fields.isEmpty() ? "" : "," + fields)
        + "}";
  }

  /** Creates a task and returns its id. */
  String create(String body) throws IOException {
    Answer answer = post(ARK, body);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return answer.json().get("id").asText();
  }

  JsonNode look(String id) throws IOException {
    Answer answer = get(ARK + "/" + id);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return answer.json();
  }

  String status(String id) throws IOException {
    return look(id).get("status").asText();
  }

  Answer post(String path, String body) throws IOException {
    return send(authorised(path).post(RequestBody.create(body, JSON)));
  }

  Answer get(String path) throws IOException {
    return send(authorised(path));
  }

  Answer delete(String path) throws IOException {
    return send(authorised(path).delete());
  }

  /** Fetches a file as a good client does: without the key. */
  Answer download(String url, String... headers) throws IOException {
    Request.Builder request = new Request.Builder().url(url);
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    return send(request);
  }

  Request.Builder authorised(String path) {
    Request.Builder request = new Request.Builder().url(base + path);
    return key.isEmpty() ? request : request.header("Authorization", "Bearer " + key);
  }

  Answer send(Request.Builder request) throws IOException {
    try (Response response = client.newCall(request.build()).execute()) {
      return new Answer(response.code(), response.headers(), response.body().bytes());
    }
  }

  @Override
  public void close() {
    client.connectionPool().evictAll();
    client.dispatcher().executorService().shutdown();
  }
}
