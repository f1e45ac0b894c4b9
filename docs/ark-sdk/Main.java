import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.volcengine.ark.runtime.model.content.generation.CreateContentGenerationTaskRequest;
import com.volcengine.ark.runtime.model.content.generation.CreateContentGenerationTaskRequest.Content;
import com.volcengine.ark.runtime.service.ArkService;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Counts the tasks that one call of the Ark SDK's create makes when its reply goes wrong. */
public final class Main {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final URI simulator;

  private Main(URI simulator) {
    this.simulator = simulator;
  }

  public static void main(String[] arguments) throws Exception {
    Main comparison = new Main(URI.create(arguments[0]));
    Map<String, String> faults = new LinkedHashMap<>();
    faults.put("nothing goes wrong", "");
    faults.put("one reply is lost", fault(1, "{\"type\":\"lostReply\"}"));
    faults.put("every reply is lost", fault(100, "{\"type\":\"lostReply\"}"));
    faults.put("one 500 after the create", fault(1, after(500)));
    faults.put("every answer is 500 after the create", fault(100, after(500)));
    faults.put("every answer is 502 after the create", fault(100, after(502)));
    faults.put("every answer is garbage after the create", fault(100, "{\"type\":\"garbage\"}"));
    System.out.println("| one call of create, and | creates sent | tasks made | the caller sees |");
    System.out.println("|---|---|---|---|");
    int scenario = 0;
    for (Map.Entry<String, String> fault : faults.entrySet()) {
      comparison.run(fault.getKey(), fault.getValue(), "key-" + scenario++, 0);
    }
    comparison.run(
        "every reply is lost, on a connection that an earlier create has used",
        fault(100, "{\"type\":\"lostReply\"}"),
        "key-" + scenario,
        1);
    System.exit(0);
  }

  private static String fault(int count, String effect) {
    return "{\"on\":\"create\",\"when\":{\"type\":\"next\",\"count\":%d},\"effect\":%s}"
        .formatted(count, effect);
  }

  private static String after(int status) {
    return "{\"type\":\"serviceFailure\",\"moment\":\"after\",\"status\":%d}".formatted(status);
  }

  private void run(String what, String fault, String key, int earlier) throws Exception {
    ArkService service =
        ArkService.builder().apiKey(key).baseUrl(simulator.resolve("/api/v3").toString()).build();
    send(HttpRequest.newBuilder(simulator.resolve("/simulator/faults")).DELETE());
    for (int call = 0; call < earlier; call++) {
      create(service);
    }
    if (!fault.isEmpty()) {
      send(
          HttpRequest.newBuilder(simulator.resolve("/simulator/faults"))
              .POST(HttpRequest.BodyPublishers.ofString(fault)));
    }
    String seen = create(service);
    service.shutdownExecutor();
    JsonNode account = account(key);
    System.out.printf(
        "| %s | %d | %d | %s |%n",
        what,
        account.path("createsReceived").asInt() - earlier,
        account.path("tasksCreated").asInt() - earlier,
        seen);
  }

  private static String create(ArkService service) {
    CreateContentGenerationTaskRequest request =
        CreateContentGenerationTaskRequest.builder()
            .model("doubao-seedance-2-0")
            .content(List.of(Content.builder().type("text").text("a cat in the sun").build()))
            .build();
    try {
      return service.createContentGenerationTask(request).getId() == null
          ? "no id"
          : "the last task's id";
    } catch (RuntimeException e) {
      return e.getClass().getSimpleName();
    }
  }

  /** The books know a key by the beginning of its hash. */
  private JsonNode account(String key) throws Exception {
    byte[] hash = MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
    String id = HexFormat.of().formatHex(hash).substring(0, 12);
    String books = send(HttpRequest.newBuilder(simulator.resolve("/simulator/books")).GET());
    for (JsonNode account : JSON.readTree(books).path("accounts")) {
      if (account.path("key").asText().equals(id)) {
        return account;
      }
    }
    throw new IllegalStateException("nothing arrived");
  }

  private static String send(HttpRequest.Builder request) throws IOException, InterruptedException {
    return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString()).body();
  }
}
