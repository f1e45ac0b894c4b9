package seedance.client.cli;

import picocli.CommandLine.Option;
import seedance.client.inputs.Inlining;

/** What every command offers that takes request bodies. */
final class InlineArgument {
  @Option(
      names = "--inline",
      description = "Leave data: URLs in a body that is too large with them; else they are stored.")
  private boolean kept;

  Inlining inlining() {
    return kept ? Inlining.KEPT : Inlining.FITTING;
  }
}
