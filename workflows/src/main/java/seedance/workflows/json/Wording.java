package seedance.workflows.json;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How violations speak of JSON values: what may be shown of them. */
public final class Wording {
  private static final int LONGEST_SHOWN = 40;
  private static final Pattern LIKE_A_NAME = Pattern.compile("[A-Za-z0-9_.:：/-]+");

  private Wording() {}

  /** Returns the value's JSON type with its article. */
  public static String kind(@Nullable Object value) {
    if (value == null) {
      return "null";
    } else if (value instanceof Map) {
      return "an object";
    } else if (value instanceof List) {
      return "an array";
    } else if (value instanceof String) {
      return "a string";
    } else if (value instanceof Boolean) {
      return "a boolean";
    }
    return "a number";
  }

  /**
   * Returns the value in quotes where it looks like a name or a keyword, cut to 40 characters;
   * anything that could be a prompt, a URL or inline media is not shown.
   */
  public static String quoted(String value) {
    String start = cut(value);
    boolean shown =
        LIKE_A_NAME.matcher(start).matches()
            && !start.contains("//")
            && !start.regionMatches(true, 0, "data:", 0, 5);
    if (!shown) {
      return value.isBlank() ? "an empty string" : "this value";
    }
    return '"' + start + (start.length() < value.length() ? "…" : "") + '"';
  }

  /** Returns a field's name, cut and with nothing in it that could disturb a line or a log. */
  public static String fieldName(String name) {
    String start = cut(name);
    StringBuilder shown = new StringBuilder(start.length());
    start
        .codePoints()
        .map(c -> Character.isLetterOrDigit(c) || "_-.$ ".indexOf(c) >= 0 ? c : '?')
        .forEach(shown::appendCodePoint);
    return start.length() < name.length() ? shown + "…" : shown.toString();
  }

  private static String cut(String text) {
    if (text.length() <= LONGEST_SHOWN) {
      return text;
    }
    boolean splitsPair = Character.isHighSurrogate(text.charAt(LONGEST_SHOWN - 1));
    return text.substring(0, splitsPair ? LONGEST_SHOWN - 1 : LONGEST_SHOWN);
  }

  /** Returns {@code a, b or c}. */
  public static String anyOf(Collection<String> values) {
    return listed(List.copyOf(values), " or ");
  }

  /** Returns {@code a, b and c}. */
  public static String allOf(Collection<String> values) {
    return listed(List.copyOf(values), " and ");
  }

  private static String listed(List<String> all, String last) {
    if (all.size() < 2) {
      return String.join("", all);
    }
    return String.join(", ", all.subList(0, all.size() - 1)) + last + all.get(all.size() - 1);
  }
}
