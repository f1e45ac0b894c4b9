package seedance.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static seedance.client.InMemorySystem.await;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import seedance.workflows.chain.StepState;
import seedance.workflows.json.Json;
import seedance.workflows.request.Request;
import seedance.workflows.request.StoredInput;

/** Files of the caller's machine in the requests that decisions about steps bring. */
class StepFilesTest {
  private static InMemorySystem system;

  @TempDir private Path folder;
  private final InMemoryStore store = new InMemoryStore();

  @BeforeAll
  static void start() throws IOException {
    system = new InMemorySystem();
  }

  @AfterAll
  static void stop() {
    system.close();
  }

  @Test
  void retry_putsTheFileIntoTheStore_andSendsItsName() {
    SeedanceClient seedance = new SeedanceClient(system.workflowClient()).withStore(store);
    ChainHandle chain = seedance.startChain(chain(false), ChainStart.withId("refused-once-files"));
    waitFor(chain, StepState.FAILED);

    chain.retry("only", withFrame(640));

    await().until(() -> system.activities().submissionsOf("refused-once-files.only") == 2);
    assertThat(frameOf(seedance, "refused-once-files.only")).isEqualTo(inStore());
  }

  @Test
  void approval_putsTheFileIntoTheStore_andSendsItsName() {
    SeedanceClient seedance = new SeedanceClient(system.workflowClient()).withStore(store);
    ChainHandle chain = seedance.startChain(chain(true), ChainStart.withId("approved-files"));
    waitFor(chain, StepState.APPROVAL);

    chain.approve("only", withFrame(640));

    assertThat(chain.result().steps()).hasSize(1);
    assertThat(frameOf(seedance, "approved-files.only")).isEqualTo(inStore());
  }

  @Test
  void fileThatTheServiceWouldNotTake_isRefused_andNothingIsSent() {
    SeedanceClient seedance = new SeedanceClient(system.workflowClient()).withStore(store);
    ChainHandle chain = seedance.startChain(chain(true), ChainStart.withId("asks-for-files"));
    waitFor(chain, StepState.APPROVAL);

    assertThatThrownBy(() -> chain.approve("only", withFrame(100)))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("100 x 100 pixels");
    assertThat(store.put()).isEmpty();
    assertThat(chain.progress().steps().get(0).state()).isEqualTo(StepState.APPROVAL);
    chain.reject("only", "enough");
  }

  @Test
  void withoutAStore_theChainRefusesThePath() {
    ChainHandle chain =
        new SeedanceClient(system.workflowClient())
            .startChain(chain(true), ChainStart.withId("without-a-store"));
    waitFor(chain, StepState.APPROVAL);

    assertThatThrownBy(() -> chain.approve("only", withFrame(640)))
        .isInstanceOf(DecisionRefusedException.class)
        .hasMessageContaining("is a local file");
    chain.reject("only", "enough");
  }

  private static void waitFor(ChainHandle chain, StepState state) {
    await().until(() -> chain.progress().steps().stream().anyMatch(step -> step.state() == state));
  }

  private String inStore() {
    return store.put().keySet().stream().map(StoredInput::url).findFirst().orElseThrow();
  }

  private Request withFrame(int side) {
    String picture = Picture.paint(folder.resolve("cat.png"), side).toString();
    return Request.of("doubao-seedance-2-0").text("A cat").firstFrame(picture).build();
  }

  private static String frameOf(SeedanceClient seedance, String id) {
    return seedance
        .requestOf(seedance.handle(id))
        .at("content")
        .items()
        .get(1)
        .at("image_url")
        .text("url")
        .orElseThrow();
  }

  private static Json chain(boolean approve) {
    return new Json(
        Map.of(
            "steps",
            List.of(
                Map.of("id", "only", "request", InMemorySystem.BODY.tree(), "approve", approve))));
  }
}
