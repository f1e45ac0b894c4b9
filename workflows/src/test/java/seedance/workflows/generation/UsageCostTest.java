package seedance.workflows.generation;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import seedance.workflows.request.Price;
import seedance.workflows.request.TokenCount;

class UsageCostTest {
  private static final Price PRICE = new Price(new BigDecimal("46"), "CNY", "list price");
  private static final TokenCount POSSIBLE = new TokenCount(100_000, 110_000);

  @ParameterizedTest
  @ValueSource(longs = {10_000, 100_000, 108_900, 110_000, 220_000})
  void usageThatCanBe_isBelieved(long tokens) {
    Cost cost = UsageCost.of(reported(tokens, tokens), plan("text", "m", PRICE, POSSIBLE));

    assertThat(cost.amount()).isEqualByComparingTo(PRICE.of(tokens));
    assertThat(cost.doubt()).isNull();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 5, 9_999})
  void fewerTokensThanAnySuchVideoTakes_areAsGoodAsNone(long tokens) {
    Cost cost = UsageCost.of(reported(tokens, tokens), plan("text", "m", PRICE, POSSIBLE));

    assertThat(cost.amount()).isNull();
    assertThat(cost.basis())
        .isEqualTo(
            "the service reported a usage of %d tokens, and such a video takes 100000 or more"
                .formatted(tokens));
  }

  @Test
  void farMoreTokensThanTheWorstCase_count_andAreDoubtedAloud() {
    Cost cost = UsageCost.of(reported(5_000_000L, null), plan("text", "m", PRICE, POSSIBLE));

    assertThat(cost.amount()).isEqualByComparingTo("230");
    assertThat(cost.doubt())
        .isEqualTo(
            "the service reported a usage of 5000000 tokens, and such a video takes 110000 at"
                + " most: compare its bill");
    assertThat(UsageCost.of(reported(5_000_000L, null), plan("text", "m", null, POSSIBLE)).doubt())
        .isEqualTo(cost.doubt());
  }

  @ParameterizedTest
  @ValueSource(longs = {200_000_000L, 1_000_000_000_000L, Long.MAX_VALUE})
  void usageBeyondAllVideos_counts_andIsDoubtedAloud_withoutAWorstCaseToo(long tokens) {
    Cost cost = UsageCost.of(reported(tokens, 108_900L), plan("text", "m", PRICE, POSSIBLE));

    assertThat(cost.amount()).isEqualByComparingTo(PRICE.of(tokens));
    assertThat(cost.doubt())
        .isEqualTo(
            "the service reported a usage of %d tokens, and such a video takes 110000 at most:"
                    .formatted(tokens)
                + " compare its bill");
    assertThat(UsageCost.of(reported(tokens, null), plan("text", "m", PRICE, null)).doubt())
        .isEqualTo(
            "the service reported a usage of %d tokens, and no video takes so many: compare its bill"
                .formatted(tokens));
  }

  @Test
  void withoutAWorstCase_anyUsageIsBelieved_asByPlansOfEarlierVersions() {
    assertThat(UsageCost.of(reported(1L, null), plan("text", "m", PRICE, null)).amount())
        .isEqualByComparingTo("0.000046");
    assertThat(UsageCost.of(reported(90_000_000L, null), plan("text", "m", PRICE, null)).doubt())
        .isNull();
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "0, 108900",
        "-, 108900",
        "-108900, 108900",
        "108900, 0",
        "108900, 999999",
        "1, 108900"
      })
  void allTokens_standInForThoseThatAreBilled(Long completion, Long total) {
    assertThat(
            UsageCost.of(reported(completion, total), plan("text", "m", PRICE, POSSIBLE)).amount())
        .isEqualByComparingTo("5.0094");
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {"0, 0", "-, -", "-1, -1"})
  void noTokens_areNotFree(Long completion, Long total) {
    Cost cost = UsageCost.of(reported(completion, total), plan("text", "m", PRICE, POSSIBLE));

    assertThat(cost.amount()).isNull();
    assertThat(cost.basis()).isEqualTo("the service reported no usage");
  }

  @Test
  void withoutAPrice_itIsSaidWhatIsNotKnown() {
    assertThat(basis("text", "ep-1", "some-model"))
        .isEqualTo("the price table has no price for ep-1");
    assertThat(basis("adopted", "ep-1", null)).isEqualTo("the price table has no price for ep-1");
    assertThat(basis("adopted", "unknown", null))
        .isEqualTo(
            "the task was adopted without its request, and the service does not say which model"
                + " made it");
    assertThat(basis("adopted", "unknown", "doubao-seedance-2-0-260128"))
        .isEqualTo(
            "the task of doubao-seedance-2-0-260128 was adopted without its request, on which the"
                + " price depends");
  }

  private static String basis(String mode, String model, String reported) {
    GenerationOutcome outcome =
        new GenerationOutcome(
            reported, null, null, null, null, null, null, null, null, null, 108_900L, null);
    return UsageCost.of(outcome, plan(mode, model, null, null)).basis();
  }

  private static GenerationOutcome reported(Long completion, Long total) {
    return new GenerationOutcome(
        null, null, null, null, null, null, null, null, null, null, completion, total);
  }

  private static GenerationPlan plan(String mode, String model, Price price, TokenCount tokens) {
    return new GenerationPlan(
        mode,
        model,
        null,
        null,
        Duration.ZERO,
        null,
        price,
        null,
        null,
        null,
        tokens,
        null,
        List.of());
  }
}
