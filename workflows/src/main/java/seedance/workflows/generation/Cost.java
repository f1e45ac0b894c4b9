package seedance.workflows.generation;

import java.math.BigDecimal;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import seedance.workflows.json.WireForm;
import seedance.workflows.request.Money;

/**
 * What a generation cost, by the tokens that the service reports and our price table; not the
 * service's own bill.
 *
 * @param amount in {@code currency}; null where no price or no usage is known, which is not "free"
 * @param currency ISO 4217, such as {@code CNY}; null with {@code amount}
 * @param basis how it was reckoned, or why it could not be
 * @param doubt why the amount may be wrong although it counts; null where nothing speaks against it
 */
@WireForm
public record Cost(
    @Nullable BigDecimal amount, @Nullable String currency, String basis, @Nullable String doubt) {
  /** One that nothing speaks against. */
  public Cost(@Nullable BigDecimal amount, @Nullable String currency, String basis) {
    this(amount, currency, basis, null);
  }

  public Cost {
    if ((amount == null) != (currency == null)) {
      throw new IllegalArgumentException("an amount has a currency, and a currency an amount");
    }
    if (amount != null && amount.signum() < 0) {
      // Of a manifest that an earlier version wrote, or another hand.
      amount = null;
      currency = null;
      basis = "it was noted as less than nothing";
    }
    Objects.requireNonNull(basis, "basis");
  }

  /** {@code 4.03 CNY}, or why it is not known. */
  String inWords() {
    return amount == null || currency == null
        ? "not known: " + basis
        : new Money(amount, currency).inWords();
  }

  /** A cost that cannot be reckoned. */
  static Cost unknown(String why) {
    return new Cost(null, null, why);
  }
}
