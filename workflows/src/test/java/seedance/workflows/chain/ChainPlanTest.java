package seedance.workflows.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static seedance.workflows.chain.Chains.TEXT;
import static seedance.workflows.chain.Chains.V20;
import static seedance.workflows.chain.Chains.chain;
import static seedance.workflows.chain.Chains.draftTask;
import static seedance.workflows.chain.Chains.extend;
import static seedance.workflows.chain.Chains.json;
import static seedance.workflows.chain.Chains.next;
import static seedance.workflows.chain.Chains.plan;
import static seedance.workflows.chain.Chains.request;
import static seedance.workflows.chain.Chains.step;
import static seedance.workflows.chain.Chains.text;
import static seedance.workflows.chain.Chains.video;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import seedance.workflows.generation.GenerationPlan;
import seedance.workflows.json.Json;
import seedance.workflows.request.GenerationReference;
import seedance.workflows.request.Money;
import seedance.workflows.request.Request;

class ChainPlanTest {
  /** As the README and the issue have it. */
  private static final String EXAMPLE =
      """
      {"steps":[
       {"id":"opening","request":{"model":"doubao-seedance-2-0","content":[{"type":"text","text":"…"}],"return_last_frame":true}},
       {"id":"longer","request":{"model":"doubao-seedance-2-0","content":[{"type":"text","text":"接视频1，…"},
         {"type":"video_url","video_url":{"url":"step://opening/video"},"role":"reference_video"}]}},
       {"id":"next-shot","approve":true,"request":{"model":"doubao-seedance-2-0","content":[{"type":"text","text":"…"},
         {"type":"image_url","image_url":{"url":"step://longer/last_frame"},"role":"first_frame"}]}}]}
      """;

