package seedance.activities.generation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import seedance.activities.store.ArtifactStore;
import seedance.activities.store.FolderStore;
import seedance.activities.store.MediaBytes;
import seedance.workflows.generation.GenerationPlan;
import seedance.workflows.generation.Marking;
import seedance.workflows.generation.TaskTraits;
import seedance.workflows.generation.Validation;
import seedance.workflows.json.Json;
import seedance.workflows.json.Violation;
import seedance.workflows.request.ModelCatalogue;
import seedance.workflows.request.TokenCount;

/** The recorded verdict: every violation at once, or what the workflow needs to know. */
class ValidateByRulesTest {
  private static final Map<String, Object> TEXT =
      Map.of("type", "text", "text", "a very private cat");
  private static final Json BODY = body(Map.of("duration", 5, "resolution", "720p"));

  private static final Json ADOPT = new Json(Map.of("adopt", Map.of("taskId", "cgt-1")));

  /** The catalogue says that it surely takes a seed. */
  private static final String SURE = "doubao-seedance-1-5-pro-251215";

  @TempDir private Path root;
  private ArtifactStore store;
  private ValidateByRules rules;

  @BeforeEach
  void makeRules() throws Exception {
    store = new FolderStore(root);
    rules = new ValidateByRules(ModelCatalogue.builtIn(), UnsharedLooks.realTime(), store, false);
  }

  @Test
  void validRequest_givesThePlan() {
    GenerationPlan plan = plan(rules.validate(BODY, Json.NULL));

    assertThat(plan.mode()).isEqualTo("text");
    assertThat(plan.model()).isEqualTo("doubao-seedance-2-0");
    assertThat(plan.resolution()).isEqualTo("720p");
    assertThat(plan.seconds()).isEqualTo(5);
    assertThat(plan.typicalTime()).isBetween(Duration.ofSeconds(90), Duration.ofSeconds(140));
    assertThat(plan.options().submitWithin()).isEqualTo(Duration.ofHours(24));
    assertThat(plan.price().amountPerMillionTokens()).isEqualByComparingTo("46");
    assertThat(plan.price().currency()).isEqualTo("CNY");
    assertThat(plan.summary()).isEqualTo("text · doubao-seedance-2-0 · 720p · 5 s");
  }

  @Test
  void plan_saysHowManyTokensThereCanBe_inputVideosBeingAsLongAsTheModelTakesThem() {
    Map<String, Object> video =
        Map.of(
            "type",
            "video_url",
            "video_url",
            Map.of("url", "https://a.example/v.mp4"),
            "role",
            "reference_video");
    Json extend =
        new Json(
            Map.of(
                "model", "doubao-seedance-2-0", "content", List.of(TEXT, video), "ratio", "1:1"));

    assertThat(plan(rules.validate(body(Map.of("ratio", "1:1")), null)).tokens())
        .isEqualTo(new TokenCount(108_000, 108_900));
    assertThat(plan(rules.validate(extend, null)).tokens())
        .isEqualTo(new TokenCount(194_400, 432_900));
    assertThat(plan(rules.validate(bodyOf("ep-2026-x", Map.of()), null)).tokens()).isNull();
    assertThat(plan(rules.validate(null, ADOPT)).tokens()).isNull();
  }

  @Test
  void modelThatNobodyKnows_isNotedInThePlan() {
    assertThat(plan(rules.validate(BODY, null)).notes()).isEmpty();
    assertThat(plan(rules.validate(bodyOf("doubao-seedance-2-O", Map.of()), null)).notes())
        .singleElement()
        .asString()
        .contains("did you mean \"doubao-seedance-2-0\"?", "cost unknown");
  }

  @Test
  void flagsInAPrompt_areInThePlan_andNeverReplacedByASeedOfOurs() {
    Map<String, Object> prompt =
        Map.of("type", "text", "text", "a very private cat --rs 480p --dur 12 --seed 11");
    GenerationPlan plan =
        plan(rules.validate(new Json(Map.of("model", SURE, "content", List.of(prompt))), null));

    assertThat(plan.summary()).isEqualTo("text · " + SURE + " · 480p · 12 s");
    assertThat(plan.price().basis()).contains("480p");
    assertThat(plan.marking()).isEqualTo(Marking.NONE);
    assertThat(plan.traits().seed()).isNull();
    assertThat(plan.notes()).hasSize(1);
    assertThat(plan.notes().toString()).doesNotContain("private");
  }

  @Test
  void absentSettings_areTheModelsDefaults() {
    GenerationPlan plan = plan(rules.validate(body(Map.of()), null));

    assertThat(plan.resolution()).isEqualTo("720p");
    assertThat(plan.seconds()).isEqualTo(5);
  }

