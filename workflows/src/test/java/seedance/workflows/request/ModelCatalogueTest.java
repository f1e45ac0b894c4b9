package seedance.workflows.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import seedance.workflows.json.InvalidFileException;
import seedance.workflows.json.Json;
import seedance.workflows.json.Verdict;

class ModelCatalogueTest {
  private static final ModelCatalogue BUILT_IN = ModelCatalogue.builtIn();
  private static final String TEXT = "'content':[{'type':'text','text':'a cat'}]";
  private static final String VIDEO =
      "'content':[{'type':'video_url','video_url':{'url':'https://a.example/v.mp4'},"
          + "'role':'reference_video'}]";
  private static final String DRAFT =
      "'content':[{'type':'draft_task','draft_task':{'id':'cgt-1'}}]";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "doubao-seedance-2-5-260628 | doubao-seedance-2-5 | text first last | 30 10 10 true | 480p 720p 1080p | 720p | 4 30 true -1 | UNKNOWN",
        "doubao-seedance-2-0-260128 | doubao-seedance-2-0 | text first last | 9 3 3 false | 480p 720p 1080p 4k | 720p | 4 15 true 5 | DISPUTED",
        "doubao-seedance-2-0-fast-260128 | doubao-seedance-2-0-fast | text first last | 9 3 3 false | 480p 720p | 720p | 4 15 true 5 | DISPUTED",
        "doubao-seedance-2-0-mini-260615 | doubao-seedance-2-0-mini | text first last | 9 3 3 false | 480p 720p | 720p | 4 15 true 5 | DISPUTED",
        "doubao-seedance-1-5-pro-251215 | doubao-seedance-1-5-pro | text first last | none | 480p 720p 1080p | 720p | 4 12 true 5 | YES",
        "doubao-seedance-1-0-pro-250528 | doubao-seedance-1-0-pro | text first last | none | 480p 720p 1080p | 1080p | 2 12 false 5 | YES",
        "doubao-seedance-1-0-pro-fast-251015 | doubao-seedance-1-0-pro-fast | text first | none | 480p 720p 1080p | 1080p | 2 12 false 5 | YES",
      })
  void builtIn_knowsEveryModel_inBothSpellings(
      String id,
      String alias,
      String modes,
      String references,
      String resolutions,
      String preset,
      String seconds,
      Model.SeedSupport seed) {
    String bytePlus =
        id.replace("doubao-seedance-2", "dreamina-seedance-2")
            .replace("doubao-seedance-1", "seedance-1");
    assertThat(BUILT_IN.find(alias)).isEqualTo(BUILT_IN.find(id)).isPresent();
    assertThat(BUILT_IN.find(bytePlus).orElseThrow().prices().orElseThrow().currency())
        .isEqualTo("USD");
    assertThat(BUILT_IN.find(bytePlus).orElseThrow().aliases()).hasSize(1);
    for (String name : List.of(id, bytePlus)) {
      Model model = BUILT_IN.find(name).orElseThrow();
      Model.Inputs inputs = model.inputs();
      assertThat(
              (inputs.text() ? "text" : "")
                  + (inputs.firstFrame() ? " first" : "")
                  + (inputs.lastFrame() ? " last" : ""))
          .isEqualTo(modes);
      assertThat(
              inputs
                  .references()
                  .map(r -> r.images() + " " + r.videos() + " " + r.audios() + " " + r.audioAlone())
                  .orElse("none"))
          .isEqualTo(references);
      assertThat(String.join(" ", model.output().resolutions())).isEqualTo(resolutions);
      assertThat(model.output().defaultResolution()).contains(preset);
      Model.Seconds length = model.output().seconds();
      assertThat(length.min() + " " + length.max() + " " + length.auto() + " " + length.preset())
          .isEqualTo(seconds);
      assertThat(model.seed()).isEqualTo(seed);
      assertThat(BUILT_IN.seedSupport(name)).isEqualTo(seed);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "doubao-seedance-2-5-260628 | generate_audio omni_reference_task_type output_format priority tools",
        "doubao-seedance-2-0-mini-260615 | generate_audio priority tools",
        "doubao-seedance-1-5-pro-251215 | camera_fixed generate_audio service_tier",
        "doubao-seedance-1-0-pro-fast-251015 | camera_fixed frames service_tier",
      })
  void builtIn_knowsWhichFieldsAModelTakes(String id, String fields) {
    assertThat(BUILT_IN.find(id).orElseThrow().takes())
        .containsExactlyInAnyOrder(fields.split(" "));
  }

  @ParameterizedTest
  @CsvSource({
    "doubao-seedance-2-5, true",
    "dreamina-seedance-2-5, true",
    "doubao-seedance-2-0, true",
    "doubao-seedance-2-0-fast, true",
    "dreamina-seedance-2-0-mini, true",
    "doubao-seedance-1-5-pro, false",
  })
  void builtIn_knowsWhatIsBilledAtLeastWithAnInputVideo(String model, boolean known) {
    assertThat(BUILT_IN.find(model).orElseThrow().leastWithInputVideo())
        .isEqualTo(known ? Optional.of(new Model.LeastBilled(5, 3)) : Optional.empty());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "5 | leastWithInputVideo: must be an object, not a number",
        "{} | leastWithInputVideo.billedSeconds: is missing: write a whole number",
        "{\"billedSeconds\":5} | leastWithInputVideo.outputSeconds: is missing: write a whole number",
        "{\"billedSeconds\":0,\"outputSeconds\":3} | leastWithInputVideo.billedSeconds: must be 1 to 100, not 0",
        "{\"billedSeconds\":5,\"outputSeconds\":101} | leastWithInputVideo.outputSeconds: must be 1 to 100, not 101",
        "{\"billedSeconds\":5,\"outputSeconds\":3,\"x\":1} | leastWithInputVideo.x: is unknown",
      })
  void leastThatIsNone_isNamed(String least, String message) {
    String file =
        "{\"models\":{\"m\":{\"like\":\"doubao-seedance-2-5\",\"leastWithInputVideo\":%s}}}"
            .formatted(least);

    assertThatThrownBy(() -> BUILT_IN.extendedBy("f", file))
        .isInstanceOf(InvalidFileException.class)
        .hasMessageContaining(message);
  }

  /** Base URL …/api/plan/v3, where models have names with a point. */
  @ParameterizedTest
  @CsvSource({
    "doubao-seedance-2.0, doubao-seedance-2-0-260128",
    "doubao-seedance-2.0-fast, doubao-seedance-2-0-fast-260128",
    "doubao-seedance-2.0-mini, doubao-seedance-2-0-mini-260615",
    "doubao-seedance-1.5-pro, doubao-seedance-1-5-pro-251215",
  })
  void builtIn_knowsTheNamesOfTheAgentPlan(String alias, String id) {
    assertThat(BUILT_IN.find(alias).orElseThrow().id()).isEqualTo(id);
  }

  @Test
  void unknownModel_isNotFound() {
    assertThat(BUILT_IN.find("ep-1")).isEmpty();
    assertThat(BUILT_IN.seedSupport("ep-1")).isEqualTo(Model.SeedSupport.UNKNOWN);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "doubao-seedance-2-5 | TEXT | 70 | list price of doubao-seedance-2-5-260628, 720p, without input video",
        "doubao-seedance-2-5 | VIDEO,'resolution':'1080p' | 46 | list price of doubao-seedance-2-5-260628, 1080p, with input video",
        "doubao-seedance-2-0 | TEXT | 46 | list price of doubao-seedance-2-0-260128, 720p, without input video",
        "doubao-seedance-2-0 | VIDEO | 28 | list price of doubao-seedance-2-0-260128, 720p, with input video",
        "doubao-seedance-2-0 | TEXT,'resolution':'1080p' | 51 | list price of doubao-seedance-2-0-260128, 1080p, without input video",
        "doubao-seedance-2-0 | VIDEO,'resolution':'4k' | 16 | list price of doubao-seedance-2-0-260128, 4k, with input video",
        "doubao-seedance-2-0-fast | VIDEO | 22 | list price of doubao-seedance-2-0-fast-260128, 720p, with input video",
        "doubao-seedance-2-0-mini | TEXT | 23 | list price of doubao-seedance-2-0-mini-260615, 720p, without input video",
        "doubao-seedance-1-5-pro | TEXT | 16 | list price of doubao-seedance-1-5-pro-251215, 720p, with audio",
        "doubao-seedance-1-5-pro | TEXT,'generate_audio':false,'service_tier':'flex' | 4.0 | list price of doubao-seedance-1-5-pro-251215, 720p, silent, flex",
        "doubao-seedance-1-0-pro | TEXT | 15 | list price of doubao-seedance-1-0-pro-250528, 1080p",
        "doubao-seedance-1-0-pro-fast | TEXT | 4.2 | list price of doubao-seedance-1-0-pro-fast-251015, 1080p",
      })
  void price_saysWhatItIsBasedOn(String model, String fields, BigDecimal amount, String basis) {
    assertThat(BUILT_IN.price(request(model, fields))).contains(new Price(amount, "CNY", basis));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "dreamina-seedance-2-5 | TEXT | 10.7",
        "dreamina-seedance-2-5 | VIDEO,'resolution':'480p' | 6.4",
        "dreamina-seedance-2-5 | TEXT,'resolution':'1080p' | 11.7",
        "dreamina-seedance-2-5 | VIDEO,'resolution':'1080p' | 7",
        "dreamina-seedance-2-0 | TEXT | 7",
        "dreamina-seedance-2-0 | VIDEO | 4.3",
        "dreamina-seedance-2-0 | TEXT,'resolution':'1080p' | 7.7",
        "dreamina-seedance-2-0 | VIDEO,'resolution':'1080p' | 4.7",
        "dreamina-seedance-2-0 | TEXT,'resolution':'4k' | 4",
        "dreamina-seedance-2-0 | VIDEO,'resolution':'4k' | 2.4",
        "dreamina-seedance-2-0-fast | TEXT | 5.6",
        "dreamina-seedance-2-0-fast | VIDEO | 3.3",
        "dreamina-seedance-2-0-mini | TEXT | 3.5",
        "dreamina-seedance-2-0-mini | VIDEO | 2.1",
        "seedance-1-5-pro | TEXT | 2.4",
        "seedance-1-5-pro | TEXT,'generate_audio':false | 1.2",
        "seedance-1-5-pro | TEXT,'generate_audio':false,'service_tier':'flex' | 0.6",
        "seedance-1-0-pro | TEXT | 2.5",
        "seedance-1-0-pro | TEXT,'service_tier':'flex' | 1.25",
        "seedance-1-0-pro-fast | TEXT | 1",
      })
  void priceOfBytePlus_isInDollars(String model, String fields, BigDecimal amount) {
    Price price = BUILT_IN.price(request(model, fields)).orElseThrow();

    assertThat(price.amountPerMillionTokens()).isEqualByComparingTo(amount);
    assertThat(price.currency()).isEqualTo("USD");
  }

  @Test
  void price_isUnknown_whereItDependsOnTheDraft_orNobodyTold() {
    assertThat(BUILT_IN.price(request("doubao-seedance-2-5", "DRAFT"))).isEmpty();
    assertThat(BUILT_IN.price(request("doubao-seedance-1-5-pro", "DRAFT"))).isEmpty();
    assertThat(BUILT_IN.price(request("doubao-seedance-1-5-pro", "DRAFT,'generate_audio':true")))
        .isPresent();
    assertThat(BUILT_IN.price(request("ep-1", "TEXT"))).isEmpty();
  }

  @Test
  void cost_isExact() {
    Price price = new Price(new BigDecimal("46"), "CNY", "list price");
    assertThat(price.of(108_900)).isEqualTo("5.0094");
    assertThat(price.of(1_000_000_000)).isEqualTo("46000");
    assertThat(price.of(0)).isEqualTo("0");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "doubao-seedance-2-0 | TEXT | 720p | 5 | 115",
        "doubao-seedance-2-0 | TEXT,'duration':15 | 720p | 15 | 170",
        "doubao-seedance-2-0 | TEXT,'duration':10 | 720p | 10 | 142.5",
        "doubao-seedance-2-0 | TEXT,'duration':4 | 720p | 4 | 115",
        "doubao-seedance-2-0 | TEXT,'duration':-1 | 720p |  | 137",
        "doubao-seedance-2-0 | TEXT,'resolution':'4k' | 4k | 5 | 340",
        "doubao-seedance-2-5 | TEXT,'duration':30 | 720p | 30 | 330",
        "doubao-seedance-2-5 | TEXT | 720p |  | 236.4",
        "doubao-seedance-1-0-pro | TEXT,'frames':49 | 1080p | 2 | 90",
        "doubao-seedance-1-0-pro | TEXT,'service_tier':'flex' | 1080p | 5 | 7200",
        "doubao-seedance-1-5-pro | TEXT,'draft':true | 480p | 5 | 60",
        "doubao-seedance-2-5 | DRAFT | 1080p |  | 344.8",
        "ep-1 | TEXT |  |  | 120",
        "ep-1 | TEXT,'duration':30 |  | 30 | 330",
        "ep-1 | TEXT,'service_tier':'flex' |  |  | 7200",
      })
  void requestsFacts_areGivenOrTheModels(
      String model, String fields, String resolution, Integer seconds, BigDecimal time) {
    VideoRequest request = request(model, fields);
    assertThat(BUILT_IN.resolution(request)).isEqualTo(Optional.ofNullable(resolution));
    assertThat(BUILT_IN.seconds(request)).isEqualTo(Optional.ofNullable(seconds));
    assertThat(BUILT_IN.typicalTime(request))
        .isEqualTo(Duration.ofMillis(time.movePointRight(3).longValueExact()));
  }

  @Test
  void file_addsModels_overridesKeys_andLeavesTheRest(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("models.json");
    Files.writeString(
        file,
        """
        {
          "models": {
            "doubao-seedance-2-0-260128": {
              "prices": {"currency": "USD", "perMillionTokens": [{"amount": 7}]}
            },
            "doubao-seedance-3-0-270101": {
              "like": "doubao-seedance-2-0",
              "aliases": ["doubao-seedance-3-0"],
              "resolutions": ["720p", "8k"],
              "takes": ["frames"]
            },
            "ep-1": {"like": "doubao-seedance-3-0-270101", "prices": null}
          }
        }
        """);
    ModelCatalogue extended = BUILT_IN.extendedBy(file);

    Model overridden = extended.find("doubao-seedance-2-0").orElseThrow();
    assertThat(overridden.prices().orElseThrow().currency()).isEqualTo("USD");
    assertThat(overridden.output())
        .isEqualTo(BUILT_IN.find("doubao-seedance-2-0").orElseThrow().output());
    Model added = extended.find("doubao-seedance-3-0").orElseThrow();
    assertThat(added.output().resolutions()).containsExactly("720p", "8k");
    assertThat(added.inputs().references().orElseThrow().images()).isEqualTo(9);
    assertThat(added.takes()).containsExactly("frames");
    assertThat(extended.find("ep-1").orElseThrow().prices()).isEmpty();
    assertThat(extended.find("ep-1").orElseThrow().aliases()).isEmpty();
    assertThat(BUILT_IN.find("ep-1")).isEmpty();

    Json body =
        Requests.json("{'model':'ep-2',CONTENT,'resolution':'8k'}".replace("CONTENT", TEXT));
    assertThat(new RequestRules(extended).check(body)).matches(Verdict::isValid);
    assertThat(RequestRules.builtIn().check(body)).matches(verdict -> !verdict.isValid());
  }

  @Test
  void laterFile_mayTakeAnAliasOver() {
    ModelCatalogue extended =
        BUILT_IN.extendedBy(
            "f",
            "{\"models\":{\"new\":{\"like\":\"doubao-seedance-2-0\",\"aliases\":[\"doubao-seedance-2-0\"]}}}");
    assertThat(extended.find("doubao-seedance-2-0").orElseThrow().id()).isEqualTo("new");
  }

  @Test
  void brokenFile_namesEveryMistakeWithItsLine() {
    String text =
        """
        {
          "modles": {},
          "models": {
            "a": {"like": "doubao-seedence-2-0"},
            "b": {
              "like": "doubao-seedance-2-0",
              "resolutons": ["720p"],
              "duration": {"min": 9, "max": "5", "default": 7},
              "takes": ["tool"],
              "prices": {"currency": "CNY", "perMillionTokens": [{"amount": "46"}]}
            },
            "c": {"modes": ["text", "reference"]},
            "d": {"like": "e"},
            "e": {"like": "d"},
            "f": {"like": "b"},
            "g": null,
            "h": {"like": "doubao-seedance-2-0", "aliases": ["x", "doubao-seedance-2-5-260628"],
              "typicalSeconds": {"720p": {"five": 5}}}
          }
        }
        """;
    assertThatThrownBy(() -> BUILT_IN.extendedBy("my.json", text))
        .isInstanceOf(InvalidFileException.class)
        .hasMessage(
            String.join(
                "\n",
                "my.json:2:3: modles: is unknown; did you mean \"models\"?",
                "my.json:4:11: models.a.like: names a model that is not known; did you mean"
                    + " \"doubao-seedance-2-0\"?",
                "my.json:7:7: models.b.resolutons: is unknown; did you mean \"resolutions\"?",
                "my.json:8:30: models.b.duration.max: must be a number, not a string: write 5"
                    + " without quotes",
                "my.json:8:30: models.b.duration.max: must not be less than min",
                "my.json:9:17: models.b.takes[0]: must be service_tier, generate_audio, tools,"
                    + " priority, frames, camera_fixed, output_format or omni_reference_task_type,"
                    + " not \"tool\"; did you mean \"tools\"?",
                "my.json:10:59: models.b.prices.perMillionTokens[0].amount: must be a number of 0"
                    + " to 1000000, without quotes, with at most 9 decimals",
                "my.json:12:5: models.c.references: is missing: mode reference needs {\"images\":"
                    + " …, \"videos\": …, …}",
                "my.json:12:5: models.c.resolutions: is missing: write [\"480p\", \"720p\"], for"
                    + " instance",
                "my.json:12:5: models.c.duration: is missing: write {\"min\": 4, \"max\": 15,"
                    + " \"default\": 5}, for instance",
                "my.json:14:11: models.e.like: goes round in a circle",
                "my.json:16:5: models.g: must be an object, not null",
                "my.json:17:59: models.h.aliases[1]: is already a name of"
                    + " doubao-seedance-2-5-260628",
                "my.json:18:35: models.h.typicalSeconds.720p.five: must be the video's seconds,"
                    + " such as \"5\""));
  }

  /** A million digits of a price are not written out before they are refused. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "1e99999999",
        "1e-99999999",
        "1e99999999999",
        "-1e99999999999",
        "-1",
        "-1e-99999999",
        "1000000.1",
        "0.0000000001",
        "true",
        "[1]"
      })
  @Timeout(60)
  void priceBeyondAllPrices_isNamed_notReckonedWith(String amount) {
    for (String field : List.of("amount", "withInputVideo", "silent")) {
      String row = "{\"amount\":1,\"%s\":%s}".formatted(field, amount);
      String prices = "{\"currency\":\"CNY\",\"perMillionTokens\":[%s]}";
      refused(
          prices.formatted(field.equals("amount") ? "{\"amount\":" + amount + "}" : row), field);
    }
    refused(
        "{\"currency\":\"CNY\",\"perMillionTokens\":[{\"amount\":1}],\"flexFactor\":%s}"
            .formatted(amount),
        "flexFactor");
  }

  private static void refused(String prices, String field) {
    String file =
        "{\"models\":{\"m\":{\"like\":\"doubao-seedance-1-5-pro\",\"prices\":%s}}}"
            .formatted(prices);
    assertThatThrownBy(() -> BUILT_IN.extendedBy("f", file))
        .isInstanceOf(InvalidFileException.class)
        .hasMessageContaining(field + ": must be a number of 0 to 1000000");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "0e99999999", "1e6", "46.50", "0.000000001"})
  void priceOfFewDigits_isTaken_howeverItIsWritten(String amount) {
    ModelCatalogue extended =
        BUILT_IN.extendedBy(
            "f",
            ("{\"models\":{\"m\":{\"like\":\"doubao-seedance-2-0\",\"prices\":"
                    + "{\"currency\":\"CNY\",\"perMillionTokens\":[{\"amount\":%s}]}}}}")
                .formatted(amount));

    assertThat(extended.price(request("m", "TEXT")).orElseThrow().of(1_000_000))
        .isEqualByComparingTo(amount);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[] | f:1:1: the file must be an object, not an array",
        "`` | f:1:1: the file is empty: a JSON value is needed",
        "{} | f:1:1: models: is missing: write {\"models\": {\"MODEL-ID\": {…}}}",
        "{\"models\":{\"a\":{},\"a\":{}}} | f:1:12: models.a: is there twice: at line 1, column 12, and again at line 1, column 19",
        "{\"models\":[1 | f:1:13: models[1]: is not valid JSON: the text ends too early, a quote or a bracket is not closed, at line 1, column 13",
      })
  void unreadableFile_isNamedWithItsLine(String text, String message) {
    assertThatThrownBy(() -> BUILT_IN.extendedBy("f", text))
        .isInstanceOf(InvalidFileException.class)
        .hasMessage(message);
  }

  @Test
  void missingFile_isNamed(@TempDir Path folder) {
    assertThatThrownBy(() -> BUILT_IN.extendedBy(folder.resolve("no.json")))
        .isInstanceOf(InvalidFileException.class)
        .hasMessageEndingWith("no.json: there is no such file");
  }

  private static VideoRequest request(String model, String fields) {
    String json = fields.replace("TEXT", TEXT).replace("VIDEO", VIDEO).replace("DRAFT", DRAFT);
    return Requests.valid("{'model':'" + model + "'," + json + "}");
  }
}
