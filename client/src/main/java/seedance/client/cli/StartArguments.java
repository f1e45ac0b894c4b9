package seedance.client.cli;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import seedance.client.ChainStart;
import seedance.client.GenerationStart;
import seedance.client.inputs.Inlining;
import seedance.workflows.json.Json;
import seedance.workflows.json.Verdict;

/** The arguments of every command that starts something. */
final class StartArguments {
  @Option(names = "--id", paramLabel = "ID", description = "Its id; else made up.")
  private @Nullable String id;

  @Option(names = "--options", paramLabel = "O.json", description = "The options of the run.")
  private @Nullable String options;

  @Option(names = "--detach", description = "Start only, do not follow.")
  private boolean detach;

  @Option(names = "--json", description = "Print JSON objects, one a line; progress to stderr.")
  private boolean json;

  @Mixin private InlineArgument inline = new InlineArgument();

  Inlining inlining() {
    return inline.inlining();
  }

  Verdict<Json> options(FileCheck check) {
    return check.options(options);
  }

  boolean detach() {
    return detach;
  }

  boolean json() {
    return json;
  }

  /**
   * How to start what was checked already, from its text, which sees more than the value does.
   *
   * @throws Refusal if the id cannot be one
   */
  GenerationStart start(Json run) {
    return id().map(GenerationStart::withId)
        .orElseGet(GenerationStart::withNewId)
        .withoutValidation()
        .options(run);
  }

  /** {@link #start} of a chain. */
  ChainStart chainStart(Json run) {
    return id().map(ChainStart::withId)
        .orElseGet(ChainStart::withNewId)
        .withoutValidation()
        .options(run);
  }

  private Optional<String> id() {
    if (id != null && id.isBlank()) {
      throw new Refusal(ExitCode.INVALID, "--id cannot be blank");
    }
    return Optional.ofNullable(id);
  }
}
