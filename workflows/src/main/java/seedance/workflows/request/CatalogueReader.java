package seedance.workflows.request;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import seedance.workflows.json.InvalidFileException;
import seedance.workflows.json.Json;
import seedance.workflows.json.JsonFields;
import seedance.workflows.json.JsonFile;
import seedance.workflows.json.JsonPath;
import seedance.workflows.json.NearestName;
import seedance.workflows.json.Violations;

/** Reads one catalogue file on top of the models already known, and names every mistake in it. */
final class CatalogueReader {
  private final Map<String, Map<String, @Nullable Object>> entries;
  private final Map<String, Model> models;
  private final Map<String, @Nullable Object> own = new LinkedHashMap<>();
  private final Violations found;
  private final Set<String> begun = new HashSet<>();
  private final Set<String> broken = new HashSet<>();

  private CatalogueReader(Catalogue base, Violations found) {
    this.found = found;
    this.entries = new LinkedHashMap<>(base.entries());
    this.models = new LinkedHashMap<>(base.models());
  }

  /** The models by id, and for each the JSON it was read from, with what it inherits. */
  record Catalogue(Map<String, Map<String, @Nullable Object>> entries, Map<String, Model> models) {
    static final Catalogue EMPTY = new Catalogue(Map.of(), Map.of());
  }

  /**
   * @throws InvalidFileException if the text is not a catalogue
   */
  static Catalogue read(String source, String text, Catalogue base) {
    return JsonFile.read(
        source,
        text,
        (file, found) -> {
          CatalogueReader reader = new CatalogueReader(base, found);
          reader.readFile(file);
          return new Catalogue(reader.entries, reader.models);
        });
  }

  private void readFile(JsonFields file) {
    file.text("note");
    file.needed("models", "write {\"models\": {\"MODEL-ID\": {…}}}");
    file.object("models")
        .ifPresent(
            all -> {
              for (String id : all.names()) {
                all.value(id).ifPresent(entry -> own.put(id, entry));
                if (!all.has(id)) {
                  all.refuse(id, "must be an object, not null");
                } else if (id.isBlank()) {
                  all.refuse(id, "is no model id");
                }
              }
              own.keySet().forEach(id -> resolve(id, all));
              refuseSharedNames(all);
            });
    file.refuseOthers();
  }

  private void resolve(String id, JsonFields all) {
    if (!begun.add(id)) {
      return;
    }
    int before = found.count();
    all.object(id)
        .ifPresent(
            entry -> {
              Map<String, @Nullable Object> merged = new LinkedHashMap<>();
              entry
                  .text("like")
                  .ifPresentOrElse(
                      other -> inherit(other, id, entry, all, merged),
                      () -> merged.putAll(entries.getOrDefault(id, Map.of())));
              if (!broken.contains(id) && found.count() == before) {
                entry.names().forEach(key -> overlay(merged, key, entry));
                merged.remove("like");
                JsonFields.of(new Json(merged), entry.path(), found)
                    .map(fields -> new ModelReader(id, fields, found).read())
                    .filter(model -> found.count() == before)
                    .ifPresent(
                        model -> {
                          entries.put(id, merged);
                          models.put(id, model);
                        });
              }
            });
    if (found.count() > before) {
      broken.add(id);
    }
  }

  private static void overlay(Map<String, @Nullable Object> merged, String key, JsonFields entry) {
    entry.value(key).ifPresentOrElse(value -> merged.put(key, value), () -> merged.remove(key));
  }

  private void inherit(
      String other,
      String id,
      JsonFields entry,
      JsonFields all,
      Map<String, @Nullable Object> merged) {
    if (own.containsKey(other) && !other.equals(id)) {
      boolean circular =
          begun.contains(other) && !models.containsKey(other) && !broken.contains(other);
      if (circular) {
        entry.refuse("like", "goes round in a circle");
        return;
      }
      resolve(other, all);
      if (broken.contains(other)) {
        broken.add(id); // named at the other one; here it would only be an echo
        return;
      }
    }
    Map<String, @Nullable Object> inherited = entries.get(idOf(other));
    if (inherited == null) {
      entry.refuse(
          "like", "names a model that is not known" + NearestName.didYouMean(other, namesOfAll()));
      return;
    }
    merged.putAll(inherited);
    if (!other.equals(id)) {
      merged.remove("aliases");
      merged.remove("note");
    }
  }

  private String idOf(String name) {
    return models.values().stream()
        .filter(model -> model.aliases().contains(name))
        .map(Model::id)
        .findFirst()
        .filter(id -> !models.containsKey(name))
        .orElse(name);
  }

  private List<String> namesOfAll() {
    List<String> names = new ArrayList<>(entries.keySet());
    models.values().forEach(model -> names.addAll(model.aliases()));
    own.keySet().stream().filter(id -> !names.contains(id)).forEach(names::add);
    return names;
  }

  /** An alias that an earlier file gave away may be taken over; within one file it is a mistake. */
  private void refuseSharedNames(JsonFields all) {
    Map<String, String> owners = new LinkedHashMap<>();
    models.keySet().forEach(id -> owners.put(id, id));
    for (String id : own.keySet()) {
      if (own.get(id) instanceof Map<?, ?> entry
          && entry.get("aliases") instanceof List<?> aliases) {
        for (int i = 0; i < aliases.size(); i++) {
          String owner = owners.putIfAbsent(String.valueOf(aliases.get(i)), id);
          if (owner != null) {
            found.add(
                JsonPath.item(JsonPath.field(all.path(id), "aliases"), i),
                "is already a name of " + owner);
          }
        }
      }
    }
  }
}
