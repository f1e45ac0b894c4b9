package seedance.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import seedance.workflows.request.AnyJson;
import seedance.workflows.request.JsonText;

class StartInputTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "same",
      value = {
        "{\"a\":1,\"b\":2} | {\"b\":2,\"a\":1} | same",
        "{\"seed\":null} | {} | same",
        "{\"new_field\":null} | {} | new_field",
        "{\"a\":1} | {\"a\":2} | a",
        "{\"a\":1} | {\"a\":\"1\"} | a",
        "{\"content\":[{\"text\":\"x\"}]} | {\"content\":[{\"text\":\"y\"}]} | content[0].text",
        "{\"content\":[1]} | {\"content\":[1,2]} | content[1]",
        "{\"content\":[1]} | {\"content\":{}} | content",
        "null | {} | $",
      })
  void differences_areNamedByPath(String one, String other, String path) {
    assertThat(input(one, "{}").differencesFrom(input(other, "{}")))
        .isEqualTo(path == null ? List.of() : List.of(path));
  }

  @Test
  void optionsThatNoRuleKnows_areComparedAsTheyAre() {
    assertThat(input("{}", "{\"later\":1}").differencesFrom(input("{}", "{\"later\":1}")))
        .isEmpty();
    assertThat(input("{}", "{\"later\":1}").differencesFrom(input("{}", "{\"later\":2}")))
        .containsExactly("options.later");
  }

  @Test
  void optionsThatNobodyKnowsAnyMore_areNotCompared() {
    StartInput retained = new StartInput(json("{}"), Optional.empty());

    assertThat(retained.differencesFrom(input("{}", "{\"deadline\":\"PT1H\"}"))).isEmpty();
    assertThat(retained.differencesFrom(input("{\"a\":1}", "{}"))).containsExactly("a");
  }

  private static StartInput input(String request, String options) {
    return new StartInput(json(request), Optional.of(json(options)));
  }

  private static AnyJson json(String text) {
    return ((JsonText.Read) JsonText.read(text)).json();
  }
}
