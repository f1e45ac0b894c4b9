package seedance.client.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import seedance.worker.dev.DevSettings;
import seedance.worker.dev.DevSystem;
import seedance.workflows.generation.VideoGenerationWorkflow;

@Command(
    name = "dev",
    description = {
      "Runs a Temporal server, a simulated Seedance and a worker until Ctrl-C.",
      "TEMPORAL_ADDRESS: with that server instead. SEEDANCE_API_KEY: with the real service instead."
    })
final class DevCommand implements Callable<Integer> {
  private static final String EXAMPLE_ID = "shot-1";

  private final Cli cli;

  @Option(
      names = "--speed",
      paramLabel = "N",
      description = "How many times faster than life the simulated service is (default: 60).")
  private double speed = DevSettings.DEFAULT_SPEED;

  @Mixin private SimulateArguments simulator = new SimulateArguments();

  DevCommand(Cli cli) {
    this.cli = cli;
  }

  @Override
  public Integer call() throws InterruptedException, IOException {
    DevSystem system = DevSystems.startCallingBack(cli, speed, simulator.settings());
    try (ClosedOnExit running = new ClosedOnExit(system)) {
      print(system);
      running.awaitExit();
    }
    return ExitCode.OK;
  }

  private void print(DevSystem system) throws IOException {
    PrintStream out = cli.terminal().out();
    DevSystems.describe(cli, system);
    out.println("Task queue          " + system.taskQueue());
    out.println();
    howToStart(
            cli,
            system.temporalAddress(),
            system.workflowClient().getOptions().getNamespace(),
            system.taskQueue(),
            exampleBody(system.store()))
        .forEach(out::println);
    out.println();
    out.println("Ctrl-C stops everything.");
  }

  /** The README has the same. */
  static List<String> howToStart(
      Cli cli, String address, String namespace, String taskQueue, String body) {
    String ours = "  TEMPORAL_ADDRESS=" + address + " ";
    return List.of(
        "Start a generation from another terminal, with Temporal's own command, and follow it:",
        "  temporal workflow start --address %s%s --type %s --task-queue %s --workflow-id %s --input-file %s"
            .formatted(
                address,
                namespace.equals("default") ? "" : " --namespace " + Words.shellQuoted(namespace),
                VideoGenerationWorkflow.TYPE,
                Words.shellQuoted(taskQueue),
                EXAMPLE_ID,
                Words.shellQuoted(body)),
        ours + cli.command("show", EXAMPLE_ID, "--follow"),
        "or with ours, which does both:",
        ours + cli.command("generate", body));
  }

  /** A body that exists, so that the commands can be copied as they are. */
  private String exampleBody(URI store) throws IOException {
    Path folder = "file".equals(store.getScheme()) ? Path.of(store) : cli.workingDirectory();
    Path file = folder.resolve("body.json");
    Files.createDirectories(folder);
    if (Files.notExists(file)) {
      Files.writeString(file, Scene.read("text").text());
    }
    return Words.location(file.toUri(), cli.workingDirectory());
  }
}
