package seedance.activities.generation;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import seedance.activities.store.ArtifactStore;
import seedance.workflows.generation.GenerationOptions;
import seedance.workflows.generation.GenerationPlan;
import seedance.workflows.generation.Marking;
import seedance.workflows.generation.OptionsVerdict;
import seedance.workflows.generation.TaskTraits;
import seedance.workflows.generation.ValidateActivity;
import seedance.workflows.generation.Validation;
import seedance.workflows.request.AnyJson;
import seedance.workflows.request.GenerationMode;
import seedance.workflows.request.GenerationReference;
import seedance.workflows.request.Model;
import seedance.workflows.request.ModelCatalogue;
import seedance.workflows.request.Price;
import seedance.workflows.request.RequestRules;
import seedance.workflows.request.RequestVerdict;
import seedance.workflows.request.SecondsRange;
import seedance.workflows.request.TokenCount;
import seedance.workflows.request.VideoRequest;
import seedance.workflows.request.Violation;

/** Holds requests to {@link RequestRules} with the catalogue in force on this worker. */
final class ValidateByRules implements ValidateActivity {
  private static final Duration USUAL_TIME = Duration.ofMinutes(2);

  private final ModelCatalogue catalogue;
  private final RequestRules rules;
  private final LookSchedule schedule;
  private final ArtifactStore store;
  private final boolean marksBySafetyIdentifier;

  ValidateByRules(
      ModelCatalogue catalogue,
      LookSchedule schedule,
      ArtifactStore store,
      boolean marksBySafetyIdentifier) {
    this.store = Objects.requireNonNull(store, "store");
    this.catalogue = Objects.requireNonNull(catalogue, "catalogue");
    this.rules = new RequestRules(catalogue);
    this.schedule = Objects.requireNonNull(schedule, "schedule");
    this.marksBySafetyIdentifier = marksBySafetyIdentifier;
  }

  @Override
  public Validation validate(AnyJson request, AnyJson options) {
    OptionsVerdict judgedOptions = GenerationOptions.check(AnyJson.orNull(options));
    GenerationOptions inForce =
        judgedOptions instanceof OptionsVerdict.Valid valid
            ? valid.options()
            : GenerationOptions.DEFAULTS;
    AnyJson body = AnyJson.orNull(request);
    if (body.tree() == null && inForce.adopt().isPresent()) {
      return new Validation.Valid(planWithoutRequest(inForce));
    }
    RequestVerdict judgedRequest = rules.check(body, inForce.allowUnknownFields());
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
    Optional<VideoRequest> draft = draft(request);
    return new GenerationPlan(
        options.adopt().isPresent() ? GenerationPlan.ADOPTED_MODE : request.mode().label(),
        request.model(),
        catalogue.resolution(request).orElse(null),
        catalogue.seconds(request).orElse(null),
        schedule.expected(catalogue.typicalTime(request)),
        request
            .settings()
            .executionExpiresAfter()
            .map(seconds -> Duration.ofSeconds(seconds))
            .orElse(GenerationPlan.USUAL_EXPIRY),
        price(request, draft).orElse(null),
        marking(request),
        traits(request),
        options,
        tokens(request, draft.orElse(request)).orElse(null),
        rules.notes(request));
  }

  private Optional<Price> price(VideoRequest request, Optional<VideoRequest> draft) {
    return catalogue
        .price(request)
        .or(() -> draft.flatMap(known -> catalogue.priceOfFinal(request, known)));
  }

  /** Nobody has looked how long the input videos are: as long as the model takes them. */
  private Optional<TokenCount> tokens(VideoRequest request, VideoRequest source) {
    return catalogue
        .inputSeconds(source, SecondsRange.NONE, 0)
        .flatMap(input -> catalogue.tokens(request, input, source));
  }

  /** The request of the stored draft that a final refers to; empty where that cannot be read. */
  private Optional<VideoRequest> draft(VideoRequest request) {
    if (!(request.mode() instanceof GenerationMode.FinalOfDraft last)) {
      return Optional.empty();
    }
    Optional<GenerationReference> draft = GenerationReference.of(last.draftTaskId());
    if (draft.isEmpty()) {
      return Optional.empty();
    }
    try {
      return StoredGeneration.latest(store, draft.get().workflowId())
          .map(stored -> rules.check(AnyJson.orNull(stored.manifest().request()), true))
          .flatMap(
              verdict ->
                  verdict instanceof RequestVerdict.Valid valid
                      ? Optional.of(valid.request())
                      : Optional.empty());
    } catch (IOException e) {
      // The price is worth less than the clip: its cost will say that it is not known.
      return Optional.empty();
    }
  }

  private GenerationPlan planWithoutRequest(GenerationOptions options) {
    return new GenerationPlan(
        GenerationPlan.ADOPTED_MODE,
        GenerationPlan.UNKNOWN_MODEL,
        null,
        null,
        schedule.expected(USUAL_TIME),
        GenerationPlan.USUAL_EXPIRY,
        null,
        Marking.NONE,
        TaskTraits.ANY,
        options);
  }

  private Marking marking(VideoRequest request) {
    boolean isDrawn = catalogue.seed(request).filter(seed -> seed >= 0).isEmpty();
    if (takesASeed(request) && isDrawn) {
      return Marking.SEED;
    }
    return marksBySafetyIdentifier && request.settings().safetyIdentifier().isEmpty()
        ? Marking.SAFETY_IDENTIFIER
        : Marking.NONE;
  }

  /** A draft's final has the draft's seed, whatever is asked for. */
  private boolean takesASeed(VideoRequest request) {
    return catalogue.seedSupport(request.model()) == Model.SeedSupport.YES
        && !(request.mode() instanceof GenerationMode.FinalOfDraft);
  }

  private static Optional<Long> seed(VideoRequest request) {
    return request.settings().seed().filter(seed -> seed >= 0);
  }

  private TaskTraits traits(VideoRequest request) {
    VideoRequest.Settings settings = request.settings();
    boolean lengthIsInFrames = settings.frames().isPresent();
    return new TaskTraits(
        catalogue
            .find(request.model())
            .map(model -> Stream.concat(Stream.of(model.id()), model.aliases().stream()).toList())
            .orElse(List.of()),
        takesASeed(request) ? seed(request).orElse(null) : null,
        settings.resolution().orElse(null),
        settings.ratio().filter(ratio -> !ratio.equals("adaptive")).orElse(null),
        settings.duration().filter(seconds -> seconds > 0 && !lengthIsInFrames).orElse(null),
        settings.safetyIdentifier().orElse(null));
  }
}
