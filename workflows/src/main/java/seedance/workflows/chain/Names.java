package seedance.workflows.chain;

import java.util.List;
import java.util.stream.Collectors;

/** Lists of steps in sentences, which stay short however many steps there are. */
final class Names {
  private static final int MOST = 5;

  private Names() {}

  /** {@code a, b, c, d, e and 12 more}. */
  static String some(List<String> names) {
    String shown = names.stream().limit(MOST).collect(Collectors.joining(", "));
    return names.size() <= MOST ? shown : shown + " and " + (names.size() - MOST) + " more";
  }
}
