package seedance.workflows.request;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * Finds and replaces references to other generations in a request's JSON, where URLs of media and
 * ids of drafts stand and nowhere else: the same words in a prompt are a prompt.
 */
public final class RequestReferences {
  private static final String CONTENT = "content";
  private static final String DRAFT_TASK = "draft_task";

  private RequestReferences() {}

  /**
   * A reference and where it stands.
   *
   * @param path in the request
   * @param fits whether what it names can stand there
   */
  public record Placed(String path, OutputReference reference, boolean fits) {
    public Placed {
      Objects.requireNonNull(path, "path");
      Objects.requireNonNull(reference, "reference");
    }
  }

  /** The field of an item that can hold a reference, and to what. */
  private record Place(String holder, String field, Optional<GenerationOutput> output) {
    static Optional<Place> of(Map<?, ?> item) {
      if (!(item.get("type") instanceof String type)) {
        return Optional.empty();
      }
      return type.equals(DRAFT_TASK)
          ? Optional.of(new Place(type, "id", Optional.of(GenerationOutput.TASK)))
          : Medium.ofType(type).map(medium -> new Place(type, "url", medium.output()));
    }

    Optional<OutputReference> reference(Map<?, ?> item) {
      return item.get(holder) instanceof Map<?, ?> object
              && object.get(field) instanceof String text
          ? OutputReference.of(text)
          : Optional.empty();
    }

    boolean fits(OutputReference reference) {
      return output.filter(reference.output()::equals).isPresent();
    }
  }

  /** Returns every reference of a request that need not be valid, in the order of its content. */
  public static List<Placed> in(AnyJson request) {
    List<Placed> found = new ArrayList<>();
    List<?> items = content(request.tree());
    for (int i = 0; i < items.size(); i++) {
      if (items.get(i) instanceof Map<?, ?> item) {
        String path = JsonPath.item(CONTENT, i);
        Place.of(item)
            .flatMap(
                place ->
                    place
                        .reference(item)
                        .map(
                            reference ->
                                new Placed(
                                    JsonPath.field(
                                        JsonPath.field(path, place.holder()), place.field()),
                                    reference,
                                    place.fits(reference))))
            .ifPresent(found::add);
      }
    }
    return found;
  }

  private static List<?> content(Object tree) {
    return tree instanceof Map<?, ?> fields && fields.get(CONTENT) instanceof List<?> items
        ? items
        : List.of();
  }

  /**
   * Returns a request with other URLs or ids in the places of its references, and all else as it
   * was.
   *
   * @param replacement for a reference; the reference's own {@link OutputReference#url()} leaves it
   */
  public static AnyJson replaced(AnyJson request, Function<OutputReference, String> replacement) {
    if (in(request).isEmpty()) {
      return request;
    }
    Map<Object, Object> fields = new LinkedHashMap<>((Map<?, ?>) request.tree());
    List<Object> items = new ArrayList<>(content(request.tree()));
    items.replaceAll(item -> item instanceof Map<?, ?> map ? replaced(map, replacement) : item);
    fields.put(CONTENT, items);
    return new AnyJson(fields);
  }

  private static Object replaced(Map<?, ?> item, Function<OutputReference, String> replacement) {
    return Place.of(item)
        .<Object>flatMap(
            place ->
                place
                    .reference(item)
                    .filter(place::fits)
                    .map(
                        reference -> {
                          Map<Object, Object> holder =
                              new LinkedHashMap<>((Map<?, ?>) item.get(place.holder()));
                          holder.put(place.field(), replacement.apply(reference));
                          Map<Object, Object> copy = new LinkedHashMap<>(item);
                          copy.put(place.holder(), holder);
                          return copy;
                        }))
        .orElse(item);
  }
}
