package seedance.workflows.json;

import java.util.regex.Pattern;

/** Builds the paths by which violations name a place, such as {@code content[0].image_url.url}. */
public final class JsonPath {
  /** The whole value. */
  public static final String ROOT = "$";

  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_$][A-Za-z0-9_.$-]{0,59}");

  private JsonPath() {}

  /** Returns the path of an object's field; a name that is not plain is cut and quoted. */
  public static String field(String parent, String name) {
    if (!PLAIN.matcher(name).matches()) {
      return (parent.equals(ROOT) ? "" : parent) + "[\"" + Wording.fieldName(name) + "\"]";
    }
    return parent.equals(ROOT) ? name : parent + "." + name;
  }

  /** Returns the path of an array's item. */
  public static String item(String parent, int index) {
    return parent + "[" + index + "]";
  }

  /** Returns the names and, in brackets, the numbers that a path is made of. */
  static String[] steps(String path) {
    return path.equals(ROOT) ? new String[0] : path.split("\\.|(?=\\[)");
  }
}
