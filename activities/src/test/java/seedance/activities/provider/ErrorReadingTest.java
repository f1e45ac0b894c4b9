package seedance.activities.provider;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import seedance.workflows.generation.FailureType;
import seedance.workflows.generation.ServiceError;

/** In which shapes a code and a sentence are found, whoever wrapped them how. */
class ErrorReadingTest {
  private static final ServiceWords WORDS = ServiceWords.builtIn();
  private static final String CODE = "InputTextSensitiveContentDetected";
  private static final String SENTENCE = "the words are not allowed";

  /** {@code ERROR} stands for the service's error, {@code JSON} for it in quotation marks. */
  private static String filled(String shape) {
    String error = "{'code':'CODE','message':'SENTENCE'}";
    return shape
        .replace("JSON", quoted("{'error':" + error + "}"))
        .replace("ERROR", error)
        .replace("CODE", CODE)
        .replace("SENTENCE", SENTENCE)
        .replace('\'', '"');
  }

  /** As Jackson writes it, but for the quotation marks that {@link #filled} turns. */
  private static String quoted(String json) {
    return "'" + json.replace("'", "\\'") + "'";
  }

  /** That a reply and a task have in common. */
  static Stream<String> shapes() {
    return Stream.of(
        "'error':[ERROR]",
        "'errors':[ERROR]",
        "'errors':[{},ERROR]",
        "'errors':['CODE: SENTENCE']",
        "'error':{'error':ERROR}",
        "'error':{'error':{'error':ERROR}}",
        "'error':{'error':'CODE: SENTENCE'}",
        "'error':{'message':ERROR}",
        "'error':{'code':500,'message':{'error':ERROR}}",
        "'error':{'code':'upstream_error','message':[ERROR]}",
        "'detail':{'error':ERROR}",
        "'detail':[{'error':ERROR}]",
        "'detail':{'error':'CODE: SENTENCE'}",
        "'data':JSON",
        "'details':JSON",
        "'details':{'error':ERROR}",
        "'details':[{'error':ERROR}]",
        "'error':'upstream','details':JSON",
        "'error':{'message':'failed','details':JSON}",
        "'error':{'message':'failed','data':JSON}",
        "'error':{'message':'Provider returned error','code':400,'metadata':{'raw':JSON}}",
        "'error':{'code':400,'metadata':{'raw':{'error':ERROR}}}",
        "'failCode':'CODE','failMsg':'SENTENCE'",
        "'failCode':500,'failMsg':'CODE: SENTENCE'",
        "'data':{'failCode':'CODE','failMsg':'SENTENCE'}",
        "'data':{'error':'CODE: SENTENCE'}",
        "'errorCode':'CODE','errorMessage':'SENTENCE'",
        "'errorCode':'CODE','message':'SENTENCE'",
        "'code':0,'error_code':'CODE','error_msg':'SENTENCE'",
        "'reason':'CODE: SENTENCE'",
        "'failed_reason':'CODE: SENTENCE'",
        "'message':'CODE: SENTENCE'",
        "'message':{'error':ERROR}",
        "'error':'Bad Request','message':'CODE: SENTENCE'",
        "'error':'SENTENCE','code':'CODE'",
        "'error':{'code':'failed'},'message':'CODE: SENTENCE'",
        "'error':true,'message':'CODE: SENTENCE'",
        "'error':{'name':'CODE','message':'SENTENCE'}",
        "'error':{'code':500,'name':'CODE','message':'SENTENCE'}",
        "'error':{'errorCode':'CODE','message':'SENTENCE'}");
  }

