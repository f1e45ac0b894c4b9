package seedance.client.cli;

import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import seedance.workflows.generation.DecisionCommand;

/**
 * What a command sees of the process that it runs in.
 *
 * @param environment the environment variables
 * @param workingDirectory what relative files are relative to
 * @param name how the user called us, for the commands that we suggest
 */
record Cli(
    Terminal terminal,
    InputStream in,
    Map<String, String> environment,
    Path workingDirectory,
    String name) {
  Cli {
    Objects.requireNonNull(terminal, "terminal");
    Objects.requireNonNull(in, "in");
    environment = Map.copyOf(environment);
    workingDirectory = workingDirectory.toAbsolutePath().normalize();
    Objects.requireNonNull(name, "name");
  }

  /**
   * A command line of ours that a shell takes as it is, whatever the words hold.
   *
   * @param words the command and what follows it; each option but the last has a value
   */
  String command(String... words) {
    return line(withValues(List.of(words)));
  }

  /**
   * The same of a command whose first argument is an id, which may look like an option.
   *
   * @param more the other arguments, and then the options as of {@link #command}
   */
  String commandOn(String id, String command, String... more) {
    List<String> after = List.of(more);
    int arguments = (int) after.stream().takeWhile(word -> !looksLikeAnOption(word)).count();
    List<String> words = new ArrayList<>(List.of(command));
    List<String> options = withValues(after.subList(arguments, after.size()));
    if (looksLikeAnOption(id)) {
      words.addAll(options);
      words.add("--");
    }
    words.add(id);
    words.addAll(after.subList(0, arguments));
    if (!looksLikeAnOption(id)) {
      words.addAll(options);
    }
    return line(words);
  }

  /** The same of a decision. */
  String commandOn(String id, DecisionCommand decision) {
    return commandOn(id, decision.name(), decision.arguments().toArray(String[]::new));
  }

  /** With each value tied to its option that looks like an option itself. */
  private static List<String> withValues(List<String> words) {
    List<String> tied = new ArrayList<>();
    boolean awaitsValue = false;
    for (String word : words) {
      if (awaitsValue && looksLikeAnOption(word)) {
        tied.add(tied.remove(tied.size() - 1) + "=" + word);
        awaitsValue = false;
      } else {
        tied.add(word);
        awaitsValue = !awaitsValue && looksLikeAnOption(word);
      }
    }
    return tied;
  }

  private static boolean looksLikeAnOption(String word) {
    return word.startsWith("-");
  }

  private String line(List<String> words) {
    return Stream.concat(Stream.of(name), words.stream())
        .map(Words::shellQuoted)
        .collect(Collectors.joining(" "));
  }

  static Cli ofProcess() {
    Map<String, String> environment = System.getenv();
    return new Cli(
        Terminal.ofProcess(environment),
        System.in,
        environment,
        Path.of(""),
        System.getProperty("seedance.command", "seedance"));
  }
}
