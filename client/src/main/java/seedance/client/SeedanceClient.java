package seedance.client;

import io.temporal.api.enums.v1.WorkflowIdReusePolicy;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowExecutionAlreadyStarted;
import io.temporal.client.WorkflowExecutionDescription;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.client.WorkflowServiceException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import seedance.client.inputs.MediaStore;
import seedance.workflows.chain.Chain;
import seedance.workflows.chain.ChainPlan;
import seedance.workflows.chain.ChainRules;
import seedance.workflows.chain.JoinedChain;
import seedance.workflows.chain.VideoChainWorkflow;
import seedance.workflows.generation.CheckedGeneration;
import seedance.workflows.generation.GenerationOptions;
import seedance.workflows.generation.GenerationRules;
import seedance.workflows.generation.VideoGenerationWorkflow;
import seedance.workflows.json.Json;
import seedance.workflows.json.Verdict;
import seedance.workflows.request.ModelCatalogue;
import seedance.workflows.request.Request;

/**
 * Starts video generations and finds them again. A thin layer over Temporal's own client, whose
 * every other means stay usable; immutable and safe for use by several threads.
 *
 * <pre>{@code
 * SeedanceClient seedance = new SeedanceClient(workflowClient);
 * Request request = Request.of("doubao-seedance-2-0").text("A cat on a windowsill").build();
 * GenerationHandle clip = seedance.start(request, GenerationStart.withId("shot-7"));
 * URI video = clip.result().video().location();
 * }</pre>
 */
public final class SeedanceClient {
  private final WorkflowClient workflows;
  private final Starting starting;
  private final GenerationRules rules;
  private final ChainRules chainRules;
  private final CallersFiles files;
  private final IdInUse generations;
  private final IdInUse chains;

  /** A client for the task queue {@code seedance} with the built-in model catalogue. */
  public SeedanceClient(WorkflowClient workflows) {
    this(workflows, VideoGenerationWorkflow.DEFAULT_TASK_QUEUE, ModelCatalogue.builtIn());
  }

  /**
   * @param workflows any client of the server; closing it stays with whoever made it
   * @param taskQueue the queue that the workers with this module poll
   * @param catalogue the models that requests are held to before a start
   */
  public SeedanceClient(WorkflowClient workflows, String taskQueue, ModelCatalogue catalogue) {
    this(
        workflows,
        new Starting(workflows, taskQueue),
        new CallersFiles(Optional.empty(), catalogue));
  }

  private SeedanceClient(WorkflowClient workflows, Starting starting, CallersFiles files) {
    this.workflows = Objects.requireNonNull(workflows, "workflows");
    this.starting = starting;
    this.files = files;
    ModelCatalogue catalogue = files.catalogue();
    this.rules = new GenerationRules(catalogue);
    this.chainRules = new ChainRules(catalogue);
    this.generations =
        new IdInUse(
            "generation", VideoGenerationWorkflow.TYPES, StartInput::differencesFrom, workflows);
    this.chains =
        new IdInUse(
            "chain", List.of(VideoChainWorkflow.TYPE), StartInput::differencesFromChain, workflows);
  }

  /**
   * This client with the store of the workers, for requests that name files of this machine: {@code
   * cat.png}, {@code ./a/b.mov}, {@code file:///…}, from the working directory. Before a start, or
   * a decision about a step, they are held to the service's limits and put into it. Not for bodies
   * of strangers: whatever media file of this machine a path names is read.
   */
  public SeedanceClient withStore(MediaStore store) {
    return new SeedanceClient(
        workflows, starting, new CallersFiles(Optional.of(store), files.catalogue()));
  }

  /** Starts a generation under an id that is made up, with the default options. */
  public GenerationHandle start(Request request) {
    return start(request, GenerationStart.withNewId());
  }

