package seedance.workflows.generation;

import static org.assertj.core.api.Assertions.assertThat;

import io.temporal.client.WorkflowStub;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** {@code options.deadline} and {@code options.adopt}. */
class DeadlineAndAdoptTest extends WorkflowFixture {

  @Test
  void deadline_endsTheWaiting_sayingThatTheTaskRunsOnAndIsCharged_andHowToAdoptIt() {
    activities.options(GenerationOptions.builder().deadline(Duration.ofMinutes(5)).build());
    for (int look = 0; look < 100; look++) {
      activities.onLook(request -> activities.going("running"));
    }

    ApplicationFailure failure = failureOf(start(BODY));

    assertThat(failure.getType()).isEqualTo("DeadlinePassed");
    assertThat(failure.getOriginalMessage())
        .contains("still runs at the service and is charged if it succeeds")
        .contains("options.adopt");
    assertThat(detail(failure).taskId()).isEqualTo("cgt-20261122-abcde");
  }

  @Test
  void deadline_isPrecededByALastLook() {
    activities
        .options(GenerationOptions.builder().deadline(Duration.ofMinutes(30)).build())
        .onSubmit(submission -> activities.accepted(Duration.ofHours(1)));

    assertThat(result(start(BODY)).artifacts()).isNotEmpty();
    assertThat(activities.looked).hasSize(1);
  }

  @Test
  void deadline_doesNotEndTheHandOffOfAPaidClip() {
    activities.options(GenerationOptions.builder().deadline(Duration.ofMinutes(5)).build());
    for (int attempt = 0; attempt < 50; attempt++) {
      activities.onHandOff(handOff -> activities.notStored("no space left on device"));
    }

    assertThat(result(start(BODY)).artifacts()).isNotEmpty();
  }

  @Test
  void deadline_alsoEndsTheSubmitting() {
    activities.options(
        GenerationOptions.builder()
            .submitWithin(Duration.ofHours(3))
            .deadline(Duration.ofMinutes(15))
            .build());
    activities.onSubmit(busyFor(Duration.ofMinutes(10))).onSubmit(busyFor(Duration.ofMinutes(10)));

    assertThat(failureOf(start(BODY)).getType()).isEqualTo("NotAcceptedInTime");
    assertThat(activities.submitted).hasSize(2);
  }

  @Test
  void adopt_awaitsAndStoresATaskThatSomethingElseCreated_andSubmitsNothing() {
    activities.options(GenerationOptions.builder().adopt("cgt-of-someone").build());

    GenerationResult result = result(start(BODY));

    assertThat(result.taskId()).isEqualTo("cgt-of-someone");
    assertThat(activities.submitted).isEmpty();
    assertThat(activities.adopted).extracting(AdoptRequest::submissionId).containsOnlyNulls();
    assertThat(activities.handedOff).hasSize(1);
  }

  @Test
  void adoptedTask_isLookedAtWithoutARequest_asAnotherMayHaveMadeIt() {
    GenerationOptions options = GenerationOptions.builder().adopt("cgt-of-someone").build();
    activities.validation(new Validation.Valid(ScriptedActivities.planWith(options), "run-1"));

    result(start(BODY));

    assertThat(activities.looked).extracting(LookRequest::storedRequest).containsOnlyNulls();
  }

  @Test
  void adopt_asksAgain_whereTheServiceDoesNotAnswer() {
    activities
        .options(GenerationOptions.builder().adopt("cgt-of-someone").build())
        .onAdopt(
            request ->
                new Adoption.NotYet(
                    activities.problem("the service answered 503"), Duration.ofSeconds(30)));
    WorkflowStub workflow = start(BODY);

    result(workflow);

    assertThat(activities.adopted).extracting(AdoptRequest::attempt).containsExactly(1, 2);
    assertThat(summaries(workflow))
        .contains("Adopt the task", "The service answered 503, next attempt in 30 s");
  }

  @Test
  void adopt_failsByName_whereThereIsNoSuchTask() {
    activities
        .options(GenerationOptions.builder().adopt("cgt-nowhere").build())
        .onAdopt(
            request ->
                new Adoption.Refused(activities.problem("the service knows no such task (404)")));

    ApplicationFailure failure = failureOf(start(BODY));

    assertThat(failure.getType()).isEqualTo("NothingToAdopt");
    assertThat(detail(failure).taskId()).isEqualTo("cgt-nowhere");
    assertThat(detail(failure).charged()).isEqualTo(FailureType.Charged.MAYBE);
    assertThat(activities.submitted).isEmpty();
  }
}
