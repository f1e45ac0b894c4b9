package seedance.client.cli;

/** Says on Ctrl-C that what is being followed goes on, and how to follow it again. */
final class Detaching {
  private final Thread hook;

  Detaching(Cli cli, String workflowId) {
    hook =
        new Thread(
            () ->
                cli.terminal()
                    .err()
                    .println(
                        "\nDetached; "
                            + Visible.oneLine(workflowId)
                            + " goes on. Follow it again with:\n  "
                            + again(cli, workflowId)));
    Runtime.getRuntime().addShutdownHook(hook);
  }

  static Refusal lostTheServer(Cli cli, String workflowId) {
    return new Refusal(
        ExitCode.NOT_REACHED,
        "Lost the Temporal server. "
            + Visible.oneLine(workflowId)
            + " goes on where its worker is; follow it again with:\n  "
            + again(cli, workflowId));
  }

  private static String again(Cli cli, String workflowId) {
    return cli.commandOn(workflowId, "show", "--follow");
  }

  /** It has ended while it was followed. */
  void over() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException goingDown) {
      // It speaks already, and it is true.
    }
  }
}
