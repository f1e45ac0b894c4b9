package seedance.workflows.request;

import java.util.Objects;

/**
 * What a generation can cost by the price list, before the service has counted its tokens.
 *
 * @param least the cheapest case
 * @param most the worst case
 */
public record CostEstimate(Money least, Money most) {
  public CostEstimate {
    Objects.requireNonNull(least, "least");
    Objects.requireNonNull(most, "most");
  }
}
