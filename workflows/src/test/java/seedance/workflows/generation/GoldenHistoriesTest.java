package seedance.workflows.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.temporal.api.enums.v1.EventType;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowStub;
import io.temporal.client.WorkflowUpdateStage;
import io.temporal.common.WorkflowExecutionHistory;
import io.temporal.common.converter.RawValue;
import io.temporal.worker.NonDeterministicException;
import io.temporal.workflow.Workflow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import seedance.workflows.InMemoryServer;
import seedance.workflows.json.Violation;

/**
 * Workflows that an earlier version ran, replayed by this one. A history that no longer replays
 * means that workflows which run today would be stuck after an upgrade: version the change ({@code
 * Workflow.getVersion}) instead of recording anew. Histories that are not there yet are recorded
 * with {@code -Dhistories.update=true}.
 */
class GoldenHistoriesTest {
  private static final Path HISTORIES = Path.of("src/test/resources/histories");

  /** One way in which a generation ends, and how its history's last event says so. */
  enum Ending {
    STORED(EventType.EVENT_TYPE_WORKFLOW_EXECUTION_COMPLETED, null) {
      @Override
      void script(ScriptedActivities activities, CompletableFuture<WorkflowStub> workflow) {
        activities
            .onLook(look -> activities.missed("the service knows no such task", true))
            .onLook(look -> activities.going("queued"))
            .onLook(look -> activities.missed("the service answered 503", false))
            .onLook(look -> activities.going("running"));
      }
    },
    INVALID_REQUEST(EventType.EVENT_TYPE_WORKFLOW_EXECUTION_FAILED, "InvalidRequest") {
      @Override
      void script(ScriptedActivities activities, CompletableFuture<WorkflowStub> workflow) {
        activities.validation(
            new Validation.Invalid(List.of(new Violation("content[2].role", "is missing"))));
      }
    },
    UNKNOWN_SUBMISSION(EventType.EVENT_TYPE_WORKFLOW_EXECUTION_FAILED, "SubmissionUnknown") {
      @Override
      void script(ScriptedActivities activities, CompletableFuture<WorkflowStub> workflow) {
        activities.onSubmit(new SubmitOutcome.Unknown(activities.problem("the reply was lost")));
      }
    },
    MODERATED(EventType.EVENT_TYPE_WORKFLOW_EXECUTION_FAILED, "OutputModerated") {
      @Override
      void script(ScriptedActivities activities, CompletableFuture<WorkflowStub> workflow) {
        activities.onLook(
            look ->
                new Look.Failed(
                    new ServiceError(
                        FailureType.OUTPUT_MODERATED,
                        "OutputVideoSensitiveContentDetected",
                        null,
                        null),
                    look.acceptedAt()));
      }
    },
    CANCELLED(EventType.EVENT_TYPE_WORKFLOW_EXECUTION_CANCELED, null) {
      @Override
      void script(ScriptedActivities activities, CompletableFuture<WorkflowStub> workflow) {
        activities.onLook(
            look -> {
              workflow.join().cancel();
              return activities.going("running");
            });
      }
    },
    NOT_CREATED_THEN_STORED(EventType.EVENT_TYPE_WORKFLOW_EXECUTION_COMPLETED, null) {
      @Override
      void script(ScriptedActivities activities, CompletableFuture<WorkflowStub> workflow) {
        for (int attempt = 1; attempt <= 2; attempt++) {
          activities.onSubmit(
              new SubmitOutcome.NotCreated(
                  activities.problem("the service is busy"), Duration.ofSeconds(40)));
        }
      }
    },
    HAND_OFF_RETRIED(EventType.EVENT_TYPE_WORKFLOW_EXECUTION_COMPLETED, null) {
      @Override
      void script(ScriptedActivities activities, CompletableFuture<WorkflowStub> workflow) {
        activities
            .onHandOff(handOff -> activities.notStored("the file's URL is dead (403)"))
            .onHandOff(handOff -> activities.notStored("no space left on device"));
      }
    },
    FOUND_AFTER_A_LOST_REPLY(EventType.EVENT_TYPE_WORKFLOW_EXECUTION_COMPLETED, null) {
      @Override
      void script(ScriptedActivities activities, CompletableFuture<WorkflowStub> workflow) {
        activities
            .onSubmit(new SubmitOutcome.Unknown(activities.problem("the reply was lost")))
            .onReconcile(activities.notYet("the list does not show it yet"))
            .onReconcile(request -> activities.found("cgt-found"));
      }
    },
    RESUBMITTED_BY_DECISION(EventType.EVENT_TYPE_WORKFLOW_EXECUTION_COMPLETED, null) {
      @Override
      void script(ScriptedActivities activities, CompletableFuture<WorkflowStub> workflow) {
        activities
            .onSubmit(
                submission -> {
                  throw new IllegalStateException("the worker died");
                })
            .onReconcile(activities.cannotTell("cgt-one", "cgt-two"))
            .onReconcile(
                request -> {
                  decide(workflow, Map.of("resubmit", true));
                  return activities.cannotTell("cgt-one", "cgt-two");
                });
      }
    },
    ADOPTED_BY_DECISION(EventType.EVENT_TYPE_WORKFLOW_EXECUTION_COMPLETED, null) {
      @Override
      void script(ScriptedActivities activities, CompletableFuture<WorkflowStub> workflow) {
        activities
            .onSubmit(new SubmitOutcome.Unknown(activities.problem("the reply was lost")))
            .onReconcile(activities.notYet("the list does not show it yet"))
            .onReconcile(
                request -> {
                  decide(workflow, Map.of("adopt", "cgt-by-hand"));
                  return activities.notYet("the list does not show it yet");
                });
      }
    },
    /** Recorded by the version whose resubmission did not wait for it. */
    OVERTAKEN_ADOPTION(EventType.EVENT_TYPE_WORKFLOW_EXECUTION_COMPLETED, null) {
      @Override
      void script(ScriptedActivities activities, CompletableFuture<WorkflowStub> workflow) {
        CountDownLatch resubmitted = new CountDownLatch(1);
        activities
            .options(
                GenerationOptions.builder()
                    .onUnknownSubmission(new UnknownSubmissionPolicy.Resubmit(1, false))
                    .build())
            .onSubmit(new SubmitOutcome.Unknown(activities.problem("the reply was lost")))
            .onSubmit(
                submission -> {
                  resubmitted.countDown();
                  return activities.accepted();
                })
            .onReconcile(
                request -> {
                  workflow
                      .join()
                      .startUpdate(
                          "resolveSubmission",
                          WorkflowUpdateStage.ACCEPTED,
                          Progress.class,
                          Map.of("adopt", "cgt-by-hand"));
                  return activities.notFound();
                })
            .onAdopt(
                request -> {
                  awaitAtMostAMinute(resubmitted);
                  return new Adoption.Adopted(activities.task(request.taskId()));
                });
      }
    },
    /** Recorded by the version that followed a decision although the same look found the task. */
    FOUND_AS_IT_WAS_DECIDED(EventType.EVENT_TYPE_WORKFLOW_EXECUTION_COMPLETED, null) {
      @Override
      void script(ScriptedActivities activities, CompletableFuture<WorkflowStub> workflow) {
        activities
            .onSubmit(new SubmitOutcome.Unknown(activities.problem("the reply was lost")))
            .onReconcile(activities.cannotTell("cgt-one", "cgt-two"))
            .onReconcile(
                request -> {
                  decide(workflow, Map.of("resubmit", true));
                  return activities.found("cgt-one");
                });
      }
    },
    /** Recorded by the version that resubmitted although the service called back meanwhile. */
    CALLED_BACK_DURING_A_LOOK(EventType.EVENT_TYPE_WORKFLOW_EXECUTION_COMPLETED, null) {
      @Override
      void script(ScriptedActivities activities, CompletableFuture<WorkflowStub> workflow) {
        activities
            .options(
                GenerationOptions.builder()
                    .onUnknownSubmission(new UnknownSubmissionPolicy.Resubmit(1, false))
                    .build())
            .onSubmit(new SubmitOutcome.Unknown(activities.problem("the reply was lost")))
            .onReconcile(
                request -> {
                  workflow.join().signal("callbackReceived");
                  return activities.notFound();
                });
      }
    },
    /** Recorded by the version that followed a decision beside which the service called back. */
    CALLED_BACK_AS_IT_WAS_DECIDED(EventType.EVENT_TYPE_WORKFLOW_EXECUTION_COMPLETED, null) {
      @Override
      void script(ScriptedActivities activities, CompletableFuture<WorkflowStub> workflow) {
        activities
            .onSubmit(new SubmitOutcome.Unknown(activities.problem("the reply was lost")))
            .onReconcile(activities.cannotTell("cgt-one", "cgt-two"))
            .onReconcile(
                request -> {
                  workflow.join().signal("callbackReceived");
                  decide(workflow, Map.of("resubmit", true));
                  return activities.cannotTell("cgt-one", "cgt-two");
                });
      }
    },
    /** Recorded by the version in which a call ended no wait for a look. */
    CALLED_BACK_BEFORE_A_WAIT(EventType.EVENT_TYPE_WORKFLOW_EXECUTION_COMPLETED, null) {
      @Override
      void script(ScriptedActivities activities, CompletableFuture<WorkflowStub> workflow) {
        activities
            .onSubmit(
                submission -> {
                  workflow.join().signal("callbackReceived");
                  return activities.accepted();
                })
            .onLook(
                look -> {
                  workflow.join().signal("callbackReceived");
                  return activities.going("running");
                });
      }
    },
    ADOPTED_BY_OPTIONS(EventType.EVENT_TYPE_WORKFLOW_EXECUTION_COMPLETED, null) {
      @Override
      void script(ScriptedActivities activities, CompletableFuture<WorkflowStub> workflow) {
        activities.options(GenerationOptions.builder().adopt("cgt-of-someone").build());
      }
    },
    DEADLINE_PASSED(EventType.EVENT_TYPE_WORKFLOW_EXECUTION_FAILED, "DeadlinePassed") {
      @Override
      void script(ScriptedActivities activities, CompletableFuture<WorkflowStub> workflow) {
        activities
            .options(GenerationOptions.builder().deadline(Duration.ofSeconds(70)).build())
            .onLook(look -> activities.going("running"))
            .onLook(look -> activities.going("running"));
      }
    },
    CANCELLED_AT_THE_SERVICE(EventType.EVENT_TYPE_WORKFLOW_EXECUTION_CANCELED, null) {
      @Override
      void script(ScriptedActivities activities, CompletableFuture<WorkflowStub> workflow) {
        activities
            .onSubmit(
                submission -> {
                  workflow.join().cancel();
                  return activities.accepted();
                })
            .onCancel(request -> new CancelOutcome.Cancelled());
      }
    },
    COLLECTED_PAST_A_CANCEL(EventType.EVENT_TYPE_WORKFLOW_EXECUTION_CANCELED, null) {
      @Override
      void script(ScriptedActivities activities, CompletableFuture<WorkflowStub> workflow) {
        activities
            .options(GenerationOptions.builder().onCancel(OnCancel.COLLECT).build())
            .onSubmit(
                submission -> {
                  workflow.join().cancel();
                  return activities.accepted();
                })
            .onLook(look -> activities.going("running"));
      }
    },
    /** Recorded by the version that looked again before it went on to store. */
    COLLECTED_PAST_A_CANCEL_WHILE_IT_WAS_STORED(
        EventType.EVENT_TYPE_WORKFLOW_EXECUTION_CANCELED, null) {
      @Override
      void script(ScriptedActivities activities, CompletableFuture<WorkflowStub> workflow) {
        activities
            .options(GenerationOptions.builder().onCancel(OnCancel.COLLECT).build())
            .onHandOff(
                handOff -> {
                  workflow.join().cancel();
                  return activities.notStored("no space left on device");
                });
      }
    },
    STEP_OF_A_CHAIN(EventType.EVENT_TYPE_WORKFLOW_EXECUTION_COMPLETED, null) {
      @Override
      Map<String, Object> memo() {
        return Map.of(
            VideoGenerationWorkflow.SUBMISSION_MEMO, "6b1e1d86-7d0c-3c3f-9d3b-0f5c0a7b1e55");
      }

      @Override
      void script(ScriptedActivities activities, CompletableFuture<WorkflowStub> workflow) {
        activities.onSubmit(
            new SubmitOutcome.NotCreated(
                activities.problem("the service is busy"), Duration.ofSeconds(40)));
      }
    };

