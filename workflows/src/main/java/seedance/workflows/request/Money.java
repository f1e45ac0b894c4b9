package seedance.workflows.request;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Objects;
import seedance.workflows.json.Json;
import seedance.workflows.json.WireForm;

/**
 * An amount of money.
 *
 * @param amount 0 or more, exact; held without trailing zeros, so that equal amounts are equal
 * @param currency ISO 4217, such as {@code CNY}
 */
@WireForm
public record Money(BigDecimal amount, String currency) {
  /** No sum has so many digits before the point, and written out they would fill the memory. */
  private static final int MOST_DIGITS = 40;

  /**
   * @throws IllegalArgumentException if the amount is negative, or beyond all money
   */
  public Money {
    Objects.requireNonNull(currency, "currency");
    if (amount.signum() < 0) {
      throw new IllegalArgumentException("an amount is not negative");
    }
    BigDecimal shortest = amount.stripTrailingZeros();
    if ((long) shortest.precision() - shortest.scale() > MOST_DIGITS) {
      throw new IllegalArgumentException("there is not so much money");
    }
    amount = shortest.scale() < 0 ? shortest.setScale(0) : shortest;
  }

  /**
   * An amount in figures.
   *
   * @param amount such as {@code 50} or {@code 0.125}
   * @throws IllegalArgumentException if it is no number, or as the constructor
   */
  public static Money of(String amount, String currency) {
    return new Money(new BigDecimal(amount), currency);
  }

  /** Returns the JSON that this is read from. */
  public Json json() {
    return Json.NULL.with("amount", amount).with("currency", currency);
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

  /** To the nearest hundredth: {@code 5.01 CNY}, or {@code less than 0.01 CNY}. */
  public String inWords() {
    return amount.signum() > 0 && hundredths(RoundingMode.HALF_UP).signum() == 0
        ? "less than 0.01 " + currency
        : inWords(RoundingMode.HALF_UP);
  }

  /** As an upper limit, for which it is rounded up. */
  public String inWordsAtMost() {
    return inWords(RoundingMode.CEILING);
  }

  /** Unrounded, as what someone has set is to be quoted: {@code 50.00 CNY}, {@code 0.125 CNY}. */
  public String exactlyInWords() {
    return amount.setScale(Math.max(2, amount.scale())).toPlainString() + " " + currency;
  }

  /**
   * As a lower limit that is over another amount: rounded down where it is over that even so, and
   * else exactly.
   */
  public String inWordsAtLeast(Money other) {
    return new Money(hundredths(RoundingMode.FLOOR), currency).isOver(other)
        ? inWords(RoundingMode.FLOOR)
        : exactlyInWords();
  }

  private String inWords(RoundingMode mode) {
    return hundredths(mode).toPlainString() + " " + currency;
  }

  private BigDecimal hundredths(RoundingMode mode) {
    return amount.setScale(2, mode);
  }
}
