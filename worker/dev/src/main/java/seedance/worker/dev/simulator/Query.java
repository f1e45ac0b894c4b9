package seedance.worker.dev.simulator;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The query part of a URL.
 *
 * @param fields every value of every name, in order
 */
record Query(Map<String, List<String>> fields) {

  /**
   * @param raw as it came; null if there is none
   */
  static Query parse(@Nullable String raw) {
    Map<String, List<String>> fields = new LinkedHashMap<>();
    for (String pair : raw == null || raw.isEmpty() ? new String[0] : raw.split("&")) {
      int equals = pair.indexOf('=');
      String name = decoded(equals < 0 ? pair : pair.substring(0, equals));
      String value = equals < 0 ? "" : decoded(pair.substring(equals + 1));
      fields.computeIfAbsent(name, any -> new ArrayList<>()).add(value);
    }
    return new Query(fields);
  }

  List<String> all(String name) {
    return fields.getOrDefault(name, List.of());
  }

  Optional<String> first(String name) {
    return all(name).stream().findFirst();
  }

  /** The first value of each name. */
  Map<String, String> single() {
    Map<String, String> single = new LinkedHashMap<>();
    fields.forEach((name, values) -> single.put(name, values.get(0)));
    return single;
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return text;
    }
  }
}
