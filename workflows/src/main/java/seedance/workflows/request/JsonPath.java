package seedance.workflows.request;

import java.util.regex.Pattern;

/** Builds the paths by which violations name a place, such as {@code content[0].image_url.url}. */
final class JsonPath {
  /** The whole value. */
  static final String ROOT = "$";

  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_$][A-Za-z0-9_.$-]{0,59}");

  private JsonPath() {}

  static String field(String parent, String name) {
    if (!PLAIN.matcher(name).matches()) {
      return (parent.equals(ROOT) ? "" : parent) + "[\"" + Wording.fieldName(name) + "\"]";
    }
    return parent.equals(ROOT) ? name : parent + "." + name;
  }

  static String item(String parent, int index) {
    return parent + "[" + index + "]";
  }
}
