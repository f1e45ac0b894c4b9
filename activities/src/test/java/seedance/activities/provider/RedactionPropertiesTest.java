package seedance.activities.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;
import okhttp3.Headers;
import seedance.workflows.generation.FailureType;
import seedance.workflows.generation.ServiceError;
import seedance.workflows.json.Json;

/** Whatever a service quotes of a request, and however it spells it, nothing of it is told. */
class RedactionPropertiesTest {
  private static final int RUN = 12;
  private static final ServiceWords WORDS = ServiceWords.builtIn();

  /** A request's own texts. */
  record Texts(String prompt, String name, String url) {
    Json request() {
      return new Json(
          Map.of(
              "safety_identifier",
              name,
              "content",
              List.of(
                  Map.of("type", "text", "text", prompt),
                  Map.of("type", "image_url", "image_url", Map.of("url", url)))));
    }

    List<String> all() {
      return List.of(prompt, name, url);
    }
  }

  /** A quotation: which text, from where, how long, how spelled, and what stands before it. */
  record Quote(int text, int from, int length, int spelling, String before) {
    String of(Texts texts) {
      String whole = texts.all().get(text % 3);
      int start = whole.isEmpty() ? 0 : whole.offsetByCodePoints(0, from % points(whole));
      int most = points(whole.substring(start));
      int end = whole.offsetByCodePoints(start, Math.min(length, most));
      return before + SPELLINGS.get(spelling).apply(whole.substring(start, end));
    }

    private static int points(String text) {
      return text.codePointCount(0, text.length());
    }
  }

  private static final List<UnaryOperator<String>> SPELLINGS =
      List.of(
          text -> text,
          text -> text.toUpperCase(Locale.ROOT),
          text -> text.replace(" ", "  \n"),
          text -> text.replace(' ', '_'),
          text -> String.join(",", text.split("")),
          text -> Normalizer.normalize(text, Normalizer.Form.NFD),
          RedactionPropertiesTest::inUnicodeEscapes,
          text -> inUnicodeEscapes(text).replace("\\", "\\\\"),
          text -> text.replace("\"", "\\\"").replace("/", "\\/"),
          text -> String.join("\u200b", text.split("")));

  private static String inUnicodeEscapes(String text) {
    StringBuilder escaped = new StringBuilder();
    text.chars().forEach(each -> escaped.append("\\u%04x".formatted(each)));
    return escaped.toString();
  }

  @Property(tries = 1500)
  void nothingOfARequest_isTold(
      @ForAll("texts") Texts texts, @ForAll("quotes") List<Quote> quotes) {
    StringBuilder message = new StringBuilder();
    quotes.forEach(quote -> message.append(quote.of(texts)));

    ServiceError told = told(texts, "", "", message.toString());

    if (told.message() != null) {
      assertThat(told.message()).hasSizeBetween(1, 300).doesNotMatch("(?s).*\\p{Cntrl}.*");
      assertNothingOf(texts, told.message());
    }
    assertNothingOf(texts, String.valueOf(told.param()));
  }

  @Property(tries = 500)
  void wordOfARequest_isNoCodeAndNoField(
      @ForAll("texts") Texts texts, @ForAll("quotes") List<Quote> quotes) {
    for (Quote quote : quotes) {
      String word = quote.of(texts).replaceAll("[^A-Za-z0-9_]", "");

      ServiceError told = told(texts, word, word, "");

      assertNothingOf(texts, String.valueOf(told.code()));
      assertNothingOf(texts, String.valueOf(told.param()));
    }
  }

  @Property(tries = 1000)
  void nothingOfAPrompt_isTold_inWhateverEncoding(
      @ForAll("prompts") String prompt,
      @ForAll Encoding encoding,
      @ForAll @IntRange(max = 200) int from,
      @ForAll @IntRange(min = 1, max = 200) int length) {
    int[] all = prompt.codePoints().toArray();
    int start = from % all.length;
    String quote = new String(all, start, Math.min(length, all.length - start));
    String written = encoding.written(quote);
    Texts texts = new Texts(prompt, "jane-doe", "https://media.example/cat.png");

    ServiceError error = told(texts, "", "", "The text is refused: " + written + " .");
    String told = String.valueOf(error.message());

    assertNothingOf(texts, told);
    assertNothingOf(texts, encoding.read(told));
    // What no one can undo a reader still understands.
    if (encoding.isLegible()) {
      for (String run : runs(letters(encoding.written(prompt)))) {
        assertThat(letters(told)).doesNotContain(run);
      }
    }
  }

