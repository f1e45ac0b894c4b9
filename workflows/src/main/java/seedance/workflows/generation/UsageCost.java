package seedance.workflows.generation;

import org.jspecify.annotations.Nullable;
import seedance.workflows.request.Price;
import seedance.workflows.request.TokenCount;

/**
 * What the tokens cost that the service reports. They are believed where they can be: too few for
 * such a video are as good as none, and too many count, as the service may well bill them, but not
 * without a word.
 */
final class UsageCost {
  /** A draft is counted for less than the video that it shows, though not for a tenth. */
  private static final int FEWER_THAN_IS_BELIEVED = 10;

  /** Further up than any rule of the service's that is known leads. */
  private static final int MORE_THAN_IS_BELIEVED = 2;

  /** The dearest clip there is, of 4k with input video, has some 6 million. */
  private static final long MORE_THAN_ANY_VIDEO_TAKES = 100_000_000;

  private UsageCost() {}

  static Cost of(GenerationOutcome outcome, GenerationPlan plan) {
    TokenCount possible = plan.tokens();
    Long used = used(outcome, possible);
    if (used == null) {
      return Cost.unknown("the service reported no usage");
    }
    if (possible != null && isTooFew(used, possible)) {
      return Cost.unknown(
          "the service reported a usage of %d tokens, and such a video takes %d or more"
              .formatted(used, possible.least()));
    }
    String doubt = doubt(used, possible);
    Price price = plan.price();
    if (price == null) {
      return new Cost(null, null, whyThereIsNoPrice(outcome, plan), doubt);
    }
    String basis =
        "%d tokens × %s %s per million: %s"
            .formatted(
                used,
                price.amountPerMillionTokens().toPlainString(),
                price.currency(),
                price.basis());
    return new Cost(price.of(used), price.currency(), basis, doubt);
  }

  /** What is billed; all tokens, which for a video are the same (H), where that cannot be. */
  private static @Nullable Long used(GenerationOutcome outcome, @Nullable TokenCount possible) {
    Long billed = outcome.completionTokens();
    Long all = outcome.totalTokens();
    boolean isUsable = billed != null && !isTooFew(billed, possible);
    return isUsable || all == null || billed != null && isTooFew(all, possible) ? billed : all;
  }

  private static @Nullable String doubt(long used, @Nullable TokenCount possible) {
    if (possible == null) {
      return used > MORE_THAN_ANY_VIDEO_TAKES
          ? "the service reported a usage of %d tokens, and no video takes so many: compare its bill"
              .formatted(used)
          : null;
    }
    return used / MORE_THAN_IS_BELIEVED > possible.most()
        ? "the service reported a usage of %d tokens, and such a video takes %d at most: compare its bill"
            .formatted(used, possible.most())
        : null;
  }

  private static boolean isTooFew(long tokens, @Nullable TokenCount possible) {
    return possible != null && tokens < possible.least() / FEWER_THAN_IS_BELIEVED;
  }

  private static String whyThereIsNoPrice(GenerationOutcome outcome, GenerationPlan plan) {
    boolean isWithoutRequest =
        plan.mode().equals(GenerationPlan.ADOPTED_MODE)
            && plan.model().equals(GenerationPlan.UNKNOWN_MODEL);
    if (!isWithoutRequest) {
      return "the price table has no price for " + plan.model();
    }
    return outcome.model() == null
        ? "the task was adopted without its request, and the service does not say which model made it"
        : "the task of %s was adopted without its request, on which the price depends"
            .formatted(outcome.model());
  }
}
