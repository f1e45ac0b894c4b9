package seedance.workflows.request;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import seedance.workflows.json.InvalidFileException;
import seedance.workflows.json.JsonFile;

/**
 * The Seedance models with what they take, make, cost and how long they need: data, not code. The
 * built-in one can be extended and overridden by a JSON file of the same form. Immutable.
 */
public final class ModelCatalogue {
  private static final String RESOURCE = "/seedance/models.json";
  private static final ModelCatalogue BUILT_IN = readBuiltIn();

  private static final int USUAL_SECONDS = 5;

  /** For models of which nothing is known: what the slower known ones need. */
  private static final NavigableMap<Integer, Duration> USUAL_TIMES =
      new TreeMap<>(
          Map.of(
              5, Duration.ofSeconds(120),
              15, Duration.ofSeconds(180),
              30, Duration.ofSeconds(330)));

  private static final Duration USUAL_FLEX_TIME = Duration.ofHours(2);

  private final CatalogueReader.Catalogue catalogue;
  private final Map<String, Model> byName;
  private final ModelLimits anyModel;

  private ModelCatalogue(CatalogueReader.Catalogue catalogue) {
    this.catalogue = catalogue;
    Map<String, Model> names = new LinkedHashMap<>();
    catalogue.models().values().forEach(m -> m.aliases().forEach(alias -> names.put(alias, m)));
    names.putAll(catalogue.models());
    this.byName = names;
    this.anyModel = ModelLimits.ofAny(catalogue.models().values());
  }

  /** Returns the catalogue that comes with this version. */
  public static ModelCatalogue builtIn() {
    return BUILT_IN;
  }

