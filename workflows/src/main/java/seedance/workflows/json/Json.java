package seedance.workflows.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Any JSON value, not checked yet: what a client sent as a workflow's argument.
 *
 * <p>It accepts every JSON value, so that a malformed argument is named as violations; a stricter
 * argument type would make the workflow task fail and be retried for ever. It is written back as it
 * was read, numbers included, whatever the settings of the host's Jackson mapper. A JSON {@code
 * null} counts as absent everywhere. Its {@link #toString()} never shows content, which may hold
 * prompts and inline media.
 *
 * @param tree the value as plain Java: {@code Map<String, Object>}, {@code List<Object>}, {@code
 *     String}, {@code Boolean}, a whole number as the smallest of {@code Integer}, {@code Long} and
 *     {@code BigInteger}, any other number as {@code BigDecimal}, or null for JSON {@code null} and
 *     for an absent argument; copied and unmodifiable
 */
@JsonDeserialize(using = JsonCodec.Reader.class)
@JsonSerialize(using = JsonCodec.Writer.class)
public record Json(@Nullable Object tree) {

  /** Deeper nesting is refused; no field of the service is deeper than four levels. */
  public static final int MOST_LEVELS = JsonTokens.MOST_LEVELS;

  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** JSON {@code null}, which is also what an absent argument counts as. */
  public static final Json NULL = new Json(null);

  /**
   * @param tree may hold values of this type too, and maps with keys of any type
   * @throws IllegalArgumentException if {@code tree} holds anything but JSON values
   */
  public Json {
    tree = frozen(tree);
  }

  /** Returns {@code json}, or {@link #NULL} where a client gave no such argument. */
  public static Json orNull(@Nullable Json json) {
    return json == null ? NULL : json;
  }

  /**
   * Reads JSON text strictly: a key that is there twice and text after the value are refused too.
   *
   * @throws InvalidException if it is no such text, with its violations
   */
  public static Json parse(String text) {
    return read(text).orElseThrow();
  }

  /** {@link #parse(String)} of UTF-8. */
  public static Json parse(byte[] utf8) {
    return read(utf8).orElseThrow();
  }

  /** {@link #parse(byte[])} of what need not be JSON. */
  public static Verdict<Json> read(byte[] utf8) {
    return of(JsonText.read(utf8));
  }

  /** {@link #parse(String)} of what need not be JSON. */
  public static Verdict<Json> read(String text) {
    return of(JsonText.read(text));
  }

  static Verdict<Json> of(JsonText.Located read) {
    return Verdict.of(new Json(read.tree()), read.found());
  }

  /**
   * Reads what {@link #write()} made, maybe within something else, or a person changed since:
   * deeper than text of people may be, and as loosely as a workflow's arguments. Empty where it is
   * no JSON.
   */
  public static Optional<Json> readBack(byte[] written) {
    try {
      return Optional.of(MAPPER.readValue(written, Json.class));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Its size as compact JSON, in which a character beyond the first plane takes twelve bytes. */
  public int bytes() {
    return write().length;
  }

  /**
   * Returns this as compact JSON in UTF-8.
   *
   * @throws IllegalStateException if it is nested deeper than any text that can be read
   */
  public byte[] write() {
    try {
      return MAPPER.writeValueAsBytes(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("what was read as JSON can be written", e);
    }
  }

  /** Whether this is JSON {@code null} or an absent argument. */
  public boolean isNull() {
    return tree == null;
  }

  /** Whether this is an object. */
  public boolean isObject() {
    return tree instanceof Map;
  }

  /** Whether this is an array. */
  public boolean isArray() {
    return tree instanceof List;
  }

  /** Whether this is an object with such a field, {@code null} or not. */
  public boolean has(String name) {
    return fields().containsKey(name);
  }

  /**
   * Returns what stands at a path, written as violations write theirs, such as {@code
   * content[0].text}; {@link #NULL} where nothing does. A name with a point in it cannot be
   * reached.
   */
  public Json at(String path) {
    Object at = tree;
    for (String step : JsonPath.steps(path)) {
      if (step.startsWith("[")) {
        int index = Integer.parseInt(step.substring(1, step.length() - 1));
        at = at instanceof List<?> items && index < items.size() ? items.get(index) : null;
      } else {
        at = at instanceof Map<?, ?> fields ? fields.get(step) : null;
      }
    }
    return new Json(at);
  }

  /** Returns the string that this is; empty where it is none. */
  public Optional<String> text() {
    return tree instanceof String text ? Optional.of(text) : Optional.empty();
  }

  /** Returns the string in a field; empty where there is none. */
  public Optional<String> text(String name) {
    return fields().get(name) instanceof String text ? Optional.of(text) : Optional.empty();
  }

  /** Returns the number in a field; empty where there is none, or one that is infinite. */
  public Optional<BigDecimal> number(String name) {
    Object value = fields().get(name);
    return value instanceof Number && !(value instanceof Double)
        ? Optional.of(new BigDecimal(value.toString()))
        : Optional.empty();
  }

  /** Whether a field is {@code true}, and no string that says so. */
  public boolean isTrue(String name) {
    return Boolean.TRUE.equals(fields().get(name));
  }

  /** Returns the fields of an object by name, each as {@link #tree()} would be; of others none. */
  public Map<String, @Nullable Object> fields() {
    if (!(tree instanceof Map<?, ?> object)) {
      return Map.of();
    }
    @SuppressWarnings("unchecked") // frozen makes no other
    Map<String, @Nullable Object> fields = (Map<String, @Nullable Object>) object;
    return fields;
  }

  /** Returns the items of an array; of others none. */
  public List<Json> items() {
    return tree instanceof List<?> items ? items.stream().map(Json::new).toList() : List.of();
  }

  /**
   * Returns this object with a field added or replaced; {@link #NULL} counts as an object without
   * fields.
   *
   * @param value as of {@link #Json}
   * @throws IllegalStateException if this is something else
   */
  public Json with(String name, @Nullable Object value) {
    if (!isNull() && !isObject()) {
      throw new IllegalStateException("no field can be added to " + Wording.kind(tree));
    }
    Map<String, @Nullable Object> fields = new LinkedHashMap<>(fields());
    fields.put(name, value);
    return new Json(fields);
  }

  /** Returns this without those of its fields that have such names; of others this. */
  public Json without(Predicate<String> name) {
    if (fields().keySet().stream().noneMatch(name)) {
      return this;
    }
    Map<String, @Nullable Object> fields = new LinkedHashMap<>(fields());
    fields.keySet().removeIf(name);
    return new Json(fields);
  }

  /** Returns this with every string that is no name of a field changed. */
  public Json mapTexts(UnaryOperator<String> change) {
    return new Json(mapTexts(tree, change));
  }

  private static @Nullable Object mapTexts(@Nullable Object value, UnaryOperator<String> change) {
    if (value instanceof Map<?, ?> map) {
      Map<Object, @Nullable Object> mapped = new LinkedHashMap<>();
      map.forEach((key, element) -> mapped.put(key, mapTexts(element, change)));
      return mapped;
    }
    if (value instanceof List<?> list) {
      List<@Nullable Object> mapped = new ArrayList<>(list.size());
      list.forEach(element -> mapped.add(mapTexts(element, change)));
      return mapped;
    }
    return value instanceof String text ? change.apply(text) : value;
  }

  private static @Nullable Object frozen(@Nullable Object value) {
    if (value instanceof Json json) {
      return json.tree();
    }
    if (value instanceof Map<?, ?> map) {
      Map<String, @Nullable Object> copy = new LinkedHashMap<>();
      map.forEach((key, element) -> copy.put(String.valueOf(key), frozen(element)));
      return Collections.unmodifiableMap(copy);
    }
    if (value instanceof List<?> list) {
      List<@Nullable Object> copy = new ArrayList<>(list.size());
      list.forEach(element -> copy.add(frozen(element)));
      return Collections.unmodifiableList(copy);
    }
    if (value == null || value instanceof String || value instanceof Boolean) {
      return value;
    }
    if (value instanceof Number number) {
      return oneFormOf(number);
    }
    throw new IllegalArgumentException("not a JSON value: " + value.getClass().getName());
  }

  /** Equal numbers get one Java type, so that equal JSON is equal here. */
  private static Number oneFormOf(Number number) {
    if (number instanceof BigInteger big) {
      return big.bitLength() < Long.SIZE ? oneFormOf(big.longValue()) : big;
    }
    if (number instanceof Double || number instanceof Float) {
      // Infinity and NaN have no decimal form; the rules name them.
      return Double.isFinite(number.doubleValue())
          ? new BigDecimal(number.toString())
          : (Number) number.doubleValue();
    }
    if (number instanceof BigDecimal) {
      return number;
    }
    long whole = number.longValue();
    return whole == (int) whole ? (Number) (int) whole : (Number) whole;
  }

  @Override
  public String toString() {
    return "Json[" + Wording.kind(tree) + "]";
  }
}
