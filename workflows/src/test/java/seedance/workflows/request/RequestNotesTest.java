package seedance.workflows.request;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestNotesTest {
  private static final RequestRules RULES = RequestRules.builtIn();

  @ParameterizedTest
  @CsvSource({
    "doubao-seedance-2-O, doubao-seedance-2-0",
    "doubao-seedance-2.0-pro, doubao-seedance-2-0",
    "seedance-2.5-pro, doubao-seedance-2-5",
    "seedance-2-0-pro, doubao-seedance-2-0",
    "doubao-seedance-1.0-pr, doubao-seedance-1-0-pro",
    "doubao-seedance-2-o-fast, doubao-seedance-2-0-fast",
    "doubao-seedence-2-5, doubao-seedance-2-5",
    "doubao-seedance-2-0-260182, doubao-seedance-2-0-260128",
    "Doubao-Seedance-2-0, doubao-seedance-2-0",
    "seedance-2.0, doubao-seedance-2-0",
    "seedance-2-0, doubao-seedance-2-0",
    "seedance_v2.0, doubao-seedance-2-0",
    "bytedance/seedance-2.0, doubao-seedance-2-0",
    "seedance-2.0-fast, doubao-seedance-2-0-fast",
    "seedance-1.5, seedance-1-5-pro",
    "doubao-seedance-1-5, doubao-seedance-1-5-pro",
    "seedance-l-5-pro, seedance-1-5-pro",
    "dreamina-seedance-2-O, dreamina-seedance-2-0",
    "dreamina-seedance-2.5, dreamina-seedance-2-5",
  })
  void mistypedModel_isSaidToBeUnknown_withTheNearestOne(String model, String nearest) {
    assertThat(notes(model, "a cat"))
        .containsExactly(
            "no model \"%s\" is known here (did you mean \"%s\"?): cost unknown, and only the general rules hold"
                .formatted(model, nearest));
  }

  @ParameterizedTest
  @ValueSource(strings = {"kling-v2", "sora-2", "x", "veo-3.1-generate-preview", "模型"})
  void modelThatIsNearNone_isSaidToBeUnknown(String model) {
    assertThat(notes(model, "a cat"))
        .containsExactly(
            "no model \"%s\" is known here: cost unknown, and only the general rules hold"
                .formatted(model));
  }

  @Test
  void endpoint_isNotMistyped_butItsModelIsNotKnown() {
    assertThat(notes("ep-20260101-abcde", "a cat"))
        .containsExactly(
            "the model behind the endpoint \"ep-20260101-abcde\" is not known: cost unknown, and"
                + " only the general rules hold; SEEDANCE_MODELS can say what it is like");
  }

  @Test
  void knownModel_hasNoNote_byAnyOfItsNames() {
    for (Model model : ModelCatalogue.builtIn().models()) {
      assertThat(notes(model.id(), "a cat")).isEmpty();
      model.aliases().forEach(alias -> assertThat(notes(alias, "a cat")).isEmpty());
    }
  }

  @Test
  void flagsThatCount_areNotedWithWhatToWrite() {
    assertThat(
            notes(
                "doubao-seedance-1-0-pro",
                "a secret --rs 720P cat --rt 16:9 --dur 12 --seed 11 --cf false --watermark true"))
        .containsExactly(
            "the prompt holds flags of the old form, which doubao-seedance-1-0-pro obeys and the"
                + " cost is reckoned with: write \"resolution\": \"720p\", not --rs 720p; write"
                + " \"ratio\": \"16:9\", not --rt 16:9; write \"duration\": 12, not --dur 12; write"
                + " \"seed\": 11, not --seed 11; write \"camera_fixed\": false, not --cf false;"
                + " write \"watermark\": true, not --watermark true");
  }

  @Test
  void flagsThatTheBodyHasAFieldFor_areSpare() {
    assertThat(
            RULES.notes(
                Requests.valid(
                    "{'model':'doubao-seedance-1-0-pro','duration':5,'content':[{'type':'text',"
                        + "'text':'a secret cat --dur 12'}]}")))
        .containsExactly(
            "the prompt holds --dur, which the body has a field for: take it out of the prompt");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "doubao-seedance-1-0-pro | a cat --dur 99 --rs secret",
        "doubao-seedance-2-0 | a cat --dur 12 --rs 720p",
      })
  void flagsThatMayNotBeObeyed_areNoted_withoutTheirValues(String model, String prompt) {
    assertThat(notes(model, prompt))
        .containsExactly(
            "the prompt holds --dur and --rs, a form of old which %s is not known to obey: write the field instead"
                .formatted(model));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a cat",
        "a cat -- and a dog",
        "a cat --help me",
        "well--dur 5 or so",
        "use --fps 24",
        "--dur"
      })
  void promptWithoutAFlag_hasNoNote(String prompt) {
    assertThat(notes("doubao-seedance-1-0-pro", prompt)).isEmpty();
  }

  private static List<String> notes(String model, String prompt) {
    return RULES.notes(
        Requests.valid(
            "{'model':'%s','content':[{'type':'text','text':'%s'}]}".formatted(model, prompt)));
  }
}
