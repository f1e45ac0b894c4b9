package seedance.activities.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static seedance.activities.provider.TestServer.json;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import seedance.activities.provider.TaskStatus.Known;
import seedance.activities.provider.TaskStatus.Strange;
import seedance.workflows.generation.GenerationOutcome;

/** What each answer to a list is taken for: whole, or none. */
class ListAnswersTest {
  private static final Instant CREATED = Instant.ofEpochSecond(1780732857);

  private final MockWebServer server = new MockWebServer();

  @BeforeEach
  void start() throws IOException {
    server.start();
  }

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void tasks_areRead_withWhatTheListTellsOfThem() {
    server.enqueue(
        json(
            200,
            """
            {"total":3,"items":[
             {"id":"cgt-1","model":"doubao-seedance-2-0-260128","status":"running",
              "created_at":1780732857,"updated_at":1780732900},
             {"id":"cgt-2","model":"doubao-seedance-2-0-260128","status":"succeeded",
              "content":{"video_url":"https://files.example/v.mp4?X-Signature=signed"},
              "usage":{"completion_tokens":108900,"total_tokens":108901},
              "created_at":1780732857,"updated_at":1780732991,"seed":97151,"resolution":"720p",
              "ratio":"16:9","duration":5,"framespersecond":24,"generate_audio":true,
              "safety_identifier":"user-7f3a"},
             {"id":"cgt-3","status":"dreaming"}]}
            """));

    assertThat(list())
        .isEqualTo(
            new Listing.Listed(
                List.of(
                    new ListedTask(
                        "cgt-1", Known.RUNNING, facts("doubao-seedance-2-0-260128", CREATED), null),
                    new ListedTask(
                        "cgt-2",
                        Known.SUCCEEDED,
                        new GenerationOutcome(
                            "doubao-seedance-2-0-260128",
                            CREATED,
                            Instant.ofEpochSecond(1780732991),
                            97151L,
                            "720p",
                            "16:9",
                            5.0,
                            null,
                            24,
                            true,
                            108900L,
                            108901L),
                        "user-7f3a"),
                    new ListedTask("cgt-3", new Strange("dreaming"), facts(null, null), null))));
  }

  private static GenerationOutcome facts(String model, Instant createdAt) {
    return new GenerationOutcome(
        model, createdAt, null, null, null, null, null, null, null, null, null, null);
  }

  @Test
  void request_asksForTheFirstPage_withTheKeyInItsHeaderOnly() throws Exception {
    server.enqueue(json(200, "{\"total\":0,\"items\":[]}"));

    assertThat(list()).isEqualTo(new Listing.Listed(List.of()));

    RecordedRequest request = server.takeRequest();
    assertThat(request.getMethod()).isEqualTo("GET");
    assertThat(request.getTarget())
        .isEqualTo("/api/v3/contents/generations/tasks?page_num=1&page_size=100");
    assertThat(request.getHeaders().values("Authorization"))
        .containsExactly("Bearer " + TestServer.KEY);
  }

  /** The service drops the fraction of the second in which a task was made. */
  @ParameterizedTest
  @CsvSource({
    "2026-06-06T08:00:57Z, 2026-06-06T08:00:57Z, 1",
    "2026-06-06T08:00:57.900Z, 2026-06-06T08:01:00Z, 1",
    "2026-06-06T08:00:58Z, 2026-06-06T08:01:00Z, 0",
    "2026-06-06T08:00:00Z, 2026-06-06T08:00:56.999Z, 0"
  })
  void window_includesItsEnds(Instant from, Instant until, int found) {
    server.enqueue(json(200, "{\"total\":1,\"items\":[" + item(1) + "]}"));

    assertThat(provider().list(from, until))
        .isInstanceOfSatisfying(
            Listing.Listed.class, listed -> assertThat(listed.tasks()).hasSize(found));
  }

