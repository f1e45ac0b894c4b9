package seedance.activities.provider;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static seedance.activities.provider.TestServer.BODY;
import static seedance.activities.provider.TestServer.error;
import static seedance.activities.provider.TestServer.json;
import static seedance.workflows.generation.FailureType.ACCOUNT_REFUSED;
import static seedance.workflows.generation.FailureType.INPUT_MODERATED;
import static seedance.workflows.generation.FailureType.MODEL_UNAVAILABLE;
import static seedance.workflows.generation.FailureType.OUTPUT_MODERATED;
import static seedance.workflows.generation.FailureType.QUOTA_EXHAUSTED;
import static seedance.workflows.generation.FailureType.REQUEST_REJECTED;
import static seedance.workflows.generation.FailureType.ROUTE_NOT_FOUND;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import seedance.workflows.generation.FailureType;
import seedance.workflows.generation.ServiceError;
import seedance.workflows.json.Json;

/** What each answer to a create is taken for. */
class CreateAnswersTest {
  private final MockWebServer server = new MockWebServer();

  @BeforeEach
  void start() throws IOException {
    server.start();
  }

  @AfterEach
  void close() {
    server.close();
  }

  /** An answer, the rule that judges it, and what comes out. */
  private record Row(
      int status, String body, CreateRule rule, Class<?> creation, FailureType failure) {
    static Row rejected(int status, String body, CreateRule rule, FailureType failure) {
      return new Row(status, body, rule, Creation.Rejected.class, failure);
    }

    static Row notCreated(int status, String body, CreateRule rule) {
      return new Row(status, body, rule, Creation.NotCreated.class, null);
    }

    static Row unknown(int status, String body, CreateRule rule) {
      return new Row(status, body, rule, Creation.Unknown.class, null);
    }
  }

  private static String coded(String code, String message) {
    return "{\"error\":{\"code\":\"%s\",\"message\":\"%s\"}}".formatted(code, message);
  }

  /** The service's whole answer as text in a gateway's own. */
  private static String wrapped(String code, String json) {
    return coded(code, json.replace("\"", "\\\""));
  }

