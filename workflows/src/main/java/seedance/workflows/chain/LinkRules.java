package seedance.workflows.chain;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import seedance.workflows.chain.ReadStep.StepLink;
import seedance.workflows.json.NearestName;
import seedance.workflows.json.Violations;
import seedance.workflows.request.GenerationOutput;
import seedance.workflows.request.LastFrame;

/** Whether what a chain's steps refer to is there, can be made, and does not go in a circle. */
final class LinkRules {
  private static final int MOST_HINTS = 100;

  private final Map<String, ReadStep> steps;
  private final Violations found;
  private final Map<String, Set<String>> lastFrameFor = new LinkedHashMap<>();

  LinkRules(Map<String, ReadStep> steps, Violations found) {
    this.steps = steps;
    this.found = found;
  }

  /** Returns which step is made from which, as far as they are there. */
  ChainGraph check() {
    Map<String, List<String>> dependsOn = new LinkedHashMap<>();
    for (ReadStep step : steps.values()) {
      Set<String> sources = new LinkedHashSet<>();
      for (StepLink link : step.links()) {
        String id = link.reference().stepId();
        if (steps.containsKey(id)) {
          sources.add(id);
          check(step, link, steps.get(id));
        } else {
          found.add(link.path(), "names no step of this chain" + hint(id));
        }
      }
      dependsOn.put(step.name(), List.copyOf(sources));
    }
    ChainGraph graph = new ChainGraph(dependsOn);
    graph.cycles().forEach(this::refuse);
    return graph;
  }

  /** Beyond what is named anyway, no more hints are searched for: there may be many thousands. */
  private String hint(String id) {
    return found.count() < MOST_HINTS ? NearestName.didYouMean(id, steps.keySet()) : "";
  }

  private void check(ReadStep step, StepLink link, ReadStep source) {
    if (link.takes(GenerationOutput.TASK) && !source.isDraft()) {
      found.add(
          link.path(),
          "needs a draft, and step %s makes none: write \"draft\":true in its request"
              .formatted(source.name()));
    } else if (link.takes(GenerationOutput.LAST_FRAME)) {
      if (source.isDraft()) {
        found.add(
            link.path(),
            "step %s is a draft, which returns no last frame: take that of its final"
                .formatted(source.name()));
      } else if (!LastFrame.isAskedForBy(source.request())) {
        lastFrameFor.computeIfAbsent(source.name(), any -> new LinkedHashSet<>()).add(step.name());
      }
    }
  }

  private void refuse(ChainGraph.Cycle cycle) {
    Stream.ofNullable(steps.get(cycle.step()))
        .flatMap(step -> step.links().stream())
        .filter(link -> link.reference().stepId().equals(cycle.madeFrom()))
        .findFirst()
        .ifPresent(link -> found.add(link.path(), "goes in a circle: " + cycle.inWords()));
  }

  /** Whether a step's {@code return_last_frame} has to be switched on. */
  boolean needsLastFrame(String step) {
    return lastFrameFor.containsKey(step);
  }

  /** Says what was switched on. */
  List<String> notes() {
    List<String> notes = new ArrayList<>();
    lastFrameFor.forEach(
        (step, users) ->
            notes.add(
                "%s: return_last_frame is switched on, as its last frame is an input of %s"
                    .formatted(step, String.join(", ", users))));
    return notes;
  }
}