    /** With which it is started. */
    Map<String, Object> memo() {
      return Map.of();
    }

    private static void decide(CompletableFuture<WorkflowStub> workflow, Object decision) {
      workflow.join().update("resolveSubmission", Progress.class, decision);
    }

    private static void awaitAtMostAMinute(CountDownLatch latch) {
      try {
        latch.await(1, TimeUnit.MINUTES);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }

    private final EventType lastEvent;
    private final String failureType;

    Ending(EventType lastEvent, String failureType) {
      this.lastEvent = lastEvent;
      this.failureType = failureType;
    }

    abstract void script(ScriptedActivities activities, CompletableFuture<WorkflowStub> workflow);

    Path file() {
      return HISTORIES.resolve(name().toLowerCase(Locale.ROOT).replace('_', '-') + ".json");
    }

    WorkflowExecutionHistory history() throws IOException {
      if (Boolean.getBoolean("histories.update") && Files.notExists(file())) {
        Files.createDirectories(HISTORIES);
        Files.writeString(file(), record(this).toJson(true) + "\n");
      }
      return WorkflowExecutionHistory.fromJson(Files.readString(file()));
    }
  }

  @ParameterizedTest
  @EnumSource
  void history_stillReplays(Ending ending) throws Exception {
    WorkflowExecutionHistory history = ending.history();

    HistoryEvent last = history.getEvents().get(history.getEvents().size() - 1);
    assertThat(last.getEventType()).isEqualTo(ending.lastEvent);
    if (ending.failureType != null) {
      assertThat(
              last.getWorkflowExecutionFailedEventAttributes()
                  .getFailure()
                  .getApplicationFailureInfo()
                  .getType())
          .isEqualTo(ending.failureType);
    }
    try (InMemoryServer server = serverWith(VideoGenerationWorkflowImpl.class)) {
      server.replay(history);
    }
  }

