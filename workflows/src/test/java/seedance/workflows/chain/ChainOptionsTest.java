package seedance.workflows.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import seedance.workflows.generation.GenerationOptions;
import seedance.workflows.generation.OnCancel;
import seedance.workflows.json.Json;
import seedance.workflows.json.Verdict;
import seedance.workflows.json.Violation;
import seedance.workflows.request.Money;

class ChainOptionsTest {
  private static final Money FIFTY = new Money(new BigDecimal("50"), "CNY");

  /** Nothing in it is a default. */
  static final ChainOptions OPTIONS =
      new ChainOptions(
          2,
          Optional.of(Duration.ofDays(1)),
          OnStepFailure.FAIL,
          Optional.of(FIFTY),
          OverBudget.WAIT_FOR_BUDGET,
          Optional.of("film-0"),
          List.of("opening", "longer"),
          GenerationOptions.builder().onCancel(OnCancel.COLLECT).build());

  @Test
  void everyField_isReadAsItIsWritten() throws Exception {
    ObjectMapper mapper = new ObjectMapper();
    String json = mapper.writeValueAsString(OPTIONS);

    assertThat(json)
        .startsWith(
            "{\"maxParallel\":2,\"approvalTimeout\":\"PT24H\",\"onStepFailure\":\"FAIL\","
                + "\"budget\":{\"amount\":50,\"currency\":\"CNY\"},\"overBudget\":\"WAIT_FOR_BUDGET\","
                + "\"reuse\":\"film-0\",\"join\":[\"opening\",\"longer\"],\"generation\":{");
    assertThat(mapper.readValue(json, ChainOptions.class)).isEqualTo(OPTIONS);
    assertThat(ChainOptions.check(mapper.readValue(json, Json.class)))
        .isEqualTo(Verdict.valid(OPTIONS));
  }

  @Test
  void nothing_givesTheDefaults() {
    for (Json nothing : new Json[] {null, Json.NULL, new Json(Map.of())}) {
      assertThat(ChainOptions.check(nothing)).isEqualTo(Verdict.valid(ChainOptions.DEFAULTS));
    }
    assertThat(ChainOptions.DEFAULTS.maxParallel()).isEqualTo(4);
    assertThat(ChainOptions.DEFAULTS.onStepFailure()).isEqualTo(OnStepFailure.WAIT);
    assertThat(ChainOptions.fromJson(ChainOptions.DEFAULTS.json()))
        .isEqualTo(ChainOptions.DEFAULTS);
  }

  @Test
  void withers_changeOneThing() {
    assertThat(
            ChainOptions.builder()
                .maxParallel(2)
                .approvalTimeout(Duration.ofDays(1))
                .onStepFailure(OnStepFailure.FAIL)
                .budget(FIFTY)
                .overBudget(OverBudget.WAIT_FOR_BUDGET)
                .reuse("film-0")
                .join("opening", "longer")
                .generation(GenerationOptions.builder().onCancel(OnCancel.COLLECT).build())
                .build())
        .isEqualTo(OPTIONS);
  }

  @Test
  void fieldsOfALaterVersion_areLeftAside_whereOptionsWereJudgedBefore() {
    Json later =
        Chains.json(
            "{'later':1,'maxParallel':3,'budget':{'amount':50,'later':1},'generation':{'later':1}}");

    assertThat(ChainOptions.fromJson(later))
        .isEqualTo(
            ChainOptions.builder()
                .maxParallel(3)
                .budget(FIFTY)
                .overBudget(OverBudget.WAIT_FOR_APPROVAL)
                .build());
    assertThat(ChainOptions.check(later)).matches(verdict -> !verdict.isValid());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[] | options | must be an object",
        "{'maxParallel':51} | options.maxParallel | must be 1 to 50",
        "{'maxParallel':'4'} | options.maxParallel | write 4 without quotes",
        "{'approvalTimeout':'P31D'} | options.approvalTimeout | is out of range",
        "{'approvalTimeout':3600} | options.approvalTimeout | must be a string",
        "{'onStepFailure':'RETRY'} | options.onStepFailure | must be WAIT or FAIL",
        "{'budget':50} | options.budget | must be an object",
        "{'budget':{}} | options.budget.amount | is missing: write a number over 0",
        "{'budget':{'amount':'50'}} | options.budget.amount | is not an amount: write a number over 0, without quotes",
        "{'budget':{'amount':0}} | options.budget.amount | is not an amount",
        "{'budget':{'amount':1E+99}} | options.budget.amount | is not an amount",
        "{'budget':{'amount':1E-9}} | options.budget.amount | is not an amount",
        "{'budget':{'amount':5,'currency':'RMB¥'}} | options.budget.currency | must be three capital letters",
        "{'budget':{'amount':5,'curency':'CNY'}} | options.budget.curency | did you mean \"currency\"?",
        "{'overBudget':'WAIT_FOR_BUDGET'} | options.overBudget | has no meaning without a budget",
        "{'budget':{'amount':5},'overBudget':'STOP'} | options.overBudget | must be WAIT_FOR_APPROVAL or WAIT_FOR_BUDGET",
        "{'reuse':' '} | options.reuse | is no workflow id",
        "{'join':'opening'} | options.join | must be an array",
        "{'join':[1]} | options.join[0] | must be a string",
        "{'join':['a.b']} | options.join[0] | is no step's id",
        "{'generation':5} | options.generation | must be an object",
        "{'generation':{'onCancel':'STOP'}} | options.generation.onCancel | must be ABANDON or COLLECT",
        "{'generation':{'adopt':{'taskId':'cgt-1'}}} | options.generation.adopt | is one step's task",
        "{'maxparallel':4} | options.maxparallel | did you mean \"maxParallel\"?",
      })
  void badOptions_areNamed(String json, String path, String message) {
    Verdict<ChainOptions> verdict = ChainOptions.check(Chains.json(json));

    assertThat(verdict.isValid()).isFalse();
    List<Violation> violations = verdict.violations();
    assertThat(violations).as(violations::toString).hasSize(1);
    assertThat(violations.get(0).path()).isEqualTo(path);
    assertThat(violations.get(0).message()).contains(message);
  }

  @Test
  void impossibleOptions_doNotConstruct() {
    assertThatThrownBy(() -> OPTIONS.toBuilder().maxParallel(0).build())
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> OPTIONS.toBuilder().approvalTimeout(Duration.ZERO).build())
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () ->
                OPTIONS.toBuilder()
                    .generation(GenerationOptions.builder().adopt("cgt-1").build())
                    .build())
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> ChainOptions.fromJson(new Json(Map.of("maxParallel", 0))))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
