package seedance.client.cli;

import java.time.Instant;
import java.util.List;
import seedance.workflows.generation.Progress;

/**
 * Shows how one or several generations or steps go while they are followed. Safe for several
 * threads.
 */
interface ProgressView extends AutoCloseable {
  /** The line of what is followed itself, below those of its parts. */
  String THE_WHOLE = "";

  /** When what is followed itself began, which its line counts from. */
  default void began(Instant at) {}

  /** A generation stands elsewhere. */
  default void show(String name, Progress progress) {
    show(name, progress, List.of());
  }

  /**
   * A generation stands elsewhere, and more is to be said of it.
   *
   * @param below on lines of their own
   */
  void show(String name, Progress progress, List<Suggestion> below);

  /** Something in words, which goes on; lines after the first stand below it. */
  void going(String name, String words);

  /** Something else to say of a generation; the last thing said of it stays. */
  void say(String name, String text);

  /** Nobody tells how it goes. */
  default void noWorkerAnswers() {
    say(THE_WHOLE, "No worker answers yet: does one poll this task queue?");
  }

  /** A worker tells it, in a form that is not known here. */
  default void answersCannotBeRead() {
    say(
        THE_WHOLE,
        "What its worker says cannot be read here, without the workers' payload codec: its end is"
            + " waited for.");
  }

  /** Ends the showing and leaves the last lines standing. Closing again does nothing. */
  @Override
  void close();
}