  static Stream<String> refusals() {
    return Stream.concat(
        shapes().map(shape -> "{" + shape + "}"),
        Stream.of(
            "[{'error':ERROR}]",
            "[ERROR]",
            "{'code':400,'message':ERROR}",
            "JSON",
            "'CODE: SENTENCE'",
            "CODE: SENTENCE",
            "400 CODE: SENTENCE",
            "400\n\tCODE: SENTENCE\n",
            "upstream said {'error':ERROR}"));
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void refusal_isToldWithCodeAndSentence_inEveryShape(String shape) {
    ServiceError error = refused(400, filled(shape));

    assertThat(error.failure()).isEqualTo(FailureType.INPUT_MODERATED);
    assertThat(error.code()).isEqualTo(CODE);
    assertThat(error.message()).endsWith(SENTENCE);
  }

  static Stream<String> ended() {
    return Stream.concat(
        shapes().map(shape -> "{'id':'cgt-1','status':'failed'," + shape + "}"),
        Stream.concat(
            shapes()
                .map(
                    shape ->
                        "{'code':200,'msg':'success','data':{'taskId':'cgt-1','state':'fail',"
                            + shape
                            + "}}"),
            Stream.of(
                "{'status':'failed','error':null,'reason':'CODE','message':'SENTENCE'}",
                "{'status':'failed','reason':'CODE: SENTENCE','message':'it failed'}",
                "{'code':'CODE','message':'SENTENCE','data':{'status':'FAILURE'}}",
                "{'code':'CODE','data':{'status':'FAILURE','message':'SENTENCE'}}",
                "{'status':'cancelled','message':'CODE: SENTENCE'}",
                "{'status':'expired','error':[ERROR]}")));
  }

  @ParameterizedTest
  @MethodSource("ended")
  void endedTask_isToldWithCodeAndSentence_inEveryShape(String shape) {
    ServiceError error = told(filled(shape));

    assertThat(error.failure()).isEqualTo(FailureType.INPUT_MODERATED);
    assertThat(error.code()).isEqualTo(CODE);
    assertThat(error.message()).endsWith(SENTENCE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'error_code':'CODE'",
        "'errorCode':'CODE'",
        "'failCode':'CODE','failMsg':''",
        "'reason':'CODE'",
        "'error':{'name':'CODE'}"
      })
  void codeAlone_decides(String shape) {
    ServiceError error = told(filled("{'status':'failed'," + shape + "}"));

    assertThat(error.failure()).isEqualTo(FailureType.INPUT_MODERATED);
    assertThat(error.code()).isEqualTo(CODE);
  }

  /** What a task says beside is no reason for its end. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'id':'cgt-1','status':'failed','type':'text_to_video','name':'odd','error':{}}",
        "{'id':'cgt-1','status':'failed','code':0,'message':'the call went well'}",
        "{'id':'cgt-1','status':'failed','message':'success','error_code':0}",
        "{'code':'success','message':'the call went well','data':{'task_id':'cgt-1','status':'FAILURE'}}",
        "{'id':'cgt-1','status':'failed','error':false,'errors':[],'failCode':'0','failMsg':null}",
        "{'id':'cgt-1','status':'failed','data':'no error','details':'none either'}"
      })
  void taskThatSaysNothing_isTaskFailed(String task) {
    assertThat(told(filled(task)))
        .isEqualTo(new ServiceError(FailureType.TASK_FAILED, null, null, null));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<html><body>CODE</body></html>",
        " \n<!DOCTYPE html><p>CODE",
        "CODE <b>not</b> allowed",
        "{'error':{'code':'CODE','mess",
        "[ {'error':{'code':'CODE','mess",
        "CODE \u0000\u0001",
        "CODE \uFFFD",
        "{'note':'CODE'}",
        "400",
        "7 "
      })
  void pageOrGarbage_tellsNothingButItsStatus(String body) {
    assertThat(refused(400, filled(body)))
        .isEqualTo(new ServiceError(FailureType.REQUEST_REJECTED, "400", null, null));
  }

  @Test
  void longText_isNoReason_andAShortOneIsCut() {
    assertThat(refused(400, CODE + ": " + "so ".repeat(2_000)).message()).isNull();
    assertThat(refused(400, CODE + ": " + "so ".repeat(500)).message()).hasSize(300);
  }

  @ParameterizedTest
  @MethodSource({"refusals", "ended"})
  void promptInAnyShape_isNotTold(String shape) {
    String body = filled(shape).replace(SENTENCE, "see " + TestServer.PROMPT);

    Creation creation =
        CreateReading.of(reply(400, body), WORDS, TestServer.CLOCK, TestServer.BODY);

    assertThat(creation.toString()).doesNotContain(TestServer.PROMPT);
  }

  @Test
  void textOfAKey_isBlankedFirst() {
    assertThat(refused(401, "401 the key " + TestServer.KEY + " is wrong").message())
        .doesNotContain(TestServer.KEY)
        .endsWith("is wrong");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "3f2a7c01-9b1d-4c6e-8a55-0d9e7b6c5a41",
        "3F2A7C01-9B1D-4C6E-8A55-0D9E7B6C5A41",
        "3f2a7c019b1d4c6e8a550d9e7b6c5a41",
        "3f2a7c01-9b1d-4c6e-8a55-0d9e7b",
        "3f2a7c01\\u002d9b1d\\u002D4c6e\\u002d8a55\\u002d0d9e7b6c5a41",
        "\\u0033f2a7c01-9b1d-4c6e-8a55-0d9e7b6c5a41",
        "3f2a7c01%2D9b1d%2d4c6e%2D8a55%2D0d9e7b6c5a41",
        "3f2a7c01&#45;9b1d&#x2d;4c6e&#045;8a55&#45;0d9e7b6c5a41"
      })
  void key_isBlanked_howeverItIsSpelled(String spelled) {
    Secret key = Secret.of("3f2a7c01-9b1d-4c6e-8a55-0d9e7b6c5a41");

    assertThat(key.blankedIn("{\"message\":\"bad key " + spelled + " given\"}"))
        .isEqualTo("{\"message\":\"bad key *** given\"}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"sk-", "sk-proj-", "ark_"})
  void key_isBlanked_withoutItsPrefix(String prefix) {
    Secret key = Secret.of(prefix + "abcdefghijklmnop1234567890");

    assertThat(key.blankedIn("invalid token: ABCDEFGHIJKLMNOP1234567890."))
        .isEqualTo("invalid token: ***");
  }

  @Test
  void errorThatSaysNo_isNone() {
    assertThat(
            CancelReading.of(
                reply(200, filled("{'error':false,'error_code':0,'message':'cancelled'}")),
                WORDS,
                TestServer.CLOCK))
        .isInstanceOf(Cancellation.Done.class);
  }

  /** Each level is twice as long as the one within, and each is opened once. */
  @Test
  @Timeout(60)
  void manyLevels_areReadInBoundedWork() throws JsonProcessingException {
    ObjectMapper mapper = new ObjectMapper();
    String text = filled("{'error':ERROR}");
    while (text.length() < Reply.LARGEST / 4) {
      String level = mapper.writeValueAsString(text);
      text = "{\"error\":{\"details\":%s},\"message\":%s}".formatted(level, "{}");
    }
    String wide = "[" + "{\"data\":[{},{}],\"error\":{}},".repeat(30_000) + "{}]";

    assertThat(refused(400, text).failure()).isEqualTo(FailureType.REQUEST_REJECTED);
    assertThat(refused(400, quotedInTurns()).failure()).isEqualTo(FailureType.INPUT_MODERATED);
    assertThat(refused(400, wide).failure()).isEqualTo(FailureType.REQUEST_REJECTED);
    assertThat(refused(400, "[".repeat(90) + "]".repeat(90)).failure())
        .isEqualTo(FailureType.REQUEST_REJECTED);
  }

  /** In this and the other quotation marks, as then two levels are hardly longer than one. */
  private static String quotedInTurns() {
    String text = filled("{'error':ERROR}");
    while (text.length() < Reply.LARGEST / 8) {
      for (String mark : List.of("'", "\"")) {
        String within = text.replace("\\", "\\\\").replace(mark, "\\" + mark);
        text = "{<code<:<upstream_error<,<message<:<%s<}".replace("<", mark).formatted(within);
      }
    }
    return text;
  }

  private static Reply reply(int status, String body) {
    return TestServer.reply(status, body.getBytes(UTF_8));
  }

  private static ServiceError refused(int status, String body) {
    Creation creation =
        CreateReading.of(reply(status, body), WORDS, TestServer.CLOCK, TestServer.BODY);
    assertThat(creation).isInstanceOf(Creation.Rejected.class);
    return ((Creation.Rejected) creation).error();
  }

  private static ServiceError told(String task) {
    TaskLook look =
        new LookReading(WORDS, TestServer.urls(Dialect.ARK.defaultBaseUrl()), TestServer.CLOCK)
            .read("cgt-1", reply(200, task));
    assertThat(look).isInstanceOf(TaskLook.Seen.class);
    return ((TaskLook.Seen) look).task().error().orElseThrow().told(Optional.of(TestServer.BODY));
  }
}
