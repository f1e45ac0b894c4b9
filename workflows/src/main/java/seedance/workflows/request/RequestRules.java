package seedance.workflows.request;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import seedance.workflows.json.Json;
import seedance.workflows.json.JsonFields;
import seedance.workflows.json.JsonPath;
import seedance.workflows.json.NearestName;
import seedance.workflows.json.Verdict;
import seedance.workflows.json.Violation;
import seedance.workflows.json.Violations;
import seedance.workflows.json.Wording;
import seedance.workflows.request.ContentItem.MediumItem;

/**
 * The service's rules for a create request, as far as they can be known without asking anyone.
 * Where sources differ a request is let through: a violation too few costs a refused call, one too
 * many blocks a paying user. Pure and thread-safe.
 */
public final class RequestRules {
  /**
   * As large as a body may be, in bytes of compact JSON: 1 MiB. Temporal refuses payloads over 2
   * MiB, and the body goes into a workflow's history several times, as the workflow's argument and
   * as an activity's. Large media go by {@code https://} or {@code asset://}.
   */
  public static final int LARGEST_BODY = 1 << 20;

  /** The service's own limit of 64 MB. */
  private static final long LARGEST_BODY_OF_SERVICE = 64L << 20;

  private static final String CONTENT = "content";

  /**
   * Wide enough for any gateway's alias; it goes into labels of 400 bytes, where Temporal's UI
   * draws Markdown.
   */
  private static final Pattern MODEL = Pattern.compile("[\\p{L}\\p{N}_.:/@+()-]{1,200}");

  /** Names that other video services have for something; in whatever case they are written. */
  private static final Map<String, String> ELSEWHERE =
      Map.of(
          "prompt", "write it as {\"type\":\"text\",\"text\":…} in content",
          "text", "write it as {\"type\":\"text\",\"text\":…} in content",
          "image", "write it as {\"type\":\"image_url\",\"image_url\":{\"url\":…}} in content",
          "imageurl", "write it as {\"type\":\"image_url\",\"image_url\":{\"url\":…}} in content",
          "seconds", "did you mean \"duration\"?",
          "aspectratio", "did you mean \"ratio\"?",
          "size", "did you mean \"resolution\" and \"ratio\"?",
          "webhook", "did you mean \"callback_url\"?");

  private final ModelCatalogue catalogue;

  /** Rules by the models of a catalogue. */
  public RequestRules(ModelCatalogue catalogue) {
    this.catalogue = Objects.requireNonNull(catalogue, "catalogue");
  }

  /** Returns rules by the built-in catalogue. */
  public static RequestRules builtIn() {
    return new RequestRules(ModelCatalogue.builtIn());
  }

  /** Checks a body, unknown fields being violations. */
  public Verdict<VideoRequest> check(@Nullable Json body) {
    return check(body, false);
  }

  /**
   * Checks a body. Every broken rule is named in one pass.
   *
   * @param body what was sent; null counts as absent
   * @param allowUnknownFields whether fields that no rule knows pass through unchanged, at any
   *     level
   */
  public Verdict<VideoRequest> check(@Nullable Json body, boolean allowUnknownFields) {
    return check(body, ReferenceRules.Place.ALONE, allowUnknownFields);
  }

  /**
   * Checks the body of a chain's step, in which {@code step://…} counts as the medium or the
   * draft's task that it stands for. Whether that step is there and makes that, others check.
   *
   * @param body what was sent; null counts as absent
   * @param allowUnknownFields as in {@link #check(Json, boolean)}
   */
  public Verdict<VideoRequest> checkStep(@Nullable Json body, boolean allowUnknownFields) {
    return check(body, ReferenceRules.Place.IN_CHAIN, allowUnknownFields);
  }

  /**
   * Returns what a person should know of a valid request that no rule forbids: a model that nobody
   * knows, flags in the prompt. Sentences without prompts or URLs.
   */
  public List<String> notes(VideoRequest request) {
    return new RequestNotes(request, catalogue).list();
  }

