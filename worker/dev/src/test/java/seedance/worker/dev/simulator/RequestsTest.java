package seedance.worker.dev.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestsTest {

  private static SimulatedSeedance simulator;
  private static Caller caller;

  @BeforeAll
  static void start() {
    simulator =
        SimulatedSeedance.start(SimulatorSettings.builder().apiKeys(Set.of("right-key")).build());
    caller = new Caller(simulator, "right-key");
  }

  @AfterAll
  static void close() {
    caller.close();
    simulator.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "wrong-key"})
  void requestWithoutTheRightKey_isRefused_andCreatesNothing(String key) throws IOException {
    long before = simulator.books().unauthorized();
    try (Caller stranger = new Caller(simulator, key)) {
      for (String path : new String[] {Caller.ARK, Caller.GATEWAY}) {
        Caller.Answer answer = stranger.post(path, Caller.body(""));
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.code()).isEqualTo("AuthenticationError");
        assertThat(answer.json().at("/error/type").asText()).isEqualTo("Unauthorized");
      }
      assertThat(stranger.get(Caller.ARK).status()).isEqualTo(401);
    }
    assertThat(simulator.books().unauthorized()).isEqualTo(before + 3);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"type\":\"text\",\"text\":\"a\"}",
        "{\"type\":\"image_url\",\"image_url\":{\"url\":\"https://e.com/a.jpg\"}}",
        "{\"type\":\"text\",\"text\":\"a\"},{\"type\":\"image_url\",\"role\":\"first_frame\","
            + "\"image_url\":{\"url\":\"https://e.com/a.jpg\"}},{\"type\":\"image_url\","
            + "\"role\":\"last_frame\",\"image_url\":{\"url\":\"https://e.com/b.jpg\"}}",
        "{\"type\":\"image_url\",\"role\":\"reference_image\",\"image_url\":{\"url\":\"asset://a\"}"
            + "},{\"type\":\"audio_url\",\"role\":\"reference_audio\",\"audio_url\":"
            + "{\"url\":\"https://e.com/a.mp3\"}}",
        "{\"type\":\"video_url\",\"role\":\"reference_video\",\"video_url\":{\"url\":\"https://e/a\"}"
            + "}",
      })
  void everyMode_isTaken(String items) throws IOException {
    Caller.Answer answer =
        caller.post(
            Caller.GATEWAY,
            "{\"model\":\"doubao-seedance-2-0\",\"content\":[" + items + "],\"seed\":null}");
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
  }

  @Test
  void imageOf30Megabytes_isTaken_asDataUrl() throws IOException {
    String image = Pngs.growingDataUrl() + "A".repeat(40_000_000);
    Caller.Answer answer =
        caller.post(
            Caller.ARK,
            "{\"model\":\"ep-1\",\"content\":[{\"type\":\"image_url\",\"image_url\":{\"url\":\""
                + image
                + "\"}}]}");
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
  }

  @Test
  void bodyOverTheLimit_isRefused() throws IOException {
    Caller.Answer answer = caller.post(Caller.ARK, Caller.body("x".repeat(64 * 1024 * 1024), ""));
    assertThat(answer.status()).isEqualTo(400);
  }

  @Test
  void urls_bearTheNameThatTheCallerUsed() throws IOException {
    SettableClock clock = new SettableClock();
    try (SimulatedSeedance own =
            SimulatedSeedance.start(SimulatorSettings.builder().clock(clock).build());
        Caller other = new Caller(own, "k")) {
      String id = other.create(Caller.body(""));
      clock.advance(Duration.ofMinutes(10));
      String path = Caller.ARK + "/" + id;
      assertThat(url(other, path, "seedance-simulator:8090"))
          .startsWith("http://seedance-simulator:8090/files/");
      assertThat(url(other, path, "a b")).startsWith(own.baseUrl() + "/files/");
    }
  }

  private static String url(Caller other, String path, String host) throws IOException {
    return other
        .send(other.authorised(path).header("Host", host))
        .json()
        .at("/content/video_url")
        .asText();
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "[], 400, InvalidParameter, body",
        "`{\"a\":`, 400, InvalidParameter, body",
        "``, 400, InvalidParameter, body",
        "{}, 400, MissingParameter, model",
        "{\"model\":5}, 400, InvalidParameter, model",
        "{\"model\":\"gpt-4\"}, 404, InvalidEndpointOrModel.NotFound, model",
        "{\"model\":\"ep-1\"}, 400, MissingParameter, content",
        "`{\"model\":\"ep-1\",\"content\":\"a cat\"}`, 400, InvalidParameter, content",
        "`{\"model\":\"ep-1\",\"content\":[{}]}`, 400, MissingParameter, content[0].type",
        "`{\"model\":\"ep-1\",\"content\":[{\"type\":\"text\"}]}`, 400, MissingParameter,"
            + " content[0].text",
        "`{\"model\":\"ep-1\",\"content\":[{\"type\":\"poem\"}]}`, 400, InvalidParameter,"
            + " content[0].type",
        "`{\"model\":\"ep-1\",\"content\":[{\"type\":\"video_url\",\"video_url\":{\"url\":\"u\"}}]}`,"
            + " 400, MissingParameter, content[0].role",
        "`{\"model\":\"ep-1\",\"content\":[{\"type\":\"image_url\",\"image_url\":{},\"role\":"
            + "\"first_frame\"}]}`, 400, MissingParameter, content[0].image_url.url",
        "`{\"model\":\"ep-1\",\"content\":[{\"type\":\"image_url\",\"image_url\":{\"url\":\"u\"},"
            + "\"role\":\"reference_video\"}]}`, 400, InvalidParameter, content[0].role",
        "`{\"model\":\"ep-1\",\"content\":[{\"type\":\"image_url\",\"image_url\":{\"url\":\"u\"},"
            + "\"role\":\"last_frame\"}]}`, 400, InvalidParameter, content",
        "`{\"model\":\"ep-1\",\"content\":[{\"type\":\"image_url\",\"image_url\":{\"url\":\"u\"}},"
            + "{\"type\":\"image_url\",\"image_url\":{\"url\":\"u\"},\"role\":\"reference_image\"}"
            + "]}`, 400, InvalidParameter, content",
        "`{\"model\":\"ep-1\",\"content\":[{\"type\":\"audio_url\",\"audio_url\":{\"url\":\"u\"},"
            + "\"role\":\"reference_audio\"}]}`, 400, InvalidParameter, content",
      })
  void wrongContent_isRefusedWithItsPath(String body, int status, String code, String param)
      throws IOException {
    assertRefused(body == null ? "" : body, status, code, param);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"resolution\":\"8k\"",
        "\"ratio\":\"2:1\"",
        "\"duration\":\"5\"",
        "\"duration\":1",
        "\"duration\":31",
        "\"duration\":5.5",
        "\"frames\":30",
        "\"seed\":-2",
        "\"priority\":10",
        "\"generate_audio\":\"yes\"",
        "\"execution_expires_after\":3599",
        "\"service_tier\":\"gold\"",
        "\"output_format\":\"avi\"",
        "\"callback_url\":\"ftp://e.com\"",
        "\"tools\":{}",
        "\"priority\":1,\"service_tier\":\"flex\"",
        "\"resolution\":\"720p\",\"draft\":true",
      })
  void wrongField_isRefusedByName(String fields) throws IOException {
    String name = fields.substring(1, fields.indexOf('"', 1));
    assertRefused(Caller.body(fields), 400, "InvalidParameter", name);
  }

  private static void assertRefused(String body, int status, String code, String param)
      throws IOException {
    long tasks = simulator.books().tasksCreated();
    Caller.Answer answer = caller.post(Caller.ARK, body);
    assertThat(answer.status()).as(answer.text()).isEqualTo(status);
    JsonNode error = answer.json().get("error");
    assertThat(error.get("code").asText()).isEqualTo(code);
    assertThat(error.get("param").asText()).isEqualTo(param);
    assertThat(error.get("type").asText()).isIn("BadRequest", "NotFound");
    assertThat(error.get("message").asText()).isNotBlank();
    assertThat(simulator.books().tasksCreated()).isEqualTo(tasks);
  }

  @Test
  void bodyCheck_canBeReplaced() throws IOException {
    BodyCheck nothing = body -> java.util.Optional.of(SimulatedError.invalid("model", "no"));
    try (SimulatedSeedance strict =
            SimulatedSeedance.start(SimulatorSettings.builder().bodyCheck(nothing).build());
        Caller other = new Caller(strict, "k")) {
      assertThat(other.post(Caller.ARK, Caller.body("")).status()).isEqualTo(400);
    }
  }

  @Test
  void unknownTaskAndUnknownPath_are404() throws IOException {
    assertThat(caller.get(Caller.ARK + "/cgt-1").code()).isEqualTo("NotFound.Task");
    assertThat(caller.get(Caller.GATEWAY + "/cgt-1").code()).isEqualTo("NotFound.Task");
    assertThat(caller.get(Caller.ARK + "/a/b").status()).isEqualTo(404);
    assertThat(caller.get("/v2").status()).isEqualTo(404);
  }

  @ParameterizedTest
  @EnumSource(GatewayReply.class)
  void gatewayReply_hasTheChosenForm(GatewayReply form) throws IOException {
    SettableClock clock = new SettableClock();
    try (SimulatedSeedance gateway =
            SimulatedSeedance.start(
                SimulatorSettings.builder().clock(clock).gatewayReply(form).build());
        Caller other = new Caller(gateway, "k")) {
      String id = other.create(Caller.body(""));
      clock.advance(Duration.ofSeconds(15));
      JsonNode running = other.get(Caller.GATEWAY + "/" + id).json();
      clock.advance(Duration.ofMinutes(15));
      JsonNode done = other.get(Caller.GATEWAY + "/" + id).json();
      String[] expected =
          switch (form) {
            case ARK -> new String[] {"/status", "running", "succeeded", "/content/video_url"};
            case OPENAI_VIDEO, KEYED_URL ->
                new String[] {"/status", "in_progress", "completed", "/metadata/url"};
            case NO_URL -> new String[] {"/status", "in_progress", "completed", "/none"};
            case FLAT -> new String[] {"/status", "running", "succeeded", "/video_url"};
            case ENVELOPE ->
                new String[] {"/data/status", "IN_PROGRESS", "SUCCESS", "/data/content/video_url"};
          };
      assertThat(running.at(expected[0]).asText()).isEqualTo(expected[1]);
      assertThat(done.at(expected[0]).asText()).isEqualTo(expected[2]);
      if (form == GatewayReply.KEYED_URL) {
        assertThat(other.get(Caller.GATEWAY + "/" + id + "/content").status()).isEqualTo(200);
      } else if (form != GatewayReply.NO_URL) {
        assertThat(other.download(done.at(expected[3]).asText()).status()).isEqualTo(200);
      }
      assertThat(other.status(id)).as("ark is not dressed").isEqualTo("succeeded");
    }
  }

  @Test
  void settings_refuseNonsense_andDoNotPrintKeys() {
    assertThat(SimulatorSettings.builder().apiKeys(Set.of("sk-secret")).build().toString())
        .doesNotContain("sk-secret");
    assertThat(
            org.assertj.core.api.Assertions.catchThrowable(
                () -> SimulatorSettings.builder().speed(0).build()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("speed");
  }

  @Test
  void portThatIsTaken_isNamed() {
    assertThat(
            org.assertj.core.api.Assertions.catchThrowable(
                () ->
                    SimulatedSeedance.start(
                        SimulatorSettings.builder().port(simulator.port()).build())))
        .hasMessageContaining(":" + simulator.port());
  }
}
