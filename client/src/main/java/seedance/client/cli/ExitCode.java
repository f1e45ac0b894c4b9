package seedance.client.cli;

/** What the commands exit with. */
final class ExitCode {
  /** Done: the clip is stored, the files are valid, the list is printed. */
  static final int OK = 0;

  /** The generation failed, was cancelled or was terminated. */
  static final int GENERATION_FAILED = 1;

  /** Wrong usage, or a request or decision that is refused; nothing was started. */
  static final int INVALID = 2;

  /** Temporal cannot be reached, or has no such generation. */
  static final int NOT_REACHED = 3;

  /** A setting or a file of settings is wrong. */
  static final int MISCONFIGURED = 4;

  /** An error of this program. */
  static final int BUG = 70;

  /** Ctrl-C, which detaches from a generation and does not stop it. */
  static final int INTERRUPTED = 130;

  private ExitCode() {}
}
