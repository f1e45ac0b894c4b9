package seedance.worker.dev;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static seedance.worker.dev.ChainEndToEndTest.OPENING_LONGER_NEXT_SHOT;
import static seedance.worker.dev.ChainEndToEndTest.approve;
import static seedance.worker.dev.ChainEndToEndTest.chain;
import static seedance.worker.dev.ChainEndToEndTest.extended;
import static seedance.worker.dev.ChainEndToEndTest.retry;
import static seedance.worker.dev.ChainEndToEndTest.state;
import static seedance.worker.dev.ChainEndToEndTest.steps;
import static seedance.worker.dev.ChainEndToEndTest.text;
import static seedance.worker.dev.ChainEndToEndTest.waitUntil;

import io.temporal.client.WorkflowStub;
import io.temporal.failure.CanceledFailure;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import seedance.worker.dev.simulator.Books;
import seedance.workflows.chain.ChainResult;
import seedance.workflows.chain.StepState;

/** What becomes of a chain, or of its steps, that is reset or cancelled while it works. */
@Timeout(300)
@Execution(ExecutionMode.CONCURRENT)
class ChainResetTest {
  private static final double SPEED = 400;

  @TempDir Path store;
  private final ServiceClock clock = new ServiceClock();
  private DevSystem system;

  @BeforeEach
  void startSystem() throws IOException {
    SharedServer.real();
    system =
        DevSystem.start(
            new DevSettings(SharedServer.environment(), store, SPEED), clock.simulator());
  }

  @AfterEach
  void stopSystem() {
    if (system != null) {
      system.close();
    }
  }

  @Test
  void chainResetToItsBeginning_makesNoStepAgain_andEndsInTheSameResult() {
    WorkflowStub workflow = start(OPENING_LONGER_NEXT_SHOT);
    approve(workflow, "next-shot");
    ChainResult first = workflow.getResult(ChainResult.class);

    WorkflowStub again = Reset.toItsBeginning(workflow, system.workflowClient());
    ChainResult second = again.getResult(ChainResult.class);

    assertThat(account().createsReceived()).isEqualTo(3);
    assertThat(account().tasksBilled()).isEqualTo(3);
    assertThat(second.steps())
        .extracting(step -> step.result().artifacts())
        .isEqualTo(first.steps().stream().map(step -> step.result().artifacts()).toList());
    assertThat(second.cost()).isEqualTo(first.cost());
    assertThat(second.manifest()).isEqualTo(first.manifest());
  }

  @Test
  void chainResetWhileAStepIsMade_takesTheTaskThatIsThere_andNothingIsBilledAgain() {
    WorkflowStub workflow =
        start(
            chain(text("opening", "a boat"), extended("longer", "on [simulate:slow]", "opening")));
    waitUntil(workflow, progress -> state(progress, "longer") == StepState.RUNNING);
    awaitTasks(2);

    WorkflowStub again = Reset.toItsBeginning(workflow, system.workflowClient());
    waitUntil(again, progress -> state(progress, "longer") == StepState.RUNNING);
    clock.goOn();
    waitUntil(
        again,
        progress ->
            state(progress, "longer") == StepState.DONE
                || state(progress, "longer") == StepState.FAILED);

    assertThat(account().createsReceived()).isEqualTo(2);
    assertThat(account().tasksBilled()).isEqualTo(2);
    assertThat(again.getResult(ChainResult.class).steps()).hasSize(2);
  }

  @Test
  void chainResetWhileACollectingStepIsMade_waitsForItsClip_andEndsWithIt() {
    WorkflowStub workflow =
        start(
            chain(text("opening", "a boat [simulate:slow]"), extended("longer", "on", "opening")),
            PageExamples.json("{\"generation\":{\"onCancel\":\"COLLECT\"}}"));
    awaitTasks(1);

    WorkflowStub again = Reset.toItsBeginning(workflow, system.workflowClient());
    waitUntil(again, progress -> state(progress, "opening") == StepState.RUNNING);
    clock.goOn();

    assertThat(again.getResult(ChainResult.class).steps())
        .extracting(ChainResult.Step::state)
        .containsOnly(StepState.DONE);
    assertThat(account().createsReceived()).isEqualTo(2);
    assertThat(account().tasksBilled()).isEqualTo(2);
  }

