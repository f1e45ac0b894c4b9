package seedance.workflows.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static seedance.workflows.request.Requests.json;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import seedance.workflows.json.InvalidException;
import seedance.workflows.json.Json;

class RequestBuilderTest {
  private static final String MODEL = "doubao-seedance-2-0";
  private static final String PNG = "https://a.example/i.png";
  private static final String MP4 = "https://a.example/v.mp4";

  static Stream<Arguments> modes() {
    return Stream.of(
        Arguments.of(
            "text",
            Request.of(MODEL).text("a cat").build(),
            "{'model':'doubao-seedance-2-0','content':[{'type':'text','text':'a cat'}]}"),
        Arguments.of(
            "text",
            Request.of(MODEL).text("a cat").webSearch().build(),
            "{'model':'doubao-seedance-2-0','content':[{'type':'text','text':'a cat'}],"
                + "'tools':[{'type':'web_search'}]}"),
        Arguments.of(
            "frames",
            Request.of(MODEL).ratio("16:9").text("a cat").firstFrame(PNG).lastFrame(PNG).build(),
            "{'model':'doubao-seedance-2-0','ratio':'16:9','content':[{'type':'text','text':'a cat'},"
                + "{'type':'image_url','image_url':{'url':'https://a.example/i.png'},'role':'first_frame'},"
                + "{'type':'image_url','image_url':{'url':'https://a.example/i.png'},'role':'last_frame'}]}"),
        Arguments.of(
            "reference",
            Request.of(MODEL)
                .referenceImage(PNG)
                .referenceVideo(MP4)
                .referenceAudio("https://a.example/a.mp3")
                .text("a cat")
                .build(),
            "{'model':'doubao-seedance-2-0','content':["
                + "{'type':'image_url','image_url':{'url':'https://a.example/i.png'},'role':'reference_image'},"
                + "{'type':'video_url','video_url':{'url':'https://a.example/v.mp4'},'role':'reference_video'},"
                + "{'type':'audio_url','audio_url':{'url':'https://a.example/a.mp3'},'role':'reference_audio'},"
                + "{'type':'text','text':'a cat'}]}"),
        Arguments.of(
            "final",
            Request.finalOfDraft("doubao-seedance-1-5-pro", "cgt-1").resolution("720p").build(),
            "{'model':'doubao-seedance-1-5-pro','resolution':'720p',"
                + "'content':[{'type':'draft_task','draft_task':{'id':'cgt-1'}}]}"));
  }

  @ParameterizedTest
  @MethodSource("modes")
  void everyMode_isTheServicesJson_andPassesTheRules(String mode, Request request, String written) {
    assertThat(request.json()).isEqualTo(json(written));
    assertThat(RequestRules.builtIn().check(request.json(), false).orElseThrow().mode().label())
        .isEqualTo(mode);
  }

  @Test
  void everyFieldThatTheRulesKnow_canBeSaid() {
    Request request =
        Request.of("doubao-seedance-2-5")
            .text("it goes on")
            .referenceVideo(MP4)
            .omniReferenceTaskType("extend")
            .resolution("480p")
            .ratio("adaptive")
            .duration(5)
            .frames(121)
            .seed(7)
            .generateAudio(false)
            .draft(true)
            .returnLastFrame(true)
            .serviceTier("default")
            .executionExpiresAfter(3600)
            .priority(9)
            .safetyIdentifier("user-7")
            .callbackUrl("https://a.example/called")
            .cameraFixed(true)
            .watermark(false)
            .outputFormat("mov")
            .build();

    TreeSet<String> said = new TreeSet<>(request.json().fields().keySet());
    said.add("tools"); // with text alone, above
    said.removeAll(List.of("model", "content"));
    assertThat(said).containsExactlyInAnyOrderElementsOf(SentBody.OPTIONAL_FIELDS);
  }

  @Test
  void whatTheBuilderDoesNotKnow_isSaidByItsName() {
    Request request =
        Request.of(MODEL).text("a cat").with("bitrate", Map.of("kbps", 900)).duration(5).build();

    assertThat(request.json().at("bitrate.kbps").tree()).isEqualTo(900);
    assertThat(request.with("duration", 6).json().at("duration").tree()).isEqualTo(6);
  }

