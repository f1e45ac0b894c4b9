package seedance.workflows.request;

import static org.assertj.core.api.Assertions.assertThat;
import static seedance.workflows.request.Requests.check;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import seedance.workflows.json.Json;
import seedance.workflows.json.Verdict;
import seedance.workflows.json.Violation;

/**
 * The rules as a table: what is sent, and which violations are named, where and with what words.
 */
class RequestRulesTest {
  private static final String V25 = "doubao-seedance-2-5-260628";
  private static final String V20 = "doubao-seedance-2-0";
  private static final String FAST = "doubao-seedance-2-0-fast";
  private static final String V15 = "doubao-seedance-1-5-pro-251215";
  private static final String V10 = "doubao-seedance-1-0-pro-250528";
  private static final String V10_FAST = "doubao-seedance-1-0-pro-fast-251015";
  private static final String UNKNOWN = "ep-20260101-abcde";

  private static final String TEXT = "{'type':'text','text':'a cat'}";
  private static final String FIRST = image("'role':'first_frame'");
  private static final String LAST = image("'role':'last_frame'");
  private static final String PLAIN = image("'role':null");
  private static final String REF_IMAGE = image("'role':'reference_image'");
  private static final String REF_VIDEO =
      "{'type':'video_url','video_url':{'url':'https://a.example/v.mp4'},'role':'reference_video'}";
  private static final String REF_AUDIO =
      "{'type':'audio_url','audio_url':{'url':'https://a.example/a.mp3'},'role':'reference_audio'}";
  private static final String DRAFT = "{'type':'draft_task','draft_task':{'id':'cgt-1'}}";

  private static String image(String more) {
    return imageAt("https://a.example/i.png", more);
  }

  private static String imageAt(String url, String more) {
    return "{'type':'image_url','image_url':{'url':'" + url + "'}," + more + "}";
  }

  private static String audioAt(String url) {
    return REF_AUDIO.replace("https://a.example/a.mp3", url);
  }

  private static String videoAt(String url) {
    return REF_VIDEO.replace("https://a.example/v.mp4", url);
  }

  private static String times(int count, String item) {
    return String.join(",", java.util.Collections.nCopies(count, item));
  }

  private static String request(String model, String content, String... more) {
    return "{'model':'"
        + model
        + "','content':["
        + content
        + "]"
        + Stream.of(more).map(field -> "," + field).collect(Collectors.joining())
        + "}";
  }

  /** Expects exactly these violations, as alternating paths and parts of messages, in order. */
  private static Arguments bad(String name, String json, String... pathsAndParts) {
    return Arguments.of(name, json, List.of(pathsAndParts));
  }

