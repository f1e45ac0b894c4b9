package seedance.workflows.request;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import seedance.workflows.json.Json;
import seedance.workflows.json.JsonFields;
import seedance.workflows.json.JsonPath;
import seedance.workflows.json.NearestName;
import seedance.workflows.json.Violations;
import seedance.workflows.json.Wording;

/** Reads the request's optional fields and holds them to the model's limits and to one another. */
final class SettingRules {
  private static final String ADAPTIVE = "adaptive";
  private static final String FLEX = "flex";
  private static final String OMNI = "omni_reference_task_type";
  private static final int MODEL_DECIDES = -1;
  private static final int SAFETY_IDENTIFIER_MAX = 64;
  private static final int EXPIRES_MIN = 3_600;
  private static final int EXPIRES_MAX = 259_200;
  private static final int PRIORITY_MAX = 9;

  private final JsonFields fields;
  private final ModelLimits limits;
  private final Optional<ModeName> mode;
  private final List<ContentItem> items;
  private final boolean allowUnknownFields;
  private final Violations found;

  SettingRules(
      JsonFields fields,
      ModelLimits limits,
      Optional<ModeName> mode,
      List<ContentItem> items,
      boolean allowUnknownFields,
      Violations found) {
    this.fields = fields;
    this.limits = limits;
    this.mode = mode;
    this.items = items;
    this.allowUnknownFields = allowUnknownFields;
    this.found = found;
  }

  VideoRequest.Settings read() {
    VideoRequest.Settings settings =
        new VideoRequest.Settings(
            resolution(),
            fields.oneOf("ratio", limits.output().ratios()),
            duration(),
            frames(),
            fields.whole("seed", -1, SettingRanges.SEED_MAX),
            taken("generate_audio", fields.flag("generate_audio"), true),
            draft(),
            fields.flag(LastFrame.FIELD),
            taken(
                "service_tier", fields.oneOf("service_tier", List.of("default", FLEX)), "default"),
            fields.whole("execution_expires_after", EXPIRES_MIN, EXPIRES_MAX).map(Long::intValue),
            taken("priority", fields.whole("priority", 0, PRIORITY_MAX).map(Long::intValue), 0),
            safetyIdentifier(),
            callbackUrl(),
            taken("camera_fixed", fields.flag("camera_fixed"), false),
            fields.flag("watermark"),
            taken("output_format", fields.oneOf("output_format", List.of("mp4", "mov")), "mp4"),
            taken(OMNI, fields.oneOf(OMNI, List.of("auto", "reference", "edit", "extend")), "auto"),
            webSearch());
    checkRatio(settings);
    checkTiers(settings);
    checkDraft(settings);
    checkOmni(settings);
    if (settings.cameraFixed().orElse(false) && has(Medium.Role.REFERENCE_IMAGE)) {
      fields.refuse("camera_fixed", "does not go with reference images: leave it out");
    }
    return settings;
  }

  /** A field that the model lacks may stay at the value it would have anyway. */
  private <T> Optional<T> taken(String name, Optional<T> value, T preset) {
    if (!limits.takes().contains(name) && value.filter(v -> !v.equals(preset)).isPresent()) {
      fields.refuse(name, "is not a field of " + limits.name() + ": leave it out");
    }
    return value;
  }

  private Optional<String> resolution() {
    return fields
        .text("resolution")
        .filter(
            resolution -> {
              List<String> made = limits.output().resolutions();
              if (made.contains(resolution)) {
                return true;
              }
              fields.refuse(
                  "resolution",
                  "%s is not a resolution of %s%s: write %s"
                      .formatted(
                          Wording.quoted(resolution),
                          limits.name(),
                          NearestName.didYouMean(resolution, made),
                          Wording.anyOf(made)));
              return false;
            });
  }

  private Optional<Integer> duration() {
    Model.Seconds seconds = limits.output().seconds();
    return fields
        .whole("duration")
        .filter(
            given -> {
              boolean fits =
                  given == MODEL_DECIDES
                      ? seconds.auto()
                      : given >= seconds.min() && given <= seconds.max();
              if (!fits) {
                fields.refuse(
                    "duration",
                    "must be %d to %d seconds%s with %s, not %d"
                        .formatted(
                            seconds.min(),
                            seconds.max(),
                            seconds.auto() ? ", or -1 for the model to decide," : "",
                            limits.name(),
                            given));
              }
              return fits;
            })
        .map(Long::intValue);
  }

  private Optional<Integer> frames() {
    Optional<Long> frames = fields.whole("frames");
    if (frames.isEmpty()) {
      return Optional.empty();
    }
    long given = frames.get();
    if (!limits.takes().contains("frames")) {
      fields.refuse("frames", "is not a field of " + limits.name() + ": write a duration");
    } else if (!SettingRanges.isFrames(given)) {
      fields.refuse(
          "frames",
          "must be 25 + 4n from %d to %d (29, 33, …, 289), not %d"
              .formatted(SettingRanges.FRAMES_MIN, SettingRanges.FRAMES_MAX, given));
    } else {
      return Optional.of((int) given);
    }
    return Optional.empty();
  }

  private Optional<Boolean> draft() {
    Optional<Boolean> draft = fields.flag("draft");
    if (draft.orElse(false) && limits.output().draft().isEmpty()) {
      fields.refuse("draft", "drafts are not made by " + limits.name() + ": leave it out");
    }
    return draft;
  }