  @Test
  void unusableItems_areSkipped_andUnusableFactsAbsent() {
    server.enqueue(
        json(
            200,
            """
            {"total":7,"items":[7,null,{},{"id":"..","status":"queued"},
             {"id":null},{"id":"cgt-1","status":"queued","safety_identifier":"two\\nlines"},
             {"id":"cgt-2","status":7,"safety_identifier":"%s","created_at":"soon"}]}
            """
                .formatted("x".repeat(65))));

    assertThat(list())
        .isEqualTo(
            new Listing.Listed(
                List.of(
                    new ListedTask("cgt-1", Known.QUEUED, facts(null, null), null),
                    new ListedTask("cgt-2", new Strange("7"), facts(null, null), null))));
  }

  @Test
  void safetyIdentifier_isNotShown() {
    assertThat(new ListedTask("cgt-1", Known.QUEUED, facts(null, null), "user-7f3a").toString())
        .doesNotContain("user-7f3a");
  }

  @ParameterizedTest
  @ValueSource(ints = {100, 101, 199, 200, 201, 4999})
  void everyPage_isRead(int tasks) {
    pages(page -> page(tasks, page));

    assertThat(list())
        .isInstanceOfSatisfying(
            Listing.Listed.class, listed -> assertThat(listed.tasks()).hasSize(tasks));
  }

  @Test
  void taskThatMovesToTheNextPage_isListedOnce() {
    pages(page -> page == 1 ? page(150, 1) : listOf(151, 99, 150));

    assertThat(list())
        .isInstanceOfSatisfying(
            Listing.Listed.class,
            listed -> assertThat(listed.tasks()).extracting(ListedTask::id).hasSize(150));
  }

  @Test
  void taskThatIsDeletedWhileTheListIsRead_makesItNoList() {
    pages(page -> page == 1 ? page(150, 1) : listOf(149, 101, 149));

    assertThat(list()).isEqualTo(notListed("the list became shorter while it was read"));
  }

  @Test
  void smallerPagesThanAskedFor_areReadToTheEnd() {
    pages(page -> listOf(30, (page - 1) * 10, Math.min(30, page * 10)));

    assertThat(list())
        .isInstanceOfSatisfying(
            Listing.Listed.class, listed -> assertThat(listed.tasks()).hasSize(30));
  }

  @Test
  void listWithoutATotal_endsWithAnEmptyPage() {
    pages(page -> page < 3 ? "{\"items\":[" + item(page) + "]}" : "{\"items\":[]}");

    assertThat(list())
        .isInstanceOfSatisfying(
            Listing.Listed.class, listed -> assertThat(listed.tasks()).hasSize(2));
  }

  @Test
  void listThatRepeatsItsFirstPage_isNoList() {
    pages(page -> page(150, 1));

    assertThat(list()).isEqualTo(notListed("the list broke off before its end"));
    assertThat(server.getRequestCount()).isEqualTo(2);
  }

  @Test
  void listThatEndsBeforeItsTotal_isNoList() {
    pages(page -> page == 1 ? page(150, 1) : "{\"total\":150,\"items\":[]}");

    assertThat(list()).isEqualTo(notListed("the list broke off before its end"));
  }

  @Test
  void listWithoutAnEnd_isNoList() {
    pages(page -> page(1_000_000, page));

    assertThat(list()).isEqualTo(notListed("the list is longer than 5000 tasks"));
    assertThat(server.getRequestCount()).isEqualTo(50);
  }

  @Test
  void listWhosePagesTakeTooLong_isNoList_inAnyOfThem() {
    server.setDispatcher(
        new Dispatcher() {
          @Override
          public MockResponse dispatch(RecordedRequest request) {
            int page = Integer.parseInt(request.getUrl().queryParameter("page_num"));
            return json(200, page(1_000_000, page))
                .newBuilder()
                .headersDelay(50, TimeUnit.MILLISECONDS)
                .build();
          }
        });
    Timeouts together = TestServer.PATIENT.withTogether(Duration.ofMillis(500));

    assertThat(
            TestServer.ark(server.url("/").uri(), new OkHttpClient(), together, TestServer.CLOCK)
                .list(Instant.MIN, Instant.MAX))
        // It may be over in the midst of a page.
        .isIn(
            notListed("the list was not read within 0 s"),
            notListed("the answer was cut short (200)"));
  }

