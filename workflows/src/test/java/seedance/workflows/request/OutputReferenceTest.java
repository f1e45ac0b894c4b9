package seedance.workflows.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static seedance.workflows.request.Requests.json;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import seedance.workflows.json.Json;
import seedance.workflows.json.Verdict;

class OutputReferenceTest {
  private static final RequestRules RULES = RequestRules.builtIn();

  @ParameterizedTest
  @CsvSource({
    "generation://clip-1/video, clip-1, VIDEO",
    "generation://chain.opening/last_frame, chain.opening, LAST_FRAME",
    "generation://a%2Fb%20c/task, a/b c, TASK",
    "generation://a+b:c@d/video, a+b:c@d, VIDEO",
    "generation://%E6%A9%98%E7%8C%AB/video, 橘猫, VIDEO",
  })
  void generation_isNamedByItsWorkflowId(String url, String id, GenerationOutput output) {
    assertThat(OutputReference.of(url)).contains(new GenerationReference(id, output));
    assertThat(GenerationReference.fromUrl(url).workflowId()).isEqualTo(id);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "generation://",
        "generation:///video",
        "generation://a",
        "generation://a/",
        "generation://a/video/",
        "generation://a/VIDEO",
        "generation://a/audio",
        "generation://a/b/video",
        "generation://a b/video",
        "generation://橘/video",
        "generation://a%2/video",
        "generation://%FF/video",
        "generation://%20/video",
        "generation://a/video?x=1",
        "Generation://a/video",
        "generation:a/video",
        "step://",
        "step:///video",
        "step://a.b/video",
        "step://a%20b/video",
        "step://a/frame",
        "step://a/video#",
        "STEP://a/video",
        "https://a/video",
      })
  void whatIsNotWrittenRight_isNoReference(String text) {
    assertThat(OutputReference.of(text)).isEmpty();
    assertThatThrownBy(() -> GenerationReference.fromUrl(text))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> StepReference.fromUrl(text))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** A group that is repeated took the stack of the regular expression for every character. */
  @ParameterizedTest
  @ValueSource(strings = {"a", "%2B", "a%20", "%E6%A9%98"})
  void referenceOfAnyLength_isJudged_withoutOverflowingTheStack(String part) {
    for (int length : List.of(900, 1_000, 5_000, 1_000_000)) {
      String id = part.repeat(length / part.length());

      assertThat(OutputReference.of("generation://" + id + "/video").isPresent())
          .as("%d characters", length)
          .isEqualTo(length <= 1_000);
      assertThat(OutputReference.of("step://" + id + "/video")).isEmpty();
    }
  }

  @Test
  void idsBeyondWhatTemporalTakes_areNone() {
    assertThat(GenerationReference.isWorkflowId("x".repeat(1_000))).isTrue();
    assertThat(GenerationReference.isWorkflowId("x".repeat(1_001))).isFalse();
    assertThat(GenerationReference.isWorkflowId("\ud83d")).isFalse();
    assertThat(StepReference.isStepId("x".repeat(64))).isTrue();
    assertThat(StepReference.isStepId("x".repeat(65))).isFalse();
  }

  @Test
  void step_isTheGenerationOfItsChildWorkflow() {
    assertThat(StepReference.fromUrl("step://longer/last_frame").inChain("film/1").url())
        .isEqualTo("generation://film%2F1.longer/last_frame");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "VIDEO | generation://clip-1/video | `` | ``",
        "IMAGE | generation://clip-1/last_frame | `` | ``",
        "DRAFT | generation://clip-1/task | `` | ``",
        "VIDEO | step://a/video | names a step, which has a meaning inside a chain only: write generation://WORKFLOW-ID/video | ``",
        "IMAGE | step://a/last_frame | names a step, which has a meaning inside a chain only | ``",
        "DRAFT | step://a/task | names a step, which has a meaning inside a chain only: write generation://WORKFLOW-ID/task | ``",
        "VIDEO | generation://clip-1/last_frame | names a last_frame, which cannot stand here: write generation://WORKFLOW-ID/video | names a last_frame",
        "IMAGE | generation://clip-1/video | names a video, which cannot stand here: write generation://WORKFLOW-ID/last_frame | names a video",
        "DRAFT | generation://clip-1/video | names a video, which cannot stand here: write generation://WORKFLOW-ID/task | names a video",
        "VIDEO | step://a/task | names a step, which | names a task, which cannot stand here: write step://ID/video",
        "VIDEO | generation://a b/video | is not a reference to a generation: write generation://WORKFLOW-ID/video, WORKFLOW-ID being percent-encoded | is not a reference to a generation",
        "VIDEO | Generation://a/video | is not a reference to a generation | is not a reference to a generation",
        "VIDEO | generation://%20/video | names a generation whose id is blank | names a generation whose id is blank",
        "VIDEO | step://a.b/video | names a step, which | is not a reference to a step: write step://ID/video, ID being up to 64",
        "VIDEO | step://a | names a step, which | is not a reference to a step",
        "AUDIO | generation://clip-1/video | makes no medium of this kind | makes no medium of this kind",
        "AUDIO | step://a/video | makes no medium of this kind | makes no medium of this kind",
      })
  void reference_standsForItsMedium_andNothingElse(
      String place, String url, String alone, String inChain) {
    Json request = request(place, url);
    assertFault(RULES.check(request), place, alone);
    assertFault(RULES.checkStep(request, false), place, inChain);
  }

  @Test
  void referenceToAnIdThatIsTooLong_saysThat_andNotToWriteItTheSame() {
    Json request = request("IMAGE", "generation://" + "a".repeat(5_000) + "/last_frame");

    assertFault(
        RULES.check(request),
        "IMAGE",
        "names a generation whose id has 5000 bytes, over Temporal's 1000");
  }

  private static void assertFault(Verdict<VideoRequest> verdict, String place, String message) {
    if (message.isEmpty()) {
      assertThat(verdict).matches(Verdict::isValid);
      return;
    }
    assertThat(verdict.violations())
        .singleElement()
        .satisfies(
            violation -> {
              assertThat(violation.path())
                  .isEqualTo(
                      Map.of(
                              "VIDEO", "content[0].video_url.url",
                              "IMAGE", "content[0].image_url.url",
                              "AUDIO", "content[1].audio_url.url",
                              "DRAFT", "content[0].draft_task.id")
                          .get(place));
              assertThat(violation.message()).contains(message);
            });
  }

  private static Json request(String place, String url) {
    String content =
        switch (place) {
          case "VIDEO" -> "{'type':'video_url','video_url':{'url':'URL'},'role':'reference_video'}";
          case "IMAGE" -> "{'type':'image_url','image_url':{'url':'URL'},'role':'first_frame'}";
          case "AUDIO" ->
              "{'type':'image_url','image_url':{'url':'https://a.example/1.png'},'role':'reference_image'},"
                  + "{'type':'audio_url','audio_url':{'url':'URL'},'role':'reference_audio'}";
          default -> "{'type':'draft_task','draft_task':{'id':'URL'}}";
        };
    String model = place.equals("DRAFT") ? "doubao-seedance-1-5-pro" : "doubao-seedance-2-0";
    return json("{'model':'" + model + "','content':[" + content.replace("URL", url) + "]}");
  }

  @Test
  void references_areFoundWhereMediaStand_andNotInPrompts() {
    Json request =
        json(
            "{'content':[{'type':'text','text':'step://a/video'},"
                + "{'type':'video_url','video_url':{'url':'step://b/video'}},"
                + "{'type':'image_url','image_url':{'url':'step://c/video'}},"
                + "{'type':'image_url','image_url':{'url':'step://d'}},"
                + "{'type':'draft_task','draft_task':{'id':'generation://e/task'}},"
                + "{'type':'text','text':'x','video_url':{'url':'step://f/video'}}],"
                + "'callback_url':'step://g/video','video_url':{'url':'step://h/video'}}");

    assertThat(RequestReferences.in(request))
        .containsExactly(
            new RequestReferences.Placed(
                "content[1].video_url.url", StepReference.fromUrl("step://b/video"), true),
            new RequestReferences.Placed(
                "content[2].image_url.url", StepReference.fromUrl("step://c/video"), false),
            new RequestReferences.Placed(
                "content[4].draft_task.id",
                GenerationReference.fromUrl("generation://e/task"),
                true));
    assertThat(RequestReferences.replaced(request, reference -> "HERE"))
        .isEqualTo(
            json(
                "{'content':[{'type':'text','text':'step://a/video'},"
                    + "{'type':'video_url','video_url':{'url':'HERE'}},"
                    + "{'type':'image_url','image_url':{'url':'step://c/video'}},"
                    + "{'type':'image_url','image_url':{'url':'step://d'}},"
                    + "{'type':'draft_task','draft_task':{'id':'HERE'}},"
                    + "{'type':'text','text':'x','video_url':{'url':'step://f/video'}}],"
                    + "'callback_url':'step://g/video','video_url':{'url':'step://h/video'}}"));
  }

  @Test
  void media_sayWhatTheyReferTo() {
    VideoRequest request = RULES.check(request("VIDEO", "generation://clip-1/video")).orElseThrow();

    assertThat(((GenerationMode.Reference) request.mode()).videos())
        .extracting(MediaUrl::reference)
        .isEqualTo(
            List.of(
                java.util.Optional.of(new GenerationReference("clip-1", GenerationOutput.VIDEO))));
    assertThat(((GenerationMode.Reference) request.mode()).videos().toString())
        .isEqualTo("[MediaUrl[generation]]");
  }
}
