package seedance.workflows.generation;

import java.util.Optional;
import java.util.stream.Stream;
import seedance.workflows.json.Json;
import seedance.workflows.json.Violation;

/** What one activity can be given. */
public final class ActivityArguments {
  /** The server terminates a workflow that gives an activity more than 2 MiB. */
  private static final int LARGEST = (2 << 20) - (64 << 10);

  private static final Violation TOO_LARGE =
      new Violation(
          "$",
          "is over 2 MB with its options, more than travels through a workflow: pass media as"
              + " https:// or asset://");

  private ActivityArguments() {}

  /** Says that they are too large together; empty where they are not. */
  public static Optional<Violation> violation(Json body, Json options) {
    int bytes = Stream.of(body, options).mapToInt(Json::bytes).sum();
    return bytes > LARGEST ? Optional.of(TOO_LARGE) : Optional.empty();
  }
}
