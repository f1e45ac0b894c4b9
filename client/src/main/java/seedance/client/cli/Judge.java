package seedance.client.cli;

import java.nio.file.InvalidPathException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import seedance.client.Judgement;
import seedance.workflows.request.AnyJson;
import seedance.workflows.request.InvalidCatalogueException;
import seedance.workflows.request.JsonText;
import seedance.workflows.request.ModelCatalogue;
import seedance.workflows.request.RequestRules;
import seedance.workflows.request.VideoRequest;
import seedance.workflows.request.Violation;

/** Judges files by the rules and the catalogue in force here, without a server. */
final class Judge {
  private final JsonInput input;
  private final RequestRules rules;

  Judge(Cli cli, ModelCatalogue catalogue) {
    this.input = new JsonInput(cli);
    this.rules = new RequestRules(catalogue);
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
    } catch (InvalidCatalogueException | InvalidPathException wrong) {
      throw new Refusal(ExitCode.MISCONFIGURED, "SEEDANCE_MODELS: " + wrong.getMessage());
    }
  }

  /**
   * What came of one file.
   *
   * @param body what was read; JSON null where nothing could be
   */
  record JudgedFile(AnyJson body, Judgement judgement) {}

  /**
   * What came of the file of options.
   *
   * @param json JSON null where there is none
   * @param violations of the file as text
   */
  record RunOptions(AnyJson json, List<Violation> violations) {
    static final RunOptions DEFAULTS = new RunOptions(AnyJson.NULL, List.of());

    /** These with a task to take over; what is no object stays as it is, to be refused as such. */
    RunOptions adopting(String taskId) {
      Map<String, Object> fields = new LinkedHashMap<>();
      if (json.tree() instanceof Map<?, ?> given) {
        given.forEach((name, value) -> fields.put((String) name, value));
      } else if (!json.isNull()) {
        return this;
      }
      fields.put("adopt", Map.of("taskId", taskId));
      return new RunOptions(new AnyJson(fields), violations);
    }
  }

  /** Reads the options of a run; a null file gives the defaults. */
  RunOptions options(String file) {
    if (file == null) {
      return RunOptions.DEFAULTS;
    }
    JsonText.Reading reading = input.read(file);
    if (reading instanceof JsonText.Read read) {
      return new RunOptions(read.json(), List.of());
    }
    List<Violation> violations =
        violations(reading).stream()
            .map(v -> new Violation(inOptions(v.path()), v.message()))
            .toList();
    return new RunOptions(AnyJson.NULL, violations);
  }

  private static String inOptions(String path) {
    return path.equals("$") ? "options" : "options." + path;
  }

  JudgedFile judge(String file, RunOptions options) {
    JsonText.Reading reading = input.read(file);
    List<Violation> violations = new ArrayList<>(violations(reading));
    AnyJson body = AnyJson.NULL;
    Optional<VideoRequest> request = Optional.empty();
    if (reading instanceof JsonText.Read read) {
      body = read.json();
      Judgement judgement = Judgement.of(body, options.json(), rules);
      request = judgement.request();
      violations.addAll(judgement.violations());
    }
    violations.addAll(options.violations());
    return new JudgedFile(body, new Judgement(request, violations));
  }

  /** Judges a generation that submits nothing. */
  JudgedFile withoutBody(RunOptions options) {
    Judgement judgement = Judgement.of(AnyJson.NULL, options.json(), rules);
    List<Violation> violations = new ArrayList<>(judgement.violations());
    violations.addAll(options.violations());
    return new JudgedFile(AnyJson.NULL, new Judgement(Optional.empty(), violations));
  }

  private static List<Violation> violations(JsonText.Reading reading) {
    return reading instanceof JsonText.Unreadable unreadable ? unreadable.violations() : List.of();
  }
}