  @ParameterizedTest
  @EnumSource
  void workflowThatWasAltered_doesNotReplay(Ending ending) {
    try (InMemoryServer server = serverWith(PausesBeforeItStarts.class)) {
      assertThatThrownBy(() -> server.replay(ending.history()))
          .hasStackTraceContaining(NonDeterministicException.class.getName());
    }
  }

  @Test
  void everyHistory_isReplayed() throws Exception {
    try (Stream<Path> files = Files.list(HISTORIES)) {
      assertThat(files).hasSize(Ending.values().length);
    }
  }

  /** What a careless change looks like to a history: one command more. */
  public static final class PausesBeforeItStarts extends VideoGenerationWorkflowImpl {
    @Override
    public GenerationResult generate(RawValue request, RawValue options) {
      Workflow.sleep(Duration.ofSeconds(1));
      return super.generate(request, options);
    }
  }

  private static InMemoryServer serverWith(Class<?> workflow) {
    InMemoryServer server = new InMemoryServer(InMemoryServer.USUAL_CACHE);
    server.worker().registerWorkflowImplementationTypes(workflow);
    return server;
  }

  private static WorkflowExecutionHistory record(Ending ending) {
    try (InMemoryServer server = serverWith(VideoGenerationWorkflowImpl.class)) {
      ScriptedActivities activities = new ScriptedActivities(server.time()::now);
      CompletableFuture<WorkflowStub> started = new CompletableFuture<>();
      ending.script(activities, started);
      server.worker().registerActivitiesImplementations(activities);
      server.start();
      WorkflowStub workflow =
          server
              .getWorkflowClient()
              .newUntypedWorkflowStub(
                  VideoGenerationWorkflow.TYPE,
                  InMemoryServer.options().setMemo(ending.memo()).build());
      workflow.start(
          Map.of(
              "model",
              "doubao-seedance-2-0",
              "content",
              List.of(Map.of("type", "text", "text", "a cat"))));
      started.complete(workflow);
      try {
        workflow.getResult(GenerationResult.class);
      } catch (WorkflowFailedException expected) {
        // Which ending it is, the recorded history is asked.
      }
      return server.history(workflow);
    }
  }
}