  /**
   * Starts a generation and returns at once.
   *
   * <p>An id makes one clip: while a generation of it runs, and after one succeeded, a start with
   * the same request and options starts nothing and returns that one ({@link
   * GenerationHandle#isNew()} tells), and a start with others is refused. After one failed, it may
   * be started again, if that one was surely not charged, {@link GenerationStart#startingAgain()}
   * accepts that it may have been, or {@code options.adopt} names a task, so that nothing is
   * submitted. One that took over a task, or was reset, is no proof that nothing was charged.
   *
   * @param request {@link Request#NONE} where {@code options.adopt} names a task: it is that of the
   *     earlier generation of the id then, if the task can be that one's
   * @throws InvalidRequestException if the request was to be validated first and breaks rules, or
   *     names files that the service would not take
   * @throws UncheckedIOException if a file cannot be put into the store
   * @throws DifferentRequestException if a generation of that id runs or has succeeded with another
   *     request or other options
   * @throws MayBeChargedException if an earlier one of that id failed and may have been charged
   * @throws WorkflowServiceException if the server did not take it, or gave no answer: then it may
   *     have been started under the exception's workflow id
   */
  public GenerationHandle start(Request request, GenerationStart start) {
    return start(request.json(), start);
  }

  /** {@link #start(Request, GenerationStart)} with a body in JSON, whatever it is. */
  public GenerationHandle start(Json written, GenerationStart start) {
    Json body = files.stored(Objects.requireNonNull(written, "written"));
    Verdict<CheckedGeneration> verdict = rules.check(body, start.options());
    if (start.validateFirst() && !verdict.isValid()) {
      throw new InvalidRequestException(verdict.violations());
    }
    RequestLabels labels = RequestLabels.ofGeneration(verdict, files.catalogue());
    return start
        .workflowId()
        .map(id -> startOnce(body, start, id, labels))
        .orElseGet(
            () ->
                Starting.underNewId(
                    labels.slug(), id -> startNew(body, start.options(), id, labels)));
  }

  /** Asks for an earlier one first, so that the usual case of "there already" sends no start. */
  private GenerationHandle startOnce(
      Json body, GenerationStart start, String workflowId, RequestLabels labels) {
    StartInput input = new StartInput(body, Optional.of(start.options()));
    GenerationHandle earlier = handle(workflowId);
    Json request = body;
    try {
      WorkflowExecutionDescription run = generations.describe(earlier.workflow());
      Optional<GenerationFailedException> ending = earlier.failure();
      if (ending.isEmpty()) {
        return existing(earlier, input);
      }
      EarlierFailure failure = new EarlierFailure(earlier, run, ending.get(), workflows);
      if (GenerationOptions.adopts(start.options())) {
        request = body.isNull() ? requestOfAdopted(start.options(), failure) : body;
      } else if (!start.again()) {
        failure.requireUncharged();
      }
    } catch (WorkflowNotFoundException none) {
      // The usual case.
    }
    try {
      return startNew(request, start.options(), workflowId, labels);
    } catch (WorkflowExecutionAlreadyStarted meanwhile) {
      return existing(earlier, input);
    }
  }

  /** What the rules refuse by now would keep the task from being taken over. */
  private Json requestOfAdopted(Json options, EarlierFailure failure) {
    Json request = GenerationOptions.adopted(options).map(failure::requestOf).orElse(Json.NULL);
    return rules.check(request, options).isValid() ? request : Json.NULL;
  }

  private GenerationHandle existing(GenerationHandle there, StartInput input) {
    generations.requireSame(there.workflow(), input);
    return there;
  }

  private GenerationHandle startNew(
      Json body, Json options, String workflowId, RequestLabels labels) {
    starting.start(
        VideoGenerationWorkflow.TYPE,
        WorkflowIdReusePolicy.WORKFLOW_ID_REUSE_POLICY_ALLOW_DUPLICATE_FAILED_ONLY,
        workflowId,
        labels,
        body,
        options);
    return new GenerationHandle(workflows.newUntypedWorkflowStub(workflowId), true, workflows);
  }

