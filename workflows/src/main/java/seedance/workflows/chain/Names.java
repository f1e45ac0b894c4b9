package seedance.workflows.chain;

import java.util.List;
import java.util.stream.Collectors;

/** Lists of steps in sentences, which stay short however many steps there are. */
final class Names {
  private static final int MOST = 5;
  private static final int MANY = 10;

  private Names() {}

  /** {@code a, b, c, d, e and 12 more}. */
  static String some(List<String> names) {
    String shown = names.stream().limit(MOST).collect(Collectors.joining(", "));
    return names.size() <= MOST ? shown : shown + " and " + (names.size() - MOST) + " more";
  }

  /** The first ten of many, each with what is said of it, and how many more there are. */
  static String many(List<String> parts) {
    return parts.stream().limit(MANY).collect(Collectors.joining(", "))
        + (parts.size() > MANY ? ", and " + (parts.size() - MANY) + " more" : "");
  }
}