  @Test
  void aHalfWrittenRequest_isATemplateForMany() {
    RequestBuilder.Text template = Request.of(MODEL).ratio("1:1");

    Request cat = template.text("a cat").build();
    Request dog = template.text("a dog").firstFrame(PNG).build();

    assertThat(cat.json().at("content").items()).hasSize(1);
    assertThat(dog.json().at("content").items()).hasSize(2);
    assertThat(dog.json().at("ratio").text()).contains("1:1");
  }

  @ParameterizedTest
  @MethodSource("exclusions")
  void whatCannotBeMixed_doesNotCompile(Class<?> mode, List<String> foreign) {
    assertThat(Arrays.stream(mode.getMethods()).map(Method::getName))
        .contains("build", "duration")
        .doesNotContainAnyElementsOf(foreign);
  }

  static Stream<Arguments> exclusions() {
    List<String> references = List.of("referenceImage", "referenceVideo", "referenceAudio");
    return Stream.of(
        Arguments.of(RequestBuilder.Frames.class, references),
        Arguments.of(RequestBuilder.Frames.class, List.of("webSearch", "omniReferenceTaskType")),
        Arguments.of(RequestBuilder.Reference.class, List.of("firstFrame", "lastFrame")),
        Arguments.of(RequestBuilder.Reference.class, List.of("webSearch")),
        Arguments.of(RequestBuilder.Text.class, List.of("lastFrame", "omniReferenceTaskType")),
        Arguments.of(RequestBuilder.Search.class, references),
        Arguments.of(RequestBuilder.Search.class, List.of("firstFrame")),
        Arguments.of(RequestBuilder.FinalOfDraft.class, references),
        Arguments.of(RequestBuilder.FinalOfDraft.class, List.of("text", "firstFrame", "draft")));
  }

  @Test
  void nothingToMakeAVideoOf_isNotBuilt() {
    assertThatThrownBy(() -> Request.of(MODEL).duration(5).build())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("text(…)");
  }

  @Test
  void jsonText_isAWayIn_unchanged() {
    String text = "{\"content\":[],\"model\":\"m\",\"seed\":null,\"x\":1.50}";

    assertThat(new String(Request.parse(text).json().write())).isEqualTo(text);
    assertThatThrownBy(() -> Request.parse("{\"model\":")).isInstanceOf(InvalidException.class);
    assertThatThrownBy(() -> Request.parse("[]"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("an array");
  }

  @Test
  void aPromptIsNotShown() {
    assertThat(Request.of(MODEL).text("a secret cat").build().toString()).doesNotContain("secret");
  }

  @Test
  void anExtension_isLikeItsSource_inWhatItDoesNotSay() {
    Request source = Request.of(MODEL).text("a cat").resolution("1080p").ratio("1:1").build();
    Extension extension =
        Extension.of(new GenerationReference("shot-7", GenerationOutput.VIDEO), "it stretches");

    assertThat(extension.duration(6).after(source).json())
        .isEqualTo(
            json(
                "{'model':'doubao-seedance-2-0','resolution':'1080p','ratio':'1:1','duration':6,"
                    + "'content':[{'type':'text','text':'it stretches'},{'type':'video_url',"
                    + "'video_url':{'url':'generation://shot-7/video'},'role':'reference_video'}]}"));
    assertThat(extension.model("other").ratio("9:16").after(source).json().fields())
        .containsEntry("model", "other")
        .containsEntry("ratio", "9:16")
        .containsEntry("resolution", "1080p");
    assertThat(extension.after(Request.NONE).json().has("model")).isFalse();
  }

  @Test
  void anExtension_isCalledSo_whereTheModelWantsToBeTold() {
    Request source = Request.of("doubao-seedance-2-5").text("a cat").ratio("1:1").build();
    Extension extension =
        Extension.of(new GenerationReference("shot-7", GenerationOutput.VIDEO), "it stretches");

    Json told = extension.after(source).json();
    assertThat(told.fields())
        .containsEntry("omni_reference_task_type", "extend")
        .containsEntry("ratio", "adaptive");
    assertThat(RequestRules.builtIn().check(told, false).isValid()).isTrue();
    assertThat(extension.with("omni_reference_task_type", "auto").after(source).json().fields())
        .containsEntry("omni_reference_task_type", "auto")
        .containsEntry("ratio", "1:1");
  }
}
