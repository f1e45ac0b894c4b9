package seedance.client.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import seedance.client.UnreadableAnswerException;

/** The command line {@code seedance}. */
@Command(
    name = "seedance",
    synopsisSubcommandLabel = "COMMAND",
    description = "Durable Seedance video generation on Temporal.",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:Done.",
      "1:The generation or chain failed, was cancelled or terminated.",
      "2:Wrong usage, or a request or decision that is refused; nothing was started.",
      "3:Temporal cannot be reached, or has no such running generation or chain.",
      "4:A setting is wrong: SEEDANCE_…, TEMPORAL_… or a file that they name.",
      "70:An error of this program; please report it.",
      "130:Ctrl-C. What was being followed goes on."
    },
    footer = {
      "",
      "Settings come from the environment: SEEDANCE_… and Temporal's own TEMPORAL_…; see the"
          + " README."
    })
public final class Seedance implements Runnable {
  private static final String LOG_LEVEL = "seedance.log.level";

  /** Picocli refuses less than 55. */
  private static final int FEWEST_HELP_COLUMNS = 60;

  @Spec private CommandSpec spec;

  private Seedance() {}

  /** Runs one command and exits with its code. */
  public static void main(String[] arguments) {
    // Before anything logs: only the worker's log is what its user wants to read.
    String command = arguments.length == 0 ? "" : arguments[0];
    if (System.getProperty(LOG_LEVEL) == null && !command.equals("worker")) {
      boolean staysUp = List.of("dev", "simulate").contains(command);
      System.setProperty(LOG_LEVEL, staysUp ? "WARN" : "ERROR");
      System.setProperty(LOG_LEVEL + ".temporal", staysUp ? "WARN" : "ERROR");
    }
    // Logs, ours and the SDK's, quote ids too.
    System.setErr(SafeOutput.to(System.err));
    System.setOut(SafeOutput.to(System.out));
    // gRPC's threads would keep the process up.
    System.exit(run(Cli.ofProcess(), arguments));
  }

  /** Runs one command and returns its exit code. */
  static int run(Cli cli, String... arguments) {
    CommandLine commands = new CommandLine(new Seedance());
    for (Object command :
        List.of(
            new DemoCommand(cli),
            new DevCommand(cli),
            new GenerateCommand(cli),
            new ChainCommand(cli),
            new ExtendCommand(cli),
            new ShowCommand(cli),
            new UrlCommand(cli),
            new ListCommand(cli),
            new CancelCommand(cli),
            new ResolveCommand(cli),
            new ChainDecisionCommand.Approve(cli),
            new ChainDecisionCommand.Retry(cli),
            new ChainDecisionCommand.Skip(cli),
            new ChainDecisionCommand.RaiseBudget(cli),
            new ValidateCommand(cli),
            new WorkerCommand(cli),
            new SimulateCommand(cli))) {
      commands.addSubcommand(command);
    }
    commands.getSubcommands().values().forEach(Seedance::withHelp);
    commands.addSubcommand(new CommandLine.HelpCommand());
    withHelp(commands);
    Terminal terminal = cli.terminal();
    return commands
        .setOut(terminal.help())
        .setErr(new PrintWriter(terminal.err(), true, StandardCharsets.UTF_8))
        .setColorScheme(CommandLine.Help.defaultColorScheme(terminal.colour() ? Ansi.ON : Ansi.OFF))
        .setUsageHelpWidth(Math.max(FEWEST_HELP_COLUMNS, Math.min(terminal.columns(), 100)))
        .setUsageHelpLongOptionsMaxWidth(30)
        .setParameterExceptionHandler(Seedance::wrongUsage)
        .setExecutionExceptionHandler((thrown, command, parsed) -> failed(cli, thrown))
        .execute(arguments);
  }

  private static void withHelp(CommandLine command) {
    command
        .getCommandSpec()
        .addOption(
            CommandLine.Model.OptionSpec.builder("-h", "--help")
                .usageHelp(true)
                .type(boolean.class)
                .description("Show this help.")
                .build());
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "A command is needed.");
  }

  private static int wrongUsage(ParameterException wrong, String[] arguments) {
    CommandLine command = wrong.getCommandLine();
    PrintWriter err = command.getErr();
    err.println(wrong.getMessage());
    CommandLine.UnmatchedArgumentException.printSuggestions(wrong, err);
    err.println("Usage and options: " + command.getCommandSpec().qualifiedName() + " --help");
    return ExitCode.INVALID;
  }

  private static int failed(Cli cli, Exception thrown) {
    if (thrown instanceof Refusal refusal) {
      cli.terminal().err().println(refusal.getMessage());
      return refusal.exitCode();
    }
    if (thrown instanceof UnreadableAnswerException unreadable) {
      cli.terminal().err().println(Words.printable(unreadable.getMessage() + "."));
      return ExitCode.NOT_REACHED;
    }
    cli.terminal().err().println("This is an error of seedance itself; please report it:");
    thrown.printStackTrace(cli.terminal().err());
    return ExitCode.BUG;
  }
}
