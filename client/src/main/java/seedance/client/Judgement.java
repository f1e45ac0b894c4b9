package seedance.client;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import seedance.workflows.generation.GenerationOptions;
import seedance.workflows.generation.OptionsVerdict;
import seedance.workflows.generation.TaskId;
import seedance.workflows.request.AnyJson;
import seedance.workflows.request.RequestRules;
import seedance.workflows.request.RequestVerdict;
import seedance.workflows.request.VideoRequest;
import seedance.workflows.request.Violation;

/**
 * What the rules say of a request and its options together, without a server.
 *
 * @param request empty where the request breaks a rule, and where there is none, as {@code
 *     options.adopt} names a task instead
 * @param violations of the request, then of the options
 * @param notes what a person should know of the request although no rule forbids it, such as a
 *     model that nobody knows; sentences without prompts or URLs
 */
public record Judgement(
    Optional<VideoRequest> request, List<Violation> violations, List<String> notes) {
  /** With nothing to note. */
  public Judgement(Optional<VideoRequest> request, List<Violation> violations) {
    this(request, violations, List.of());
  }

  public Judgement {
    Objects.requireNonNull(request, "request");
    violations = List.copyOf(violations);
    notes = List.copyOf(notes);
  }

  /**
   * Judges as the workflow will, if its worker has the same catalogue.
   *
   * @param options what concerns the run; {@link AnyJson#NULL} for the defaults
   */
  public static Judgement of(AnyJson body, AnyJson options, RequestRules rules) {
    GenerationOptions run = GenerationOptions.DEFAULTS;
    List<Violation> ofOptions = List.of();
    OptionsVerdict optionsVerdict = GenerationOptions.check(options);
    if (optionsVerdict instanceof OptionsVerdict.Valid valid) {
      run = valid.options();
    } else if (optionsVerdict instanceof OptionsVerdict.Invalid invalid) {
      ofOptions = invalid.violations();
    }
    if (body.isNull() && adopts(options)) {
      return new Judgement(Optional.empty(), ofOptions);
    }
    RequestVerdict verdict = rules.check(body, run.allowUnknownFields());
    if (verdict instanceof RequestVerdict.Valid valid) {
      return new Judgement(Optional.of(valid.request()), ofOptions, rules.notes(valid.request()));
    }
    List<Violation> all = new ArrayList<>(((RequestVerdict.Invalid) verdict).violations());
    all.addAll(ofOptions);
    return new Judgement(Optional.empty(), all);
  }

  /** Whether options say to submit nothing, and to take over a task. */
  static boolean adopts(AnyJson options) {
    return options.tree() instanceof Map<?, ?> fields && fields.get("adopt") != null;
  }

  /** The task that options say to take over; empty where they name none, or none that can be. */
  static Optional<String> adopted(AnyJson options) {
    return options.tree() instanceof Map<?, ?> fields
            && fields.get("adopt") instanceof Map<?, ?> adopt
            && adopt.get("taskId") instanceof String taskId
        ? Optional.of(taskId).filter(TaskId::isOne)
        : Optional.empty();
  }

  /** Whether no rule is broken. */
  public boolean isValid() {
    return violations.isEmpty();
  }
}
