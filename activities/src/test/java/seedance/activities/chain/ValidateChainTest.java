package seedance.activities.chain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import seedance.workflows.chain.ChainVerdict;
import seedance.workflows.request.AnyJson;
import seedance.workflows.request.ModelCatalogue;

/** The verdict is that of the rules, with the catalogue in force. */
class ValidateChainTest {
  private static final AnyJson CHAIN =
      new AnyJson(
          Map.of(
              "steps",
              List.of(
                  Map.of(
                      "id",
                      "opening",
                      "request",
                      Map.of(
                          "model",
                          "doubao-seedance-2-0",
                          "content",
                          List.of(Map.of("type", "text", "text", "a cat")))))));

  @Test
  void validChain_hasAPlan_byThePricesInForce() {
    ChainVerdict verdict = new ValidateChain(ModelCatalogue.builtIn()).validate(CHAIN, null);

    assertThat(verdict)
        .isInstanceOfSatisfying(
            ChainVerdict.Valid.class,
            valid -> {
              assertThat(valid.plan().steps()).hasSize(1);
              assertThat(valid.plan().worstCase()).isNotNull();
            });
  }

  @Test
  void absentArguments_areNamedViolations() {
    assertThat(new ValidateChain(ModelCatalogue.builtIn()).validate(null, null))
        .isInstanceOf(ChainVerdict.Invalid.class);
  }
}
