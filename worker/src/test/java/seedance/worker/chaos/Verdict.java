package seedance.worker.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import seedance.activities.provider.Dialect;
import seedance.worker.dev.simulator.Books;
import seedance.workflows.generation.Artifact;
import seedance.workflows.generation.GenerationResult;

/**
 * What a run came to, by the service's books and the store.
 *
 * @param line one line for people
 * @param duplicates generations whose prompt made more than one task, and which
 * @param lost generations that ended without their own task's clip, whole, in the store, and why
 */
record Verdict(String line, List<String> duplicates, List<String> lost) {

  /** Compares what the workflows say with what is there. */
  static Verdict of(
      Dialect dialect,
      Load load,
      List<Ending> endings,
      TaskLog tasks,
      Books books,
      Incidents incidents,
      Schedule schedule,
      Duration took) {
    List<String> duplicates = new ArrayList<>();
    List<String> lost = new ArrayList<>();
    for (Ending ending : endings) {
      List<String> made = tasks.tasksOf(ending.generation());
      if (made.size() > 1) {
        duplicates.add(ending.workflowId() + ": tasks " + made + ", " + ending.inWords());
      }
      missing(ending, made)
          .ifPresent(
              why -> lost.add(ending.workflowId() + ": " + why + "; its own tasks are " + made));
    }
    String line =
        "CHAOS %s %s billed %d duplicates %d lost %d asked %s kills %s freezes %s restarts %s"
                .formatted(
                    dialect.name().toLowerCase(Locale.ROOT),
                    load.inWords(),
                    books.tasksBilled(),
                    duplicates.size(),
                    lost.size(),
                    incidents.inWords("asked"),
                    incidents.inWords("kills"),
                    incidents.of("freezes"),
                    incidents.of("restarts"))
            + " resets %s callbacks %s seed %d took %d s"
                .formatted(
                    incidents.inWords("resets"),
                    incidents.inWords("callbacks"),
                    schedule.seed(),
                    took.toSeconds());
    return new Verdict(line, duplicates, lost);
  }

  /** What a generation's owner misses; empty if nothing. */
  private static Optional<String> missing(Ending ending, List<String> made) {
    if (ending.result().isEmpty()) {
      return Optional.of(ending.inWords());
    }
    GenerationResult result = ending.result().get();
    if (!made.contains(result.taskId())) {
      return Optional.of("it took the task of another, " + result.taskId());
    }
    if (result.artifacts().isEmpty()) {
      return Optional.of("no file was stored");
    }
    for (Artifact artifact : result.artifacts()) {
      Path file = Path.of(artifact.location());
      if (!Files.isRegularFile(file) || !sha256(file).equals(artifact.sha256())) {
        return Optional.of("its " + artifact.kind() + " is not in the store as the result says");
      }
    }
    return Files.isRegularFile(Path.of(result.manifest()))
        ? Optional.empty()
        : Optional.of("its manifest is not in the store");
  }

  private static String sha256(Path file) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
      return HexFormat.of().formatHex(digest);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
