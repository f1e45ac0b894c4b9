package seedance.workflows.json;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/**
 * Reads JSON files that people write, strictly: every mistake is named on a line of its own, as
 * {@code file:line:column: what}, in the order of the file.
 */
public final class JsonFile {
  private JsonFile() {}

  /**
   * Returns a file's text.
   *
   * @throws InvalidFileException if there is no such file, or it cannot be read as UTF-8
   */
  public static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new InvalidFileException(file, e);
    }
  }

  /**
   * Reads a file whose value is an object.
   *
   * @param source how the file is called in the mistakes
   * @param reader makes the value of the fields, and adds what is wrong with them; what it returns
   *     counts only where nothing is
   * @throws InvalidFileException naming every mistake
   */
  public static <T> T read(
      String source, String text, BiFunction<JsonFields, Violations, T> reader) {
    JsonText.Located located = JsonText.locate(text);
    Verdict<T> verdict =
        Json.of(located)
            .then(
                json -> {
                  Violations found = new Violations();
                  T value =
                      JsonFields.of(json, JsonPath.ROOT, found)
                          .map(fields -> reader.apply(fields, found))
                          .orElse(null);
                  return Verdict.of(value, found);
                });
    return verdict
        .value()
        .orElseThrow(
            () ->
                new InvalidFileException(
                    inFileOrder(source, located.places(), verdict.violations())));
  }

  private static List<String> inFileOrder(
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
