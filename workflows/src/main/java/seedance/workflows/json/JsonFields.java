package seedance.workflows.json;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads the fields of one JSON object into Java types. What does not fit becomes a violation at the
 * field's path and reads as absent, or as what was evidently meant, so that one pass finds
 * everything. A {@code null} reads as absent. It remembers the names it was asked for: {@link
 * #refuseOthers()} then names the fields that nobody knows.
 */
public final class JsonFields {
  private final Map<String, @Nullable Object> object;
  private final String path;
  private final Violations found;
  private final Set<String> known = new LinkedHashSet<>();

  private JsonFields(Map<String, @Nullable Object> object, String path, Violations found) {
    this.object = object;
    this.path = path;
    this.found = found;
  }

  /** Returns a reader of the object at a path; empty, and a violation, where it is no object. */
  public static Optional<JsonFields> of(Json value, String path, Violations found) {
    if (value.isObject()) {
      return Optional.of(new JsonFields(value.fields(), path, found));
    }
    found.add(path, "must be an object, not " + Wording.kind(value.tree()));
    return Optional.empty();
  }

  /** Returns the path of a field. */
  public String path(String name) {
    return JsonPath.field(path, name);
  }

  /** Returns the path of this object. */
  public String path() {
    return path;
  }

  /** Adds a violation at a field. */
  public void refuse(String name, String message) {
    found.add(path(name), message);
  }

  /** Whether the field is there and not {@code null}. */
  public boolean has(String name) {
    known.add(name);
    return object.get(name) != null;
  }

  /** Returns the field's value as it is. */
  public Optional<Object> value(String name) {
    known.add(name);
    return Optional.ofNullable(object.get(name));
  }

  /** {@link #value} as JSON. */
  public Optional<Json> json(String name) {
    return value(name).map(Json::new);
  }

  /** Returns the value of a field that has to be there. */
  public Optional<Object> needed(String name, String whatWouldBeRight) {
    Optional<Object> value = value(name);
    if (value.isEmpty()) {
      refuse(
          name,
          (object.containsKey(name) ? "is null, a value is needed: " : "is missing: ")
              + whatWouldBeRight);
    }
    return value;
  }

  /** Returns a string. */
  public Optional<String> text(String name) {
    return value(name).flatMap(value -> asText(name, value));
  }

  /** Returns a string that has to be there and not blank. */
  public Optional<String> neededText(String name, String whatWouldBeRight) {
    return needed(name, whatWouldBeRight)
        .flatMap(value -> asText(name, value))
        .flatMap(
            text -> {
              if (text.isBlank()) {
                refuse(name, "is empty: " + whatWouldBeRight);
                return Optional.empty();
              }
              return Optional.of(text);
            });
  }

  private Optional<String> asText(String name, Object value) {
    if (value instanceof String text) {
      return Optional.of(text);
    }
    refuse(name, "must be a string, not " + Wording.kind(value));
    return Optional.empty();
  }

  /** Returns a string that is one of the allowed ones. */
  public Optional<String> oneOf(String name, Collection<String> allowed) {
    return text(name)
        .filter(
            text -> {
              if (allowed.contains(text)) {
                return true;
              }
              refuse(
                  name,
                  "must be %s, not %s%s"
                      .formatted(
                          Wording.anyOf(allowed),
                          Wording.quoted(text),
                          NearestName.didYouMean(text, allowed)));
              return false;
            });
  }

  /** Returns {@code true} or {@code false}. */
  public Optional<Boolean> flag(String name) {
    return value(name)
        .flatMap(
            value -> {
              if (value instanceof Boolean flag) {
                return Optional.of(flag);
              }
              String meant = String.valueOf(value).toLowerCase(Locale.ROOT);
              if (value instanceof String && (meant.equals("true") || meant.equals("false"))) {
                refuse(name, "must be a boolean: write " + meant + " without quotes");
                return Optional.of(Boolean.valueOf(meant));
              }
              refuse(name, "must be true or false, not " + Wording.kind(value));
              return Optional.empty();
            });
  }

  /** Returns a whole number. */
  public Optional<Long> whole(String name) {
    return value(name)
        .map(WholeNumber::of)
        .flatMap(
            number -> {
              number.fault().ifPresent(fault -> refuse(name, fault));
              return number.meant();
            });
  }

  /** Returns a whole number from {@code min} to {@code max}, both included. */
  public Optional<Long> whole(String name, long min, long max) {
    return whole(name)
        .filter(
            number -> {
              if (number >= min && number <= max) {
                return true;
              }
              refuse(name, "must be " + min + " to " + max + ", not " + number);
              return false;
            });
  }

  /** Returns an ISO-8601 duration such as {@code PT24H}, over 0 and at most {@code max}. */
  public Optional<Duration> duration(String name, Duration max) {
    String right = "write an ISO-8601 duration over 0 and at most " + max + ", such as \"PT1H\"";
    return value(name)
        .flatMap(
            value -> {
              if (!(value instanceof String text)) {
                refuse(name, "must be a string, not " + Wording.kind(value) + ": " + right);
                return Optional.empty();
              }
              Optional<Duration> duration = parsed(text.trim());
              if (duration.isEmpty()) {
                String meant =
                    parsed("PT" + text.trim()).map(d -> "; did you mean \"" + d + "\"?").orElse("");
                refuse(name, "is not a duration: " + right + meant);
                return Optional.empty();
              }
              return duration.filter(
                  d -> {
                    boolean inRange = !d.isNegative() && !d.isZero() && d.compareTo(max) <= 0;
                    if (!inRange) {
                      refuse(name, "is out of range: " + right);
                    }
                    return inRange;
                  });
            });
  }

  private static Optional<Duration> parsed(String text) {
    try {
      return Optional.of(Duration.parse(text));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  /** Returns an array. */
  public Optional<List<Json>> array(String name) {
    return value(name).flatMap(value -> asArray(name, value));
  }

  /** Returns an array that has to be there. */
  public Optional<List<Json>> neededArray(String name, String whatWouldBeRight) {
    return needed(name, whatWouldBeRight).flatMap(value -> asArray(name, value));
  }

  private Optional<List<Json>> asArray(String name, Object value) {
    Json json = new Json(value);
    if (json.isArray()) {
      return Optional.of(json.items());
    }
    refuse(name, "must be an array, not " + Wording.kind(value));
    return Optional.empty();
  }

  /** Returns an array of strings, without the elements that are none. */
  public Optional<List<String>> texts(String name) {
    return array(name)
        .map(
            list -> {
              List<String> texts = new ArrayList<>();
              for (int i = 0; i < list.size(); i++) {
                Optional<String> text = list.get(i).text();
                text.ifPresent(texts::add);
                if (text.isEmpty()) {
                  found.add(
                      JsonPath.item(path(name), i),
                      "must be a string, not " + Wording.kind(list.get(i).tree()));
                }
              }
              return texts;
            });
  }

  /** Returns a reader of a field that is an object itself. */
  public Optional<JsonFields> object(String name) {
    return json(name).flatMap(value -> of(value, path(name), found));
  }

  /** Returns the names of all fields that are there, {@code null} or not. */
  public Set<String> names() {
    return object.keySet();
  }

  /** Counts those of the names whose fields are {@code null} as asked for. */
  public void passNulls(Collection<String> names) {
    for (String name : names) {
      if (object.get(name) == null) {
        known.add(name);
      }
    }
  }

  /** Adds a violation for every field that nobody asked for. */
  public void refuseOthers() {
    refuseOthers(name -> "is unknown" + NearestName.didYouMean(name, known));
  }

  /** Adds a violation, in words of the caller's, for every field that nobody asked for. */
  public void refuseOthers(Function<String, String> message) {
    for (String name : names()) {
      if (!known.contains(name)) {
        // Of a hundred thousand names, what was meant takes longer than a workflow task may.
        refuse(name, found.isFull() ? "" : message.apply(name));
      }
    }
  }

  /** Returns the names that were asked for so far. */
  public Set<String> known() {
    return known;
  }
}
