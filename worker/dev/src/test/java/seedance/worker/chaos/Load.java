package seedance.worker.chaos;

import io.temporal.client.WorkflowStub;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import seedance.workflows.chain.ChainResult;
import seedance.workflows.chain.VideoChainWorkflow;
import seedance.workflows.generation.GenerationResult;
import seedance.workflows.generation.VideoGenerationWorkflow;

/** The workflows of a run. Its generations are numbered through, whichever workflow they are of. */
sealed interface Load {

  /** How many workflows are started. */
  int workflows();

  /** The type of a workflow. */
  String type(int workflow);

  /** What a workflow is started with. */
  Object[] arguments(int workflow, Schedule schedule);

  /** How many of the workflows are chains. */
  int chains();

  /** The place of a workflow among the chains; empty where it is none. */
  OptionalInt chain(int workflow);

  /** The place of a generation's chain among the chains; empty where it is of none. */
  OptionalInt chainOf(int generation);

  /** The number of the generation that a generation is made from; empty where it is of words. */
  Optional<Integer> source(int generation);

  /** The generations of a workflow of this id. */
  List<Numbered> generations(int workflow, String id);

  /**
   * What each of a workflow's generations came to, in the order of {@link #generations}.
   *
   * @throws TimeoutException where it goes on
   */
  List<GenerationResult> results(int workflow, WorkflowStub stub, Duration atMost)
      throws TimeoutException;

  /** In the line that a run prints. */
  String inWords();

  /** A generation of the run, and the id of its workflow. */
  record Numbered(int number, String workflowId) {}

  /** Generations, each by itself. */
  record Generations(int workflows) implements Load {
    @Override
    public String type(int workflow) {
      return VideoGenerationWorkflow.TYPE;
    }

    @Override
    public Object[] arguments(int workflow, Schedule schedule) {
      return new Object[] {Requests.body(workflow)};
    }

    @Override
    public int chains() {
      return 0;
    }

    @Override
    public OptionalInt chain(int workflow) {
      return OptionalInt.empty();
    }

    @Override
    public OptionalInt chainOf(int generation) {
      return OptionalInt.empty();
    }

    @Override
    public Optional<Integer> source(int generation) {
      return Optional.empty();
    }

    @Override
    public List<Numbered> generations(int workflow, String id) {
      return List.of(new Numbered(workflow, id));
    }

    @Override
    public List<GenerationResult> results(int workflow, WorkflowStub stub, Duration atMost)
        throws TimeoutException {
      return List.of(
          stub.getResult(atMost.toMillis(), TimeUnit.MILLISECONDS, GenerationResult.class));
    }

    @Override
    public String inWords() {
      return "generations " + workflows;
    }
  }

  /** Chains, each of an opening, two branches that are made from it, and one that goes on. */
  record Chains(int workflows) implements Load {

    @Override
    public String type(int workflow) {
      return VideoChainWorkflow.TYPE;
    }

    @Override
    public Object[] arguments(int workflow, Schedule schedule) {
      return ChainRequests.arguments(
          workflow * ChainRequests.STEPS.size(), schedule.ofChain(workflow));
    }

    @Override
    public int chains() {
      return workflows;
    }

    @Override
    public OptionalInt chain(int workflow) {
      return OptionalInt.of(workflow);
    }

    @Override
    public OptionalInt chainOf(int generation) {
      return OptionalInt.of(generation / ChainRequests.STEPS.size());
    }

    @Override
    public Optional<Integer> source(int generation) {
      int step = generation % ChainRequests.STEPS.size();
      return ChainRequests.source(step).map(source -> generation - step + source);
    }

    @Override
    public List<Numbered> generations(int workflow, String id) {
      List<String> steps = ChainRequests.STEPS;
      return steps.stream()
          .map(step -> new Numbered(workflow * steps.size() + steps.indexOf(step), id + "." + step))
          .toList();
    }

    @Override
    public List<GenerationResult> results(int workflow, WorkflowStub stub, Duration atMost)
        throws TimeoutException {
      ChainResult chain =
          stub.getResult(atMost.toMillis(), TimeUnit.MILLISECONDS, ChainResult.class);
      return ChainRequests.STEPS.stream()
          .map(
              id ->
                  chain.steps().stream()
                      .filter(step -> step.id().equals(id))
                      .findFirst()
                      .orElseThrow()
                      .result())
          .toList();
    }

    @Override
    public String inWords() {
      return "chains %d steps %d".formatted(workflows, workflows * ChainRequests.STEPS.size());
    }
  }

  /** Generations, and after them chains, beside each other. */
  record Mixed(Generations alone, Chains inChains) implements Load {
    @Override
    public int workflows() {
      return alone.workflows() + inChains.workflows();
    }

    @Override
    public String type(int workflow) {
      return part(workflow).type(workflow);
    }

    @Override
    public Object[] arguments(int workflow, Schedule schedule) {
      return isAlone(workflow)
          ? alone.arguments(workflow, schedule)
          : ChainRequests.arguments(
              generations(workflow, "").get(0).number(), schedule.ofChain(workflow - before()));
    }

    @Override
    public int chains() {
      return inChains.workflows();
    }

    @Override
    public OptionalInt chain(int workflow) {
      return isAlone(workflow) ? OptionalInt.empty() : OptionalInt.of(workflow - before());
    }

    @Override
    public OptionalInt chainOf(int generation) {
      return isAlone(generation) ? OptionalInt.empty() : inChains.chainOf(generation - before());
    }

    @Override
    public Optional<Integer> source(int generation) {
      return isAlone(generation)
          ? Optional.empty()
          : inChains.source(generation - before()).map(source -> source + before());
    }

    @Override
    public List<Numbered> generations(int workflow, String id) {
      return isAlone(workflow)
          ? alone.generations(workflow, id)
          : inChains.generations(workflow - before(), id).stream()
              .map(each -> new Numbered(each.number() + before(), each.workflowId()))
              .toList();
    }

    @Override
    public List<GenerationResult> results(int workflow, WorkflowStub stub, Duration atMost)
        throws TimeoutException {
      return part(workflow).results(workflow, stub, atMost);
    }

    @Override
    public String inWords() {
      return alone.inWords() + " " + inChains.inWords();
    }

    @Override
    public int generations() {
      return alone.generations() + inChains.generations();
    }

    private Load part(int workflow) {
      return isAlone(workflow) ? alone : inChains;
    }

    /** A generation by itself has the number of its workflow. */
    private boolean isAlone(int workflowOrGeneration) {
      return workflowOrGeneration < before();
    }

    private int before() {
      return alone.workflows();
    }
  }

  /** How many generations the run has. */
  default int generations() {
    return workflows() * generations(0, "").size();
  }
}
