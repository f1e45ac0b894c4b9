package seedance.workflows.request;

import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What the rules hold a request to: one model's limits, or, for a model that nobody knows, limits
 * so wide that only what no known model accepts is beyond them.
 *
 * @param name how messages call whose limits these are
 */
record ModelLimits(String name, Model.Inputs inputs, Model.Output output, Set<String> takes) {

  static ModelLimits of(Model model) {
    return new ModelLimits(model.id(), model.inputs(), model.output(), model.takes());
  }

  static ModelLimits ofAny(Collection<Model> models) {
    Set<String> takes = new HashSet<>();
    models.forEach(model -> takes.addAll(model.takes()));
    return new ModelLimits("any known model", anyInputs(models), anyOutput(models), takes);
  }

  private static Model.Inputs anyInputs(Collection<Model> models) {
    List<Model.Inputs> all = models.stream().map(Model::inputs).toList();
    Optional<Model.References> references =
        all.stream()
            .flatMap(inputs -> inputs.references().stream())
            .reduce(
                (a, b) ->
                    new Model.References(
                        Math.max(a.images(), b.images()),
                        Math.max(a.videos(), b.videos()),
                        Math.max(a.audios(), b.audios()),
                        a.audioAlone() || b.audioAlone()));
    return new Model.Inputs(
        all.stream().anyMatch(Model.Inputs::text),
        all.stream().anyMatch(Model.Inputs::firstFrame),
        all.stream().anyMatch(Model.Inputs::lastFrame),
        references,
        Optional.empty());
  }

  private static Model.Output anyOutput(Collection<Model> models) {
    List<Model.Output> all = models.stream().map(Model::output).toList();
    Optional<Model.Seconds> seconds =
        all.stream()
            .map(Model.Output::seconds)
            .reduce(
                (a, b) ->
                    new Model.Seconds(
                        Math.min(a.min(), b.min()),
                        Math.max(a.max(), b.max()),
                        a.auto() || b.auto(),
                        a.preset()));
    Optional<Model.Draft> draft =
        all.stream()
            .flatMap(output -> output.draft().stream())
            .reduce(
                (a, b) ->
                    new Model.Draft(
                        union(Stream.of(a.resolutions(), b.resolutions())),
                        union(Stream.of(a.finalResolutions(), b.finalResolutions()))));
    return new Model.Output(
        union(all.stream().map(Model.Output::resolutions)),
        Optional.empty(),
        union(all.stream().map(Model.Output::ratios)),
        seconds.orElse(new Model.Seconds(1, Integer.MAX_VALUE, true, -1)),
        draft,
        whereAllAgree(models, Model.Output::adaptiveOnly),
        whereAllAgree(models, Model.Output::adaptiveNever));
  }

  private static List<String> union(Stream<List<String>> lists) {
    Set<String> union = new LinkedHashSet<>();
    lists.forEach(union::addAll);
    return List.copyOf(union);
  }

  /** The cases of a rule that holds on every model which knows the case at all. */
  private static Set<String> whereAllAgree(
      Collection<Model> models, Function<Model.Output, Set<String>> rule) {
    Set<String> cases = new HashSet<>();
    models.forEach(model -> cases.addAll(rule.apply(model.output())));
    cases.removeIf(
        one -> {
          Predicate<Model> holds = model -> rule.apply(model.output()).contains(one);
          return models.stream().anyMatch(model -> knows(model, one) && !holds.test(model));
        });
    return cases;
  }

  private static boolean knows(Model model, String oneCase) {
    return switch (oneCase) {
      case "text" -> model.inputs().text();
      case "frames" -> model.inputs().firstFrame();
      case "reference" -> model.inputs().references().isPresent();
      default -> model.takes().contains("omni_reference_task_type");
    };
  }
}
