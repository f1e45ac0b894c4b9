package seedance.client.cli;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import seedance.client.ChainHandle;
import seedance.client.ChainStart;
import seedance.client.GenerationFailedException;
import seedance.client.GenerationHandle;
import seedance.client.GenerationStart;
import seedance.client.SeedanceClient;
import seedance.worker.dev.DevSystem;
import seedance.workflows.generation.GenerationResult;
import seedance.workflows.generation.Progress;
import seedance.workflows.json.Json;

/** Generations of all scenes at once, shown while they run and in a closing table. */
final class Demo {
  private static final DateTimeFormatter TO_THE_SECOND =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  private final Cli cli;
  private final Output output;
  private final SeedanceClient seedance;
  private final boolean simulated;

  Demo(Cli cli, DevSystem system) {
    this.cli = cli;
    this.output = new Output(cli, false);
    this.simulated = system.simulated().isPresent();
    this.seedance =
        new SeedanceClient(system.workflowClient(), system.taskQueue(), FileCheck.catalogue(cli));
  }

  /** Whose clips become one film, in its order. */
  private static final Json JOINED =
      new Json(Map.of("join", List.of("opening", "longer", "next-shot")));

  /** How one scene went. */
  private record Take(
      Scene scene, String workflowId, Duration took, Optional<GenerationResult> result) {}

  /** Returns the exit code. */
  int run(List<Scene> scenes) throws InterruptedException {
    ExecutorService followers = Executors.newFixedThreadPool(scenes.size());
    List<Take> takes = new ArrayList<>();
    try (ProgressView view = output.progress(scenes.stream().map(Scene::name).toList())) {
      List<Future<Take>> going =
          followers.invokeAll(
              scenes.stream().map(scene -> (Callable<Take>) () -> take(scene, view)).toList());
      for (Future<Take> take : going) {
        takes.add(take.get());
      }
    } catch (ExecutionException unexpected) {
      throw unexpected.getCause() instanceof RuntimeException cause
          ? cause
          : new IllegalStateException(unexpected.getCause());
    } finally {
      followers.shutdownNow();
    }
    cli.terminal().out().println();
    print(takes);
    cli.terminal().out().println();
    boolean allStored = takes.stream().allMatch(take -> take.result().isPresent());
    return allStored ? ExitCode.OK : ExitCode.GENERATION_FAILED;
  }

  /** Returns the exit code. */
  int runChain(Scene scene) throws InterruptedException {
    cli.terminal()
        .out()
        .println("And a chain: generate, extend, last frame into the next shot; two branches.");
    Instant start = Instant.now();
    ChainHandle chain =
        seedance.startChain(scene.body(), ChainStart.withId(id(scene, start)).options(JOINED));
    ShownChain shown =
        new ShownChain(
            cli, chain, Optional.of(List.of("opening", "longer", "next-shot", "close-up")));
    Shown.End end;
    try (ProgressView view = output.progress(shown.lines())) {
      end = shown.follow(view);
    }
    if (end.exitCode() == ExitCode.OK) {
      cli.terminal().out().println();
    }
    return output.print(end);
  }

  private Take take(Scene scene, ProgressView view) throws InterruptedException {
    Instant start = Instant.now();
    GenerationHandle generation =
        seedance.start(scene.body(), GenerationStart.withId(id(scene, start)));
    try {
      GenerationResult result =
          generation.follow((Progress progress) -> view.show(scene.name(), progress));
      Duration took = Duration.between(start, Instant.now());
      view.say(scene.name(), "Stored after " + Words.of(took) + ": " + clip(result));
      return new Take(scene, generation.workflowId(), took, Optional.of(result));
    } catch (GenerationFailedException failed) {
      view.say(scene.name(), "Failed: " + Words.printable(String.valueOf(failed.getMessage())));
      Duration took = Duration.between(start, Instant.now());
      return new Take(scene, generation.workflowId(), took, Optional.empty());
    }
  }

  /** Shorter than those made up by the client, so that the table fits a terminal. */
  private static String id(Scene scene, Instant start) {
    return "%s-demo-%s-%04x"
        .formatted(
            TO_THE_SECOND.format(start),
            scene.name(),
            ThreadLocalRandom.current().nextInt(1 << 16));
  }

  private void print(List<Take> takes) {
    PrintStream out = cli.terminal().out();
    Table table = new Table("MODE", "TOOK", "SIZE", "COST", "CLIP");
    for (Take take : takes) {
      table.row(
          take.scene().name(),
          Words.of(take.took()),
          take.result().map(result -> Words.bytes(result.video().bytes())).orElse(""),
          take.result().map(result -> Words.of(result.cost())).orElse(""),
          take.result().map(this::clip).orElse("none; id " + take.workflowId()));
    }
    table.print(out);
  }

  /** What it was charged, if nothing. */
  void sayWhatWasCharged() {
    if (simulated) {
      cli.terminal()
          .out()
          .println("Nothing was charged: the service is simulated, the costs are list prices.");
    }
  }

  private String clip(GenerationResult result) {
    return Words.location(result.video().location(), cli.workingDirectory());
  }
}
