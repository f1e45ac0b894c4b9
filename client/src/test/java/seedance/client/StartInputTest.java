package seedance.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import seedance.workflows.json.Json;

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

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "same",
      value = {
        "{'id':'a','request':{'seed':null}} | {'request':{},'id':'a'} | same",
        "{'id':'a','approve':false} | {'id':'a'} | same",
        "{'id':'a','approve':true} | {'id':'a'} | steps[0].approve",
        "{'id':'a'} | {'id':'b'} | steps[0].id",
        "{'request':{'duration':5}} | {'request':{'duration':6}} | steps[0].request.duration",
        "{'id':'a'} | {'id':'a'},{'id':'b'} | steps[1]",
        "1 | {'id':'a'} | steps[0]",
      })
  void differencesOfChains_areNamedByPath(String one, String other, String path) {
    assertThat(chain(one, "{}").differencesFromChain(chain(other, "{}")))
        .isEqualTo(path == null ? List.of() : List.of(path));
  }

  @Test
  void optionsOfChains_areComparedAsTheyAreInForce() {
    StartInput spelledOut = chain("", "{'maxParallel':4,'onStepFailure':'WAIT'}");

    assertThat(spelledOut.differencesFromChain(chain("", "{}"))).isEmpty();
    assertThat(spelledOut.differencesFromChain(chain("", "{'maxParallel':5}")))
        .containsExactly("options.maxParallel");
    assertThat(
            chain("", "{'budget':{'amount':50}}")
                .differencesFromChain(chain("", "{'budget':{'amount':60,'currency':'CNY'}}")))
        .containsExactly("options.budget.amount");
    assertThat(chain("", "{'later':1}").differencesFromChain(chain("", "{'later':2}")))
        .containsExactly("options.later");
  }

  @Test
  void whatIsNoChain_isComparedAsItIs() {
    assertThat(input("[]", "{}").differencesFromChain(input("{\"steps\":1}", "{}")))
        .containsExactly("$");
    assertThat(input("{\"steps\":1}", "{}").differencesFromChain(input("{\"steps\":2}", "{}")))
        .containsExactly("steps");
  }

  @Test
  void aTaskAlone_saysNothingOfTheRequest_andIsComparedByTheOptions() {
    StartInput withRequest = input("{\"a\":1}", "{\"adopt\":{\"taskId\":\"cgt-1\"}}");

    assertThat(withRequest.differencesFrom(input("null", "{\"adopt\":{\"taskId\":\"cgt-1\"}}")))
        .isEmpty();
    assertThat(withRequest.differencesFrom(input("null", "{\"adopt\":{\"taskId\":\"cgt-2\"}}")))
        .containsExactly("options.adopt.taskId");
    assertThat(withRequest.differencesFrom(input("null", "{}"))).contains("$");
  }

  @Test
  void optionsThatNobodyKnowsAnyMore_areNotCompared() {
    StartInput retained = new StartInput(json("{}"), Optional.empty());

    assertThat(retained.differencesFrom(input("{}", "{\"deadline\":\"PT1H\"}"))).isEmpty();
    assertThat(retained.differencesFrom(input("{\"a\":1}", "{}"))).containsExactly("a");
  }

  /**
   * @param steps with single quotes, as is {@code options}
   */
  private static StartInput chain(String steps, String options) {
    return input("{\"steps\":[" + doubleQuoted(steps) + "]}", doubleQuoted(options));
  }

  private static String doubleQuoted(String json) {
    return json.replace('\'', '"');
  }

  private static StartInput input(String request, String options) {
    return new StartInput(json(request), Optional.of(json(options)));
  }

  private static Json json(String text) {
    return Json.read(text).orElseThrow();
  }
}
