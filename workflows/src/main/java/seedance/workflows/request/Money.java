package seedance.workflows.request;

import java.math.BigDecimal;
import java.util.Objects;

/**
 * An amount of money.
 *
 * @param amount 0 or more, exact; held without trailing zeros, so that equal amounts are equal
 * @param currency ISO 4217, such as {@code CNY}
 */
@WireForm
public record Money(BigDecimal amount, String currency) {
  /**
   * @throws IllegalArgumentException if the amount is negative
   */
  public Money {
    Objects.requireNonNull(currency, "currency");
    if (amount.signum() < 0) {
      throw new IllegalArgumentException("an amount is not negative");
    }
    BigDecimal shortest = amount.stripTrailingZeros();
    amount = shortest.scale() < 0 ? shortest.setScale(0) : shortest;
  }

  /**
   * Returns the sum.
   *
   * @throws IllegalArgumentException if the currencies differ
   */
  public Money plus(Money other) {
    return new Money(amount.add(sameCurrency(other).amount), currency);
  }

  /**
   * Whether this is more.
   *
   * @throws IllegalArgumentException if the currencies differ
   */
  public boolean isOver(Money other) {
    return amount.compareTo(sameCurrency(other).amount) > 0;
  }

  private Money sameCurrency(Money other) {
    if (!currency.equals(other.currency)) {
      throw new IllegalArgumentException(currency + " and " + other.currency + " do not add up");
    }
    return other;
  }

  /** {@code 5.0094 CNY}. */
  public String inWords() {
    return amount.toPlainString() + " " + currency;
  }
}
