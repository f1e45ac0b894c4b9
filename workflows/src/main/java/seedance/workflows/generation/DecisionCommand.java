package seedance.workflows.generation;

import java.util.List;

/**
 * A decision as a command of {@code ./seedance}, for all that suggest one.
 *
 * @param name what the command is called
 * @param arguments what follows the id of the generation or chain that it is about
 */
public record DecisionCommand(String name, List<String> arguments) {
  public DecisionCommand {
    arguments = List.copyOf(arguments);
  }

  private static DecisionCommand of(String name, String... arguments) {
    return new DecisionCommand(name, List.of(arguments));
  }

  /** An unknown submission made this task. */
  public static DecisionCommand adopt(String taskId) {
    return of("resolve", "--adopt", taskId);
  }

  /** An unknown submission made none. */
  public static DecisionCommand resubmit() {
    return of("resolve", "--resubmit");
  }

  /** A generation is given up. */
  public static DecisionCommand fail(String reason) {
    return of("resolve", "--fail", reason);
  }

  /** A step begins. */
  public static DecisionCommand approve(String step) {
    return of("approve", step);
  }

  /** A step that waits or has failed is given up. */
  public static DecisionCommand reject(String step, String reason) {
    return of("approve", step, "--reject", reason);
  }

  /** A failed step is made again. */
  public static DecisionCommand retry(String step) {
    return of("retry", step);
  }

  /** A step is left out. */
  public static DecisionCommand skip(String step) {
    return of("skip", step);
  }

  /** A chain may cost so much in all. */
  public static DecisionCommand raiseBudget(String amount) {
    return of("raise-budget", amount);
  }

  /** As it is typed, where neither the id nor an argument needs quotes. */
  public String about(String id) {
    return "./seedance " + name + " " + id + " " + String.join(" ", arguments);
  }
}
