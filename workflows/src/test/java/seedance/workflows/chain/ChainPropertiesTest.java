package seedance.workflows.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import seedance.workflows.json.Json;
import seedance.workflows.json.Verdict;

/** What holds for every chain, not only for those that someone thought of. */
class ChainPropertiesTest {
  private static final ChainRules RULES = ChainRules.builtIn();

  /** A graph without circles, written in any order. */
  private static Map<String, List<String>> graph(int steps, Random random) {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < steps; i++) {
      ids.add("s" + i);
    }
    Map<String, List<String>> dependsOn = new LinkedHashMap<>();
    List<String> written = new ArrayList<>(ids);
    Collections.shuffle(written, random);
    for (String id : written) {
      List<String> sources = new ArrayList<>(ids.subList(0, ids.indexOf(id)));
      Collections.shuffle(sources, random);
      dependsOn.put(id, sources.subList(0, Math.min(sources.size(), random.nextInt(4))));
    }
    return dependsOn;
  }

  @Property(tries = 200)
  void graphWithoutCircles_isOrdered_andEveryArrowIsDrawnOnce(
      @ForAll @IntRange(min = 1, max = 40) int steps, @ForAll long seed) {
    Map<String, List<String>> dependsOn = graph(steps, new Random(seed));
    ChainGraph graph = new ChainGraph(dependsOn);

    assertThat(graph.cycles()).isEmpty();
    List<String> ordered = graph.ordered();
    assertThat(ordered).containsExactlyInAnyOrderElementsOf(dependsOn.keySet());
    dependsOn.forEach(
        (step, sources) ->
            sources.forEach(
                source -> assertThat(ordered.indexOf(source)).isLessThan(ordered.indexOf(step))));
    List<String> arrows = new ArrayList<>();
    for (String line : graph.drawn().split("\n")) {
      String[] names = line.split(" → ");
      for (int i = 1; i < names.length; i++) {
        arrows.add(names[i - 1] + " → " + names[i]);
      }
      assertThat(dependsOn.keySet()).contains(names);
    }
    List<String> expected = new ArrayList<>();
    dependsOn.forEach((step, from) -> from.forEach(source -> expected.add(source + " → " + step)));
    assertThat(arrows).containsExactlyInAnyOrderElementsOf(expected);
    dependsOn.keySet().forEach(step -> assertThat(graph.drawn()).contains(step));
  }

  @Property(tries = 50)
  void orderWritten_isKept_whereItIsPossible(@ForAll @IntRange(min = 1, max = 30) int steps) {
    Map<String, List<String>> dependsOn = new LinkedHashMap<>();
    for (int i = 0; i < steps; i++) {
      dependsOn.put("s" + i, i % 3 == 0 ? List.of() : List.of("s" + (i - 1)));
    }

    assertThat(new ChainGraph(dependsOn).ordered()).isEqualTo(List.copyOf(dependsOn.keySet()));
  }

  @Property(tries = 200)
  void circle_isFound_andNamedAlongItsArrows(
      @ForAll @IntRange(min = 1, max = 30) int steps,
      @ForAll @IntRange(min = 1, max = 15) int length,
      @ForAll long seed) {
    Random random = new Random(seed);
    Map<String, List<String>> dependsOn = new LinkedHashMap<>(graph(steps, random));
    List<String> circle = new ArrayList<>(dependsOn.keySet());
    Collections.shuffle(circle, random);
    circle = circle.subList(0, Math.min(length, steps));
    for (int i = 0; i < circle.size(); i++) {
      List<String> sources = new ArrayList<>(dependsOn.get(circle.get(i)));
      sources.add(circle.get((i + 1) % circle.size()));
      dependsOn.put(circle.get(i), sources.stream().distinct().toList());
    }
    ChainGraph graph = new ChainGraph(dependsOn);

    List<ChainGraph.Cycle> cycles = graph.cycles();

    assertThat(cycles).isNotEmpty();
    assertThatThrownBy(graph::ordered).isInstanceOf(IllegalStateException.class);
    Map<String, List<String>> cut = new LinkedHashMap<>(dependsOn);
    for (ChainGraph.Cycle cycle : cycles) {
      if (!cycle.inWords().contains("…")) {
        String[] names = cycle.inWords().split(" → ");
        assertThat(names[0]).isEqualTo(names[names.length - 1]);
        for (int i = 1; i < names.length; i++) {
          assertThat(dependsOn.get(names[i])).contains(names[i - 1]);
        }
      }
      List<String> sources = new ArrayList<>(cut.get(cycle.step()));
      sources.remove(cycle.madeFrom());
      cut.put(cycle.step(), sources);
    }
    assertThat(new ChainGraph(cut).cycles()).isEmpty();
  }

  @Property(tries = 800)
  void noJson_makesTheRulesThrow_orShowsAPrompt(
      @ForAll("anyJson") Object chain, @ForAll("anyJson") Object options) {
    for (Object tree :
        List.of(orText(chain), Map.of("steps", List.of(orText(chain), step(chain))))) {
      Verdict<ChainPlan> verdict = RULES.check(new Json(tree), new Json(options));
      assertThat(verdict.violations().toString()).doesNotContain("secret");
    }
    assertThat(ChainOptions.check(new Json(options))).isNotNull();
  }

  private static Object orText(Object value) {
    return value == null ? "null" : value;
  }

  private static Map<String, Object> step(Object request) {
    Map<String, Object> step = new LinkedHashMap<>();
    step.put("id", "a");
    step.put("request", request);
    return step;
  }

  @Property(tries = 200)
  void rewriting_touchesNothingButReferences(@ForAll("anyJson") Object value) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("model", value);
    fields.put(
        "content",
        List.of(
            Map.of("type", "text", "text", "secret step://a/video"),
            Map.of("type", "video_url", "video_url", Map.of("url", "step://a/video")),
            Map.of("type", "text", "text", orText(value))));
    fields.put("callback_url", "step://a/video");
    Json request = new Json(fields);
    StepPlan plan = new StepPlan("b", request, false, List.of("a"), "x", null);

    Json rewritten = plan.withReferences(step -> step.inChain("film"));

    fields.put(
        "content",
        List.of(
            Map.of("type", "text", "text", "secret step://a/video"),
            Map.of("type", "video_url", "video_url", Map.of("url", "generation://film.a/video")),
            Map.of("type", "text", "text", orText(value))));
    assertThat(rewritten).isEqualTo(new Json(fields));
  }

  @Provide
  Arbitrary<Object> anyJson() {
    Arbitrary<Object> scalar =
        Arbitraries.of(
                "secret prompt",
                "step://a/video",
                "step://b/last_frame",
                "step://",
                "generation://secret/task",
                "doubao-seedance-2-0",
                "text",
                "video_url",
                "draft_task",
                "first_frame",
                "\ud83d",
                "PT1H",
                "a",
                -1,
                0,
                5,
                201,
                new BigDecimal("1E+999999999"),
                new BigDecimal("1E-999999999"),
                Double.NaN,
                true,
                false)
            .map(value -> (Object) value)
            .injectNull(0.05);
    return Arbitraries.recursive(() -> scalar, ChainPropertiesTest::nested, 0, 4);
  }

  private static Arbitrary<Object> nested(Arbitrary<Object> inner) {
    Arbitrary<String> names =
        Arbitraries.of(
            "steps",
            "id",
            "request",
            "approve",
            "model",
            "content",
            "type",
            "text",
            "video_url",
            "url",
            "draft_task",
            "draft",
            "return_last_frame",
            "budget",
            "amount",
            "join",
            "reuse",
            "generation",
            "adopt",
            "maxParallel",
            "approvalTimeout");
    return Arbitraries.oneOf(
        inner,
        inner.list().ofMaxSize(4).map(list -> (Object) list),
        Combinators.combine(names.list().uniqueElements().ofMaxSize(5), inner.list().ofSize(5))
            .as(
                (keys, values) -> {
                  Map<String, Object> object = new LinkedHashMap<>();
                  for (int i = 0; i < keys.size(); i++) {
                    object.put(keys.get(i), values.get(i));
                  }
                  return object;
                }));
  }
}
