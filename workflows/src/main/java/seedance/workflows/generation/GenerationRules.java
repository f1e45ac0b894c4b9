package seedance.workflows.generation;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import seedance.workflows.json.Json;
import seedance.workflows.json.Verdict;
import seedance.workflows.request.ModelCatalogue;
import seedance.workflows.request.RequestRules;
import seedance.workflows.request.VideoRequest;

/**
 * The rules for one generation: its request by {@link RequestRules}, and its options. A client, the
 * command line and the worker ask the same ones; they agree where their catalogues do. Pure and
 * thread-safe.
 */
public final class GenerationRules {
  private final RequestRules rules;

  /** Rules by the models of a catalogue. */
  public GenerationRules(ModelCatalogue catalogue) {
    this.rules = new RequestRules(catalogue);
  }

  /**
   * Checks a request and its options in one pass.
   *
   * @param body the service's create body; null and JSON null count as absent, which is right where
   *     the options name a task to take over
   * @param options null and JSON null give the defaults
   * @return every violation of the request, then those of the options
   */
  public Verdict<CheckedGeneration> check(@Nullable Json body, @Nullable Json options) {
    Verdict<GenerationOptions> run = GenerationOptions.check(options);
    GenerationOptions inForce = run.value().orElse(GenerationOptions.DEFAULTS);
    if (Json.orNull(body).isNull() && GenerationOptions.adopts(Json.orNull(options))) {
      return run.then(
          valid -> Verdict.valid(new CheckedGeneration(Optional.empty(), valid, List.of())));
    }
    Verdict<VideoRequest> request = rules.check(body, inForce.allowUnknownFields());
    return request
        .then(
            valid ->
                Verdict.valid(
                    new CheckedGeneration(Optional.of(valid), inForce, rules.notes(valid))))
        .and(run.violations());
  }
}
