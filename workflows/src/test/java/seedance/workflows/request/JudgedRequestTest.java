package seedance.workflows.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static seedance.workflows.request.Requests.json;
import static seedance.workflows.request.Requests.valid;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import seedance.workflows.json.Json;
import seedance.workflows.json.Verdict;
import seedance.workflows.json.Violation;
import seedance.workflows.json.Violations;

/** What becomes of a request: its typed view, what is sent, and the limits on its size. */
class JudgedRequestTest {
  private static final RequestRules RULES = RequestRules.builtIn();
  private static final int MIB = 1 << 20;

  /** The page's own examples, word for word. */
  @Test
  void pagesTextExample_isText() {
    VideoRequest request =
        valid(
            """
            {
            "model": "doubao-seedance-2-0-fast",
            "content": [
            { "type": "text", "text": "一只橘猫在阳光下的窗台上伸懒腰,镜头缓慢推进" }
            ],
            "resolution": "720p",
            "ratio": "16:9",
            "duration": 5
            }""");
    assertThat(request.mode())
        .isEqualTo(new GenerationMode.Text(List.of("一只橘猫在阳光下的窗台上伸懒腰,镜头缓慢推进")));
    assertThat(request.mode().label()).isEqualTo("text");
    assertThat(request.model()).isEqualTo("doubao-seedance-2-0-fast");
    assertThat(request.settings().resolution()).contains("720p");
    assertThat(request.settings().ratio()).contains("16:9");
    assertThat(request.settings().duration()).contains(5);
    assertThat(request.settings().seed()).isEmpty();
  }

  @Test
  void pagesFirstFrameExample_isFrames() {
    VideoRequest request =
        valid(
            """
            {
            "model": "doubao-seedance-2-0",
            "content": [
            { "type": "text", "text": "镜头缓缓拉远,画面中的人物转身微笑" },
            { "type": "image_url", "image_url": { "url": "https://example.com/first.jpg" }, "role": "first_frame" }
            ]
            }""");
    assertThat(request.mode())
        .isEqualTo(
            new GenerationMode.Frames(
                List.of("镜头缓缓拉远,画面中的人物转身微笑"),
                new MediaUrl("https://example.com/first.jpg"),
                Optional.empty()));
  }

  @Test
  void pagesFirstAndLastFrameExample_isFrames() {
    VideoRequest request =
        valid(
            """
            {
            "model": "doubao-seedance-2-0",
            "content": [
            { "type": "text", "text": "花朵从含苞到盛开" },
            { "type": "image_url", "image_url": { "url": "https://example.com/start.jpg" }, "role": "first_frame" },
            { "type": "image_url", "image_url": { "url": "https://example.com/end.jpg" }, "role": "last_frame" }
            ]
            }""");
    assertThat(request.mode())
        .isEqualTo(
            new GenerationMode.Frames(
                List.of("花朵从含苞到盛开"),
                new MediaUrl("https://example.com/start.jpg"),
                Optional.of(new MediaUrl("https://example.com/end.jpg"))));
  }

  @Test
  void pagesReferenceExample_isReference() {
    VideoRequest request =
        valid(
            """
            {
            "model": "doubao-seedance-2-0",
            "content": [
            { "type": "text", "text": "这个人在唱歌,口型与音频同步" },
            { "type": "image_url", "image_url": { "url": "asset://asset-xxxx" }, "role": "reference_image" },
            { "type": "audio_url", "audio_url": { "url": "https://example.com/voice.mp3" }, "role": "reference_audio" }
            ],
            "generate_audio": true
            }""");
    assertThat(request.mode())
        .isEqualTo(
            new GenerationMode.Reference(
                List.of("这个人在唱歌,口型与音频同步"),
                List.of(new MediaUrl("asset://asset-xxxx")),
                List.of(),
                List.of(new MediaUrl("https://example.com/voice.mp3"))));
    assertThat(request.settings().generateAudio()).contains(true);
  }

  @Test
  void draftTask_isFinal() {
    VideoRequest request =
        valid(
            "{'model':'doubao-seedance-1-5-pro','content':"
                + "[{'type':'draft_task','draft_task':{'id':'cgt-1'}}]}");
    assertThat(request.mode()).isEqualTo(new GenerationMode.FinalOfDraft("cgt-1"));
    assertThat(request.mode().label()).isEqualTo("final");
  }

