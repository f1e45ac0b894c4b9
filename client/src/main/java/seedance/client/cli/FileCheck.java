package seedance.client.cli;

import static java.util.stream.Collectors.joining;

import java.nio.file.InvalidPathException;
import java.util.List;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
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
  private final JsonInput input;
  private final GenerationRules generations;
  private final ChainRules chains;

  FileCheck(Cli cli, ModelCatalogue catalogue) {
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
   * @param json JSON null where nothing could be read
   */
  record Checked<T>(Json json, Verdict<T> verdict) {}

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
        ? new Either.Chain(chain(text, options).verdict())
        : new Either.Generation(generation(text, options).verdict());
  }

  static boolean isChain(Json json) {
    return json.has("steps");
  }

  Checked<ChainPlan> chain(String file, Verdict<Json> options) {
    return chain(input.read(file), options);
  }

  private Checked<ChainPlan> chain(Verdict<Json> text, Verdict<Json> options) {
    return checked(text, options, chains::check);
  }

  /**
   * @param file null where nothing is submitted
   */
  Checked<CheckedGeneration> generation(@Nullable String file, Verdict<Json> options) {
    return generation(file == null ? Verdict.valid(Json.NULL) : input.read(file), options);
  }

  private Checked<CheckedGeneration> generation(Verdict<Json> text, Verdict<Json> options) {
    return checked(text, options, generations::check);
  }

  private static <T> Checked<T> checked(
      Verdict<Json> text, Verdict<Json> options, BiFunction<Json, Json, Verdict<T>> rules) {
    Json run = options.value().orElse(Json.NULL);
    return new Checked<>(
        text.value().orElse(Json.NULL),
        text.then(json -> rules.apply(json, run)).and(options.violations()));
  }
}
