package seedance.workflows.request;

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
import java.util.stream.Collectors;

/**
 * Any JSON value, not judged yet: what a client sent as a workflow's argument.
 *
 * <p>It accepts every JSON value, so that a malformed argument reaches {@code validate} and ends as
 * named violations; a stricter argument type would make the workflow task fail and be retried for
 * ever. It is written back as it was read, numbers included, whatever the settings of the host's
 * Jackson mapper. Its {@link #toString()} never shows content, which may hold prompts and inline
 * media.
 *
 * @param tree the value as plain Java: {@code Map<String, Object>}, {@code List<Object>}, {@code
 *     String}, {@code Boolean}, a whole number as the smallest of {@code Integer}, {@code Long} and
 *     {@code BigInteger}, any other number as {@code BigDecimal}, or null for JSON {@code null} and
 *     for an absent argument; copied and unmodifiable
 */
@JsonDeserialize(using = AnyJsonCodec.Reader.class)
@JsonSerialize(using = AnyJsonCodec.Writer.class)
public record AnyJson(Object tree) {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int LARGEST_TO_GROW_TO = 256 << 10;

  /** JSON {@code null}, which is also what an absent argument counts as. */
  public static final AnyJson NULL = new AnyJson(null);

  /**
   * What is read as this is no JSON, or JSON that the parser refuses although other parsers, such
   * as the one of the {@code temporal} command, let it pass: half a character in a key, nesting
   * beyond two hundred levels.
   */
  public static final AnyJson UNREADABLE = new AnyJson(Map.of("$unreadable", true));

  /**
   * @throws IllegalArgumentException if {@code tree} holds anything but JSON values
   */
  public AnyJson {
    tree = frozen(tree);
  }

  /** Returns {@code json}, or {@link #NULL} where a client gave no such argument. */
  public static AnyJson orNull(AnyJson json) {
    return json == null ? NULL : json;
  }

  /** Reads JSON text in UTF-8; what cannot be read gives {@link #UNREADABLE}. */
  public static AnyJson parse(byte[] json) {
    try {
      return JSON.readValue(json, AnyJson.class);
    } catch (IOException e) {
      return UNREADABLE;
    }
  }

  /** Its size as compact JSON, in which a character beyond the first plane takes twelve bytes. */
  public int bytes() {
    try {
      return JSON.writeValueAsBytes(this).length;
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("what was read as JSON can be written", e);
    }
  }

  /** Whether this is JSON {@code null} or an absent argument. */
  public boolean isNull() {
    return tree == null;
  }

  /** Whether this stands for JSON that could not be read. */
  public boolean isUnreadable() {
    return equals(UNREADABLE);
  }

  /**
   * This value with every {@code data:} URL, also within a text, cut to its media type and hash,
   * for manifests: two requests are the same without their inline media only if they are with it.
   */
  public AnyJson withoutInlineMedia() {
    AnyJson cut = new AnyJson(withoutInlineMedia(tree));
    int bytes = cut.bytes();
    // A hash is longer than a URL of nothing: many make of what may be sent what may not.
    return bytes > LARGEST_TO_GROW_TO && bytes > bytes() ? this : cut;
  }

  private static Object withoutInlineMedia(Object value) {
    if (value instanceof Map<?, ?> map) {
      Map<Object, Object> kept = new LinkedHashMap<>();
      map.forEach((key, element) -> kept.put(key, withoutInlineMedia(element)));
      return kept;
    }
    if (value instanceof List<?> list) {
      return list.stream().map(AnyJson::withoutInlineMedia).collect(Collectors.toList());
    }
    return value instanceof String text ? InlineMedia.cut(text) : value;
  }

  private static Object frozen(Object value) {
    if (value instanceof Map<?, ?> map) {
      Map<String, Object> copy = new LinkedHashMap<>();
      map.forEach((key, element) -> copy.put(String.valueOf(key), frozen(element)));
      return Collections.unmodifiableMap(copy);
    }
    if (value instanceof List<?> list) {
      List<Object> copy = new ArrayList<>(list.size());
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
      return Double.isFinite(number.doubleValue()) ? new BigDecimal(number.toString()) : number;
    }
    if (number instanceof BigDecimal) {
      return number;
    }
    long whole = number.longValue();
    return whole == (int) whole ? (Number) (int) whole : (Number) whole;
  }

  @Override
  public String toString() {
    return "AnyJson[" + Wording.kind(tree) + "]";
  }
}