  @Test
  void optionalNulls_areNotSentOn_andTheOrderStays() {
    VideoRequest request =
        valid(
            "{'seed':null,'ratio':'1:1','model':'doubao-seedance-2-0','tools':null,'content':[{'role':null,"
                + "'type':'text','text':'a','image_url':null},{'type':'image_url','image_url':"
                + "{'url':'https://a.example/a'},'role':null}],'watermark':null}");
    assertThat(request.json())
        .isEqualTo(
            json(
                "{'ratio':'1:1','model':'doubao-seedance-2-0','content':[{'type':'text',"
                    + "'text':'a'},{'type':'image_url','image_url':{'url':'https://a.example/a'}}]}"));
    assertThat(((Map<?, ?>) request.json().tree()).keySet().toString())
        .isEqualTo("[ratio, model, content]");
  }

  @Test
  void everyOptionalField_isLeftOutWhereNull() {
    String nulls =
        SentBody.OPTIONAL_FIELDS.stream()
            .map(name -> ",'" + name + "':null")
            .collect(Collectors.joining());
    String body = "{'model':'ep-1','content':[{'type':'text','text':'a'}]%s}";
    assertThat(valid(body.formatted(nulls)).json()).isEqualTo(json(body.formatted("")));
  }

  @Test
  void everyFieldThatTheRulesRead_isKnownToBeOptional() {
    for (String name : SentBody.OPTIONAL_FIELDS) {
      String body = "{'model':'ep-1','content':[{'type':'text','text':'a'}],'%sn':1}";
      assertThat(Requests.check(body.formatted(name)).toString())
          .contains("did you mean \"" + name + "\"?");
    }
    assertThat(SentBody.OPTIONAL_FIELDS)
        .hasSize(VideoRequest.Settings.class.getRecordComponents().length);
  }

  @Test
  void unknownFields_passUnchanged_whereAllowed() {
    Json body =
        json(
            "{'model':'ep-1','content':[{'type':'text','text':'a','later':null},{'type':'image_url',"
                + "'image_url':{'url':'https://a.example/a','detail':[1.50]}}],'tools':[],"
                + "'new_field':{'a':null,'b':[5.0,'x']},'other':null}");
    Verdict<VideoRequest> verdict = RULES.check(body, true);
    assertThat(verdict).matches(Verdict::isValid);
    assertThat(verdict.orElseThrow().json()).isEqualTo(body);
    assertThat(paths(RULES.check(body, false)))
        .containsExactly("content[0].later", "content[1].image_url.detail", "new_field", "other");
  }

  @Test
  void allowingUnknownFields_doesNotAllowBrokenOnes() {
    Json body = json("{'model':'ep-1','content':[{'type':'text'}],'duration':'5','x':1}");
    assertThat(paths(RULES.check(body, true))).containsExactly("content[0].text", "duration");
  }

  @ParameterizedTest
  @CsvSource({
    "image, png, 1, false",
    "image, png, 29, false",
    "image, png, 31, true",
    "audio, wav, 14, false",
    "audio, wav, 16, true"
  })
  void inlineMedium_isMeasuredDecoded(String medium, String format, int mebibytes, boolean over) {
    String data =
        "data:" + medium + "/" + format + ";base64," + "A".repeat(mebibytes * MIB / 3 * 4);
    assertThat(MediaUrlRules.fault(Medium.ofType(medium + "_url").orElseThrow(), data).isPresent())
        .isEqualTo(over);
  }

  @Test
  void bodyThatCannotTravel_isNamedAtItsLargestInlineMedium() {
    Json body =
        withImages(
            "data:image/png;base64," + "A".repeat(400_000),
            "https://a.example/" + "a".repeat(600_000),
            "data:image/png;base64," + "A".repeat(500_000));
    assertThat(RULES.check(body))
        .isEqualTo(
            Verdict.invalid(
                List.of(
                    new Violation(
                        "content[2].image_url.url",
                        "the body has 1465 KiB, over the 1024 KiB that travel through a workflow:"
                            + " pass this medium as https:// or asset://"))));
  }

