package seedance.workflows.json;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Says which known name was probably meant. */
public final class NearestName {
  private static final int LONGEST = 40;

  private NearestName() {}

  /** Returns the one of the known names that was probably meant, if one is near enough. */
  public static Optional<String> closest(String given, Collection<String> known) {
    String name = plain(given);
    if (name.isEmpty() || name.length() > LONGEST) {
      return Optional.empty();
    }
    Optional<String> nearest =
        known.stream().min(Comparator.comparingInt(candidate -> distance(name, plain(candidate))));
    if (nearest.isPresent()) {
      String candidate = plain(nearest.get());
      if (distance(name, candidate) <= Math.max(1, Math.max(name.length(), candidate.length()) / 3)
          && distance(name, candidate) < name.length()) {
        return nearest;
      }
    }
    return name.length() < 3
        ? Optional.empty()
        : known.stream()
            .filter(candidate -> plain(candidate).startsWith(name))
            .min(Comparator.comparingInt(String::length));
  }

  /** Returns {@code ; did you mean "x"?}, or nothing where no known name is near. */
  public static String didYouMean(String given, Collection<String> known) {
    return closest(given, known).map(name -> "; did you mean \"" + name + "\"?").orElse("");
  }

  /** A name without what only its spelling tells: {@code aspectRatio} as {@code aspect_ratio}. */
  public static String plain(String name) {
    return name.toLowerCase(Locale.ROOT).replace("_", "").replace("-", "").replace('：', ':').trim();
  }

  /** Edits between two names, a swap of neighbours counting as one. */
  public static int distance(String a, String b) {
    int[][] edits = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          edits[i][j] = i + j;
          continue;
        }
        int replaced = edits[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        edits[i][j] = Math.min(replaced, 1 + Math.min(edits[i - 1][j], edits[i][j - 1]));
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          edits[i][j] = Math.min(edits[i][j], edits[i - 2][j - 2] + 1);
        }
      }
    }
    return edits[a.length()][b.length()];
  }
}
