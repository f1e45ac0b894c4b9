package seedance.workflows.generation;

import static org.assertj.core.api.Assertions.assertThat;

import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.client.WorkflowStub;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import seedance.workflows.generation.FailureType.Charged;
import seedance.workflows.json.Json;
import seedance.workflows.json.Violation;
import seedance.workflows.request.TokenCount;

/** Every outcome of every activity, with skipped time; each history is replayed afterwards. */
class VideoGenerationWorkflowTest extends WorkflowFixture {
  @Test
  void generation_endsWithTheStoredClip() {
    activities
        .onSubmit(submission -> activities.accepted(Duration.ofHours(1)))
        .onLook(look -> activities.going("queued", Duration.ofHours(1)))
        .onLook(look -> activities.going("running", Duration.ofHours(1)));

    GenerationResult result = result(start(BODY));

    assertThat(result.taskId()).isEqualTo("cgt-20261122-abcde");
    assertThat(result.model()).isEqualTo("doubao-seedance-2-0");
    assertThat(result.outcome()).isEqualTo(ScriptedActivities.OUTCOME);
    assertThat(result.artifacts()).containsExactly(ScriptedActivities.CLIP);
    assertThat(result.cost().amount()).isEqualByComparingTo("5.0094");
    assertThat(result.cost().currency()).isEqualTo("CNY");
    assertThat(result.timings().queued()).isBetween(Duration.ofHours(1), Duration.ofMinutes(70));
    assertThat(activities.submitted).hasSize(1);
    assertThat(activities.looked).hasSize(3);
  }

  @Test
  void usageFarBeyondTheWorstCase_isSaid_whereverItIsLookedFor() {
    TokenCount possible = new TokenCount(40_000, 50_000);
    activities.validation(new Validation.Valid(planWith(possible, List.of())));
    WorkflowStub workflow = start(BODY);

    GenerationResult result = result(workflow);

    String doubt =
        "the service reported a usage of 108900 tokens, and such a video takes 50000 at most:"
            + " compare its bill";
    assertThat(result.cost().amount()).isEqualByComparingTo("5.0094");
    assertThat(result.cost().doubt()).isEqualTo(doubt);
    assertThat(activities.handedOff.get(0).cost()).isEqualTo(result.cost());
    assertThat(workflow.query("progress", Progress.class).lastProblem().what()).isEqualTo(doubt);
    assertThat(currentDetails(workflow)).contains("Last problem:** " + doubt);
  }

  @Test
  void notesOfThePlan_areInTheProgress_fromTheSubmissionToTheEnd() {
    List<String> notes = List.of("no model \"x\" is known here: cost unknown");
    activities
        .validation(new Validation.Valid(planWith(null, notes)))
        .onSubmit(submission -> activities.accepted(Duration.ofHours(1)))
        .onLook(look -> activities.going("running", Duration.ofHours(1)));
    WorkflowStub workflow = start(BODY);
    waitUntil(workflow, progress -> progress.stage() == Progress.Stage.AWAIT);

    assertThat(workflow.query("progress", Progress.class).notes()).isEqualTo(notes);
    assertThat(currentDetails(workflow)).contains("- **Note:** " + notes.get(0));
    result(workflow);
    assertThat(workflow.query("progress", Progress.class).notes()).isEqualTo(notes);
  }

  private static GenerationPlan planWith(TokenCount tokens, List<String> notes) {
    GenerationPlan plan = ScriptedActivities.PLAN;
    return new GenerationPlan(
        plan.mode(),
        plan.model(),
        plan.resolution(),
        plan.seconds(),
        plan.typicalTime(),
        plan.expiresAfter(),
        plan.price(),
        plan.marking(),
        plan.traits(),
        plan.options(),
        tokens,
        null,
        notes);
  }

  @Test
  void theBody_reachesTheServiceUnchanged() {
    result(start(BODY));

    assertThat(activities.submitted.get(0).request()).isEqualTo(BODY);
  }

