package seedance.activities.generation;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import seedance.workflows.generation.GenerationOptions;
import seedance.workflows.generation.GenerationPlan;
import seedance.workflows.generation.OptionsVerdict;
import seedance.workflows.generation.ValidateActivity;
import seedance.workflows.generation.Validation;
import seedance.workflows.request.AnyJson;
import seedance.workflows.request.ModelCatalogue;
import seedance.workflows.request.RequestRules;
import seedance.workflows.request.RequestVerdict;
import seedance.workflows.request.VideoRequest;
import seedance.workflows.request.Violation;

/** Holds requests to {@link RequestRules} with the catalogue in force on this worker. */
final class ValidateByRules implements ValidateActivity {
  private final ModelCatalogue catalogue;
  private final RequestRules rules;
  private final LookSchedule schedule;

  ValidateByRules(ModelCatalogue catalogue, LookSchedule schedule) {
    this.catalogue = Objects.requireNonNull(catalogue, "catalogue");
    this.rules = new RequestRules(catalogue);
    this.schedule = Objects.requireNonNull(schedule, "schedule");
  }

  @Override
  public Validation validate(AnyJson request, AnyJson options) {
    OptionsVerdict judgedOptions = GenerationOptions.check(AnyJson.orNull(options));
    GenerationOptions inForce =
        judgedOptions instanceof OptionsVerdict.Valid valid
            ? valid.options()
            : GenerationOptions.DEFAULTS;
    RequestVerdict judgedRequest =
        rules.check(AnyJson.orNull(request), inForce.allowUnknownFields());
    List<Violation> violations = new ArrayList<>();
    if (judgedRequest instanceof RequestVerdict.Invalid invalid) {
      violations.addAll(invalid.violations());
    }
    if (judgedOptions instanceof OptionsVerdict.Invalid invalid) {
      violations.addAll(invalid.violations());
    }
    return judgedRequest instanceof RequestVerdict.Valid valid && violations.isEmpty()
        ? new Validation.Valid(plan(valid.request(), inForce))
        : new Validation.Invalid(violations);
  }

  private GenerationPlan plan(VideoRequest request, GenerationOptions options) {
    return new GenerationPlan(
        request.mode().label(),
        request.model(),
        catalogue.resolution(request).orElse(null),
        catalogue.seconds(request).orElse(null),
        schedule.expected(catalogue.typicalTime(request)),
        options.submitWithin(),
        catalogue.price(request).orElse(null));
  }
}
