package seedance.activities.generation;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import seedance.activities.store.ArtifactStore;
import seedance.workflows.generation.CheckedGeneration;
import seedance.workflows.generation.GenerationOptions;
import seedance.workflows.generation.GenerationPlan;
import seedance.workflows.generation.GenerationRules;
import seedance.workflows.generation.Marking;
import seedance.workflows.generation.TaskTraits;
import seedance.workflows.generation.ValidateActivity;
import seedance.workflows.generation.Validation;
import seedance.workflows.json.Json;
import seedance.workflows.json.Verdict;
import seedance.workflows.json.Violation;
import seedance.workflows.request.GenerationMode;
import seedance.workflows.request.GenerationReference;
import seedance.workflows.request.Model;
import seedance.workflows.request.ModelCatalogue;
import seedance.workflows.request.Price;
import seedance.workflows.request.RequestRules;
import seedance.workflows.request.SecondsRange;
import seedance.workflows.request.TokenCount;
import seedance.workflows.request.VideoRequest;

/** Holds requests to {@link RequestRules} with the catalogue in force on this worker. */
final class ValidateByRules implements ValidateActivity {
  private static final Duration USUAL_TIME = Duration.ofMinutes(2);

  private final ModelCatalogue catalogue;
  private final GenerationRules generations;
  private final RequestRules rules;
  private final LookSchedule schedule;
  private final Looks looks;
  private final ArtifactStore store;
  private final boolean marksBySafetyIdentifier;

  ValidateByRules(
      ModelCatalogue catalogue, Looks looks, ArtifactStore store, boolean marksBySafetyIdentifier) {
    this.store = Objects.requireNonNull(store, "store");
    this.catalogue = Objects.requireNonNull(catalogue, "catalogue");
    this.generations = new GenerationRules(catalogue);
    this.rules = new RequestRules(catalogue);
    this.looks = Objects.requireNonNull(looks, "looks");
    this.schedule = looks.schedule();
    this.marksBySafetyIdentifier = marksBySafetyIdentifier;
  }

  @Override
  public Validation validate(@Nullable Json request, @Nullable Json options) {
    Verdict<GenerationPlan> verdict = generations.check(request, options).then(this::planned);

    return verdict
        .value()
        .<Validation>map(Validation.Valid::new)
        .orElseGet(() -> new Validation.Invalid(verdict.violations()));
  }

  private Verdict<GenerationPlan> planned(CheckedGeneration checked) {
    List<Violation> faults =
        checked
            .request()
            .map(request -> new InputLinks(store).faults(request.json(), ""))
            .orElse(List.of());
    if (!faults.isEmpty()) {
      return Verdict.invalid(faults);
    }
    GenerationPlan plan = plan(checked);
    looks.prepare(plan.group(), plan.typicalTime());
    return Verdict.valid(plan);
  }

  private GenerationPlan plan(CheckedGeneration checked) {
    return checked
        .request()
        .map(request -> plan(request, checked.options()))
        .orElseGet(() -> planWithoutRequest(checked.options()));
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
        TaskGroup.of(request, catalogue).orElse(null),
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
          .map(stored -> rules.check(stored.manifest().request(), true))
          .flatMap(Verdict::value);
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
