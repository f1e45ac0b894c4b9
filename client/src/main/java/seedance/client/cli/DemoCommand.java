package seedance.client.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import seedance.worker.dev.DevSettings;
import seedance.worker.dev.DevSystem;
import seedance.worker.dev.simulator.SimulatorSettings;
import seedance.workflows.chain.ChainPlan;
import seedance.workflows.chain.ChainRules;
import seedance.workflows.json.Json;
import seedance.workflows.request.ModelCatalogue;
import seedance.workflows.request.Money;
import seedance.workflows.request.Price;
import seedance.workflows.request.RequestRules;

@Command(
    name = "demo",
    description = {
      "Makes three videos at once (text, frames, reference) and then a chain of four, with everything"
          + " in one process: a Temporal server, a simulated Seedance, a worker. The clips are left in"
          + " out/.",
      "TEMPORAL_ADDRESS: on that server instead. SEEDANCE_API_KEY: at the real service instead, which"
          + " costs money."
    })
final class DemoCommand implements Callable<Integer> {
  /** 5 s of 864×496 at 24 frames a second and one frame more, by the service's formula. */
  private static final BigDecimal TOKENS_OF_A_SCENE = BigDecimal.valueOf(50_638);

  private final Cli cli;

  @Option(names = "--keep", description = "Stay up afterwards until Ctrl-C, with the Temporal UI.")
  private boolean keep;

  @Option(names = "--yes", description = "Do not ask before the real service is used.")
  private boolean yes;

  DemoCommand(Cli cli) {
    this.cli = cli;
  }

  @Override
  public Integer call() throws InterruptedException {
    if (!cli.environment().getOrDefault("SEEDANCE_API_KEY", "").isBlank() && !yes) {
      confirm();
    }
    PrintStream out = cli.terminal().out();
    DevSystem system =
        DevSystems.start(cli, DevSettings.DEFAULT_SPEED, SimulatorSettings.builder());
    try (ClosedOnExit running = new ClosedOnExit(system)) {
      DevSystems.describe(cli, system);
      out.println();
      Demo demo = new Demo(cli, system);
      int ofScenes = demo.run(Scene.all());
      int ofChain = demo.runChain(Scene.chain());
      demo.sayWhatWasCharged();
      int exitCode = Math.max(ofScenes, ofChain);
      out.println();
      if (keep) {
        out.println(
            "Everything stays up"
                + system.uiUrl().map(url -> "; look at " + url).orElse("")
                + ". Ctrl-C stops it.");
        running.awaitExit();
      } else {
        out.println(
            "Look into it: "
                + cli.command("demo", "--keep")
                + "  (stays up, with the Temporal UI)");
        out.println("Your own:     " + cli.command("dev") + "          (prints how to start one)");
      }
      return exitCode;
    }
  }

  private void confirm() {
    PrintStream out = cli.terminal().out();
    out.println(
        "SEEDANCE_API_KEY is set, so this uses the real service and costs money: " + estimate());
    if (!cli.terminal().live()) {
      throw new Refusal(
          ExitCode.INVALID,
          "Say --yes to go on, or unset SEEDANCE_API_KEY to simulate the service.");
    }
    out.print("Type yes to go on: ");
    out.flush();
    try {
      String answer =
          new BufferedReader(new InputStreamReader(cli.in(), StandardCharsets.UTF_8)).readLine();
      if (answer == null || !answer.strip().equalsIgnoreCase("yes")) {
        throw new Refusal(ExitCode.INVALID, "Nothing was started.");
      }
    } catch (IOException unread) {
      throw new Refusal(ExitCode.INVALID, "Nothing was started: no answer could be read.");
    }
  }

  private String estimate() {
    List<Scene> scenes = Scene.all();
    ModelCatalogue catalogue = FileCheck.catalogue(cli);
    RequestRules rules = new RequestRules(catalogue);
    BigDecimal sum = BigDecimal.ZERO;
    String currency = "";
    for (Scene scene : scenes) {
      Optional<Price> price = rules.check(scene.body(), false).value().flatMap(catalogue::price);
      if (price.isEmpty()) {
        return "three videos, whose price is not known here.";
      }
      sum = sum.add(price.get().amountPerMillionTokens().multiply(TOKENS_OF_A_SCENE));
      currency = price.get().currency();
    }
    Optional<Money> ofChain = worstCaseOfTheChain(catalogue);
    if (ofChain.isEmpty() || !ofChain.get().currency().equals(currency)) {
      return "videos, whose price is not known here.";
    }
    Money most = new Money(sum.movePointLeft(6), currency).plus(ofChain.get());
    return "about %s for %d videos of 5 s at 480p and a chain of four, by the list prices."
        .formatted(most.inWords(), scenes.size());
  }

  private static Optional<Money> worstCaseOfTheChain(ModelCatalogue catalogue) {
    return new ChainRules(catalogue)
        .check(Scene.chain().body(), Json.NULL)
        .value()
        .map(ChainPlan::worstCase);
  }
}
