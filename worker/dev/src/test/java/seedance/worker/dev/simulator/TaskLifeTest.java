package seedance.worker.dev.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TaskLifeTest {

  private final SettableClock clock = new SettableClock();
  private final SimulatedSeedance simulator =
      SimulatedSeedance.start(SimulatorSettings.builder().clock(clock).build());
  private final Caller caller = new Caller(simulator, "key");

  @AfterEach
  void close() {
    caller.close();
    simulator.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {Caller.ARK, Caller.GATEWAY})
  void task_isQueuedThenRunningThenSucceeded(String path) throws IOException {
    String id = caller.post(path, Caller.body("")).json().get("id").asText();
    assertThat(id).matches("cgt-20261122184501-[0-9a-z]{5}");

    JsonNode queued = caller.get(path + "/" + id).json();
    assertThat(queued)
        .isEqualTo(
            SimulatorJson.MAPPER.readTree(
                """
                {"id":"%s","model":"doubao-seedance-2-0-260128","status":"queued",
                 "created_at":1795344301,"updated_at":1795344301}
                """
                    .formatted(id)));

    clock.advance(Duration.ofSeconds(10));
    JsonNode running = caller.get(path + "/" + id).json();
    assertThat(running.get("status").asText()).isEqualTo("running");
    assertThat(running.fieldNames())
        .toIterable()
        .containsExactly("id", "model", "status", "created_at", "updated_at");

    clock.advance(Duration.ofMinutes(5));
    JsonNode done = caller.get(path + "/" + id).json();
    assertThat(done.get("status").asText()).isEqualTo("succeeded");
    assertThat(done.get("updated_at").asLong() - done.get("created_at").asLong())
        .isBetween(60L, 200L);
  }

  @Test
  void succeededTask_reportsWhatWasMade_andEchoesTheRequest() throws IOException {
    String id =
        caller.create(
            Caller.body(
                """
                "resolution":"720p","ratio":"9:16","duration":7,"seed":4294967295,
                "generate_audio":false,"execution_expires_after":3600,"priority":4,
                "safety_identifier":"user-1","tools":[{"type":"web_search"}]
                """));
    clock.advance(Duration.ofMinutes(10));
    JsonNode task = caller.look(id);
    assertThat(task.get("seed").asLong()).isEqualTo(4294967295L);
    assertThat(task.get("resolution").asText()).isEqualTo("720p");
    assertThat(task.get("ratio").asText()).isEqualTo("9:16");
    assertThat(task.get("duration").asInt()).isEqualTo(7);
    assertThat(task.get("framespersecond").asInt()).isEqualTo(24);
    assertThat(task.get("generate_audio").asBoolean()).isFalse();
    assertThat(task.get("service_tier").asText()).isEqualTo("default");
    assertThat(task.get("execution_expires_after").asInt()).isEqualTo(3600);
    assertThat(task.get("draft").asBoolean()).isFalse();
    assertThat(task.get("priority").asInt()).isEqualTo(4);
    assertThat(task.get("safety_identifier").asText()).isEqualTo("user-1");
    assertThat(task.at("/tools/0/type").asText()).isEqualTo("web_search");
    assertThat(task.has("frames")).isFalse();
    assertThat(task.at("/content").has("last_frame_url")).isFalse();
  }

  @Test
  void seedThatIsAbsentOrMinusOne_isDrawn() throws IOException {
    String absent = caller.create(Caller.body(""));
    String minusOne = caller.create(Caller.body("\"seed\":-1"));
    clock.advance(Duration.ofMinutes(10));
    long one = caller.look(absent).get("seed").asLong();
    long other = caller.look(minusOne).get("seed").asLong();
    assertThat(one).isPositive().isNotEqualTo(other);
    assertThat(other).isPositive();
  }

  @ParameterizedTest
  @CsvSource({
    "'\"duration\":5', 108900",
    "'\"duration\":15', 324900",
    "'\"resolution\":\"480p\"', 50639",
    "'\"resolution\":\"1080p\",\"duration\":4', 196425",
    "'\"frames\":29', 26100",
  })
  void tokens_followTheFormula(String fields, long tokens) throws IOException {
    String id = caller.create(Caller.body(fields));
    clock.advance(Duration.ofMinutes(20));
    assertThat(caller.look(id).at("/usage/completion_tokens").asLong()).isEqualTo(tokens);
    assertThat(caller.look(id).at("/usage/total_tokens").asLong()).isEqualTo(tokens);
  }

  @Test
  void frames_areReportedInPlaceOfTheDuration() throws IOException {
    String id = caller.create(Caller.body("\"frames\":57,\"duration\":5"));
    clock.advance(Duration.ofMinutes(20));
    assertThat(caller.look(id).get("frames").asInt()).isEqualTo(57);
    assertThat(caller.look(id).has("duration")).isFalse();
  }

  @Test
  void durationMinusOne_isDecidedByTheModel_andAdaptiveBecomesARealRatio() throws IOException {
    String id = caller.create(Caller.body("\"duration\":-1,\"ratio\":\"adaptive\""));
    clock.advance(Duration.ofMinutes(20));
    assertThat(caller.look(id).get("duration").asInt()).isBetween(4, 15);
    assertThat(caller.look(id).get("ratio").asText()).isEqualTo("16:9");
  }

  @Test
  void excessOfTheProcessingLimit_queues_higherPriorityFirst() throws IOException {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      ids.add(caller.create(Caller.body(i == 4 ? "\"priority\":9" : "")));
    }
    clock.advance(Duration.ofSeconds(20));
    assertThat(statuses(ids)).containsOnly("running", "queued").contains("running", "queued");
    assertThat(statuses(ids).stream().filter("running"::equals)).hasSize(3);
    // Whoever waits until the first has ended: the one with the higher priority does not.
    int steps = 0;
    while (statuses(ids).stream().noneMatch("succeeded"::equals) && steps++ < 300) {
      clock.advance(Duration.ofSeconds(1));
    }
    assertThat(caller.status(ids.get(4))).isEqualTo("running");
    clock.advance(Duration.ofMinutes(20));
    assertThat(statuses(ids)).containsOnly("succeeded");
  }

  private List<String> statuses(List<String> ids) throws IOException {
    List<String> statuses = new ArrayList<>();
    for (String id : ids) {
      statuses.add(caller.status(id));
    }
    return statuses;
  }

  @Test
  void delete_cancelsQueued_refusesRunning_removesFinished() throws IOException {
    String queued = caller.create(Caller.body(""));
    assertThat(caller.delete(Caller.ARK + "/" + queued).json()).isEmpty();
    assertThat(caller.status(queued)).isEqualTo("cancelled");
    assertThat(caller.delete(Caller.ARK + "/" + queued).status()).isEqualTo(409);

    String other = caller.create(Caller.body(""));
    clock.advance(Duration.ofSeconds(20));
    Caller.Answer refused = caller.delete(Caller.ARK + "/" + other);
    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.code()).isEqualTo("InvalidAction.RunningTaskDeletion");
    assertThat(caller.status(other)).isEqualTo("running");

    clock.advance(Duration.ofMinutes(20));
    String url = caller.look(other).at("/content/video_url").asText();
    assertThat(caller.delete(Caller.ARK + "/" + other).status()).isEqualTo(200);
    assertThat(caller.get(Caller.ARK + "/" + other).status()).isEqualTo(404);
    assertThat(caller.download(url).status()).isEqualTo(404);
    assertThat(caller.delete(Caller.ARK + "/" + other).status()).isEqualTo(404);
    assertThat(simulator.books().tasksBilled()).isEqualTo(1);
  }

  @Test
  void gateway_neitherListsNorDeletes() throws IOException {
    String id = caller.create(Caller.body(""));
    assertThat(caller.get(Caller.GATEWAY).status()).isEqualTo(404);
    assertThat(caller.delete(Caller.GATEWAY + "/" + id).status()).isEqualTo(404);
    assertThat(caller.status(id)).isEqualTo("queued");
  }

  @Test
  void list_pagesAndFilters_newestFirst() throws IOException {
    String first = caller.create(Caller.body(""));
    String second = caller.create(Caller.body("\"safety_identifier\":\"u\""));
    clock.advance(Duration.ofMinutes(20));
    String third =
        caller.create(
            "{\"model\":\"doubao-seedance-1-5-pro-251215\",\"service_tier\":\"flex\",\"content\":["
                + "{\"type\":\"text\",\"text\":\"x\"}]}");

    assertThat(ids("")).containsExactly(third, second, first);
    assertThat(ids("?page_num=2&page_size=2")).containsExactly(first);
    assertThat(caller.get(Caller.ARK + "?page_size=1").json().get("total").asInt()).isEqualTo(3);
    assertThat(ids("?filter.status=succeeded")).containsExactly(second, first);
    assertThat(ids("?filter.status=queued")).containsExactly(third);
    assertThat(ids("?filter.task_ids=" + first + "&filter.task_ids=" + third))
        .containsExactly(third, first);
    assertThat(ids("?filter.model=doubao-seedance-1-5-pro-251215")).containsExactly(third);
    assertThat(ids("?filter.service_tier=flex")).containsExactly(third);
    assertThat(ids("?filter.service_tier=default&filter.status=succeeded&page_size=500"))
        .containsExactly(second, first);
    for (String bad : List.of("page_size=501", "page_size=x", "page_num=0", "filter.status=done")) {
      assertThat(caller.get(Caller.ARK + "?" + bad).status()).as(bad).isEqualTo(400);
    }
  }

  private List<String> ids(String query) throws IOException {
    List<String> ids = new ArrayList<>();
    caller.get(Caller.ARK + query).json().get("items").forEach(t -> ids.add(t.get("id").asText()));
    return ids;
  }

  @Test
  void record_vanishesAfterSevenDays() throws IOException {
    String id = caller.create(Caller.body(""));
    clock.advance(Duration.ofDays(7).minusSeconds(1));
    assertThat(caller.status(id)).isEqualTo("succeeded");
    clock.advance(Duration.ofSeconds(1));
    assertThat(caller.get(Caller.ARK + "/" + id).code()).isEqualTo("NotFound.Task");
  }

  @Test
  void taskThatIsNotDoneInItsTime_expires() throws IOException {
    String id =
        caller.create(
            "{\"model\":\"ep-1\",\"service_tier\":\"flex\",\"execution_expires_after\":3600,"
                + "\"content\":[{\"type\":\"text\",\"text\":\"x\"}]}");
    clock.advance(Duration.ofSeconds(3599));
    assertThat(caller.status(id)).isEqualTo("queued");
    clock.advance(Duration.ofSeconds(1));
    assertThat(caller.status(id)).isEqualTo("expired");
    assertThat(simulator.books().tasksBilled()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "[simulate:failed], failed, OutputVideoSensitiveContentDetected",
    "[simulate:failed=OutputAudioSensitiveContentDetected.PolicyViolation], failed,"
        + " OutputAudioSensitiveContentDetected.PolicyViolation",
    "[simulate:internal], failed, InternalServiceError",
    "[simulate:expired], expired, ''",
  })
  void prompt_asksForAnEnding(String token, String status, String code) throws IOException {
    String id = caller.create(Caller.body("a cat " + token + " sleeps", ""));
    clock.advance(Duration.ofMinutes(10));
    JsonNode task = caller.look(id);
    assertThat(task.get("status").asText()).isEqualTo(status);
    assertThat(task.at("/error/code").asText()).isEqualTo(code);
    assertThat(task.has("content")).isFalse();
    assertThat(task.has("usage")).isFalse();
    assertThat(simulator.books().tasksBilled()).isZero();
  }

  @Test
  void prompt_asksForRefusal_orForSlowness() throws IOException {
    Caller.Answer refused = caller.post(Caller.ARK, Caller.body("[simulate:rejected]", ""));
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.code()).isEqualTo("InputTextSensitiveContentDetected");
    assertThat(caller.post(Caller.ARK, Caller.body("[simulate:faield]", "")).code())
        .isEqualTo("InvalidParameter");
    assertThat(simulator.books().tasksCreated()).isZero();

    String slow = caller.create(Caller.body("[simulate:slow]", ""));
    clock.advance(Duration.ofMinutes(8));
    assertThat(caller.status(slow)).isEqualTo("running");
    clock.advance(Duration.ofMinutes(30));
    assertThat(caller.status(slow)).isEqualTo("succeeded");
  }

  @Test
  void finalOfADraft_needsAFinishedDraft_andTakesItsSeedRatioAndLength() throws IOException {
    String draft =
        caller.create(
            "{\"model\":\"doubao-seedance-1-5-pro-251215\",\"draft\":true,\"ratio\":\"1:1\","
                + "\"duration\":8,\"seed\":77,\"content\":[{\"type\":\"text\",\"text\":\"x\"}]}");
    String body =
        "{\"model\":\"doubao-seedance-1-5-pro-251215\",\"resolution\":\"720p\",\"content\":["
            + "{\"type\":\"draft_task\",\"draft_task\":{\"id\":\"%s\"}}]}";
    assertThat(caller.post(Caller.ARK, body.formatted(draft)).status()).isEqualTo(400);
    clock.advance(Duration.ofMinutes(10));
    assertThat(caller.look(draft).get("resolution").asText()).isEqualTo("480p");
    assertThat(caller.look(draft).get("draft").asBoolean()).isTrue();

    String done = caller.create(body.formatted(draft));
    clock.advance(Duration.ofMinutes(10));
    JsonNode task = caller.look(done);
    assertThat(task.get("draft_task_id").asText()).isEqualTo(draft);
    assertThat(task.get("seed").asLong()).isEqualTo(77);
    assertThat(task.get("ratio").asText()).isEqualTo("1:1");
    assertThat(task.get("duration").asInt()).isEqualTo(8);
    assertThat(task.get("resolution").asText()).isEqualTo("720p");
    assertThat(caller.post(Caller.ARK, body.formatted("cgt-none")).status()).isEqualTo(400);
    assertThat(caller.post(Caller.ARK, body.formatted(done)).status()).isEqualTo(400);
  }

  @Test
  void sameSeed_repeatsTheSameTasks() throws IOException {
    List<String> runs = new ArrayList<>();
    for (int run = 0; run < 2; run++) {
      SettableClock own = new SettableClock();
      try (SimulatedSeedance again =
              SimulatedSeedance.start(SimulatorSettings.builder().clock(own).seed(5).build());
          Caller other = new Caller(again, "key")) {
        String id = other.create(Caller.body(""));
        own.advance(Duration.ofMinutes(20));
        JsonNode task = other.look(id);
        runs.add(id + " " + task.get("seed") + " " + task.get("updated_at"));
      }
    }
    assertThat(runs.get(0)).isEqualTo(runs.get(1));
  }

  @Test
  void speed_dividesDurations() throws IOException {
    SettableClock own = new SettableClock();
    try (SimulatedSeedance fast =
            SimulatedSeedance.start(SimulatorSettings.builder().clock(own).speed(100).build());
        Caller other = new Caller(fast, "key")) {
      String id = other.create(Caller.body(""));
      own.advance(Duration.ofSeconds(3));
      assertThat(other.status(id)).isEqualTo("succeeded");
    }
  }

  @Test
  void key_seesItsOwnTasksOnly() throws IOException {
    String id = caller.create(Caller.body(""));
    try (Caller stranger = new Caller(simulator, "another key")) {
      assertThat(stranger.get(Caller.ARK + "/" + id).status()).isEqualTo(404);
      assertThat(stranger.delete(Caller.ARK + "/" + id).status()).isEqualTo(404);
      assertThat(stranger.get(Caller.ARK).json().get("total").asInt()).isZero();
    }
  }

  @Test
  void concurrentCreates_makeOneTaskEach() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(16);
    try {
      List<Callable<String>> creates =
          java.util.Collections.nCopies(200, () -> caller.create(Caller.body("")));
      List<String> ids = new ArrayList<>();
      for (Future<String> created : threads.invokeAll(creates)) {
        ids.add(created.get());
      }
      assertThat(ids).doesNotHaveDuplicates();
      assertThat(simulator.books().tasksCreated()).isEqualTo(200);
      clock.advance(Duration.ofHours(10));
      assertThat(simulator.books().tasksBilled()).isEqualTo(200);
    } finally {
      threads.shutdownNow();
    }
  }
}
