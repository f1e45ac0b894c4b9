package seedance.workflows.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowStub;
import io.temporal.common.WorkflowExecutionHistory;
import io.temporal.failure.CanceledFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import seedance.workflows.json.Json;

/**
 * Every loop of a generation for thirty days of its time, with the largest body: no run's history
 * grows without end, nothing is sent twice, and the generation ends as it should.
 */
@Timeout(300)
class ContinuedRunsTest extends WorkflowFixture {
  /** Of one run; the server's own limits are 51,200 events and 50 MB. */
  private static final int MOST_EVENTS = 6_000;

  private static final long MOST_BYTES = 20L << 20;

  private static final Duration BETWEEN_TURNS = Duration.ofHours(3);
  private static final int TURNS = 30 * 24 / 3;

  private static final Json LARGEST =
      new Json(
          Map.of(
              "model",
              "doubao-seedance-2-0",
              "content",
              List.of(Map.of("type", "text", "text", "cat ".repeat(250_000)))));

  private static final SubmitOutcome.Accepted TASK =
      new SubmitOutcome.Accepted(
          "cgt-long", Instant.parse("2026-11-22T18:00:00Z"), Duration.ofSeconds(66));

  /** A loop that goes on for as long as the world outside does not change. */
  enum Loop {
    ADOPTION {
      @Override
      void turn(ScriptedActivities activities, Runnable meanwhile) {
        activities.onAdopt(
            request -> {
              meanwhile.run();
              return new Adoption.NotYet(activities.problem("it does not answer"), BETWEEN_TURNS);
            });
      }

      @Override
      GenerationOptions options(GenerationOptions options) {
        return options.toBuilder().adopt("cgt-long").build();
      }
    },
    RECONCILE {
      @Override
      void turn(ScriptedActivities activities, Runnable meanwhile) {
        activities.onReconcile(
            request -> {
              meanwhile.run();
              return new Reconciliation.NotYet(
                  activities.problem("the list does not show it yet"), BETWEEN_TURNS);
            });
      }

      @Override
      void end(ScriptedActivities activities) {
        activities.onReconcile(request -> new Reconciliation.Found(TASK));
      }
    },
    DECIDE {
      @Override
      void turn(ScriptedActivities activities, Runnable meanwhile) {
        activities.onReconcile(
            request -> {
              meanwhile.run();
              return new Reconciliation.CannotTell(
                  activities.problem("there is no list"), List.of("cgt-long"), BETWEEN_TURNS);
            });
      }

      @Override
      void end(ScriptedActivities activities) {
        activities.onReconcile(request -> new Reconciliation.Found(TASK));
      }
    },
    AWAIT {
      @Override
      void turn(ScriptedActivities activities, Runnable meanwhile) {
        activities.onLook(
            request -> {
              meanwhile.run();
              return new Look.Going(
                  "running", Instant.parse("2026-11-22T18:00:00Z"), BETWEEN_TURNS);
            });
      }
    },
    HAND_OFF {
      @Override
      void turn(ScriptedActivities activities, Runnable meanwhile) {
        activities.onHandOff(
            request -> {
              meanwhile.run();
              return new HandOffOutcome.NotStored(
                  activities.problem("no space left on device"), BETWEEN_TURNS);
            });
      }
    };

    /** One more turn of the loop, in which something else happens. */
    abstract void turn(ScriptedActivities activities, Runnable meanwhile);

    /** What ends the loop; by default the next answer of its activity does. */
    void end(ScriptedActivities activities) {}

    GenerationOptions options(GenerationOptions options) {
      return options;
    }

    boolean isBeforeTheTask() {
      return this == RECONCILE || this == DECIDE;
    }
  }

  @ParameterizedTest
  @EnumSource
  void thirtyDays_fitIntoTheHistoriesOfSeveralRuns_andEndAsOne(Loop loop) throws Exception {
    script(loop, TURNS, () -> {});
    WorkflowStub workflow = start(LARGEST);
    String firstRun = workflow.getExecution().getRunId();

    GenerationResult result = workflow.getResult(GenerationResult.class);

    assertThat(result.artifacts()).containsExactly(ScriptedActivities.CLIP);
    assertThat(activities.validated).hasSize(1);
    assertThat(activities.submitted).hasSize(loop == Loop.ADOPTION ? 0 : 1);
    List<WorkflowExecutionHistory> runs = runs(workflow, firstRun);
    assertThat(runs).hasSizeGreaterThan(1).allSatisfy(ContinuedRunsTest::isWithinBounds);
    assertThat(activities.handedOff)
        .allSatisfy(handOff -> assertThat(Json.orNull(handOff.request()).isNull()).isTrue())
        .allSatisfy(handOff -> assertThat(handOff.storedRequest()).isEqualTo("kept"));
  }

