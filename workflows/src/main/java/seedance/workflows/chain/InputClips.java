package seedance.workflows.chain;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import seedance.workflows.chain.ReadStep.StepLink;
import seedance.workflows.json.Violations;
import seedance.workflows.request.GenerationOutput;
import seedance.workflows.request.Model;
import seedance.workflows.request.ModelCatalogue;
import seedance.workflows.request.SecondsRange;
import seedance.workflows.request.VideoRequest;

/** How long the clips are that steps pass on, and whether the taking model takes so much. */
final class InputClips {
  private final Map<String, ReadStep> steps;
  private final ModelCatalogue catalogue;
  private final Violations found;
  private final List<String> notes = new ArrayList<>();

  InputClips(Map<String, ReadStep> steps, ModelCatalogue catalogue, Violations found) {
    this.steps = steps;
    this.catalogue = catalogue;
    this.found = found;
  }

  private record KnownClip(StepLink link, SecondsRange seconds) {}

  /**
   * Names the inputs that break a limit even in the best case, and notes those that may break one.
   */
  void check() {
    for (ReadStep step : steps.values()) {
      step.valid()
          .flatMap(request -> limits(request).map(limits -> check(step, request, limits)))
          .filter(fits -> !fits)
          .ifPresent(
              broken ->
                  notes.add(
                      step.name()
                          + ": its input clips may become longer than the service takes, as the"
                          + " model decides how long they are"));
    }
  }

  List<String> notes() {
    return List.copyOf(notes);
  }

  /** Returns whether all is well in the worst case, or surely is not and was named. */
  private boolean check(ReadStep step, VideoRequest request, Model.Clips limits) {
    int before = found.count();
    boolean fits = true;
    SecondsRange total = SecondsRange.NONE;
    for (KnownClip clip : known(step)) {
      SecondsRange seconds = clip.seconds();
      total = total.plus(seconds);
      fits &= seconds.most() <= limits.longest();
      if (seconds.least() > limits.longest() || seconds.most() < limits.shortest()) {
        found.add(
            clip.link().path(),
            "step %s makes %s: an input clip has %d to %d s with %s"
                .formatted(
                    clip.link().reference().stepId(),
                    seconds.inWords(),
                    limits.shortest(),
                    limits.longest(),
                    request.model()));
      }
    }
    fits &= total.most() <= limits.total();
    if (found.count() == before && total.least() > limits.total()) {
      found.add(
          step.requestPath() + ".content",
          "its input clips have %s together: at most %d s with %s"
              .formatted(total.inWords(), limits.total(), request.model()));
    }
    return fits || found.count() > before;
  }

  private Optional<Model.Clips> limits(VideoRequest request) {
    return catalogue.find(request.model()).flatMap(model -> model.inputs().clips());
  }

  private List<KnownClip> known(ReadStep step) {
    List<KnownClip> known = new ArrayList<>();
    for (StepLink link : step.links()) {
      if (link.takes(GenerationOutput.VIDEO)) {
        Optional.ofNullable(steps.get(link.reference().stepId()))
            .flatMap(this::output)
            .ifPresent(seconds -> known.add(new KnownClip(link, seconds)));
      }
    }
    return known;
  }

  private Optional<SecondsRange> output(ReadStep step) {
    return step.valid()
        .flatMap(
            request ->
                catalogue
                    .outputSeconds(request)
                    .or(() -> draft(step).flatMap(catalogue::outputSeconds)));
  }

  /** The draft that a step makes the final of, where that is a step too. */
  Optional<VideoRequest> draft(ReadStep step) {
    return draftStep(step).flatMap(ReadStep::valid);
  }

  private Optional<ReadStep> draftStep(ReadStep step) {
    return step.links().stream()
        .filter(link -> link.takes(GenerationOutput.TASK))
        .findFirst()
        .map(link -> steps.get(link.reference().stepId()));
  }

  /**
   * Returns how long a valid step's input videos are together, or those of its draft; where nobody
   * knows, what its model takes. Empty where that is unknown too.
   */
  Optional<SecondsRange> inputSeconds(ReadStep step) {
    Optional<ReadStep> draft = draftStep(step);
    if (draft.isPresent()) {
      return inputSeconds(draft.get());
    }
    List<KnownClip> known = known(step);
    SecondsRange total =
        known.stream().map(KnownClip::seconds).reduce(SecondsRange.NONE, SecondsRange::plus);
    return catalogue.inputSeconds(step.valid().orElseThrow(), total, known.size());
  }
}
