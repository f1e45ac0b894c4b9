package seedance.workflows.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static seedance.workflows.chain.Chains.TEXT;
import static seedance.workflows.chain.Chains.V20;
import static seedance.workflows.chain.Chains.chain;
import static seedance.workflows.chain.Chains.extend;
import static seedance.workflows.chain.Chains.json;
import static seedance.workflows.chain.Chains.next;
import static seedance.workflows.chain.Chains.request;
import static seedance.workflows.chain.Chains.text;

import io.temporal.api.enums.v1.EventType;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowStub;
import io.temporal.common.WorkflowExecutionHistory;
import io.temporal.common.converter.RawValue;
import io.temporal.worker.NonDeterministicException;
import io.temporal.workflow.Workflow;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import seedance.workflows.InMemoryServer;
import seedance.workflows.generation.Cost;
import seedance.workflows.generation.FailureType;

/**
 * Chains that an earlier version ran, replayed by this one, as for generations. Histories that are
 * not there yet are recorded with {@code -Dhistories.update=true}; none is ever recorded anew.
 */
class ChainHistoriesTest extends ChainFixture {
  private static final Path HISTORIES = Path.of("src/test/resources/histories-chain");

  /** One chain, and how its history ends. */
  enum Story {
    TWO_STEPS_WITH_A_REFERENCE(EventType.EVENT_TYPE_WORKFLOW_EXECUTION_COMPLETED) {
      @Override
      WorkflowStub play(ChainHistoriesTest test) {
        return test.start("film", chain(text("opening"), extend("longer", "opening")));
      }
    },
    APPROVED_FAILED_RETRIED_AND_SKIPPED(EventType.EVENT_TYPE_WORKFLOW_EXECUTION_COMPLETED) {
      @Override
      WorkflowStub play(ChainHistoriesTest test) {
        test.script
            .fails("film.opening", FailureType.OUTPUT_MODERATED)
            .fails("film.extra", FailureType.TASK_FAILED);
        WorkflowStub workflow =
            test.start(
                "film",
                chain(
                    text("opening"),
                    approved(extend("longer", "opening")),
                    next("shot", "longer"),
                    text("extra")),
                "{'approvalTimeout':'PT24H','join':['opening','longer']}");
        test.waitUntil(
            workflow,
            progress ->
                state(progress, "opening") == StepState.FAILED
                    && state(progress, "extra") == StepState.FAILED,
            5);
        update(
            workflow, "retryStep", decision("opening", json(request(V20, TEXT, "'duration':6"))));
        update(workflow, "skipStep", Map.of("step", "extra"));
        test.waitUntil(workflow, progress -> state(progress, "longer") == StepState.APPROVAL, 5);
        refusal(workflow, "approveStep", decision("longer", json("{'model':'x'}")));
        update(workflow, "approveStep", Map.of("step", "longer"));
        return workflow;
      }
    },
    WAITED_FOR_A_HIGHER_BUDGET(EventType.EVENT_TYPE_WORKFLOW_EXECUTION_COMPLETED) {
      @Override
      WorkflowStub play(ChainHistoriesTest test) {
        WorkflowStub workflow =
            test.start(
                "film",
                chain(text("a"), text("b")),
                "{'budget':{'amount':10.2,'currency':'CNY'},'maxParallel':1,"
                    + "'overBudget':'WAIT_FOR_BUDGET'}");
        test.waitUntil(workflow, progress -> state(progress, "b") == StepState.BUDGET, 5);
        update(workflow, "raiseBudget", Map.of("amount", 100, "currency", "CNY"));
        return workflow;
      }
    },
    WAITED_IN_SIGHT_ON_THE_TIMELINE(EventType.EVENT_TYPE_WORKFLOW_EXECUTION_COMPLETED) {
      @Override
      WorkflowStub play(ChainHistoriesTest test) {
        test.script.fails("film.b", FailureType.TASK_FAILED);
        WorkflowStub workflow =
            test.start(
                "film",
                chain(approved(text("a")), text("b"), extend("c", "b")),
                "{'budget':{'amount':15.9,'currency':'CNY'}}");
        test.waitUntil(workflow, progress -> state(progress, "b") == StepState.FAILED, 5);
        update(workflow, "retryStep", Map.of("step", "b"));
        update(workflow, "approveStep", Map.of("step", "a"));
        test.waitUntil(workflow, progress -> state(progress, "c") == StepState.BUDGET, 5);
        update(workflow, "raiseBudget", Map.of("amount", 30));
        return workflow;
      }
    },
    TAKEN_OVER(EventType.EVENT_TYPE_WORKFLOW_EXECUTION_COMPLETED) {
      @Override
      WorkflowStub play(ChainHistoriesTest test) {
        test.result(test.start("earlier", chain(text("a"))));
        return test.start("film", chain(text("a"), extend("b", "a")), "{'reuse':'earlier'}");
      }
    },
    ENDED_BY_A_FAILED_STEP(EventType.EVENT_TYPE_WORKFLOW_EXECUTION_FAILED) {
      @Override
      WorkflowStub play(ChainHistoriesTest test) {
        test.script.fails("film.a", FailureType.TASK_FAILED);
        return test.start(
            "film", chain(text("a"), extend("b", "a"), text("c")), "{'onStepFailure':'FAIL'}");
      }
    },
    /** Recorded by the version that made another task then. */
    RETRIED_WHERE_A_TASK_WAS_LEFT(EventType.EVENT_TYPE_WORKFLOW_EXECUTION_COMPLETED) {
      @Override
      WorkflowStub play(ChainHistoriesTest test) {
        test.script
            .fails("film.a", FailureType.INTERNAL_ERROR)
            .fails("film.a", FailureType.TASK_VANISHED);
        WorkflowStub workflow = test.start("film", chain(text("a")));
        for (int attempt = 1; attempt <= 2; attempt++) {
          int made = attempt;
          test.waitUntil(
              workflow,
              progress ->
                  state(progress, "a") == StepState.FAILED && test.script.made.size() == made,
              5);
          update(workflow, "retryStep", Map.of("step", "a"));
        }
        return workflow;
      }
    },
    NOT_APPROVED_IN_TIME(EventType.EVENT_TYPE_WORKFLOW_EXECUTION_FAILED) {
      @Override
      WorkflowStub play(ChainHistoriesTest test) {
        return test.start("film", chain(approved(text("a"))), "{'approvalTimeout':'PT1H'}");
      }
    },
    INVALID(EventType.EVENT_TYPE_WORKFLOW_EXECUTION_FAILED) {
      @Override
      WorkflowStub play(ChainHistoriesTest test) {
        return test.start("film", chain(extend("a", "b"), extend("b", "a")));
      }
    },
    CANCELLED(EventType.EVENT_TYPE_WORKFLOW_EXECUTION_CANCELED) {
      @Override
      WorkflowStub play(ChainHistoriesTest test) {
        WorkflowStub workflow =
            test.start("film", chain(text("a"), extend("b", "a"), approved(text("c"))));
        test.waitUntil(workflow, progress -> state(progress, "a") == StepState.RUNNING);
        workflow.cancel();
        test.server.untilOver(workflow);
        return workflow;
      }
    },
    /** Recorded by the version that bought another task then, and booked the one that was left. */
    RETRIED_WITH_AN_OPTIONAL_NULL(EventType.EVENT_TYPE_WORKFLOW_EXECUTION_COMPLETED) {
      @Override
      WorkflowStub play(ChainHistoriesTest test) {
        WorkflowStub workflow = test.withATaskLeft(8, text("a"));
        update(workflow, "retryStep", decision("a", json(request(V20, TEXT, "'seed':null"))));
        return test.paidBesideTheTaskLeft(workflow, "a");
      }
    },
    /** As the one before. */
    LAST_FRAME_NO_MORE_TAKEN_OF_A_TASK_LEFT(EventType.EVENT_TYPE_WORKFLOW_EXECUTION_COMPLETED) {
      @Override
      WorkflowStub play(ChainHistoriesTest test) {
        WorkflowStub workflow = test.withATaskLeft(12, text("a"), next("b", "a"));
        update(workflow, "approveStep", decision("b", json(extend("b", "a")).at("request")));
        update(workflow, "retryStep", Map.of("step", "a"));
        return test.paidBesideTheTaskLeft(workflow, "b");
      }
    },
    /** As the one before. */
    LAST_FRAME_TAKEN_OF_A_TASK_LEFT(EventType.EVENT_TYPE_WORKFLOW_EXECUTION_COMPLETED) {
      @Override
      WorkflowStub play(ChainHistoriesTest test) {
        WorkflowStub workflow = test.withATaskLeft(12, text("a"), extend("b", "a"));
        update(workflow, "approveStep", decision("b", json(next("b", "a")).at("request")));
        update(workflow, "retryStep", Map.of("step", "a"));
        return test.paidBesideTheTaskLeft(workflow, "b");
      }
    },
    /** As the one before. */
    TASK_LEFT_NOT_KNOWN_TO_THE_RETRY(EventType.EVENT_TYPE_WORKFLOW_EXECUTION_COMPLETED) {
      @Override
      WorkflowStub play(ChainHistoriesTest test) {
        WorkflowStub workflow = test.withATaskLeft(8, text("a"));
        test.script.fails("film.a", FailureType.SUBMISSION_UNKNOWN);
        update(workflow, "retryStep", Map.of("step", "a"));
        test.waitUntil(
            workflow,
            progress -> state(progress, "a") == StepState.FAILED && test.script.made.size() == 2,
            5);
        update(workflow, "retryStep", Map.of("step", "a"));
        return test.paidBesideTheTaskLeft(workflow, "a");
      }
    },
    /** Recorded by the version for which a cost in another currency than the budget's was none. */
    PAID_IN_ANOTHER_CURRENCY(EventType.EVENT_TYPE_WORKFLOW_EXECUTION_COMPLETED) {
      @Override
      WorkflowStub play(ChainHistoriesTest test) {
        test.script.costs.put("film.a", new Cost(new BigDecimal("50"), "USD", "by the list"));
        return test.start("film", chain(text("a"), extend("b", "a")), "{'budget':{'amount':11.5}}");
      }
    };