  @Test
  void whatNobodyKnows_isAbsentFromThePlan() {
    GenerationPlan plan =
        plan(
            rules.validate(new Json(Map.of("model", "ep-2026-x", "content", List.of(TEXT))), null));

    assertThat(plan.resolution()).isNull();
    assertThat(plan.seconds()).isNull();
    assertThat(plan.price()).isNull();
    assertThat(plan.typicalTime()).isPositive();
  }

  @Test
  void options_areInThePlan() {
    assertThat(
            plan(rules.validate(BODY, new Json(Map.of("submitWithin", "PT30M"))))
                .options()
                .submitWithin())
        .isEqualTo(Duration.ofMinutes(30));
  }

  @Test
  void typicalTime_goesByTheSpeedOfTheSchedule() {
    Duration real = plan(rules.validate(BODY, null)).typicalTime();
    ValidateByRules fast =
        new ValidateByRules(
            ModelCatalogue.builtIn(), UnsharedLooks.by(LookSchedule.atSpeed(100)), store, false);

    assertThat(plan(fast.validate(BODY, null)).typicalTime()).isEqualTo(real.dividedBy(100));
  }

  @Test
  void violationsOfRequestAndOptions_areNamedTogether() {
    List<Violation> violations =
        violations(
            rules.validate(
                body(Map.of("duration", 99, "ratio", "1:2")),
                new Json(Map.of("submitWithin", "soon", "patience", 1))));

    assertThat(violations)
        .extracting(Violation::path)
        .containsExactlyInAnyOrder("duration", "ratio", "options.submitWithin", "options.patience");
    assertThat(violations.toString()).doesNotContain("private cat");
  }

  @Test
  void unknownField_isAViolation_unlessTheOptionsLetItThrough() {
    Json body = body(Map.of("brand_new_field", 1));

    assertThat(violations(rules.validate(body, null)))
        .extracting(Violation::path)
        .containsExactly("brand_new_field");
    plan(rules.validate(body, new Json(Map.of("allowUnknownFields", true))));
  }

  @Test
  void absentRequest_isAViolation_notAnException() {
    assertThat(violations(rules.validate(null, null))).isNotEmpty();
  }

  @Test
  void expiry_isTheRequestsOrTheUsualOne() {
    assertThat(plan(rules.validate(body(Map.of()), null)).expiresAfter())
        .isEqualTo(GenerationPlan.USUAL_EXPIRY);
    assertThat(
            plan(rules.validate(body(Map.of("execution_expires_after", 7200)), null))
                .expiresAfter())
        .isEqualTo(Duration.ofHours(2));
  }

  @Test
  void openSeed_isTheMarker_whereTheModelSurelyTakesOne() {
    assertThat(marking(SURE, Map.of())).isEqualTo(Marking.SEED);
    assertThat(marking(SURE, Map.of("seed", -1))).isEqualTo(Marking.SEED);
  }

  @Test
  void seedOfTheRequest_isNeverReplaced() {
    assertThat(marking(SURE, Map.of("seed", 0))).isEqualTo(Marking.NONE);
    assertThat(marking(SURE, Map.of("seed", 7))).isEqualTo(Marking.NONE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"doubao-seedance-2-0", "doubao-seedance-2-5-260628", "ep-2026-x"})
  void openSeed_isNoMarker_whereTheModelMayRefuseOne(String model) {
    assertThat(marking(model, Map.of())).isEqualTo(Marking.NONE);
  }

  @Test
  void finalOfADraft_isNotMarkedByASeed_asItHasTheDrafts() {
    Map<String, Object> draft =
        Map.of("type", "draft_task", "draft_task", Map.of("id", "cgt-20260606160057-6bbjd"));
    Json body = new Json(Map.of("model", SURE, "content", List.of(draft)));

    assertThat(plan(rules.validate(body, null)).marking()).isEqualTo(Marking.NONE);
  }

  @Test
  void safetyIdentifier_isTheMarker_whereTheOperatorLetsIt_andTheRequestHasNone() {
    ValidateByRules marking =
        new ValidateByRules(ModelCatalogue.builtIn(), UnsharedLooks.realTime(), store, true);

    assertThat(plan(marking.validate(body(Map.of()), null)).marking())
        .isEqualTo(Marking.SAFETY_IDENTIFIER);
    assertThat(plan(marking.validate(body(Map.of("safety_identifier", "x")), null)).marking())
        .isEqualTo(Marking.NONE);
    assertThat(plan(marking.validate(bodyOf(SURE, Map.of()), null)).marking())
        .isEqualTo(Marking.SEED);
    assertThat(plan(marking.validate(bodyOf(SURE, Map.of("seed", 7)), null)).marking())
        .isEqualTo(Marking.SAFETY_IDENTIFIER);
  }

