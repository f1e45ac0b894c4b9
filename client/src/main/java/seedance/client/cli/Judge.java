package seedance.client.cli;

import static java.util.stream.Collectors.joining;

import java.nio.file.InvalidPathException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import seedance.client.Judgement;
import seedance.workflows.chain.ChainPlan;
import seedance.workflows.chain.ChainRules;
import seedance.workflows.chain.ChainVerdict;
import seedance.workflows.chain.StepPlan;
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
  private final ChainRules chainRules;

  Judge(Cli cli, ModelCatalogue catalogue) {
    this.input = new JsonInput(cli);
    this.rules = new RequestRules(catalogue);
    this.chainRules = new ChainRules(catalogue);
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
      throw new Refusal(
          ExitCode.MISCONFIGURED,
          wrong.getMessage().lines().map("SEEDANCE_MODELS: "::concat).collect(joining("\n")));
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
            .map(
                v -> new Violation(inOptions(v.path()), JsonInput.label(file) + ": " + v.message()))
            .toList();
    return new RunOptions(AnyJson.NULL, violations);
  }

  private static String inOptions(String path) {
    return path.equals("$") ? "options" : "options." + path;
  }

  /**
   * What came of one file that holds a chain.
   *
   * @param chain what was read; JSON null where nothing could be
   * @param plan empty where a rule is broken
   */
  record JudgedChain(AnyJson chain, Optional<ChainPlan> plan, List<Violation> violations) {
    boolean isValid() {
      return violations.isEmpty();
    }

    /** The ids of its steps, each after those it is made from. */
    List<String> steps() {
      return plan.stream().flatMap(valid -> valid.steps().stream()).map(StepPlan::id).toList();
    }
  }

  JudgedChain chain(String file, RunOptions options) {
    return chain(input.read(file), options);
  }

  private JudgedChain chain(JsonText.Reading reading, RunOptions options) {
    List<Violation> violations = new ArrayList<>(violations(reading));
    violations.addAll(options.violations());
    if (!(reading instanceof JsonText.Read read)) {
      return new JudgedChain(AnyJson.NULL, Optional.empty(), violations);
    }
    ChainVerdict verdict = chainRules.check(read.json(), options.json());
    if (verdict instanceof ChainVerdict.Valid valid) {
      return new JudgedChain(read.json(), Optional.of(valid.plan()), violations);
    }
    violations.addAll(((ChainVerdict.Invalid) verdict).violations());
    return new JudgedChain(read.json(), Optional.empty(), violations);
  }

  /** One file of either kind: what has {@code steps} is a chain. */
  sealed interface Judged {
    /** A request for one generation. */
    record Request(Judgement judgement) implements Judged {}

    /** Several. */
    record Steps(JudgedChain chain) implements Judged {}
  }

  Judged either(String file, RunOptions options) {
    JsonText.Reading reading = input.read(file);
    return reading instanceof JsonText.Read read
            && read.json().tree() instanceof Map<?, ?> fields
            && fields.containsKey("steps")
        ? new Judged.Steps(chain(reading, options))
        : new Judged.Request(judge(reading, options).judgement());
  }

  JudgedFile judge(String file, RunOptions options) {
    return judge(input.read(file), options);
  }

  private JudgedFile judge(JsonText.Reading reading, RunOptions options) {
    List<Violation> violations = new ArrayList<>(violations(reading));
    AnyJson body = AnyJson.NULL;
    Optional<VideoRequest> request = Optional.empty();
    List<String> notes = List.of();
    if (reading instanceof JsonText.Read read) {
      body = read.json();
      Judgement judgement = Judgement.of(body, options.json(), rules);
      request = judgement.request();
      notes = judgement.notes();
      violations.addAll(judgement.violations());
    }
    violations.addAll(options.violations());
    return new JudgedFile(body, new Judgement(request, violations, notes));
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
