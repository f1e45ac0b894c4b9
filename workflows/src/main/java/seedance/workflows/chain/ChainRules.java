package seedance.workflows.chain;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import seedance.workflows.json.Json;
import seedance.workflows.json.NearestName;
import seedance.workflows.json.Verdict;
import seedance.workflows.json.Violation;
import seedance.workflows.json.Violations;
import seedance.workflows.request.LastFrame;
import seedance.workflows.request.ModelCatalogue;
import seedance.workflows.request.RequestRules;
import seedance.workflows.request.StepReference;

/**
 * The rules for a chain, as far as they can be known before anything is spent: its form, every
 * step's request by {@link RequestRules}, what steps take from one another, the lengths of the
 * clips passed on, and the cost by the price list against the budget. Pure and thread-safe.
 */
public final class ChainRules {
  /**
   * As large as a chain may be, in bytes of compact JSON: 1 MiB, as for a single request and for
   * the same reason.
   */
  public static final int LARGEST_CHAIN = RequestRules.LARGEST_BODY;

  private static final Pattern STEP = Pattern.compile("steps\\[(\\d{1,9})].*");

  private final ModelCatalogue catalogue;
  private final RequestRules rules;

  /** Rules by the models of a catalogue. */
  public ChainRules(ModelCatalogue catalogue) {
    this.catalogue = Objects.requireNonNull(catalogue, "catalogue");
    this.rules = new RequestRules(catalogue);
  }

  /** Returns rules by the built-in catalogue. */
  public static ChainRules builtIn() {
    return new ChainRules(ModelCatalogue.builtIn());
  }

  /**
   * Checks a chain and its options. Every broken rule is named in one pass, except that lengths and
   * costs are only reckoned where the requests are valid.
   *
   * @param chain what was sent; null counts as absent
   * @param options what was sent beside it; null counts as absent
   */
  public Verdict<ChainPlan> check(@Nullable Json chain, @Nullable Json options) {
    Violations found = new Violations();
    Json written = Json.orNull(chain);
    ChainOptions inForce = ChainOptions.read(options, found, true);
    boolean goodOptions = found.isEmpty();
    List<ReadStep> read =
        new ChainReader(rules, inForce.generation().allowUnknownFields(), found).read(written);
    Map<String, ReadStep> steps = new LinkedHashMap<>();
    read.forEach(step -> steps.put(step.name(), step));
    LinkRules links = new LinkRules(steps, found);
    ChainGraph graph = links.check();
    InputClips clips = new InputClips(steps, catalogue, found);
    clips.check();
    if (!steps.isEmpty()) {
      checkJoin(inForce, steps, found);
    }
    if (found.isEmpty() && written.bytes() > LARGEST_CHAIN) {
      found.add(
          "$",
          "the chain has %d KiB, over the %d KiB that travel through a workflow: pass media as https:// or asset://"
              .formatted(written.bytes() >> 10, LARGEST_CHAIN >> 10));
    }
    boolean allValid = read.stream().allMatch(step -> step.valid().isPresent());
    if (!allValid || steps.isEmpty() || !graph.cycles().isEmpty()) {
      return invalid(found);
    }
    ChainCost cost = new ChainCost(steps, clips, catalogue);
    if (goodOptions) {
      cost.check(inForce, found);
    }
    return found.isEmpty()
        ? Verdict.valid(plan(steps, graph, links, clips, cost, inForce))
        : invalid(found);
  }

  private static void checkJoin(
      ChainOptions options, Map<String, ReadStep> steps, Violations found) {
    for (int i = 0; i < options.join().size(); i++) {
      String id = options.join().get(i);
      if (!steps.containsKey(id) && StepReference.isStepId(id)) {
        found.add(
            "%s.%s[%d]".formatted(ChainOptions.PATH, ChainOptions.JOIN, i),
            "names no step of this chain" + NearestName.didYouMean(id, steps.keySet()));
      }
    }
  }

  private ChainPlan plan(
      Map<String, ReadStep> steps,
      ChainGraph graph,
      LinkRules links,
      InputClips clips,
      ChainCost cost,
      ChainOptions options) {
    List<String> notes = new ArrayList<>(links.notes());
    notes.addAll(clips.notes());
    notes.addAll(cost.notes());
    notes.addAll(notesOfRequests(steps));
    List<StepPlan> plans = new ArrayList<>();
    for (String id : graph.ordered()) {
      ReadStep step = Objects.requireNonNull(steps.get(id), id);
      plans.add(
          new StepPlan(
              id,
              links.needsLastFrame(id) ? LastFrame.askedForBy(step.request()) : step.request(),
              step.approve(),
              graph.madeFrom(id),
              catalogue.summary(step.valid().orElseThrow()),
              cost.worstCase(id).orElse(null)));
    }
    return new ChainPlan(plans, notes, cost.worstCase().orElse(null), options);
  }

  /** Each once, with the steps that it is about. */
  private List<String> notesOfRequests(Map<String, ReadStep> steps) {
    Map<String, List<String>> stepsByNote = new LinkedHashMap<>();
    steps.forEach(
        (name, step) ->
            rules
                .notes(step.valid().orElseThrow())
                .forEach(
                    note -> stepsByNote.computeIfAbsent(note, any -> new ArrayList<>()).add(name)));
    List<String> notes = new ArrayList<>();
    stepsByNote.forEach((note, names) -> notes.add(Names.some(names) + ": " + note));
    return notes;
  }

  /** Sorts by step; the options come after the chain, and what is only counted last. */
  private static Verdict<ChainPlan> invalid(Violations found) {
    List<Violation> sorted = new ArrayList<>(found.list());
    sorted.sort(Comparator.comparingLong(ChainRules::place));
    return Verdict.invalid(sorted);
  }

  private static long place(Violation violation) {
    Matcher step = STEP.matcher(violation.path());
    if (step.matches()) {
      return Long.parseLong(step.group(1));
    }
    boolean counted = violation.path().equals("$") && violation.message().startsWith("and ");
    boolean options = violation.path().startsWith(ChainOptions.PATH);
    return counted ? Long.MAX_VALUE : options ? Long.MAX_VALUE - 1 : -1;
  }
}