  @Example
  void quoteThatPairsItsBytesOtherwiseThanThePrompt_isNotTold() {
    nothingOfAPrompt_isTold_inWhateverEncoding(
        "一只一只一只一只一只在窗台上在窗台上在窗台上", Encoding.UTF8_AS_GBK, 10, 12);
    nothingOfAPrompt_isTold_inWhateverEncoding(
        "一只高清一只在窗台上猫镜头王小明它镜头猫在窗台上伸懒腰王小明抱，镜头，走过来它。镜头在窗台上，", Encoding.UTF8_AS_GBK, 18, 199);
  }

  @Provide
  Arbitrary<String> prompts() {
    List<Arbitrary<String>> languages =
        Stream.of(
                "The red lantern glows over a harbour while Anna walks her dog , slowly . 24 fps",
                "Der müde Bär läuft über grüne Hügel , Frau Schäfer fährt größere Räder Öl Maß",
                "L'été , Hélène Dupré rêve près de la fenêtre fermée où naît un œuf ça Noël",
                "一只 猫 在窗台上 伸懒腰 ， 王小明 走过来 抱 它 。 高清 镜头",
                "橘猫 walks über 窗台 é 😀 🔥🎬 night ßtraße 👩‍👩‍👧")
            .map(words -> Arbitraries.of(words.split(" ")))
            .map(
                words ->
                    Combinators.combine(
                            words.list().ofMinSize(1).ofMaxSize(25), Arbitraries.of(" ", " ", ""))
                        .as((list, blank) -> String.join(blank, list)))
            .toList();
    return Arbitraries.of(languages).flatMap(language -> language);
  }

  private static ServiceError told(Texts texts, String code, String param, String message) {
    return new TaskError(
            FailureType.TASK_FAILED, ErrorReading.of(code, param, message, Headers.EMPTY), WORDS)
        .told(Optional.of(texts.request()));
  }

  /** No run as it is, and none by its letters and digits alone. */
  private static void assertNothingOf(Texts texts, String told) {
    String shown = told.toLowerCase(Locale.ROOT);
    String letters = letters(told);
    for (String text : texts.all()) {
      for (String run : runs(text.toLowerCase(Locale.ROOT))) {
        assertThat(shown).doesNotContain(run);
      }
      for (String run : runs(letters(text))) {
        assertThat(letters).doesNotContain(run);
      }
    }
  }

  private static String letters(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFKD)
        .toLowerCase(Locale.ROOT)
        .replaceAll("[^\\p{L}\\p{Nd}]", "");
  }

  private static List<String> runs(String text) {
    List<String> runs = new ArrayList<>();
    for (int start = 0; start + RUN <= text.length(); start++) {
      String run = text.substring(start, start + RUN);
      if (!run.isBlank()) {
        runs.add(run);
      }
    }
    return runs;
  }

  @Provide
  Arbitrary<Texts> texts() {
    Arbitrary<String> words =
        Arbitraries.of(
                "a",
                "red",
                "lantern",
                "glows",
                "over",
                "the",
                "harbour",
                "Élodie",
                "橘猫",
                "窗台上",
                "伸懒腰",
                "😀",
                "--",
                "…",
                "duration",
                "5",
                "<b>",
                "100%",
                "C:\\temp",
                "\"q\"")
            .list()
            .ofMinSize(1)
            .ofMaxSize(12)
            .map(list -> String.join(" ", list));
    Arbitrary<String> any =
        Arbitraries.strings().withCharRange(' ', '~').withChars('é', '猫', '，').ofMaxLength(60);
    Arbitrary<String> name =
        Arbitraries.strings().alpha().numeric().withChars("_-").ofMaxLength(30);
    Arbitrary<String> url =
        Arbitraries.strings()
            .alpha()
            .numeric()
            .withChars("/?=&.%")
            .ofMaxLength(40)
            .map(rest -> "https://media.example/" + rest);
    return Combinators.combine(
            Arbitraries.frequencyOf(Tuple.of(3, words), Tuple.of(1, any)), name, url)
        .as(Texts::new);
  }

  @Provide
  Arbitrary<List<Quote>> quotes() {
    Arbitrary<String> before =
        Arbitraries.of(
            "",
            "",
            " ",
            "The parameter ",
            "`content[1].image_url` is not valid: ",
            "{\"error\":\"",
            " see https://a.example/x ",
            "…",
            "敏感词：",
            " in \"");
    return Combinators.combine(
            Arbitraries.integers().between(0, 2),
            Arbitraries.integers().between(0, 60),
            Arbitraries.integers().between(0, 40),
            Arbitraries.integers().between(0, SPELLINGS.size() - 1),
            before)
        .as(Quote::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(6);
  }
}
