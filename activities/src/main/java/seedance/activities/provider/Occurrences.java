package seedance.activities.provider;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Where in a line each of its runs stands, by length, so that a run is found in the time that it
 * takes to read it, however long the line is.
 */
final class Occurrences {
  private final String line;
  private final Map<Integer, Map<String, List<Integer>>> byLength = new HashMap<>();

  Occurrences(String line) {
    this.line = line;
  }

  /** Where a run begins; nowhere when it is asked for again. */
  List<Integer> take(String run) {
    List<Integer> found = byLength.computeIfAbsent(run.length(), this::runs).remove(run);
    return found == null ? List.of() : found;
  }

  private Map<String, List<Integer>> runs(int length) {
    Map<String, List<Integer>> runs = new HashMap<>();
    for (int start = 0; start + length <= line.length(); start++) {
      runs.computeIfAbsent(line.substring(start, start + length), run -> new ArrayList<>(1))
          .add(start);
    }
    return runs;
  }
}