    private final EventType lastEvent;

    Story(EventType lastEvent) {
      this.lastEvent = lastEvent;
    }

    abstract WorkflowStub play(ChainHistoriesTest test);

    Path file() {
      return HISTORIES.resolve(name().toLowerCase(Locale.ROOT).replace('_', '-') + ".json");
    }

    WorkflowExecutionHistory history() throws IOException {
      return WorkflowExecutionHistory.fromJson(Files.readString(file()), "film");
    }
  }

  /**
   * A chain whose step {@code a} has failed, and left a task, with budget for no other beside the
   * rest.
   */
  private WorkflowStub withATaskLeft(int budget, String... steps) {
    script.fails("film.a", FailureType.DEADLINE_PASSED);
    WorkflowStub workflow =
        start("film", chain(steps), "{'budget':{'amount':%d}}".formatted(budget));
    waitUntil(workflow, progress -> state(progress, "a") == StepState.FAILED, 5);
    return workflow;
  }

  private WorkflowStub paidBesideTheTaskLeft(WorkflowStub workflow, String tooDear) {
    waitUntil(workflow, progress -> state(progress, tooDear) == StepState.BUDGET, 9);
    update(workflow, "raiseBudget", Map.of("amount", 100));
    return workflow;
  }

  private void recordIfAsked(Story story) throws IOException {
    if (Boolean.getBoolean("histories.update") && Files.notExists(story.file())) {
      WorkflowStub workflow = story.play(this);
      try {
        workflow.getResult(ChainResult.class);
      } catch (WorkflowFailedException expected) {
        // Which ending it is, the recorded history is asked.
      }
      Files.createDirectories(HISTORIES);
      Files.writeString(
          story.file(), server.getWorkflowClient().fetchHistory("film").toJson(true) + "\n");
    }
  }

