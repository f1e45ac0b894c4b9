package seedance.client.cli;

import java.io.InputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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

  /** A command line of ours that a shell takes as it is, whatever the words hold. */
  String command(String... words) {
    return Stream.concat(Stream.of(name), Arrays.stream(words))
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
