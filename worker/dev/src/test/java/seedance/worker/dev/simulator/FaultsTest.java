package seedance.worker.dev.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class FaultsTest {

  private final SettableClock clock = new SettableClock();
  private final SimulatedSeedance simulator =
      SimulatedSeedance.start(SimulatorSettings.builder().clock(clock).build());
  private final Caller caller = new Caller(simulator, "key");

  @AfterEach
  void close() {
    caller.close();
    simulator.close();
  }

  @Test
  void lostReply_createsTheTask_andSaysNothing() throws IOException {
    simulator.inject(Fault.next(Operation.CREATE, new Effect.LostReply()));
    assertThatIOException().isThrownBy(() -> caller.post(Caller.ARK, Caller.body("")));
    assertThat(simulator.books().createsReceived()).isEqualTo(1);
    assertThat(simulator.books().tasksCreated()).isEqualTo(1);
    assertThat(caller.get(Caller.ARK).json().get("total").asInt()).isEqualTo(1);
    caller.create(Caller.body(""));
  }

  @Test
  void reset_createsNothing() throws IOException {
    simulator.inject(Fault.next(Operation.CREATE, new Effect.Reset()));
    assertThatIOException().isThrownBy(() -> caller.post(Caller.ARK, Caller.body("")));
    assertThat(simulator.books().createsReceived()).isEqualTo(1);
    assertThat(simulator.books().tasksCreated()).isZero();
  }

  @Test
  void reset_strikesAlsoWhileALargeBodyIsSent() {
    simulator.inject(Fault.next(Operation.CREATE, new Effect.Reset()));
    String large = Caller.body("x".repeat(20 * 1024 * 1024), "");
    assertThatIOException().isThrownBy(() -> caller.post(Caller.ARK, large));
    assertThat(simulator.books().tasksCreated()).isZero();
  }

  @ParameterizedTest
  @EnumSource(Moment.class)
  void serviceFailure_saysTheSame_whetherOrNotTheTaskExists(Moment moment) throws IOException {
    simulator.inject(Fault.next(Operation.CREATE, new Effect.ServiceFailure(moment, 502, null)));
    Caller.Answer answer = caller.post(Caller.ARK, Caller.body(""));
    assertThat(answer.status()).isEqualTo(502);
    assertThat(answer.code()).isEqualTo("InternalServiceError");
    assertThat(simulator.books().tasksCreated()).isEqualTo(moment == Moment.AFTER ? 1 : 0);
  }

  @Test
  void rateLimited_createsNothing_andSaysWhenToComeBack() throws IOException {
    simulator.inject(
        Fault.next(
            Operation.CREATE, new Effect.RateLimited("ServerOverloaded", Duration.ofSeconds(7))),
        Fault.next(Operation.CREATE, new Effect.RateLimited(null, null)));
    Caller.Answer first = caller.post(Caller.ARK, Caller.body(""));
    assertThat(first.status()).isEqualTo(429);
    assertThat(first.code()).isEqualTo("ServerOverloaded");
    assertThat(first.headers().get("Retry-After")).isEqualTo("7");
    Caller.Answer second = caller.post(Caller.ARK, Caller.body(""));
    assertThat(second.code()).isEqualTo("RateLimitExceeded.EndpointRPMExceeded");
    assertThat(second.headers().get("Retry-After")).isNull();
    assertThat(simulator.books().tasksCreated()).isZero();
  }

  @ParameterizedTest
  @EnumSource(Moment.class)
  void stall_sendsNoHeader_untilTheClientGivesUp(Moment moment) {
    simulator.inject(Fault.next(Operation.CREATE, new Effect.Stall(moment, null)));
    try (Caller impatient = new Caller(simulator, "key", Duration.ofMillis(600))) {
      assertThatIOException()
          .isThrownBy(() -> impatient.post(Caller.ARK, Caller.body("")))
          .isInstanceOf(InterruptedIOException.class);
    }
    // A busy server may come to it only after the client is gone.
    org.awaitility.Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> simulator.faults().get(0).struck() == 1);
    if (moment == Moment.AFTER) {
      org.awaitility.Awaitility.await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> simulator.books().tasksCreated() == 1);
    } else {
      assertThat(simulator.books().tasksCreated()).isZero();
    }
  }

  @Test
  void stall_endsByItself_afterItsTime() {
    simulator.inject(
        Fault.next(Operation.LIST, new Effect.Stall(Moment.BEFORE, Duration.ofMillis(50))));
    assertThatIOException()
        .isThrownBy(() -> caller.get(Caller.ARK))
        .isNotInstanceOf(InterruptedIOException.class);
  }

  @Test
  void stall_endsWhenTheServerStops() {
    simulator.inject(Fault.next(Operation.LIST, new Effect.Stall(Moment.BEFORE, null)));
    Thread stopper =
        new Thread(
            () -> {
              org.awaitility.Awaitility.await()
                  .atMost(Duration.ofSeconds(60))
                  .until(() -> simulator.faults().get(0).struck() == 1);
              simulator.close();
            });
    stopper.start();
    assertThatIOException()
        .isThrownBy(() -> caller.get(Caller.ARK))
        .isNotInstanceOf(InterruptedIOException.class);
  }

  @Test
  void garbage_is200WithoutJson() throws IOException {
    String id = caller.create(Caller.body(""));
    simulator.inject(Fault.next(Operation.LOOK, new Effect.Garbage()));
    Caller.Answer answer = caller.get(Caller.ARK + "/" + id);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.text()).startsWith("<html>");
    assertThat(caller.status(id)).isEqualTo("queued");
  }

  @Test
  void unknownStatus_hidesTheRealOne() throws IOException {
    String id = caller.create(Caller.body(""));
    clock.advance(Duration.ofMinutes(10));
    simulator.inject(Fault.next(Operation.LOOK, new Effect.UnknownStatus("dreaming")));
    JsonNode strange = caller.look(id);
    assertThat(strange.get("status").asText()).isEqualTo("dreaming");
    assertThat(strange.has("content")).isFalse();
    assertThat(caller.status(id)).isEqualTo("succeeded");
  }

  @Test
  void notFound_onTheFirstLooksOfEachTask() throws IOException {
    simulator.inject(Fault.firstOfEachTask(2, Operation.LOOK, new Effect.NotFound()));
    for (String id : List.of(caller.create(Caller.body("")), caller.create(Caller.body("")))) {
      String path = Caller.ARK + "/" + id;
      assertThat(caller.get(path).code()).isEqualTo("NotFound.Task");
      assertThat(caller.get(path).status()).isEqualTo(404);
      assertThat(caller.get(path).status()).isEqualTo(200);
      assertThat(simulator.books().task(id).orElseThrow().looks()).isEqualTo(3);
    }
  }

  @Test
  void lostDelete_cancelsAllTheSame() throws IOException {
    String id = caller.create(Caller.body(""));
    simulator.inject(Fault.next(Operation.DELETE, new Effect.LostReply()));
    assertThatIOException().isThrownBy(() -> caller.delete(Caller.ARK + "/" + id));
    assertThat(caller.status(id)).isEqualTo("cancelled");
  }

  @Test
  void cutDownload_declaresTheWholeLength_andStopsEarly() throws IOException {
    String url = finishedVideo();
    simulator.inject(Fault.next(Operation.DOWNLOAD, new Effect.CutDownload(1000)));
    assertThatIOException()
        .isThrownBy(() -> caller.download(url))
        .isInstanceOf(java.net.ProtocolException.class);
    assertThat(simulator.books().downloadsStarted()).isEqualTo(1);
    assertThat(simulator.books().downloadsCompleted()).isZero();
    assertThat(caller.download(url).bytes().length).isGreaterThan(10_000);
    assertThat(simulator.books().downloadsCompleted()).isEqualTo(1);
  }

  @Test
  void slowDownload_trickles_butArrives() throws IOException {
    String url = finishedVideo();
    int size = caller.download(url).bytes().length;
    simulator.inject(Fault.next(Operation.DOWNLOAD, new Effect.SlowDownload(size * 2L)));
    long start = System.nanoTime();
    assertThat(caller.download(url).bytes()).hasSize(size);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(400));
  }

  @Test
  void expiredUrl_isRefusedWhileFresh() throws IOException {
    String url = finishedVideo();
    simulator.inject(Fault.next(Operation.DOWNLOAD, new Effect.ExpiredUrl()));
    Caller.Answer answer = caller.download(url);
    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.text()).contains("<Code>AccessDenied</Code>");
    assertThat(caller.download(url).status()).isEqualTo(200);
  }

  @Test
  void downloads_meetTheGeneralFaultsToo() throws IOException {
    String url = finishedVideo();
    simulator.inject(
        Fault.next(Operation.DOWNLOAD, new Effect.Reset()),
        Fault.next(Operation.DOWNLOAD, new Effect.RateLimited(null, null)),
        Fault.next(Operation.DOWNLOAD, new Effect.Stall(Moment.AFTER, Duration.ofMillis(20))));
    assertThatIOException().isThrownBy(() -> caller.download(url));
    assertThat(caller.download(url).status()).isEqualTo(429);
    assertThatIOException().isThrownBy(() -> caller.download(url));
    assertThat(caller.download(url).status()).isEqualTo(200);
  }

  @Test
  void noVideo_hidesTheUrlsOfAFinishedTask_asTheServiceDoesAfterADay() throws IOException {
    String id = caller.create(Caller.body(""));
    simulator.inject(Fault.next(2, Operation.LOOK, new Effect.NoVideo()));
    assertThat(caller.look(id).get("status").asText()).isEqualTo("queued");
    clock.advance(Duration.ofMinutes(10));
    JsonNode cleared = caller.look(id);
    assertThat(cleared.get("status").asText()).isEqualTo("succeeded");
    assertThat(cleared.get("content").isNull()).isTrue();
    assertThat(caller.look(id).at("/content/video_url").asText()).startsWith("http");
  }

  @Test
  void usage_isReportedAsSaid_andBilledAsItIs() throws IOException {
    String id = caller.create(Caller.body(""));
    clock.advance(Duration.ofMinutes(10));
    simulator.inject(
        Fault.next(Operation.LOOK, new Effect.Usage(-108900L, -108900L)),
        Fault.next(Operation.LOOK, new Effect.Usage(0L, 0L)),
        Fault.next(Operation.LOOK, new Effect.Usage(null, null)));
    assertThat(caller.look(id).at("/usage/completion_tokens").asLong()).isEqualTo(-108900);
    assertThat(caller.look(id).at("/usage/total_tokens").asLong()).isZero();
    assertThat(caller.look(id).get("usage")).isEmpty();
    long billed = caller.look(id).at("/usage/completion_tokens").asLong();
    assertThat(simulator.books().tokensBilled()).isEqualTo(billed).isPositive();
  }

  @Test
  void cutDownloadWithoutLength_passesForAWholeFile() throws IOException {
    String url = finishedVideo();
    simulator.inject(Fault.next(Operation.DOWNLOAD, new Effect.CutDownload(1000, true)));
    Caller.Answer answer = caller.download(url);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.headers().get("Content-Length")).isNull();
    assertThat(answer.bytes()).hasSize(1000);
    assertThat(simulator.books().downloadsCompleted()).isZero();
  }

  private String finishedVideo() throws IOException {
    String id = caller.create(Caller.body(""));
    clock.advance(Duration.ofMinutes(10));
    return caller.look(id).at("/content/video_url").asText();
  }

  @Test
  void faults_fireInTurn_countWhatTheyStruck_andEnd() throws IOException {
    simulator.inject(
        Fault.next(2, Operation.LIST, new Effect.ServiceFailure(null, 503, "A")),
        Fault.always(Operation.LIST, new Effect.ServiceFailure(null, 504, "B")));
    List<Integer> seen = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      seen.add(caller.get(Caller.ARK).status());
    }
    assertThat(seen).containsExactly(503, 503, 504, 504);
    assertThat(simulator.faults()).extracting(StruckFault::struck).containsExactly(2L, 2L);
    simulator.clearFaults();
    assertThat(caller.get(Caller.ARK).status()).isEqualTo(200);
    assertThat(simulator.faults()).isEmpty();
  }

  @Test
  void chance_isRepeatedByItsSeed() throws IOException {
    List<List<Integer>> runs = new ArrayList<>();
    for (int run = 0; run < 2; run++) {
      simulator.clearFaults();
      simulator.inject(
          Fault.chance(0.5, 42, Operation.LIST, new Effect.ServiceFailure(null, 500, null)));
      List<Integer> seen = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        seen.add(caller.get(Caller.ARK).status());
      }
      runs.add(seen);
    }
    assertThat(runs.get(0)).isEqualTo(runs.get(1)).contains(200, 500);
    assertThat(runs.get(0).stream().filter(status -> status == 500).count()).isBetween(10L, 30L);
  }

  @Test
  void strangersAndWrongPaths_doNotUseUpFaults() throws IOException {
    simulator.inject(Fault.next(Operation.CREATE, new Effect.Reset()));
    try (Caller stranger = new Caller(simulator, "")) {
      assertThat(stranger.post(Caller.ARK, Caller.body("")).status()).isEqualTo(401);
    }
    assertThat(caller.get("/v1/videos").status()).isEqualTo(404);
    assertThat(simulator.faults()).extracting(StruckFault::struck).containsExactly(0L);
  }

  @Test
  void faultThatMakesNoSense_cannotBeMade() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Fault.next(Operation.CREATE, new Effect.CutDownload(1)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Fault.firstOfEachTask(1, Operation.CREATE, new Effect.Reset()));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Fault.next(0, Operation.CREATE, new Effect.Reset()));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Fault.chance(1.5, 0, Operation.CREATE, new Effect.Reset()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"on\":\"create\",\"effect\":{\"type\":\"lostReply\"}}",
        "{\"on\":\"DELETE\",\"when\":{\"type\":\"always\"},\"effect\":{\"type\":\"reset\"}}",
        "{\"on\":\"create\",\"effect\":{\"type\":\"serviceFailure\",\"moment\":\"after\","
            + "\"status\":502,\"code\":\"X\"}}",
        "{\"on\":\"create\",\"effect\":{\"type\":\"rateLimited\",\"retryAfter\":\"PT5S\"}}",
        "{\"on\":\"look\",\"when\":{\"type\":\"chance\",\"probability\":0.1,\"seed\":3},"
            + "\"effect\":{\"type\":\"stall\",\"atMost\":\"PT30S\"}}",
        "{\"on\":\"look\",\"effect\":{\"type\":\"garbage\"}}",
        "{\"on\":\"look\",\"effect\":{\"type\":\"unknownStatus\",\"status\":\"odd\"}}",
        "{\"on\":\"look\",\"when\":{\"type\":\"firstOfEachTask\",\"count\":2},"
            + "\"effect\":{\"type\":\"notFound\"}}",
        "{\"on\":\"download\",\"effect\":{\"type\":\"cutDownload\",\"afterBytes\":1000}}",
        "{\"on\":\"download\",\"effect\":{\"type\":\"slowDownload\",\"bytesPerSecond\":1000}}",
        "[{\"on\":\"download\",\"effect\":{\"type\":\"expiredUrl\"}}]",
      })
  void everyFault_canBeInjectedOverHttp_andReadsBackTheSame(String json) throws IOException {
    Caller.Answer answer = caller.post("/simulator/faults", json);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    List<StruckFault> first = simulator.faults();
    assertThat(first).hasSize(1);
    String written = caller.get("/simulator/faults").json().get(0).get("fault").toString();
    assertThat(caller.delete("/simulator/faults").status()).isEqualTo(200);
    assertThat(simulator.faults()).isEmpty();
    assertThat(caller.post("/simulator/faults", written).status()).isEqualTo(200);
    assertThat(simulator.faults()).isEqualTo(first);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{",
        "{}",
        "{\"on\":\"create\"}",
        "{\"on\":\"create\",\"effect\":{\"type\":\"fire\"}}",
        "{\"on\":\"create\",\"effect\":{\"type\":\"notFound\"}}",
        "{\"on\":\"create\",\"effect\":{\"type\":\"reset\",\"moment\":\"after\"}}",
        "{\"on\":\"create\",\"whenn\":{},\"effect\":{\"type\":\"reset\"}}",
        "null",
        "[null]",
      })
  void faultThatCannotBeRead_isRefusedWithAReason(String json) throws IOException {
    Caller.Answer answer = caller.post("/simulator/faults", json);
    assertThat(answer.status()).as(answer.text()).isEqualTo(400);
    assertThat(answer.json().get("error").asText()).isNotBlank();
    assertThat(simulator.faults()).isEmpty();
  }

  @Test
  void body_isDrainedSoThatTheConnectionStaysUsable() throws IOException {
    MediaType json = MediaType.get("application/json");
    simulator.inject(Fault.next(Operation.CREATE, new Effect.ServiceFailure(null, 503, null)));
    String large = Caller.body("x".repeat(50_000), "");
    assertThat(
            caller
                .send(caller.authorised(Caller.ARK).post(RequestBody.create(large, json)))
                .status())
        .isEqualTo(503);
    caller.create(Caller.body(""));
  }
}
