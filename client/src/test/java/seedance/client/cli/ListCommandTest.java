package seedance.client.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static seedance.client.InMemorySystem.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.temporal.api.enums.v1.ParentClosePolicy;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.workflow.ChildWorkflowOptions;
import io.temporal.workflow.ChildWorkflowStub;
import io.temporal.workflow.SignalMethod;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import seedance.client.ChainHandle;
import seedance.client.ChainStart;
import seedance.client.DevServer;
import seedance.client.GenerationHandle;
import seedance.client.GenerationStart;
import seedance.client.InMemorySystem;
import seedance.client.SeedanceClient;
import seedance.workflows.generation.Progress.Stage;
import seedance.workflows.generation.SubmissionDecision;
import seedance.workflows.generation.VideoGenerationWorkflow;
import seedance.workflows.json.Json;

/** On the real dev server, as only that one keeps a list, and knows its namespaces. */
class ListCommandTest {
  @RegisterExtension static final DevServer SERVER = new DevServer(Parent.Impl.class);

  @TempDir private Path folder;

  @Test
  void thoseThatWaitForADecision_areListedWithWhatIsKnown_untilItIsMade() {
    GenerationHandle asking = started("lost-listed", Stage.DECIDE);
    GenerationHandle running = started("held-listed", Stage.AWAIT);

    await()
        .untilAsserted(
            () ->
                assertThat(list().out())
                    .containsPattern("lost-listed +generation +needs decision")
                    .contains("held-listed"));
    CommandRun waiting = list("--needs-decision");
    assertThat(waiting.exitCode()).isEqualTo(0);
    assertThat(waiting.out())
        .contains("lost-listed", "two tasks fit", "./seedance show ID")
        .doesNotContain("held-listed");
    assertThat(list("--needs-decision", "--json").outLines())
        .singleElement()
        .asString()
        .contains("\"workflowId\":\"lost-listed\"", "\"needsDecision\":\"two tasks fit\"");
    assertThat(list().out()).containsPattern("held-listed +generation +running");

    asking.resolve(new SubmissionDecision.Adopt("cgt-1"));
    asking.result();
    await()
        .untilAsserted(
            () ->
                assertThat(list("--needs-decision").out())
                    .isEqualToIgnoringNewLines("Nothing waits for a decision."));
    assertThat(list().out()).containsPattern("lost-listed +generation +succeeded");
    running.cancel();
  }

  @Test
  void generationThatWentOnInAnotherRun_isListedAndShownAsOne_sinceItsFirstRun() {
    SeedanceClient seedance = new SeedanceClient(SERVER.worker().workflowClient());
    GenerationStart options = GenerationStart.withId("busy-listed");
    GenerationHandle first = seedance.start(InMemorySystem.BODY, options);
    Instant startedAt = first.workflow().describe().getStartTime();

    first.result();

    await()
        .untilAsserted(
            () ->
                assertThat(list("--json").outLines())
                    .filteredOn(line -> line.contains("busy-listed"))
                    .singleElement()
                    .asString()
                    .contains("\"status\":\"succeeded\"")
                    .contains(
                        startedAt.truncatedTo(ChronoUnit.SECONDS).toString().replace("Z", "")));
    assertThat(first.workflow().describe().getWorkflowType()).isEqualTo("VideoGenerationContinued");
    assertThat(CommandRun.in(folder, environment(), "", "show", "busy-listed").out())
        .contains("Done  busy-listed");
    assertThat(seedance.start(InMemorySystem.BODY, options).isNew()).isFalse();
  }

  @Test
  void aChainThatWaitsForAnApproval_isListedAsOne_apartFromItsSteps() {
    SeedanceClient seedance = new SeedanceClient(SERVER.worker().workflowClient());
    Json chain =
        new Json(
            Map.of(
                "steps",
                List.of(
                    Map.of("id", "opening", "request", InMemorySystem.BODY.tree()),
                    Map.of(
                        "id", "ending", "approve", true, "request", InMemorySystem.BODY.tree()))));
    ChainHandle asking = seedance.startChain(chain, ChainStart.withId("film-listed"));

    await()
        .untilAsserted(
            () ->
                assertThat(list().out())
                    .containsPattern("film-listed +chain +needs decision")
                    .containsPattern("film-listed\\.opening +step +succeeded"));
    assertThat(list("--needs-decision").out())
        .containsPattern("film-listed +[0-9-]+ [0-9:]+ +ending waits for your approval")
        .doesNotContain("film-listed.opening");
    assertThat(list("--needs-decision", "--json").outLines())
        .singleElement()
        .asString()
        .contains("\"workflowId\":\"film-listed\"", "\"type\":\"chain\"");

    asking.approve("ending");
    asking.result();
    await()
        .untilAsserted(
            () ->
                assertThat(list("--needs-decision").out())
                    .isEqualToIgnoringNewLines("Nothing waits for a decision."));
    assertThat(list().out())
        .containsPattern("film-listed +chain +succeeded")
        .containsPattern("film-listed\\.ending +step +succeeded");
  }

