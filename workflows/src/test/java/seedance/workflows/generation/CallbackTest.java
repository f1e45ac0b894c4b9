package seedance.workflows.generation;

import static org.assertj.core.api.Assertions.assertThat;

import io.temporal.api.enums.v1.EventType;
import io.temporal.client.WorkflowStub;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import seedance.workflows.generation.Progress.Stage;

/** The service calls back about a task whose verdict is waited for. */
class CallbackTest extends WorkflowFixture {
  private static final Duration LONG = Duration.ofHours(9);

  @ParameterizedTest
  @EnumSource(Callbacks.class)
  void callDuringTheWait_endsIt_withOneLook(Callbacks callbacks) {
    WorkflowStub workflow = waiting(callbacks);
    Instant before = server.time().now();

    callBack(workflow);

    assertThat(result(workflow).artifacts()).isNotEmpty();
    assertThat(activities.looked).hasSize(1);
    assertThat(Duration.between(before, server.time().now())).isLessThan(Duration.ofMinutes(5));
    assertThat(history(workflow))
        .extracting(event -> event.getEventType())
        .contains(EventType.EVENT_TYPE_TIMER_CANCELED)
        .doesNotContain(EventType.EVENT_TYPE_MARKER_RECORDED);
  }

  /** With six workflow tasks, of three events each, as without a call; queries add theirs here. */
  @Test
  void wholeGenerationWithACall_takesTwoMoreEventsThanOneWithout() {
    WorkflowStub workflow = waiting(Callbacks.ASKED_FOR);
    callBack(workflow);
    result(workflow);

    assertThat(history(workflow).stream().map(event -> event.getEventType().name()))
        .filteredOn(type -> !type.startsWith("EVENT_TYPE_WORKFLOW_TASK_"))
        .hasSize(1 + 4 * 3 + 3 + 1);
  }

  @Test
  void callBeforeTheFirstWait_isFollowedByALookAtOnce() {
    CompletableFuture<WorkflowStub> workflow = new CompletableFuture<>();
    activities.onSubmit(
        submission -> {
          callBack(workflow.join());
          return accepted(Callbacks.ASKED_FOR);
        });
    Instant before = server.time().now();
    workflow.complete(start(BODY));

    result(workflow.join());

    assertThat(Duration.between(before, server.time().now())).isLessThan(Duration.ofMinutes(5));
  }

  @Test
  void callThatComesTwice_orTooLate_changesNothing() {
    WorkflowStub workflow = waiting(Callbacks.ASKED_FOR);
    activities.onLook(
        look -> {
          callBack(workflow);
          return activities.succeeded();
        });
    activities.onHandOff(
        request -> {
          callBack(workflow);
          return activities.stored();
        });

    callBack(workflow);
    callBack(workflow);

    assertThat(result(workflow).artifacts()).isNotEmpty();
    assertThat(activities.looked).hasSize(1);
  }

  @Test
  void callDuringALookThatSawNothing_isFollowedByAnother() {
    WorkflowStub workflow = waiting(Callbacks.ASKED_FOR);
    activities.onLook(
        look -> {
          callBack(workflow);
          return activities.going("running", LONG);
        });

    callBack(workflow);
    Instant before = server.time().now();
    result(workflow);

    assertThat(activities.looked).hasSize(2);
    assertThat(Duration.between(before, server.time().now())).isLessThan(Duration.ofMinutes(5));
  }

  @Test
  void whoeverCallsOn_makesNoMoreLooks() {
    WorkflowStub workflow = waiting(Callbacks.ASKED_FOR);
    for (int i = 0; i < 60; i++) {
      activities.onLook(
          look -> {
            callBack(workflow);
            return activities.going("running", LONG);
          });
    }
    Instant before = server.time().now();
    callBack(workflow);

    waitUntil(workflow, progress -> progress.looks() == 20 && progress.nextLookAt() != null);
    assertThat(Duration.between(before, server.time().now())).isLessThan(Duration.ofMinutes(5));
    result(workflow);
    assertThat(activities.looked).hasSize(61);
  }

  /** Their histories have calls during waits that ended none. */
  @Test
  void answerOfAnOlderWorker_meansThatNoCallEndsTheWait() {
    WorkflowStub workflow = waiting(null);
    Instant before = server.time().now();

    callBack(workflow);

    result(workflow);
    assertThat(Duration.between(before, server.time().now()))
        .isGreaterThanOrEqualTo(LONG.minus(Duration.ofMinutes(1)));
  }

  @Test
  void handOff_isToldWhetherTheCallCame_whereItWasAskedFor() {
    WorkflowStub called = waiting(Callbacks.ASKED_FOR);
    callBack(called);
    result(called);
    result(waiting(Callbacks.ASKED_FOR));
    WorkflowStub unasked = waiting(Callbacks.NOT_ASKED_FOR);
    callBack(unasked);
    result(unasked);

    assertThat(activities.handedOff)
        .extracting(HandOffRequest::sightings)
        .extracting(Sightings::calledBack)
        .containsExactly(true, false, null);
  }

  private WorkflowStub waiting(@Nullable Callbacks callbacks) {
    activities.onSubmit(submission -> accepted(callbacks));
    WorkflowStub workflow = start(BODY);
    waitUntil(workflow, p -> p.stage() == Stage.AWAIT && p.nextLookAt() != null);
    return workflow;
  }

  private SubmitOutcome.Accepted accepted(@Nullable Callbacks callbacks) {
    return new SubmitOutcome.Accepted(
        "cgt-20261122-abcde", server.time().now(), LONG, null, callbacks);
  }

  private static void callBack(WorkflowStub workflow) {
    workflow.signal("callbackReceived");
  }
}