  static List<Row> rows() {
    return List.of(
        Row.unknown(408, "{}", CreateRule.IN_DOUBT),
        Row.unknown(425, "{}", CreateRule.IN_DOUBT),
        Row.unknown(460, "{}", CreateRule.IN_DOUBT),
        Row.unknown(499, "{}", CreateRule.IN_DOUBT),
        Row.unknown(500, coded("InternalServiceError", ""), CreateRule.SAID_SURELY),
        Row.unknown(400, coded("InternalServiceError", ""), CreateRule.SAID_SURELY),
        Row.unknown(200, coded("InternalServiceError", ""), CreateRule.SAID_SURELY),
        Row.unknown(500, coded("do_request_failed", ""), CreateRule.SAID_SURELY),
        Row.unknown(400, coded("do_request_failed", ""), CreateRule.SAID_SURELY),
        Row.unknown(500, coded("read_response_body_failed", ""), CreateRule.SAID_SURELY),
        Row.unknown(429, coded("invalid_response", ""), CreateRule.SAID_SURELY),
        Row.rejected(503, coded("model_not_found", ""), CreateRule.SAID_SURELY, MODEL_UNAVAILABLE),
        Row.rejected(404, coded("model_not_found", ""), CreateRule.SAID_SURELY, MODEL_UNAVAILABLE),
        Row.rejected(
            503,
            "{\"error\":{\"code\":\"model_not_found\",\"type\":\"new_api_error\","
                + "\"message\":\"No available channel for this model\"}}",
            CreateRule.SAID_SURELY,
            MODEL_UNAVAILABLE),
        Row.rejected(
            503,
            "{\"error\":{\"code\":\"\",\"type\":\"new_api_error\","
                + "\"message\":\"No Available Channel for model m under group default\"}}",
            CreateRule.SAID_SURELY,
            MODEL_UNAVAILABLE),
        Row.rejected(
            500,
            "{\"error\":{\"type\":\"one_api_error\",\"message\":\"当前分组 default 下对于模型 m 无可用渠道\"}}",
            CreateRule.SAID_SURELY,
            MODEL_UNAVAILABLE),
        Row.unknown(
            500,
            coded("upstream_error", "a prompt about no available channel"),
            CreateRule.SERVER_ERROR),
        Row.unknown(424, coded("upstream_error", "failed after 60 s"), CreateRule.UPSTREAM_FAILED),
        Row.notCreated(503, coded("video_queue_full", ""), CreateRule.SAID_SURELY),
        Row.unknown(503, coded("InvalidParameter", ""), CreateRule.SERVER_ERROR),
        Row.rejected(400, coded("sensitive_words_detected", ""), CreateRule.SAID, INPUT_MODERATED),
        Row.rejected(
            400, "{\"message\":\"prompt is required\"}", CreateRule.REFUSED, REQUEST_REJECTED),
        Row.rejected(
            451,
            wrapped("fail_to_fetch_task", coded("InvalidParameter", "`content` is not valid")),
            CreateRule.SAID,
            REQUEST_REJECTED),
        Row.rejected(
            400,
            wrapped("upstream_error", coded("AccountOverdueError", "overdue")),
            CreateRule.SAID,
            ACCOUNT_REFUSED),
        Row.notCreated(
            403,
            wrapped("fail_to_fetch_task", "{\"code\":\"upstream_load_saturated\",\"data\":null}"),
            CreateRule.SAID),
        Row.unknown(
            451,
            wrapped("fail_to_fetch_task", coded("InternalServiceError", "try again")),
            CreateRule.SAID),
        Row.rejected(
            400,
            coded("", "The request failed because the input text may contain sensitive words"),
            CreateRule.SAID,
            INPUT_MODERATED),
        Row.rejected(
            400,
            "{\"detail\":[{\"loc\":[\"body\",\"content\",1],\"type\":\"missing\",\"msg\":\"m\"}]}",
            CreateRule.SAID,
            REQUEST_REJECTED),
        // What is wrapped may be a quoted prompt: beside a 2xx or a 5xx it decides nothing.
        Row.unknown(
            200, wrapped("upstream_error", coded("InvalidParameter", "no")), CreateRule.NO_TASK_ID),
        Row.unknown(200, wrapped("odd", coded("video_queue_full", "full")), CreateRule.NO_TASK_ID),
        Row.unknown(
            200, coded("upstream_error", "may contain sensitive words"), CreateRule.NO_TASK_ID),
        Row.unknown(
            500, wrapped("odd", coded("video_queue_full", "full")), CreateRule.SERVER_ERROR),
        Row.unknown(503, wrapped("odd", coded("model_not_found", "no")), CreateRule.SERVER_ERROR),
        Row.unknown(502, "<html>", CreateRule.SERVER_ERROR),
        Row.unknown(503, coded("ServerOverloaded", ""), CreateRule.SERVER_ERROR),
        Row.unknown(504, "", CreateRule.SERVER_ERROR),
        Row.unknown(303, "", CreateRule.REDIRECT),
        Row.unknown(308, "", CreateRule.REDIRECT),
        Row.rejected(
            400, coded("InputTextSensitiveContentDetected", ""), CreateRule.SAID, INPUT_MODERATED),
        Row.rejected(
            400,
            coded("InputImageSensitiveContentDetected.PrivacyInformation", ""),
            CreateRule.SAID,
            INPUT_MODERATED),
        Row.rejected(
            400,
            coded("upstream_error", "InputVideoSensitiveContentDetected: no"),
            CreateRule.SAID,
            INPUT_MODERATED),
        Row.rejected(
            200,
            "{\"code\":\"InputAudioSensitiveContentDetected\",\"message\":\"\"}",
            CreateRule.SAID,
            INPUT_MODERATED),
        Row.rejected(
            400,
            coded("OutputVideoSensitiveContentDetected.PolicyViolation", ""),
            CreateRule.SAID,
            OUTPUT_MODERATED),
        Row.rejected(400, coded("InvalidParameter.content", ""), CreateRule.SAID, REQUEST_REJECTED),
        Row.rejected(400, coded("InvalidImageURL.EmptyURL", ""), CreateRule.SAID, REQUEST_REJECTED),
        Row.rejected(200, coded("MissingParameter", ""), CreateRule.SAID, REQUEST_REJECTED),
        Row.rejected(401, coded("AuthenticationError", ""), CreateRule.SAID, ACCOUNT_REFUSED),
        Row.rejected(403, coded("AccountOverdueError", ""), CreateRule.SAID, ACCOUNT_REFUSED),
        Row.rejected(400, coded("InvalidAccountStatus", ""), CreateRule.SAID, ACCOUNT_REFUSED),
        Row.rejected(400, coded("AccessDenied", ""), CreateRule.SAID, ACCOUNT_REFUSED),
        Row.rejected(
            403, coded("OperationDenied.ServiceOverdue", ""), CreateRule.SAID, ACCOUNT_REFUSED),
        Row.rejected(
            404, coded("InvalidEndpointOrModel.NotFound", ""), CreateRule.SAID, MODEL_UNAVAILABLE),
        Row.rejected(404, coded("ModelNotOpen", ""), CreateRule.SAID, MODEL_UNAVAILABLE),
        Row.rejected(429, coded("SetLimitExceeded", ""), CreateRule.SAID, QUOTA_EXHAUSTED),
        Row.rejected(429, coded("InflightBatchsizeExceeded", ""), CreateRule.SAID, QUOTA_EXHAUSTED),
        Row.rejected(
            429,
            coded("QuotaExceeded", "Your free trial quota is used up."),
            CreateRule.SAID,
            QUOTA_EXHAUSTED),
        Row.rejected(
            429,
            coded("QuotaExceeded", "The Weekly cap is reached."),
            CreateRule.SAID,
            QUOTA_EXHAUSTED),
        Row.notCreated(429, coded("QuotaExceeded", "too many tasks are queued"), CreateRule.SAID),
        Row.notCreated(429, coded("ModelAccountRpmRateLimitExceeded", ""), CreateRule.SAID),
        Row.notCreated(429, coded("AccountRateLimitExceeded", ""), CreateRule.SAID),
        Row.notCreated(429, coded("RequestBurstTooFast", ""), CreateRule.SAID),
        Row.notCreated(429, coded("ServerOverloaded", ""), CreateRule.SAID),
        Row.notCreated(429, coded("SomethingNew", ""), CreateRule.BUSY),
        Row.notCreated(429, "<html>slow down", CreateRule.BUSY),
        Row.notCreated(200, "{\"code\":429,\"message\":\"slow down\"}", CreateRule.SAID),
        Row.rejected(401, "", CreateRule.ACCOUNT_BY_STATUS, ACCOUNT_REFUSED),
        Row.rejected(402, "", CreateRule.ACCOUNT_BY_STATUS, ACCOUNT_REFUSED),
        Row.rejected(403, coded("insufficient_user_quota", ""), CreateRule.SAID, ACCOUNT_REFUSED),
        Row.rejected(403, coded("odd_code", ""), CreateRule.ACCOUNT_BY_STATUS, ACCOUNT_REFUSED),
        Row.rejected(200, "{\"code\":401,\"message\":\"who?\"}", CreateRule.SAID, ACCOUNT_REFUSED),
        Row.rejected(400, "{", CreateRule.REFUSED, REQUEST_REJECTED),
        Row.rejected(404, "<html>", CreateRule.NO_SUCH_ROUTE, ROUTE_NOT_FOUND),
        Row.rejected(404, "404 page not found", CreateRule.NO_SUCH_ROUTE, ROUTE_NOT_FOUND),
        Row.rejected(404, "default backend - 404", CreateRule.NO_SUCH_ROUTE, ROUTE_NOT_FOUND),
        Row.rejected(
            400, "400 InputTextSensitiveContentDetected: no", CreateRule.SAID, INPUT_MODERATED),
        Row.rejected(400, "403 AccountOverdueError", CreateRule.SAID, ACCOUNT_REFUSED),
        Row.rejected(400, "<p>AccountOverdueError</p>", CreateRule.REFUSED, REQUEST_REJECTED),
        Row.notCreated(429, "slow down", CreateRule.BUSY),
        // A text may quote: it decides nothing beside a 2xx or a 5xx.
        Row.unknown(503, "no available channel", CreateRule.SERVER_ERROR),
        Row.unknown(200, "200 InvalidParameter", CreateRule.NO_TASK_ID),
        Row.unknown(
            200,
            "{\"data\":\"{\\\"error\\\":{\\\"code\\\":\\\"video_queue_full\\\"}}\"}",
            CreateRule.NO_TASK_ID),
        Row.rejected(
            200,
            "{\"errors\":[{\"code\":\"InvalidParameter\"}]}",
            CreateRule.SAID,
            REQUEST_REJECTED),
        Row.rejected(404, "", CreateRule.NO_SUCH_ROUTE, ROUTE_NOT_FOUND),
        Row.rejected(404, "{\"detail\":\"Not Found\"}", CreateRule.NO_SUCH_ROUTE, ROUTE_NOT_FOUND),
        Row.rejected(
            404,
            "{\"status\":404,\"error\":\"Not Found\",\"path\":\"/v1/videos\"}",
            CreateRule.NO_SUCH_ROUTE,
            ROUTE_NOT_FOUND),
        Row.rejected(
            404,
            "{\"code\":404,\"message\":\"no Route matched with those values\"}",
            CreateRule.NO_SUCH_ROUTE,
            ROUTE_NOT_FOUND),
        Row.rejected(
            404,
            "{\"error\":{\"message\":\"Invalid URL (POST /v1/videos)\",\"param\":\"\","
                + "\"type\":\"invalid_request_error\",\"code\":\"\"}}",
            CreateRule.SAID,
            ROUTE_NOT_FOUND),
        Row.rejected(404, coded("NotFound.Path", ""), CreateRule.SAID, ROUTE_NOT_FOUND),
        Row.rejected(405, "", CreateRule.NO_SUCH_ROUTE, ROUTE_NOT_FOUND),
        Row.rejected(
            405, "{\"detail\":\"Method Not Allowed\"}", CreateRule.NO_SUCH_ROUTE, ROUTE_NOT_FOUND),
        Row.rejected(404, coded("", "the draft is gone"), CreateRule.REFUSED, REQUEST_REJECTED),
        Row.unknown(200, coded("", "page not found"), CreateRule.NO_TASK_ID),
        Row.rejected(404, coded("NotFound.Task", ""), CreateRule.REFUSED, REQUEST_REJECTED),
        Row.rejected(
            400,
            "{\"code\":\"task_not_exist\",\"message\":\"\"}",
            CreateRule.REFUSED,
            REQUEST_REJECTED),
        Row.rejected(413, "", CreateRule.REFUSED, REQUEST_REJECTED),
        Row.rejected(421, "", CreateRule.REFUSED, REQUEST_REJECTED),
        Row.rejected(422, "", CreateRule.REFUSED, REQUEST_REJECTED),
        Row.unknown(200, "{}", CreateRule.NO_TASK_ID),
        Row.unknown(200, "[]", CreateRule.NO_TASK_ID),
        Row.unknown(200, "null", CreateRule.NO_TASK_ID),
        Row.unknown(200, "", CreateRule.NO_TASK_ID),
        Row.unknown(204, "", CreateRule.NO_TASK_ID),
        Row.unknown(200, "<html>welcome", CreateRule.NO_TASK_ID),
        Row.unknown(200, "{\"id\":\"cgt-1", CreateRule.NO_TASK_ID),
        Row.unknown(200, "{\"id\":\".\"}", CreateRule.NO_TASK_ID),
        Row.unknown(200, "{\"id\":\"..\"}", CreateRule.NO_TASK_ID),
        Row.unknown(200, "{\"id\":\"https://x.example/v?sig=1\"}", CreateRule.NO_TASK_ID),
        Row.unknown(200, "{\"id\":\"a\\u0007b\"}", CreateRule.NO_TASK_ID),
        Row.unknown(200, "{\"id\":\"a\\u202eb\"}", CreateRule.NO_TASK_ID),
        Row.unknown(200, "{\"id\":\"" + "x".repeat(513) + "\"}", CreateRule.NO_TASK_ID),
        Row.unknown(200, "{\"id\":\"a b\",\"code\":\"QuotaExceeded\"}", CreateRule.NO_TASK_ID),
        Row.unknown(200, "{\"data\":{\"id\":{}},\"code\":429}", CreateRule.NO_TASK_ID),
        // What says that there is no id names no task, and the error is read.
        Row.rejected(
            200,
            "{\"id\":false,\"error\":{\"code\":\"AccountOverdueError\"}}",
            CreateRule.SAID,
            ACCOUNT_REFUSED),
        Row.rejected(
            200,
            "{\"id\":\"null\",\"error\":{\"code\":\"InvalidParameter\"}}",
            CreateRule.SAID,
            REQUEST_REJECTED),
        Row.unknown(200, "{\"id\":-1,\"error\":\"failed\"}", CreateRule.NO_TASK_ID),
        Row.unknown(200, "{\"id\":\"error\",\"message\":\"odd\"}", CreateRule.NO_TASK_ID),
        // What broke behind a gateway, whatever it says of it.
        Row.unknown(400, coded("", "socket hang up"), CreateRule.SAID),
        Row.unknown(
            400,
            "{\"error\":\"('Connection aborted.', RemoteDisconnected('Remote end closed connection"
                + " without response'))\"}",
            CreateRule.SAID),
        Row.unknown(400, coded("", "http2: server sent GOAWAY and closed it"), CreateRule.SAID),
        Row.unknown(
            400,
            coded(
                "fail_to_fetch_task", "upstream connect error or disconnect/reset before headers"),
            CreateRule.SAID),
        Row.unknown(400, coded("", "bad response status code 502, body: "), CreateRule.SAID),
        Row.unknown(400, coded("unmarshal_response_body_failed", "m"), CreateRule.SAID_SURELY),
        Row.unknown(400, coded("insert_task_failed", "m"), CreateRule.SAID_SURELY),
        Row.unknown(400, coded("server_error", "m"), CreateRule.SAID),
        Row.unknown(400, coded("InternalError", "m"), CreateRule.SAID),
        Row.unknown(400, coded("", "上游返回空响应"), CreateRule.SAID),
        Row.notCreated(400, coded("", "rate limit exceeded, try again later"), CreateRule.SAID),
        Row.unknown(400, coded("", "upstream status code 500: rate limited"), CreateRule.SAID),
        Row.rejected(
            400, coded("", "the frame rate limit is 60"), CreateRule.SAID, REQUEST_REJECTED),
        Row.rejected(
            400, coded("idempotency_key_missing", "m"), CreateRule.REFUSED, REQUEST_REJECTED),
        Row.notCreated(400, coded("Throttling.RateQuota", "m"), CreateRule.SAID),
        Row.rejected(
            429,
            coded("Throttling.AllocationQuota", "Free allocated quota exceeded."),
            CreateRule.SAID,
            QUOTA_EXHAUSTED),
        Row.rejected(429, coded("", "out of credits"), CreateRule.SAID, ACCOUNT_REFUSED),
        Row.rejected(
            403,
            "{\"error\":{\"message\":\"Request blocked: prompt contains prohibited content\","
                + "\"type\":\"forbidden\"}}",
            CreateRule.SAID,
            INPUT_MODERATED),
        Row.rejected(
            404,
            coded("", "Unknown request URL: POST /v1/x. See the docs at https://gw.example/docs"),
            CreateRule.NO_SUCH_ROUTE,
            ROUTE_NOT_FOUND),
        // A URL of the request that is not there is no path of the service.
        Row.rejected(
            404,
            coded("", "Page not found while fetching https://cdn.example/cat.png"),
            CreateRule.REFUSED,
            REQUEST_REJECTED),
        // Whatever the status, a task that is spoken of, or is under way, may be ours.
        Row.unknown(
            429,
            "{\"id\":\"cgt-20261130120000-abcde\",\"status\":\"queued\"}",
            CreateRule.NO_TASK_ID),
        Row.unknown(
            429,
            "{\"error\":{\"code\":\"ServerOverloaded\"},\"task_id\":\"cgt-20261130120000-abcde\"}",
            CreateRule.NO_TASK_ID),
        Row.unknown(
            200,
            "{\"code\":429,\"msg\":\"busy\",\"data\":\"cgt-20261130120000-abcde\"}",
            CreateRule.NO_TASK_ID),
        Row.unknown(
            409,
            coded("TaskAlreadyExists", "created before: cgt-20261130120000-abcde"),
            CreateRule.NO_TASK_ID),
        Row.unknown(
            200,
            "{\"code\":402,\"message\":\"low balance\",\"video_id\":\"v_1\",\"status\":\"queued\"}",
            CreateRule.NO_TASK_ID),
        Row.unknown(
            409, coded("idempotency_conflict", "it is still being processed"), CreateRule.SAID),
        Row.unknown(409, coded("", "the task already exists"), CreateRule.SAID),
        Row.unknown(200, "{\"id\":null,\"error\":{\"code\":\"odd\"}}", CreateRule.NO_TASK_ID),
        // In a list of several nothing says which is ours; a bare text may be what went wrong.
        Row.unknown(200, "[{\"id\":\"cgt-1\"},{\"id\":\"cgt-2\"}]", CreateRule.NO_TASK_ID),
        Row.unknown(
            200, "{\"items\":[{\"id\":\"cgt-1\"},{\"id\":\"cgt-2\"}]}", CreateRule.NO_TASK_ID),
        Row.unknown(200, "{\"data\":\"cgt-1\"}", CreateRule.NO_TASK_ID),
        Row.unknown(200, "{\"code\":500,\"data\":\"cgt-1\"}", CreateRule.SAID),
        Row.unknown(200, "{\"code\":1,\"data\":\"cgt-1\"}", CreateRule.NO_TASK_ID),
        Row.unknown(200, "{\"code\":1,\"result\":\"no_balance_10002\"}", CreateRule.NO_TASK_ID),
        Row.unknown(200, "{\"code\":0,\"data\":\"success\"}", CreateRule.NO_TASK_ID),
        Row.unknown(200, "{\"code\":0,\"data\":\"E10001\"}", CreateRule.NO_TASK_ID),
        Row.unknown(200, "{\"code\":0,\"data\":\"2026-11-29T10:00:00Z\"}", CreateRule.NO_TASK_ID),
        Row.unknown(200, "{\"code\":0,\"data\":\"余额不足10002000\"}", CreateRule.NO_TASK_ID),
        Row.unknown(
            200, "{\"code\":0,\"data\":\"cgt-1\",\"error\":\"busy\"}", CreateRule.NO_TASK_ID),
        Row.unknown(
            200, "{\"code\":0,\"status\":\"error\",\"data\":\"cgt-1\"}", CreateRule.NO_TASK_ID),
        Row.rejected(200, "{\"code\":401,\"data\":\"cgt-1\"}", CreateRule.SAID, ACCOUNT_REFUSED),
        Row.notCreated(200, "{\"code\":429,\"result\":\"cgt-1\"}", CreateRule.SAID),
        Row.unknown(200, "{\"code\":408,\"message\":\"\"}", CreateRule.IN_DOUBT),
        Row.unknown(200, "{\"code\":1001,\"message\":\"\"}", CreateRule.NO_TASK_ID));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void answer_isJudgedByItsRule_andTheRequestIsSentOnce(Row row) {
    server.enqueue(json(row.status(), row.body()));
    server.enqueue(json(200, "{\"id\":\"cgt-second\"}"));

    Creation creation = TestServer.provider(server).create(BODY, Instant.MAX);

    assertThat(creation).isInstanceOf(row.creation());
    if (creation instanceof Creation.Rejected rejected) {
      assertThat(rejected.error().failure()).isEqualTo(row.failure());
    }
    assertThat(server.getRequestCount()).isEqualTo(1);
  }

  @ParameterizedTest
  @MethodSource("rows")
  void row_isOfTheRuleThatItNames(Row row) {
    Reply reply = TestServer.reply(row.status(), row.body().getBytes(UTF_8));

    assertThat(
            CreateReading.rule(
                reply, CreateReading.error(reply), ServiceWords.builtIn().about(BODY), BODY))
        .isEqualTo(row.rule());
  }

  @Test
  void everyRule_decidesSomeRow() {
    assertThat(rows().stream().map(Row::rule).distinct())
        .containsExactlyInAnyOrder(CreateRule.values());
  }

  static Stream<String> repliesWithTheId() {
    return Stream.of(
        "{\"id\":\"cgt-1\"}",
        "{\"task_id\":\"cgt-1\"}",
        "{\"id\":\"cgt-1\",\"task_id\":\"other\",\"object\":\"video\",\"status\":\"queued\"}",
        "{\"code\":\"success\",\"message\":\"\",\"data\":{\"task_id\":\"cgt-1\"}}",
        "{\"code\":200,\"data\":{\"id\":\"cgt-1\"}}",
        "{\"code\":0,\"info\":\"ok\",\"result\":{\"id\":\"cgt-1\",\"error\":null}}",
        "{\"id\":10234,\"task_id\":\"cgt-1\",\"status\":\"queued\"}",
        "{\"code\":\"success\",\"data\":{\"id\":10234,\"task_id\":\"cgt-1\"}}",
        "{\"id\":\"0217-request\",\"data\":{\"task_id\":\"cgt-1\"}}",
        "{\"id\":\"cgt-1\",\"data\":{\"task_id\":\"other\"}}",
        "{\"id\":\"cgt-1\",\"task_id\":\"cgt-1\",\"data\":{\"id\":\"cgt-upstream\"}}",
        "{\"id\":\"cgt-1\",\"object\":\"video\",\"data\":{\"task_id\":\"upstream\"}}",
        "{\"id\":0,\"task_id\":\"cgt-1\"}",
        "{\"id\":\"null\",\"taskId\":\"cgt-1\"}",
        "{\"id\":\"cgt-1\",\"polling_url\":\"https://gw.example/p/1\",\"status\":\"pending\"}",
        "{\"code\":\"success\",\"data\":[{\"task_id\":\"cgt-1\"},{\"task_id\":\"other\"}]}",
        "{\"code\":200,\"result\":[{\"id\":\"cgt-1\"}]}",
        "{\"output\":{\"task_id\":\"cgt-1\",\"task_status\":\"PENDING\"},\"request_id\":\"r\"}",
        "\uFEFF{\"id\":\"cgt-1\"}",
        "[{\"id\":\"cgt-1\",\"status\":\"queued\"}]",
        "{\"items\":[{\"id\":\"cgt-1\"}]}",
        "{\"tasks\":[{\"task_id\":\"cgt-1\"}]}",
        "{\"code\":0,\"data\":{\"items\":[{\"id\":\"cgt-1\"}]}}",
        "{\"video\":{\"id\":\"cgt-1\",\"status\":\"queued\"}}",
        "{\"code\":0,\"data\":\"cgt-1\"}",
        "{\"code\":200,\"msg\":\"ok\",\"result\":\"cgt-1\"}",
        "{\"code\":\"success\",\"data\":\"cgt-1\"}",
        "{\"success\":true,\"data\":\"cgt-1\"}",
        "{\"status\":\"success\",\"data\":\"cgt-1\"}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ark:cgt-20261129020202-abcde",
        "video_6f1c1e9e-8c7b-4a51-9d3a-2f0c7b1c9a11",
        "video_cm91dGVyOnByb3ZpZGVyOmFyazttb2RlbF9pZDpjZ3QtMjAyNjExMjkwMjAyMDItYWJjZGU7dmlkZW8=",
        "a/b;c=d%2F?e#f&g+h",
        "../../etc",
        "...",
        "任务-1"
      })
  void anyPrintableText_isATaskId(String id) {
    server.enqueue(json(202, "{\"id\":\"" + id + "\"}"));
    server.enqueue(json(200, "{\"code\":0,\"data\":[{\"task_id\":\"" + id + "\"}]}"));
    HttpVideoProvider provider = TestServer.provider(server);

    assertThat(provider.create(BODY, Instant.MAX)).isEqualTo(new Creation.Created(id));
    assertThat(provider.create(BODY, Instant.MAX)).isEqualTo(new Creation.Created(id));
  }

  @Test
  void idOf512Characters_isATaskId() {
    String id = "x".repeat(512);
    server.enqueue(json(200, "{\"id\":\"" + id + "\"}"));

    assertThat(TestServer.provider(server).create(BODY, Instant.MAX))
        .isEqualTo(new Creation.Created(id));
  }

  @ParameterizedTest
  @MethodSource("repliesWithTheId")
  void taskId_isReadFromEveryShape(String reply) {
    server.enqueue(json(200, reply));

    assertThat(TestServer.provider(server).create(BODY, Instant.MAX))
        .isEqualTo(new Creation.Created("cgt-1"));
  }

  /** M: of the Midjourney proxies, whose 1 is a success. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"code\":1,\"description\":\"ok\",\"result\":\"1320098173412546\"}",
        "{\"code\":1,\"result\":1320098173412546}",
        "{\"code\":0,\"data\":1320098173412546}"
      })
  void longNumberInAnEnvelope_isATaskId(String reply) {
    server.enqueue(json(200, reply));

    assertThat(TestServer.provider(server).create(BODY, Instant.MAX))
        .isEqualTo(new Creation.Created("1320098173412546"));
  }

  /** A request may name a task of the service, a draft, and the answer it. */
  @ParameterizedTest
  @ValueSource(strings = {"draft %s is gone", "draft %s_not_found", "%s-is-invalid", "draft:%s"})
  void taskOfTheRequest_inARefusal_isNoTaskOfOurs(String message) {
    String draft = "cgt-20260930120000-abcde";
    server.enqueue(error(400, "InvalidParameter", message.formatted(draft)));

    assertThat(
            TestServer.provider(server)
                .create(
                    new Json(Map.of("content", List.of(Map.of("draft_task", Map.of("id", draft))))),
                    Instant.MAX))
        .isInstanceOf(Creation.Rejected.class);
  }

  @Test
  void request_isTheBodyFieldForField_withTheKeyInItsHeaderOnly() throws Exception {
    server.enqueue(json(200, "{\"id\":\"cgt-1\"}"));
    Object tree =
        new ObjectMapper()
            .readValue(
                "{\"model\":\"m\",\"seed\":9007199254740993,\"x\":1.50,\"n\":null,"
                    + "\"content\":[{\"type\":\"text\",\"text\":\"猫 \\\"q\\\" 😀\"}]}",
                Object.class);

    TestServer.provider(server).create(new Json(tree), Instant.MAX);

    RecordedRequest request = server.takeRequest();
    assertThat(new ObjectMapper().readValue(request.getBody().utf8(), Object.class))
        .isEqualTo(tree);
    assertThat(request.getTarget()).isEqualTo("/v1/videos");
    assertThat(request.getHeaders().values("Authorization"))
        .containsExactly("Bearer " + TestServer.KEY);
    assertThat(request.getHeaders().get("Content-Type")).isEqualTo("application/json");
    assertThat(request.getHeaders().get("User-Agent")).isEqualTo("temporal-seedance");
  }

  @Test
  void bodyThatIsNoJson_isNotSent() {
    for (Object tree : List.of(List.of(), "text", 1, nested(1100))) {
      assertThatThrownBy(() -> TestServer.provider(server).create(new Json(tree), Instant.MAX))
          .isInstanceOf(IllegalArgumentException.class)
          .hasNoCause();
    }
    assertThat(server.getRequestCount()).isZero();
  }

  private static Object nested(int depth) {
    return depth == 0 ? "deep" : Map.of("in", nested(depth - 1));
  }

  /** The rules refuse it; should one get here, it must not break a create half way. */
  @Test
  void loneSurrogate_isSentAsAnEscape() throws Exception {
    server.enqueue(json(200, "{\"id\":\"cgt-1\"}"));

    TestServer.provider(server).create(new Json(Map.of("text", "a\ud800b\ud800")), Instant.MAX);

    assertThat(server.takeRequest().getBody().utf8()).isEqualTo("{\"text\":\"a\\uD800b\\uD800\"}");
  }

  @ParameterizedTest
  @CsvSource({
    "7, PT7S",
    "0, PT0S",
    "999999999999999999, PT1H",
    "'Sun, 22 Nov 2026 18:45:30 GMT', PT30S",
    "'Sun, 22 Nov 2026 18:44:00 GMT', PT0S"
  })
  void retryAfter_isHonouredAndCapped(String header, Duration expected) {
    server.enqueue(json(429, "{}").newBuilder().setHeader("Retry-After", header).build());

    assertThat(TestServer.provider(server).create(BODY, Instant.MAX))
        .isEqualTo(new Creation.NotCreated("the service is busy (429)", Optional.of(expected)));
  }

  @Test
  void retryAfterDate_countsFromTheRepliesOwnDate() {
    server.enqueue(
        json(429, "{}")
            .newBuilder()
            .setHeader("Date", "Sun, 22 Nov 2026 12:00:00 GMT")
            .setHeader("Retry-After", "Sun, 22 Nov 2026 12:00:09 GMT")
            .build());

    assertThat(TestServer.provider(server).create(BODY, Instant.MAX))
        .isEqualTo(
            new Creation.NotCreated(
                "the service is busy (429)", Optional.of(Duration.ofSeconds(9))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"soon", "-1", "1.5", "99999999999999999999", ""})
  void unreadableRetryAfter_isNone(String header) {
    server.enqueue(json(429, "{}").newBuilder().setHeader("Retry-After", header).build());

    assertThat(TestServer.provider(server).create(BODY, Instant.MAX))
        .isEqualTo(new Creation.NotCreated("the service is busy (429)", Optional.empty()));
  }

  @Test
  void rejection_keepsCodeFieldRequestIdAndSentence_withoutThePrompt() {
    server.enqueue(
        error(
            400,
            "InvalidParameter",
            "The parameter `content[1].image_url` of "
                + TestServer.PROMPT
                + " is wrong. Request id: 0217690000abcdef"));

    assertThat(TestServer.provider(server).create(BODY, Instant.MAX))
        .isEqualTo(
            new Creation.Rejected(
                new ServiceError(
                    REQUEST_REJECTED,
                    "InvalidParameter",
                    "content[1].image_url",
                    "0217690000abcdef",
                    "The parameter `content[1].image_url` of … is wrong")));
  }

  @Test
  void rejection_readsParamAndHeader_andDropsWhatIsNoCode() {
    server.enqueue(
        json(
                400,
                "{\"error\":{\"code\":\"a sentence, not a code\",\"param\":\"duration\","
                    + "\"message\":\"see `https://secret/url?sig=1`\"}}")
            .newBuilder()
            .setHeader("X-Request-Id", "req-7")
            .build());

    assertThat(TestServer.provider(server).create(BODY, Instant.MAX))
        .isEqualTo(
            new Creation.Rejected(
                new ServiceError(REQUEST_REJECTED, null, "duration", "req-7", "see `…")));
  }

  /** Such as a web server's own page about a body that is too large for it. */
  @ParameterizedTest
  @CsvSource({
    "413, <html><h1>413 Request Entity Too Large</h1></html>, REQUEST_REJECTED",
    "400, '', REQUEST_REJECTED",
    "400, {}, REQUEST_REJECTED",
    "422, '{\"error\":{\"code\":\"\",\"message\":\"\"}}', REQUEST_REJECTED",
    "402, '', ACCOUNT_REFUSED",
    "404, page not found, ROUTE_NOT_FOUND"
  })
  void rejectionWithoutAWord_isToldByItsStatus(int status, String body, FailureType failure) {
    server.enqueue(json(status, body));

    assertThat(TestServer.provider(server).create(BODY, Instant.MAX))
        .isEqualTo(
            new Creation.Rejected(
                new ServiceError(failure, String.valueOf(status), null, null, null)));
  }

  @Test
  void wrappedRejection_isToldAsTheServiceSaidIt() {
    server.enqueue(
        json(
            451,
            wrapped(
                "fail_to_fetch_task",
                "{\"error\":{\"code\":\"InvalidParameter\",\"message\":\"The parameter `content`"
                    + " specified in the request is not valid: role must be specified. Request id:"
                    + " 021777221411142d7af947c1ba7087bb\",\"param\":\"content\"}}")));

    assertThat(TestServer.provider(server).create(BODY, Instant.MAX))
        .isEqualTo(
            new Creation.Rejected(
                new ServiceError(
                    REQUEST_REJECTED,
                    "InvalidParameter",
                    "content",
                    "021777221411142d7af947c1ba7087bb",
                    "The parameter `content` specified in the request is not valid: role must be"
                        + " specified")));
  }

  @ParameterizedTest
  @CsvSource({"private", "a_very_private_cat", "very.private.Cat", "VERYPRIVATE"})
  void wordOfThePrompt_passesThroughNoCodeAndNoField(String word) {
    for (int status : List.of(200, 400, 429, 500)) {
      server.enqueue(
          json(
              status,
              "{\"error\":{\"code\":\"%s\",\"param\":\"content.%s\",\"message\":\"see\"}}"
                  .formatted(word, word.replace('.', '_'))));

      assertThat(TestServer.provider(server).create(BODY, Instant.MAX).toString())
          .doesNotContainIgnoringCase("private");
    }
  }
}
