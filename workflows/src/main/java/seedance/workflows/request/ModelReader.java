package seedance.workflows.request;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import seedance.workflows.json.DecimalNumber;
import seedance.workflows.json.Json;
import seedance.workflows.json.JsonFields;
import seedance.workflows.json.JsonPath;
import seedance.workflows.json.NearestName;
import seedance.workflows.json.Violations;
import seedance.workflows.json.Wording;

/** Reads one model of a catalogue; what it returns is to be used only if nothing was found. */
final class ModelReader {
  private static final List<String> MODES = List.of("text", "first_frame", "frames", "reference");
  private static final List<String> ADAPTIVE_CASES =
      List.of("text", "frames", "reference", "edit", "extend");
  private static final List<String> RATIOS =
      List.of("16:9", "4:3", "1:1", "3:4", "9:16", "21:9", "adaptive");
  private static final BigDecimal LARGEST_AMOUNT = new BigDecimal(1_000_000);
  private static final int MOST_DECIMALS = 9;
  private static final BigDecimal HALF = new BigDecimal("0.5");
  private static final Pattern SECONDS = Pattern.compile("[1-9]\\d{0,3}");
  private static final int DAY = 86_400;
  private static final int MOST_PARTS = 100;

  private final String id;
  private final JsonFields fields;
  private final Violations found;

  ModelReader(String id, JsonFields fields, Violations found) {
    this.id = id;
    this.fields = fields;
    this.found = found;
  }

  Model read() {
    fields.text("note");
    fields.text("like");
    List<String> modes = listOf(fields, "modes", MODES);
    if (fields.needed("modes", "write [\"text\", \"frames\"], for instance").isPresent()
        && modes.isEmpty()) {
      fields.refuse("modes", "is empty: name one of " + Wording.anyOf(MODES));
    }
    Model model =
        new Model(
            id,
            fields.texts("aliases").orElse(List.of()),
            inputs(modes),
            output(),
            Set.copyOf(listOf(fields, "takes", Model.VARYING_FIELDS)),
            seed(),
            fields.flag("promptFlags").orElse(false),
            fields.object("prices").map(this::prices),
            fields.object("leastWithInputVideo").map(ModelReader::leastBilled),
            times());
    fields.refuseOthers();
    return model;
  }

  private Model.Inputs inputs(List<String> modes) {
    boolean references = modes.contains("reference");
    if (references) {
      fields.needed("references", "mode reference needs {\"images\": …, \"videos\": …, …}");
    }
    return new Model.Inputs(
        modes.contains("text"),
        modes.contains("frames") || modes.contains("first_frame"),
        modes.contains("frames"),
        fields.object("references").map(ModelReader::references).filter(counts -> references),
        fields.object("inputSeconds").map(ModelReader::clips));
  }

  private static Model.References references(JsonFields counts) {
    Model.References references =
        new Model.References(
            count(counts, "images", 0),
            count(counts, "videos", 0),
            count(counts, "audios", 0),
            counts.flag("audioAlone").orElse(false));
    counts.refuseOthers();
    return references;
  }

  private static Model.Clips clips(JsonFields seconds) {
    Model.Clips clips =
        new Model.Clips(
            neededCount(seconds, "shortest"),
            neededCount(seconds, "longest"),
            neededCount(seconds, "total"));
    seconds.refuseOthers();
    return clips;
  }

  private Model.Output output() {
    fields.needed("resolutions", "write [\"480p\", \"720p\"], for instance");
    List<String> resolutions = fields.texts("resolutions").orElse(List.of());
    Optional<String> preset =
        resolutions.isEmpty()
            ? fields.text("defaultResolution")
            : fields.oneOf("defaultResolution", resolutions);
    return new Model.Output(
        resolutions,
        preset,
        fields.texts("ratios").orElse(RATIOS),
        fields
            .needed("duration", "write {\"min\": 4, \"max\": 15, \"default\": 5}, for instance")
            .flatMap(any -> fields.object("duration"))
            .map(ModelReader::seconds)
            .orElse(new Model.Seconds(1, 1, false, 1)),
        fields.object("draft").map(draft -> draft(draft, resolutions)),
        Set.copyOf(listOf(fields, "adaptiveOnly", ADAPTIVE_CASES)),
        Set.copyOf(listOf(fields, "adaptiveNever", ADAPTIVE_CASES)));
  }

  private static Model.Seconds seconds(JsonFields duration) {
    int min = neededCount(duration, "min");
    int max = neededCount(duration, "max");
    if (min > max) {
      duration.refuse("max", "must not be less than min");
    }
    boolean auto = duration.flag("auto").orElse(false);
    long preset = duration.whole("default", -1, DAY).orElse((long) min);
    boolean possible = preset == -1 ? auto : preset >= min && preset <= max;
    if (min <= max && !possible) {
      duration.refuse("default", "must be from min to max, or -1 where auto is true");
    }
    duration.refuseOthers();
    return new Model.Seconds(min, max, auto, (int) preset);
  }