  @ParameterizedTest
  @EnumSource
  void history_stillReplays(Story story) throws Exception {
    recordIfAsked(story);
    WorkflowExecutionHistory history = story.history();

    assertThat(history.getLastEvent().getEventType()).isEqualTo(story.lastEvent);
    server.replay(history);
  }

  @ParameterizedTest
  @EnumSource
  void workflowThatWasAltered_doesNotReplay(Story story) throws Exception {
    recordIfAsked(story);
    WorkflowExecutionHistory history = story.history();

    try (InMemoryServer altered = new InMemoryServer(workflowCacheSize())) {
      altered.worker().registerWorkflowImplementationTypes(PausesBeforeItStarts.class);
      assertThatThrownBy(() -> altered.replay(history))
          .hasStackTraceContaining(NonDeterministicException.class.getName());
    }
  }

  @Test
  void everyHistory_isReplayed() throws Exception {
    try (Stream<Path> files = Files.list(HISTORIES)) {
      assertThat(files).hasSize(Story.values().length);
    }
  }

  /** What a careless change looks like to a history: one command more. */
  public static final class PausesBeforeItStarts extends VideoChainWorkflowImpl {
    @Override
    public ChainResult run(RawValue chain, RawValue options) {
      Workflow.sleep(Duration.ofSeconds(1));
      return super.run(chain, options);
    }
  }
}
