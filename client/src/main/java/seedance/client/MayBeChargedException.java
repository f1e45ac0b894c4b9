package seedance.client;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import seedance.workflows.generation.FailureType;
import seedance.workflows.generation.GenerationFailure;

/**
 * An earlier generation of that id failed in a way that may have been charged, or in one that does
 * not tell of all that was done under the id, so nothing was started: it would be a second bill.
 * {@link GenerationStart#startingAgain()} starts it all the same; a start whose {@code
 * options.adopt} names the task of the earlier one fetches its clip.
 */
public final class MayBeChargedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient GenerationHandle earlier;
  private final transient Optional<LeftBehind> leftBehind;

  MayBeChargedException(GenerationHandle earlier, GenerationFailedException ending) {
    this(earlier, ending, ending.leftBehind(), ending.getMessage());
  }

  /** Of one that was not charged itself, by a run that is not all there was of its id. */
  MayBeChargedException(
      GenerationHandle earlier, GenerationFailedException ending, RunOrigin origin) {
    this(
        earlier,
        ending,
        Optional.of(leftBehind(ending, origin)),
        "the latest run of that id %s, and its end tells nothing of what was submitted before (%s)"
            .formatted(
                origin.inWords(),
                ending.failure().map(GenerationFailure::clause).orElseGet(ending::getMessage)));
  }

  private MayBeChargedException(
      GenerationHandle earlier,
      GenerationFailedException ending,
      Optional<LeftBehind> leftBehind,
      @Nullable String why) {
    super("an earlier generation " + earlier.workflowId() + " may be charged: " + why, ending);
    this.earlier = Objects.requireNonNull(earlier, "earlier");
    this.leftBehind = leftBehind;
  }

  /**
   * A task that was to be taken over, and that nobody has asked for yet, is to be fetched still.
   */
  private static LeftBehind leftBehind(GenerationFailedException ending, RunOrigin origin) {
    boolean neverAsked =
        ending
            .failure()
            .map(GenerationFailure::type)
            .filter(
                type -> type == FailureType.INVALID_REQUEST || type == FailureType.NOT_SUBMITTED)
            .isPresent();
    return origin
        .adopted()
        .filter(task -> neverAsked)
        .<LeftBehind>map(LeftBehind.Task::new)
        .orElseGet(LeftBehind.NotKnown::new);
  }

  /** How that one ended, and what it left behind. */
  public GenerationFailedException ending() {
    return Objects.requireNonNull((GenerationFailedException) getCause());
  }

  /** The generation that failed. Null after deserialization. */
  public @Nullable GenerationHandle earlier() {
    return earlier;
  }

  /**
   * What there may be to be fetched or found under the id; empty where nothing more is known of it,
   * and after deserialization.
   */
  public Optional<LeftBehind> leftBehind() {
    return leftBehind == null ? Optional.empty() : leftBehind;
  }
}
