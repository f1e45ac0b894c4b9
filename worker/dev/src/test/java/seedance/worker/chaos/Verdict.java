package seedance.worker.chaos;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import seedance.activities.provider.Dialect;
import seedance.worker.dev.simulator.Books;
import seedance.worker.dev.simulator.SimulatedStatus;
import seedance.workflows.generation.Artifact;
import seedance.workflows.generation.FailureType;
import seedance.workflows.generation.GenerationFailure;
import seedance.workflows.generation.GenerationResult;

/**
 * What a run came to, by the service's books and the store.
 *
 * @param line one line for people
 * @param duplicates generations whose prompt made more than one task, those aside that the service
 *     cancelled and bills to no one, and which
 * @param lost generations that ended without their own task's clip, whole, in the store, and made
 *     from the clip that it should be made from; or were cancelled and do not say what became of
 *     their task; and why
 */
record Verdict(String line, List<String> duplicates, List<String> lost) {

  /** Compares what the workflows say with what is there. */
  static Verdict of(
      Dialect dialect,
      StoreUnderTest store,
      String kindOfStore,
      Load load,
      List<Ending> endings,
      TaskLog tasks,
      Books books,
      Incidents incidents,
      Schedule schedule,
      Duration took) {
    List<String> duplicates = new ArrayList<>();
    List<String> lost = new ArrayList<>();
    Map<Integer, GenerationResult> results = new HashMap<>();
    endings.forEach(
        ending -> ending.result().ifPresent(result -> results.put(ending.generation(), result)));
    for (Ending ending : endings) {
      List<String> made = notCancelled(tasks.tasksOf(ending.generation()), books);
      List<String> failed = tasks.tasksOf(TaskLog.flopOf(ending.generation()));
      if (made.size() > 1 || failed.size() > 1) {
        duplicates.add(ending.workflowId() + ": tasks " + made + failed + ", " + ending.inWords());
      }
      missing(ending, made, books, store)
          .or(
              () ->
                  load.source(ending.generation())
                      .flatMap(source -> notMadeFrom(ending, results.get(source), tasks, store)))
          .ifPresent(
              why -> lost.add(ending.workflowId() + ": " + why + "; its own tasks are " + made));
    }
    String line =
        "CHAOS %s store %s %s billed %d duplicates %d lost %d asked %s kills %s freezes %s restarts %s"
                .formatted(
                    dialect.name().toLowerCase(Locale.ROOT),
                    kindOfStore,
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
    if (!incidents.inWords("bucket").startsWith("0")) {
      line += " bucket " + incidents.inWords("bucket");
    }
    if (load.chains() > 0) {
      line +=
          " workflow resets %s retries %s cancels %s"
              .formatted(
                  incidents.inWords("workflowResets"),
                  incidents.inWords("retries"),
                  incidents.inWords("cancels"));
    }
    return new Verdict(line, duplicates, lost);
  }

  private static List<String> notCancelled(List<String> made, Books books) {
    return made.stream()
        .filter(task -> books.task(task).orElseThrow().status() != SimulatedStatus.CANCELLED)
        .toList();
  }

  /** What a generation's owner misses; empty if nothing. */
  private static Optional<String> missing(
      Ending ending, List<String> made, Books books, StoreUnderTest store) {
    if (ending.result().isEmpty() && ending.mayBeWithout()) {
      return untold(ending, made, books);
    }
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
      Optional<byte[]> file = store.content(artifact.location());
      if (file.isEmpty() || !sha256(file.get()).equals(artifact.sha256())) {
        return Optional.of("its " + artifact.kind() + " is not in the store as the result says");
      }
    }
    return store.content(result.manifest()).isPresent()
        ? Optional.empty()
        : Optional.of("its manifest is not in the store");
  }

  /** What a cancelled generation does not say of the task that it leaves at the service. */
  private static Optional<String> untold(Ending ending, List<String> made, Books books) {
    if (made.isEmpty()) {
      return Optional.empty();
    }
    if (ending.lastWords().isEmpty()) {
      return Optional.of(ending.inWords() + ", and says nothing of its task");
    }
    GenerationFailure words = ending.lastWords().get();
    boolean isNamed = words.taskId() == null || made.contains(words.taskId());
    boolean isBilled = made.stream().anyMatch(task -> books.task(task).orElseThrow().tokens() > 0);
    return isNamed && !(isBilled && words.charged() == FailureType.Charged.NO)
        ? Optional.empty()
        : Optional.of(ending.inWords() + ", and is wrong about its task: " + words.type());
  }

  /**
   * Why a clip is not of the lineage that it should be of.
   *
   * @param source what it should be made from; null where that has no result
   */
  private static Optional<String> notMadeFrom(
      Ending ending, GenerationResult source, TaskLog tasks, StoreUnderTest store) {
    if (ending.result().isEmpty()) {
      return Optional.empty();
    }
    if (source == null) {
      return Optional.of("it has a clip, and what it is made from has none");
    }
    List<String> copies = new ArrayList<>();
    for (Artifact artifact : source.artifacts()) {
      store.linked(artifact.location()).ifPresent(copies::add);
      if (artifact.kind() == Artifact.Kind.LAST_FRAME) {
        store
            .content(artifact.location())
            .map(Base64.getEncoder()::encodeToString)
            .ifPresent(copies::add);
      }
    }
    return tasks.isMadeFrom(ending.result().get().taskId(), source.taskId(), copies)
        ? Optional.empty()
        : Optional.of("it was not made from task " + source.taskId());
  }

  private static String sha256(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
