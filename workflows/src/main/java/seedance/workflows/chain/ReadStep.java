package seedance.workflows.chain;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import seedance.workflows.json.Json;
import seedance.workflows.request.GenerationOutput;
import seedance.workflows.request.RequestReferences;
import seedance.workflows.request.StepReference;
import seedance.workflows.request.VideoRequest;

/**
 * A step as far as it could be read and checked by itself.
 *
 * @param path in the chain
 * @param name its id; its path where it has none of its own, which no reference can name
 * @param request as it was written
 * @param valid the request; empty where it breaks rules
 */
record ReadStep(
    String path, String name, Json request, boolean approve, Optional<VideoRequest> valid) {
  /** A reference to another step and where in the chain it stands. */
  record StepLink(String path, StepReference reference, boolean fits) {
    boolean takes(GenerationOutput output) {
      return fits && reference.output() == output;
    }
  }

  String requestPath() {
    return path + ".request";
  }

  List<StepLink> links() {
    return RequestReferences.in(request).stream().flatMap(this::link).toList();
  }

  private Stream<StepLink> link(RequestReferences.Placed placed) {
    return placed.reference() instanceof StepReference step
        ? Stream.of(new StepLink(requestPath() + "." + placed.path(), step, placed.fits()))
        : Stream.empty();
  }

  boolean isDraft() {
    return request.isTrue("draft");
  }
}
