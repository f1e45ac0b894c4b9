package seedance.workflows.request;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import seedance.workflows.json.Json;
import seedance.workflows.json.JsonFields;
import seedance.workflows.json.JsonPath;
import seedance.workflows.json.NearestName;
import seedance.workflows.json.Violations;
import seedance.workflows.json.Wording;
import seedance.workflows.request.ContentItem.DraftItem;
import seedance.workflows.request.ContentItem.MediumItem;
import seedance.workflows.request.ContentItem.TextItem;
import seedance.workflows.request.ContentItem.UnclearItem;

/** Reads the items of {@code content}, each by itself; how they go together is for others. */
final class ContentReader {
  private static final String TEXT = "text";
  private static final String DRAFT_TASK = "draft_task";
  private static final String ROLE = "role";
  private static final List<String> TYPES =
      List.of(TEXT, Medium.IMAGE.type(), Medium.VIDEO.type(), Medium.AUDIO.type(), DRAFT_TASK);

  /**
   * Every field that some item has. Where one is {@code null} in an item that does not need it, it
   * counts as absent: many clients write all fields of their item class.
   */
  static final Set<String> FIELDS =
      Set.of(
          "type",
          ROLE,
          TEXT,
          DRAFT_TASK,
          Medium.IMAGE.type(),
          Medium.VIDEO.type(),
          Medium.AUDIO.type());

  private final ReferenceRules.Place place;
  private final boolean allowUnknownFields;
  private final Violations found;

  ContentReader(ReferenceRules.Place place, boolean allowUnknownFields, Violations found) {
    this.place = place;
    this.allowUnknownFields = allowUnknownFields;
    this.found = found;
  }

  List<ContentItem> read(List<Json> content, String path) {
    List<ContentItem> items = new ArrayList<>(content.size());
    for (int i = 0; i < content.size(); i++) {
      items.add(item(content.get(i), JsonPath.item(path, i)));
    }
    return items;
  }

  private ContentItem item(Json value, String path) {
    if (value.text().isPresent()) {
      found.add(path, "must be an object, not a string: write {\"type\":\"text\",\"text\":…}");
      return new UnclearItem(path);
    }
    return JsonFields.of(value, path, found).map(this::item).orElse(new UnclearItem(path));
  }

  private ContentItem item(JsonFields fields) {
    String type = type(fields);
    ContentItem item;
    if (type.equals(TEXT)) {
      item = new TextItem(fields.path(), fields.neededText(TEXT, "write what the video shows"));
    } else if (type.equals(DRAFT_TASK)) {
      item = new DraftItem(fields.path(), draftTask(fields));
    } else {
      Optional<Medium> medium = Medium.ofType(type);
      if (medium.isEmpty()) {
        return new UnclearItem(fields.path());
      }
      item = medium(fields, medium.get());
    }
    fields.passNulls(FIELDS);
    refuseOthers(fields, type);
    return item;
  }

  /** Returns the type, or the one that was evidently meant, or an empty string. */
  private static String type(JsonFields fields) {
    if (fields.value("type").orElse(null) instanceof String type && TYPES.contains(type)) {
      return type;
    }
    Optional<String> meant =
        TYPES.stream().filter(name -> fields.value(name).isPresent()).findFirst();
    String right = Wording.anyOf(TYPES);
    if (fields
        .needed("type", "write " + meant.map(name -> '"' + name + '"').orElse(right))
        .isPresent()) {
      fields
          .text("type")
          .ifPresent(
              type ->
                  fields.refuse(
                      "type",
                      "%s is unknown%s: must be %s"
                          .formatted(
                              Wording.quoted(type),
                              meant
                                  .or(() -> NearestName.closest(type, TYPES))
                                  .map(name -> "; did you mean \"" + name + "\"?")
                                  .orElse(""),
                              right)));
    }
    return meant.orElse("");
  }

  private Optional<String> draftTask(JsonFields fields) {
    String right = "write {\"id\":\"cgt-…\"} with the id of the draft's task";
    if (fields.needed(DRAFT_TASK, right).isEmpty()) {
      return Optional.empty();
    }
    return fields
        .object(DRAFT_TASK)
        .flatMap(
            task -> {
              Optional<String> id = task.neededText("id", "write the id of the draft's task");
              id.filter(OutputReference::isMeant)
                  .flatMap(
                      given ->
                          ReferenceRules.fault(given, Optional.of(GenerationOutput.TASK), place))
                  .ifPresent(fault -> task.refuse("id", fault));
              refuseOthers(task, DRAFT_TASK);
              return id;
            });
  }

  private ContentItem medium(JsonFields fields, Medium medium) {
    Optional<String> role = fields.text(ROLE);
    boolean unreadable = fields.has(ROLE) && role.isEmpty();
    Optional<Medium.Role> fitting = role.filter(medium.roles()::contains).flatMap(Medium.Role::of);
    if (role.isPresent() && fitting.isEmpty()) {
      fields.refuse(ROLE, wrongRole(role.get(), medium));
    } else if (role.isEmpty() && !unreadable && medium != Medium.IMAGE) {
      fields.refuse(ROLE, "is missing: write \"" + medium.reference().label() + "\"");
    }
    return new MediumItem(
        fields.path(),
        medium,
        url(fields, medium),
        fitting,
        unreadable || role.isPresent() && fitting.isEmpty());
  }

  private static String wrongRole(String role, Medium medium) {
    String right = Wording.anyOf(medium.roles());
    if (Medium.Role.of(role).isPresent()) {
      return "%s does not go with %s: write %s".formatted(role, medium.type(), right);
    }
    return "%s is unknown%s: must be %s"
        .formatted(Wording.quoted(role), NearestName.didYouMean(role, medium.roles()), right);
  }

  private Optional<String> url(JsonFields fields, Medium medium) {
    String right = "write {\"url\":\"https://…\"}";
    Optional<Object> holder = fields.needed(medium.type(), right);
    if (holder.isEmpty()) {
      return Optional.empty();
    }
    if (!(holder.get() instanceof Map)) {
      fields.refuse(
          medium.type(), "must be an object, not " + Wording.kind(holder.get()) + ": " + right);
      return Optional.empty();
    }
    return fields
        .object(medium.type())
        .flatMap(
            object -> {
              Optional<String> url = object.neededText("url", MediaUrlRules.forms(medium));
              url.flatMap(given -> fault(medium, given))
                  .ifPresent(fault -> object.refuse("url", fault));
              refuseOthers(object, medium.type());
              return url;
            });
  }

  private Optional<String> fault(Medium medium, String url) {
    return OutputReference.isMeant(url)
        ? ReferenceRules.fault(url, medium.output(), place)
        : MediaUrlRules.fault(medium, url);
  }

  private void refuseOthers(JsonFields fields, String where) {
    if (!allowUnknownFields) {
      fields.refuseOthers(
          name -> "is not a field of " + where + NearestName.didYouMean(name, fields.known()));
    }
  }
}
