package seedance.client.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import seedance.workflows.json.Json;

/**
 * A request body, or a chain of them, that ships with the command line.
 *
 * @param name its mode, or {@code chain}
 * @param text the body as JSON text
 */
record Scene(String name, String text) {

  /** One of each mode. All are 5 s at 480p, the cheapest that every account can make. */
  static List<Scene> all() {
    return List.of(read("text"), read("frames"), read("reference"));
  }

  /** Generate, extend, last frame into another shot; two branches side by side. */
  static Scene chain() {
    return read("chain");
  }

  static Scene read(String name) {
    try (InputStream in = Scene.class.getResourceAsStream("scenes/" + name + ".json")) {
      return new Scene(name, new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Json body() {
    return Json.parse(text);
  }
}
