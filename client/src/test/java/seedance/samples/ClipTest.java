package seedance.samples;

import static org.assertj.core.api.Assertions.assertThat;

import io.temporal.client.WorkflowOptions;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import seedance.activities.SeedanceModule;
import seedance.activities.provider.Dialect;
import seedance.worker.dev.junit.SimulatedSeedanceExtension;
import seedance.worker.dev.simulator.Effect;
import seedance.worker.dev.simulator.Fault;
import seedance.worker.dev.simulator.Operation;
import seedance.workflows.generation.GenerationOptions;
import seedance.workflows.generation.GenerationResult;
import seedance.workflows.generation.VideoGenerationWorkflow;
import seedance.workflows.request.Request;

class ClipTest {
  @RegisterExtension
  static final SimulatedSeedanceExtension seedance = SimulatedSeedanceExtension.atSpeed(400);

  @Test
  void lostReply_isNotPaidTwice() {
    var realTime = TestEnvironmentOptions.newBuilder().setUseTimeskipping(false).build();
    try (var temporal = TestWorkflowEnvironment.newInstance(realTime)) {
      SeedanceModule.registerOn(temporal.newWorker("films"), seedance.configuration(Dialect.ARK));
      temporal.start();
      seedance.service().inject(Fault.next(Operation.CREATE, new Effect.LostReply()));

      var onFilms = WorkflowOptions.newBuilder().setTaskQueue("films").build();
      GenerationResult clip =
          temporal
              .getWorkflowClient()
              .newWorkflowStub(VideoGenerationWorkflow.class, onFilms)
              .generate(
                  Request.of("doubao-seedance-2-0").text("A cat").build(),
                  GenerationOptions.DEFAULTS);

      assertThat(clip.artifacts()).hasSize(1);
      assertThat(seedance.service().books().tasksBilled()).isEqualTo(1);
    }
  }
}
