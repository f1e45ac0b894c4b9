package seedance.workflows.request;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The flags in a prompt, such as {@code --rs 1080p --dur 12}, by which the service's pages of 1.x
 * had a video's form set, and which those models still obey where the body leaves the field open.
 * They decide the price, so they are read as the service reads them, and where that is not known as
 * what costs most.
 */
record PromptFlags(List<Flag> all) {
  /** Long and short, as in the service's table of text commands (H); fps is always 24. */
  private static final Map<String, String> FIELDS =
      Map.ofEntries(
          Map.entry("resolution", "resolution"),
          Map.entry("rs", "resolution"),
          Map.entry("ratio", "ratio"),
          Map.entry("rt", "ratio"),
          Map.entry("duration", "duration"),
          Map.entry("dur", "duration"),
          Map.entry("frames", "frames"),
          Map.entry("seed", "seed"),
          Map.entry("camerafixed", "camera_fixed"),
          Map.entry("cf", "camera_fixed"),
          Map.entry("watermark", "watermark"),
          Map.entry("wm", "watermark"));

  private static final Pattern FLAG =
      Pattern.compile(
          "(?<![A-Za-z0-9-])--([A-Za-z]{2,11})[\\s\\p{Z}=:]{1,8}(-?[A-Za-z0-9]{1,10}(?::[0-9]{1,2})?)");
  private static final Pattern WHOLE = Pattern.compile("(-?[0-9]{1,10})[a-z]{0,8}");
  private static final String ADAPTIVE = "adaptive";
  private static final int MOST_FLAGS = 40;
  private static final int MODEL_DECIDES = -1;

  PromptFlags {
    all = List.copyOf(all);
  }

  /**
   * One flag.
   *
   * @param name as it stands in the prompt, without its dashes
   * @param field the request's field for it
   * @param value in lower case
   */
  record Flag(String name, String field, String value) {
    /** The number, whatever unit is written behind it. */
    Optional<Long> whole() {
      Matcher whole = WHOLE.matcher(value);
      return whole.matches() ? Optional.of(Long.valueOf(whole.group(1))) : Optional.empty();
    }

    /** The value in JSON where a model takes it; empty where none does. */
    Optional<String> taken(Model.Output output) {
      boolean quoted = field.equals("resolution") || field.equals("ratio");
      boolean fits =
          switch (field) {
            case "resolution" -> output.resolutions().contains(value);
            case "ratio" -> output.ratios().contains(value);
            case "duration" -> whole().filter(s -> isLength(s, output.seconds())).isPresent();
            case "frames" -> whole().filter(SettingRanges::isFrames).isPresent();
            case "seed" -> whole().filter(SettingRanges::isSeed).isPresent();
            default -> value.equals("true") || value.equals("false");
          };
      String plain = whole().map(String::valueOf).orElse(value);
      return fits ? Optional.of(quoted ? '"' + value + '"' : plain) : Optional.empty();
    }

    private static boolean isLength(long seconds, Model.Seconds limits) {
      return seconds == MODEL_DECIDES
          ? limits.auto()
          : seconds >= limits.min() && seconds <= limits.max();
    }
  }

  static PromptFlags in(VideoRequest request) {
    List<Flag> all = new ArrayList<>();
    for (String prompt : request.mode().prompts()) {
      Matcher flags = FLAG.matcher(prompt);
      while (flags.find() && all.size() < MOST_FLAGS) {
        String field = FIELDS.get(flags.group(1).toLowerCase(Locale.ROOT));
        if (field != null) {
          all.add(new Flag(flags.group(1), field, flags.group(2).toLowerCase(Locale.ROOT)));
        }
      }
    }
    return new PromptFlags(all);
  }

  /** Whether the body has a field of its own for what a flag sets; frames are a duration, too. */
  static boolean isGiven(String field, VideoRequest.Settings body) {
    return switch (field) {
      case "resolution" -> body.resolution().isPresent();
      case "ratio" -> body.ratio().isPresent();
      case "duration" -> body.duration().isPresent() || body.frames().isPresent();
      case "frames" -> body.frames().isPresent();
      case "seed" -> body.seed().isPresent();
      case "camera_fixed" -> body.cameraFixed().isPresent();
      default -> body.watermark().isPresent();
    };
  }

  /** The settings of the body with what the prompt adds to them. */
  VideoRequest.Settings addedTo(VideoRequest.Settings body, Model.Output output) {
    Optional<Integer> duration = body.duration().or(() -> longest("duration", output));
    Optional<Integer> frames = body.frames().or(() -> longest("frames", output));
    if (body.frames().isEmpty() && frames.isPresent() && duration.isPresent()) {
      // Which of the two holds is said of a body only: the longer one costs more.
      boolean isLonger =
          duration.get() != MODEL_DECIDES
              && frames.get() > SettingRanges.mostFrames(duration.get());
      frames = isLonger ? frames : Optional.empty();
    }
    return body.with(
        body.resolution().or(() -> largest(output)),
        body.ratio().or(() -> ratio(output)),
        duration,
        frames,
        body.seed().or(() -> values("seed", output).findFirst().flatMap(Flag::whole)));
  }

  private Stream<Flag> values(String field, Model.Output output) {
    return all.stream()
        .filter(flag -> flag.field().equals(field) && flag.taken(output).isPresent());
  }

  private Optional<Integer> longest(String field, Model.Output output) {
    List<Integer> given =
        values(field, output).flatMap(flag -> flag.whole().stream()).map(Long::intValue).toList();
    return given.contains(MODEL_DECIDES)
        ? Optional.of(MODEL_DECIDES)
        : given.stream().max(Comparator.naturalOrder());
  }

  private Optional<String> largest(Model.Output output) {
    return values("resolution", output)
        .map(Flag::value)
        .max(
            Comparator.comparingInt(
                name -> FrameSize.of(name, Optional.empty()).map(FrameSize::most).orElse(0)));
  }

  private Optional<String> ratio(Model.Output output) {
    List<String> given = values("ratio", output).map(Flag::value).distinct().toList();
    return given.size() > 1 ? Optional.of(ADAPTIVE) : given.stream().findFirst();
  }
}
