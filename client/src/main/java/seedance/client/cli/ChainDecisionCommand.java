package seedance.client.cli;

import static java.util.stream.Collectors.joining;

import java.math.BigDecimal;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import seedance.client.ChainHandle;
import seedance.client.inputs.Inputs;
import seedance.workflows.chain.ChainProgress;
import seedance.workflows.json.Json;
import seedance.workflows.json.Verdict;
import seedance.workflows.request.Money;

/** A decision about a running chain. */
abstract sealed class ChainDecisionCommand implements Callable<Integer> {
  private final Cli cli;

  @Parameters(
      index = "0",
      paramLabel = "ID",
      converter = WorkflowIdConverter.class,
      description = "The chain's id.")
  private String id;

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  private ChainDecisionCommand(Cli cli) {
    this.cli = cli;
  }

  /**
   * Takes the decision; how the chain goes on is said in a sentence.
   *
   * @throws Refusal if what was given for it cannot be used
   */
  abstract Decision decision();

  /** What is done, and what that means. */
  record Decision(
      Function<ChainHandle, ChainProgress> take, Function<ChainProgress, String> meaning) {
    Decision(Function<ChainHandle, ChainProgress> take, String meaning) {
      this(take, progress -> meaning);
    }
  }

  @Override
  public final Integer call() {
    Decision decision = decision();
    try (Connection connection = Connection.open(cli.environment())) {
      Existing existing = Existing.find(cli, connection.seedance(), id);
      ChainHandle chain = existing.chain();
      return existing.change(
          new Output(cli, json), () -> taken(decision, decision.take().apply(chain)));
    }
  }

  private Report taken(Decision decision, ChainProgress progress) {
    return Report.of(
        JsonObject.about(id, "running").with("progress", progress),
        cli.terminal().out(),
        decision.meaning().apply(progress),
        "  " + cli.commandOn(id, "show", "--follow"));
  }

  /**
   * The request in a file, where one is named.
   *
   * @throws Refusal if it cannot be read, or names files that the service would not take
   */
  Optional<Inputs> request(@Nullable String file, InlineArgument inline) {
    if (file == null) {
      return Optional.empty();
    }
    Verdict<Inputs> request =
        new FileCheck(cli, FileCheck.catalogue(cli), inline.inlining()).inputs(file);
    if (!request.isValid()) {
      throw new Refusal(
          ExitCode.INVALID,
          request.violations().stream()
              .map(violation -> Words.of(violation, JsonInput.label(file)))
              .collect(joining("\n")));
    }
    return request.value();
  }

  /**
   * A request with what it names of this machine in the store.
   *
   * @throws Refusal if that cannot be done; nothing was sent then
   */
  Json stored(Inputs request) {
    CallersStore.put(request, cli);
    return request.body();
  }

  /** About one step of it. */
  abstract static sealed class OfStep extends ChainDecisionCommand {
    @Parameters(index = "1", paramLabel = "STEP", description = "The step's id.")
    private String step;

    private OfStep(Cli cli) {
      super(cli);
    }

    @Override
    final Decision decision() {
      return decision(step);
    }

    abstract Decision decision(String step);
  }

  @Command(
      name = "approve",
      description = {
        "Approves a step of a chain that waits for it, or that could break the budget.",
        "It may come before the chain waits."
      })
  static final class Approve extends OfStep {
    @ArgGroup private Choice choice = new Choice();

    /** At most one of them. */
    static final class Choice {
      @Option(
          names = "--request",
          paramLabel = "BODY.json",
          description = {
            "Approve it with this request instead, which is checked first; media may be files of"
                + " this machine."
          })
      private @Nullable String file;

      @Option(
          names = "--reject",
          paramLabel = "REASON",
          description = "Give it up, with all that is made from it.")
      private @Nullable String reason;
    }

    @Mixin private InlineArgument inline = new InlineArgument();

    Approve(Cli cli) {
      super(cli);
    }

    @Override
    Decision decision(String step) {
      String reason = choice.reason;
      if (reason != null) {
        return new Decision(
            chain -> chain.reject(step, reason),
            step + " is given up, and all that is made from it.");
      }
      return request(choice.file, inline)
          .map(
              body ->
                  new Decision(
                      chain -> chain.approve(step, stored(body)),
                      step + " is approved with the new request."))
          .orElseGet(
              () -> new Decision(chain -> chain.approve(step), step + " is approved as it is."));
    }
  }

  @Command(
      name = "retry",
      description = {
        "Makes a failed step of a chain again, and then what is made from it.",
        "Finished steps are not made again."
      })
  static final class Retry extends OfStep {
    @Option(
        names = "--request",
        paramLabel = "BODY.json",
        description = {
          "Another request for it, which is checked first; media may be files of this machine."
        })
    private @Nullable String file;

    @Mixin private InlineArgument inline = new InlineArgument();

    Retry(Cli cli) {
      super(cli);
    }

    @Override
    Decision decision(String step) {
      return new Decision(
          request(file, inline)
              .<Function<ChainHandle, ChainProgress>>map(
                  body -> chain -> chain.retry(step, stored(body)))
              .orElse(chain -> chain.retry(step)),
          step + " is tried again.");
    }
  }

  @Command(name = "skip", description = "Skips a step of a chain that no other step is made from.")
  static final class Skip extends OfStep {
    Skip(Cli cli) {
      super(cli);
    }

    @Override
    Decision decision(String step) {
      return new Decision(chain -> chain.skip(step), step + " is skipped.");
    }
  }

  @Command(
      name = "raise-budget",
      description = "Raises a chain's budget to a new total: steps that wait for it may begin.")
  static final class RaiseBudget extends ChainDecisionCommand {
    /** What the chain itself takes; no exponents, whose digits would fill the memory. */
    private static final String AMOUNT = "[0-9]{1,12}(\\.[0-9]{1,6})?";

    @Parameters(index = "1", paramLabel = "AMOUNT", description = "A number such as 80 or 79.50.")
    private String amount;

    @Parameters(
        index = "2",
        paramLabel = "CURRENCY",
        arity = "0..1",
        description = "Such as CNY; else that of the budget there is.")
    private @Nullable String currency;

    RaiseBudget(Cli cli) {
      super(cli);
    }

    @Override
    Decision decision() {
      if (!amount.matches(AMOUNT)) {
        throw new Refusal(
            ExitCode.INVALID,
            Words.printable(
                amount
                    + " is not an amount: write a number such as 80 or 79.50, without currency"));
      }
      BigDecimal number = new BigDecimal(amount);
      return new Decision(
          chain ->
              currency == null
                  ? chain.raiseBudget(number)
                  : chain.raiseBudget(new Money(number, currency)),
          progress -> {
            Money budget = Objects.requireNonNull(progress.budget(), "it was just raised");
            return "The budget is " + budget.exactlyInWords() + " now.";
          });
    }
  }
}