  @Test
  void traits_areWhatTheRequestSays_underEveryNameOfItsModel() {
    TaskTraits traits =
        traits(
            bodyOf(
                SURE,
                Map.of(
                    "seed", 7,
                    "resolution", "720p",
                    "ratio", "16:9",
                    "duration", 5,
                    "safety_identifier", "someone")));

    assertThat(traits.models()).contains(SURE).hasSizeGreaterThan(1);
    assertThat(traits).isEqualTo(new TaskTraits(traits.models(), 7L, "720p", "16:9", 5, "someone"));
  }

  @Test
  void traits_guessAtNoDefault() {
    TaskTraits traits = traits(bodyOf("ep-2026-x", Map.of("ratio", "adaptive", "duration", -1)));

    assertThat(traits).isEqualTo(TaskTraits.ANY);
  }

  @Test
  void seedThatTheModelMayIgnore_isNoTrait() {
    assertThat(traits(body(Map.of("seed", 7))).seed()).isNull();
  }

  @Test
  void lengthInFrames_isNoTrait() {
    assertThat(
            traits(bodyOf("doubao-seedance-1-0-pro-250528", Map.of("frames", 121, "duration", 5)))
                .duration())
        .isNull();
  }

  @Test
  void taskToAdopt_needsNoRequest() {
    for (Json none : Arrays.asList(null, Json.NULL)) {
      GenerationPlan plan = plan(rules.validate(none, ADOPT));

      assertThat(plan.mode()).isEqualTo("adopted");
      assertThat(plan.model()).isEqualTo("unknown");
      assertThat(plan.marking()).isEqualTo(Marking.NONE);
      assertThat(plan.traits()).isEqualTo(TaskTraits.ANY);
      assertThat(plan.price()).isNull();
      assertThat(plan.options().adopt()).contains("cgt-1");
    }
  }

  @Test
  void requestOfATaskToAdopt_isJudgedAsEver_andGivesThePrice() {
    GenerationPlan plan = plan(rules.validate(BODY, ADOPT));

    assertThat(plan.mode()).isEqualTo("adopted");
    assertThat(plan.model()).isEqualTo("doubao-seedance-2-0");
    assertThat(plan.price()).isNotNull();
    assertThat(violations(rules.validate(body(Map.of("duration", 99)), ADOPT)))
        .extracting(Violation::path)
        .containsExactly("duration");
  }

  @Test
  void finalOfAStoredDraft_hasThePriceThatTheDraftDecides() throws Exception {
    Json last = finalOf("generation://film.draft/task");
    assertThat(plan(rules.validate(last, null)).price()).isNull();

    StoredFixture.store(
        store,
        "film.draft",
        "cgt-1",
        MediaBytes.mp4(99),
        new byte[0],
        bodyOf(SURE, Map.of("draft", true, "generate_audio", false)));

    assertThat(plan(rules.validate(last, null)).price().amountPerMillionTokens())
        .isEqualByComparingTo("8");
    assertThat(plan(rules.validate(finalOf("cgt-20260606160057-6bbjd"), null)).price()).isNull();
  }

  @Test
  void priceOfAFinal_isNotKnown_whereItsDraftCannotBeRead_andTheRequestStaysValid()
      throws Exception {
    StoredFixture.store(store, "film.draft", "cgt-1", MediaBytes.mp4(99), new byte[0]);
    Json last = finalOf("generation://film.draft/task");
    assertThat(plan(rules.validate(last, null)).price()).isNull();

    Files.writeString(root.resolve("film.draft/manifest.json"), "{");
    assertThat(plan(rules.validate(last, null)).price()).isNull();
  }

  private static Json finalOf(String task) {
    return new Json(
        Map.of(
            "model",
            SURE,
            "content",
            List.of(Map.of("type", "draft_task", "draft_task", Map.of("id", task)))));
  }

  @Test
  void wrongTaskToAdopt_isAViolation() {
    assertThat(violations(rules.validate(BODY, new Json(Map.of("adopt", Map.of("taskId", ".."))))))
        .extracting(Violation::path)
        .containsExactly("options.adopt.taskId");
  }

  private Marking marking(String model, Map<String, Object> settings) {
    return plan(rules.validate(bodyOf(model, settings), null)).marking();
  }

  private TaskTraits traits(Json body) {
    return plan(rules.validate(body, null)).traits();
  }

  private static Json body(Map<String, Object> settings) {
    return bodyOf("doubao-seedance-2-0", settings);
  }

  private static Json bodyOf(String model, Map<String, Object> settings) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("model", model);
    body.put("content", List.of(TEXT));
    body.putAll(settings);
    return new Json(body);
  }

  private static GenerationPlan plan(Validation verdict) {
    assertThat(verdict).isInstanceOf(Validation.Valid.class);
    return ((Validation.Valid) verdict).plan();
  }

  private static List<Violation> violations(Validation verdict) {
    assertThat(verdict).isInstanceOf(Validation.Invalid.class);
    return ((Validation.Invalid) verdict).violations();
  }
}
