package seedance.workflows.json;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A JSON value read as a whole number.
 *
 * @param meant the number, also where it was evidently meant and not written right
 * @param fault what is wrong with it, if anything
 */
record WholeNumber(Optional<Long> meant, Optional<String> fault) {
  private static final int MOST_DIGITS = 18;
  private static final Pattern DIGITS = Pattern.compile("-?\\d{1," + MOST_DIGITS + "}");

  static WholeNumber of(Object value) {
    if (value instanceof Integer || value instanceof Long) {
      return new WholeNumber(Optional.of(((Number) value).longValue()), Optional.empty());
    }
    if (value instanceof String text && DIGITS.matcher(text.trim()).matches()) {
      long meant = Long.parseLong(text.trim());
      return wrong(meant, "must be a number, not a string: write " + meant + " without quotes");
    }
    if (value instanceof BigDecimal decimal && isSmallAndWhole(decimal)) {
      long meant = decimal.longValueExact();
      return wrong(meant, "must be a whole number: write " + meant + " without a fraction");
    }
    String fault =
        isFarOut(value)
            ? "is far out of range"
            : "must be a whole number, not "
                + (value instanceof Number ? "a fraction" : Wording.kind(value));
    return new WholeNumber(Optional.empty(), Optional.of(fault));
  }

  private static WholeNumber wrong(long meant, String fault) {
    return new WholeNumber(Optional.of(meant), Optional.of(fault));
  }

  private static boolean isFarOut(Object value) {
    return value instanceof BigInteger
        || value instanceof Double number && number.isInfinite()
        || value instanceof BigDecimal decimal && digits(decimal) > MOST_DIGITS;
  }

  /** Before the point. */
  private static long digits(BigDecimal decimal) {
    return (long) decimal.precision() - decimal.scale();
  }

  /** Asked before expanding it: 1E+999999999 is a short text and a very long number. */
  private static boolean isSmallAndWhole(BigDecimal decimal) {
    BigDecimal stripped = decimal.stripTrailingZeros();
    return stripped.scale() <= 0 && digits(stripped) <= MOST_DIGITS;
  }
}
