package seedance.activities.provider;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import seedance.workflows.generation.FailureType;
import seedance.workflows.json.Json;

/** What an error means where its codes, what it wraps and its text do not say the same. */
class ErrorPrecedenceTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final ServiceWords WORDS = ServiceWords.builtIn();
  private static final String ID = "cgt-1";

  private static String json(Object tree) {
    try {
      return MAPPER.writeValueAsString(tree);
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  /** A field's name, its value, and so on; fields without a value are left out. */
  private static Map<String, Object> fields(Object... pairs) {
    Map<String, Object> fields = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      if (pairs[i + 1] != null) {
        fields.put((String) pairs[i], pairs[i + 1]);
      }
    }
    return fields;
  }

  private static String error(String code, String message) {
    return json(fields("error", fields("code", code, "message", message)));
  }

  private static Json request(String prompt) {
    return new Json(
        fields(
            "model",
            "doubao-seedance-2-0",
            "content",
            List.of(fields("type", "text", "text", prompt))));
  }

  private static Reply reply(int status, String body) {
    return TestServer.reply(status, body.getBytes(StandardCharsets.UTF_8));
  }

  private static String created(int status, String body) {
    return created(status, body, TestServer.PROMPT);
  }

  /** A failure's name, or what else became of the create. */
  private static String created(int status, String body, String prompt) {
    Creation creation =
        CreateReading.of(reply(status, body), WORDS, TestServer.CLOCK, request(prompt));
    return creation instanceof Creation.Rejected rejected
        ? rejected.error().failure().name()
        : creation.getClass().getSimpleName();
  }

  private static TaskError failed(Map<String, Object> error) {
    String body = json(fields("id", ID, "status", "failed", "error", error));
    ServiceUrls urls = TestServer.urls(Dialect.ARK.defaultBaseUrl());
    TaskLook look = new LookReading(WORDS, urls, TestServer.CLOCK).read(ID, reply(200, body));
    return ((TaskLook.Seen) look).task().error().orElseThrow();
  }

  private static FailureType failure(String code, String message) {
    return failed(fields("code", code, "message", message)).failure();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "400 | bad_request | InputImageSensitiveContentDetected.PrivacyInformation | m |"
            + " INPUT_MODERATED",
        "400 | invalid_request | InputImageSensitiveContentDetected.PrivacyInformation | m |"
            + " INPUT_MODERATED",
        "400 | - | InputImageSensitiveContentDetected.PrivacyInformation | m | INPUT_MODERATED",
        "400 | BadRequest | OutputVideoSensitiveContentDetected | m | OUTPUT_MODERATED",
        "400 | - | AccountOverdueError | overdue balance | ACCOUNT_REFUSED",
        "400 | invalid_request_error | QuotaExceeded | the queue is full | NotCreated",
        "400 | invalid_request_error | QuotaExceeded | your free trial is spent | QUOTA_EXHAUSTED",
        "400 | invalid_request_error | InternalServiceError | try again | Unknown",
        "400 | invalid_params | InternalServiceError | try again | Unknown",
        "400 | 400 | InternalServiceError | try again | Unknown",
        "401 | 401 | InternalServiceError | try again | Unknown",
        "200 | bad_request | InternalServiceError | try again | Unknown",
        "200 | 400 | InternalServiceError | try again | Unknown",
        "403 | forbidden | InputTextSensitiveContentDetected | m | INPUT_MODERATED",
        "403 | permission_denied | ModelNotOpen | m | MODEL_UNAVAILABLE",
        "429 | rate_limit_exceeded | SetLimitExceeded | the service is paused | QUOTA_EXHAUSTED",
        "429 | too_many_requests | QuotaExceeded | your free trial is spent | QUOTA_EXHAUSTED",
        "429 | too_many_requests | QuotaExceeded | the queue is full | NotCreated",
        "429 | rate_limit_error | AccountOverdueError | overdue | ACCOUNT_REFUSED",
        "403 | insufficient_user_quota | InvalidParameter | m | ACCOUNT_REFUSED",
        "400 | InvalidParameter | AccountOverdueError | m | REQUEST_REJECTED"
      })
  void codeForAnything_yieldsToWhatItPassesOn(
      int status, String code, String inner, String message, String meaning) {
    String type = code == null ? "invalid_request_error" : null;

    for (String text : List.of(error(inner, message), inner + ": " + message)) {
      assertThat(
              created(
                  status,
                  json(fields("error", fields("message", text, "type", type, "code", code)))))
          .isEqualTo(meaning);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "BadRequest | OutputVideoSensitiveContentDetected | OUTPUT_MODERATED",
        "invalid_request_error | OutputVideoSensitiveContentDetected | OUTPUT_MODERATED",
        "bad_request | ServerOverloaded | NO_CAPACITY",
        "invalid_request | InternalServiceError | TASK_FAILED",
        "rate_limit_exceeded | InvalidParameter.TaskTypeConstraint | REQUEST_REJECTED"
      })
  void failedTasksCodeForAnything_yieldsToWhatItPassesOn(
      String code, String inner, FailureType failure) {
    assertThat(failure(code, error(inner, "m"))).isEqualTo(failure);
    assertThat(failure(code, inner + ": m")).isEqualTo(failure);
    assertThat(failed(fields("type", code, "message", inner + ": m")).failure()).isEqualTo(failure);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "404", "not_found", "invalid_request_error"})
  void modelThatIsNotThere_isNoRoute(String code) {
    for (String message :
        List.of(
            "The model or endpoint doubao-seedance-2-0 does not exist or you do not have access to"
                + " it.",
            "models/x is not found for API version v1beta")) {
      assertThat(created(404, error(code, message))).isEqualTo("MODEL_UNAVAILABLE");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "asset page not found in library",
        "endpoint ep-20260606 was not found",
        "the draft of this path is not found",
        "No such resource: asset-1",
        "API key 不存在",
        "URL 对应的图片不存在"
      })
  void inputThatIsNotThere_isNoRoute(String message) {
    assertThat(created(404, error("", message))).isEqualTo("REQUEST_REJECTED");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "404 | {'code':404,'msg':'请求地址不存在'}",
        "404 | {'code':404,'message':'接口不存在'}",
        "404 | {'code':404,'message':'接口 /v1/videos 不存在'}",
        "200 | {'code':404,'msg':'路径不存在，请检查路径是否正确'}",
        "404 | {'type':'about:blank','title':'Not Found','status':404,"
            + "'detail':'No static resource v1/videos.','instance':'/v1/videos'}",
        "404 | {'message':'The route v1/videos could not be found.'}",
        "404 | {'statusCode':404,'message':'Resource not found'}",
        "404 | {'error':{'code':'404','message':'Resource not found'}}",
        "404 | {'error':{'message':'Unknown request URL: POST /v1/videos. Please check the URL.',"
            + "'type':'invalid_request_error','code':'unknown_url'}}",
        "404 | {'error':{'message':'Not found: POST /v1/videos','type':'not_found_error'}}",
        "404 | {'message':'Cannot POST /v1/videos','error':'Not Found','statusCode':404}",
        "404 | {'error':'Not Found','message':'Route POST:/v1/videos not found','statusCode':404}",
        "404 | {'message':'The requested URL /v1/videos was not found on this server.'}",
        "404 | {'error':{'code':'route_not_found','message':'x'}}",
        "400 | {'code':7000,'message':'No route for that URI'}"
      })
  void pathThatIsNotThere_isTheOperators(int status, String body) {
    assertThat(created(status, body.replace('\'', '"'))).isEqualTo("ROUTE_NOT_FOUND");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "400 | InvalidEndpoint.ClosedEndpoint | currently closed | MODEL_UNAVAILABLE",
        "404 | UnsupportedModel | does not support the coding plan | MODEL_UNAVAILABLE",
        "400 | model_not_supported | m | MODEL_UNAVAILABLE",
        "400 | InputTextRiskDetection | violates ContentSecurityDetection | INPUT_MODERATED",
        "400 | InputImageRiskDetection | m | INPUT_MODERATED",
        "400 | OutputVideoRiskDetection | m | OUTPUT_MODERATED",
        "400 | ContentSecurityDetectionError | Internal error. CSDcode: 1 | Unknown",
        "400 | moderation_timeout | the moderation timed out | Unknown",
        "429 | AccountQuotaExceeded | exceeded the monthly usage quota | QUOTA_EXHAUSTED",
        "429 | AccountQuotaExceeded | exceeded the weekly usage quota | QUOTA_EXHAUSTED",
        "429 | AccountQuotaExceeded | exceeded the 5-hour usage quota | NotCreated",
        "429 | QuotaExceeded | exceeded the monthly usage quota | QUOTA_EXHAUSTED",
        "429 | QuotaExceeded | exceeded the 5-hour usage quota | NotCreated",
        "429 | '' | Your monthly credits are used up | QUOTA_EXHAUSTED",
        "429 | '' | Your free trial quota is exhausted | QUOTA_EXHAUSTED",
        "400 | InvalidSubscription | no valid coding plan | ACCOUNT_REFUSED",
        "400 | INSUFFICIENT_POINTS | m | ACCOUNT_REFUSED",
        "400 | '' | 积分不足 | ACCOUNT_REFUSED",
        "400 | '' | 该令牌额度已用尽 | ACCOUNT_REFUSED",
        "403 | '' | Your request was blocked by our safety system | INPUT_MODERATED",
        "403 | '' | user 12 has no access to model m | MODEL_UNAVAILABLE",
        "400 | image_too_large | m | REQUEST_REJECTED",
        "200 | 433 | sub key usage limit exceeded | QUOTA_EXHAUSTED",
        "200 | 455 | The system is under maintenance | NotCreated",
        "455 | 455 | Service unavailable: maintenance | NotCreated",
        "403 | 403 | bytedance/seedance-2.0 requires moderation on Seed. Your input was flagged for"
            + " \"violence\". No credits were charged. | INPUT_MODERATED",
        "403 | 403 | Your chosen model requires moderation and your input was flagged |"
            + " INPUT_MODERATED",
        "403 | 403 | This key has no access | ACCOUNT_REFUSED",
        "422 | '' | The input or output was flagged as sensitive. (E005) | INPUT_MODERATED",
        "404 | 404 | No endpoints found for bytedance/seedance-9. | MODEL_UNAVAILABLE",
        "503 | 503 | No endpoints found for bytedance/seedance-9. | Unknown",
        "400 | model_price_error | 模型 m 倍率或价格未配置，请联系管理员设置；Model m ratio or price not set |"
            + " MODEL_UNAVAILABLE",
        "500 | model_price_error | 模型 m 倍率或价格未配置，请联系管理员设置 | Unknown",
        "400 | model_price_error | duration does not match | REQUEST_REJECTED"
      })
  void codeOrSentence_isKnown(int status, String code, String message, String meaning) {
    assertThat(created(status, error(code, message))).isEqualTo(meaning);
    assertThat(created(status, json(fields("code", code, "message", message)))).isEqualTo(meaning);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "InvalidEndpoint.ClosedEndpoint | m | MODEL_UNAVAILABLE",
        "InputImageRiskDetection | m | INPUT_MODERATED",
        "OutputVideoRiskDetection | m | OUTPUT_MODERATED",
        "ContentSecurityDetectionError | m | TASK_FAILED",
        "moderation_timeout | the moderation timed out | TASK_FAILED",
        "AccountQuotaExceeded | exceeded the monthly usage quota | QUOTA_EXHAUSTED",
        "'' | INSUFFICIENT_POINTS | ACCOUNT_REFUSED",
        "'' | 积分不足 | ACCOUNT_REFUSED",
        "'' | 该令牌额度已用尽 | ACCOUNT_REFUSED",
        "'' | 提示词违规 | INPUT_MODERATED",
        "'' | 图片审核不通过 | INPUT_MODERATED",
        "'' | 输入内容不合规 | INPUT_MODERATED",
        "'' | 提示词包含违禁词 | INPUT_MODERATED",
        "'' | 内容涉嫌违规，请修改 | INPUT_MODERATED",
        "'' | 输入图片可能包含真人，请您更换后重试。 | INPUT_MODERATED",
        "'' | Your request was rejected by our safety system | INPUT_MODERATED",
        "'' | NSFW content detected | INPUT_MODERATED",
        "'' | the prompt violates our usage policies | INPUT_MODERATED",
        "'' | The input or output was flagged as sensitive. Please try again with different inputs."
            + " (E005) | INPUT_MODERATED",
        "'' | it contained material flagged by a content checker. | INPUT_MODERATED",
        "'' | Sensitive content detected in the input image | INPUT_MODERATED",
        "'' | The prompt was blocked by our content filters | INPUT_MODERATED",
        "'' | 内容安全检测未通过 | INPUT_MODERATED",
        "'' | 输入或输出未通过上游内容安全审核 | INPUT_MODERATED",
        "1301 | 系统检测到输入或生成内容可能包含不安全或敏感内容 | INPUT_MODERATED",
        "2038 | Input image may contain real person | INPUT_MODERATED",
        "50411 | Pre Img Risk Not Pass | INPUT_MODERATED",
        "50511 | Post Img Risk Not Pass | OUTPUT_MODERATED",
        "api_error | The input image may contain real person. | INPUT_MODERATED",
        "server_error | The input image may contain real person. | INPUT_MODERATED",
        "server_error | InvalidParameter: content[1].image_url is bad | REQUEST_REJECTED",
        "bad_request | The output video may contain sensitive information. | OUTPUT_MODERATED",
        "BadRequest | The input image may contain real person. | INPUT_MODERATED",
        "rate_limit_exceeded | insufficient balance | ACCOUNT_REFUSED",
        "image_too_large | image too large | REQUEST_REJECTED",
        "unsupported_resolution | 1080p not supported | REQUEST_REJECTED",
        "invalid_prompt | the prompt is too long | REQUEST_REJECTED",
        "invalid_prompt | flagged as violating our usage policy | INPUT_MODERATED",
        "timeout | execution timeout | TASK_FAILED",
        "odd_code | The input image may contain real person. | TASK_FAILED"
      })
  void failedTasksCodeOrSentence_isKnown(String code, String message, FailureType failure) {
    assertThat(failure(code, message)).isEqualTo(failure);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "400 | ^^ | prompt '%s' has too many characters | the queue_full sign | REQUEST_REJECTED",
        "400 | ^^ | %s: too many characters | queue_full | REQUEST_REJECTED",
        "400 | ^^ | bad prompt {\"code\":\"%s\"} | queue_full | REQUEST_REJECTED",
        "400 | ^^ | Unknown name: '%s' | TooManyRequests movie poster | REQUEST_REJECTED",
        "400 | unsupported_param | not for '%s' | at rate_limit_sign | REQUEST_REJECTED",
        "400 | ^^ | prompt %s is too long | a sign: 余额不足 | REQUEST_REJECTED",
        "502 | ^^ | upstream timeout: '%s' | a tv shows no available channel | Unknown",
        "503 | ^^ | sending {\"prompt\":\"%s\"} | a tv shows no available channel | Unknown",
        "400 | bad_request | lost '%s' | the InternalServiceError sign | Unknown"
      })
  void whatStandsInTheRequest_decidesNothing_butADoubt(
      int status, String code, String message, String prompt, String meaning) {
    assertThat(created(status, error(code, message.formatted(prompt)), prompt)).isEqualTo(meaning);
  }

  @ParameterizedTest
  @ValueSource(ints = {502, 504})
  void sentence_isNoProofBesideAGatewaysOwnStatus(int status) {
    String message = "No available channel for model m";

    assertThat(created(status, error("", message))).isEqualTo("Unknown");
    assertThat(created(503, error("", message))).isEqualTo("MODEL_UNAVAILABLE");
  }

  @Test
  void quotationOfAnUnknownRequest_decidesNothing() {
    assertThat(
            failure(
                "upstream_error",
                "InvalidParameter: the text 'a sign that reads 余额不足' is not valid"))
        .isEqualTo(FailureType.REQUEST_REJECTED);
    assertThat(failure("upstream_error", "the text “一个写着余额不足的牌子” was lost"))
        .isEqualTo(FailureType.TASK_FAILED);
    assertThat(failure("upstream_error", "the user's balance: 余额不足, that's all"))
        .isEqualTo(FailureType.ACCOUNT_REFUSED);
    assertThat(
            failure("upstream_error", "Error code: 400 - {'code': 'InvalidParameter', 'x': None}"))
        .isEqualTo(FailureType.REQUEST_REJECTED);
    assertThat(
            failed(
                    fields(
                        "code",
                        "400",
                        "message",
                        "Error code: 400 - {'error': {'code': 'InvalidParameter', 'message': 'The"
                            + " parameter ratio specified in the request is not valid', 'param':"
                            + " None}}"))
                .told(Optional.of(request("a cat")))
                .code())
        .isEqualTo("InvalidParameter");
    assertThat(failure("upstream_error", "\"The input image may contain real person.\""))
        .isEqualTo(FailureType.INPUT_MODERATED);
  }

  @Test
  void failedTask_isReadWithItsRequest_whereThatIsAtHand() {
    String prompt = "a poster, content policy of a school";
    TaskError unquoted =
        failed(fields("code", "", "message", "generation error, prompt was: " + prompt));
    TaskError quoting =
        failed(
            fields("code", "", "message", "refused: \"the input image may contain real person\""));

    assertThat(unquoted.told(Optional.of(request(prompt))).failure())
        .isEqualTo(FailureType.TASK_FAILED);
    assertThat(quoting.told(Optional.of(request(prompt))).failure())
        .isEqualTo(FailureType.INPUT_MODERATED);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "424 | upstream_error | upstream failed after 60 s | Unknown",
        "400 | upstream_timeout | context deadline exceeded while waiting for upstream | Unknown",
        "400 | bad_request | context deadline exceeded | Unknown",
        "400 | 408 | litellm.Timeout: APITimeoutError - Request timed out | Unknown",
        "400 | 504 | m | Unknown",
        "400 | fail_to_fetch_task | Post \"https://ark.example/api/v3/tasks\": EOF | Unknown",
        "400 | upstream_error | timed out while downloading the image | REQUEST_REJECTED",
        "400 | InvalidParameter | timeout while fetching resource | REQUEST_REJECTED",
        "424 | upstream_error | InvalidParameter: bad | REQUEST_REJECTED",
        "429 | ^^ | timed out waiting for a slot | NotCreated",
        "401 | 500 | who are you? | ACCOUNT_REFUSED"
      })
  void refusalThatSpeaksOfALostAnswer_isInDoubt(
      int status, String code, String message, String meaning) {
    assertThat(created(status, error(code, message))).isEqualTo(meaning);
  }
}
