package seedance.client.cli;

import static java.util.stream.Collectors.joining;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import seedance.client.inputs.Inlining;
import seedance.client.inputs.Inputs;
import seedance.workflows.chain.ChainPlan;
import seedance.workflows.chain.ChainRules;
import seedance.workflows.generation.CheckedGeneration;
import seedance.workflows.generation.GenerationRules;
import seedance.workflows.json.InvalidFileException;
import seedance.workflows.json.Json;
import seedance.workflows.json.Verdict;
import seedance.workflows.json.Violation;
import seedance.workflows.request.ModelCatalogue;

/** Checks files by the rules and the catalogue in force here, without a server. */
final class FileCheck {
  private final Cli cli;
  private final ModelCatalogue catalogue;
  private final Inlining inlining;
  private final JsonInput input;
  private final GenerationRules generations;
  private final ChainRules chains;

  FileCheck(Cli cli, ModelCatalogue catalogue, Inlining inlining) {
    this.cli = cli;
    this.catalogue = catalogue;
    this.inlining = inlining;
    this.input = new JsonInput(cli);
    this.generations = new GenerationRules(catalogue);
    this.chains = new ChainRules(catalogue);
  }

  /**
   * The built-in catalogue with the file that {@code SEEDANCE_MODELS} names.
   *
   * @throws Refusal if that file cannot be used
   */
  static ModelCatalogue catalogue(Cli cli) {
    String file = cli.environment().getOrDefault("SEEDANCE_MODELS", "").strip();
    ModelCatalogue builtIn = ModelCatalogue.builtIn();
    if (file.isEmpty()) {
      return builtIn;
    }
    try {
      return builtIn.extendedBy(cli.workingDirectory().resolve(file));
    } catch (InvalidFileException | InvalidPathException wrong) {
      throw new Refusal(
          ExitCode.MISCONFIGURED,
          String.valueOf(wrong.getMessage())
              .lines()
              .map("SEEDANCE_MODELS: "::concat)
              .collect(joining("\n")));
    }
  }

  /**
   * What a file holds, and what the rules say of it.
   *
   * @param json as it is sent, JSON null where nothing could be read
   * @param inputs what of it goes into the store
   */
  record Checked<T>(Json json, Inputs inputs, Verdict<T> verdict) {}

  /** Reads the options of a run; a null file gives the defaults. */
  Verdict<Json> options(@Nullable String file) {
    if (file == null) {
      return Verdict.valid(Json.NULL);
    }
    Verdict<Json> options = input.read(file);
    return options.isValid() ? options : Verdict.invalid(inOptions(file, options.violations()));
  }

  private static List<Violation> inOptions(String file, List<Violation> ofText) {
    return ofText.stream()
        .map(
            violation ->
                new Violation(
                    violation.path().equals("$") ? "options" : "options." + violation.path(),
                    JsonInput.label(file) + ": " + violation.message()))
        .toList();
  }

  /** One file of either kind: what has {@code steps} is a chain. */
  sealed interface Either {
    /** A request for one generation. */
    record Generation(Verdict<CheckedGeneration> verdict) implements Either {}

    /** Several. */
    record Chain(Verdict<ChainPlan> verdict) implements Either {}
  }

  Either either(String file, Verdict<Json> options) {
    Verdict<Json> text = input.read(file);
    return isChain(text.value().orElse(Json.NULL))
        ? new Either.Chain(chain(text, folderOf(file), options).verdict())
        : new Either.Generation(generation(text, folderOf(file), options).verdict());
  }

  static boolean isChain(Json json) {
    return json.has("steps");
  }

  Checked<ChainPlan> chain(String file, Verdict<Json> options) {
    return chain(input.read(file), folderOf(file), options);
  }

  private Checked<ChainPlan> chain(Verdict<Json> text, Path folder, Verdict<Json> options) {
    return checked(text, folder, options, chains::check);
  }

  /**
   * @param file null where nothing is submitted
   */
  Checked<CheckedGeneration> generation(@Nullable String file, Verdict<Json> options) {
    return file == null
        ? generation(Json.NULL, options)
        : generation(input.read(file), folderOf(file), options);
  }

  /** Of a body that was made here. */
  Checked<CheckedGeneration> generation(Json body, Verdict<Json> options) {
    return generation(Verdict.valid(body), cli.workingDirectory(), options);
  }

  private Checked<CheckedGeneration> generation(
      Verdict<Json> text, Path folder, Verdict<Json> options) {
    return checked(text, folder, options, generations::check);
  }

  /** A request in a file whose rules others check: what goes into the store alone is judged. */
  Verdict<Inputs> inputs(String file) {
    return input
        .read(file)
        .then(
            json -> {
              Inputs inputs = Inputs.of(json, folderOf(file), inlining);
              return Verdict.valid(inputs).and(inputs.faults(catalogue));
            });
  }

  private <T> Checked<T> checked(
      Verdict<Json> text,
      Path folder,
      Verdict<Json> options,
      BiFunction<Json, Json, Verdict<T>> rules) {
    Json run = options.value().orElse(Json.NULL);
    Inputs inputs = Inputs.of(text.value().orElse(Json.NULL), folder, inlining);
    return new Checked<>(
        inputs.body(),
        inputs,
        text.then(json -> rules.apply(inputs.body(), run))
            .and(inputs.faults(catalogue))
            .and(options.violations()));
  }

  /** From which the paths in a file count. */
  private Path folderOf(String file) {
    if (file.equals(JsonInput.STANDARD_INPUT)) {
      return cli.workingDirectory();
    }
    try {
      return cli.workingDirectory().resolve(file).resolveSibling("");
    } catch (InvalidPathException unread) {
      return cli.workingDirectory();
    }
  }
}
