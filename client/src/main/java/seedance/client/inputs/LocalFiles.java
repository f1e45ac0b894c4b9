package seedance.client.inputs;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import seedance.client.inputs.LocalFile.OfRequest;
import seedance.workflows.json.Json;
import seedance.workflows.json.JsonPath;
import seedance.workflows.request.Medium;

/**
 * The files on the caller's machine that a body names where URLs of media stand, and nowhere else:
 * {@code cat.png}, {@code ./a/b.mov}, {@code ~/x.png}, {@code file:///…}, {@code C:\…}; and the
 * media that stand there themselves, as {@code data:} URLs, where that cannot be sent: of a body
 * that is too large, and videos. The body is a request or a chain and need not be valid; what is
 * neither stays as it is, for the rules.
 */
final class LocalFiles {
  private static final String CONTENT = "content";
  private static final String STEPS = "steps";
  private static final String REQUEST = "request";
  private static final String URL = "url";

  private final Json body;
  private final LocalPaths paths;
  private final Predicate<Medium> movesInline;
  private final List<LocalFile> all;

  private LocalFiles(Json body, LocalPaths paths, Predicate<Medium> movesInline) {
    this.body = body;
    this.paths = paths;
    this.movesInline = movesInline;
    List<LocalFile> found = new ArrayList<>();
    replaced(
        (file, url) -> {
          found.add(file);
          return url;
        });
    this.all = List.copyOf(found);
  }

  /**
   * Finds the files that a body names.
   *
   * @param body a request, or a chain by its {@code steps}
   * @param folder from which relative paths count: that of the body's file
   * @param inline what becomes of media in the body itself
   */
  public static LocalFiles in(Json body, Path folder, Inlining inline) {
    return in(body, folder, Path.of(System.getProperty("user.home", "")), inline);
  }

  /**
   * {@link #in(Json, Path, Inlining)} with another home.
   *
   * @param home what {@code ~} stands for
   */
  static LocalFiles in(Json body, Path folder, Path home, Inlining inline) {
    return new LocalFiles(body, new LocalPaths(folder, home), inline.movedOf(body));
  }

  /** Returns them in the order of the body; one that is named twice is there twice. */
  public List<LocalFile> all() {
    return all;
  }

  /**
   * Returns the body with other URIs in the places of the files, and all else as it was: unknown
   * fields, their order and numbers too.
   *
   * @param stored where a file is now, such as {@code store://inputs/SHA256.png}
   */
  public Json replacedBy(Function<LocalFile, URI> stored) {
    return all.isEmpty() ? body : replaced((file, url) -> stored.apply(file).toString());
  }

  private Json replaced(BiFunction<LocalFile, String, String> change) {
    if (!body.has(STEPS)) {
      return inRequest(body, JsonPath.ROOT, change);
    }
    List<Json> steps = body.at(STEPS).items();
    return withItems(
        body,
        STEPS,
        IntStream.range(0, steps.size())
            .mapToObj(i -> inStep(steps.get(i), JsonPath.item(STEPS, i), change))
            .toList());
  }

  private Json inStep(Json step, String path, BiFunction<LocalFile, String, String> change) {
    return step.has(REQUEST)
        ? step.with(REQUEST, inRequest(step.at(REQUEST), JsonPath.field(path, REQUEST), change))
        : step;
  }

  private Json inRequest(Json request, String path, BiFunction<LocalFile, String, String> change) {
    OfRequest place = new OfRequest(path, request.text("model"));
    List<Json> items = request.at(CONTENT).items();
    return withItems(
        request,
        CONTENT,
        IntStream.range(0, items.size())
            .mapToObj(i -> inItem(items.get(i), JsonPath.item(place.content(), i), place, change))
            .toList());
  }

  private static Json withItems(Json object, String name, List<Json> items) {
    return items.isEmpty() ? object : object.with(name, items);
  }

  private Json inItem(
      Json item, String path, OfRequest request, BiFunction<LocalFile, String, String> change) {
    Json changed = item;
    for (Medium medium : Medium.values()) {
      Json holder = item.at(medium.type());
      Optional<String> url = holder.text(URL);
      Optional<Source> source = url.flatMap(text -> source(text, medium));
      if (source.isPresent()) {
        LocalFile found =
            new LocalFile(
                JsonPath.field(JsonPath.field(path, medium.type()), URL),
                url.orElseThrow(),
                source.get(),
                medium,
                request);
        changed =
            changed.with(medium.type(), holder.with(URL, change.apply(found, found.written())));
      }
    }
    return changed;
  }

  private Optional<Source> source(String url, Medium medium) {
    Optional<Source> onDisk = paths.file(url).map(Source.OnDisk::new);
    return onDisk.isPresent() || !movesInline.test(medium)
        ? onDisk
        : Source.Inline.of(url).map(inline -> inline);
  }
}
