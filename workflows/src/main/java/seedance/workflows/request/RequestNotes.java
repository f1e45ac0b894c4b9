package seedance.workflows.request;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import seedance.workflows.json.Wording;

/** What a person should know of a valid request; sentences that quote no prompt. */
final class RequestNotes {
  private static final String ENDPOINT = "ep-";

  private final VideoRequest request;
  private final Optional<Model> model;
  private final ModelCatalogue catalogue;
  private final List<String> notes = new ArrayList<>();

  RequestNotes(VideoRequest request, ModelCatalogue catalogue) {
    this.request = request;
    this.catalogue = catalogue;
    this.model = catalogue.find(request.model());
  }

  List<String> list() {
    if (model.isEmpty()) {
      notes.add(unknownModel());
    }
    promptFlags();
    return List.copyOf(notes);
  }

  private String unknownModel() {
    String name = request.model();
    if (name.startsWith(ENDPOINT)) {
      return "the model behind the endpoint \"%s\" is not known: cost unknown, and %s; %s"
          .formatted(
              name, "only the general rules hold", "SEEDANCE_MODELS can say what it is like");
    }
    return "no model \"%s\" is known here%s: cost unknown, and only the general rules hold"
        .formatted(
            name,
            NearestModel.to(name, catalogue.models())
                .map(near -> " (did you mean \"" + near + "\"?)")
                .orElse(""));
  }

  private void promptFlags() {
    List<PromptFlags.Flag> flags = PromptFlags.in(request).all();
    Set<String> counted = new LinkedHashSet<>();
    Set<String> spare = new LinkedHashSet<>();
    Set<String> unclear = new LinkedHashSet<>();
    for (PromptFlags.Flag flag : flags) {
      if (model.filter(Model::promptFlags).isEmpty()) {
        unclear.add(flag.name());
      } else if (PromptFlags.isGiven(flag.field(), request.settings())) {
        spare.add(flag.name());
      } else {
        flag.taken(model.get().output())
            .ifPresentOrElse(
                value ->
                    counted.add(
                        "write \"%s\": %s, not --%s %s"
                            .formatted(flag.field(), value, flag.name(), flag.value())),
                () -> unclear.add(flag.name()));
      }
    }
    if (!counted.isEmpty()) {
      notes.add(
          "the prompt holds flags of the old form, which "
              + request.model()
              + " obeys and the cost is reckoned with: "
              + String.join("; ", counted));
    }
    if (!spare.isEmpty()) {
      notes.add(
          "the prompt holds %s, which the body has a field for: take it out of the prompt"
              .formatted(dashed(spare)));
    }
    if (!unclear.isEmpty()) {
      notes.add(
          "the prompt holds %s, a form of old which %s is not known to obey: write the field instead"
              .formatted(dashed(unclear), request.model()));
    }
  }

  private static String dashed(Set<String> flags) {
    return Wording.allOf(flags.stream().map(flag -> "--" + flag).toList());
  }
}