  /**
   * Starts a chain and returns at once.
   *
   * <p>An id makes one chain, whatever became of it: a start with the same chain and options starts
   * nothing and returns that one, and a start with others is refused. A chain that failed is
   * started again under another id, with {@code options.reuse} naming the first: then nothing that
   * it finished is made again.
   *
   * @throws InvalidRequestException if the chain was to be validated first and breaks rules, or if
   *     the id leaves its steps none
   * @throws DifferentRequestException if another chain or a generation has that id
   * @throws WorkflowServiceException if the server did not take it, or gave no answer: then it may
   *     have been started under the exception's workflow id
   */
  public ChainHandle startChain(Chain chain, ChainStart start) {
    return startChain(chain.json(), start);
  }

  /** Starts a chain under an id that is made up, with the default options. */
  public ChainHandle startChain(Chain chain) {
    return startChain(chain, ChainStart.withNewId());
  }

  /** The same of a chain whose steps become a film. */
  public ChainHandle startChain(JoinedChain chain) {
    return startChain(chain, ChainStart.withNewId());
  }

  /**
   * {@link #startChain(Chain, ChainStart)} of a chain whose steps become a film, in the place of
   * one that the start's options name.
   *
   * @throws IllegalArgumentException if the start has options that are none
   */
  public ChainHandle startChain(JoinedChain chain, ChainStart start) {
    return startChain(
        chain.chain(), start.options(options -> options.join(chain.join().toArray(String[]::new))));
  }

  /** {@link #startChain(Chain, ChainStart)} with a chain in JSON, whatever it is. */
  public ChainHandle startChain(Json written, ChainStart start) {
    Json chain = files.stored(Objects.requireNonNull(written, "written"));
    Verdict<ChainPlan> withoutId = chainRules.check(chain, start.options());
    Verdict<ChainPlan> verdict =
        start.workflowId().map(id -> withoutId.then(plan -> plan.under(id))).orElse(withoutId);
    boolean idIsWrong = withoutId.isValid() && !verdict.isValid();
    if (idIsWrong || start.validateFirst() && !verdict.isValid()) {
      throw new InvalidRequestException(verdict.violations());
    }
    RequestLabels labels = RequestLabels.ofChain(verdict);
    return start
        .workflowId()
        .map(id -> startChainOnce(chain, start.options(), id, labels))
        .orElseGet(
            () ->
                Starting.underNewId(
                    labels.slug(), id -> startNewChain(chain, start.options(), id, labels)));
  }

  private ChainHandle startChainOnce(
      Json chain, Json options, String workflowId, RequestLabels labels) {
    try {
      return startNewChain(chain, options, workflowId, labels);
    } catch (WorkflowExecutionAlreadyStarted there) {
      ChainHandle existing = chain(workflowId);
      chains.requireSame(existing.workflow(), new StartInput(chain, Optional.of(options)));
      return existing;
    }
  }

  private ChainHandle startNewChain(
      Json chain, Json options, String workflowId, RequestLabels labels) {
    starting.start(
        VideoChainWorkflow.TYPE,
        // A child of an earlier run would be taken for this one's.
        WorkflowIdReusePolicy.WORKFLOW_ID_REUSE_POLICY_REJECT_DUPLICATE,
        workflowId,
        labels,
        chain,
        options);
    return chain(workflowId, true);
  }

  /**
   * The chain of that id, whoever started it and in whatever language. Whether there is one shows
   * when it is asked.
   */
  public ChainHandle chain(String workflowId) {
    return chain(workflowId, false);
  }

  private ChainHandle chain(String id, boolean isNew) {
    return new ChainHandle(
        workflows.newUntypedWorkflowStub(id), isNew, this::handle, new EndedRuns(workflows), files);
  }

  /**
   * What a generation was started with, from its history; JSON null where it adopted a task without
   * a body.
   *
   * @throws WorkflowNotFoundException if there is no such workflow, or its history is gone
   */
  public Json requestOf(GenerationHandle generation) {
    return StartInput.of(generation.workflow().describe(), workflows).request();
  }

  /**
   * The latest generation of that id, whoever started it and in whatever language. Whether there is
   * one shows when it is asked.
   */
  public GenerationHandle handle(String workflowId) {
    return new GenerationHandle(workflows.newUntypedWorkflowStub(workflowId), false, workflows);
  }
}
