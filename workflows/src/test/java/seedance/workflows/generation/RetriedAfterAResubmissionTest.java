package seedance.workflows.generation;

import static org.assertj.core.api.Assertions.assertThat;

import io.temporal.client.WorkflowStub;
import io.temporal.worker.Worker;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import seedance.workflows.InMemoryServer;
import seedance.workflows.chain.ChainManifest;
import seedance.workflows.chain.ChainProgress;
import seedance.workflows.chain.ChainResult;
import seedance.workflows.chain.ChainRules;
import seedance.workflows.chain.ChainVerdict;
import seedance.workflows.chain.StepState;
import seedance.workflows.chain.StoreChainActivity;
import seedance.workflows.chain.ValidateChainActivity;
import seedance.workflows.chain.VideoChainWorkflow;
import seedance.workflows.chain.VideoChainWorkflowImpl;
import seedance.workflows.json.Json;

/**
 * A step's generation whose first submission was lost, and whose second made a task, which it did
 * not wait for: a chain over real generations, whose store is as that of the activities.
 */
class RetriedAfterAResubmissionTest extends WorkflowFixture {
  private static final String TASK = "cgt-of-the-second";

  private final Map<String, String> receipts = new HashMap<>();
  private final Set<String> open = new HashSet<>();
  private int created;

  @Override
  void registerMoreOn(Worker worker) {
    worker.registerWorkflowImplementationTypes(VideoChainWorkflowImpl.class);
    worker.registerActivitiesImplementations(new OfChains());
  }

  private static final class OfChains implements ValidateChainActivity, StoreChainActivity {
    @Override
    public ChainVerdict validate(Json chain, Json options) {
      return ChainVerdict.of(ChainRules.builtIn().check(chain, options));
    }

    @Override
    public URI store(ChainManifest manifest) {
      return URI.create("file:///clips/chain.json");
    }
  }

  @BeforeEach
  void script() {
    activities.options(
        GenerationOptions.builder()
            .submitWithin(Duration.ofHours(1))
            .deadline(Duration.ofHours(2))
            .build());
    for (int i = 0; i < 5; i++) {
      activities.onSubmit(this::submit).onReconcile(this::reconcile);
    }
    activities.onLook(look -> activities.going("running", Duration.ofHours(3)));
    activities.onLook(look -> activities.going("running", Duration.ofHours(3)));
  }

  /** Receipt, then note, then send; the first answer is lost. */
  private SubmitOutcome submit(Submission submission) {
    if (receipts.containsKey(submission.id())) {
      return activities.task(receipts.get(submission.id()));
    }
    if (!open.add(submission.id())) {
      return new SubmitOutcome.Unknown(activities.problem("it may have been sent before"));
    }
    if (open.size() == 1) {
      return new SubmitOutcome.Unknown(activities.problem("the reply was lost"));
    }
    created++;
    receipts.put(submission.id(), TASK);
    return activities.task(TASK);
  }

  private Reconciliation reconcile(ReconcileRequest request) {
    return request.name().later().stream()
        .map(SubmissionName::id)
        .filter(receipts::containsKey)
        .findFirst()
        .<Reconciliation>map(id -> new Reconciliation.Found(activities.task(receipts.get(id)), id))
        .orElseGet(activities::cannotTell);
  }

  @Test
  void retry_takesTheTaskOfTheResubmission_andAsksNobody() {
    WorkflowStub film = filmWhoseDeadlinePassed();

    film.update("retryStep", ChainProgress.class, Map.of("step", "a"));

    assertThat(film.getResult(ChainResult.class).step("a").result().taskId()).isEqualTo(TASK);
    assertThat(created).isEqualTo(1);
    assertThat(activities.submitted).hasSize(3);
  }

  @Test
  void failureOfThatTask_isNotSaidToBeFree_asTheFirstMayBeCharged() {
    WorkflowStub film = filmWhoseDeadlinePassed();
    activities.onLook(
        look ->
            new Look.Failed(
                new ServiceError(FailureType.OUTPUT_MODERATED, null, null, null),
                look.acceptedAt()));

    film.update("retryStep", ChainProgress.class, Map.of("step", "a"));
    awaitFailure(film, "May be charged");

    assertThat(problem(film)).contains("an earlier submission", "went without an answer");
  }

  private WorkflowStub filmWhoseDeadlinePassed() {
    Json chain = Json.NULL.with("steps", List.of(Map.of("id", "a", "request", BODY)));
    WorkflowStub film =
        server
            .getWorkflowClient()
            .newUntypedWorkflowStub(
                VideoChainWorkflow.TYPE, InMemoryServer.options().setWorkflowId("film").build());
    film.start(chain, Json.NULL);
    WorkflowStub shot = server.getWorkflowClient().newUntypedWorkflowStub("film.a");
    server.time().until(() -> isAsking(shot), Duration.ofMinutes(10));
    shot.update("resolveSubmission", Progress.class, Map.of("resubmit", true));
    awaitFailure(film, TASK);
    return film;
  }

  private static boolean isAsking(WorkflowStub shot) {
    try {
      return shot.query("progress", Progress.class).stage() == Progress.Stage.DECIDE;
    } catch (RuntimeException notBegun) {
      return false;
    }
  }

  private void awaitFailure(WorkflowStub film, String word) {
    server
        .time()
        .until(
            () ->
                film.query("progress", ChainProgress.class).steps().get(0).state()
                        == StepState.FAILED
                    && problem(film).contains(word),
            Duration.ofHours(5));
  }

  private static String problem(WorkflowStub film) {
    return String.valueOf(film.query("progress", ChainProgress.class).steps().get(0).problem());
  }
}