  @Test
  void chainResetAfterAStepWasRetried_takesTheClipOfTheRetry_andMakesNothing() {
    WorkflowStub workflow = start(chain(text("opening", "a boat [simulate:failed]")));
    waitUntil(workflow, progress -> state(progress, "opening") == StepState.FAILED);
    retry(workflow, text("opening", "a boat"));
    ChainResult first = workflow.getResult(ChainResult.class);

    WorkflowStub again = Reset.toItsBeginning(workflow, system.workflowClient());

    ChainResult second = again.getResult(ChainResult.class);
    assertThat(second.steps().get(0).result().taskId())
        .isEqualTo(first.steps().get(0).result().taskId());
    assertThat(second.cost()).isEqualTo(first.cost());
    assertThat(account().createsReceived()).isEqualTo(2);
    assertThat(account().tasksBilled()).isEqualTo(1);
  }

  @Test
  void chainResetWhileAStepIsMadeAgain_endsWithTheTaskOfThatRetry() {
    WorkflowStub workflow = start(chain(text("opening", "a boat [simulate:failed]")));
    waitUntil(workflow, progress -> state(progress, "opening") == StepState.FAILED);
    retry(workflow, text("opening", "a boat [simulate:slow]"));
    awaitTasks(2);

    WorkflowStub again = Reset.toItsBeginning(workflow, system.workflowClient());
    waitUntil(again, progress -> state(progress, "opening") == StepState.RUNNING);
    clock.goOn();

    assertThat(again.getResult(ChainResult.class).steps())
        .extracting(ChainResult.Step::state)
        .containsExactly(StepState.DONE);
    assertThat(account().createsReceived()).isEqualTo(2);
    assertThat(account().tasksBilled()).isEqualTo(1);
  }

  @Test
  void stepThatIsResetItself_takesItsTaskAgain_andTheChainEndsWithIt() {
    WorkflowStub workflow =
        start(
            chain(text("opening", "a boat [simulate:slow]"), extended("longer", "on", "opening")));
    awaitTasks(1);
    WorkflowStub child =
        system
            .workflowClient()
            .newUntypedWorkflowStub(workflow.getExecution().getWorkflowId() + ".opening");

    Reset.toItsBeginning(child, system.workflowClient());
    clock.goOn();

    assertThat(steps(workflow).values())
        .extracting(ChainResult.Step::state)
        .containsOnly(StepState.DONE);
    assertThat(account().createsReceived()).isEqualTo(2);
    assertThat(account().tasksBilled()).isEqualTo(2);
  }

  @Test
  void cancelledChainThatCollects_doesNotEndBeforeAllItsClipsAreStored() {
    WorkflowStub workflow =
        start(
            chain(text("opening", "a boat"), text("aside", "a gull [simulate:slow]")),
            PageExamples.json("{\"generation\":{\"onCancel\":\"COLLECT\"}}"));
    awaitTasks(2);

    workflow.cancel();
    clock.goOn();

    assertThatThrownBy(() -> workflow.getResult(ChainResult.class))
        .hasRootCauseInstanceOf(CanceledFailure.class);
    String id = workflow.getExecution().getWorkflowId();
    for (String step : List.of("opening", "aside")) {
      assertThat(store.resolve(id + "." + step).resolve("video.mp4")).exists();
    }
  }

  private void awaitTasks(int count) {
    await()
        .atMost(Duration.ofSeconds(120))
        .until(() -> system.simulated().orElseThrow().books().tasksCreated() == count);
  }

  private Books.Account account() {
    return system.simulated().orElseThrow().books().accounts().get(0);
  }

  private WorkflowStub start(Object... arguments) {
    return ChainEndToEndTest.start(system, arguments);
  }
}
