package seedance.client.cli;

import io.temporal.client.WorkflowNotFoundException;
import io.temporal.client.WorkflowServiceException;
import java.util.List;

/**
 * Follows a generation or a chain to its end and reports it. Ctrl-C detaches: it says that what was
 * followed goes on, and how to follow it again.
 */
final class Follower {
  private final Cli cli;
  private final Output output;

  Follower(Output output) {
    this.cli = output.cli();
    this.output = output;
  }

  /** Returns the exit code. */
  int follow(Shown shown) throws InterruptedException {
    List<String> lines = shown.lines();
    String id = shown.handle().workflowId();
    String again = cli.commandOn(id, "show", "--follow");
    Thread onCtrlC =
        new Thread(
            () ->
                cli.terminal()
                    .err()
                    .println(
                        "\nDetached; %s goes on. Follow it again with:\n  %s"
                            .formatted(Visible.oneLine(id), again)));
    Runtime.getRuntime().addShutdownHook(onCtrlC);
    Shown.End end;
    try (ProgressView view = output.progress(lines)) {
      end = shown.follow(view);
    } catch (WorkflowNotFoundException missing) {
      throw Refusals.notThere(id);
    } catch (WorkflowServiceException lost) {
      throw new Refusal(
          ExitCode.NOT_REACHED,
          "Lost the Temporal server. %s goes on where its worker is; follow it again with:\n  %s"
              .formatted(Visible.oneLine(id), again));
    } finally {
      silence(onCtrlC);
    }
    return output.print(end);
  }

  private static void silence(Thread onCtrlC) {
    try {
      Runtime.getRuntime().removeShutdownHook(onCtrlC);
    } catch (IllegalStateException goingDown) {
      // It speaks already, and it is true.
    }
  }
}
