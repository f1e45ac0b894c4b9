package seedance.workflows.request;

import java.math.BigDecimal;
import java.util.Objects;
import seedance.workflows.json.WireForm;

/**
 * What tokens cost by a list, not by a bill.
 *
 * @param amountPerMillionTokens in {@code currency}
 * @param currency such as {@code CNY}
 * @param basis which price this is, as a part of a sentence: {@code list price of
 *     doubao-seedance-2-0-260128, 720p, without input video}
 */
@WireForm
public record Price(BigDecimal amountPerMillionTokens, String currency, String basis) {
  public Price {
    Objects.requireNonNull(amountPerMillionTokens, "amountPerMillionTokens");
    Objects.requireNonNull(currency, "currency");
    Objects.requireNonNull(basis, "basis");
  }

  /** Returns what so many tokens cost, exactly; the service bills {@code completion_tokens}. */
  public BigDecimal of(long tokens) {
    BigDecimal cost = amountPerMillionTokens.multiply(BigDecimal.valueOf(tokens)).movePointLeft(6);
    BigDecimal shortest = cost.stripTrailingZeros();
    return shortest.scale() < 0 ? shortest.setScale(0) : shortest;
  }
}
