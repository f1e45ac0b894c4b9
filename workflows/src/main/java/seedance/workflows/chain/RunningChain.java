package seedance.workflows.chain;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import seedance.workflows.json.Json;
import seedance.workflows.request.GenerationReference;
import seedance.workflows.request.Money;

/**
 * A chain while it runs. All that changes of it changes here and is counted, so that nobody has to
 * say that there is something new to show.
 */
final class RunningChain {
  static final String VALIDATING = "Validating the chain";
  static final String MAKING = "Making the steps";

  private final Map<String, StepRun> steps = new LinkedHashMap<>();
  private final Set<String> notes = new LinkedHashSet<>();
  private ChainPlan plan = new ChainPlan(List.of(), List.of(), null, ChainOptions.DEFAULTS);
  private Budget budget = new Budget(Optional.empty(), ChainOptions.DEFAULTS.overBudget());
  private String stage = VALIDATING;
  private boolean isGivingUp;
  private int changes;

  /** The chain was checked; before, it has no steps. */
  void begin(ChainPlan valid) {
    plan = valid;
    budget = new Budget(valid.options().budget(), valid.options().overBudget());
    valid.steps().forEach(step -> steps.put(step.id(), new StepRun(step)));
    changes++;
  }

  /** Puts what comes after a step in its place. */
  void change(String step, UnaryOperator<StepRun> transition) {
    steps.put(step, transition.apply(step(step)));
    changes++;
  }

  /** Takes a step to another state, by which nothing is tried and nothing paid. */
  <S extends RunState> void move(String step, Class<S> from, Function<S, RunState> transition) {
    change(step, now -> now.moved(from, transition));
  }

  /** Follows another plan in what is not started yet. */
  void replan(ChainPlan changed) {
    Map<String, StepRun> planned = new LinkedHashMap<>();
    for (StepPlan next : changed.steps()) {
      StepRun step = step(next.id());
      planned.put(next.id(), step.isStarted() ? step : step.planned(next));
    }
    plan = changed;
    steps.clear();
    steps.putAll(planned);
    changes++;
  }

  /**
   * @throws io.temporal.failure.ApplicationFailure if that is no new total for it
   */
  void raiseBudget(Money total) {
    budget = budget.raisedTo(total, steps());
    changes++;
  }

  /**
   * @param words what is being done now
   */
  void enter(String words) {
    stage = words;
    changes++;
  }

  /** Once, however often it is said. */
  void note(String what) {
    notes.add(what);
    changes++;
  }

  /** Nothing more is to be started. */
  void giveUpTheRest() {
    isGivingUp = true;
    changes++;
  }

  /** How often it has changed. */
  int changes() {
    return changes;
  }

  ChainPlan plan() {
    return plan;
  }

  ChainOptions options() {
    return plan.options();
  }

  Budget budget() {
    return budget;
  }

  String stage() {
    return stage;
  }

  List<String> notes() {
    return List.copyOf(notes);
  }

  boolean isGivingUp() {
    return isGivingUp;
  }

  /** In an order in which each comes after those it is made from. */
  Collection<StepRun> steps() {
    return Collections.unmodifiableCollection(steps.values());
  }

  /** As it is now; empty where there is none. */
  Optional<StepRun> find(String id) {
    return Optional.ofNullable(steps.get(id));
  }

  /** One of its steps, as it is now: to ask for another is a bug of ours. */
  StepRun step(String id) {
    return Objects.requireNonNull(steps.get(id), id);
  }

  /** One that it is made from and that will never be there. */
  Optional<StepRun> lostSource(StepPlan step) {
    return sources(step).filter(StepRun::isLost).findFirst();
  }

  /** Those that it is made from and that are not there yet. */
  List<String> unfinishedSources(StepPlan step) {
    return sources(step).filter(source -> !source.isFinished()).map(StepRun::id).toList();
  }

  /** The tasks that it is made from. */
  List<String> sourceTasks(StepPlan step) {
    return sources(step).map(source -> source.result().orElseThrow().taskId()).toList();
  }

  private Stream<StepRun> sources(StepPlan step) {
    return step.dependsOn().stream().map(this::step);
  }

  /** Those that are made from a step and that may yet be. */
  List<String> openDependents(StepRun step) {
    return steps.values().stream()
        .filter(other -> !other.isOver())
        .filter(other -> other.plan().dependsOn().contains(step.id()))
        .map(StepRun::id)
        .toList();
  }

  /** A step's request, each step that it refers to replaced by the generation that made that. */
  Json request(StepRun step) {
    return step.plan()
        .withReferences(
            reference ->
                new GenerationReference(
                    step(reference.stepId()).generation().orElseThrow(), reference.output()));
  }

  boolean mayBePaid(StepRun step) {
    return budget.mayBePaid(step, steps.values());
  }

  boolean couldBreakBudget(StepRun step) {
    return budget.couldBreak(step, steps.values());
  }

  TotalCost cost() {
    return TotalCost.sum(steps.values().stream().map(StepRun::cost));
  }
}