  private Optional<String> safetyIdentifier() {
    Optional<String> identifier = fields.text("safety_identifier");
    int length = identifier.map(text -> text.codePointCount(0, text.length())).orElse(0);
    if (length > SAFETY_IDENTIFIER_MAX) {
      fields.refuse(
          "safety_identifier",
          "has %d characters: at most %d".formatted(length, SAFETY_IDENTIFIER_MAX));
    }
    return identifier;
  }

  private Optional<String> callbackUrl() {
    Optional<String> url = fields.text("callback_url");
    url.flatMap(
            given ->
                WebUrl.isWeb(given)
                    ? WebUrl.fault(given)
                    : Optional.of("is not a URL to call: write https://HOST/…"))
        .ifPresent(fault -> fields.refuse("callback_url", fault));
    return url;
  }

  private boolean webSearch() {
    List<Json> tools = fields.array("tools").orElse(List.of());
    for (int i = 0; i < tools.size(); i++) {
      String path = JsonPath.item(fields.path("tools"), i);
      JsonFields.of(tools.get(i), path, found).ifPresent(this::checkTool);
    }
    if (tools.isEmpty()) {
      return false;
    }
    if (!limits.takes().contains("tools")) {
      fields.refuse("tools", "is not a field of " + limits.name() + ": leave it out");
    } else if (items.stream().anyMatch(SettingRules::isBesideText)) {
      fields.refuse("tools", "goes with text alone: leave it out, or the other inputs");
    }
    return true;
  }

  private static boolean isBesideText(ContentItem item) {
    return item instanceof ContentItem.MediumItem || item instanceof ContentItem.DraftItem;
  }

  private void checkTool(JsonFields tool) {
    if (tool.needed("type", "write \"web_search\"").isPresent()) {
      tool.oneOf("type", List.of("web_search"));
    }
    if (!allowUnknownFields) {
      tool.refuseOthers();
    }
  }

  private void checkRatio(VideoRequest.Settings settings) {
    Optional<String> ratio = settings.ratio();
    if (ratio.isEmpty()) {
      return; // the service's own choice fits
    }
    Set<String> rule =
        ratio.get().equals(ADAPTIVE)
            ? limits.output().adaptiveNever()
            : limits.output().adaptiveOnly();
    settings
        .omniReferenceTaskType()
        .filter(rule::contains)
        .or(() -> mode.map(ModeName::label).filter(rule::contains))
        .ifPresent(
            broken ->
                fields.refuse(
                    "ratio",
                    ratio.get().equals(ADAPTIVE)
                        ? "adaptive is not possible for %s with %s: write a ratio such as 16:9"
                            .formatted(broken, limits.name())
                        : "must be adaptive for %s with %s, not %s"
                            .formatted(broken, limits.name(), ratio.get())));
  }

  private void checkTiers(VideoRequest.Settings settings) {
    boolean flex = settings.serviceTier().filter(FLEX::equals).isPresent();
    if (flex && settings.priority().orElse(0) != 0) {
      fields.refuse("priority", "does not go with service_tier flex: leave one of them out");
    }
    if (flex && settings.draft().orElse(false)) {
      fields.refuse("service_tier", "flex does not go with a draft: write default");
    }
  }

  private void checkDraft(VideoRequest.Settings settings) {
    boolean isFinal = mode.filter(ModeName.FINAL::equals).isPresent();
    boolean isDraft = settings.draft().orElse(false);
    if (isDraft && isFinal) {
      fields.refuse("draft", "the final of a draft is no draft itself: leave it out");
      return;
    }
    if (isDraft && settings.returnLastFrame().orElse(false)) {
      fields.refuse(LastFrame.FIELD, "a draft returns no last frame: leave it out");
    }
    if (limits.output().draft().isEmpty() || settings.resolution().isEmpty()) {
      return;
    }
    Model.Draft draft = limits.output().draft().get();
    String resolution = settings.resolution().get();
    if (isDraft && !draft.resolutions().contains(resolution)) {
      fields.refuse(
          "resolution",
          "a draft is %s, not %s".formatted(Wording.anyOf(draft.resolutions()), resolution));
    } else if (isFinal && !draft.finalResolutions().contains(resolution)) {
      fields.refuse(
          "resolution",
          "the final of a draft is %s with %s, not %s"
              .formatted(Wording.anyOf(draft.finalResolutions()), limits.name(), resolution));
    }
  }

  private void checkOmni(VideoRequest.Settings settings) {
    String task = settings.omniReferenceTaskType().orElse("auto");
    boolean edit = task.equals("edit");
    if (!edit && !task.equals("extend")) {
      return;
    }
    boolean mayHaveVideo =
        has(Medium.Role.REFERENCE_VIDEO)
            || items.isEmpty()
            || items.stream().anyMatch(SettingRules::mayBeVideo);
    if (!mayHaveVideo) {
      fields.refuse(OMNI, task + " needs a reference_video in content");
    }
    if (edit && settings.duration().filter(given -> given != MODEL_DECIDES).isPresent()) {
      fields.refuse("duration", "must be -1 to edit: the video keeps its length");
    }
  }

  private static boolean mayBeVideo(ContentItem item) {
    return item instanceof ContentItem.UnclearItem
        || item instanceof ContentItem.MediumItem medium && medium.medium() == Medium.VIDEO;
  }

  private boolean has(Medium.Role role) {
    return items.stream()
        .anyMatch(item -> item instanceof ContentItem.MediumItem medium && medium.is(role));
  }
}