  private Verdict<VideoRequest> check(
      @Nullable Json given, ReferenceRules.Place place, boolean allowUnknownFields) {
    Json body = Json.orNull(given);
    Violations found = new Violations();
    Optional<JsonFields> object = object(body, found);
    if (object.isEmpty()) {
      BodyScan.bytes(body.tree(), found);
      return Verdict.invalid(found.list());
    }
    JsonFields fields = object.get();
    Optional<String> model = model(fields);
    ModelLimits limits = catalogue.limitsFor(model.orElse(""));
    List<ContentItem> items = content(fields, new ContentReader(place, allowUnknownFields, found));
    ModeRules modes = new ModeRules(items, limits, found);
    Optional<ModeName> mode = modes.check();
    VideoRequest.Settings settings =
        new SettingRules(fields, limits, mode, items, allowUnknownFields, found).read();
    if (!allowUnknownFields) {
      fields.refuseOthers(name -> unknownField(name, fields.known()));
    }
    Json sent = SentBody.of(body);
    checkSize(BodyScan.bytes(sent.tree(), found), items, found);
    if (found.isEmpty()) {
      return Verdict.valid(
          new VideoRequest(model.orElseThrow(), modes.mode(mode.orElseThrow()), settings, sent));
    }
    return Verdict.invalid(inJsonOrder(found.list(), List.copyOf(fields.names())));
  }

  private static Optional<JsonFields> object(Json body, Violations found) {
    if (body.isObject()) {
      return JsonFields.of(body, JsonPath.ROOT, found);
    }
    found.add(
        JsonPath.ROOT,
        (body.isNull() ? "is missing" : "must be an object, not " + Wording.kind(body.tree()))
            + ": write {\"model\":…,\"content\":[…]}");
    return Optional.empty();
  }

  private static Optional<String> model(JsonFields fields) {
    return fields
        .neededText("model", "write a model's id, such as \"doubao-seedance-2-0\"")
        .filter(
            model -> {
              boolean broken = model.chars().anyMatch(c -> c <= ' ' || Character.isWhitespace(c));
              if (broken) {
                fields.refuse("model", "holds a space or a line break: write the id alone");
              } else if (!MODEL.matcher(model).matches()
                  || model.chars().anyMatch(c -> Character.isSurrogate((char) c))) {
                fields.refuse(
                    "model", "is longer than any model's id, or holds a character that none has");
                broken = true;
              }
              return !broken;
            });
  }

  private static List<ContentItem> content(JsonFields fields, ContentReader reader) {
    String right = "write [{\"type\":\"text\",\"text\":…}], for instance";
    Optional<Json> content = fields.needed(CONTENT, right).map(Json::new);
    if (content.isEmpty()) {
      return List.of();
    }
    if (!content.get().isArray()) {
      fields.refuse(
          CONTENT, "must be an array, not " + Wording.kind(content.get().tree()) + ": " + right);
      return List.of();
    }
    List<Json> list = content.get().items();
    if (list.isEmpty()) {
      fields.refuse(CONTENT, "is empty: " + right);
    }
    return reader.read(list, CONTENT);
  }

  private static String unknownField(String name, Set<String> known) {
    String hint =
        Optional.ofNullable(ELSEWHERE.get(NearestName.plain(name)))
            .or(
                () ->
                    NearestName.closest(name, known).map(near -> "did you mean \"" + near + "\"?"))
            .orElse("leave it out, or set options.allowUnknownFields to send it all the same");
    return "is an unknown field; " + hint;
  }

  private static void checkSize(long bytes, List<ContentItem> items, Violations found) {
    if (bytes > LARGEST_BODY_OF_SERVICE) {
      found.add(JsonPath.ROOT, "is over the service's limit of 64 MB");
    }
    if (bytes > LARGEST_BODY) {
      Optional<MediumItem> largest =
          items.stream()
              .filter(MediumItem.class::isInstance)
              .map(MediumItem.class::cast)
              .filter(item -> item.url().filter(url -> new MediaUrl(url).isInline()).isPresent())
              .max(Comparator.comparingInt(item -> item.url().orElseThrow().length()));
      found.add(
          largest.map(MediumItem::urlPath).orElse(JsonPath.ROOT),
          "the body has %d KiB, over the %d KiB that travel through a workflow: %s"
              .formatted(
                  bytes >> 10,
                  LARGEST_BODY >> 10,
                  largest.isPresent() ? "pass this medium as https:// or asset://" : "shorten it"));
    }
  }

  /** Sorts by where in the body a violation is; what is missing from the body comes last. */
  private static List<Violation> inJsonOrder(List<Violation> violations, List<String> names) {
    List<Violation> sorted = new ArrayList<>(violations);
    sorted.sort(
        Comparator.comparingInt(
                (Violation violation) -> {
                  int place = names.indexOf(violation.path().split("[.\\[]", 2)[0]);
                  return place < 0 ? names.size() : place;
                })
            .thenComparingInt(violation -> index(violation.path())));
    return sorted;
  }

  private static int index(String path) {
    int from = path.indexOf('[');
    int to = path.indexOf(']');
    return from < 0 || to < from || !path.substring(from + 1, to).matches("\\d{1,9}")
        ? -1
        : Integer.parseInt(path.substring(from + 1, to));
  }
}
