package seedance.workflows.request;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import seedance.workflows.json.Json;
import seedance.workflows.json.JsonPath;
import seedance.workflows.json.JsonStep;
import seedance.workflows.json.Violations;

/** Walks a whole body once: its size as compact JSON, and what no JSON text may hold. */
final class BodyScan {
  private final Violations found;
  private long bytes;
  private boolean tooDeep;

  private BodyScan(Violations found) {
    this.found = found;
  }

  /** Returns the size in bytes of compact UTF-8, as far as {@link Json#MOST_LEVELS} reach. */
  static long bytes(@Nullable Object tree, Violations found) {
    BodyScan scan = new BodyScan(found);
    scan.walk(tree, null, 0);
    return scan.bytes;
  }

  private void walk(@Nullable Object value, @Nullable JsonStep at, int level) {
    if (level > Json.MOST_LEVELS) {
      if (!tooDeep) {
        found.add(JsonPath.ROOT, "is nested deeper than " + Json.MOST_LEVELS + " levels");
        tooDeep = true;
      }
    } else if (value instanceof Map<?, ?> object) {
      bytes += 1 + Math.max(1, 2L * object.size());
      object.forEach(
          (key, element) -> {
            String name = (String) key;
            JsonStep field = JsonStep.field(at, name);
            text(name, field, "its name");
            walk(element, field, level + 1);
          });
    } else if (value instanceof List<?> array) {
      bytes += 1 + Math.max(1, array.size());
      for (int i = 0; i < array.size(); i++) {
        walk(array.get(i), JsonStep.item(at, i), level + 1);
      }
    } else if (value instanceof String text) {
      text(text, at, "it");
    } else if (value instanceof Double number) {
      found.add(
          JsonStep.path(at),
          number.isNaN()
              ? "is a number that JSON cannot carry"
              : "is a number that JSON cannot carry: far out of range");
    } else {
      bytes += String.valueOf(value).length();
    }
  }

  private void text(String text, @Nullable JsonStep at, String what) {
    bytes += 2;
    int loneAt = -1;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < 0x80) {
        bytes += c >= ' ' ? (c == '"' || c == '\\' ? 2 : 1) : "\n\r\t\b\f".indexOf(c) >= 0 ? 2 : 6;
      } else if (c < 0x800) {
        bytes += 2;
      } else if (!Character.isSurrogate(c)) {
        bytes += 3;
      } else if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        bytes += 12; // Jackson writes both halves as escapes
        i++;
      } else {
        bytes += 3;
        loneAt = loneAt < 0 ? i : loneAt;
      }
    }
    if (loneAt >= 0) {
      found.add(
          JsonStep.path(at),
          "%s holds half a character (a lone surrogate U+%04X, position %d): write it whole or not"
                  .formatted(what, (int) text.charAt(loneAt), loneAt)
              + " at all");
    }
  }
}
