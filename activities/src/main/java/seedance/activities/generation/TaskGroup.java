package seedance.activities.generation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import seedance.workflows.request.GenerationMode;
import seedance.workflows.request.Model;
import seedance.workflows.request.ModelCatalogue;
import seedance.workflows.request.VideoRequest;

/** Names the tasks that take about as long as each other. */
final class TaskGroup {
  /** No model has a longer id. */
  private static final int LONGEST_MODEL = 100;

  private TaskGroup() {}

  /**
   * Such as {@code doubao-seedance-2-0-260128 720p 5 s}; of one tier, and with or without a video
   * to look at.
   *
   * @return empty where the model's id is none
   */
  static Optional<String> of(VideoRequest request, ModelCatalogue catalogue) {
    String model = catalogue.find(request.model()).map(Model::id).orElse(request.model());
    if (model.length() > LONGEST_MODEL) {
      return Optional.empty();
    }
    List<String> words = new ArrayList<>(List.of(model));
    catalogue.resolution(request).ifPresent(words::add);
    catalogue.seconds(request).ifPresent(seconds -> words.add(seconds + " s"));
    if (request.mode() instanceof GenerationMode.Reference from && !from.videos().isEmpty()) {
      words.add("with a video");
    }
    request.settings().serviceTier().filter(tier -> !tier.equals("default")).ifPresent(words::add);
    return Optional.of(String.join(" ", words));
  }
}
