package seedance.workflows.request;

import java.util.Optional;

/**
 * The form that a request's video will have: what the body says, what the flags of its prompt say
 * where its model obeys them, and what the model presets.
 *
 * @param model empty where it is not known
 * @param settings of the body and of the prompt
 */
record RequestForm(Optional<Model> model, GenerationMode mode, VideoRequest.Settings settings) {
  static RequestForm of(VideoRequest request, Optional<Model> model) {
    VideoRequest.Settings settings =
        model
            .filter(Model::promptFlags)
            .map(known -> PromptFlags.in(request).addedTo(request.settings(), known.output()))
            .orElse(request.settings());
    return new RequestForm(model, request.mode(), settings);
  }

  Optional<String> resolution() {
    return settings.resolution().or(() -> model.flatMap(this::presetResolution));
  }

  private Optional<String> presetResolution(Model known) {
    Optional<Model.Draft> draft = known.output().draft();
    boolean isDraft = settings.draft().orElse(false);
    if (draft.isPresent() && isDraft && draft.get().resolutions().size() == 1) {
      return Optional.of(draft.get().resolutions().get(0));
    }
    if (draft.isPresent() && isFinal() && draft.get().finalResolutions().size() == 1) {
      return Optional.of(draft.get().finalResolutions().get(0));
    }
    return known.output().defaultResolution();
  }

  private boolean isFinal() {
    return mode instanceof GenerationMode.FinalOfDraft;
  }

  /** Rounded; empty where the model decides, a draft decided, or the model is unknown. */
  Optional<Integer> seconds() {
    if (settings.frames().isPresent()) {
      return settings
          .frames()
          .map(f -> Math.max(1, Math.round(f / (float) SettingRanges.FRAMES_PER_SECOND)));
    }
    Optional<Integer> seconds = settings.duration();
    if (seconds.isEmpty() && !isFinal()) {
      seconds = model.map(known -> known.output().seconds().preset());
    }
    return seconds.filter(given -> given > 0);
  }

  /** All that the model makes where it decides; empty for a final whose length its draft has. */
  Optional<SecondsRange> outputSeconds() {
    Optional<Integer> frames = settings.frames();
    if (frames.isPresent()) {
      int shorter = frames.get() / SettingRanges.FRAMES_PER_SECOND;
      boolean whole = frames.get() % SettingRanges.FRAMES_PER_SECOND <= 1; // 121 frames are 5 s
      return Optional.of(new SecondsRange(shorter, whole ? shorter : shorter + 1));
    }
    if (isFinal() && settings.duration().isEmpty()) {
      return Optional.empty();
    }
    return seconds()
        .map(seconds -> new SecondsRange(seconds, seconds))
        .or(
            () ->
                model
                    .map(known -> known.output().seconds())
                    .map(seconds -> new SecondsRange(seconds.min(), seconds.max())));
  }

  /**
   * How long its reference videos are together; where nobody knows, what its model takes. Empty
   * where that is unknown too.
   *
   * @param known how long those are together whose length is known
   * @param count how many those are
   */
  Optional<SecondsRange> inputSeconds(SecondsRange known, int count) {
    int unknown = videos() - count;
    Optional<Model.Clips> limits = model.flatMap(any -> any.inputs().clips());
    if (limits.isEmpty()) {
      return unknown == 0 ? Optional.of(known) : Optional.empty();
    }
    // What is longer than the service takes is refused, and not charged.
    int most = Math.min(limits.get().total(), known.most() + unknown * limits.get().longest());
    int least = Math.min(most, known.least() + unknown * limits.get().shortest());
    return Optional.of(new SecondsRange(least, most));
  }

  /** How many tokens its video takes, with input videos of so many seconds. */
  Optional<TokenCount> tokens(SecondsRange input, FrameSize size) {
    return outputSeconds()
        .map(
            output -> {
              SecondsRange atLeast = leastBilled(output);
              return settings
                  .frames()
                  .map(frames -> TokenCount.of(frames, input, atLeast, size))
                  .orElseGet(() -> TokenCount.of(output, input, atLeast, size));
            });
  }

  private SecondsRange leastBilled(SecondsRange output) {
    return model
        .flatMap(Model::leastWithInputVideo)
        .filter(any -> videos() > 0)
        .map(least -> least.of(output))
        .orElse(SecondsRange.NONE);
  }

  private int videos() {
    return mode instanceof GenerationMode.Reference given ? given.videos().size() : 0;
  }
}
