package seedance.workflows.chain;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;

/**
 * Which step is made from which.
 *
 * @param dependsOn for every step, in the order written, those it is made from; each is a step
 *     itself
 */
record ChainGraph(Map<String, List<String>> dependsOn) {
  private static final String ARROW = " → ";
  private static final int MOST_SHOWN = 20;
  private static final int WIDEST_LINE = 60;
  private static final int MOST_LINES = 30;

  ChainGraph {
    dependsOn = Collections.unmodifiableMap(new LinkedHashMap<>(dependsOn));
  }

  /**
   * A circle of steps, none of which could be first.
   *
   * @param step the one whose reference closes it
   * @param madeFrom what that reference names
   * @param inWords {@code a → b → a}
   */
  record Cycle(String step, String madeFrom, String inWords) {}

  /** Those that a step is made from. */
  List<String> madeFrom(String step) {
    return dependsOn.getOrDefault(step, List.of());
  }

  /** Returns circles such that without their closing references there would be none. */
  List<Cycle> cycles() {
    List<Cycle> found = new ArrayList<>();
    Set<String> done = new HashSet<>();
    dependsOn.keySet().forEach(step -> search(step, new LinkedHashSet<>(), done, found));
    return found;
  }

  private void search(String step, Set<String> path, Set<String> done, List<Cycle> found) {
    if (done.contains(step)) {
      return;
    }
    path.add(step);
    for (String source : madeFrom(step)) {
      if (path.contains(source)) {
        found.add(new Cycle(step, source, cycle(List.copyOf(path), source)));
      } else {
        search(source, path, done, found);
      }
    }
    path.remove(step);
    done.add(step);
  }

  /** The path goes from a step to what it is made from, the words the other way. */
  private static String cycle(List<String> path, String closing) {
    List<String> circle = new ArrayList<>(path.subList(path.indexOf(closing), path.size()));
    circle.add(closing);
    Collections.reverse(circle);
    if (circle.size() > MOST_SHOWN) {
      circle.subList(MOST_SHOWN / 2, circle.size() - MOST_SHOWN / 2).clear();
      circle.add(MOST_SHOWN / 2, "…");
    }
    return String.join(ARROW, circle);
  }

  /**
   * Returns every step after those it is made from, otherwise in the order written.
   *
   * @throws IllegalStateException if there is a circle
   */
  List<String> ordered() {
    Set<String> ordered = new LinkedHashSet<>();
    while (ordered.size() < dependsOn.size()) {
      String next =
          dependsOn.keySet().stream()
              .filter(step -> !ordered.contains(step))
              .filter(step -> ordered.containsAll(madeFrom(step)))
              .findFirst()
              .orElseThrow(() -> new IllegalStateException("the steps go in a circle"));
      ordered.add(next);
    }
    return List.copyOf(ordered);
  }

  /** Returns what {@link #drawn} drew on lines that are not too long, and not too many of them. */
  static String folded(String drawn) {
    List<String> lines = new ArrayList<>();
    for (String chain : drawn.split("\n")) {
      StringBuilder line = new StringBuilder();
      for (String step : chain.split(ARROW)) {
        boolean first = line.isEmpty();
        if (!first && line.length() + ARROW.length() + step.length() > WIDEST_LINE) {
          lines.add(line.toString());
          line = new StringBuilder("  ");
        }
        line.append(first ? "" : line.toString().isBlank() ? "→ " : ARROW).append(step);
      }
      lines.add(line.toString());
    }
    if (lines.size() > MOST_LINES) {
      int more = lines.size() - MOST_LINES;
      lines.subList(MOST_LINES, lines.size()).clear();
      lines.add("… and " + more + " more lines, in the query progress");
    }
    return String.join("\n", lines);
  }

  /**
   * Returns lines in which every arrow stands once; a step without arrows has a line of its own.
   */
  String drawn() {
    Map<String, Set<String>> undrawn = new LinkedHashMap<>();
    dependsOn.forEach(
        (step, sources) ->
            sources.forEach(
                from -> undrawn.computeIfAbsent(from, any -> new LinkedHashSet<>()).add(step)));
    Set<String> shown = new HashSet<>();
    StringJoiner lines = new StringJoiner("\n");
    for (String start : ordered()) {
      Set<String> next = undrawn.getOrDefault(start, Set.of());
      boolean alone = next.isEmpty() && !shown.contains(start);
      while (alone || !next.isEmpty()) {
        lines.add(line(start, undrawn, shown));
        alone = false;
      }
    }
    return lines.toString();
  }

  private static String line(String start, Map<String, Set<String>> undrawn, Set<String> shown) {
    StringJoiner line = new StringJoiner(ARROW).add(start);
    String at = start;
    shown.add(at);
    for (Set<String> next = undrawn.get(at);
        next != null && !next.isEmpty();
        next = undrawn.get(at)) {
      at = next.iterator().next();
      next.remove(at);
      line.add(at);
      shown.add(at);
    }
    return line.toString();
  }
}