  @Test
  void pageThatFails_makesItNoList() {
    server.enqueue(json(200, page(250, 1)));
    server.enqueue(json(429, "").newBuilder().setHeader("Retry-After", "9").build());

    assertThat(list())
        .isEqualTo(
            new Listing.NotListed("the service is busy (429)", Optional.of(Duration.ofSeconds(9))));
  }

  @Test
  void stallWithinAPage_isNoList() {
    server.enqueue(json(200, page(250, 1)));
    server.enqueue(
        json(200, page(250, 2)).newBuilder().onResponseStart(SocketEffect.Stall.INSTANCE).build());

    assertThat(
            TestServer.ark(
                    server.url("/").uri(),
                    new OkHttpClient(),
                    TestServer.IMPATIENT,
                    TestServer.CLOCK)
                .list(Instant.MIN, Instant.MAX))
        .isEqualTo(notListed("no answer came in time"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "401 | {'error':{'code':'AuthenticationError'}} | the service refuses the key (401"
            + " AuthenticationError)",
        "404 | <html> | the service did not give the list (404)",
        "500 | {'total':0,'items':[]} | the service did not give the list (500)",
        "302 | '' | the service did not give the list (302)",
        "200 | '' | the answer is empty (200)",
        "200 | <html> | the answer is not JSON (200)",
        "200 | {} | the answer is no list of tasks (200)",
        "200 | [] | the answer is no list of tasks (200)",
        "200 | {'total':0} | the answer is no list of tasks (200)",
        "200 | {'total':0,'items':null} | the answer is no list of tasks (200)",
        "200 | {'total':1,'items':{'id':'cgt-1'}} | the answer is no list of tasks (200)",
        "200 | {'total':0,'items':[],'error':{'code':'Odd'}} | the answer is no list of tasks (200)"
      })
  void otherAnswers_areNoList_inOurWords(int status, String body, String what) {
    server.enqueue(json(status, body.replace('\'', '"')));

    assertThat(list()).isEqualTo(notListed(what));
  }

  @Test
  void stoppedWorker_isNoList() {
    Thread.currentThread().interrupt();

    Listing listing = list();

    boolean stillInterrupted = Thread.interrupted();
    assertThat(listing).isEqualTo(notListed("the worker was stopped during the call"));
    assertThat(stillInterrupted).isTrue();
  }

  @Test
  void gateway_isUnsupported_withoutAsking() {
    assertThat(TestServer.provider(server).list(Instant.MIN, Instant.MAX))
        .isEqualTo(new Listing.Unsupported());
    assertThat(server.getRequestCount()).isZero();
  }

  /** Answers each page, whatever its number. */
  private void pages(IntFunction<String> pages) {
    server.setDispatcher(
        new Dispatcher() {
          @Override
          public MockResponse dispatch(RecordedRequest request) {
            int page = Integer.parseInt(request.getUrl().queryParameter("page_num"));
            return json(200, pages.apply(page));
          }
        });
  }

  /** A page of a list that stands still. */
  private static String page(int total, int page) {
    return listOf(total, (page - 1) * 100, Math.min(total, page * 100));
  }

  private static String listOf(int total, int from, int until) {
    return IntStream.range(from, until)
        .mapToObj(ListAnswersTest::item)
        .collect(Collectors.joining(",", "{\"total\":" + total + ",\"items\":[", "]}"));
  }

  private static String item(int number) {
    return "{\"id\":\"cgt-%d\",\"status\":\"running\",\"created_at\":1780732857}".formatted(number);
  }

  private Listing list() {
    return provider().list(Instant.MIN, Instant.MAX);
  }

  private HttpVideoProvider provider() {
    return TestServer.ark(server.url("/").uri(), new OkHttpClient(), TestServer.CLOCK);
  }

  private static Listing notListed(String what) {
    return new Listing.NotListed(what, Optional.empty());
  }
}
