package seedance.activities;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import seedance.workflows.json.InvalidFileException;

/**
 * Reads the variables of an environment and collects all that is wrong with them, so that an
 * operator hears of everything at once. A blank variable counts as absent.
 */
public final class SettingsReader {
  private final Map<String, String> environment;
  private final List<String> problems = new ArrayList<>();

  /**
   * @param environment usually {@link System#getenv()}
   */
  public SettingsReader(Map<String, String> environment) {
    this.environment = Objects.requireNonNull(environment, "environment");
  }

  /** Returns a variable's value without blanks around it; empty where it has none. */
  public Optional<String> text(String name) {
    return Optional.of(environment.getOrDefault(name, "").strip()).filter(text -> !text.isEmpty());
  }

  /** Whether a variable has a value. */
  public boolean isSet(String name) {
    return text(name).isPresent();
  }

  /**
   * Returns what a variable's value is read as; empty where it has none, or a wrong one.
   *
   * @param reader throws {@link IllegalArgumentException} at a wrong value
   * @param wrong what is said then, behind the variable's name; never the value, which may be a key
   */
  public <T> Optional<T> value(String name, Function<String, T> reader, String wrong) {
    return value(name, reader, ignored -> wrong);
  }

  /**
   * {@link #value(String, Function, String)} with the reader's own words about what is wrong.
   *
   * @param wrong of what the reader threw
   */
  <T> Optional<T> value(
      String name, Function<String, T> reader, Function<IllegalArgumentException, String> wrong) {
    return text(name)
        .flatMap(
            text -> {
              try {
                return Optional.of(reader.apply(text));
              } catch (IllegalArgumentException e) {
                problem(name + " " + wrong.apply(e));
                return Optional.empty();
              }
            });
  }

  /** Returns whether a variable is {@code true}; absent is {@code false}. */
  public boolean flag(String name) {
    return value(name, SettingsReader::flagOf, "is neither \"true\" nor \"false\"").orElse(false);
  }

  private static boolean flagOf(String text) {
    if (!text.equals("true") && !text.equals("false")) {
      throw new IllegalArgumentException("no flag");
    }
    return text.equals("true");
  }

  /** Returns the constant of a name in any case, {@code usual} where a variable has no value. */
  public <E extends Enum<E>> E oneOf(String name, E usual, String wrong) {
    return value(name, text -> constant(usual.getDeclaringClass(), text), wrong).orElse(usual);
  }

  private static <E extends Enum<E>> E constant(Class<E> type, String text) {
    return Arrays.stream(type.getEnumConstants())
        .filter(constant -> constant.name().equalsIgnoreCase(text))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no such constant"));
  }

  /** Returns a port, 0 for any free one; empty where there is none. */
  public Optional<Integer> port(String name) {
    return value(name, SettingsReader::portOf, "is no port: a number from 0 to 65535");
  }

  private static int portOf(String text) {
    int port = Integer.parseInt(text);
    if (port < 0 || port > 65535) {
      throw new IllegalArgumentException("out of range");
    }
    return port;
  }

  /**
   * Returns what a file that a variable names holds; {@code usual} where it names none, or one with
   * mistakes, each of which is a problem.
   *
   * @param reader throws {@link InvalidFileException} naming every mistake
   */
  public <T> T file(String name, T usual, Function<Path, T> reader) {
    return text(name)
        .map(file -> orUsual(name, usual, () -> reader.apply(Path.of(file))))
        .orElse(usual);
  }

  private <T> T orUsual(String name, T usual, Supplier<T> reader) {
    try {
      return reader.get();
    } catch (InvalidPathException | InvalidFileException e) {
      String.valueOf(e.getMessage()).lines().forEach(mistake -> problem(name + ": " + mistake));
      return usual;
    }
  }

  /** Adds a problem, a line that says what would be right. */
  public void problem(String line) {
    problems.add(line);
  }

  /** Returns the problems found so far. */
  public List<String> problems() {
    return List.copyOf(problems);
  }

  /**
   * @throws InvalidSettingsException naming every problem found so far, if there is one
   */
  public void requireNoProblem() {
    if (!problems.isEmpty()) {
      throw new InvalidSettingsException(problems);
    }
  }
}
