package seedance.workflows.request;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import seedance.workflows.generation.GenerationOptions;
import seedance.workflows.json.InvalidFileException;
import seedance.workflows.json.Json;
import seedance.workflows.json.Verdict;

/** What holds for every input, not only for those that someone thought of. */
class RequestPropertiesTest {
  private static final RequestRules RULES = RequestRules.builtIn();
  private static final String PROMPT = "a secret cat 橘猫 on a sill";
  private static final String SIGNED = "https://a.example/i.png?X-Tos-Signature=SECRETSIG";

  private static final List<String> NAMES =
      List.of(
          "model",
          "content",
          "type",
          "text",
          "image_url",
          "video_url",
          "audio_url",
          "draft_task",
          "url",
          "id",
          "role",
          "duration",
          "frames",
          "ratio",
          "resolution",
          "seed",
          "tools",
          "draft",
          "priority",
          "service_tier",
          "callback_url",
          "safety_identifier",
          "omni_reference_task_type",
          "execution_expires_after",
          "output_format",
          "submitWithin",
          "allowUnknownFields");

  @Property(tries = 3000)
  void noJson_makesTheRulesThrow(@ForAll("anyJson") Object tree, @ForAll boolean allow) {
    Json json = new Json(tree);
    assertThat(RULES.check(json, allow)).isNotNull();
    assertThat(GenerationOptions.check(json)).isNotNull();
  }

  @Property(tries = 2000)
  void noText_makesTheReaderThrow(@ForAll String text) {
    assertThat(Json.read(text)).isNotNull();
  }

  @Property(tries = 2000)
  void noTextThatLooksLikeJson_makesTheReaderThrow(@ForAll("jsonLikeText") String text) {
    Verdict<Json> reading = Json.read(text);
    if (reading.isValid()) {
      assertThat(RULES.check(reading.orElseThrow(), false)).isNotNull();
    }
  }

  @Property(tries = 2000)
  void noText_makesTheCatalogueThrowAnythingButItsOwn(@ForAll("jsonLikeText") String text) {
    try {
      ModelCatalogue.builtIn().extendedBy("f.json", text);
    } catch (InvalidFileException e) {
      assertThat(e.getMessage()).startsWith("f.json:");
    }
  }

  @Property(tries = 1000)
  void validRequest_goesOutAsItCameIn_lessNulls(
      @ForAll("validRequest") Map<String, Object> request) {
    Verdict<VideoRequest> verdict = RULES.check(new Json(request), false);
    assertThat(verdict).matches(Verdict::isValid);
    Object sent = verdict.orElseThrow().json().tree();
    assertThat(sent).isEqualTo(withoutNulls(request));
    assertThat(List.copyOf(((Map<?, ?>) sent).keySet()))
        .isEqualTo(List.copyOf(((Map<?, ?>) withoutNulls(request)).keySet()));
  }

  @Property(tries = 3000)
  void mutatedRequest_isJudged_withoutShowingPromptsOrUrls(
      @ForAll("validRequest") Map<String, Object> request,
      @ForAll("place") List<Integer> place,
      @ForAll("anyJson") Object replacement) {
    Object mutated = replaced(request, place, replacement);
    Verdict<VideoRequest> verdict = RULES.check(new Json(mutated), false);
    assertThat(verdict.violations().toString())
        .doesNotContain("secret")
        .doesNotContain("橘猫")
        .doesNotContain("SECRETSIG")
        .doesNotContain("https://a.")
        .doesNotContain("QUJD");
  }

  @Property(tries = 500)
  void theSamePlacesValues_swapped_areJudged_withoutShowingThem(
      @ForAll("validRequest") Map<String, Object> request, @ForAll("place") List<Integer> place) {
    for (String leak : List.of(PROMPT, SIGNED, "data:image/png;base64,QUJDQUJD")) {
      Verdict<VideoRequest> verdict = RULES.check(new Json(replaced(request, place, leak)), false);
      assertThat(verdict.violations().toString())
          .doesNotContain("secret", "橘猫", "SECRETSIG", "QUJD");
    }
  }

  @Provide
  Arbitrary<List<Integer>> place() {
    return Arbitraries.integers().between(0, 20).list().ofMinSize(1).ofMaxSize(4);
  }

  @Provide
  Arbitrary<String> jsonLikeText() {
    return Arbitraries.of(
            "{",
            "}",
            "[",
            "]",
            ",",
            ":",
            "\"",
            "\"models\"",
            "\"model\"",
            "\"content\"",
            "1",
            "-1",
            "1.5e9",
            "null",
            "true",
            "\\",
            "\\ud800",
            " ",
            "\n",
            "\"duration\":5",
            "图")
        .list()
        .ofMaxSize(30)
        .map(parts -> String.join("", parts));
  }

  @Provide
  Arbitrary<Object> anyJson() {
    Arbitrary<Object> scalar =
        Arbitraries.oneOf(
            Arbitraries.strings().ofMaxLength(12).map(s -> (Object) s),
            Arbitraries.of(
                "text",
                "image_url",
                "first_frame",
                "reference_video",
                "draft_task",
                "adaptive",
                "flex",
                "5",
                "-1",
                "true",
                "\ud83d",
                "data:image/png;base64,",
                "https://",
                "asset://",
                "http://[",
                "https://@",
                "data:,",
                "ep-1",
                "doubao-seedance-2-0"),
            Arbitraries.of(
                -1,
                0,
                5,
                30L,
                4294967296L,
                BigInteger.TWO.pow(99),
                new BigDecimal("5.0"),
                new BigDecimal("1E+999999999"),
                new BigDecimal("1E-999999999"),
                Double.NaN,
                true,
                false),
            Arbitraries.just(null));
    return Arbitraries.recursive(() -> scalar, RequestPropertiesTest::nested, 0, 3);
  }

