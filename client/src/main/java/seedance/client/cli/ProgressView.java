package seedance.client.cli;

import java.util.List;
import seedance.workflows.generation.Progress;

/**
 * Shows how one or several generations or steps go while they are followed. Safe for several
 * threads.
 */
interface ProgressView extends AutoCloseable {

  /**
   * A live line each on a terminal, plain lines in a pipe.
   *
   * @param names one for each generation, in the order shown; empty text where there is only one
   */
  static ProgressView on(Terminal terminal, List<String> names) {
    return terminal.live() ? new LiveProgress(terminal, names) : new PlainProgress(terminal, names);
  }

  /** A generation stands elsewhere. */
  default void show(String name, Progress progress) {
    show(name, progress, List.of());
  }

  /**
   * A generation stands elsewhere, and more is to be said of it.
   *
   * @param below lines of their own
   */
  void show(String name, Progress progress, List<String> below);

  /** Something in words, which goes on; lines after the first stand below it. */
  void going(String name, String words);

  /** Something else to say of a generation; the last thing said of it stays. */
  void say(String name, String text);

  /** Ends the showing and leaves the last lines standing. Closing again does nothing. */
  @Override
  void close();
}
