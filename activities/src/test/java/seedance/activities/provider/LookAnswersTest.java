package seedance.activities.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static seedance.activities.provider.TestServer.error;
import static seedance.activities.provider.TestServer.json;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import okhttp3.Headers;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import seedance.activities.provider.TaskStatus.Known;
import seedance.activities.provider.TaskStatus.Strange;
import seedance.workflows.generation.FailureType;
import seedance.workflows.generation.GenerationOutcome;
import seedance.workflows.generation.ServiceError;

/** What each answer to a look is taken for. */
class LookAnswersTest {
  private static final String ID = "cgt-20260606160057-6bbjd";
  private static final URI VIDEO = URI.create("https://files.example/v.mp4?X-Sig=a%2Fb%7Cc");

  private final MockWebServer server = new MockWebServer();

  @BeforeEach
  void start() throws IOException {
    server.start();
  }

  @AfterEach
  void close() {
    server.close();
  }

  private TaskLook look(MockResponse answer) {
    server.enqueue(answer);
    return TestServer.provider(server).look(ID);
  }

  private Task seen(String reply) {
    TaskLook look = look(json(200, reply));
    assertThat(look).isInstanceOf(TaskLook.Seen.class);
    return ((TaskLook.Seen) look).task();
  }

  /** The page's own example. */
  @Test
  void arksObject_isReadInFull() {
    Task task =
        seen(
            """
            {"id":"cgt-20260606160057-6bbjd","model":"doubao-seedance-2-0-fast-260128",
             "status":"succeeded","content":{"video_url":"%s",
             "last_frame_url":"https://files.example/last.png"},
             "usage":{"completion_tokens":108900,"total_tokens":108901},"error":null,
             "created_at":1780732857,"updated_at":1780732991,"seed":97151,"resolution":"720p",
             "ratio":"16:9","duration":5,"framespersecond":24,"generate_audio":true,"new":[{}]}
            """
                .formatted(VIDEO));

    assertThat(task)
        .isEqualTo(
            new Task(
                ID,
                Known.SUCCEEDED,
                new GenerationOutcome(
                    "doubao-seedance-2-0-fast-260128",
                    Instant.ofEpochSecond(1780732857),
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
                Optional.empty(),
                Optional.of(VIDEO),
                Optional.of(URI.create("https://files.example/last.png"))));
  }

  static Stream<String> successes() {
    return Stream.of(
        "{'id':'ID','status':'succeeded','content':{'video_url':'URL'}}",
        "{'id':'vid_1','task_id':'ID','object':'video','status':'completed','progress':100,"
            + "'created_at':1780732857,'completed_at':1780732991,'metadata':{'url':'URL'}}",
        "{'id':'ID','status':'completed','url':'URL','progress':'100%'}",
        "{'id':'ID','status':'SUCCESS','video_url':'URL'}",
        "{'status':'succeeded','video_url':{'url':'URL'}}",
        "{'code':'success','message':'','data':{'id':7,'task_id':'ID','status':'SUCCESS',"
            + "'data':{'status':'succeeded','content':{'video_url':'URL'}}}}",
        "{'code':200,'data':{'id':'ID','status':'success','url':'URL'}}",
        "{'code':0,'info':'ok','result':{'id':'ID','status':'Succeeded','video_url':'URL'}}",
        "{'code':0,'status':'ok','data':{'task_id':'ID','status':'succeeded','url':'URL'}}",
        "{'id':'ID','status':'succeeded','error':null,'content':{'video_url':'URL'},"
            + "'url':'https://other.example/x','metadata':{'url':'https://other.example/y'}}",
        "[{'id':'ID','status':'succeeded','content':{'video_url':'URL'}}]",
        "[{'status':'succeeded','url':'URL'}]",
        "{'items':[{'id':'ID','status':'succeeded','content':{'video_url':'URL'}}],'total':1}",
        "{'code':0,'data':{'items':[{'id':'ID','status':'done','url':'URL'}],'total':1}}",
        "{'tasks':[{'task_id':'ID','status':'done','url':'URL'}]}",
        "{'tasks':[{'status':'done','url':'URL'}]}",
        "{'video':{'id':'ID','status':'completed','url':'URL'}}",
        "{'video':{'status':'completed','url':'URL'}}",
        "{'status':'ok','video':{'status':'completed','url':'URL'}}",
        "{'items':[{'id':'cgt-other','status':'failed','error':{'code':'X'}},"
            + "{'status':'failed'},{'id':'ID','status':'done','url':'URL'}]}",
        "{'status':'success','data':{'status':'succeeded','url':'URL'}}",
        "{'id':'req-7','status':'success','data':{'task_id':'ID','status':'done','url':'URL'}}",
        "{'status':'success','data':{'status':'success','data':{'status':'done','url':'URL'}}}");
  }

  @ParameterizedTest
  @MethodSource("successes")
  void success_isReadFromEveryShape(String shape) {
    Task task =
        seen(
            shape
                .replace('\'', '"')
                .replace("URL", VIDEO.toString())
                .replace("\"ID\"", "\"" + ID + "\""));

    assertThat(task.status()).isEqualTo(Known.SUCCEEDED);
    assertThat(task.id()).isEqualTo(ID);
    assertThat(task.videoUrl()).contains(VIDEO);
  }

  @Test
  void numbersAsText_andTimesAsText_areRead() {
    Task task =
        seen(
            """
            {"status":"completed","url":"https://files.example/v.mp4","seconds":"5","seed":"97151",
             "created_at":"2026-06-06T08:00:57Z","completed_at":"1780732991000","frames":"121",
             "metadata":{"resolution":"720p","usage":{"completion_tokens":"108900"}}}
            """);

    assertThat(task.outcome())
        .isEqualTo(
            new GenerationOutcome(
                null,
                Instant.parse("2026-06-06T08:00:57Z"),
                Instant.ofEpochSecond(1780732991),
                97151L,
                "720p",
                null,
                5.0,
                121,
                null,
                null,
                108900L,
                null));
  }

  @Test
  void factsThatMakeNoSense_areAbsent() {
    Task task =
        seen(
            """
            {"status":"succeeded","url":"https://files.example/v.mp4","seed":1e999,"duration":"long",
             "created_at":99999999999999999,"updated_at":-5,"frames":99999999999,"model":"a b c",
             "resolution":{"w":1},"ratio":["16:9"],"generate_audio":"maybe","usage":"much"}
            """);

    assertThat(task.outcome())
        .isEqualTo(
            new GenerationOutcome(
                null, null, null, null, null, null, null, null, null, null, null, null));
  }

  @ParameterizedTest
  @CsvSource({
    "queued, queued",
    "QUEUED, queued",
    "SUBMITTED, queued",
    "pending, queued",
    "NOT_START, queued",
    "running, running",
    "in_progress, running",
    "IN_PROGRESS, running",
    "in-progress, running",
    "processing, running",
    "' Running ', running",
    "failed, failed",
    "FAILED, failed",
    "FAILURE, failed",
    "ERROR, failed",
    "expired, expired",
    "cancelled, cancelled",
    "canceled, cancelled",
    "fail, failed",
    "interrupted, failed",
    "TASK_STATUS_QUEUED, queued",
    "TASK_STATUS_PROCESSING, running",
    "TASK_STATUS_FAILED, failed"
  })
  void spellingsOfAStatus_meanTheSame(String spelling, String word) {
    Task task = seen("{\"id\":\"%s\",\"status\":\"%s\"}".formatted(ID, spelling));

    assertThat(task.status()).isEqualTo(Known.valueOf(word.toUpperCase(Locale.ROOT)));
    assertThat(task.status().word()).isEqualTo(word);
  }

  @ParameterizedTest
  @CsvSource({
    "unknown, unknown",
    "Moderating, Moderating",
    "waiting for https://x/y?sig=1, unreadable",
    "Waiting in line, Waiting_in_line",
    "'', unreadable",
    "ÄÖÜ, unreadable",
    "aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeee, unreadable"
  })
  void strangeStatus_isStillGoing(String status, String word) {
    Task task = seen("{\"status\":\"" + status + "\",\"url\":\"https://files.example/v.mp4\"}");

    assertThat(task.status()).isEqualTo(new Strange(word));
    assertThat(task.status().isOver()).isFalse();
    assertThat(task.error()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'status':'succeeded'}",
        "{'status':'succeeded','content':{'video_url':''}}",
        "{'status':'succeeded','url':'ftp://files.example/v.mp4'}",
        "{'status':'succeeded','url':'file:///etc/passwd'}",
        "{'status':'succeeded','url':7}"
      })
  void successWithoutAVideo_isStillGoing(String reply) {
    server.enqueue(json(200, reply.replace('\'', '"')));
    server.enqueue(json(404, ""));
    Task task = ((TaskLook.Seen) TestServer.provider(server).look(ID)).task();

    assertThat(task.status()).isEqualTo(Strange.SUCCEEDED_WITHOUT_VIDEO);
  }

