package seedance.workflows.generation;

import static org.assertj.core.api.Assertions.assertThat;

import io.temporal.api.enums.v1.EventType;
import io.temporal.client.WorkflowStub;
import io.temporal.common.converter.DataConverterException;
import io.temporal.common.converter.DefaultDataConverter;
import io.temporal.failure.ApplicationFailure;
import io.temporal.internal.worker.UnableToAcquireLockException;
import io.temporal.worker.NonDeterministicException;
import io.temporal.worker.Worker;
import io.temporal.workflow.ChildWorkflowOptions;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import seedance.workflows.InMemoryServer;
import seedance.workflows.json.Json;

/** Values from outside that cannot be, and bugs of ours: neither hangs a workflow. */
@Timeout(300)
class LastGuardTest extends WorkflowFixture {

  /** Gives its child any memo. */
  @WorkflowInterface
  public interface Parent {
    @WorkflowMethod
    GenerationResult run(Json body, Object submission);

    final class Impl implements Parent {
      @Override
      public GenerationResult run(Json body, Object submission) {
        return Workflow.newUntypedChildWorkflowStub(
                VideoGenerationWorkflow.TYPE,
                ChildWorkflowOptions.newBuilder()
                    .setMemo(Map.of(VideoGenerationWorkflow.SUBMISSION_MEMO, submission))
                    .build())
            .execute(GenerationResult.class, body, Json.NULL);
      }
    }
  }

  @Override
  void registerMoreOn(Worker worker) {
    worker.registerWorkflowImplementationTypes(Parent.Impl.class);
  }

  @ParameterizedTest
  @ValueSource(longs = {-108_900, 0, Long.MIN_VALUE})
  void usageThatCannotBe_isNotKnown(long tokens) {
    activities.onLook(
        look ->
            new Look.Succeeded(
                new GenerationOutcome(
                    null, null, null, null, null, null, -1.0, -5, 0, null, tokens, tokens),
                server.time().now()));

    GenerationResult result = result(start(BODY));

    assertThat(result.cost().amount()).isNull();
    assertThat(result.cost().basis()).isEqualTo("the service reported no usage");
    assertThat(result.outcome().duration()).isNull();
  }

  @Test
  void handOffWithoutAnyArtifact_endsByName_andNamesTheTask() {
    activities.onHandOff(
        handOff ->
            new HandOffOutcome.Stored(
                List.of(), URI.create("file:///clips/one/manifest.json"), Instant.EPOCH));

    ApplicationFailure failure = failureOf(start(BODY));

    assertThat(failure.getType()).isEqualTo("InternalError");
    assertThat(detail(failure).taskId()).isEqualTo("cgt-20261122-abcde");
  }

  @Test
  void bug_endsByName_withTheTask_andWithoutWhatItMet() {
    activities.onHandOff(
        handOff ->
            new HandOffOutcome.NotStored(
                activities.problem("no space left on device"), Duration.ofSeconds(Long.MAX_VALUE)));

    ApplicationFailure failure = failureOf(start(BODY));

    assertThat(failure.getType()).isEqualTo("InternalError");
    assertThat(failure.getOriginalMessage())
        .contains("ArithmeticException in the workflow's code")
        .contains("[task cgt-20261122-abcde]");
  }

  @Test
  void whatAnotherDeploymentCanMend_stalls_andNothingElse() {
    assertThat(
            List.of(
                new DataConverterException("of a newer worker"),
                new NonDeterministicException("another version's history", null),
                new UnableToAcquireLockException("another worker has it")))
        .allMatch(LastGuard::letsStall);
    assertThat(
            List.of(
                new IllegalStateException(),
                new NullPointerException(),
                new ClassCastException(),
                new DateTimeException("out of range")))
        .allMatch(LastGuard::isBug);
  }

  @Test
  void memoOfAParent_thatIsNoName_isAsGoodAsNone() {
    for (Object foreign : List.of(List.of("a"), Map.of("a", 1), "", " ", "a".repeat(1_001))) {
      WorkflowStub parent =
          server
              .getWorkflowClient()
              .newUntypedWorkflowStub("Parent", InMemoryServer.options().build());
      parent.start(BODY, foreign);
      parent.getResult(GenerationResult.class);
    }

    assertThat(activities.handedOff)
        .hasSize(5)
        .extracting(HandOffRequest::madeFor)
        .containsOnlyNulls();
  }

  @Test
  void labelsOfTheTimeline_areWhatTheServerTakes_andNeverHalfACharacter() {
    activities
        .validation(new Validation.Valid(planFor("\ud840\udc00".repeat(100))))
        .onLook(
            look ->
                new Look.Going(
                    "\ud840\udc00\u0001".repeat(500), server.time().now(), Duration.ofSeconds(9)));

    List<String> labels = summaries(startAndEnd());

    assertThat(labels)
        .allSatisfy(
            label ->
                assertThat(
                        DefaultDataConverter.STANDARD_INSTANCE
                            .toPayload(label)
                            .orElseThrow()
                            .getSerializedSize())
                    .isLessThan(400))
        .allSatisfy(label -> assertThat(label).doesNotContainPattern("\\p{Cntrl}"));
  }

  private WorkflowStub startAndEnd() {
    WorkflowStub workflow = start(BODY);
    workflow.getResult(GenerationResult.class);
    assertThat(history(workflow))
        .noneMatch(event -> event.getEventType() == EventType.EVENT_TYPE_WORKFLOW_TASK_FAILED);
    return workflow;
  }

  private static GenerationPlan planFor(String model) {
    GenerationPlan plan = ScriptedActivities.PLAN;
    return new GenerationPlan(
        plan.mode(),
        model,
        plan.resolution(),
        plan.seconds(),
        plan.typicalTime(),
        plan.expiresAfter(),
        plan.price(),
        plan.marking(),
        plan.traits(),
        plan.options());
  }
}
