package seedance.client;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import seedance.workflows.chain.ChainProgress;
import seedance.workflows.chain.StepProgress;
import seedance.workflows.chain.StepState;
import seedance.workflows.generation.Progress;

/** Asks the generations of a chain's running steps, none more often than it has something new. */
final class RunningSteps {
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final Function<String, GenerationHandle> generations;
  private final Map<String, Answer> answers = new ConcurrentHashMap<>();

  /** What a generation said last; empty where it did not answer. */
  private record Answer(Optional<Progress> said, Instant askAgainAt) {
    static Answer of(Progress progress) {
      Duration pause = progress == null ? PATIENCE : GenerationHandle.pauseAfter(progress);
      return new Answer(Optional.ofNullable(progress), Instant.now().plus(pause));
    }
  }

  RunningSteps(Function<String, GenerationHandle> generations) {
    this.generations = generations;
  }

  /** Completes in time whatever the generations do. */
  CompletableFuture<ChainDetail> detail(ChainProgress chain) {
    Map<String, CompletableFuture<Answer>> asked = new HashMap<>();
    for (StepProgress step : chain.steps()) {
      if (step.state() == StepState.RUNNING && step.workflowId() != null) {
        asked.put(step.id(), answer(step.workflowId()));
      }
    }
    return CompletableFuture.allOf(asked.values().toArray(CompletableFuture<?>[]::new))
        .thenApply(
            all -> {
              Map<String, Progress> said = new HashMap<>();
              asked.forEach(
                  (step, answer) ->
                      answer.join().said().ifPresent(progress -> said.put(step, progress)));
              return new ChainDetail(chain, said);
            });
  }

  private CompletableFuture<Answer> answer(String generation) {
    Answer last = answers.get(generation);
    if (last != null && Instant.now().isBefore(last.askAgainAt())) {
      return CompletableFuture.completedFuture(last);
    }
    return generations
        .apply(generation)
        .ask()
        .exceptionally(unanswered -> null)
        .completeOnTimeout(null, PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
        .thenApply(Answer::of)
        .whenComplete((answer, never) -> answers.put(generation, answer));
  }
}