  private static Arguments ok(String name, String json) {
    return Arguments.of(name, json);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource({
    "bodies",
    "types",
    "items",
    "modes",
    "urls",
    "settings",
    "combinations",
    "unknown"
  })
  void brokenRule_isNamedAtItsPlace(String name, String json, List<String> expected) {
    Verdict<VideoRequest> verdict = check(json);
    assertThat(verdict.isValid()).isFalse();
    List<Violation> violations = verdict.violations();
    assertThat(violations).as(() -> violations.toString()).hasSize(expected.size() / 2);
    for (int i = 0; i < violations.size(); i++) {
      assertThat(violations.get(i).path()).isEqualTo(expected.get(2 * i));
      assertThat(violations.get(i).message()).contains(expected.get(2 * i + 1));
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("allowed")
  void allowedRequest_passes(String name, String json) {
    assertThat(check(json)).as(() -> check(json).violations().toString()).matches(Verdict::isValid);
  }

  static Stream<Arguments> bodies() {
    return Stream.of(
        bad("no body", "null", "$", "is missing: write {\"model\""),
        bad("a string", "'a cat'", "$", "must be an object, not a string"),
        bad("an array", "[]", "$", "not an array"),
        bad("a number", "1", "$", "not a number"),
        bad("empty object", "{}", "model", "is missing", "content", "is missing"),
        bad(
            "nulls where values are needed",
            "{'model':null,'content':null}",
            "model",
            "is null, a value is needed",
            "content",
            "is null, a value is needed"),
        bad("blank model", request(" ", TEXT), "model", "is empty"),
        bad("model with a line break", request("ep-1\\n", TEXT), "model", "holds a space"),
        bad("model a number", "{'model':5,'content':[" + TEXT + "]}", "model", "not a number"),
        bad(
            "content a string",
            "{'model':'m','content':'a cat'}",
            "content",
            "must be an array, not a string"),
        bad("content empty", request(V20, ""), "content", "is empty"),
        bad(
            "lone surrogate in a text",
            request(V20, "{'type':'text','text':'a\\ud83d cat'}"),
            "content[0].text",
            "U+D83D, position 1"),
        bad(
            "surrogates the wrong way round",
            "'\\udc00\\ud83d'",
            "$",
            "must be an object",
            "$",
            "U+DC00"));
  }

  static Stream<Arguments> types() {
    return Stream.of(
        bad(
            "number as string",
            request(V20, TEXT, "'duration':'5'"),
            "duration",
            "write 5 without quotes"),
        bad(
            "number as string, out of range too",
            request(V20, TEXT, "'duration':'50'"),
            "duration",
            "write 50",
            "duration",
            "must be 4 to 15 seconds"),
        bad(
            "number with fraction zero",
            request(V20, TEXT, "'duration':5.0"),
            "duration",
            "write 5 without a fraction"),
        bad("fraction", request(V20, TEXT, "'duration':5.5"), "duration", "not a fraction"),
        bad(
            "number in words",
            request(V20, TEXT, "'duration':'five'"),
            "duration",
            "must be a whole number, not a string"),
        bad("number as array", request(V20, TEXT, "'duration':[5]"), "duration", "not an array"),
        bad(
            "huge exponent",
            request(V20, TEXT, "'duration':1e999"),
            "duration",
            "is far out of range"),
        bad(
            "huger exponent",
            request(V20, TEXT, "'duration':-1e999999999"),
            "duration",
            "is far out of range"),
        bad(
            "tiny exponent",
            request(V20, TEXT, "'duration':1e-999999999"),
            "duration",
            "must be a whole number, not a fraction"),
        bad(
            "beyond all exponents",
            request(V20, TEXT, "'duration':1e99999999999"),
            "duration",
            "is far out of range",
            "duration",
            "JSON cannot carry"),
        bad(
            "huge whole number",
            request(V20, TEXT, "'seed':123456789012345678901234567890"),
            "seed",
            "far out of range"),
        bad(
            "boolean as string",
            request(V20, TEXT, "'watermark':'True'"),
            "watermark",
            "write true without quotes"),
        bad(
            "boolean as number",
            request(V20, TEXT, "'watermark':1"),
            "watermark",
            "must be true or false, not a number"),
        bad(
            "string as number",
            request(V20, TEXT, "'resolution':720"),
            "resolution",
            "must be a string, not a number"),
        bad(
            "array as object",
            request(V20, TEXT, "'tools':{}"),
            "tools",
            "must be an array, not an object"));
  }

  static Stream<Arguments> items() {
    return Stream.of(
        bad("item null", request(V20, "null"), "content[0]", "must be an object, not null"),
        bad("item a string", request(V20, "'a cat'"), "content[0]", "write {\"type\":\"text\""),
        bad("no type", request(V20, "{'text':'a cat'}"), "content[0].type", "write \"text\""),
        bad(
            "no type, no clue",
            request(V20, "{}"),
            "content[0].type",
            "text, image_url, video_url, audio_url or draft_task"),
        bad(
            "type null",
            request(V20, "{'type':null,'text':'a cat'}"),
            "content[0].type",
            "is null"),
        bad(
            "unknown type",
            request(V20, "{'type':'image','url':'x'}"),
            "content[0].type",
            "did you mean \"image_url\"?"),
        bad(
            "unknown type, field known",
            request(V20, "{'type':'img','image_url':{'url':'https://a.example/a'}}"),
            "content[0].type",
            "\"img\" is unknown; did you mean \"image_url\"?"),
        bad(
            "type a prompt",
            request(V20, "{'type':'a very long cat'}"),
            "content[0].type",
            "this value is unknown: must be text"),
        bad("text without text", request(V20, "{'type':'text'}"), "content[0].text", "is missing"),
        bad("text null", request(V20, "{'type':'text','text':null}"), "content[0].text", "is null"),
        bad(
            "text empty",
            request(V20, "{'type':'text','text':' '}"),
            "content[0].text",
            "is empty"),
        bad(
            "text empty beside a frame",
            request(V20, "{'type':'text','text':''}," + FIRST),
            "content[0].text",
            "is empty"),
        bad(
            "text a number",
            request(V20, "{'type':'text','text':5}"),
            "content[0].text",
            "must be a string, not a number"),
        bad(
            "unknown field in an item",
            request(V20, "{'type':'text','text':'a','txt':'b'}"),
            "content[0].txt",
            "is not a field of text; did you mean \"text\"?"),
        bad(
            "a role on a text",
            request(V20, "{'type':'text','text':'a','role':'first_frame'}"),
            "content[0].role",
            "is not a field of text"),
        bad(
            "unknown field beside a URL",
            request(
                V20,
                "{'type':'image_url','image_url':{'url':'https://a.example/a','detail':'high'}}"),
            "content[0].image_url.detail",
            "is not a field of image_url"),
        bad(
            "no image",
            request(V20, "{'type':'image_url'}"),
            "content[0].image_url",
            "is missing: write {\"url\""),
        bad(
            "image a string",
            request(V20, "{'type':'image_url','image_url':'https://a.example/a'}"),
            "content[0].image_url",
            "must be an object, not a string: write {\"url\""),
        bad(
            "image without URL",
            request(V20, "{'type':'image_url','image_url':{}}"),
            "content[0].image_url.url",
            "is missing: write https://…"),
        bad(
            "image with a null URL",
            request(V20, "{'type':'image_url','image_url':{'url':null}}"),
            "content[0].image_url.url",
            "is null"),
        bad(
            "URL a number",
            request(V20, "{'type':'image_url','image_url':{'url':1}}"),
            "content[0].image_url.url",
            "must be a string"),
        bad(
            "unknown role",
            request(V20, TEXT + "," + image("'role':'firstFrme'")),
            "content[1].role",
            "\"firstFrme\" is unknown; did you mean \"first_frame\"?"),
        bad(
            "role of another medium",
            request(V20, image("'role':'reference_video'")),
            "content[0].role",
            "reference_video does not go with image_url: write first_frame, last_frame or reference_image"),
        bad(
            "role a number",
            request(V20, image("'role':1")),
            "content[0].role",
            "must be a string"),
        bad(
            "video without role",
            request(V20, REF_VIDEO.replace(",'role':'reference_video'", "")),
            "content[0].role",
            "is missing: write \"reference_video\""),
        bad(
            "video as a frame",
            request(V20, REF_VIDEO.replace("reference_video", "first_frame")),
            "content[0].role",
            "write reference_video"),
        bad(
            "audio with a null role",
            request(V20, REF_IMAGE + "," + REF_AUDIO.replace("'reference_audio'", "null")),
            "content[1].role",
            "write \"reference_audio\""),
        bad(
            "draft task without id",
            request(V15, "{'type':'draft_task','draft_task':{}}"),
            "content[0].draft_task.id",
            "is missing"),
        bad(
            "draft task a string",
            request(V15, "{'type':'draft_task','draft_task':'cgt-1'}"),
            "content[0].draft_task",
            "must be an object, not a string"));
  }

  static Stream<Arguments> modes() {
    return Stream.of(
        bad(
            "frames and references",
            request(V20, TEXT + "," + FIRST + "," + REF_IMAGE),
            "content",
            "mixes first or last frames (content[1]) with references (content[2]), which exclude each other"),
        bad(
            "frames and references, named once",
            request(V20, FIRST + "," + LAST + "," + PLAIN + "," + REF_VIDEO + "," + REF_AUDIO),
            "content",
            "(content[0], content[1]) with references (content[3], content[4])"),
        bad(
            "image without role beside references",
            request(V20, PLAIN + "," + REF_VIDEO),
            "content[0].role",
            "needs role reference_image"),
        bad(
            "two images without role",
            request(V20, PLAIN + "," + PLAIN),
            "content[0].role",
            "write first_frame",
            "content[1].role",
            "write last_frame"),
        bad(
            "second of two without role",
            request(V20, FIRST + "," + PLAIN),
            "content[1].role",
            "both roles are needed, write last_frame"),
        bad(
            "first of two without role",
            request(V20, PLAIN + "," + LAST),
            "content[0].role",
            "write first_frame"),
        bad(
            "two first frames",
            request(V20, FIRST + "," + FIRST),
            "content[1].role",
            "a second first_frame: write last_frame"),
        bad(
            "two last frames",
            request(V20, LAST + "," + LAST),
            "content[1].role",
            "a second last_frame: write first_frame"),
        bad(
            "lone last frame",
            request(V20, TEXT + "," + LAST),
            "content[1].role",
            "a last_frame needs a first_frame"),
        bad(
            "three images as frames",
            request(V20, FIRST + "," + LAST + "," + PLAIN),
            "content",
            "has 3 images as frames"),
        bad(
            "three images without role",
            request(V20, times(3, PLAIN)),
            "content",
            "or reference_image for all"),
        bad(
            "last frame on first-frame model",
            request(V10_FAST, FIRST + "," + LAST),
            "content[1].role",
            "only a first frame"),
        bad(
            "references on 1.5",
            request(V15, TEXT + "," + REF_IMAGE),
            "content",
            "references (content[1]) are not an input of doubao-seedance-1-5-pro-251215"),
        bad(
            "ten images on 2.0",
            request(V20, times(10, REF_IMAGE)),
            "content",
            "has 10 reference images: at most 9 with doubao-seedance-2-0-260128"),
        bad(
            "four videos, four audios on 2.0",
            request(V20, times(4, REF_VIDEO) + "," + times(4, REF_AUDIO)),
            "content",
            "4 reference videos: at most 3",
            "content",
            "4 reference audios: at most 3"),
        bad("31 images on 2.5", request(V25, times(31, REF_IMAGE)), "content", "at most 30"),
        bad(
            "31 images on an unknown model",
            request(UNKNOWN, times(31, REF_IMAGE)),
            "content",
            "at most 30 with any known model"),
        bad(
            "audio alone on 2.0",
            request(V20, REF_AUDIO),
            "content",
            "has audio without an image or a video"),
        bad(
            "audio and text on 2.0",
            request(V20, TEXT + "," + REF_AUDIO),
            "content",
            "has audio without"),
        bad(
            "text beside a draft task",
            request(V15, TEXT + "," + DRAFT),
            "content[0]",
            "the draft's own text is used"),
        bad(
            "image beside a draft task",
            request(V15, DRAFT + "," + FIRST),
            "content[1]",
            "stands alone"),
        bad(
            "two draft tasks",
            request(V15, DRAFT + "," + DRAFT),
            "content[1]",
            "a second draft_task"),
        bad(
            "draft task on 2.0",
            request(V20, DRAFT),
            "content[0]",
            "drafts are not made by doubao-seedance-2-0-260128"),
        bad(
            "undecided mode, the rest is still judged",
            request(V20, image("'role':'x1'"), "'duration':99", "'ratio':'2:1'"),
            "content[0].role",
            "\"x1\" is unknown",
            "duration",
            "must be 4 to 15",
            "ratio",
            "must be 16:9"));
  }

  static Stream<Arguments> urls() {
    String url = "content[0].image_url.url";
    String png = "data:image/png;base64,";
    return Stream.of(
        bad(
            "other scheme",
            request(V20, imageAt("ftp://a.example/i.png", "'role':null")),
            url,
            "write https://…, asset://ID or data:image/png;base64,…"),
        bad(
            "no scheme",
            request(V20, imageAt("a.example/i.png", "'role':null")),
            url,
            "is not a form"),
        bad(
            "local file",
            request(V20, imageAt("file:///tmp/i.png", "'role':null")),
            url,
            "is a local file"),
        bad(
            "something else of the store",
            request(V20, imageAt("store://my-id/video.mp4", "'role':null")),
            url,
            "is no input in the store"),
        bad(
            "a stored video as a picture",
            request(V20, imageAt("store://inputs/" + "0".repeat(64) + ".mp4", "'role':null")),
            url,
            "is a stored video: image_url takes another kind"),
        bad(
            "a host that begins with a slash",
            request(V20, imageAt("//a.example/i.png", "'role':null")),
            url,
            "is not a form"),
        bad(
            "no host",
            request(V20, imageAt("https:///i.png", "'role':null")),
            url,
            "names no host"),
        bad(
            "no slashes",
            request(V20, imageAt("https:a.example", "'role':null")),
            url,
            "is not complete"),
        bad(
            "user info",
            request(V20, imageAt("https://me:pw@a.example/i.png", "'role':null")),
            url,
            "user name before the host"),
        bad(
            "space",
            request(V20, imageAt("https://a.example/my i.png", "'role':null")),
            url,
            "a space is %20"),
        bad(
            "bad port",
            request(V20, imageAt("https://a.example:99999/", "'role':null")),
            url,
            "usable port"),
        bad(
            "asset without id",
            request(V20, imageAt("asset://", "'role':null")),
            url,
            "names no asset"),
        bad("URL empty", request(V20, imageAt("", "'role':null")), url, "is empty"),
        bad(
            "data of another type",
            request(V20, imageAt("data:text/plain;base64,QUJD", "'role':null")),
            url,
            "must be image/jpeg, image/png"),
        bad(
            "svg",
            request(V20, imageAt("data:image/svg+xml;base64,QUJD", "'role':null")),
            url,
            "must be image/jpeg"),
        bad(
            "upper-case format",
            request(V20, imageAt("data:image/PNG;base64,QUJD", "'role':null")),
            url,
            "write image/png"),
        bad(
            "jpg",
            request(V20, imageAt("data:image/jpg;base64,QUJD", "'role':null")),
            url,
            "write image/jpeg"),
        bad(
            "upper-case scheme",
            request(V20, imageAt("DATA:image/png;base64,QUJD", "'role':null")),
            url,
            "lower case"),
        bad(
            "not base64",
            request(V20, imageAt("data:image/png,QUJD", "'role':null")),
            url,
            "not base64"),
        bad(
            "parameters",
            request(V20, imageAt("data:image/png;charset=x;base64,QUJD", "'role':null")),
            url,
            "parameters"),
        bad("no data", request(V20, imageAt(png, "'role':null")), url, "no data"),
        bad(
            "line break in base64",
            request(V20, imageAt(png + "QUJD\\nQUJD", "'role':null")),
            url,
            "is not valid base64"),
        bad(
            "URL-safe base64",
            request(V20, imageAt(png + "QU-_", "'role':null")),
            url,
            "is not valid base64"),
        bad(
            "wrong padding",
            request(V20, imageAt(png + "QUI==", "'role':null")),
            url,
            "is not valid base64"),
        bad(
            "one digit too many",
            request(V20, imageAt(png + "QUJDQ", "'role':null")),
            url,
            "is not valid base64"),
        bad(
            "video inline",
            request(V20, videoAt("data:video/mp4;base64,QUJD")),
            "content[0].video_url.url",
            "never taken inline"),
        bad(
            "audio as image data",
            request(V20, REF_IMAGE + "," + audioAt("data:image/png;base64,QUJD")),
            "content[1].audio_url.url",
            "must be audio/wav, audio/mp3"),
        bad(
            "audio ogg",
            request(V20, REF_IMAGE + "," + audioAt("data:audio/ogg;base64,QUJD")),
            "content[1].audio_url.url",
            "must be audio/wav"),
        bad(
            "callback no URL",
            request(V20, TEXT, "'callback_url':'a.example/hook'"),
            "callback_url",
            "is not a URL to call"),
        bad(
            "callback without host",
            request(V20, TEXT, "'callback_url':'https://'"),
            "callback_url",
            "names no host"),
        bad(
            "callback with user info",
            request(V20, TEXT, "'callback_url':'https://u:p@a.example'"),
            "callback_url",
            "user name"),
        bad(
            "callback an asset",
            request(V20, TEXT, "'callback_url':'asset://1'"),
            "callback_url",
            "is not a URL to call"));
  }

  static Stream<Arguments> settings() {
    return Stream.of(
        bad(
            "4k on 2.5",
            request(V25, TEXT, "'resolution':'4k'"),
            "resolution",
            "\"4k\" is not a resolution of doubao-seedance-2-5-260628: write 480p, 720p or 1080p"),
        bad(
            "1080p on fast",
            request(FAST, TEXT, "'resolution':'1080p'"),
            "resolution",
            "write 480p or 720p"),
        bad(
            "4k on 1.0",
            request(V10, TEXT, "'resolution':'4k'"),
            "resolution",
            "write 480p, 720p or 1080p"),
        bad(
            "8k on an unknown model",
            request(UNKNOWN, TEXT, "'resolution':'8k'"),
            "resolution",
            "is not a resolution of any known model"),
        bad(
            "upper-case resolution",
            request(V20, TEXT, "'resolution':'720P'"),
            "resolution",
            "did you mean \"720p\"?"),
        bad(
            "ratio",
            request(V20, TEXT, "'ratio':'2:1'"),
            "ratio",
            "must be 16:9, 4:3, 1:1, 3:4, 9:16, 21:9 or adaptive, not \"2:1\""),
        bad(
            "ratio with a full-width colon",
            request(V20, TEXT, "'ratio':'16：9'"),
            "ratio",
            "did you mean \"16:9\"?"),
        bad(
            "too short on 2.0",
            request(V20, TEXT, "'duration':3"),
            "duration",
            "must be 4 to 15 seconds, or -1 for the model to decide, with doubao-seedance-2-0-260128, not 3"),
        bad("too long on 2.0", request(V20, TEXT, "'duration':16"), "duration", "4 to 15"),
        bad("too long on 2.5", request(V25, TEXT, "'duration':31"), "duration", "4 to 30"),
        bad("too long on 1.5", request(V15, TEXT, "'duration':13"), "duration", "4 to 12"),
        bad(
            "too short on 1.0",
            request(V10, TEXT, "'duration':1"),
            "duration",
            "must be 2 to 12 seconds with"),
        bad(
            "-1 on 1.0",
            request(V10, TEXT, "'duration':-1"),
            "duration",
            "must be 2 to 12 seconds with"),
        bad("1 on an unknown model", request(UNKNOWN, TEXT, "'duration':1"), "duration", "2 to 30"),
        bad(
            "31 on an unknown model",
            request(UNKNOWN, TEXT, "'duration':31"),
            "duration",
            "2 to 30"),
        bad("0", request(V20, TEXT, "'duration':0"), "duration", "4 to 15"),
        bad(
            "frames on 2.0",
            request(V20, TEXT, "'frames':29"),
            "frames",
            "is not a field of doubao-seedance-2-0-260128"),
        bad("frames off the grid", request(V10, TEXT, "'frames':30"), "frames", "25 + 4n"),
        bad("frames too few", request(V10, TEXT, "'frames':25"), "frames", "from 29 to 289"),
        bad("frames too many", request(V10, TEXT, "'frames':293"), "frames", "from 29 to 289"),
        bad(
            "seed below -1",
            request(V20, TEXT, "'seed':-2"),
            "seed",
            "must be -1 to 4294967295, not -2"),
        bad(
            "seed over 32 bits",
            request(V20, TEXT, "'seed':4294967296"),
            "seed",
            "must be -1 to 4294967295"),
        bad(
            "flex on 2.0",
            request(V20, TEXT, "'service_tier':'flex'"),
            "service_tier",
            "is not a field of"),
        bad(
            "unknown tier",
            request(V15, TEXT, "'service_tier':'flexx'"),
            "service_tier",
            "did you mean \"flex\"?"),
        bad(
            "silent on 1.0",
            request(V10, TEXT, "'generate_audio':false"),
            "generate_audio",
            "is not a field of"),
        bad("draft on 2.0", request(V20, TEXT, "'draft':true"), "draft", "drafts are not made by"),
        bad("priority on 1.5", request(V15, TEXT, "'priority':1"), "priority", "is not a field of"),
        bad("priority 10", request(V20, TEXT, "'priority':10"), "priority", "must be 0 to 9"),
        bad(
            "camera_fixed on 2.0",
            request(V20, TEXT, "'camera_fixed':true"),
            "camera_fixed",
            "is not a field of"),
        bad(
            "mov on 2.0",
            request(V20, TEXT, "'output_format':'mov'"),
            "output_format",
            "is not a field of"),
        bad(
            "avi on 2.5",
            request(V25, TEXT, "'output_format':'avi'"),
            "output_format",
            "must be mp4 or mov"),
        bad(
            "omni on 2.0",
            request(V20, REF_VIDEO, "'omni_reference_task_type':'extend'"),
            "omni_reference_task_type",
            "is not a field of"),
        bad(
            "unknown omni type",
            request(V25, REF_VIDEO, "'omni_reference_task_type':'extends'"),
            "omni_reference_task_type",
            "did you mean \"extend\"?"),
        bad(
            "expires too soon",
            request(V20, TEXT, "'execution_expires_after':3599"),
            "execution_expires_after",
            "must be 3600 to 259200"),
        bad(
            "expires too late",
            request(V20, TEXT, "'execution_expires_after':259201"),
            "execution_expires_after",
            "must be 3600 to 259200"),
        bad(
            "long safety identifier",
            request(V20, TEXT, "'safety_identifier':'" + "x".repeat(65) + "'"),
            "safety_identifier",
            "has 65 characters: at most 64"),
        bad(
            "tools on 1.5",
            request(V15, TEXT, "'tools':[{'type':'web_search'}]"),
            "tools",
            "is not a field of"),
        bad(
            "other tool",
            request(V20, TEXT, "'tools':[{'type':'search'},'x',{}]"),
            "tools[0].type",
            "must be web_search",
            "tools[1]",
            "must be an object",
            "tools[2].type",
            "is missing"),
        bad(
            "tool with more",
            request(V20, TEXT, "'tools':[{'type':'web_search','q':1}]"),
            "tools[0].q",
            "is unknown"));
  }

  static Stream<Arguments> combinations() {
    return Stream.of(
        bad(
            "tools with an image",
            request(V20, FIRST, "'tools':[{'type':'web_search'}]"),
            "tools",
            "goes with text alone"),
        bad(
            "flex and priority on an unknown model",
            request(UNKNOWN, TEXT, "'service_tier':'flex'", "'priority':1"),
            "priority",
            "does not go with service_tier flex"),
        bad(
            "fixed camera and reference images on an unknown model",
            request(UNKNOWN, REF_IMAGE, "'camera_fixed':true"),
            "camera_fixed",
            "reference images"),
        bad(
            "draft at 720p",
            request(V15, TEXT, "'draft':true", "'resolution':'720p'"),
            "resolution",
            "a draft is 480p, not 720p"),
        bad(
            "draft with flex",
            request(V15, TEXT, "'draft':true", "'service_tier':'flex'"),
            "service_tier",
            "does not go with a draft"),
        bad(
            "draft with last frame",
            request(V25, TEXT, "'draft':true", "'return_last_frame':true"),
            "return_last_frame",
            "a draft returns no last frame"),
        bad("draft of a draft", request(V15, DRAFT, "'draft':true"), "draft", "is no draft itself"),
        bad(
            "final at 720p on 2.5",
            request(V25, DRAFT, "'resolution':'720p'"),
            "resolution",
            "the final of a draft is 1080p with"),
        bad(
            "adaptive text on 1.0",
            request(V10, TEXT, "'ratio':'adaptive'"),
            "ratio",
            "adaptive is not possible for text"),
        bad(
            "frames at 16:9 on 2.5",
            request(V25, FIRST, "'ratio':'16:9'"),
            "ratio",
            "must be adaptive for frames"),
        bad(
            "edit at 16:9, 5 s",
            request(
                V25,
                REF_VIDEO,
                "'omni_reference_task_type':'edit'",
                "'ratio':'16:9'",
                "'duration':5"),
            "ratio",
            "must be adaptive for edit",
            "duration",
            "must be -1 to edit"),
        bad(
            "extend at 16:9",
            request(V25, REF_VIDEO, "'ratio':'16:9'", "'omni_reference_task_type':'extend'"),
            "ratio",
            "must be adaptive for extend"),
        bad(
            "extend without video",
            request(V25, REF_IMAGE, "'omni_reference_task_type':'extend'"),
            "omni_reference_task_type",
            "extend needs a reference_video"),
        bad(
            "edit without video on an unknown model",
            request(UNKNOWN, TEXT, "'omni_reference_task_type':'edit'"),
            "omni_reference_task_type",
            "edit needs a reference_video"),
        bad(
            "everything at once",
            "{'model':'"
                + V20
                + "','content':[{'type':'text'},{'type':'video_url','video_url':{'url':'data:video/mp4;base64,AA=='}}],'duration':'5','sed':1}",
            "content[0].text",
            "is missing",
            "content[1].role",
            "is missing",
            "content[1].video_url.url",
            "never",
            "duration",
            "write 5",
            "sed",
            "did you mean \"seed\"?"));
  }

  static Stream<Arguments> unknown() {
    return Stream.of(
        bad(
            "typo",
            request(V20, TEXT, "'duraton':5"),
            "duraton",
            "is an unknown field; did you mean \"duration\"?"),
        bad(
            "camel case",
            request(V20, TEXT, "'callbackUrl':'x'"),
            "callbackUrl",
            "did you mean \"callback_url\"?"),
        bad("nothing near", request(V20, TEXT, "'zzz':5"), "zzz", "options.allowUnknownFields"),
        bad("unknown and null", request(V20, TEXT, "'zzz':null"), "zzz", "is an unknown field"),
        bad(
            "another service's name",
            request(V20, TEXT, "'prompt':'a cat'"),
            "prompt",
            "in content"),
        bad("odd name", request(V20, TEXT, "'a\\nb':5"), "[\"a?b\"]", "is an unknown field"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "aspect_ratio | did you mean \"ratio\"?",
        "aspectRatio | did you mean \"ratio\"?",
        "AspectRatio | did you mean \"ratio\"?",
        "aspect-ratio | did you mean \"ratio\"?",
        "imageUrl | write it as {\"type\":\"image_url\"",
        "Prompt | write it as {\"type\":\"text\"",
        "webHook | did you mean \"callback_url\"?",
        "callbackUrl | did you mean \"callback_url\"?",
        "generateAudio | did you mean \"generate_audio\"?",
        "returnLastFrame | did you mean \"return_last_frame\"?",
        "omniReferenceTaskType | did you mean \"omni_reference_task_type\"?",
      })
  void nameInAnotherCase_isKnownForWhatItMeans(String name, String hint) {
    String json = request(V20, TEXT, "'" + name + "':1");

    Verdict<VideoRequest> invalid = check(json);

    assertThat(invalid.violations()).hasSize(1);
    assertThat(invalid.violations().get(0).message()).contains(hint);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "./cat.png",
        "../pictures/cat.png",
        "/home/me/cat.png",
        "~/cat.png",
        "$HOME/cat.png",
        "%USERPROFILE%/cat.png",
        "C:/Users/me/cat.png",
        "C:\\\\Users\\\\me\\\\cat.png",
        "c:cat.png",
        "\\\\\\\\server\\\\share\\\\cat.png",
        ".\\\\cat.png",
        "cat.png",
        "my.cat.JPG",
        "我的猫.png",
        "pictures/cat.webp",
        "FILE:///cat.png",
        " ./cat.png",
      })
  void pathOnSomeonesDisk_isCalledALocalFile(String path) {
    for (String json :
        List.of(
            request(V20, imageAt(path, "'role':null")),
            request(V20, REF_IMAGE + "," + videoAt(path)))) {
      Verdict<VideoRequest> invalid = check(json);

      assertThat(invalid.violations())
          .singleElement()
          .extracting(Violation::message)
          .asString()
          .startsWith("is a local file, which the service cannot reach: write https://…")
          .doesNotContain("cat");
    }
  }

  static Stream<Arguments> allowed() {
    return Stream.of(
        ok("several texts", request(V20, TEXT + "," + TEXT)),
        ok("image without role", request(V20, image("'role':null"))),
        ok(
            "stored input",
            request(V20, imageAt("store://inputs/" + "0f".repeat(32) + ".jpg", "'role':null"))),
        ok("first frame on 1.0 fast", request(V10_FAST, FIRST)),
        ok("last frame before first", request(V20, LAST + "," + FIRST)),
        ok(
            "9 + 3 + 3 references",
            request(
                V20, times(9, REF_IMAGE) + "," + times(3, REF_VIDEO) + "," + times(3, REF_AUDIO))),
        ok(
            "30 + 10 + 10 on 2.5",
            request(
                V25,
                times(30, REF_IMAGE) + "," + times(10, REF_VIDEO) + "," + times(10, REF_AUDIO))),
        ok("audio alone on 2.5", request(V25, REF_AUDIO)),
        ok("audio alone on an unknown model", request(UNKNOWN, REF_AUDIO)),
        ok("http", request(V20, imageAt("http://a.example/i.png", "'role':null"))),
        ok(
            "odd but possible URL",
            request(V20, imageAt("HTTPS://a_b.example:8080/图片|1.png?x=[1]#@", "'role':null"))),
        ok("IPv6", request(V20, imageAt("http://[::1]:8080/i.png", "'role':null"))),
        ok("inline image", request(V20, imageAt("data:image/heic;base64,QUI=", "'role':null"))),
        ok(
            "inline image without padding",
            request(V20, imageAt("data:image/png;base64,QUI", "'role':null"))),
        ok("inline audio", request(V20, REF_IMAGE + "," + audioAt("data:audio/mpeg;base64,QUJD"))),
        ok("asset video", request(V20, videoAt("asset://asset-1"))),
        ok(
            "defaults of fields the model lacks",
            request(
                V20,
                TEXT,
                "'camera_fixed':false",
                "'service_tier':'default'",
                "'draft':false",
                "'output_format':'mp4'",
                "'omni_reference_task_type':'auto'")),
        ok(
            "priority 0 and sound on 1.0",
            request(V10, TEXT, "'priority':0", "'generate_audio':true", "'tools':[]")),
        ok("flex and priority 0", request(V15, TEXT, "'service_tier':'flex'", "'priority':0")),
        ok("seed -1", request(V20, TEXT, "'seed':-1")),
        ok("seed of 32 bits", request(V20, TEXT, "'seed':4294967295")),
        ok("frames beat duration", request(V10, TEXT, "'frames':289", "'duration':5")),
        ok("4k on 2.0", request(V20, TEXT, "'resolution':'4k'", "'duration':-1")),
        ok(
            "2 s on an unknown model",
            request(
                UNKNOWN,
                TEXT,
                "'duration':2",
                "'resolution':'4k'",
                "'frames':33",
                "'camera_fixed':true")),
        ok("frames at 16:9 on an unknown model", request(UNKNOWN, FIRST, "'ratio':'16:9'")),
        ok("adaptive text on an unknown model", request(UNKNOWN, TEXT, "'ratio':'adaptive'")),
        ok("adaptive frames on 1.0", request(V10, FIRST, "'ratio':'adaptive'")),
        ok("draft without resolution", request(V15, TEXT, "'draft':true")),
        ok("draft at 480p", request(V25, TEXT, "'draft':true", "'resolution':'480p'")),
        ok("final on 1.5", request(V15, DRAFT, "'resolution':'720p'")),
        ok("final on 2.5", request(V25, DRAFT, "'resolution':'1080p'", "'return_last_frame':true")),
        ok(
            "extend on 2.5",
            request(
                V25,
                TEXT + "," + REF_VIDEO,
                "'omni_reference_task_type':'extend'",
                "'ratio':'adaptive'")),
        ok(
            "edit on 2.5",
            request(
                V25,
                TEXT + "," + REF_VIDEO,
                "'omni_reference_task_type':'edit'",
                "'ratio':'adaptive'",
                "'duration':-1")),
        ok("search", request(V20, TEXT, "'tools':[{'type':'web_search'}]")),
        ok(
            "64 characters beyond the first plane",
            request(V20, TEXT, "'safety_identifier':'" + "😀".repeat(64) + "'")),
        ok("BytePlus", request("seedance-1-5-pro-251215", TEXT, "'service_tier':'flex'")));
  }

  @Test
  void modelThatIsNoId_isAViolation_asItGoesIntoLabels() {
    for (String model :
        List.of(
            "m".repeat(201),
            "\ud83d\udc31",
            "m\u009b31m",
            "m\u0085m",
            "[m](https://e.org)",
            "`m`")) {
      Verdict<VideoRequest> verdict =
          RequestRules.builtIn()
              .check(
                  new Json(
                      Map.of(
                          "model",
                          model,
                          "content",
                          List.of(Map.of("type", "text", "text", "a cat")))));

      assertThat(verdict.violations()).extracting(Violation::path).contains("model");
    }
  }

  @Test
  void violations_staySmallEnoughForAFailure_howeverDeepTheBody() {
    Object deep = java.util.Collections.nCopies(100, "\ud800");
    for (int level = 0; level < 90; level++) {
      deep = Map.of("\ud842\udfb7".repeat(20), deep);
    }
    Json body =
        new Json(
            Map.of(
                "model", "m", "content", List.of(Map.of("type", "text", "text", "t")), "x", deep));

    Verdict<VideoRequest> verdict = RequestRules.builtIn().check(body, true);

    assertThat(verdict.violations())
        .hasSizeGreaterThan(99)
        .allSatisfy(violation -> assertThat(violation.path()).hasSizeLessThanOrEqualTo(300));
  }
}
