package seedance.workflows.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static seedance.workflows.chain.Chains.TEXT;
import static seedance.workflows.chain.Chains.V20;
import static seedance.workflows.chain.Chains.chain;
import static seedance.workflows.chain.Chains.draftTask;
import static seedance.workflows.chain.Chains.extend;
import static seedance.workflows.chain.Chains.image;
import static seedance.workflows.chain.Chains.next;
import static seedance.workflows.chain.Chains.request;
import static seedance.workflows.chain.Chains.step;
import static seedance.workflows.chain.Chains.text;
import static seedance.workflows.chain.Chains.video;
import static seedance.workflows.chain.Chains.violations;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import seedance.workflows.json.Json;
import seedance.workflows.json.Violation;
import seedance.workflows.request.RequestRules;

/** The rules as a table: what is sent, and which violations are named, where, in what words. */
class ChainRulesTest {
  private static final String V15 = "doubao-seedance-1-5-pro";
  private static final String V25 = "doubao-seedance-2-5";
  private static final String URL = ".request.content[1].video_url.url";

  /** Expects exactly these violations, as alternating paths and parts of messages, in order. */
  private static Arguments bad(String name, String chain, String options, String... expected) {
    return Arguments.of(name, chain, options, List.of(expected));
  }

  private static Arguments bad(String name, String chain, List<String> expected) {
    return Arguments.of(name, chain, "null", expected);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource({"forms", "links", "lengths", "options", "costs"})
  void brokenRule_isNamedAtItsPlace(
      String name, String chain, String options, List<String> expected) {
    List<Violation> violations = violations(chain, options);

    assertThat(violations).as(() -> violations.toString()).hasSize(expected.size() / 2);
    for (int i = 0; i < violations.size(); i++) {
      assertThat(violations.get(i).path()).isEqualTo(expected.get(2 * i));
      assertThat(violations.get(i).message()).contains(expected.get(2 * i + 1));
    }
    assertThat(violations.toString()).doesNotContain("secret", "橘猫", "step://opening");
  }

  static Stream<Arguments> forms() {
    String ok = request(V20, TEXT);
    return Stream.of(
        bad("nothing", "null", List.of("$", "is missing: write {\"steps\":[…]}")),
        bad("no object", "[]", List.of("$", "must be an object, not an array")),
        bad("no steps", "{}", List.of("steps", "is missing")),
        bad("steps are no array", "{'steps':{}}", List.of("steps", "must be an array")),
        bad("empty", "{'steps':[]}", List.of("steps", "is empty")),
        bad("a single request", ok, List.of("$", "is a single request: start VideoGeneration")),
        bad(
            "options inside",
            "{'steps':[" + text("a") + "],'options':{}}",
            List.of("options", "options are the second argument")),
        bad("step is a string", "{'steps':['a']}", List.of("steps[0]", "must be an object")),
        bad(
            "nothing in a step",
            "{'steps':[{}]}",
            List.of("steps[0].id", "is missing", "steps[0].request", "is missing")),
        bad(
            "id is a number",
            chain("{'id':1,'request':" + ok + "}"),
            List.of("steps[0].id", "string")),
        bad("odd id", chain(text("a.b")), List.of("steps[0].id", "must be 1 to 64 letters")),
        bad(
            "long id",
            chain(text("a".repeat(65))),
            List.of("steps[0].id", "must be 1 to 64 letters")),
        bad(
            "id twice",
            chain(text("a"), text("b"), text("a")),
            List.of("steps[2].id", "is already the id of steps[0]")),
        bad(
            "order in words",
            chain(text("a"), step("b", ok, "'after':['a']")),
            List.of("steps[1].after", "comes after those that its request names as step://ID/…")),
        bad(
            "misspelt field",
            chain(step("b", ok, "'aprove':true")),
            List.of("steps[0].aprove", "did you mean \"approve\"?")),
        bad(
            "approve in quotes",
            chain(step("b", ok, "'approve':'true'")),
            List.of("steps[0].approve", "write true without quotes")),
        bad("request is a string", chain(step("a", "'x'")), List.of("steps[0].request", "object")),
        bad(
            "requests break their own rules, all at once",
            chain(
                text("a", "'duration':99"),
                step("b", "{'content':[{'type':'text'}],'durations':5}")),
            List.of(
                "steps[0].request.duration", "must be 4 to 15 seconds",
                "steps[1].request.content[0].text", "is missing",
                "steps[1].request.durations", "did you mean",
                "steps[1].request.model", "is missing")),
        bad(
            "too many steps",
            chain(IntStream.range(0, 201).mapToObj(i -> text("s" + i)).toArray(String[]::new)),
            List.of("steps", "has 201 steps: at most 200")));
  }

  static Stream<Arguments> links() {
    String draft = step("draft", request(V15, TEXT, "'draft':true"));
    return Stream.of(
        bad(
            "unknown step",
            chain(text("opening"), extend("longer", "openning")),
            List.of("steps[1]" + URL, "names no step of this chain; did you mean \"opening\"?")),
        bad(
            "unknown step beside other faults",
            chain(
                step("a", request(V20, TEXT + "," + video("step://zzz/video"), "'duration':99")),
                text("b", "'duration':1")),
            List.of(
                "steps[0].request.duration",
                "must be 4 to 15",
                "steps[0]" + URL,
                "names no step of this chain",
                "steps[1].request.duration",
                "must be 4 to 15")),
        bad(
            "itself",
            chain(extend("a", "a")),
            List.of("steps[0]" + URL, "goes in a circle: a → a")),
        bad(
            "circle of three",
            chain(extend("a", "c"), extend("b", "a"), extend("c", "b"), text("d")),
            List.of("steps[1]" + URL, "goes in a circle: a → b → c → a")),
        bad(
            "two circles",
            chain(extend("a", "b"), extend("b", "a"), extend("c", "d"), extend("d", "c")),
            List.of(
                "steps[1]" + URL, "goes in a circle: a → b → a",
                "steps[3]" + URL, "goes in a circle: c → d → c")),
        bad(
            "malformed reference",
            chain(extend("a", "b/c")),
            List.of("steps[0]" + URL, "is not a reference to a step: write step://ID/video")),
        bad(
            "wrong output, once",
            chain(text("a"), step("b", request(V20, TEXT + "," + video("step://a/task")))),
            List.of("steps[1]" + URL, "names a task, which cannot stand here")),
        bad(
            "malformed generation",
            chain(step("b", request(V20, TEXT + "," + video("generation://a b/video")))),
            List.of("steps[0]" + URL, "is not a reference to a generation")),
        bad(
            "last frame of a draft",
            chain(draft, next("b", "draft")),
            List.of(
                "steps[1].request.content[1].image_url.url",
                "step draft is a draft, which returns no last frame")),
        bad(
            "final of no draft",
            chain(text("a"), step("b", request(V15, draftTask("step://a/task")))),
            List.of(
                "steps[1].request.content[0].draft_task.id",
                "needs a draft, and step a makes none: write \"draft\":true")),
        bad(
            "final breaks the final's rules",
            chain(
                draft,
                step("b", request(V20, draftTask("step://draft/task"))),
                step("c", request(V15, TEXT + "," + draftTask("step://draft/task")))),
            List.of(
                "steps[1].request.content[0]", "drafts are not made by",
                "steps[2].request.content[0]", "a draft_task stands alone")),
        bad(
            "the reference counts as its medium",
            chain(
                text("a"),
                step(
                    "b",
                    request(
                        V20,
                        image("step://a/last_frame", "first_frame")
                            + ","
                            + video("step://a/video")))),
            List.of("steps[1].request.content", "mixes first or last frames")));
  }

  static Stream<Arguments> lengths() {
    return Stream.of(
        bad(
            "one clip too long",
            chain(step("a", request(V25, TEXT, "'duration':16")), extend("b", "a")),
            List.of("steps[1]" + URL, "step a makes 16 s: an input clip has 2 to 15 s")),
        bad(
            "together too long",
            chain(text("a", "'duration':8"), text("b", "'duration':8"), extend("c", "a", "b")),
            List.of("steps[2].request.content", "have 16 s together: at most 15 s")),
        bad(
            "together too long at the shortest",
            chain(text("a", "'duration':-1"), text("b", "'duration':12"), extend("c", "a", "b")),
            List.of("steps[2].request.content", "have 16–27 s together: at most 15 s")));
  }

  static Stream<Arguments> options() {
    String chain = chain(text("opening"), extend("longer", "opening"));
    return Stream.of(
        bad(
            "join of an unknown step",
            chain,
            "{'join':['opening','longr']}",
            "options.join[1]",
            "names no step of this chain; did you mean \"longer\"?"),
        bad("join of no id", chain, "{'join':['a b']}", "options.join[0]", "is no step's id"),
        bad(
            "options last",
            chain(text("a", "'duration':1")),
            "{'maxParallel':0,'generation':{'deadline':'P15D'}}",
            "steps[0].request.duration",
            "must be 4 to 15",
            "options.maxParallel",
            "must be 1 to 50",
            "options.generation.deadline",
            "is out of range"));
  }

  static Stream<Arguments> costs() {
    String two = chain(text("a", "'ratio':'1:1'"), text("b", "'ratio':'1:1','duration':10"));
    return Stream.of(
        bad(
            "even the cheapest is over the budget",
            two,
            "{'budget':{'amount':14.5}}",
            "options.budget",
            "is 14.50 CNY, and the chain costs at least 14.90 CNY (a 4.97 CNY, b 9.94 CNY)"),
        bad(
            "whatever a step waits for",
            two,
            "{'budget':{'amount':1},'overBudget':'WAIT_FOR_BUDGET'}",
            "options.budget",
            "is 1.00 CNY"),
        bad(
            "another currency",
            two,
            "{'budget':{'amount':100,'currency':'USD'}}",
            "options.budget.currency",
            "the prices of some steps are in CNY"));
  }

  @Test
  void flagsInAPrompt_countForTheWorstCase_andAreNoted() {
    String flags = "{'type':'text','text':'a secret cat --rs 1080p --dur 12'}";
    ChainPlan plan = Chains.plan(chain(step("only", request("doubao-seedance-1-0-pro", flags))));

    // 289 frames of 1920 × 1088, which is the largest of 1080p; of 1920 × 1080 they are 8.78.
    assertThat(plan.worstCase().inWordsAtMost()).isEqualTo("8.85 CNY");
    assertThat(plan.steps().get(0).summary())
        .isEqualTo("text · doubao-seedance-1-0-pro · 1080p · 12 s");
    assertThat(plan.notes())
        .singleElement()
        .asString()
        .startsWith("only: the prompt holds flags of the old form")
        .contains("write \"resolution\": \"1080p\", not --rs 1080p")
        .contains("write \"duration\": 12, not --dur 12")
        .doesNotContain("secret");
  }

  @Test
  void shortClipOfAStep_isBilledForALeastLength_inTheWorstCaseToo() {
    String longer = TEXT + "," + video("step://short/video");
    ChainPlan plan =
        Chains.plan(
            chain(
                step("short", request(V25, TEXT, "'duration':4,'ratio':'1:1'")),
                step("long", request(V25, longer, "'duration':30,'ratio':'1:1'"))));

    // 97 frames at 70, and 50 s instead of 34 with one frame more, at 42.
    assertThat(plan.worstCase().exactlyInWords()).isEqualTo("51.5088 CNY");
  }

  @Test
  void modelThatNobodyKnows_isNotedOnce_withTheStepsThatNameIt() {
    ChainPlan plan =
        Chains.plan(
            chain(
                step("a", request("doubao-seedance-2-O", TEXT)),
                text("b"),
                step("c", request("doubao-seedance-2-O", TEXT))));

    assertThat(plan.worstCase()).isNull();
    assertThat(plan.notes())
        .containsExactly(
            "the cost of a, c is not known beforehand",
            "a, c: no model \"doubao-seedance-2-O\" is known here (did you mean"
                + " \"doubao-seedance-2-0\"?): cost unknown, and only the general rules hold");
  }

  @Test
  void unknownFields_passWhereTheOptionsSayThat() {
    String chain = chain(text("a", "'brand_new':1"));

    assertThat(violations(chain, "null"))
        .extracting(Violation::path)
        .containsExactly("steps[0].request.brand_new");
    assertThat(Chains.plan(chain, "{'generation':{'allowUnknownFields':true}}").steps()).hasSize(1);
  }

  @Test
  void wholeChain_isAsLargeAsASingleRequestAtMost() {
    String half = "x".repeat(RequestRules.LARGEST_BODY / 2);
    String chain =
        chain(
            step("a", request(V20, "{'type':'text','text':'" + half + "'}")),
            step("b", request(V20, "{'type':'text','text':'" + half + "'}")));

    assertThat(violations(chain, "null"))
        .singleElement()
        .satisfies(
            violation -> {
              assertThat(violation.path()).isEqualTo("$");
              assertThat(violation.message()).startsWith("the chain has 1024 KiB, over the 1024");
            });
  }

  @Test
  void thousandsOfFaults_areCounted_andTheCountComesLast() {
    String content =
        IntStream.range(0, 300)
            .mapToObj(i -> video("step://nowhere" + i + "/video"))
            .collect(Collectors.joining(","));

    List<Violation> violations =
        violations(chain(step("a", request(V20, content)), text("b", "'duration':1")), "null");

    assertThat(violations).hasSize(101);
    assertThat(violations.get(100).path()).isEqualTo("$");
    assertThat(violations.get(100).message()).startsWith("and ");
  }

  @Test
  void absentArguments_areNamed() {
    assertThat(ChainRules.builtIn().check(null, null).violations())
        .extracting(Violation::path)
        .containsExactly("$");
    assertThat(ChainRules.builtIn().check(new Json(Map.of("steps", "x")), Json.NULL))
        .matches(verdict -> !verdict.isValid());
  }
}
