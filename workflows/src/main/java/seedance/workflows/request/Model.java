package seedance.workflows.request;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What one Seedance model takes and makes, as the {@link ModelCatalogue} has it.
 *
 * @param id the model's full id
 * @param aliases other names for it
 * @param inputs what a video can be made from
 * @param output what the video can be
 * @param takes the optional fields that it takes of those that not every model takes, see {@link
 *     #VARYING_FIELDS}
 * @param seed whether a {@code seed} is taken
 * @param promptFlags whether it obeys flags in the prompt, such as {@code --dur 12}, where the body
 *     leaves the field open
 * @param prices empty where no price is known
 * @param leastWithInputVideo what is billed at least with a reference video; empty where no such
 *     minimum is known
 * @param times how long a generation typically takes
 */
public record Model(
    String id,
    List<String> aliases,
    Inputs inputs,
    Output output,
    Set<String> takes,
    SeedSupport seed,
    boolean promptFlags,
    Optional<Prices> prices,
    Optional<LeastBilled> leastWithInputVideo,
    Times times) {

  /** The request's fields that some models take and others do not. */
  public static final List<String> VARYING_FIELDS =
      List.of(
          "service_tier",
          "generate_audio",
          "tools",
          "priority",
          "frames",
          "camera_fixed",
          "output_format",
          "omni_reference_task_type");

  public Model {
    Objects.requireNonNull(id, "id");
    aliases = List.copyOf(aliases);
    Objects.requireNonNull(inputs, "inputs");
    Objects.requireNonNull(output, "output");
    takes = Set.copyOf(takes);
    Objects.requireNonNull(seed, "seed");
    Objects.requireNonNull(prices, "prices");
    Objects.requireNonNull(leastWithInputVideo, "leastWithInputVideo");
    Objects.requireNonNull(times, "times");
  }

  /** Whether a model takes {@code seed}; sources differ, so there is more than yes and no. */
  public enum SeedSupport {
    /** It surely does. */
    YES,
    /** One official page says so, another does not; a seed is let through. */
    DISPUTED,
    /** Nothing is known; a seed is let through. */
    UNKNOWN;

    /** The word in JSON. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * What a video can be made from.
   *
   * @param text whether text alone
   * @param firstFrame whether a first frame
   * @param lastFrame whether a last frame beside the first
   * @param references how many references; empty where the model takes none
   * @param clips how long input videos and audios may be
   */
  public record Inputs(
      boolean text,
      boolean firstFrame,
      boolean lastFrame,
      Optional<References> references,
      Optional<Clips> clips) {

    boolean take(ModeName mode) {
      return switch (mode) {
        case TEXT -> text;
        case FRAMES -> firstFrame;
        case REFERENCE -> references.isPresent();
        case FINAL -> throw new IllegalArgumentException("a final depends on the output");
      };
    }
  }

  /**
   * How many references a request may hold.
   *
   * @param audioAlone whether audio needs no image or video beside it
   */
  public record References(int images, int videos, int audios, boolean audioAlone) {}

  /**
   * How long input videos and audios may be, in seconds.
   *
   * @param shortest of one file
   * @param longest of one file
   * @param total of all files of one kind together
   */
  public record Clips(int shortest, int longest, int total) {}

  /**
   * What the video can be.
   *
   * @param resolutions such as {@code 720p}
   * @param defaultResolution where a request names none; empty where that is unknown
   * @param ratios such as {@code 16:9} and {@code adaptive}
   * @param seconds the video's length
   * @param draft empty where the model makes no drafts
   * @param adaptiveOnly what needs {@code ratio: adaptive}: {@code text}, {@code frames}, {@code
   *     reference}, or an omni task type: {@code edit}, {@code extend}
   * @param adaptiveNever what refuses {@code ratio: adaptive}, by the same words
   */
  public record Output(
      List<String> resolutions,
      Optional<String> defaultResolution,
      List<String> ratios,
      Seconds seconds,
      Optional<Draft> draft,
      Set<String> adaptiveOnly,
      Set<String> adaptiveNever) {
    public Output {
      resolutions = List.copyOf(resolutions);
      Objects.requireNonNull(defaultResolution, "defaultResolution");
      ratios = List.copyOf(ratios);
      Objects.requireNonNull(seconds, "seconds");
      Objects.requireNonNull(draft, "draft");
      adaptiveOnly = Set.copyOf(adaptiveOnly);
      adaptiveNever = Set.copyOf(adaptiveNever);
    }
  }

  /**
   * The video's length in whole seconds.
   *
   * @param auto whether −1 lets the model decide
   * @param preset where a request names none; −1 where the model then decides
   */
  public record Seconds(int min, int max, boolean auto, int preset) {}

  /**
   * A draft and the final made of it.
   *
   * @param resolutions a draft's
   * @param finalResolutions a final's
   */
  public record Draft(List<String> resolutions, List<String> finalResolutions) {
    public Draft {
      resolutions = List.copyOf(resolutions);
      finalResolutions = List.copyOf(finalResolutions);
    }
  }

  /**
   * A list of prices.
   *
   * @param currency such as {@code CNY}
   * @param rows the first that fits a request holds
   * @param flexFactor what {@code service_tier: flex} multiplies a price by
   */
  public record Prices(String currency, List<PriceRow> rows, BigDecimal flexFactor) {
    public Prices {
      Objects.requireNonNull(currency, "currency");
      rows = List.copyOf(rows);
      Objects.requireNonNull(flexFactor, "flexFactor");
    }
  }

  /**
   * Amounts per million tokens.
   *
   * @param resolutions where this row holds; empty for everywhere
   * @param amount the price where none of the next two holds
   * @param withInputVideo the price with a reference video; empty where that makes no difference
   * @param silent the price with {@code generate_audio: false}; empty where that makes none
   */
  public record PriceRow(
      List<String> resolutions,
      BigDecimal amount,
      Optional<BigDecimal> withInputVideo,
      Optional<BigDecimal> silent) {
    public PriceRow {
      resolutions = List.copyOf(resolutions);
      Objects.requireNonNull(amount, "amount");
      Objects.requireNonNull(withInputVideo, "withInputVideo");
      Objects.requireNonNull(silent, "silent");
    }
  }

  /**
   * A minimum of billed seconds, input and output together: of so many for each so many of output,
   * rounded up.
   *
   * @param billedSeconds for each {@code outputSeconds}
   */
  public record LeastBilled(int billedSeconds, int outputSeconds) {
    SecondsRange of(SecondsRange output) {
      return new SecondsRange(of(output.least()), of(output.most()));
    }

    private int of(int seconds) {
      long billed = (long) billedSeconds * seconds;
      return (int) ((billed + outputSeconds - 1) / outputSeconds);
    }
  }

  /**
   * Typical times from creation to the finished video.
   *
   * @param byResolution for each resolution, the times by the video's seconds
   * @param flex the time with {@code service_tier: flex}
   */
  public record Times(
      Map<String, NavigableMap<Integer, Duration>> byResolution, Optional<Duration> flex) {
    public Times {
      byResolution = Map.copyOf(byResolution);
      Objects.requireNonNull(flex, "flex");
    }
  }
}