  @Test
  void example_isPlannedAsWritten() {
    ChainPlan plan = plan(EXAMPLE);

    assertThat(plan.steps())
        .extracting(StepPlan::id)
        .containsExactly("opening", "longer", "next-shot");
    assertThat(plan.steps())
        .extracting(StepPlan::dependsOn)
        .containsExactly(List.of(), List.of("opening"), List.of("longer"));
    assertThat(plan.steps()).extracting(StepPlan::approve).containsExactly(false, false, true);
    assertThat(plan.steps())
        .extracting(StepPlan::summary)
        .containsExactly(
            "text · doubao-seedance-2-0 · 720p · 5 s",
            "reference · doubao-seedance-2-0 · 720p · 5 s",
            "frames · doubao-seedance-2-0 · 720p · 5 s");
    assertThat(plan.graph()).isEqualTo("opening → longer → next-shot");
    assertThat(plan.notes())
        .containsExactly(
            "longer: return_last_frame is switched on, as its last frame is an input of next-shot");
    assertThat(plan.step("longer").request().tree())
        .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.MAP)
        .containsEntry("return_last_frame", true);
    assertThat(plan.step("opening").worstCase()).isEqualTo(cny("5.23204"));
    // 10 s and a frame, 940 tokens a frame, at the price with input video.
    assertThat(plan.step("longer").worstCase()).isEqualTo(cny("6.34312"));
    assertThat(plan.worstCase()).isEqualTo(cny("16.8072"));
    assertThat(plan.options()).isEqualTo(ChainOptions.DEFAULTS);
  }

  @Test
  void summary_isThatOfTheGeneration() {
    StepPlan step = plan(chain(text("a", "'resolution':'1080p'"))).step("a");

    assertThat(step.summary())
        .isEqualTo(
            new GenerationPlan("text", V20, "1080p", 5, Duration.ZERO, null, null, null, null, null)
                .summary());
  }

  @Test
  void requestForTheChild_namesGenerations_andIsOtherwiseTheSame() {
    Json child = plan(EXAMPLE).step("longer").withReferences(step -> step.inChain("film/1"));

    assertThat(new String(bytes(child), StandardCharsets.UTF_8))
        .isEqualTo(
            "{\"model\":\"doubao-seedance-2-0\",\"content\":[{\"type\":\"text\",\"text\":\"接视频1，…\"},"
                + "{\"type\":\"video_url\",\"video_url\":{\"url\":\"generation://film%2F1.opening/video\"},"
                + "\"role\":\"reference_video\"}],\"return_last_frame\":true}");
  }

  @Test
  void stepThatWasTakenOver_isNamedWhereItReallyIs_andEarlierGenerationsStay() {
    ChainPlan plan =
        plan(
            chain(
                text("a", "'duration':4"),
                step(
                    "b",
                    request(
                        V20,
                        TEXT
                            + ","
                            + video("step://a/video")
                            + ","
                            + video("generation://yesterday/video")))));

    Json child =
        plan.step("b")
            .withReferences(
                step -> new GenerationReference("other.chain." + step.stepId(), step.output()));

    assertThat(child)
        .isEqualTo(
            json(
                request(
                    V20,
                    TEXT
                        + ","
                        + video("generation://other.chain.a/video")
                        + ","
                        + video("generation://yesterday/video"))));
    assertThat(plan.step("b").dependsOn()).containsExactly("a");
  }

  @Test
  void stepsWrittenInAnyOrder_comeAfterWhatTheyAreMadeFrom() {
    ChainPlan plan = plan(chain(extend("c", "a", "b"), text("b"), text("z"), text("a")));

    assertThat(plan.steps()).extracting(StepPlan::id).containsExactly("b", "z", "a", "c");
    assertThat(plan.step("c").dependsOn()).containsExactly("a", "b");
    assertThat(plan.graph()).isEqualTo("b → c\nz\na → c");
  }

  @Test
  void draftThenFinal_isReckonedFromTheDraft() {
    ChainPlan plan =
        plan(
            chain(
                step(
                    "draft",
                    request("doubao-seedance-1-5-pro", TEXT, "'draft':true", "'ratio':'1:1'")),
                step(
                    "final",
                    request(
                        "doubao-seedance-1-5-pro",
                        draftTask("step://draft/task"),
                        "'resolution':'720p'")),
                next("shot", "final")));

    assertThat(plan.step("final").worstCase()).isEqualTo(cny("1.7424"));
    assertThat(plan.step("final").summary()).isEqualTo("final · doubao-seedance-1-5-pro · 720p");
    assertThat(plan.step("final").request().tree())
        .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.MAP)
        .containsEntry("return_last_frame", true);
    assertThat(plan.graph()).isEqualTo("draft → final → shot");
  }

  @Test
  void lastFrameThatWasSwitchedOff_isSwitchedOnInItsPlace() {
    ChainPlan plan =
        plan(
            chain(
                text("a", "'return_last_frame':false", "'seed':1"),
                next("b", "a"),
                next("c", "a")));

    assertThat(plan.step("a").request())
        .isEqualTo(json(request(V20, TEXT, "'return_last_frame':true", "'seed':1")));
    assertThat(plan.notes())
        .containsExactly(
            "a: return_last_frame is switched on, as its last frame is an input of b, c");
  }

  @Test
  void clipWhoseLengthTheModelDecides_isANote_whereItMayBecomeTooLong() {
    ChainPlan plan =
        plan(chain(text("a", "'duration':-1"), text("b", "'duration':4"), extend("c", "a", "b")));

    assertThat(plan.notes())
        .singleElement()
        .asString()
        .startsWith("c: its input clips may become longer than the service takes");
  }

  @Test
  void worstCaseOverTheBudget_isANote_asTheStepsWait() {
    String chain = chain(text("a", "'duration':-1", "'ratio':'1:1'"));

    assertThat(plan(chain, "{'budget':{'amount':5}}").notes())
        .containsExactly(
            "in the worst case the chain costs 14.95 CNY (a 14.95 CNY), over the budget of 5.00"
                + " CNY: a step that could break it waits for an approval or a higher budget");
    assertThat(plan(chain, "{'budget':{'amount':5},'overBudget':'WAIT_FOR_BUDGET'}").notes())
        .singleElement()
        .asString()
        .endsWith("waits for a higher budget");
    assertThat(plan(chain, "{'budget':{'amount':15}}").notes()).isEmpty();
  }

  @Test
  void whatMayBeTakenOver_mayCostNothing() {
    String chain = chain(text("a"));

    assertThat(plan(chain, "{'budget':{'amount':1},'reuse':'film-1'}").notes())
        .singleElement()
        .asString()
        .startsWith("in the worst case the chain costs 5.24 CNY");
  }

  @Test
  void unknownCost_isSaid_andNotTakenForNothing() {
    ChainPlan plan = plan(chain(text("a"), step("b", request("ep-1", TEXT))));

    assertThat(plan.step("b").worstCase()).isNull();
    assertThat(plan.worstCase()).isNull();
    assertThat(plan.notes()).contains("the cost of b is not known beforehand").hasSize(2);
  }

  @Test
  void aHundredSteps_arePlanned() {
    List<String> steps = new ArrayList<>(List.of(text("s0", "'duration':5")));
    for (int i = 1; i < 100; i++) {
      steps.add(i % 2 == 0 ? extend("s" + i, "s" + (i - 1)) : next("s" + i, "s" + (i - 1)));
    }
    java.util.Collections.reverse(steps);

    ChainPlan plan = plan(chain(steps.toArray(String[]::new)), "{'join':['s0','s99']}");

    assertThat(plan.steps()).hasSize(100);
    assertThat(plan.steps().get(99).id()).isEqualTo("s99");
    assertThat(plan.graph()).startsWith("s0 → s1 → s2 → ").endsWith(" → s99").doesNotContain("\n");
    assertThat(plan.worstCase().isOver(cny("500"))).isTrue();
  }

  @Test
  void unknownStep_isRefused() {
    ChainPlan plan = plan(EXAMPLE);
    assertThatThrownBy(() -> plan.step("x")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> ChainStep.step("a.b", Request.NONE))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void earlierGeneration_isTakenAsItsMedium() {
    ChainPlan plan =
        plan(chain(step("b", request(V20, TEXT + "," + video("generation://clip/video")))));

    assertThat(plan.step("b").dependsOn()).isEmpty();
    // Nobody knows how long the clip is: 15 s are taken at most.
    assertThat(plan.step("b").worstCase()).isEqualTo(cny("12.65992"));
  }

  private static Money cny(String amount) {
    return new Money(new BigDecimal(amount), "CNY");
  }

  private static byte[] bytes(Json json) {
    return io.temporal.common.converter.DefaultDataConverter.newDefaultInstance()
        .toPayload(json)
        .orElseThrow()
        .getData()
        .toByteArray();
  }
}
