package seedance.activities.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.temporal.activity.ActivityOptions;
import io.temporal.common.RetryOptions;
import io.temporal.testing.TestActivityEnvironment;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import seedance.activities.generation.StoredFixture;
import seedance.activities.store.FolderStore;
import seedance.activities.store.MediaBytes;
import seedance.activities.store.StorePlace;
import seedance.workflows.chain.ChainManifest;
import seedance.workflows.chain.StoreChainActivity;
import seedance.workflows.chain.TotalCost;
import seedance.workflows.generation.Artifact;

/** The lineage of a chain as a file. */
class StoreChainTest {
  @TempDir Path root;
  private TestActivityEnvironment temporal;

  @BeforeEach
  void start() {
    temporal = TestActivityEnvironment.newInstance();
  }

  @AfterEach
  void stop() {
    temporal.close();
  }

  @Test
  void manifest_isReadableJson_inTheChainsFolder_andReplacesAnEarlierOne() throws Exception {
    store("1");
    stop();
    start();
    URI location = store("2");

    Path file = Path.of(location);
    assertThat(file.getFileName()).hasToString("chain.json");
    assertThat(file.getParent().getParent()).isEqualTo(root);
    try (Stream<Path> files = Files.list(file.getParent())) {
      assertThat(files).containsExactly(file);
    }
    assertThat(Files.readAllLines(file)).hasSizeGreaterThan(10);
    JsonNode json = new ObjectMapper().readTree(file.toFile());
    assertThat(json.path("workflowId").asText()).isEqualTo("c");
    assertThat(json.path("cost").path("amount").decimalValue()).isEqualTo("2");
    JsonNode step = json.path("steps").path(0);
    assertThat(step.path("madeFrom").path(0).asText()).isEqualTo("generation://c.one/video");
    assertThat(step.path("artifacts").path(0).path("sha256").asText()).isEqualTo("0f0f");
  }

  @Test
  void generationOutsideTheChain_thatAStepIsMadeFrom_isThereWithItsHashes() throws Exception {
    StorePlace place =
        StoredFixture.store(
            new FolderStore(root), "c.one", "cgt-1", MediaBytes.mp4(99), new byte[0]);

    JsonNode source = new ObjectMapper().readTree(Path.of(store("1")).toFile()).path("sources");

    assertThat(source).hasSize(1);
    assertThat(source.path(0).path("workflowId").asText()).isEqualTo("c.one");
    assertThat(source.path(0).path("taskId").asText()).isEqualTo("cgt-1");
    assertThat(source.path(0).path("artifacts").path(0).path("sha256").asText())
        .isEqualTo(place.find(Artifact.Kind.VIDEO).orElseThrow().sha256());
  }

  @Test
  void storeThatDoesNotWork_isAFailureWithoutPaths() throws Exception {
    Path inTheWay = Files.writeString(root.resolve("file"), "");

    assertThatThrownBy(() -> store(new FolderStore(inTheWay), "1"))
        .rootCause()
        .hasMessageContaining("the store does not work: ")
        .message()
        .doesNotContain(root.toString());
  }

  private URI store(String cost) throws IOException {
    return store(new FolderStore(root), cost);
  }

  private URI store(FolderStore store, String cost) {
    temporal.registerActivitiesImplementations(new StoreChain(store));
    return temporal
        .newActivityStub(
            StoreChainActivity.class,
            ActivityOptions.newBuilder()
                .setStartToCloseTimeout(Duration.ofMinutes(1))
                .setRetryOptions(RetryOptions.newBuilder().setMaximumAttempts(1).build())
                .build())
        .store(
            new ChainManifest(
                "c",
                List.of(
                    new ChainManifest.Link(
                        "two",
                        "c.two",
                        "cgt-2",
                        List.of("generation://c.one/video"),
                        List.of(
                            new Artifact(
                                Artifact.Kind.VIDEO,
                                URI.create("file:///clips/c.two/video.mp4"),
                                "video/mp4",
                                4242,
                                "0f0f")),
                        URI.create("file:///clips/c.two/manifest.json"))),
                null,
                new TotalCost(new BigDecimal(cost), "CNY", List.of(), List.of())));
  }
}