  @Test
  void longPrompt_isNamedForTheWholeBody() {
    Verdict<VideoRequest> verdict =
        RULES.check(
            new Json(
                Map.of(
                    "model",
                    "ep-1",
                    "content",
                    List.of(Map.of("type", "text", "text", "图".repeat(400_000))))));
    assertThat(verdict.violations().toString()).contains("$: the body has 1171 KiB");
  }

  @Test
  void bodyOfOneMebibyte_passes_andOneByteMoreDoesNot() {
    Json small = withImages("data:image/png;base64,");
    int rest = MIB - Math.toIntExact(BodyScan.bytes(small.tree(), new Violations()));
    assertThat(RULES.check(withImages("data:image/png;base64," + "A".repeat(rest / 4 * 4))))
        .matches(Verdict::isValid);
    assertThat(RULES.check(withImages("data:image/png;base64," + "A".repeat(rest / 4 * 4 + 4))))
        .matches(verdict -> !verdict.isValid());
  }

  @Test
  void bodyOverTheServicesLimit_isNamedToo() {
    Json body = new Json(Map.of("model", "ep-1", "x", "a".repeat(65 * MIB)));
    assertThat(RULES.check(body).violations())
        .contains(new Violation("$", "is over the service's limit of 64 MB"));
  }

  @Test
  void measuredSize_isTheSizeOnTheWire() throws Exception {
    Json body = json("{'a\\u0001\\n\\\"':['图😀é',1.50,-7,true,null,{},[],[[]],{'b':{}}],'':''}");
    byte[] wire = new com.fasterxml.jackson.databind.ObjectMapper().writeValueAsBytes(body);
    assertThat(BodyScan.bytes(body.tree(), new Violations())).isEqualTo(wire.length);
  }

  @Test
  void moreViolationsThanAnyoneReads_areCounted() {
    Json body = new Json(Map.of("model", "ep-1", "content", Collections.nCopies(5000, Map.of())));
    List<Violation> violations = RULES.check(body).violations();
    assertThat(violations).hasSize(101);
    assertThat(violations.get(100)).isEqualTo(new Violation("$", "and 4900 more violations"));
  }

  @Test
  void loneSurrogateInAKey_isNamed() {
    Json body =
        new Json(
            Map.of(
                "model",
                "ep-1",
                "content",
                List.of(Map.of("type", "text", "text", "a", "x\ud83d", 1))));
    assertThat(RULES.check(body, true).violations())
        .containsExactly(
            new Violation(
                "content[0][\"x?\"]",
                "its name holds half a character (a lone surrogate U+D83D, position 1): write it"
                    + " whole or not at all"));
  }

  @Test
  void deepNesting_isNamed_notAStackOverflow() {
    Object deep = List.of();
    for (int i = 0; i < 900; i++) {
      deep = List.of(deep);
    }
    Json body =
        new Json(
            Map.of(
                "model",
                "ep-1",
                "content",
                List.of(Map.of("type", "text", "text", "a")),
                "deep",
                deep));
    assertThat(RULES.check(body, true).violations())
        .containsExactly(new Violation("$", "is nested deeper than 100 levels"));
  }

  @Test
  void largeBody_isJudgedInLinearTime() {
    Json body = withImages("data:image/png;base64," + "A".repeat(1_000_000));
    Json manyItems =
        new Json(
            Map.of(
                "model",
                "ep-1",
                "content",
                Collections.nCopies(20_000, Map.of("type", "text", "text", "a cat"))));
    // Some 10 ms each where this was written; quadratic work would not end.
    assertTimeoutPreemptively(
        Duration.ofSeconds(10), () -> List.of(body, manyItems).forEach(RULES::check));
  }

  private static Json withImages(String... urls) {
    return new Json(
        Map.of(
            "model",
            "doubao-seedance-2-0",
            "content",
            java.util.Arrays.stream(urls)
                .map(
                    url ->
                        Map.of(
                            "type",
                            "image_url",
                            "image_url",
                            Map.of("url", url),
                            "role",
                            "reference_image"))
                .toList()));
  }

  private static List<String> paths(Verdict<VideoRequest> verdict) {
    return verdict.violations().stream().map(Violation::path).toList();
  }
}
