package seedance.workflows.generation;

import static org.assertj.core.api.Assertions.assertThat;

import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowStub;
import io.temporal.common.WorkflowExecutionHistory;
import io.temporal.common.converter.RawValue;
import io.temporal.failure.TemporalFailure;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import seedance.workflows.InMemoryServer;
import seedance.workflows.generation.FailureType.Charged;
import seedance.workflows.json.Violation;

/**
 * A run that begins again after a reset knows nothing of the task that the run before it may have
 * made, until the receipts were read. The in-memory server resets nothing; but a replay has another
 * run id than its history's first event names, which is what a reset looks like from within.
 */
class ResetTest extends WorkflowFixture {
  private static final int SUBMISSIONS_OF_A_RUN = 20;
  private static final SubmitOutcome REFUSED =
      new SubmitOutcome.Rejected(
          new ServiceError(FailureType.ACCOUNT_REFUSED, "AccessDenied", null, null));

  /** How a run ends that makes no task, and whether the one before may have made one. */
  enum End {
    INVALID(Charged.MAYBE) {
      @Override
      void script(ScriptedActivities activities, Runnable cancel) {
        activities.validation(new Validation.Invalid(List.of(new Violation("model", "is odd"))));
      }
    },
    CANCELLED_WHILE_VALIDATED(Charged.MAYBE) {
      @Override
      void script(ScriptedActivities activities, Runnable cancel) {
        activities.onValidate(
            () -> {
              cancel.run();
              return new Validation.Valid(ScriptedActivities.PLAN);
            });
      }
    },
    CANCELLED_AFTER_THE_STORE_WAS_DOWN(Charged.MAYBE) {
      @Override
      void script(ScriptedActivities activities, Runnable cancel) {
        activities.onSubmit(
            submission -> {
              cancel.run();
              return new SubmitOutcome.NotCreated(
                  activities.problem("the store is down"), Duration.ofMinutes(10));
            });
      }
    },
    REFUSED_BY_THE_SERVICE(Charged.NO) {
      @Override
      void script(ScriptedActivities activities, Runnable cancel) {
        activities.onSubmit(REFUSED);
      }
    };

    private final Charged afterAReset;

    End(Charged afterAReset) {
      this.afterAReset = afterAReset;
    }

    abstract void script(ScriptedActivities activities, Runnable cancel);
  }

  @ParameterizedTest
  @EnumSource
  void endBeforeTheReceiptsWereRead_isNotSaidToBeFree_afterAReset(End end) throws Exception {
    CompletableFuture<WorkflowStub> started = new CompletableFuture<>();
    end.script(activities, () -> started.join().cancel());
    WorkflowStub workflow = start(BODY);
    started.complete(workflow);
    try {
      workflow.getResult(GenerationResult.class);
    } catch (WorkflowFailedException expected) {
      // What it says is asked below, of this run and of the other.
    }

    assertThat(currentDetails(workflow)).contains("Not charged.").doesNotContain("reset");
    String afterAReset = endAsAnotherRun(server.history(workflow));
    assertThat(afterAReset).contains(end.afterAReset.sentence());
    if (end.afterAReset == Charged.MAYBE) {
      assertThat(afterAReset)
          .containsIgnoringCase("look at the service's task list")
          .contains("the workflow was reset", "options.adopt");
    }
  }

  @ParameterizedTest
  @EnumSource
  void endBeforeTheReceiptsWereRead_isNotSaidToBeFree_ofTheNextChildForTheSame(End end) {
    CompletableFuture<WorkflowStub> started = new CompletableFuture<>();
    end.script(activities, () -> started.join().cancel());
    WorkflowStub workflow =
        server
            .getWorkflowClient()
            .newUntypedWorkflowStub(
                VideoGenerationWorkflow.TYPE,
                InMemoryServer.options()
                    .setMemo(Map.of(VideoGenerationWorkflow.SUBMITTED_BEFORE_MEMO, true))
                    .build());
    workflow.start(BODY);
    started.complete(workflow);
    try {
      workflow.getResult(GenerationResult.class);
    } catch (WorkflowFailedException expected) {
      // What it says is asked below.
    }

    assertThat(currentDetails(workflow)).contains(end.afterAReset.sentence());
  }

  @Test
  void runThatGoesOnFromAnother_isNoneOfAReset() {
    for (int attempt = 0; attempt < SUBMISSIONS_OF_A_RUN; attempt++) {
      activities.onSubmit(busyFor(Duration.ofSeconds(40)));
    }
    activities.onSubmit(busyFor(Duration.ofHours(2)));
    WorkflowStub workflow = start(BODY);

    GenerationFailure failure = detail(failureOf(workflow));

    assertThat(failure.type()).isEqualTo(FailureType.NOT_ACCEPTED_IN_TIME);
    assertThat(failure.charged()).isEqualTo(Charged.NO);
    assertThat(activities.submitted).hasSize(SUBMISSIONS_OF_A_RUN + 1);
  }

  private static String endAsAnotherRun(WorkflowExecutionHistory history) throws Exception {
    AtomicReference<String> end = new AtomicReference<>();
    try (InMemoryServer other = new InMemoryServer(InMemoryServer.USUAL_CACHE)) {
      other
          .worker()
          .registerWorkflowImplementationFactory(
              UnreadVideoGeneration.class, () -> new Witness(end));
      other.replay(history);
    }
    return end.get();
  }

  /** Keeps what a generation ends with. */
  private static final class Witness extends VideoGenerationWorkflowImpl {
    private final AtomicReference<String> end;

    Witness(AtomicReference<String> end) {
      this.end = end;
    }

    @Override
    public GenerationResult generate(RawValue request, RawValue options) {
      try {
        return super.generate(request, options);
      } catch (TemporalFailure failure) {
        end.set(failure.getMessage());
        throw failure;
      }
    }
  }
}