  private Model.Draft draft(JsonFields draft, List<String> resolutions) {
    Model.Draft both =
        new Model.Draft(
            listOf(draft, "resolutions", resolutions),
            draft.has("finalResolutions")
                ? listOf(draft, "finalResolutions", resolutions)
                : resolutions);
    draft.needed("resolutions", "write [\"480p\"], for instance");
    draft.refuseOthers();
    return both;
  }

  private Model.SeedSupport seed() {
    return fields
        .oneOf("seed", List.of("yes", "disputed", "unknown"))
        .map(word -> Model.SeedSupport.valueOf(word.toUpperCase(Locale.ROOT)))
        .orElse(Model.SeedSupport.UNKNOWN);
  }

  private Model.Prices prices(JsonFields prices) {
    String currency = prices.neededText("currency", "write \"CNY\", for instance").orElse("");
    List<Model.PriceRow> rows = new ArrayList<>();
    List<Json> list =
        prices.neededArray("perMillionTokens", "write [{\"amount\": 46}]").orElse(List.of());
    for (int i = 0; i < list.size(); i++) {
      String path = JsonPath.item(prices.path("perMillionTokens"), i);
      JsonFields.of(list.get(i), path, found).map(ModelReader::priceRow).ifPresent(rows::add);
    }
    BigDecimal flex = amount(prices, "flexFactor").orElse(HALF);
    prices.refuseOthers();
    return new Model.Prices(currency, rows, flex);
  }

  private static Model.PriceRow priceRow(JsonFields row) {
    row.needed("amount", "write the price of a million tokens");
    Model.PriceRow price =
        new Model.PriceRow(
            row.texts("resolutions").orElse(List.of()),
            amount(row, "amount").orElse(BigDecimal.ZERO),
            amount(row, "withInputVideo"),
            amount(row, "silent"));
    row.refuseOthers();
    return price;
  }

  private static Optional<BigDecimal> amount(JsonFields object, String name) {
    return DecimalNumber.in(object, name, LARGEST_AMOUNT, MOST_DECIMALS);
  }

  private static Model.LeastBilled leastBilled(JsonFields least) {
    for (String name : List.of("billedSeconds", "outputSeconds")) {
      least.needed(name, "write a whole number");
    }
    Model.LeastBilled billed =
        new Model.LeastBilled(
            least.whole("billedSeconds", 1, MOST_PARTS).orElse(1L).intValue(),
            least.whole("outputSeconds", 1, MOST_PARTS).orElse(1L).intValue());
    least.refuseOthers();
    return billed;
  }

  private Model.Times times() {
    Map<String, NavigableMap<Integer, Duration>> times = new TreeMap<>();
    fields
        .object("typicalSeconds")
        .ifPresent(
            byResolution -> {
              for (String resolution : byResolution.names()) {
                byResolution
                    .object(resolution)
                    .map(ModelReader::bySeconds)
                    .filter(some -> !some.isEmpty())
                    .ifPresent(some -> times.put(resolution, some));
              }
            });
    return new Model.Times(
        times, fields.whole("typicalFlexSeconds", 1, 7L * DAY).map(Duration::ofSeconds));
  }

  private static NavigableMap<Integer, Duration> bySeconds(JsonFields points) {
    NavigableMap<Integer, Duration> times = new TreeMap<>();
    for (String seconds : points.names()) {
      if (SECONDS.matcher(seconds).matches()) {
        points
            .whole(seconds, 1, DAY)
            .ifPresent(time -> times.put(Integer.valueOf(seconds), Duration.ofSeconds(time)));
      } else {
        points.refuse(seconds, "must be the video's seconds, such as \"5\"");
      }
    }
    return times;
  }

  private List<String> listOf(JsonFields object, String name, Collection<String> allowed) {
    List<String> values = object.texts(name).orElse(List.of());
    for (int i = 0; i < values.size(); i++) {
      if (!allowed.contains(values.get(i))) {
        found.add(
            JsonPath.item(object.path(name), i),
            "must be %s, not %s%s"
                .formatted(
                    Wording.anyOf(allowed),
                    Wording.quoted(values.get(i)),
                    NearestName.didYouMean(values.get(i), allowed)));
      }
    }
    return values;
  }

  private static int neededCount(JsonFields object, String name) {
    object.needed(name, "write a whole number");
    return count(object, name, 1);
  }

  private static int count(JsonFields object, String name, int min) {
    return object.whole(name, min, DAY).orElse((long) min).intValue();
  }
}
