package seedance.worker.dev.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.Test;

/** What gateways answer that the service itself does not. */
class GatewayShapesTest {

  private final SettableClock clock = new SettableClock();

  private SimulatedSeedance start(GatewayReply reply, TaskIdForm ids) {
    return SimulatedSeedance.start(
        SimulatorSettings.builder().clock(clock).gatewayReply(reply).taskIds(ids).build());
  }

  private JsonNode finished(Caller caller) throws IOException {
    String id = caller.create(Caller.body(""));
    clock.advance(Duration.ofMinutes(10));
    return caller.get(path(id)).json();
  }

  private static String path(String id) {
    return "/v1/videos/" + Segment.encoded(id);
  }

  @Test
  void keyedUrl_isTheGatewaysOwn_andWantsTheKey() throws IOException {
    try (SimulatedSeedance simulator = start(GatewayReply.KEYED_URL, TaskIdForm.ARK);
        Caller caller = new Caller(simulator, "key");
        Caller other = new Caller(simulator, "other")) {
      JsonNode reply = finished(caller);
      String url = reply.at("/metadata/url").asText();

      assertThat(url).isEqualTo(simulator.baseUrl() + path(reply.get("id").asText()) + "/content");
      assertThat(caller.send(new Request.Builder().url(url)).status()).isEqualTo(401);
      assertThat(other.get(URI.create(url).getRawPath()).status()).isEqualTo(404);
      Caller.Answer clip = caller.get(URI.create(url).getRawPath());
      assertThat(clip.headers().get("Content-Type")).isEqualTo("video/mp4");
      assertThat(simulator.books().downloadsCompleted()).isEqualTo(1);
    }
  }

  @Test
  void noUrl_isNamed_butContentLeadsToTheFile_withTheKey() throws IOException {
    try (SimulatedSeedance simulator = start(GatewayReply.NO_URL, TaskIdForm.LONG);
        Caller caller = new Caller(simulator, "key");
        Caller keyless = new Caller(simulator, "")) {
      JsonNode reply = finished(caller);
      String content = path(reply.get("id").asText()) + "/content";

      assertThat(reply.toString()).doesNotContain("http");
      assertThat(reply.get("status").asText()).isEqualTo("completed");
      assertThat(keyless.get(content).status()).isEqualTo(401);
      String file = locationOf(caller.authorised(content).build());
      assertThat(file).startsWith(simulator.baseUrl() + "/files/");
      assertThat(caller.download(file).headers().get("Content-Type")).isEqualTo("video/mp4");
    }
  }

  private static String locationOf(Request request) throws IOException {
    OkHttpClient client = new OkHttpClient.Builder().followRedirects(false).build();
    try (Response response = client.newCall(request).execute()) {
      assertThat(response.code()).isEqualTo(302);
      return response.header("Location");
    } finally {
      client.connectionPool().evictAll();
    }
  }

  @Test
  void contentOfATaskThatIsNotDone_isNotThere() throws IOException {
    try (SimulatedSeedance simulator = start(GatewayReply.NO_URL, TaskIdForm.ARK);
        Caller caller = new Caller(simulator, "key")) {
      assertThat(caller.get(path(caller.create(Caller.body(""))) + "/content").status())
          .isEqualTo(404);
    }
  }

  @Test
  void longIds_areOfTwoHundredCharacters_andDiffer() throws IOException {
    try (SimulatedSeedance simulator = start(GatewayReply.ARK, TaskIdForm.LONG);
        Caller caller = new Caller(simulator, "key")) {
      String one = caller.create(Caller.body(""));
      String two = caller.create(Caller.body(""));

      assertThat(one).hasSizeBetween(190, 210).endsWith("=").isNotEqualTo(two);
      assertThat(caller.get(Caller.ARK + "/" + Segment.encoded(one)).json().get("id").asText())
          .isEqualTo(one);
      assertThat(caller.delete(Caller.ARK + "/" + Segment.encoded(one)).status()).isEqualTo(200);
      clock.advance(Duration.ofMinutes(10));
      String url = caller.get(path(two)).json().at("/content/video_url").asText();
      assertThat(caller.download(url).status()).isEqualTo(200);
      assertThat(simulator.books().task(two).orElseThrow().downloadsCompleted()).isEqualTo(1);
    }
  }
}