  private static Arbitrary<Object> nested(Arbitrary<Object> inner) {
    return Arbitraries.oneOf(
        inner,
        inner.list().ofMaxSize(4).map(list -> (Object) list),
        Combinators.combine(
                Arbitraries.oneOf(Arbitraries.of(NAMES), Arbitraries.strings().ofMaxLength(5))
                    .list()
                    .uniqueElements()
                    .ofMaxSize(5),
                inner.list().ofSize(5))
            .as(RequestPropertiesTest::object));
  }

  private static Object object(List<String> names, List<Object> values) {
    Map<String, Object> object = new LinkedHashMap<>();
    for (int i = 0; i < names.size(); i++) {
      object.put(names.get(i), values.get(i));
    }
    return object;
  }

  @Provide
  Arbitrary<Map<String, Object>> validRequest() {
    Arbitrary<List<Object>> text = Arbitraries.just(List.of(text()));
    Arbitrary<List<Object>> frames =
        Arbitraries.of(
            List.of(medium("image_url", null)),
            List.of(text(), medium("image_url", "first_frame")),
            List.of(medium("image_url", "last_frame"), medium("image_url", "first_frame")));
    Arbitrary<List<Object>> references =
        Combinators.combine(
                Arbitraries.integers().between(1, 9),
                Arbitraries.integers().between(0, 3),
                Arbitraries.integers().between(0, 3))
            .as(RequestPropertiesTest::references);
    Arbitrary<Map<String, Object>> settings =
        Combinators.combine(
                orNull(Arbitraries.of("480p", "720p")),
                orNull(Arbitraries.of("16:9", "9:16", "adaptive")),
                orNull(Arbitraries.integers().between(4, 15)),
                orNull(Arbitraries.longs().between(-1, 4294967295L)),
                orNull(Arbitraries.of(true, false)),
                orNull(Arbitraries.integers().between(0, 9)),
                orNull(Arbitraries.integers().between(3600, 259200)),
                orNull(Arbitraries.strings().alpha().ofMaxLength(64)))
            .as(
                (resolution, ratio, duration, seed, flag, priority, expires, identifier) -> {
                  Map<String, Object> fields = new LinkedHashMap<>();
                  fields.put("resolution", resolution);
                  fields.put("ratio", ratio);
                  fields.put("duration", duration);
                  fields.put("seed", seed);
                  fields.put("generate_audio", flag);
                  fields.put("priority", priority);
                  fields.put("execution_expires_after", expires);
                  fields.put("safety_identifier", identifier);
                  return fields;
                });
    return Combinators.combine(
            Arbitraries.of("doubao-seedance-2-0", "doubao-seedance-2-0-fast", "ep-2026-x"),
            Arbitraries.oneOf(text, frames, references),
            settings)
        .as(
            (model, content, fields) -> {
              Map<String, Object> request = new LinkedHashMap<>();
              request.put("model", model);
              request.put("content", content);
              request.putAll(fields);
              return request;
            });
  }

  private static <T> Arbitrary<T> orNull(Arbitrary<T> some) {
    return some.injectNull(0.3);
  }

  private static Map<String, Object> text() {
    return Map.of("type", "text", "text", PROMPT);
  }

  private static Map<String, Object> medium(String type, String role) {
    Map<String, Object> item = new HashMap<>();
    item.put("type", type);
    item.put(type, Map.of("url", SIGNED));
    item.put("role", role);
    return item;
  }

  private static List<Object> references(int images, int videos, int audios) {
    List<Object> items = new ArrayList<>(List.of(text()));
    for (int i = 0; i < images; i++) {
      items.add(medium("image_url", "reference_image"));
    }
    for (int i = 0; i < videos; i++) {
      items.add(medium("video_url", "reference_video"));
    }
    for (int i = 0; i < audios; i++) {
      items.add(medium("audio_url", "reference_audio"));
    }
    return items;
  }

  private static Object withoutNulls(Object value) {
    if (value instanceof Map<?, ?> object) {
      Map<String, Object> kept = new LinkedHashMap<>();
      object.forEach(
          (name, element) -> {
            if (element != null) {
              kept.put((String) name, withoutNulls(element));
            }
          });
      return new Json(kept).tree();
    }
    if (value instanceof List<?> list) {
      return list.stream().map(RequestPropertiesTest::withoutNulls).toList();
    }
    return new Json(value).tree();
  }

  /** Replaces what the steps lead to; each step picks a field or an element by number. */
  private static Object replaced(Object value, List<Integer> steps, Object replacement) {
    if (steps.isEmpty() || !(value instanceof Map || value instanceof List)) {
      return replacement;
    }
    List<Integer> rest = steps.subList(1, steps.size());
    if (value instanceof List<?> list) {
      List<Object> copy = new ArrayList<>(list);
      if (!copy.isEmpty()) {
        int at = steps.get(0) % copy.size();
        copy.set(at, replaced(copy.get(at), rest, replacement));
      }
      return copy;
    }
    Map<Object, Object> copy = new LinkedHashMap<>((Map<?, ?>) value);
    List<Object> keys = new ArrayList<>(copy.keySet());
    if (!keys.isEmpty()) {
      Object key = keys.get(steps.get(0) % keys.size());
      copy.put(key, replaced(copy.get(key), rest, replacement));
    }
    return copy;
  }
}
