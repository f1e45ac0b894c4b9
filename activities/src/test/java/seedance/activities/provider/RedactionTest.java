package seedance.activities.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import okhttp3.Headers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import seedance.workflows.generation.FailureType;
import seedance.workflows.generation.ServiceError;
import seedance.workflows.json.Json;
import seedance.workflows.request.InlineMedia;

/** What of the service's words is told, beside a request. */
class RedactionTest {
  private static final String PROMPT = "Élodie's red lantern glows over the harbour, 橘猫在窗台上伸懒腰";

  private static Json request(String prompt) {
    return new Json(
        Map.of(
            "model",
            "ep-20261122-abcde",
            "safety_identifier",
            "jane-doe",
            "content",
            List.of(
                Map.of("type", "text", "text", prompt),
                Map.of(
                    "type",
                    "image_url",
                    "image_url",
                    Map.of("url", "https://media.example.com/private/cat.png?sig=abc"),
                    "role",
                    "reference_image"))));
  }

  private static Optional<String> told(String message) {
    return Redaction.of(request(PROMPT)).sentence(message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "The parameter `duration` specified in the request is not valid: read as an edit, it must"
            + " be -1",
        "`content[1].image_url` is not valid: timeout while fetching resource",
        "role must be reference_image for image contents",
        "请求中的参数 duration 无效,必须为 5",
        "InvalidParameter.TaskTypeConstraint: The parameter ratio is not valid",
        "duration must be one of [2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 20, 25, 30]",
        "each side of an image must be 300 to 6000 pixels, its ratio 0.4 to 2.5, below 30 MB",
        "resolution 480p, 720p or 1080p; ratio 16:9, 4:3, 1:1, 3:4, 9:16, 21:9",
        "content[12].image_url and content[3] were refused at 10:20:30 on 2026-11-29",
        "model doubao-seedance-2-0-fast-260128 in InvalidParameterValueOfTheRequest",
        "task 123e4567-e89b-12d3-a456-426614174000 of R&D; it has U+00E9 in it, 5 % too much",
        "The text has characters such as ??? and (a), Data: none; x=10, menu0123, face to face",
        "reference_audio_duration_exceeded, video_generation_failed, content_policy_violation"
      })
  void sentenceOfTheService_isToldAsItIs(String message) {
    assertThat(told(message)).contains(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "refused: red lantern glows over | refused: …",
        "refused: RED LANTERN GLOWS over | refused: …",
        "refused: red   lantern\t glows | refused: …",
        "refused: red-lantern_glows. Sorry | refused: …. Sorry",
        "refused: r.e.d l.a.n.t.e.r.n g.l.o.w.s | refused: …",
        "refused: ｒｅｄ ｌａｎｔｅｒｎ ｇｌｏｗｓ | refused: …",
        "refused: re\u200bd lan\u200btern gl\u200bows | refused: …",
        "refused: elodies red lantern | refused: …",
        "refused: E\u0301LODIE'S RED | refused: …",
        "refused: \\u00c9lodie's \\u0072ed lantern | refused: …",
        "refused: %C3%89lodie%27s%20red%20lantern | refused: …",
        "refused: &#201;lodie&#39;s red lantern | refused: …",
        "refused: \\\\u0072\\\\u0065d lantern glows | refused: …",
        "refused: b'\\xe6\\xa9\\x98\\xe7\\x8c\\xab\\xe5\\x9c\\xa8\\xe7\\xaa\\x97' | refused: b'…'",
        "敏感词：橘猫在窗 请修改 | 敏感词:… 请修改",
        "敏感词：橘,猫,在,窗 请修改 | 敏感词:… 请修改",
        "a rlantern glows ov | a …",
        "refused: &Eacute;lodie&rsquo;s red&nbsp;lantern | refused: …",
        "refused: &amp;Eacute;lodie&amp;#39;s red lantern | refused: …",
        "refused: &Eacutelodie's red lantern | refused: …",
        "refused: %u00C9lodie%u0027s red lantern glows | refused: …",
        "refused: \\303\\211lodie's \\162\\145\\144 lantern | refused: …",
        "refused: u00c9lodie's red lantern glows | refused: …",
        "refused: \\xc9lodie's red lantern glows | refused: …",
        "refused: %C9lodie%27s red lantern | refused: …",
        "refused: =C3=89lodie's red lantern | refused: …",
        "refused: re\u3164d lan\u3164tern gl\uffa0ows | refused: …",
        "敏感词：U+6A58 U+732B U+5728 U+7A97 请修改 | 敏感词:… 请修改",
        "敏感词：u6a58u732bu5728u7a97 请修改 | 敏感词:… 请修改",
        "敏感词：%u6a58%u732b%u5728%u7a97 请修改 | 敏感词:… 请修改",
        "敏感词：\\346\\251\\230\\347\\214\\253\\345\\234\\250\\347\\252\\227 请修改 | 敏感词:… 请修改",
        "bytes [230, 169, 152, 231, 140, 171, 229, 156] in it | bytes […] in it",
        "bytes [-26, -87, -104, -25, -116, -85, -27, -100] in it | bytes […] in it",
        "runes [27224 29483 22312 31383 21488] in it | runes […] in it",
        "hex 726564206c616e7465726e20 in it | hex … in it",
        "hex 72 65 64 20 6c 61 6e 74 65 72 6e 20 in it | hex … in it",
        "hex 0x72, 0x65, 0x64, 0x20, 0x6c, 0x61, 0x6e, 0x74, 0x65, 0x72, 0x6e, 0x20 in it | hex … in it",
        "units 6a58 732b 5728 7a97 in it | units … in it",
        "text aGVyIHRleHQgaXMgdGhpcw in it | text … in it",
        "text cmVkIGxhbnRlcm4 in it | text cmVkIGxhbnRlcm4 in it",
        "un &zigzag;known name | un … name"
      })
  void whatStandsInThePrompt_isCut_howeverItIsSpelled(String message, String sentence) {
    assertThat(told(message)).contains(sentence);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://files.example/v.mp4?X-Sig=1",
        "HTTPS://files.example/v",
        "https:\\/\\/files.example\\/v?a=b",
        "ｈｔｔｐｓ：／／files.example／v",
        "https%3A%2F%2Ffiles.example%2Fv%3Fsig%3D1",
        "https : // files.example/v",
        "ftp://files.example",
        "asset://asset-1234",
        "tos://bucket/key",
        "data:image/png;base64,iVBORw0KGgo=",
        "data: image/png;base64,iVBORw0KGgo=",
        "DATA:,hello",
        "mailto:jane@host.example",
        "//files.example/v",
        "files.example/v?sig=1",
        "media.example.com",
        "localhost.local:9000",
        "10.0.0.7:8080/internal",
        "[2001:db8::7]:8080/internal",
        "[::ffff:10.0.0.7]/internal",
        "/v.mp4?X-Tos-Signature=abcdef",
        "AKIAIOSFODNN7EXAMPLEabc",
        "4f2a9c0d4f2a9c0d4f2a9c0d4f2a9c0d4f2a9c0d"
      })
  void everyUrl_isCut(String url) {
    assertThat(told("could not fetch " + url + " in time"))
        .hasValueSatisfying(
            told ->
                assertThat(told)
                    .startsWith("could not fetch …")
                    .doesNotContain("example", "igna", "base64", "hello", "1234", "bucket", "10.0")
                    .endsWith("in time"));
    assertThat(told("could not fetch \"" + url + "\"").orElseThrow()).doesNotContain("example");
  }

  @Test
  void namesOfTheRequest_areCut_asWholeWords() {
    assertThat(told("user Jane-Doe, model ep-20261122-abcde, jane is fine"))
        .contains("user …, model … is fine");
    assertThat(told("janet stays")).contains("janet stays");
  }

  @Test
  void promptThatIsShorterThanARun_isCutAsWholeWords() {
    assertThat(Redaction.of(request("cat")).sentence("CAT: no cats, no concat, no 'cat'."))
        .contains("…: no cats, no concat, no '…'.");
    assertThat(Redaction.of(request("red boat")).sentence("redboat, boat, read"))
        .contains("…, read");
    assertThat(Redaction.of(request("橘猫")).sentence("含橘猫的图")).contains("含…的图");
    assertThat(Redaction.of(request("😀🔥")).sentence("no 😀🔥 here")).contains("no … here");
    assertThat(Redaction.of(request("?!")).sentence("why?!")).contains("why?!");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Der m??de B??r l??uft ??ber gr??ne H??gel",
        "Der m\ufffdde B\ufffdr l\ufffduft \ufffdber gr\ufffdne H\ufffdgel",
        "Der muede Baer laeuft ueber gruene Huegel",
        "DER MUEDE BAER LAEUFT UEBER GRUENE HUEGEL",
        "Der mÃ¼de BÃ¤r lÃ¤uft Ã¼ber grÃ¼ne HÃ¼gel",
        "Der m眉de B盲r l盲uft 眉ber gr眉ne H眉gel",
        "Der m&uuml;de B&auml;r l&auml;uft &uuml;ber gr&uuml;ne H&uuml;gel"
      })
  void whatLostItsAccents_orWasReadInAnotherEncoding_isCut(String quote) {
    Redaction redaction = Redaction.of(request("Der müde Bär läuft über grüne Hügel"));

    assertThat(redaction.sentence("refused: " + quote + " (text)")).contains("refused: … (text)");
  }

  @Test
  void namesOfCharactersInHtml_areUndone_whateverTheAlphabet() {
    Redaction redaction = Redaction.of(request("Žluťoučký кот, αβγ"));

    assertThat(
            redaction.sentence(
                "refused: &Zcaron;lu&tcaron;ou&ccaron;k&yacute;&nbsp;&kcy;&ocy;&tcy;&comma;"
                    + "&NewLine;&alpha;&beta;&gamma; (text)"))
        .contains("refused: … (text)");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Data: Anna Schmidt of Contoso, quarterly numbers in the garden",
        "data:Anna Schmidt of Contoso, quarterly numbers in the garden",
        "DATA:cats/dogs, Anna Schmidt of Contoso, quarterly numbers in the garden",
        "data:image/png;base64,iVBORw0KGgo= of Anna Schmidt of Contoso, quarterly numbers",
        "Make this move: data:image/png;base64,iVBORw0KGgo= Anna Schmidt of Contoso, quarterly"
      })
  void promptWithTheWordData_isCutLikeAnyOther(String prompt) {
    for (Json each : List.of(request(prompt), InlineMedia.without(request(prompt)))) {
      assertThat(Redaction.of(each).sentence("refused: \"" + prompt + "\"").orElseThrow())
          .doesNotContain("Anna", "Schmidt", "Contoso", "quarterly");
      assertThat(Redaction.of(each).sentence("refused: Anna Schmidt of Contoso, quarterly"))
          .contains("refused: …");
    }
  }

  @Test
  void partsAroundACut_makeNoRunTogether() {
    assertThat(told("not red lan https://a.example/x tern glows over").orElseThrow())
        .startsWith("not")
        .doesNotContain("lan", "tern");
  }

  @Test
  void inlineMedia_isCutInPartsToo() {
    Json inline =
        new Json(Map.of("image_url", Map.of("url", "data:image/png;base64,iVBORw0KGgoAAAANSU")));

    for (Json each : List.of(inline, InlineMedia.without(inline))) {
      assertThat(Redaction.of(each).sentence("broken at KGgoAAAANSUh and image_url"))
          .contains("broken at … and image_url");
    }
  }

  @Test
  void sentence_isOneLineOf300CharactersAtMost_withoutControlCharacters() {
    assertThat(told("a\u001b[31mb\u0000c\u202ed\r\ne\ud800")).contains("a [31mb cd e");
    assertThat(told("no ".repeat(200)).orElseThrow()).hasSize(300).endsWith("…");
    assertThat(told("<html><b>no</b></html>")).contains("no");
    assertThat(told("😀".repeat(200)).map(String::length)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "…", "https://a.example", "\u0000", PROMPT})
  void messageOfWhichNothingIsLeft_isNone(String message) {
    assertThat(told(message)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "A",
        "Aa",
        "a.",
        "a_",
        "…",
        "%41",
        "\\x41",
        "{",
        "{\"message\":'",
        "<a",
        "[.",
        "`"
      })
  void hostileText_isTold_whateverItRepeats(String part) {
    ErrorBody error = ErrorReading.of("odd", part.repeat(60), part.repeat(2_000), Headers.EMPTY);

    ServiceError told =
        Redaction.of(request(part.repeat(500)))
            .told(error, FailureType.TASK_FAILED, ServiceWords.builtIn());

    assertThat(told.failure()).isEqualTo(FailureType.TASK_FAILED);
  }

  @ParameterizedTest
  @CsvSource({
    "lantern, ''",
    "redLantern, ''",
    "RED_LANTERN, ''",
    "InvalidParameter.lantern, InvalidParameter",
    "InvalidParameter.TaskTypeConstraint, InvalidParameter.TaskTypeConstraint",
    "video_generation_failed, video_generation_failed",
    "gw_red_lantern_glows, ''",
    "1001, 1001"
  })
  void wordOfThePrompt_isNoCode(String code, String told) {
    ErrorBody error = new ErrorBody(code, "", "", "");

    assertThat(Redaction.of(request(PROMPT)).code(error, ServiceWords.builtIn())).isEqualTo(told);
  }

  @Test
  void wordOfThePrompt_isNoFieldAndNoRequestId() {
    ErrorBody error = new ErrorBody("InvalidParameter", "content.lantern", "red-lantern", "");

    assertThat(
            Redaction.of(request(PROMPT))
                .told(error, FailureType.REQUEST_REJECTED, ServiceWords.builtIn()))
        .isEqualTo(new ServiceError(FailureType.REQUEST_REJECTED, "InvalidParameter", null, null));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "content.4111111111111111",
        "content[4111][1111][1111][1111].text",
        "content.4111.1111.1111.1111",
        "a.4111111111111111.b",
        "dog.sat.ont.hem.at",
        "content.dog.sat.ont.hem.at"
      })
  void runOfTheRequest_isNoField_howeverItIsCutIntoParts(String path) {
    Json request = request("pay with 4111111111111111 #dogsatonthemat");
    ErrorBody byParam = ErrorReading.of("", path, "", Headers.EMPTY);
    ErrorBody byMessage = ErrorReading.of("", "", "`" + path + "` is wrong", Headers.EMPTY);

    for (ErrorBody error : List.of(byParam, byMessage)) {
      for (Redaction redaction : List.of(Redaction.of(request), Redaction.blind())) {
        assertThat(
                redaction.told(error, FailureType.REQUEST_REJECTED, ServiceWords.builtIn()).param())
            .isNull();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "content[12].image_url",
        "content.1.image_url.url",
        "tools[0].steps[3].type",
        "odd_field"
      })
  void fieldOfTheService_isTold(String path) {
    assertThat(
            Redaction.of(request(PROMPT))
                .told(
                    ErrorReading.of("", path, "", Headers.EMPTY),
                    FailureType.REQUEST_REJECTED,
                    ServiceWords.builtIn())
                .param())
        .isEqualTo(path);
  }

  @Test
  void runOfTheRequest_isNoCode_howeverItIsCutIntoParts() {
    ErrorBody error = new ErrorBody("dog.sat.ont.hem.at", "", "", "");

    assertThat(Redaction.of(request("#dogsatonthemat")).code(error, ServiceWords.builtIn()))
        .isEqualTo("dog");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "QSByZWQgbGFudGVybiBnbG93cyBpbg",
        "4120726564206c616e7465726e20676c6f7773",
        "iVBORw0KGgoAAAANSUhEUgAAAAUAAAAFCAYAAACNbyblAAAAHElE"
      })
  void textOrMediaInAnEncoding_isNoCode_noFieldAndNoRequestId(String encoded) {
    Json inline = request("a cat data:image/png;base64," + "iVBORw0KGgo".repeat(9));

    assertThat(
            Redaction.of(inline)
                .told(
                    new ErrorBody(encoded, encoded, encoded, ""),
                    FailureType.REQUEST_REJECTED,
                    ServiceWords.builtIn()))
        .isEqualTo(new ServiceError(FailureType.REQUEST_REJECTED, null, null, null));
  }

  @Test
  void requestIdOfTheService_isTold() {
    String id = "02174643286297900000000000000000000ffffac15900cd40123";

    assertThat(
            Redaction.of(request(PROMPT))
                .told(
                    new ErrorBody("InvalidParameter", "", id, ""),
                    FailureType.REQUEST_REJECTED,
                    ServiceWords.builtIn())
                .requestId())
        .isEqualTo(id);
  }

  @Test
  void withoutTheRequest_onlyWhatIsKnownToAllIsTold() {
    Redaction blind = Redaction.blind();
    ServiceWords words = ServiceWords.builtIn();

    assertThat(blind.sentence("anything")).isEmpty();
    assertThat(blind.code(new ErrorBody("lantern", "", "", ""), words)).isEmpty();
    assertThat(blind.code(new ErrorBody("InvalidParameter.Odd", "", "", ""), words))
        .isEqualTo("InvalidParameter.Odd");
    assertThat(
            blind
                .told(new ErrorBody("", "lantern", "", ""), FailureType.REQUEST_REJECTED, words)
                .param())
        .isNull();
  }
}
