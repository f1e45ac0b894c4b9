package seedance.workflows.generation;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import seedance.workflows.request.VideoRequest;

/**
 * A generation that breaks no rule.
 *
 * @param request empty where there is none, as its options name a task to take over instead
 * @param notes what a person should know of the request although no rule forbids it, such as a
 *     model that nobody knows; sentences without prompts or URLs
 */
public record CheckedGeneration(
    Optional<VideoRequest> request, GenerationOptions options, List<String> notes) {
  public CheckedGeneration {
    Objects.requireNonNull(request, "request");
    Objects.requireNonNull(options, "options");
    notes = List.copyOf(notes);
  }
}
