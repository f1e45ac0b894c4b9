package seedance.workflows.chain;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import seedance.workflows.request.AnyJson;
import seedance.workflows.request.GenerationOutput;
import seedance.workflows.request.RequestReferences;
import seedance.workflows.request.StepReference;
import seedance.workflows.request.VideoRequest;

/**
 * A step as far as it could be read and judged by itself.
 *
 * @param path in the chain
 * @param name its id; its path where it has none of its own, which no reference can name
 * @param request as it was written
 * @param valid the request; empty where it breaks rules
 */
record ReadStep(
    String path, String name, AnyJson request, boolean approve, Optional<VideoRequest> valid) {
  private static final String RETURN_LAST_FRAME = "return_last_frame";

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
    return field("draft");
  }

  boolean returnsLastFrame() {
    return field(RETURN_LAST_FRAME);
  }

  private boolean field(String name) {
    return request.tree() instanceof Map<?, ?> fields && Boolean.TRUE.equals(fields.get(name));
  }

  /** The request with {@code return_last_frame} switched on, all else unchanged. */
  AnyJson withLastFrame() {
    Map<Object, Object> fields = new LinkedHashMap<>((Map<?, ?>) request.tree());
    fields.put(RETURN_LAST_FRAME, true);
    return new AnyJson(fields);
  }
}