  @Test
  void whatATerminatedGenerationLeft_isListedWithTheCommandThatFetchesIt() throws IOException {
    GenerationHandle generation = started("held-terminated", Stage.AWAIT);
    generation.workflow().terminate("by a test");

    JsonNode left = leftOf("held-terminated");

    assertThat(left.get("what").textValue()).isEqualTo("task");
    assertThat(left.get("taskId").textValue()).isEqualTo("cgt-1");
    assertThat(left.get("charged").textValue()).isEqualTo("maybe");
    assertThat(left.at("/commands/0").textValue())
        .isEqualTo("./seedance generate --id held-terminated --adopt cgt-1");
  }

  @Test
  void whatAGenerationLeft_thatEndedWithItsParent_isShownAndListed() throws IOException {
    WorkflowStub parent =
        SERVER
            .worker()
            .workflowClient()
            .newUntypedWorkflowStub(
                "ParentOfATest",
                WorkflowOptions.newBuilder()
                    .setWorkflowId("parent")
                    .setTaskQueue(VideoGenerationWorkflow.DEFAULT_TASK_QUEUE)
                    .build());
    parent.start("held-child");
    GenerationHandle child =
        new SeedanceClient(SERVER.worker().workflowClient()).handle("held-child");
    await().until(() -> child.progress().looks() > 0);
    parent.signal("end");
    parent.getResult(Void.class);
    await().until(child::isOver);

    assertThat(CommandRun.in(folder, environment(), "", "show", "held-child").out())
        .contains("Terminated  held-child", "./seedance generate --id held-child --adopt cgt-1")
        .doesNotContain("secret");
    assertThat(leftOf("held-child").get("taskId").textValue()).isEqualTo("cgt-1");
  }

  @Test
  void whatTheStepsOfATerminatedChainLeft_isShownAndListedByTheStep() throws IOException {
    SeedanceClient seedance = new SeedanceClient(SERVER.worker().workflowClient());
    ChainHandle chain =
        seedance.startChain(
            new Json(
                Map.of(
                    "steps",
                    List.of(Map.of("id", "opening", "request", InMemorySystem.BODY.tree())))),
            ChainStart.withId("held-film"));
    GenerationHandle step = seedance.handle("held-film.opening");
    await().until(() -> step.progress().looks() > 0);
    chain.workflow().terminate("by a test");
    await().until(step::isOver);
    String fetches = "./seedance generate --id held-film.opening --adopt cgt-1";

    assertThat(CommandRun.in(folder, environment(), "", "show", "held-film").out())
        .contains("Terminated  held-film", fetches)
        .doesNotContain("secret");
    assertThat(leftOf("held-film").at("/opening/commands/0").textValue()).isEqualTo(fetches);
    assertThat(leftOf("held-film.opening").at("/commands/0").textValue()).isEqualTo(fetches);
  }

  @ParameterizedTest
  @ValueSource(strings = {"list", "show vfr", "cancel vfr", "resolve vfr --resubmit", "skip vfr a"})
  void anUnknownNamespace_isFour_andNothingThatIsMissing(String command) {
    CommandRun run =
        CommandRun.in(
            folder,
            Map.of("TEMPORAL_ADDRESS", SERVER.address(), "TEMPORAL_NAMESPACE", "nope"),
            "",
            command.split(" "));

    assertThat(run.exitCode()).isEqualTo(4);
    assertThat(run.err()).contains("TEMPORAL_NAMESPACE").doesNotContain("There is no");
  }

  private JsonNode leftOf(String id) throws IOException {
    String object = "\"workflowId\":\"" + id + "\"";
    await()
        .untilAsserted(
            () ->
                assertThat(list("--json").outLines())
                    .anyMatch(
                        line -> line.contains(object) && !line.contains("\"closedAt\":null")));
    String line =
        list("--json").outLines().stream().filter(each -> each.contains(object)).findFirst().get();
    assertThat(line).doesNotContain("secret");
    return new ObjectMapper().readTree(line).get("left");
  }

  /** Starts a generation, and ends before that does. */
  @WorkflowInterface
  public interface Parent {
    @WorkflowMethod(name = "ParentOfATest")
    void run(String child);

    @SignalMethod
    void end();

    /** With Temporal's default for what becomes of the child. */
    final class Impl implements Parent {
      private boolean mayEnd;

      @Override
      public void run(String child) {
        ChildWorkflowStub generation =
            Workflow.newUntypedChildWorkflowStub(
                VideoGenerationWorkflow.TYPE,
                ChildWorkflowOptions.newBuilder()
                    .setWorkflowId(child)
                    .setParentClosePolicy(ParentClosePolicy.PARENT_CLOSE_POLICY_TERMINATE)
                    .build());
        generation.executeAsync(Object.class, InMemorySystem.BODY);
        generation.getExecution().get();
        Workflow.await(() -> mayEnd);
      }

      @Override
      public void end() {
        mayEnd = true;
      }
    }
  }

  private static GenerationHandle started(String id, Stage stage) {
    GenerationHandle generation =
        new SeedanceClient(SERVER.worker().workflowClient())
            .start(InMemorySystem.BODY, GenerationStart.withId(id));
    await().until(() -> generation.progress().stage() == stage);
    return generation;
  }

  private CommandRun list(String... options) {
    String[] command = new String[options.length + 1];
    command[0] = "list";
    System.arraycopy(options, 0, command, 1, options.length);
    return CommandRun.in(folder, environment(), "", command);
  }

  private static Map<String, String> environment() {
    return Map.of("TEMPORAL_ADDRESS", SERVER.address());
  }
}
