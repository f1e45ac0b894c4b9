package seedance.workflows.json;

import java.math.BigDecimal;
import java.util.Optional;

/**
 * Numbers of people's files and options as amounts that can be reckoned with. They are checked
 * before that: {@code 1e99999999} is a short text and a very long number.
 */
public final class DecimalNumber {
  /** More digits before the point than any amount has. */
  private static final int MOST_DIGITS = 18;

  private DecimalNumber() {}

  /**
   * Returns the number, of at most 18 digits before the point and so many after it, without
   * trailing zeros; empty where it is another, or none that can be written down.
   */
  public static Optional<BigDecimal> of(Number number, int mostDecimals) {
    if (number instanceof Double || number instanceof Float) {
      return Optional.empty(); // what JSON cannot carry
    }
    BigDecimal shortest = new BigDecimal(number.toString()).stripTrailingZeros();
    long digits = (long) shortest.precision() - shortest.scale();
    if (digits > MOST_DIGITS || shortest.scale() > mostDecimals) {
      return Optional.empty();
    }
    return Optional.of(shortest.scale() < 0 ? shortest.setScale(0) : shortest);
  }

  /**
   * Reads a field of 0 to {@code most}, both included, of at most so many decimals; what is none is
   * named and read as absent.
   */
  public static Optional<BigDecimal> in(
      JsonFields object, String name, BigDecimal most, int mostDecimals) {
    Optional<Object> value = object.value(name);
    Optional<BigDecimal> decimal =
        value
            .filter(Number.class::isInstance)
            .flatMap(number -> of((Number) number, mostDecimals))
            .filter(number -> number.signum() >= 0 && number.compareTo(most) <= 0);
    if (value.isPresent() && decimal.isEmpty()) {
      object.refuse(
          name,
          "must be a number of 0 to %s, without quotes, with at most %d decimals"
              .formatted(most.toPlainString(), mostDecimals));
    }
    return decimal;
  }
}
