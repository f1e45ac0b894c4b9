package seedance.workflows.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.temporal.api.enums.v1.EventType;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.client.WorkflowStub;
import io.temporal.client.WorkflowUpdateException;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import seedance.workflows.VirtualTime;
import seedance.workflows.generation.Progress.Stage;
import seedance.workflows.generation.UnknownSubmissionPolicy.Fail;
import seedance.workflows.generation.UnknownSubmissionPolicy.Resubmit;

/** Someone names the task of a lost submission, and while it is adopted something else happens. */
class AdoptionUnderWayTest extends WorkflowFixture {

  /** A look meanwhile that would end the search, by what the options say. */
  enum Overtaking {
    RESUBMISSION_AS_THE_LIST_SAYS_NO(new Resubmit(1, false)) {
      @Override
      Reconciliation look(ScriptedActivities activities) {
        return activities.notFound();
      }
    },
    RESUBMISSION_AT_WHATEVER_COST(new Resubmit(1, true)) {
      @Override
      Reconciliation look(ScriptedActivities activities) {
        return activities.cannotTell();
      }
    },
    FAILURE(new Fail()) {
      @Override
      Reconciliation look(ScriptedActivities activities) {
        return activities.notFound();
      }
    };

    private final UnknownSubmissionPolicy policy;

    Overtaking(UnknownSubmissionPolicy policy) {
      this.policy = policy;
    }

    abstract Reconciliation look(ScriptedActivities activities);

    GenerationOptions options() {
      return GenerationOptions.builder().onUnknownSubmission(policy).build();
    }
  }

  @ParameterizedTest
  @EnumSource
  void adoption_isNotOvertaken_byWhatTheOptionsSayOfALookMeanwhile(Overtaking overtaking) {
    WorkflowStub workflow = looking(overtaking.options());
    Reconciliation meanwhile = overtaking.look(activities);
    activities
        .onReconcile(meanwhile)
        .onAdopt(
            request -> {
              lookMeanwhile(workflow, meanwhile);
              return new Adoption.Adopted(activities.task(request.taskId()));
            });

    resolve(workflow, Map.of("adopt", "cgt-known"));

    assertThat(result(workflow).taskId()).isEqualTo("cgt-known");
    assertThat(activities.submitted).hasSize(1);
  }

  @Test
  void adoptionThatComesToNothing_isFollowedByAnotherLook_andOnlyThenByAResubmission() {
    WorkflowStub workflow = looking(Overtaking.RESUBMISSION_AS_THE_LIST_SAYS_NO.options());
    Reconciliation meanwhile = activities.notFound();
    activities
        .onReconcile(meanwhile)
        .onAdopt(
            request -> {
              lookMeanwhile(workflow, meanwhile);
              return new Adoption.NotYet(
                  activities.problem("the store did not answer"), Duration.ofMinutes(1));
            });

    assertThat(refusal(workflow, Map.of("adopt", "cgt-known"))).contains("the store did not");
    assertThat(workflow.query("progress", Progress.class).stage()).isEqualTo(Stage.RECONCILE);
    assertThat(activities.submitted).hasSize(1);
    activities.onReconcile(activities.notFound());

    assertThat(result(workflow).artifacts()).isNotEmpty();
    assertThat(activities.submitted).hasSize(2);
    assertThat(activities.reconciled).hasSize(3);
  }

  @Test
  void cancelMeanwhile_waitsForTheTask_andCancelsIt() {
    WorkflowStub workflow = asking();
    activities
        .onAdopt(
            request -> {
              workflow.cancel();
              VirtualTime.standing().until(() -> isCancelHandled(workflow));
              return new Adoption.Adopted(activities.task(request.taskId()));
            })
        .onCancel(request -> new CancelOutcome.Cancelled());

    resolve(workflow, Map.of("adopt", "cgt-known"));
    GenerationFailure ending = endingOf(workflow);

    assertThat(ending.type()).isEqualTo(FailureType.CANCELLED);
    assertThat(ending.taskId()).isEqualTo("cgt-known");
  }

  @Test
  void otherDecisionsMeanwhile_areRefused() {
    WorkflowStub workflow = asking();
    List<String> refusals = new ArrayList<>();
    activities.onAdopt(
        request -> {
          refusals.add(refusal(workflow, Map.of("resubmit", true)));
          refusals.add(refusal(workflow, Map.of("fail", "the shot was cut")));
          return new Adoption.Adopted(activities.task(request.taskId()));
        });

    resolve(workflow, Map.of("adopt", "cgt-known"));

    assertThat(refusals).hasSize(2).allMatch(why -> why.contains("a task is being adopted"));
    assertThat(result(workflow).taskId()).isEqualTo("cgt-known");
    assertThat(activities.submitted).hasSize(1);
  }

  private WorkflowStub looking(GenerationOptions options) {
    activities
        .options(options)
        .onSubmit(new SubmitOutcome.Unknown(activities.problem("the reply was lost")))
        .onReconcile(activities.notYet("the list does not show it yet", Duration.ofHours(1)));
    WorkflowStub workflow = start(BODY);
    waitUntil(workflow, p -> p.stage() == Stage.RECONCILE && p.nextLookAt() != null);
    return workflow;
  }

  private WorkflowStub asking() {
    activities.onSubmit(new SubmitOutcome.Unknown(activities.problem("the reply was lost")));
    WorkflowStub workflow = start(BODY);
    waitUntil(workflow, p -> p.stage() == Stage.DECIDE && p.nextLookAt() != null);
    return workflow;
  }

  /** Returns once the workflow knows what a look saw, or has gone on from there. */
  private void lookMeanwhile(WorkflowStub workflow, Reconciliation look) {
    String seen =
        look instanceof Reconciliation.NotFound notFound
            ? notFound.problem().what()
            : ((Reconciliation.CannotTell) look).problem().what();
    workflow.signal("callbackReceived");
    waitUntil(
        workflow,
        p -> p.stage() != Stage.RECONCILE || Objects.equals(p.unknownSubmission().found(), seen));
  }

  private boolean isCancelHandled(WorkflowStub workflow) {
    List<EventType> events =
        server.history(workflow).getEvents().stream().map(HistoryEvent::getEventType).toList();
    int cancel = events.indexOf(EventType.EVENT_TYPE_WORKFLOW_EXECUTION_CANCEL_REQUESTED);
    return cancel >= 0
        && events
            .subList(cancel, events.size())
            .contains(EventType.EVENT_TYPE_WORKFLOW_TASK_COMPLETED);
  }

  private static void resolve(WorkflowStub workflow, Object decision) {
    workflow.update("resolveSubmission", Progress.class, decision);
  }

  private static String refusal(WorkflowStub workflow, Object decision) {
    WorkflowUpdateException refused =
        catchThrowableOfType(
            WorkflowUpdateException.class,
            () -> workflow.update("resolveSubmission", Progress.class, decision));
    return ((ApplicationFailure) refused.getCause()).getOriginalMessage();
  }
}
