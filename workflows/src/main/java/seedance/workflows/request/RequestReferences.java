package seedance.workflows.request;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import seedance.workflows.json.Json;
import seedance.workflows.json.JsonPath;

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

  /** A stored input and where it stands. */
  public record PlacedInput(String path, StoredInput input) {
    public PlacedInput {
      Objects.requireNonNull(path, "path");
      Objects.requireNonNull(input, "input");
    }
  }

  /** The field of an item that can hold a reference, and to what. */
  private record Place(String holder, String field, Optional<GenerationOutput> output) {
    static Optional<Place> of(Json item) {
      return item.text("type")
          .flatMap(
              type ->
                  type.equals(DRAFT_TASK)
                      ? Optional.of(new Place(type, "id", Optional.of(GenerationOutput.TASK)))
                      : Medium.ofType(type).map(medium -> new Place(type, "url", medium.output())));
    }

    Optional<OutputReference> reference(Json item) {
      return item.at(holder).text(field).flatMap(OutputReference::of);
    }

    Optional<StoredInput> input(Json item) {
      return item.at(holder).text(field).flatMap(StoredInput::of);
    }

    Json with(Json item, String text) {
      return item.with(holder, item.at(holder).with(field, text));
    }

    String pathIn(String item) {
      return JsonPath.field(JsonPath.field(item, holder), field);
    }

    boolean fits(OutputReference reference) {
      return output.filter(reference.output()::equals).isPresent();
    }
  }

  /** What an item holds in its place, if anything. */
  private interface Reading<T> {
    Optional<T> of(Place place, Json item);
  }

  /** Returns every reference of a request that need not be valid, in the order of its content. */
  public static List<Placed> in(Json request) {
    return found(
        request, Place::reference, (path, place, it) -> new Placed(path, it, place.fits(it)));
  }

  /**
   * Returns every stored input of a request that need not be valid, in the order of its content.
   */
  public static List<PlacedInput> inputsIn(Json request) {
    return found(request, Place::input, (path, place, it) -> new PlacedInput(path, it));
  }

  private interface Placing<T, P> {
    P at(String path, Place place, T what);
  }

  private static <T, P> List<P> found(Json request, Reading<T> reading, Placing<T, P> placing) {
    List<P> found = new ArrayList<>();
    List<Json> items = request.at(CONTENT).items();
    for (int i = 0; i < items.size(); i++) {
      Json item = items.get(i);
      String path = JsonPath.item(CONTENT, i);
      Place.of(item)
          .flatMap(
              place -> reading.of(place, item).map(it -> placing.at(place.pathIn(path), place, it)))
          .ifPresent(found::add);
    }
    return found;
  }

  /**
   * Returns a request with other URLs or ids in the places of its references, and all else as it
   * was.
   *
   * @param replacement for a reference; the reference's own {@link OutputReference#url()} leaves it
   */
  public static Json replaced(Json request, Function<OutputReference, String> replacement) {
    return replaced(
        request, (place, item) -> place.reference(item).filter(place::fits).map(replacement));
  }

  /** As {@link #replaced}, of stored inputs. */
  public static Json replacedInputs(Json request, Function<StoredInput, String> replacement) {
    return replaced(request, (place, item) -> place.input(item).map(replacement));
  }

  private static Json replaced(Json request, Reading<String> text) {
    List<Json> items = request.at(CONTENT).items();
    List<Json> replaced =
        items.stream()
            .map(
                item ->
                    Place.of(item)
                        .flatMap(
                            place -> text.of(place, item).map(found -> place.with(item, found)))
                        .orElse(item))
            .toList();
    return replaced.equals(items) ? request : request.with(CONTENT, replaced);
  }
}
