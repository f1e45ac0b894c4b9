package seedance.workflows.chain;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import seedance.workflows.json.Json;
import seedance.workflows.json.JsonFields;
import seedance.workflows.json.NearestName;
import seedance.workflows.json.Verdict;
import seedance.workflows.json.Violation;
import seedance.workflows.json.Violations;
import seedance.workflows.request.RequestRules;
import seedance.workflows.request.StepReference;
import seedance.workflows.request.VideoRequest;

/** Reads a chain's steps, each checked by itself; how they go together is for others. */
final class ChainReader {
  private static final String ROOT = "$";
  private static final String STEPS = "steps";
  private static final String ID = "id";
  private static final String REQUEST = "request";
  private static final String APPROVE = "approve";
  private static final String RIGHT = "write [{\"id\":…,\"request\":{…}}]";

  /** What other systems order steps by. */
  private static final Set<String> ORDERS =
      Set.of("after", "needs", "depends", "depends_on", "dependsOn", "inputs", "from");

  private final RequestRules rules;
  private final boolean allowUnknownFields;
  private final Violations found;
  private final Map<String, String> pathsById = new HashMap<>();

  ChainReader(RequestRules rules, boolean allowUnknownFields, Violations found) {
    this.rules = rules;
    this.allowUnknownFields = allowUnknownFields;
    this.found = found;
  }

  /** Returns the steps in the order written; none where there are none or too many. */
  List<ReadStep> read(Json chain) {
    if (chain.isNull()) {
      found.add(ROOT, "is missing: write {\"steps\":[…]}");
      return List.of();
    }
    return JsonFields.of(chain, ROOT, found).map(this::steps).orElse(List.of());
  }

  private List<ReadStep> steps(JsonFields chain) {
    if (!chain.has(STEPS) && chain.has("content")) {
      found.add(
          ROOT,
          "is a single request: start VideoGeneration with it, or make it a step:"
              + " {\"steps\":[{\"id\":…,\"request\":…}]}");
      return List.of();
    }
    Optional<List<Json>> list = chain.neededArray(STEPS, RIGHT);
    if (list.isPresent() && list.get().isEmpty()) {
      chain.refuse(STEPS, "is empty: " + RIGHT);
    }
    int count = list.map(List::size).orElse(0);
    List<ReadStep> steps = new ArrayList<>();
    if (count > Chain.MOST_STEPS) {
      chain.refuse(
          STEPS,
          "has %d steps: at most %d, and none is checked".formatted(count, Chain.MOST_STEPS));
    } else {
      for (int i = 0; i < count; i++) {
        String path = chain.path(STEPS) + "[" + i + "]";
        JsonFields.of(list.get().get(i), path, found).map(this::step).ifPresent(steps::add);
      }
    }
    chain.refuseOthers(
        name ->
            "is not a field of a chain: its fields are steps, and options are the second argument"
                + NearestName.didYouMean(name, Set.of(STEPS)));
    return steps;
  }

  private ReadStep step(JsonFields step) {
    Optional<String> id = id(step);
    boolean approve = step.flag(APPROVE).orElse(false);
    Optional<Json> given = step.needed(REQUEST, "write the body of a generation").map(Json::new);
    Optional<VideoRequest> valid = given.flatMap(body -> checked(body, step.path(REQUEST)));
    step.refuseOthers(
        name ->
            ORDERS.contains(name)
                ? "is unknown: a step comes after those that its request names as step://ID/…"
                : "is not a field of a step"
                    + NearestName.didYouMean(name, List.of(ID, REQUEST, APPROVE)));
    return new ReadStep(
        step.path(), id.orElse(step.path()), given.orElse(Json.NULL), approve, valid);
  }

  /** Returns the id if it is one and the first of its name. */
  private Optional<String> id(JsonFields step) {
    return step.neededText(ID, "write a name such as \"opening\"")
        .filter(
            id -> {
              if (!StepReference.isStepId(id)) {
                step.refuse(ID, "must be 1 to 64 letters, digits, \"_\" and \"-\"");
                return false;
              }
              String first = pathsById.putIfAbsent(id, step.path());
              if (first != null) {
                step.refuse(ID, "is already the id of " + first + ": write another one");
              }
              return first == null;
            });
  }

  private Optional<VideoRequest> checked(Json request, String path) {
    Verdict<VideoRequest> verdict = rules.checkStep(request, allowUnknownFields);
    for (Violation violation : verdict.violations()) {
      found.add(below(path, violation.path()), violation.message());
    }
    return verdict.value();
  }

  private static String below(String parent, String path) {
    return path.equals(ROOT) ? parent : path.startsWith("[") ? parent + path : parent + "." + path;
  }
}
