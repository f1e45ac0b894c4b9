package seedance.workflows.request;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiFunction;

/**
 * Reads JSON files that people write, strictly: every mistake is named on a line of its own, as
 * {@code file:line:column: what}, in the order of the file.
 */
public final class JsonFile {
  private JsonFile() {}

  /** What a file turned out to be. */
  public sealed interface Reading<T> {}

  /** A file without mistakes. */
  public record Read<T>(T value) implements Reading<T> {
    public Read {
      Objects.requireNonNull(value, "value");
    }
  }

  /**
   * @param mistakes at least one line
   */
  public record Broken<T>(List<String> mistakes) implements Reading<T> {
    public Broken {
      mistakes = List.copyOf(mistakes);
    }
  }

  /**
   * Reads a file whose value is an object.
   *
   * @param source how the file is called in the mistakes
   * @param reader makes the value of the fields, and adds what is wrong with them; what it returns
   *     counts only where nothing is
   */
  public static <T> Reading<T> read(
      String source, String text, BiFunction<JsonFields, Violations, T> reader) {
    JsonText.Located located = JsonText.locate(text);
    if (located.reading() instanceof JsonText.Unreadable unreadable) {
      return new Broken<>(inFileOrder(source, located.places(), unreadable.violations()));
    }
    Violations found = new Violations();
    T value =
        JsonFields.of(((JsonText.Read) located.reading()).json().tree(), JsonPath.ROOT, found)
            .map(fields -> reader.apply(fields, found))
            .orElse(null);
    return found.isEmpty()
        ? new Read<>(value)
        : new Broken<>(inFileOrder(source, located.places(), found.list()));
  }

  static List<String> inFileOrder(
      String source, Map<String, JsonText.Place> places, List<Violation> mistakes) {
    record Line(JsonText.Place place, Violation mistake) {}
    List<Line> lines = new ArrayList<>();
    mistakes.forEach(mistake -> lines.add(new Line(nearest(mistake.path(), places), mistake)));
    return lines.stream()
        .sorted(
            Comparator.comparingInt((Line line) -> line.place().line())
                .thenComparingInt(line -> line.place().column()))
        .map(
            line ->
                "%s:%d:%d: %s %s"
                    .formatted(
                        source,
                        line.place().line(),
                        line.place().column(),
                        line.mistake().path().equals(JsonPath.ROOT)
                            ? "the file"
                            : line.mistake().path() + ":",
                        line.mistake().message()))
        .toList();
  }

  /** What is missing has no place of its own: then where it should be. */
  private static JsonText.Place nearest(String path, Map<String, JsonText.Place> places) {
    String at = path;
    while (!places.containsKey(at)) {
      int end = Math.max(at.lastIndexOf('.'), at.lastIndexOf('['));
      if (end <= 0) {
        return places.getOrDefault(JsonPath.ROOT, new JsonText.Place(1, 1));
      }
      at = at.substring(0, end);
    }
    return places.get(at);
  }
}
