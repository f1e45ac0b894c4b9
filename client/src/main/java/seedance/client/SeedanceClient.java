package seedance.client;

import io.temporal.api.enums.v1.WorkflowIdReusePolicy;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowExecutionAlreadyStarted;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowServiceException;
import io.temporal.client.WorkflowStub;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import seedance.workflows.generation.VideoGenerationWorkflow;
import seedance.workflows.request.AnyJson;
import seedance.workflows.request.ModelCatalogue;
import seedance.workflows.request.RequestRules;

/**
 * Starts video generations and finds them again. A thin layer over Temporal's own client, whose
 * every other means stay usable; immutable and safe for use by several threads.
 *
 * <pre>{@code
 * SeedanceClient seedance = new SeedanceClient(workflowClient);
 * GenerationHandle generation = seedance.start(body);
 * GenerationResult result = generation.result();
 * }</pre>
 */
public final class SeedanceClient {
  private static final int ATTEMPTS_AT_A_FREE_ID = 5;

  private final WorkflowClient workflows;
  private final String taskQueue;
  private final ModelCatalogue catalogue;
  private final RequestRules rules;

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
    this.workflows = Objects.requireNonNull(workflows, "workflows");
    this.taskQueue = Objects.requireNonNull(taskQueue, "taskQueue");
    this.catalogue = Objects.requireNonNull(catalogue, "catalogue");
    this.rules = new RequestRules(catalogue);
  }

  /** Starts a generation with {@link StartOptions#DEFAULTS}. */
  public GenerationHandle start(AnyJson body) {
    return start(body, StartOptions.DEFAULTS);
  }

  /**
   * Starts a generation and returns at once.
   *
   * <p>An id makes one clip: while a generation of it runs, and after one succeeded, a start is
   * refused; after one failed, it may be started again, if that one was surely not charged or
   * {@link StartOptions#startingAgain()} accepts that it may have been.
   *
   * @param body the service's create body
   * @throws InvalidRequestException if the request was to be validated first and breaks rules
   * @throws AlreadyStartedException if a generation of that id runs or has succeeded
   * @throws MayBeChargedException if an earlier one of that id failed and may have been charged
   * @throws WorkflowServiceException if the server did not take it
   */
  public GenerationHandle start(AnyJson body, StartOptions options) {
    Objects.requireNonNull(body, "body");
    Judgement judgement = Judgement.of(body, options.options(), rules);
    if (options.validateFirst() && !judgement.isValid()) {
      throw new InvalidRequestException(judgement.violations());
    }
    RequestLabels labels =
        judgement
            .request()
            .map(request -> RequestLabels.of(request, catalogue))
            .orElse(RequestLabels.OF_INVALID);
    if (options.workflowId().isEmpty()) {
      return startUnderNewId(body, options.options(), labels);
    }
    String workflowId = options.workflowId().get();
    if (!options.again()) {
      refuseSecondBill(handle(workflowId));
    }
    return start(body, options.options(), workflowId, labels);
  }

  private static void refuseSecondBill(GenerationHandle earlier) {
    try {
      if (earlier.isOver()) {
        earlier.result();
      }
    } catch (WorkflowNotFoundException none) {
      return;
    } catch (GenerationFailedException ending) {
      if (ending.mayBeCharged()) {
        throw new MayBeChargedException(earlier, ending);
      }
    }
  }

  private GenerationHandle startUnderNewId(AnyJson body, AnyJson options, RequestLabels labels) {
    for (int attempt = 1; ; attempt++) {
      String id = WorkflowIds.next(Instant.now(), labels.slug(), ThreadLocalRandom.current());
      try {
        return start(body, options, id, labels);
      } catch (AlreadyStartedException taken) {
        if (attempt == ATTEMPTS_AT_A_FREE_ID) {
          throw taken;
        }
      }
    }
  }

  private GenerationHandle start(
      AnyJson body, AnyJson options, String workflowId, RequestLabels labels) {
    WorkflowStub workflow =
        workflows.newUntypedWorkflowStub(
            VideoGenerationWorkflow.TYPE,
            WorkflowOptions.newBuilder()
                .setWorkflowId(workflowId)
                .setTaskQueue(taskQueue)
                .setWorkflowIdReusePolicy(
                    WorkflowIdReusePolicy.WORKFLOW_ID_REUSE_POLICY_ALLOW_DUPLICATE_FAILED_ONLY)
                // Both or neither: the SDK cannot describe a schedule that has only one of them.
                .setStaticSummary(labels.summary())
                .setStaticDetails(labels.details())
                .build());
    try {
      if (options.isNull()) {
        workflow.start(body);
      } else {
        workflow.start(body, options);
      }
    } catch (WorkflowExecutionAlreadyStarted existing) {
      throw new AlreadyStartedException(handle(workflowId), existing);
    }
    return handle(workflowId);
  }

  /**
   * The latest generation of that id, whoever started it and in whatever language. Whether there is
   * one shows when it is asked.
   */
  public GenerationHandle handle(String workflowId) {
    return new GenerationHandle(workflows.newUntypedWorkflowStub(workflowId));
  }
}
