package seedance.worker.chaos;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Counts what happened in a run, by kind. Safe for use by many threads. */
final class Incidents {
  private final Map<String, Map<String, Integer>> counts = new TreeMap<>();

  /**
   * @param kind such as {@code kills}
   * @param label which of them
   */
  synchronized void count(String kind, String label) {
    counts.computeIfAbsent(kind, first -> new TreeMap<>()).merge(label, 1, Integer::sum);
  }

  /** How many of a kind there were. */
  synchronized int of(String kind) {
    return counts.getOrDefault(kind, Map.of()).values().stream().mapToInt(Integer::intValue).sum();
  }

  /** Such as {@code 3 (afterSend 1, random 2)}. */
  synchronized String inWords(String kind) {
    String parts =
        counts.getOrDefault(kind, Map.of()).entrySet().stream()
            .map(entry -> entry.getKey() + " " + entry.getValue())
            .collect(Collectors.joining(", "));
    return parts.isEmpty() ? "0" : of(kind) + " (" + parts + ")";
  }
}
