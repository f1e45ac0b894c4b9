package seedance.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static seedance.client.InMemorySystem.await;

import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import seedance.workflows.chain.StepState;
import seedance.workflows.generation.FailureType;
import seedance.workflows.generation.FailureType.Charged;
import seedance.workflows.generation.FailureType.FailureClass;
import seedance.workflows.generation.Progress;
import seedance.workflows.generation.Progress.Stage;
import seedance.workflows.json.Json;
import seedance.workflows.request.ModelCatalogue;
import seedance.workflows.request.Money;
import seedance.workflows.request.Request;

class ChainHandleTest {
  private static final CallersFiles NO_FILES =
      new CallersFiles(Optional.empty(), ModelCatalogue.builtIn());

  private static InMemorySystem system;

  @BeforeAll
  static void start() throws IOException {
    system = new InMemorySystem();
  }

  @AfterAll
  static void stop() {
    system.close();
  }

  @Test
  void whoeverFollows_hearsHowItStoodAtItsEnd() throws Exception {
    ChainHandle chain = started("followed", Map.of());
    List<StepState> heard = new ArrayList<>();

    chain.follow(
        detail -> {
          detail.progress().steps().forEach(step -> heard.add(step.state()));
          await().until(chain::isOver);
        });

    assertThat(heard).last().isEqualTo(StepState.DONE);
  }

  @Test
  void whoeverFollowsAGeneration_hearsHowItStoodAtItsEnd() throws Exception {
    GenerationHandle generation =
        new SeedanceClient(system.workflowClient()).start(new Request(InMemorySystem.BODY));
    List<Stage> heard = new ArrayList<>();

    generation.follow(
        progress -> {
          heard.add(progress.stage());
          await().until(generation::isOver);
        });

    assertThat(heard).last().isEqualTo(Stage.DONE);
  }

  @Test
  void detail_tellsWhatTheGenerationOfARunningStepIsDoing() {
    ChainHandle chain = started("held-detail", Map.of());

    await()
        .untilAsserted(
            () ->
                assertThat(chain.detail().generations())
                    .hasEntrySatisfying(
                        "only",
                        generation -> assertThat(generation.stage()).isEqualTo(Stage.AWAIT)));
  }

  @Test
  void aGenerationThatWaitsForItsNextLook_isNotAskedAgainAtOnce() {
    ChainHandle chain = started("held-asked", Map.of());
    AtomicInteger questions = new AtomicInteger();
    ChainHandle counting =
        new ChainHandle(
            chain.workflow(),
            false,
            id -> {
              questions.incrementAndGet();
              return new SeedanceClient(system.workflowClient()).handle(id);
            },
            new EndedRuns(system.workflowClient()),
            NO_FILES);
    await()
        .until(
            () ->
                Optional.ofNullable(counting.detail().generations().get("only"))
                    .map(Progress::nextLookAt)
                    .filter(Instant.now().plus(Duration.ofMinutes(30))::isBefore)
                    .isPresent());
    int asked = questions.get();
    Instant before = Instant.now();

    for (int i = 0; i < 10; i++) {
      counting.detail();
    }

    // Once in five seconds, or two where it did not answer, is not at once.
    long mayBeAsked = 1 + Duration.between(before, Instant.now()).toSeconds() / 2;
    assertThat(questions.get() - asked).isLessThanOrEqualTo((int) mayBeAsked);
  }

  @Test
  void aGenerationThatDoesNotAnswer_isLeftOut() {
    ChainHandle chain = started("held-unanswered", Map.of());
    await().until(() -> !chain.detail().generations().isEmpty());
    ChainHandle deaf =
        new ChainHandle(
            chain.workflow(),
            false,
            id -> new SeedanceClient(system.workflowClient()).handle("nobody"),
            new EndedRuns(system.workflowClient()),
            NO_FILES);

    ChainDetail detail = deaf.detail();

    assertThat(detail.generations()).isEmpty();
    assertThat(detail.progress().steps()).hasSize(1);
  }

  @Test
  void anotherBudget_isInTheCurrencyOfTheOneThereIs() {
    ChainHandle chain =
        started("held-budget", Map.of("budget", Map.of("amount", 50, "currency", "CNY")));
    await().until(() -> chain.progress().budget() != null);

    assertThat(chain.raiseBudget(new BigDecimal("80.5")).budget())
        .isEqualTo(new Money(new BigDecimal("80.5"), "CNY"));
  }

  @Test
  void aRefusedDecision_namesItsStep_andOneAboutTheBudgetNone() {
    ChainHandle chain = started("held-refused-decision", Map.of());
    await().until(() -> !chain.progress().steps().isEmpty());

    DecisionRefusedException ofStep =
        catchThrowableOfType(DecisionRefusedException.class, () -> chain.retry("only"));
    DecisionRefusedException ofNoStep =
        catchThrowableOfType(DecisionRefusedException.class, () -> chain.skip("other"));
    DecisionRefusedException ofTheBudget =
        catchThrowableOfType(
            DecisionRefusedException.class, () -> chain.raiseBudget(new BigDecimal("-1")));

    assertThat(ofStep.step()).contains("only");
    assertThat(ofStep.type()).isEqualTo(FailureType.DECISION_REFUSED);
    assertThat(ofStep.failureClass()).isEqualTo(FailureClass.CALLER);
    assertThat(ofStep.charged()).isEqualTo(Charged.MAYBE);
    assertThat(ofStep.advice()).startsWith("Nothing has changed");
    assertThat(ofStep).hasMessageStartingWith("step only: it has not failed");
    assertThat(ofNoStep).hasMessage("step other: the chain has no such step");
    assertThat(ofTheBudget.step()).isEmpty();
    assertThat(ofTheBudget).hasMessageStartingWith("amount: ");
  }

  private static ChainHandle started(String id, Map<String, Object> options) {
    return new SeedanceClient(system.workflowClient())
        .startChain(
            new Json(
                Map.of(
                    "steps", List.of(Map.of("id", "only", "request", InMemorySystem.BODY.tree())))),
            ChainStart.withId(id).options(new Json(options)));
  }
}