  /** The envelope of a gateway about its own call; nothing says that the task failed. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "{'status':'error','message':'database is locked'} | failed | 200",
        "{'code':500,'status':'error','message':'m'} | failed | 200 500",
        "{'code':429,'status':'fail','msg':'slow down'} | failed | 200 429",
        "{'status':'fail','data':null,'message':'invalid token'} | failed | 200",
        "{'status':'error','code':401,'message':'who?'} | failed | 200 401",
        "{'status':'error','error':{'code':'AccountOverdueError'}} | failed"
            + " | 200 AccountOverdueError",
        "{'status':'failed','error':{'code':'InternalServiceError','message':'m'}} | failed"
            + " | 200 InternalServiceError",
        "{'code':500,'data':{'status':'error','message':'m'}} | failed | 200 500",
        "{'status':'error','data':{'status':'error'}} | failed | 200",
        "{'status':'expired','message':'the token has expired'} | expired | 200",
        "{'status':'error','message':'your account violates our usage policy'} | failed | 200",
        "{'status':'error','model':'doubao-seedance-2-0','message':'m'} | failed | 200",
        "{'state':'cancelled'} | cancelled | 200"
      })
  void envelopeOfAnError_isNoVerdictOnTheTask(String reply, String word, String shown) {
    assertThat(look(json(200, reply.replace('\'', '"'))))
        .isEqualTo(
            new TaskLook.NotSeen(
                "the answer says \"%s\", but not of which task (%s)".formatted(word, shown),
                Optional.empty()));
  }

  @Test
  void envelopeOfAnError_thatDeniesTheTask_isNoSuchTask() {
    assertThat(look(json(200, "{\"status\":\"fail\",\"code\":\"task_not_exist\",\"data\":null}")))
        .isInstanceOf(TaskLook.NoSuchTask.class);
  }

  /** Its id, what only a task has, or an envelope that says that the call itself went well. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'id':'ID','status':'failed'}",
        "{'code':500,'status':'failed','task_id':'ID','message':'m'}",
        "{'id':'ID','data':{'status':'failed'}}",
        "{'status':'failed','created_at':1780732857,'updated_at':1780732991}",
        "{'status':'failed','seed':7,'error':{'code':'InternalServiceError'}}",
        "{'status':'FAILURE','progress':'100%','fail_reason':'m'}",
        "{'task_status':'failed','task_status_msg':'m'}",
        "{'code':0,'data':{'status':'failed','message':'m'}}",
        "{'code':'success','data':{'status':'FAILURE','fail_reason':'m'}}",
        "{'status':'success','data':{'status':'failed','error':{'code':'InternalServiceError'}}}",
        "{'status':'success','data':{'state':'fail'}}",
        "{'success':true,'data':{'status':'error','message':'m'}}",
        "{'status':'ok','result':{'status':'success','data':{'status':'failed'}}}",
        "[{'id':'ID','status':'failed'},{'id':'cgt-other','status':'succeeded','url':'URL'}]"
      })
  void failure_thatIsSurelyTheTasks_isTheVerdict(String reply) {
    Task task = seen(reply.replace("ID", ID).replace("URL", VIDEO.toString()).replace('\'', '"'));

    assertThat(task.status()).isEqualTo(Known.FAILED);
    assertThat(task.error().orElseThrow().failure()).isEqualTo(FailureType.TASK_FAILED);
  }

  /** The word beside the envelope's own answer is not the task's. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'status':'success','data':{'status':'running'}} | running",
        "{'status':'success','data':{'status':'queued','progress':0}} | queued",
        "{'status':'completed','result':{'state':'processing'}} | running",
        "{'status':'success','message':'ok','data':{'status':'Moderating'}} | Moderating",
        "{'status':'success','data':{'status':'success','data':{'status':'running'}}} | running",
        "{'status':'success','data':{'status':'running','progress':5,'data':{'status':'queued'}}}"
            + " | running"
      })
  void partWithinAnEnvelope_isTheTask(String reply, String word) {
    assertThat(seen(reply.replace('\'', '"')).status().word()).isEqualTo(word);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[{'status':'running'},{'status':'failed','progress':1}]",
        "{'data':{'items':[{'status':'running'},{'status':'failed','progress':1}]}}"
      })
  void severalTasks_ofWhichNoneIsNamed_areNotSeen(String reply) {
    assertThat(look(json(200, reply.replace('\'', '"'))))
        .isEqualTo(
            new TaskLook.NotSeen(
                "the answer does not say which task it means (200)", Optional.empty()));
  }

  /** Of a list the other tasks tell nothing: neither their clips nor their errors. */
  @Test
  void otherTasksOfAList_lendNothing() {
    server.enqueue(
        json(
            200,
            ("{'data':[{'id':'cgt-other','status':'succeeded','video_url':'"
                    + VIDEO
                    + "'},"
                    + "{'id':'"
                    + ID
                    + "','status':'succeeded'}]}")
                .replace('\'', '"')));
    server.enqueue(json(404, ""));

    Task task = ((TaskLook.Seen) TestServer.provider(server).look(ID)).task();

    assertThat(task.status()).isEqualTo(Strange.SUCCEEDED_WITHOUT_VIDEO);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'status':'archived','video_url':'https://x.example/v'} | UNKNOWN_WORD_BESIDE_VIDEO",
        "{'status':3,'url':'https://x.example/v.mp4?s=1'} | UNKNOWN_WORD_BESIDE_VIDEO",
        "{'status':'ok','output':['https://x.example/v.mov']} | UNKNOWN_WORD_BESIDE_VIDEO",
        "{'status':'archived','url':'https://x.example/page'} | UNKNOWN_WORD",
        "{'status':'was_blocked','video_url':'https://x.example/v'} | UNKNOWN_WORD"
      })
  void unknownWordBesideAVideo_isToldFromOthers(String reply, Puzzle.Kind kind) {
    Task task = seen(reply.replace('\'', '"'));

    assertThat(task.status().isOver()).isFalse();
    assertThat(task.puzzle().map(Puzzle::kind)).contains(kind);
  }

  /** What a gateway's finished task is taken for, whose answer names no video. */
  private Task seenWithContent(MockResponse content, String reply) throws Exception {
    server.enqueue(json(200, reply.replace('\'', '"')));
    server.enqueue(content);
    Task task = ((TaskLook.Seen) TestServer.provider(server).look(ID)).task();
    server.takeRequest();
    return task;
  }

  @Test
  void clipAtAGatewaysContent_isFound_withTheKey() throws Exception {
    Task task =
        seenWithContent(
            new MockResponse(200, Headers.of("Content-Type", "video/mp4"), "bytes"),
            "{'id':'" + ID + "','object':'video','status':'completed','progress':100}");

    assertThat(task.status()).isEqualTo(Known.SUCCEEDED);
    assertThat(task.videoUrl()).contains(server.url("/v1/videos/" + ID + "/content").uri());
    RecordedRequest asked = server.takeRequest();
    assertThat(asked.getTarget()).isEqualTo("/v1/videos/" + ID + "/content");
    assertThat(asked.getHeaders().get("Authorization")).isEqualTo("Bearer " + TestServer.KEY);
  }

  @Test
  void contentThatRedirects_isFound_andNotFollowedByTheLook() throws Exception {
    Task task =
        seenWithContent(
            new MockResponse(302, Headers.of("Location", "https://cdn.example/v.mp4"), ""),
            "{'status':'completed'}");

    assertThat(task.status()).isEqualTo(Known.SUCCEEDED);
    assertThat(server.getRequestCount()).isEqualTo(2);
  }

  @Test
  void contentThatAnswersWithAUrl_isFoundThere() throws Exception {
    Task task =
        seenWithContent(
            json(200, "{\"url\":\"" + VIDEO + "\"}"), "{'id':'" + ID + "','status':'done'}");

    assertThat(task.videoUrl()).contains(VIDEO);
    assertThat(server.takeRequest().getHeaders().get("Accept")).isEqualTo("*/*");
  }

  @ParameterizedTest
  @CsvSource({
    "404, application/json, NO_VIDEO",
    "401, application/json, NO_VIDEO",
    "200, application/json, NO_VIDEO",
    "200, text/html, NO_VIDEO",
    "500, application/json, NO_ANSWER",
    "429, application/json, NO_ANSWER"
  })
  void finishedTaskWithoutAVideo_isAPuzzle_thatNamesFieldsAndNoValues(
      int status, String type, Puzzle.Kind kind) throws Exception {
    Task task =
        seenWithContent(
            new MockResponse(status, Headers.of("Content-Type", type), "{}"),
            "{'id':'"
                + ID
                + "','status':'completed','secret one':'a private cat',"
                + "'metadata':{'size':'a private cat','more':{}},'note':'https://x/y?sig=signed'}");

    assertThat(task.status()).isEqualTo(Strange.SUCCEEDED_WITHOUT_VIDEO);
    assertThat(task.puzzle())
        .contains(
            new Puzzle(
                kind,
                "finished, but names no video (its fields: id, status, metadata.size,"
                    + " metadata.more, note); its content answered "
                    + status));
  }

  @Test
  void arksTask_isNotAskedForItsContent() {
    server.enqueue(json(200, "{\"status\":\"succeeded\",\"content\":null}"));

    TaskLook look =
        TestServer.ark(server.url("/").uri(), new OkHttpClient(), TestServer.CLOCK).look(ID);

    assertThat(((TaskLook.Seen) look).task().puzzle())
        .contains(
            new Puzzle(
                Puzzle.Kind.NO_VIDEO,
                "finished, but names no video (its fields: status, content)"));
    assertThat(server.getRequestCount()).isEqualTo(1);
  }

  /** H: 24 h after its end a succeeded task has no content any more. */
  @ParameterizedTest
  @ValueSource(strings = {"'content':null,", "'content':{},", ""})
  void taskThatEndedOverADayAgo_withoutAVideo_isCleared(String content) {
    long now = TestServer.CLOCK.instant().getEpochSecond();
    String reply =
        "{'id':'%s','status':'succeeded',%s'created_at':%d,'updated_at':%d,'seed':7}"
            .formatted(ID, content, now - 90_000, now - 86_400)
            .replace('\'', '"');

    Task task = seen(reply);

    assertThat(task.isPuzzle(Puzzle.Kind.CLEARED)).isTrue();
    assertThat(server.getRequestCount()).isEqualTo(1);
  }

  @Test
  void taskThatEndedADayAgo_isNotClearedASecondBefore() {
    long now = TestServer.CLOCK.instant().getEpochSecond();

    server.enqueue(
        json(
            200,
            "{\"status\":\"succeeded\",\"content\":null,\"created_at\":%d,\"updated_at\":%d}"
                .formatted(now - 90_000, now - 86_399)));
    TaskLook look =
        TestServer.ark(server.url("/").uri(), new OkHttpClient(), TestServer.CLOCK).look(ID);

    assertThat(((TaskLook.Seen) look).task().isPuzzle(Puzzle.Kind.NO_VIDEO)).isTrue();
  }

  @Test
  void oldTaskOfAGateway_whoseClipIsStillThere_isFetched() throws Exception {
    long now = TestServer.CLOCK.instant().getEpochSecond();
    String reply =
        "{'object':'video','status':'completed','created_at':%d,'completed_at':%d}"
            .formatted(now - 200_000, now - 190_000);

    assertThat(
            seenWithContent(
                    new MockResponse(200, Headers.of("Content-Type", "video/mp4"), "x"), reply)
                .status())
        .isEqualTo(Known.SUCCEEDED);
    assertThat(seenWithContent(json(404, "{}"), reply).isPuzzle(Puzzle.Kind.CLEARED)).isTrue();
    assertThat(seenWithContent(json(503, "{}"), reply).isPuzzle(Puzzle.Kind.NO_ANSWER)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "{'status':'rejected'}, true",
    "{'status':'Timed out'}, true",
    "{'status':'pondering'}, false",
    "{'status':'moderating'}, false",
    "{'status':3}, false",
    "{'state':'pondering'}, false",
    "'{''status'':3,''url'':''https://x.example/v.mp4''}', true",
    "'{''status'':''pondering'',''progress'':100}', true",
    "'{''status'':''pondering'',''progress'':''50%''}', false",
    "'{''status'':''pondering'',''completed_at'':1780732991}', true",
    "'{''status'':''pondering'',''message'':''in the queue'',''reason'':''many''}', false",
    "'{''status'':''pondering'',''error'':{''code'':''X''}}', true"
  })
  void unknownStatusThatLooksFinal_isAPuzzle_andStillGoing(String reply, boolean puzzling) {
    Task task = seen(reply.replace('\'', '"'));

    assertThat(task.status().isOver()).isFalse();
    assertThat(task.puzzle().isPresent()).isEqualTo(puzzling);
  }

  @ParameterizedTest
  @CsvSource({
    "state, done, succeeded",
    "task_status, finished, succeeded",
    "task_status, succeed, succeeded",
    "status, complete, succeeded",
    "status, Ready, succeeded",
    "state, successful, succeeded",
    "task_status, TASK_STATUS_SUCCEED, succeeded",
    "taskStatus, FAIL, failed",
    "state, interrupted, failed"
  })
  void statusUnderAnotherName_isRead(String name, String word, String status) {
    Task task =
        seen(
            "{\"id\":\"%s\",\"%s\":\"%s\",\"url\":\"https://x.example/v\"}"
                .formatted(ID, name, word));

    assertThat(task.status().word()).isEqualTo(status);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "'usage':{'completion_tokens':-108900,'total_tokens':-108900} | - | -",
        "'usage':{'completion_tokens':0,'total_tokens':0} | - | -",
        "'usage':{'completion_tokens':-1} | - | -",
        "'usage':{'completion_tokens':1.5} | - | -",
        "'usage':{'completion_tokens':0.0} | - | -",
        "'usage':{'completion_tokens':'1e9999'} | - | -",
        "'usage':{'completion_tokens':'108900'} | 108900 | -",
        "'usage':{'total_tokens':108900} | 108900 | 108900",
        "'usage':{'completion_tokens':0,'total_tokens':108900} | 108900 | 108900",
        "'totalTokens':108900 | 108900 | 108900",
        "'usage':null | - | -"
      })
  void usageThatCannotBe_isNotKnown(String usage, Long completion, Long total) {
    GenerationOutcome outcome =
        seen(("{'status':'succeeded','url':'https://x.example/v'," + usage + "}")
                .replace('\'', '"'))
            .outcome();

    assertThat(outcome.completionTokens()).isEqualTo(completion);
    assertThat(outcome.totalTokens()).isEqualTo(total);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "'usage':{'completion_tokens':200000000} | 200000000 | -",
        "'usage':{'completion_tokens':200000000,'total_tokens':108900} | 200000000 | 108900",
        "'usage':{'completion_tokens':900000000000} | 900000000000 | -",
        "'usage':{'completion_tokens':9999999999999999999999999} | 1000000000000 | -",
        "'usage':{'completion_tokens':1e30,'total_tokens':1e999} | 1000000000000 | 1000000000000",
        "'usage':{'completion_tokens':108900.0} | 108900 | -",
        "'usage':{'completion_tokens':'108900.00'} | 108900 | -",
        "'usage':{'completion_tokens':1.089e5} | 108900 | -"
      })
  void usageThatIsFarTooHigh_orWrittenAsAFraction_isKept(
      String usage, Long completion, Long total) {
    usageThatCannotBe_isNotKnown(usage, completion, total);
  }

  @Test
  void datesAndSizesThatCannotBe_areNotKnown() {
    GenerationOutcome outcome =
        seen("""
        {"status":"succeeded","url":"https://x.example/v","created_at":4100000000,
         "updated_at":4100000001,"duration":-5,"frames":0,"framespersecond":-24}
        """)
            .outcome();

    assertThat(outcome)
        .isEqualTo(
            new GenerationOutcome(
                null, null, null, null, null, null, null, null, null, null, null, null));
    assertThat(
            seen("""
            {"status":"succeeded","url":"https://x.example/v","created_at":1780732857,
             "updated_at":1780732856}
            """)
                .outcome()
                .finishedAt())
        .isNull();
  }

  @Test
  void taskOfAnId_thatAnswersWithoutItsProvidersName_isTheSame() {
    server.enqueue(json(200, "{\"id\":\"cgt-1\",\"status\":\"queued\"}"));

    assertThat(TestServer.provider(server).look("ark:cgt-1")).isInstanceOf(TaskLook.Seen.class);
  }

  @ParameterizedTest
  @CsvSource({
    "InvalidParameter.TaskTypeConstraint, `duration` is not valid, duration",
    "InvalidParameter, `content[1].image_url` is not valid: timeout, content[1].image_url"
  })
  void taskThatFailsByItsRequest_isRejected_namingTheField(
      String code, String message, String field) {
    Task task =
        seen(
            "{\"id\":\"%s\",\"status\":\"failed\",\"error\":{\"code\":\"%s\",\"message\":\"%s\"}}"
                .formatted(ID, code, message));

    assertThat(told(task))
        .isEqualTo(new ServiceError(FailureType.REQUEST_REJECTED, code, field, null, message));
  }

  static Stream<String> moderated() {
    return Stream.of(
        "{'status':'failed','error':{'code':'OutputVideoSensitiveContentDetected','message':'m'}}",
        "{'status':'failed','error':'OutputVideoSensitiveContentDetected: see the policy'}",
        "{'code':'success','data':{'status':'FAILURE','fail_reason':"
            + "'task failed: OutputVideoSensitiveContentDetected'}}",
        "{'status':'failed','error':{'code':500,'message':'OutputVideoSensitiveContentDetected'}}");
  }

  @ParameterizedTest
  @MethodSource("moderated")
  void moderation_isReadFromEveryShapeOfAnError(String reply) {
    ServiceError error = told(seen(reply.replace('\'', '"')));

    assertThat(error.failure()).isEqualTo(FailureType.OUTPUT_MODERATED);
    assertThat(error.code()).isEqualTo("OutputVideoSensitiveContentDetected");
  }

  private static ServiceError told(Task task) {
    return task.error().orElseThrow().told(Optional.of(TestServer.BODY));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "{'code':'MissingParameter.content','message':'m'} | REQUEST_REJECTED",
        "{'code':'invalid_request_error','message':'m'} | REQUEST_REJECTED",
        "{'code':'resolution_conflict','message':'m'} | REQUEST_REJECTED",
        "{'code':null,'message':'m','type':'BadRequest'} | REQUEST_REJECTED",
        "{'code':'task_failed','message':'timeout while fetching resource'} | REQUEST_REJECTED",
        "'InvalidParameter.TaskTypeConstraint: The parameter ratio is not valid' |"
            + " REQUEST_REJECTED",
        "{'code':'AccountOverdueError','message':'m'} | ACCOUNT_REFUSED",
        "{'code':'InvalidAccountStatus','message':'m'} | ACCOUNT_REFUSED",
        "{'code':'insufficient_user_quota','message':'m'} | ACCOUNT_REFUSED",
        "{'code':'fail_to_fetch_task','message':'用户余额不足'} | ACCOUNT_REFUSED",
        "{'code':'ModelNotOpen','message':'m'} | MODEL_UNAVAILABLE",
        "{'code':'QuotaExceeded','message':'the quota is used up'} | NO_CAPACITY",
        "{'code':'QuotaExceeded','message':'the weekly quota is used up'} | QUOTA_EXHAUSTED",
        "{'code':'SetLimitExceeded','message':'m'} | QUOTA_EXHAUSTED",
        "{'code':'ServerOverloaded','message':'m'} | NO_CAPACITY",
        "{'code':'rate_limit_exceeded','message':'m'} | NO_CAPACITY",
        "{'code':429,'message':'m'} | NO_CAPACITY",
        "{'code':'content_policy_violation','message':'m'} | INPUT_MODERATED",
        "{'code':'sensitive_words_detected','message':'m'} | INPUT_MODERATED",
        "{'code':'CONTENT_VIOLATION','message':'m'} | INPUT_MODERATED",
        "{'code':'content_filter','message':'m'} | INPUT_MODERATED",
        "{'code':'output_moderation','message':'m'} | OUTPUT_MODERATED",
        "'content_policy_violation' | INPUT_MODERATED",
        "{'code':'','message':'nsfw'} | INPUT_MODERATED",
        "'The request failed because the output video may contain sensitive information' |"
            + " OUTPUT_MODERATED",
        "'任务失败：输入文本可能包含敏感信息' | INPUT_MODERATED",
        "'Your prompt was flagged by our moderation system' | INPUT_MODERATED",
        "'input image may contain a real person' | INPUT_MODERATED",
        "'内容包含违禁信息，请修改提示词' | INPUT_MODERATED",
        "{'code':'copyright_violation','message':'m'} | INPUT_MODERATED",
        "{'code':'face_detected','message':'m'} | INPUT_MODERATED",
        "{'code':'no_face_detected','message':'m'} | TASK_FAILED",
        "{'code':'OutputVideoCopyrightDetected','message':'m'} | OUTPUT_MODERATED",
        "'The input video exceeds the frame rate limit of 60 fps' | REQUEST_REJECTED",
        "'Failed to download input video: 403 Forbidden' | REQUEST_REJECTED",
        "'下载图片失败' | REQUEST_REJECTED",
        "{'code':'ImageDownloadFailed','message':'m'} | REQUEST_REJECTED",
        "'Too many requests' | NO_CAPACITY",
        "'当前系统繁忙，请稍后再试' | NO_CAPACITY",
        "'Your account balance is insufficient' | ACCOUNT_REFUSED",
        "'Arrearage: please make sure your account is in good standing.' | ACCOUNT_REFUSED",
        "{'code':'InternalServiceError','message':'m'} | TASK_FAILED",
        "{'code':'server_error','message':'socket hang up'} | TASK_FAILED",
        "{'code':'odd_code','message':'m'} | TASK_FAILED"
      })
  void failedTask_isReadByTheSameWordsAsACreate(String error, FailureType failure) {
    Task task =
        seen("{'id':'%s','status':'failed','error':%s}".formatted(ID, error).replace('\'', '"'));

    assertThat(task.error().orElseThrow().failure()).isEqualTo(failure);
  }

  /** Each is the service's error as a gateway, or a gateway of a gateway, passes it on. */
  static Stream<String> wrapped() {
    String own = "{\"error\":{\"code\":\"InvalidParameter\",\"message\":\"role is missing\"}}";
    String once = "{\"code\":\"fail_to_fetch_task\",\"message\":%s}".formatted(quoted(own));
    return Stream.of(
        "{\"id\":\"%s\",\"status\":\"failed\",\"error\":{\"code\":\"upstream_error\",\"message\":%s}}"
            .formatted(ID, quoted(own)),
        "{\"id\":\"%s\",\"model\":\"m\",\"status\":\"failed\",\"error\":%s}"
            .formatted(ID, quoted("upstream said 400: " + own)),
        "{\"code\":\"success\",\"data\":{\"status\":\"FAILURE\",\"fail_reason\":%s}}"
            .formatted(quoted("请求失败，状态码: 451, 错误信息: " + once)),
        "{\"code\":\"success\",\"data\":{\"status\":\"FAILURE\",\"fail_reason\":\"task failed\",\"data\":%s}}"
            .formatted(own),
        "{\"code\":\"fail_to_fetch_task\",\"message\":%s,\"data\":{\"task_id\":\"%s\",\"status\":\"FAILURE\"}}"
            .formatted(quoted(own), ID));
  }

  private static String quoted(String text) {
    return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }

  @ParameterizedTest
  @MethodSource("wrapped")
  void errorThatAGatewayPassesOn_isReadAsTheServiceSaidIt(String reply) {
    assertThat(told(seen(reply)))
        .isEqualTo(
            new ServiceError(
                FailureType.REQUEST_REJECTED, "InvalidParameter", null, null, "role is missing"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "The parameter ratio specified in the request is not valid | ratio",
        "Invalid value for 'resolution': 8k | resolution",
        "参数 duration 无效 | duration",
        "The parameter `content[1].image_url` specified in the request is not valid |"
            + " content[1].image_url",
        "The field lantern is odd | "
      })
  void fieldAtFault_isFoundInTheSentence(String message, String field) {
    Task task =
        seen(
            "{\"id\":\"%s\",\"status\":\"failed\",\"error\":{\"code\":\"InvalidParameter\",\"message\":%s}}"
                .formatted(ID, quoted(message)));

    assertThat(told(task).param()).isEqualTo(field);
  }

  @ParameterizedTest
  @CsvSource({
    "failed, InputImageSensitiveContentDetected.PrivacyInformation, INPUT_MODERATED",
    "failed, OutputAudioSensitiveContentDetected.PolicyViolation, OUTPUT_MODERATED",
    "failed, InternalServiceError, TASK_FAILED",
    "expired, InternalServiceError, TASK_EXPIRED",
    "expired, QuotaExceeded, TASK_EXPIRED",
    "expired, InputImageSensitiveContentDetected, INPUT_MODERATED",
    "expired, InvalidParameter, REQUEST_REJECTED",
    "cancelled, AnyCode, TASK_CANCELLED",
    "cancelled, ServerOverloaded, TASK_CANCELLED",
    "cancelled, InputImageSensitiveContentDetected, INPUT_MODERATED",
    "cancelled, AccountOverdueError, ACCOUNT_REFUSED"
  })
  void endedTask_isClassified(String status, String code, FailureType failure) {
    Task task =
        seen(
            "{\"id\":\"%s\",\"status\":\"%s\",\"error\":{\"code\":\"%s\"}}"
                .formatted(ID, status, code));

    assertThat(told(task)).isEqualTo(new ServiceError(failure, code, null, null));
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "{}", "''", "7", "[]", "true"})
  void failedTaskWithoutAReadableError_isTaskFailed(String error) {
    Task task =
        seen(("{'id':'" + ID + "','status':'failed','error':" + error + "}").replace('\'', '"'));

    assertThat(task.error().orElseThrow().failure()).isEqualTo(FailureType.TASK_FAILED);
  }

  static Stream<MockResponse> noSuchTask() {
    return Stream.of(
        json(404, ""),
        json(404, "<html>"),
        error(404, "NotFound.Task", ""),
        json(400, "{\"code\":\"task_not_exist\",\"message\":\"\"}"),
        json(200, "{\"code\":\"task_not_exist\",\"message\":\"\",\"data\":null}"),
        json(200, "{\"code\":404,\"message\":\"task not found\",\"data\":null}"),
        json(200, "{\"code\":\"TaskNotFound\",\"message\":\"\"}"),
        error(400, "task_not_found", ""),
        json(400, "{\"error\":{\"message\":\"任务不存在\",\"type\":\"new_api_error\"}}"),
        error(400, "NotFound.ContentGenerationTask", ""));
  }

  @ParameterizedTest
  @MethodSource("noSuchTask")
  void unknownTask_isNoSuchTask(MockResponse answer) {
    assertThat(look(answer)).isInstanceOf(TaskLook.NoSuchTask.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<html>",
        "{\"detail\":\"Not Found\"}",
        "{\"error\":{\"message\":\"Invalid URL (GET /v1/videos/x)\",\"code\":\"\"}}"
      })
  void pathThatIsNotThere_isHintedAt(String body) {
    assertThat(((TaskLook.NoSuchTask) look(json(404, body))).what())
        .contains("SEEDANCE_BASE_URL and SEEDANCE_LOOK_PATH");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "..", "a b", "a\tb", "a\nb", "a\u00a0b", "a\u0000", "\ud800"})
  void textThatIsNoTaskId_isNotEvenAsked(String id) {
    assertThat(TestServer.provider(server).look(id)).isInstanceOf(TaskLook.NoSuchTask.class);
    assertThat(server.getRequestCount()).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "400 | {} | the service did not show the task (400)",
        "401 | {'error':{'code':'AuthenticationError'}} | the service refuses the key (401"
            + " AuthenticationError)",
        "403 | '' | the service refuses the key (403)",
        "429 | {'error':{'code':'ServerOverloaded'}} | the service is busy (429 ServerOverloaded)",
        "500 | {'error':{'code':'InternalServiceError'}} | the service did not show the task (500"
            + " InternalServiceError)",
        "502 | <html> | the service did not show the task (502)",
        "503 | {'id':'x','status':'failed'} | the service did not show the task (503)",
        "302 | '' | the service did not show the task (302)",
        "200 | '' | the answer is empty (200)",
        "200 | <html> | the answer is not JSON (200)",
        "200 | {} | the answer has no status (200)",
        "200 | [] | the answer has no status (200)",
        "200 | {'status':200} | the answer has no status (200)",
        "200 | {'status':401,'message':'m'} | the answer has no status (200)",
        "200 | {'code':1001,'message':'m'} | the answer has no status (200 1001)",
        "200 | {'id':'cgt-other','status':'failed'} | the answer is about another task"
      })
  void failedLook_isNotSeen_inOurWords(int status, String body, String what) {
    assertThat(look(json(status, body.replace('\'', '"'))))
        .isEqualTo(new TaskLook.NotSeen(what, Optional.empty(), status == 429));
  }

  @Test
  void retryAfter_isHonoured() {
    assertThat(look(json(429, "").newBuilder().setHeader("Retry-After", "9").build()))
        .isEqualTo(
            new TaskLook.NotSeen(
                "the service is busy (429)", Optional.of(Duration.ofSeconds(9)), true));
  }

  @Test
  void stall_isNotSeen() {
    server.enqueue(new MockResponse.Builder().onResponseStart(SocketEffect.Stall.INSTANCE).build());

    assertThat(
            TestServer.provider(server.url("/").uri(), new OkHttpClient(), TestServer.IMPATIENT)
                .look(ID))
        .isEqualTo(new TaskLook.NotSeen("no answer came in time", Optional.empty()));
  }

  @Test
  void endlessReply_isNotSeen_andNotReadToItsEnd() {
    String endless = "{\"status\":\"failed\",\"x\":\"" + "x".repeat(3 << 20) + "\"}";

    assertThat(look(json(200, endless)))
        .isEqualTo(new TaskLook.NotSeen("the answer is larger than 1 MiB (200)", Optional.empty()));
  }

  @Test
  void cutReply_isNotSeen() {
    assertThat(
            look(
                json(200, "{\"status\":\"failed\"}")
                    .newBuilder()
                    .onResponseBody(new SocketEffect.CloseSocket())
                    .build()))
        .isEqualTo(new TaskLook.NotSeen("the answer was cut short (200)", Optional.empty()));
  }

  @Test
  void deepReply_isNotSeen() {
    assertThat(look(json(200, "{\"status\":" + "[".repeat(100_000))))
        .isEqualTo(new TaskLook.NotSeen("the answer is not JSON (200)", Optional.empty()));
  }

  /** A look repeats nothing at the service, so one that meets a dead connection is repeated. */
  @Test
  void keptConnectionThatDied_isLookedThroughAgain() {
    server.enqueue(json(200, "{\"status\":\"queued\"}"));
    server.enqueue(
        new MockResponse.Builder().onResponseStart(new SocketEffect.CloseSocket()).build());
    server.enqueue(json(200, "{\"status\":\"running\"}"));
    HttpVideoProvider provider = TestServer.provider(server);

    provider.look(ID);

    assertThat(provider.look(ID))
        .isInstanceOfSatisfying(
            TaskLook.Seen.class, seen -> assertThat(seen.task().status()).isEqualTo(Known.RUNNING));
  }

  @Test
  void stoppedWorker_isNotSeen() {
    server.enqueue(json(200, "{\"status\":\"queued\"}"));
    HttpVideoProvider provider = TestServer.provider(server);
    Thread.currentThread().interrupt();

    TaskLook look = provider.look(ID);

    boolean stillInterrupted = Thread.interrupted();
    assertThat(look)
        .isEqualTo(
            new TaskLook.NotSeen("the worker was stopped during the call", Optional.empty()));
    assertThat(stillInterrupted).isTrue();
  }

  @Test
  void redirect_isNotFollowed_soTheKeyStaysHere() throws Exception {
    try (MockWebServer elsewhere = new MockWebServer()) {
      elsewhere.start();
      look(json(302, "").newBuilder().setHeader("Location", elsewhere.url("/").toString()).build());

      assertThat(elsewhere.getRequestCount()).isZero();
    }
  }

  @Test
  void wholeCallTakingTooLong_isNotSeen() {
    server.enqueue(
        json(200, "{\"status\":\"queued\"}")
            .newBuilder()
            .headersDelay(5, TimeUnit.SECONDS)
            .build());
    Timeouts hasty =
        new Timeouts(
            Duration.ofSeconds(5),
            Duration.ofSeconds(5),
            Duration.ofSeconds(5),
            Duration.ofMillis(300),
            Duration.ZERO);

    assertThat(TestServer.provider(server.url("/").uri(), new OkHttpClient(), hasty).look(ID))
        .isEqualTo(new TaskLook.NotSeen("no answer came in time", Optional.empty()));
  }

  @Test
  void lookAndContent_shareOneDeadline() {
    server.enqueue(late(json(200, "{\"id\":\"" + ID + "\",\"status\":\"completed\"}")));
    server.enqueue(late(new MockResponse(200, Headers.of("Content-Type", "video/mp4"), "bytes")));
    Timeouts together = TestServer.PATIENT.withTogether(Duration.ofSeconds(1));

    assertThat(TestServer.provider(server.url("/").uri(), new OkHttpClient(), together).look(ID))
        .satisfiesAnyOf(
            look ->
                assertThat(look)
                    .isInstanceOfSatisfying(
                        TaskLook.Seen.class,
                        seen ->
                            assertThat(seen.task().puzzle())
                                .contains(
                                    new Puzzle(
                                        Puzzle.Kind.NO_ANSWER,
                                        "finished, but names no video (its fields: id, status); of"
                                            + " its content: no answer came in time"))),
            // On a very busy machine the look itself takes all of it.
            look ->
                assertThat(look)
                    .isEqualTo(new TaskLook.NotSeen("no answer came in time", Optional.empty())));
  }

  /** Of JWTs the first dozen characters are all alike; people name keys and buckets alike. */
  @ParameterizedTest
  @CsvSource({
    "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhIn0.c2lnbmVkLW9uY2U,"
        + " https://files.example/v.mp4?token=eyJhbGciOiJIUzI1NiJ9.eyJ1cmwiOiJ2In0.c2lnbmVkLXR3aWNl",
    "doubao-seedance-prod-2026, https://files.example/doubao-seedance-2-0/v.mp4?X-Sig=1",
    "sk-acme-videos-2026, https://acme-videos-prod.files.example/v.mp4?X-Sig=1"
  })
  void urlThatBeginsLikeTheKey_isTakenAsItCame(String key, String url) {
    server.enqueue(
        json(
            200,
            "{\"id\":\"%s\",\"status\":\"succeeded\",\"content\":{\"video_url\":\"%s\"}}"
                .formatted(ID, url)));

    TaskLook look = withKey(key).look(ID);

    assertThat(((TaskLook.Seen) look).task().videoUrl()).contains(URI.create(url));
    assertThat(look.toString()).doesNotContain("acme", "eyJ", "token");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://files.example/?why=the%20key%20sk-acme-videos-2026%20is%20wrong",
        "https://files.example/?why=the&nbsp;key&nbsp;sk-acme-videos-2026",
        "https://files.example/sk-acme-videos-2026",
        "https://files.example/?why=the%20key%20sk-acme-videos-2",
        "https://files.example/sk-acme-videos-2",
        "https://files.example/\\u0020sk-acme-videos-2026"
      })
  void urlInAnError_tellsNothingOfTheKey(String url) {
    server.enqueue(
        json(
            200,
            "{\"id\":\"%s\",\"status\":\"failed\",\"model\":\"%2$s\",\"error\":{\"code\":\"odd\",\"message\":\"%2$s\"}}"
                .formatted(ID, url)));

    Task task = ((TaskLook.Seen) withKey("sk-acme-videos-2026").look(ID)).task();

    assertThat(task.error().orElseThrow().told(Optional.of(TestServer.BODY)).toString())
        .doesNotContain("acme");
    assertThat(String.valueOf(task.outcome().model())).doesNotContain("acme");
  }

  @Test
  void keyInAHeader_isNoRequestId() {
    server.enqueue(
        json(
                200,
                "{\"id\":\"%s\",\"status\":\"failed\",\"error\":{\"code\":\"odd\"}}".formatted(ID))
            .newBuilder()
            .setHeader("X-Request-Id", TestServer.KEY)
            .build());

    Task task = ((TaskLook.Seen) withKey(TestServer.KEY).look(ID)).task();

    assertThat(task.error().orElseThrow().told(Optional.of(TestServer.BODY)).requestId()).isNull();
  }

  private HttpVideoProvider withKey(String key) {
    return new HttpVideoProvider(
        new ProviderSettings(server.url("/").uri(), Dialect.GATEWAY, Secret.of(key)));
  }

  private static MockResponse late(MockResponse answer) {
    return answer.newBuilder().headersDelay(600, TimeUnit.MILLISECONDS).build();
  }

  @Test
  void arksPath_isAsked() throws Exception {
    server.enqueue(json(200, "{\"status\":\"queued\"}"));
    URI baseUrl = server.url("/").uri();

    new HttpVideoProvider(new ProviderSettings(baseUrl, Dialect.ARK, Secret.of(TestServer.KEY)))
        .look(ID);

    assertThat(server.takeRequest().getTarget())
        .isEqualTo("/api/v3/contents/generations/tasks/" + ID);
  }
}
