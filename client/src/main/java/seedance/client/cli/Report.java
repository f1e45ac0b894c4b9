package seedance.client.cli;

import java.io.PrintStream;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * What a command has to say, in both its forms; {@link Output} chooses the one to print.
 *
 * @param objects as JSON, one a line
 * @param words prints it for people
 */
record Report(Supplier<Stream<JsonObject>> objects, Runnable words) {

  /** Words, or one object. */
  static Report of(Supplier<JsonObject> object, Runnable words) {
    return new Report(() -> Stream.of(object.get()), words);
  }

  /** Lines, or one object. */
  static Report of(JsonObject object, PrintStream to, String... lines) {
    return of(() -> object, () -> List.of(lines).forEach(to::println));
  }
}
