package seedance.workflows.request;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The Seedance models with what they take, make, cost and how long they need: data, not code. The
 * built-in one can be extended and overridden by a JSON file of the same form. Immutable.
 */
public final class ModelCatalogue {
  private static final String RESOURCE = "/seedance/models.json";
  private static final ModelCatalogue BUILT_IN = readBuiltIn();

  private static final String FLEX = "flex";
  private static final int FRAMES_PER_SECOND = 24;
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
   * @throws InvalidCatalogueException if the file cannot be read or is not a catalogue
   */
  public ModelCatalogue extendedBy(Path file) {
    try {
      return extendedBy(file.toString(), Files.readString(file));
    } catch (IOException e) {
      throw new InvalidCatalogueException(file, e);
    }
  }

  /**
   * Returns this catalogue with the models of a JSON text added.
   *
   * @param sourceName what messages call the text, usually its file's name
   * @throws InvalidCatalogueException if the text is not a catalogue
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

  /** Returns the resolution asked for, or else the model's own; empty if that is unknown. */
  public Optional<String> resolution(VideoRequest request) {
    return request
        .settings()
        .resolution()
        .or(() -> find(request.model()).flatMap(model -> presetResolution(model, request)));
  }

  private static Optional<String> presetResolution(Model model, VideoRequest request) {
    Optional<Model.Draft> draft = model.output().draft();
    boolean isDraft = request.settings().draft().orElse(false);
    if (draft.isPresent() && isDraft && draft.get().resolutions().size() == 1) {
      return Optional.of(draft.get().resolutions().get(0));
    }
    if (draft.isPresent()
        && request.mode() instanceof GenerationMode.FinalOfDraft
        && draft.get().finalResolutions().size() == 1) {
      return Optional.of(draft.get().finalResolutions().get(0));
    }
    return model.output().defaultResolution();
  }

  /**
   * Returns the video's length in seconds, rounded: asked for, or else the model's default; empty
   * where the model decides, a draft decided, or the model is unknown.
   */
  public Optional<Integer> seconds(VideoRequest request) {
    VideoRequest.Settings settings = request.settings();
    if (settings.frames().isPresent()) {
      return settings.frames().map(f -> Math.max(1, Math.round(f / (float) FRAMES_PER_SECOND)));
    }
    Optional<Integer> seconds = settings.duration();
    if (seconds.isEmpty() && !(request.mode() instanceof GenerationMode.FinalOfDraft)) {
      seconds = find(request.model()).map(model -> model.output().seconds().preset());
    }
    return seconds.filter(given -> given > 0);
  }

  /**
   * Returns how long the generation typically takes from its creation, queue aside; a sensible
   * guess where nothing is known.
   */
  public Duration typicalTime(VideoRequest request) {
    Optional<Model> model = find(request.model());
    if (isFlex(request)) {
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
    return find(request.model())
        .flatMap(model -> model.prices().flatMap(prices -> price(model, prices, request)));
  }

  private Optional<Price> price(Model model, Model.Prices prices, VideoRequest request) {
    Optional<String> resolution = resolution(request);
    for (Model.PriceRow row : prices.rows()) {
      if (row.resolutions().isEmpty()
          || resolution.filter(row.resolutions()::contains).isPresent()) {
        return price(model, prices, row, request);
      } else if (resolution.isEmpty()) {
        break; // this row might be the one
      }
    }
    return Optional.empty();
  }

  private Optional<Price> price(
      Model model, Model.Prices prices, Model.PriceRow row, VideoRequest request) {
    StringBuilder basis = new StringBuilder("list price of " + model.id());
    resolution(request).ifPresent(resolution -> basis.append(", ").append(resolution));
    boolean isFinal = request.mode() instanceof GenerationMode.FinalOfDraft;
    BigDecimal amount = row.amount();
    if (row.withInputVideo().isPresent()) {
      if (isFinal) {
        return Optional.empty();
      }
      boolean video =
          request.mode() instanceof GenerationMode.Reference reference
              && !reference.videos().isEmpty();
      amount = video ? row.withInputVideo().get() : amount;
      basis.append(video ? ", with input video" : ", without input video");
    }
    if (row.silent().isPresent()) {
      Optional<Boolean> audio = request.settings().generateAudio();
      if (isFinal && audio.isEmpty()) {
        return Optional.empty();
      }
      amount = audio.orElse(true) ? amount : row.silent().get();
      basis.append(audio.orElse(true) ? ", with audio" : ", silent");
    }
    if (isFlex(request)) {
      amount = amount.multiply(prices.flexFactor());
      basis.append(", flex");
    }
    return Optional.of(new Price(amount, prices.currency(), basis.toString()));
  }

  private static boolean isFlex(VideoRequest request) {
    return request.settings().serviceTier().filter(FLEX::equals).isPresent();
  }
}
