package seedance.activities.generation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import seedance.workflows.generation.GenerationPlan;
import seedance.workflows.generation.Validation;
import seedance.workflows.request.AnyJson;
import seedance.workflows.request.ModelCatalogue;
import seedance.workflows.request.Violation;

/** The recorded verdict: every violation at once, or what the workflow needs to know. */
class ValidateByRulesTest {
  private static final Map<String, Object> TEXT =
      Map.of("type", "text", "text", "a very private cat");
  private static final AnyJson BODY = body(Map.of("duration", 5, "resolution", "720p"));

  private final ValidateByRules rules =
      new ValidateByRules(ModelCatalogue.builtIn(), LookSchedule.realTime());

  @Test
  void validRequest_givesThePlan() {
    GenerationPlan plan = plan(rules.validate(BODY, AnyJson.NULL));

    assertThat(plan.mode()).isEqualTo("text");
    assertThat(plan.model()).isEqualTo("doubao-seedance-2-0");
    assertThat(plan.resolution()).isEqualTo("720p");
    assertThat(plan.seconds()).isEqualTo(5);
    assertThat(plan.typicalTime()).isBetween(Duration.ofSeconds(90), Duration.ofSeconds(140));
    assertThat(plan.submitWithin()).isEqualTo(Duration.ofHours(24));
    assertThat(plan.price().amountPerMillionTokens()).isEqualByComparingTo("46");
    assertThat(plan.price().currency()).isEqualTo("CNY");
    assertThat(plan.summary()).isEqualTo("text · doubao-seedance-2-0 · 720p · 5 s");
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
            rules.validate(
                new AnyJson(Map.of("model", "ep-2026-x", "content", List.of(TEXT))), null));

    assertThat(plan.resolution()).isNull();
    assertThat(plan.seconds()).isNull();
    assertThat(plan.price()).isNull();
    assertThat(plan.typicalTime()).isPositive();
  }

  @Test
  void options_areInThePlan() {
    assertThat(
            plan(rules.validate(BODY, new AnyJson(Map.of("submitWithin", "PT30M")))).submitWithin())
        .isEqualTo(Duration.ofMinutes(30));
  }

  @Test
  void typicalTime_goesByTheSpeedOfTheSchedule() {
    Duration real = plan(rules.validate(BODY, null)).typicalTime();
    ValidateByRules fast = new ValidateByRules(ModelCatalogue.builtIn(), LookSchedule.atSpeed(100));

    assertThat(plan(fast.validate(BODY, null)).typicalTime()).isEqualTo(real.dividedBy(100));
  }

  @Test
  void violationsOfRequestAndOptions_areNamedTogether() {
    List<Violation> violations =
        violations(
            rules.validate(
                body(Map.of("duration", 99, "ratio", "1:2")),
                new AnyJson(Map.of("submitWithin", "soon", "patience", 1))));

    assertThat(violations)
        .extracting(Violation::path)
        .containsExactlyInAnyOrder("duration", "ratio", "options.submitWithin", "options.patience");
    assertThat(violations.toString()).doesNotContain("private cat");
  }

  @Test
  void unknownField_isAViolation_unlessTheOptionsLetItThrough() {
    AnyJson body = body(Map.of("brand_new_field", 1));

    assertThat(violations(rules.validate(body, null)))
        .extracting(Violation::path)
        .containsExactly("brand_new_field");
    plan(rules.validate(body, new AnyJson(Map.of("allowUnknownFields", true))));
  }

  @Test
  void absentRequest_isAViolation_notAnException() {
    assertThat(violations(rules.validate(null, null))).isNotEmpty();
    assertThat(violations(rules.validate(AnyJson.UNREADABLE, AnyJson.UNREADABLE))).isNotEmpty();
  }

  private static AnyJson body(Map<String, Object> settings) {
    Map<String, Object> body = new java.util.LinkedHashMap<>();
    body.put("model", "doubao-seedance-2-0");
    body.put("content", List.of(TEXT));
    body.putAll(settings);
    return new AnyJson(body);
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