  private static ModelCatalogue readBuiltIn() {
    try (InputStream in = ModelCatalogue.class.getResourceAsStream(RESOURCE)) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return new ModelCatalogue(
          CatalogueReader.read("models.json", text, CatalogueReader.Catalogue.EMPTY));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Returns this catalogue with the models of a file added; a model that is already here is
   * overridden key by key.
   *
   * @throws InvalidFileException if the file cannot be read or is not a catalogue
   */
  public ModelCatalogue extendedBy(Path file) {
    return extendedBy(file.toString(), JsonFile.text(file));
  }

  /**
   * Returns this catalogue with the models of a JSON text added.
   *
   * @param sourceName what messages call the text, usually its file's name
   * @throws InvalidFileException if the text is not a catalogue
   */
  public ModelCatalogue extendedBy(String sourceName, String jsonText) {
    return new ModelCatalogue(CatalogueReader.read(sourceName, jsonText, catalogue));
  }

  /** Returns all models, in the order of the files. */
  public Collection<Model> models() {
    return Collections.unmodifiableCollection(catalogue.models().values());
  }

  /** Returns the model of that id or alias; empty for endpoints {@code ep-…} and unknown models. */
  public Optional<Model> find(String idOrAlias) {
    return Optional.ofNullable(byName.get(idOrAlias));
  }

  /** Returns whether a model takes {@code seed}; unknown for an unknown model. */
  public Model.SeedSupport seedSupport(String idOrAlias) {
    return find(idOrAlias).map(Model::seed).orElse(Model.SeedSupport.UNKNOWN);
  }

  /** The limits of a model, or for an unknown one those that no known model goes beyond. */
  ModelLimits limitsFor(String idOrAlias) {
    return find(idOrAlias).map(ModelLimits::of).orElse(anyModel);
  }

  private RequestForm form(VideoRequest request) {
    return RequestForm.of(request, find(request.model()));
  }

  /**
   * Returns the resolution asked for, by the body or the flags of a prompt that the model obeys, or
   * else the model's own; empty if that is unknown.
   */
  public Optional<String> resolution(VideoRequest request) {
    return form(request).resolution();
  }

  /**
   * Returns in one line what is asked for, such as {@code text · doubao-seedance-2-0 · 720p · 5 s}:
   * for labels, as nothing of a prompt is in it.
   */
  public String summary(VideoRequest request) {
    return VideoRequest.summary(
        request.mode().label(), request.model(), resolution(request), seconds(request));
  }

  /**
   * Returns the video's length in seconds, rounded: asked for, or else the model's default; empty
   * where the model decides, a draft decided, or the model is unknown.
   */
  public Optional<Integer> seconds(VideoRequest request) {
    return form(request).seconds();
  }

  /**
   * Returns how long the video can become; empty for a final, whose length its draft has, and where
   * the model is unknown and the request says nothing. {@code duration: -1} gives all that the
   * model makes.
   */
  public Optional<SecondsRange> outputSeconds(VideoRequest request) {
    return form(request).outputSeconds();
  }

  /**
   * Returns how long a request's reference videos are together; where nobody knows, what its model
   * takes. Empty where that is unknown too.
   *
   * @param known how long those are together whose length is known
   * @param count how many those are
   */
  public Optional<SecondsRange> inputSeconds(VideoRequest request, SecondsRange known, int count) {
    return form(request).inputSeconds(known, count);
  }

  /** Returns the seed asked for, by the body or the flags of a prompt that the model obeys. */
  public Optional<Long> seed(VideoRequest request) {
    return form(request).settings().seed();
  }

  /**
   * Returns what a request can cost by the list, the longest video being the worst case where the
   * model decides; empty where no price or no length is known, and for a final.
   *
   * @param inputVideo how long its reference videos are together
   */
  public Optional<CostEstimate> estimate(VideoRequest request, SecondsRange inputVideo) {
    return estimateFinal(request, inputVideo, request);
  }

  /**
   * Returns what the final of a draft can cost, which depends on the draft's inputs and its length.
   *
   * @param inputVideo how long the draft's reference videos are together
   */
  public Optional<CostEstimate> estimateFinal(
      VideoRequest request, SecondsRange inputVideo, VideoRequest draft) {
    return priceOfFinal(request, draft)
        .flatMap(price -> tokens(request, inputVideo, draft).map(tokens -> tokens.at(price)));
  }

  /**
   * Returns how many tokens the service can count for a request; empty where no length or no size
   * is known.
   *
   * @param inputVideo how long its reference videos are together, or those of its draft
   * @param source the request that decides inputs and length: a final's draft, else the request
   */
  public Optional<TokenCount> tokens(
      VideoRequest request, SecondsRange inputVideo, VideoRequest source) {
    RequestForm made = form(request);
    RequestForm decided = form(source);
    Optional<String> ratio = made.settings().ratio().or(() -> decided.settings().ratio());
    return made.resolution()
        .flatMap(name -> FrameSize.of(name, ratio))
        .flatMap(size -> decided.tokens(inputVideo, size));
  }

  /**
   * Returns how long the generation typically takes from its creation, queue aside; a sensible
   * guess where nothing is known.
   */
  public Duration typicalTime(VideoRequest request) {
    Optional<Model> model = find(request.model());
    if (ListPrice.isFlex(request)) {
      return model.flatMap(m -> m.times().flex()).orElse(USUAL_FLEX_TIME);
    }
    int seconds =
        seconds(request)
            .or(() -> model.map(m -> m.output().seconds()).map(s -> (s.min() + s.max()) / 2))
            .orElse(USUAL_SECONDS);
    return interpolated(model.map(m -> times(m, resolution(request))).orElse(USUAL_TIMES), seconds);
  }

  private static NavigableMap<Integer, Duration> times(Model model, Optional<String> resolution) {
    Map<String, NavigableMap<Integer, Duration>> times = model.times().byResolution();
    return resolution
        .map(times::get)
        .or(() -> model.output().defaultResolution().map(times::get))
        .orElse(USUAL_TIMES);
  }

  private static Duration interpolated(NavigableMap<Integer, Duration> times, int seconds) {
    Map.Entry<Integer, Duration> below = times.floorEntry(seconds);
    Map.Entry<Integer, Duration> above = times.ceilingEntry(seconds);
    if (below == null || above == null) {
      return (below == null ? above : below).getValue();
    }
    if (below.getKey().equals(above.getKey())) {
      return below.getValue();
    }
    Duration more = above.getValue().minus(below.getValue());
    return below
        .getValue()
        .plus(
            more.multipliedBy(seconds - below.getKey()).dividedBy(above.getKey() - below.getKey()));
  }

  /**
   * Returns the list price that holds for a request; empty where none is known, or where it depends
   * on what only the draft's own request says.
   */
  public Optional<Price> price(VideoRequest request) {
    return priceOfFinal(request, request);
  }

  /**
   * Returns the list price that holds for the final of a draft; empty where none is known.
   *
   * @param draft the draft's own request, on whose inputs it depends
   */
  public Optional<Price> priceOfFinal(VideoRequest request, VideoRequest draft) {
    return find(request.model())
        .flatMap(model -> ListPrice.of(model, resolution(request), request, draft));
  }
}