  @ParameterizedTest
  @EnumSource(names = {"RECONCILE", "AWAIT", "HAND_OFF"})
  void cancelledGeneration_staysOneRun_forThirtyDays(Loop loop) throws Exception {
    CompletableFuture<WorkflowStub> workflow = new CompletableFuture<>();
    activities.onCancel(request -> new CancelOutcome.TooLate(activities.problem("it is running")));
    script(loop, TURNS, cancelOnce(workflow));
    if (loop.isBeforeTheTask()) {
      activities.onCancel(request -> new CancelOutcome.Over());
    }
    workflow.complete(start(LARGEST));
    String firstRun = workflow.join().getExecution().getRunId();

    WorkflowFailedException failed =
        catchThrowableOfType(
            WorkflowFailedException.class, () -> workflow.join().getResult(GenerationResult.class));

    assertThat(failed).hasCauseInstanceOf(CanceledFailure.class);
    assertThat(resultMemo(workflow.join()).artifacts()).containsExactly(ScriptedActivities.CLIP);
    List<WorkflowExecutionHistory> runs = runs(workflow.join(), firstRun);
    assertThat(runs).hasSize(1).allSatisfy(ContinuedRunsTest::isWithinBounds);
    assertThat(activities.submitted).hasSize(1);
  }

  @Test
  void cancelledHandOff_ofARequestThatIsNotStored_staysOneRun_forThirtyDays() throws Exception {
    CompletableFuture<WorkflowStub> workflow = new CompletableFuture<>();
    script(Loop.HAND_OFF, TURNS, cancelOnce(workflow));
    activities.options(GenerationOptions.builder().onCancel(OnCancel.COLLECT).build());
    workflow.complete(start(LARGEST));
    String firstRun = workflow.join().getExecution().getRunId();

    catchThrowableOfType(
        WorkflowFailedException.class, () -> workflow.join().getResult(GenerationResult.class));

    assertThat(resultMemo(workflow.join()).artifacts()).containsExactly(ScriptedActivities.CLIP);
    assertThat(runs(workflow.join(), firstRun))
        .hasSize(1)
        .allSatisfy(ContinuedRunsTest::isWithinBounds);
    assertThat(activities.handedOff.get(0).request()).isEqualTo(LARGEST);
    assertThat(activities.handedOff.get(TURNS).request().tree())
        .isEqualTo(Map.of("model", "doubao-seedance-2-0", "resolution", "720p", "duration", 5));
  }

  @Test
  void cancelledGeneration_isWokenByNoCallback_onceItsHistoryIsUsed() throws Exception {
    CompletableFuture<WorkflowStub> workflow = new CompletableFuture<>();
    Runnable cancel = cancelOnce(workflow);
    activities.onCancel(request -> new CancelOutcome.Over());
    script(
        Loop.RECONCILE,
        TURNS,
        () -> {
          cancel.run();
          workflow.join().signal("callbackReceived");
        });
    workflow.complete(start(BODY));
    Instant started = server.time().now();

    catchThrowableOfType(
        WorkflowFailedException.class, () -> workflow.join().getResult(GenerationResult.class));

    assertThat(resultMemo(workflow.join()).artifacts()).containsExactly(ScriptedActivities.CLIP);
    assertThat(Duration.between(started, server.time().now())).isGreaterThan(Duration.ofDays(5));
    server.replay(workflow.join());
  }

  private static Runnable cancelOnce(CompletableFuture<WorkflowStub> workflow) {
    AtomicBoolean done = new AtomicBoolean();
    return () -> {
      if (done.compareAndSet(false, true)) {
        workflow.join().cancel();
      }
    };
  }

  private void script(Loop loop, int turns, Runnable meanwhile) {
    activities.validation(
        new Validation.Valid(
            ScriptedActivities.planWith(
                loop.options(GenerationOptions.builder().onCancel(OnCancel.COLLECT).build())),
            "kept"));
    if (loop.isBeforeTheTask()) {
      activities.onSubmit(new SubmitOutcome.Unknown(activities.problem("the reply was lost")));
    }
    for (int turn = 0; turn < turns; turn++) {
      loop.turn(activities, meanwhile);
    }
    loop.end(activities);
  }

  private GenerationResult resultMemo(WorkflowStub workflow) {
    return workflow
        .describe()
        .getMemo(
            VideoGenerationWorkflow.RESULT_MEMO, GenerationResult.class, GenerationResult.class);
  }

  private static void isWithinBounds(WorkflowExecutionHistory run) {
    assertThat(run.getEvents()).hasSizeLessThan(MOST_EVENTS);
    assertThat(run.getHistory().getSerializedSize()).isLessThan((int) MOST_BYTES);
  }

  /** Every run's history, the first one's first; each is replayed. */
  private List<WorkflowExecutionHistory> runs(WorkflowStub workflow, String firstRun)
      throws Exception {
    List<WorkflowExecutionHistory> runs = new ArrayList<>();
    String run = firstRun;
    while (!run.isEmpty()) {
      WorkflowExecutionHistory history =
          server.getWorkflowClient().fetchHistory(workflow.getExecution().getWorkflowId(), run);
      server.replay(history);
      runs.add(history);
      HistoryEvent last = history.getEvents().get(history.getEvents().size() - 1);
      run = last.getWorkflowExecutionContinuedAsNewEventAttributes().getNewExecutionRunId();
    }
    return runs;
  }
}