  @Test
  void invalidRequest_failsWithEveryViolation_andSubmitsNothing() {
    List<Violation> violations =
        List.of(
            new Violation("content[2].role", "is missing"), new Violation("duration", "write 5"));
    activities.validation(new Validation.Invalid(violations));

    ApplicationFailure failure = failureOf(start(BODY));

    assertThat(failure.getType()).isEqualTo("InvalidRequest");
    assertThat(failure.getOriginalMessage())
        .contains("content[2].role: is missing; duration: write 5")
        .contains("Not charged.");
    assertThat(detail(failure).violations()).isEqualTo(violations);
    assertThat(failure.isNonRetryable()).isTrue();
    assertThat(activities.submitted).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "\"a cat\"", "5", "true", "{\"content\":\"a cat\"}", "null"})
  void malformedArgument_reachesTheRules_insteadOfStallingTheWorkflow(String json)
      throws Exception {
    activities.validation(new Validation.Invalid(List.of(new Violation("$", "must be an object"))));
    Object argument =
        new com.fasterxml.jackson.databind.ObjectMapper().readValue(json, Object.class);

    assertThat(failureOf(start(argument)).getType()).isEqualTo("InvalidRequest");
    assertThat(activities.validated).containsExactly(new Json(argument));
  }

  @Test
  void noArgumentAtAll_reachesTheRules_insteadOfStallingTheWorkflow() {
    activities.validation(new Validation.Invalid(List.of(new Violation("$", "is missing"))));

    assertThat(failureOf(start()).getType()).isEqualTo("InvalidRequest");
    assertThat(activities.validated).containsExactly(Json.NULL);
  }

  @Test
  void notCreated_isSubmittedAgainAfterTheWait() {
    activities.onSubmit(busyFor(Duration.ofMinutes(10))).onSubmit(busyFor(Duration.ofMinutes(20)));

    result(start(BODY));

    assertThat(activities.submitted).extracting(Submission::attempt).containsExactly(1, 2, 3);
  }

  @Test
  void notCreated_givesUpOnceTheOptionsTimeIsOver() {
    activities.onSubmit(busyFor(Duration.ofMinutes(50))).onSubmit(busyFor(Duration.ofMinutes(50)));

    ApplicationFailure failure = failureOf(start(BODY));

    assertThat(failure.getType()).isEqualTo("NotAcceptedInTime");
    assertThat(detail(failure).charged()).isEqualTo(Charged.NO);
    assertThat(activities.submitted).hasSize(2);
  }

  @Test
  void serviceThatIsBusyForLong_neverFillsOneHistory_andIsTriedOnlyAsLongAsTheOptionsSay() {
    for (int attempt = 0; attempt < 45; attempt++) {
      activities.onSubmit(busyFor(Duration.ofMinutes(1)));
    }
    Json options = new Json(Map.of("allowUnknownFields", true, "submitWithin", "PT1H"));
    WorkflowStub workflow = start(BODY, options);

    result(workflow);

    assertThat(activities.submitted).hasSize(46);
    assertThat(activities.validated).containsExactly(BODY);
    assertThat(activities.submitted)
        .extracting(Submission::attempt)
        .isEqualTo(IntStream.rangeClosed(1, 46).boxed().toList());
  }

  @Test
  void argumentsThatNoActivityCanBeGiven_areRefused_beforeTheServerTerminatesTheWorkflow() {
    // 1.2 MB in a client that writes them as UTF-8, three times as much as JSON escapes.
    Json body = new Json(Map.of("prompt", "\ud83d\udc31".repeat(300_000)));

    assertThat(failureOf(start(body)).getType()).isEqualTo("InvalidRequest");
    assertThat(activities.validated).isEmpty();
  }

  @Test
  void activityThatAnswersNothing_failsByName_insteadOfStallingTheWorkflow() {
    activities.validation(null);

    assertThat(failureOf(start(BODY)).getType()).isEqualTo("InternalError");
  }

  @Test
  void rejectedSubmission_failsAsTheServiceSaid() {
    activities.onSubmit(
        new SubmitOutcome.Rejected(
            new ServiceError(
                FailureType.INPUT_MODERATED, "InputTextSensitiveContentDetected", null, "0217")));

    ApplicationFailure failure = failureOf(start(BODY));

    assertThat(failure.getType()).isEqualTo("InputModerated");
    assertThat(detail(failure).code()).isEqualTo("InputTextSensitiveContentDetected");
    assertThat(detail(failure).requestId()).isEqualTo("0217");
    assertThat(detail(failure).serviceMessage()).isNull();
    assertThat(activities.submitted).hasSize(1);
  }

  @Test
  void whatTheServiceSays_isInTheFailure_itsMessage_andTheCurrentDetails() {
    activities.onLook(
        look ->
            new Look.Failed(
                new ServiceError(
                    FailureType.REQUEST_REJECTED,
                    "InvalidParameter",
                    "duration",
                    "0217",
                    "`duration` is not valid: it must be -1"),
                Instant.EPOCH));
    WorkflowStub workflow = start(BODY);

    ApplicationFailure failure = failureOf(workflow);

    assertThat(detail(failure).serviceMessage())
        .isEqualTo("`duration` is not valid: it must be -1");
    assertThat(failure.getOriginalMessage())
        .startsWith(
            "the service refused the request (InvalidParameter, field duration):"
                + " \"`duration` is not valid: it must be -1\" [task ")
        .doesNotContain("Start again;");
    assertThat(currentDetails(workflow)).contains("it must be -1");
  }

  @Test
  void storedRequest_isNamedToEachLook_whereTheSubmissionItselfNamedTheTask() {
    activities
        .validation(new Validation.Valid(ScriptedActivities.PLAN, "run-1"))
        .onLook(look -> activities.going("running"))
        .onLook(look -> activities.missed("busy", false));

    result(start(BODY));

    assertThat(activities.looked)
        .hasSize(3)
        .extracting(LookRequest::storedRequest)
        .containsOnly("run-1");
  }

  @ParameterizedTest
  @EnumSource(
      value = FailureType.class,
      names = {
        "OUTPUT_MODERATED",
        "TASK_FAILED",
        "TASK_EXPIRED",
        "TASK_CANCELLED",
        "TASK_VANISHED"
      })
  void theServicesVerdict_endsTheGeneration(FailureType type) {
    activities.onLook(
        look -> new Look.Failed(new ServiceError(type, "Code", null, null), Instant.EPOCH));

    ApplicationFailure failure = failureOf(start(BODY));

    assertThat(failure.getType()).isEqualTo(type.type());
    assertThat(detail(failure).taskId()).isEqualTo("cgt-20261122-abcde");
    assertThat(activities.handedOff).isEmpty();
  }

  @Test
  void failed_currentDetailsSayWhy_andWhatTheServiceSaidLast() {
    activities
        .onLook(look -> activities.going("running"))
        .onLook(
            look ->
                new Look.Failed(
                    new ServiceError(FailureType.OUTPUT_MODERATED, "Code", null, null),
                    Instant.EPOCH));
    WorkflowStub workflow = start(BODY);

    ApplicationFailure failure = failureOf(workflow);

    assertThat(currentDetails(workflow))
        .startsWith("### Failed")
        .contains("- **Service says:** failed")
        .contains("- **Looks so far:** 2")
        .contains("- **Why:** " + failure.getOriginalMessage());
  }

  @Test
  void failureOfTheCatalogue_carriesNoStackTrace_asItIsNoBug() {
    activities.validation(new Validation.Invalid(List.of(new Violation("$", "is missing"))));
    WorkflowStub workflow = start(BODY);
    failureOf(workflow);

    List<HistoryEvent> history = history(workflow);

    assertThat(
            history
                .get(history.size() - 1)
                .getWorkflowExecutionFailedEventAttributes()
                .getFailure()
                .getStackTrace())
        .isEmpty();
  }

  @Test
  void outageOfHours_neverFailsAPaidTask() {
    for (int miss = 0; miss < 60; miss++) {
      activities.onLook(look -> activities.missed("no connection to the service", false));
    }

    GenerationResult result = result(start(BODY));

    assertThat(result.artifacts()).isNotEmpty();
    assertThat(activities.looked).hasSize(61);
    assertThat(activities.looked.get(60).missesInARow()).isEqualTo(60);
    assertThat(result.timings().noticed()).isGreaterThan(Duration.ofHours(4));
  }

  @Test
  void unknownStatus_meansStillGoing() {
    activities.onLook(look -> activities.going("thinking_hard"));

    assertThat(result(start(BODY)).artifacts()).isNotEmpty();
    assertThat(activities.looked).hasSize(2);
  }

  @Test
  void taskThatIsNotThereJustAfterTheCreate_isLookedAtAgain() {
    activities
        .onLook(look -> activities.missed("the service knows no such task", true))
        .onLook(look -> activities.missed("the service knows no such task", true))
        .onLook(look -> activities.going("running"));

    assertThat(result(start(BODY)).artifacts()).isNotEmpty();
    assertThat(activities.looked.get(0).missingSince()).isNull();
    Instant missingSince = activities.looked.get(1).missingSince();
    assertThat(missingSince).isNotNull();
    assertThat(activities.looked.get(2).missingSince()).isEqualTo(missingSince);
    assertThat(activities.looked.get(3).missingSince()).isNull();
  }

  @Test
  void lookActivityThatThrows_isRetriedUntilItAnswers() {
    for (int attempt = 0; attempt < 20; attempt++) {
      activities.onLook(
          look -> {
            throw new IllegalStateException("broken");
          });
    }

    assertThat(result(start(BODY)).artifacts()).isNotEmpty();
    assertThat(activities.looked).hasSize(21);
  }

  @Test
  void clipThatCannotBeStoredYet_isTriedAgainUntilItIs() {
    for (int attempt = 0; attempt < 50; attempt++) {
      activities.onHandOff(handOff -> activities.notStored("no space left on device"));
    }

    assertThat(result(start(BODY)).artifacts()).isNotEmpty();
    assertThat(activities.handedOff).hasSize(51);
    assertThat(activities.handedOff.get(50).attempt()).isEqualTo(51);
  }

  @Test
  void clipWhoseRecordIsGone_failsSayingThatItWasCharged() {
    activities.onHandOff(handOff -> new HandOffOutcome.Lost(activities.problem("no such task")));

    ApplicationFailure failure = failureOf(start(BODY));

    assertThat(failure.getType()).isEqualTo("ClipLost");
    assertThat(detail(failure).charged()).isEqualTo(Charged.YES);
    assertThat(detail(failure).taskId()).isEqualTo("cgt-20261122-abcde");
  }

  @Test
  void inlineMedia_staysOutOfTheHandOff() {
    String inline = "data:image/png;base64," + "A".repeat(1000);
    Json body =
        new Json(
            Map.of(
                "model",
                "m",
                "content",
                List.of(Map.of("type", "image_url", "image_url", Map.of("url", inline)))));

    result(start(body));

    assertThat(activities.handedOff.get(0).request().tree().toString())
        .contains("data:image/png;base64,…sha256:")
        .doesNotContain("AAAA");
  }

  @Test
  void progress_tellsTheStageTheTaskAndTheNextLook() {
    List<Progress> seen = new ArrayList<>();
    CompletableFuture<WorkflowStub> started = new CompletableFuture<>();
    Runnable ask = () -> seen.add(started.join().query("progress", Progress.class));
    activities
        .onSubmit(
            submission -> {
              ask.run();
              return busyFor(Duration.ofMinutes(1));
            })
        .onLook(look -> activities.going("running"))
        .onLook(
            look -> {
              ask.run();
              return activities.missed("the service answered 503", false);
            })
        .onLook(
            look -> {
              ask.run();
              return activities.succeeded();
            });
    WorkflowStub workflow = start(BODY);
    started.complete(workflow);
    result(workflow);
    seen.add(workflow.query("progress", Progress.class));

    assertThat(seen)
        .extracting(p -> p.stage().label())
        .containsExactly("submit", "await", "await", "done");
    assertThat(seen.get(1).status()).isEqualTo("running");
    assertThat(seen.get(1).looks()).isEqualTo(1);
    assertThat(seen.get(1).taskId()).isEqualTo("cgt-20261122-abcde");
    assertThat(seen.get(1).expectedAt()).isNotNull();
    assertThat(seen.get(2).lastProblem().what()).isEqualTo("the service answered 503");
    assertThat(seen.get(2).toMarkdown())
        .contains("### Waiting for the service")
        .contains("- **Video:** text · doubao-seedance-2-0 · 720p · 5 s")
        .contains("- **Service says:** running")
        .contains("- **Last problem:** the service answered 503");
    assertThat(seen.get(3).looks()).isEqualTo(3);
  }

  @Test
  void timeline_readsWell_andHoldsNoPrompt() {
    activities
        .onSubmit(busyFor(Duration.ofSeconds(40)))
        .onLook(look -> activities.going("running"))
        .onLook(look -> activities.missed("the service answered 503", false))
        .onHandOff(handOff -> activities.notStored("no space left on device"));
    WorkflowStub workflow = start(BODY);
    result(workflow);

    assertThat(summaries(workflow))
        .containsExactly(
            "Validate the request",
            "Submit to doubao-seedance-2-0",
            "The service is busy, next submission in 40 s",
            "Submit to doubao-seedance-2-0",
            "Accepted, next look in 66 s",
            "Look 1",
            "Running, next look in 10 s",
            "Look 2",
            "The service answered 503, next look in 5 min",
            "Look 3",
            "Store the clip",
            "No space left on device, next attempt in 30 s",
            "Store the clip")
        .noneMatch(summary -> summary.contains("cat"));
  }

  /** The schedule of looks is held to this: nine looks are the most that 130 events leave. */
  @ParameterizedTest
  @ValueSource(ints = {1, 7, 9})
  void history_has23Events_and11ForEachLook(int looks) {
    for (int look = 1; look < looks; look++) {
      activities.onLook(request -> activities.going("running"));
    }
    WorkflowStub workflow = start(BODY);
    result(workflow);

    assertThat(history(workflow)).hasSize(23 + 11 * looks).hasSizeLessThanOrEqualTo(130);
  }

  @Test
  void options_reachTheRulesUnchanged() {
    Map<String, Object> options = Map.of("submitWithin", "PT1H", "allowUnknownFields", true);

    result(start(BODY, options));
    result(start(BODY, "no options"));
    result(start(BODY));

    assertThat(activities.validatedOptions)
        .containsExactly(new Json(options), new Json("no options"), Json.NULL);
  }

  @Test
  void validateActivityThatThrows_isRetriedFiveTimes_thenNamedAsABug() {
    activities.onValidate(
        () -> {
          throw new IllegalStateException("broken");
        });
    WorkflowStub workflow = start(BODY);

    ApplicationFailure failure = failureOf(workflow);

    assertThat(failure.getType()).isEqualTo("InternalError");
    assertThat(failure.getOriginalMessage())
        .contains("the activity SeedanceValidate failed without an answer")
        .doesNotContain("broken");
    assertThat(activities.validated).hasSize(5);
    assertThat(activities.submitted).isEmpty();
    assertThat(workflow.query("progress", Progress.class).stage()).isEqualTo(Progress.Stage.FAILED);
  }

  @Test
  void handOffActivityThatThrows_isRetriedUntilItAnswers() {
    for (int attempt = 0; attempt < 20; attempt++) {
      activities.onHandOff(
          handOff -> {
            throw new IllegalStateException("broken");
          });
    }

    assertThat(result(start(BODY)).artifacts()).isNotEmpty();
    assertThat(activities.handedOff).hasSize(21);
  }

  @Test
  void activityThatAnswersNothing_isANamedFailure_notAStuckWorkflow() {
    activities.onSubmit(submission -> null);

    assertThat(failureOf(start(BODY)).getType()).isEqualTo("InternalError");
  }
}
