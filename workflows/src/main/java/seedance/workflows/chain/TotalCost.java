package seedance.workflows.chain;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import seedance.workflows.json.WireForm;
import seedance.workflows.request.Money;

/**
 * What several generations cost together, by the tokens that the service reports and the price
 * list. Where that does not tell for one, its worst case counts, and this says so.
 *
 * @param amount in {@code currency}; null where nothing is counted
 * @param currency ISO 4217; null with {@code amount}
 * @param atMost the steps that count at their worst case, as the cost of an attempt is not known;
 *     where there is one, {@code amount} is an upper limit
 * @param without the steps that are not in {@code amount} at all: nobody knows what they cost, not
 *     even at most, or it is in another currency
 */
@WireForm
public record TotalCost(
    @Nullable BigDecimal amount,
    @Nullable String currency,
    List<String> atMost,
    List<String> without) {
  static final TotalCost NOTHING = new TotalCost(null, null, List.of(), List.of());

  public TotalCost {
    if ((amount == null) != (currency == null)) {
      throw new IllegalArgumentException("an amount has a currency, and a currency an amount");
    }
    atMost = atMost == null ? List.of() : List.copyOf(atMost);
    without = without == null ? List.of() : List.copyOf(without);
  }

  static TotalCost exactly(Money cost) {
    return new TotalCost(cost.amount(), cost.currency(), List.of(), List.of());
  }

  static TotalCost atMost(Money worstCase, String step) {
    return new TotalCost(worstCase.amount(), worstCase.currency(), List.of(step), List.of());
  }

  static TotalCost without(String step) {
    return new TotalCost(null, null, List.of(), List.of(step));
  }

  /** What a step costs in the worst case. */
  static TotalCost worstOf(StepPlan step) {
    return step.worstCase() == null ? without(step.id()) : atMost(step.worstCase(), step.id());
  }

  static TotalCost sum(Stream<TotalCost> costs) {
    return costs.reduce(NOTHING, TotalCost::plus);
  }

  /** This, or an amount of zero where it is of nothing. */
  TotalCost orZero(String ofCurrency) {
    return isNothing() ? exactly(new Money(BigDecimal.ZERO, ofCurrency)) : this;
  }

  /** Whether nothing was spent, as far as anyone knows. */
  @JsonIgnore
  public boolean isNothing() {
    return amount == null && without.isEmpty();
  }

  /** The counted part; empty where there is none. */
  @JsonIgnore
  public Optional<Money> money() {
    return amount == null || currency == null
        ? Optional.empty()
        : Optional.of(new Money(amount, currency));
  }

  /** Whether this is what was spent, and not only a limit or a part of it. */
  @JsonIgnore
  public boolean isExact() {
    return amount != null && atMost.isEmpty() && without.isEmpty();
  }

  TotalCost plus(TotalCost other) {
    if (isNothing() || other.isNothing()) {
      return isNothing() ? other : this;
    }
    if (currency != null && other.currency != null && !currency.equals(other.currency)) {
      return new TotalCost(
          amount, currency, atMost, union(without, union(other.atMost, other.without)));
    }
    Optional<Money> sum =
        Stream.of(money(), other.money()).flatMap(Optional::stream).reduce(Money::plus);
    return new TotalCost(
        sum.map(Money::amount).orElse(null),
        sum.map(Money::currency).orElse(null),
        union(atMost, other.atMost),
        union(without, other.without));
  }

  private static List<String> union(List<String> some, List<String> more) {
    return Stream.concat(some.stream(), more.stream()).distinct().toList();
  }

  /** {@code 10.03 CNY}, {@code at most 10.25 CNY}, {@code 5.01 CNY without what b cost}. */
  public String inWords() {
    String counted =
        money()
            .map(money -> atMost.isEmpty() ? money.inWords() : "at most " + money.inWordsAtMost())
            .orElse("");
    if (without.isEmpty()) {
      return counted.isEmpty() ? "nothing" : counted;
    }
    String unknown = Names.some(without);
    return counted.isEmpty() ? "not known: " + unknown : counted + ", without " + unknown;
  }
}
