package seedance.activities;

import java.util.List;

/** Settings that cannot work; the message names every problem, one a line, and no secret. */
public final class InvalidSettingsException extends IllegalArgumentException {
  private static final long serialVersionUID = 1;
  private final transient List<String> problems;

  /**
   * @param problems at least one, each a line that says what would be right
   */
  public InvalidSettingsException(List<String> problems) {
    super(String.join(System.lineSeparator(), problems));
    this.problems = List.copyOf(problems);
  }

  /** Every problem, each a line that says what would be right. */
  public List<String> problems() {
    return problems;
  }
}
