package seedance.client.cli;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;
import seedance.client.ChainFailedException;
import seedance.client.GenerationFailedException;
import seedance.workflows.chain.ChainResult;
import seedance.workflows.generation.Artifact;

@Command(
    name = "url",
    description = {
      "Prints a link to a stored file, which whoever has it can open for a while.",
      "It needs the workers' SEEDANCE_STORE and rights to read it."
    })
final class UrlCommand implements Callable<Integer> {
  private static final Duration LONGEST = Duration.ofDays(7);

  private final Cli cli;

  @Parameters(
      paramLabel = "ID",
      converter = WorkflowIdConverter.class,
      description = "The generation's or chain's id.")
  private String id;

  @Option(
      names = "--kind",
      paramLabel = "KIND",
      converter = KindConverter.class,
      description = "video, last_frame or film; else a generation's video, a chain's film.")
  private Artifact.@Nullable Kind kind;

  @Option(
      names = "--for",
      paramLabel = "TIME",
      converter = LifetimeConverter.class,
      description = "Such as 30m, 12h or 7d, the longest; else 1h.")
  private Duration lifetime = Duration.ofHours(1);

  UrlCommand(Cli cli) {
    this.cli = cli;
  }

  @Override
  public Integer call() throws InterruptedException {
    URI location;
    try (Connection connection = Connection.open(cli.environment())) {
      location = location(Existing.find(cli, connection.seedance(), id));
    }
    cli.terminal().out().println(CallersStore.open(cli).link(location, lifetime));
    return ExitCode.OK;
  }

  private URI location(Existing existing) throws InterruptedException {
    if (!existing.hasEnded()) {
      throw new Refusal(ExitCode.NOT_REACHED, Visible.oneLine(id) + " is not finished yet.");
    }
    try {
      return existing.isChain() ? ofChain(existing) : ofGeneration(existing);
    } catch (GenerationFailedException | ChainFailedException without) {
      throw new Refusal(
          ExitCode.GENERATION_FAILED,
          Visible.oneLine(id)
              + " has no stored file of its own. How it ended:\n  "
              + cli.commandOn(id, "show"));
    }
  }

  private URI ofGeneration(Existing existing) throws InterruptedException {
    List<Artifact> artifacts = existing.generation().result().artifacts();
    return find(artifacts.stream(), kind == null ? Artifact.Kind.VIDEO : kind);
  }

  private URI ofChain(Existing existing) throws InterruptedException {
    ChainResult result = existing.chain().result();
    return find(
        Optional.ofNullable(result.film()).stream(), kind == null ? Artifact.Kind.FILM : kind);
  }

  private URI find(Stream<Artifact> artifacts, Artifact.Kind wanted) {
    return artifacts
        .filter(artifact -> artifact.kind() == wanted)
        .findFirst()
        .map(Artifact::location)
        .orElseThrow(
            () ->
                new Refusal(
                    ExitCode.INVALID,
                    Visible.oneLine(id)
                        + " has no "
                        + wanted.name().toLowerCase(Locale.ROOT)
                        + ". A chain's steps are generations of their own: CHAIN-ID.STEP."));
  }

  static final class KindConverter implements ITypeConverter<Artifact.Kind> {
    @Override
    public Artifact.Kind convert(String text) {
      for (Artifact.Kind kind : Artifact.Kind.values()) {
        if (kind.name().equalsIgnoreCase(text)) {
          return kind;
        }
      }
      throw new TypeConversionException("is none of video, last_frame and film");
    }
  }

  static final class LifetimeConverter implements ITypeConverter<Duration> {
    @Override
    public Duration convert(String text) {
      if (!text.matches("\\d{1,5}[mhd]")) {
        throw new TypeConversionException("is no time of the form 30m, 12h or 7d");
      }
      long number = Long.parseLong(text.substring(0, text.length() - 1));
      Duration lifetime =
          switch (text.charAt(text.length() - 1)) {
            case 'm' -> Duration.ofMinutes(number);
            case 'h' -> Duration.ofHours(number);
            default -> Duration.ofDays(number);
          };
      if (lifetime.isZero() || lifetime.compareTo(LONGEST) > 0) {
        throw new TypeConversionException("is not between a minute and 7 days");
      }
      return lifetime;
    }
  }
}
