package seedance.activities.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.temporal.activity.ActivityOptions;
import io.temporal.common.RetryOptions;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.testing.TestActivityEnvironment;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import seedance.activities.generation.StoredFixture;
import seedance.activities.store.FolderStore;
import seedance.activities.store.MediaBytes;
import seedance.activities.store.StorePlace;
import seedance.workflows.chain.FindGenerationActivity;
import seedance.workflows.chain.FindRequest;
import seedance.workflows.chain.FoundGeneration;
import seedance.workflows.generation.Artifact;
import seedance.workflows.generation.Cost;
import seedance.workflows.generation.GenerationResult;
import seedance.workflows.generation.Timings;
import seedance.workflows.json.Json;
import seedance.workflows.request.InlineMedia;

/** What the store has of an earlier generation, and whether it is the one that is wanted. */
class FindGenerationTest {
  private static final Instant NOW = Instant.parse("2026-11-23T18:00:00Z");

  @TempDir Path root;
  private FolderStore store;
  private TestActivityEnvironment temporal;

  @BeforeEach
  void makeStore() {
    temporal = TestActivityEnvironment.newInstance();
    store = new FolderStore(root);
  }

  @AfterEach
  void stop() {
    temporal.close();
  }

  @Test
  void everythingOfTheResult_isToldByTheManifest() throws Exception {
    StorePlace place =
        StoredFixture.store(store, "w", "cgt-1", MediaBytes.mp4(99), MediaBytes.png());

    GenerationResult result = ((FoundGeneration.Stored) find(StoredFixture.REQUEST)).result();

    assertThat(result.taskId()).isEqualTo("cgt-1");
    assertThat(result.model()).isEqualTo("doubao-seedance-2-0");
    assertThat(result.outcome().seed()).isEqualTo(97151);
    assertThat(result.artifacts())
        .containsExactly(
            place.find(Artifact.Kind.VIDEO).orElseThrow(),
            place.find(Artifact.Kind.LAST_FRAME).orElseThrow());
    assertThat(result.manifest()).isEqualTo(root.resolve("w/manifest.json").toUri());
    assertThat(result.timings())
        .isEqualTo(
            new Timings(
                Duration.ZERO,
                Duration.ofSeconds(110),
                Duration.ofSeconds(5),
                Duration.ofSeconds(2)));
    assertThat(result.cost()).isEqualTo(new Cost(new BigDecimal("5.0094"), "CNY", "by the list"));
  }

  @Test
  void storedFolderThatIsMountedElsewhere_isFoundThere() throws Exception {
    Path before = root.resolve("before");
    StoredFixture.store(new FolderStore(before), "w", "cgt-1", MediaBytes.mp4(99), new byte[0]);
    Path after = Files.move(before, root.resolve("after"));
    store = new FolderStore(after);

    FoundGeneration.Stored found = (FoundGeneration.Stored) find(StoredFixture.REQUEST);

    assertThat(found.result().artifacts().get(0).location())
        .isEqualTo(after.resolve("w/video.mp4").toUri());
  }

  @Test
  void manifestOfAnEarlierVersion_thatLacksWhatMayBeLacking_isTaken() throws Exception {
    StorePlace place = StoredFixture.store(store, "w", "cgt-1", MediaBytes.mp4(99), new byte[0]);
    String json = new String(place.manifest().orElseThrow(), StandardCharsets.UTF_8);
    place.saveManifest(
        json.replaceAll("\"(cost|acceptedAt|noticedAt)\"", "\"old-$1\"")
            .getBytes(StandardCharsets.UTF_8));

    GenerationResult result = ((FoundGeneration.Stored) find(StoredFixture.REQUEST)).result();

    assertThat(result.model()).isEqualTo("doubao-seedance-2-0");
    assertThat(result.cost().amount()).isNull();
  }

  @Test
  void sameRequest_isTheSameTree_asItIsSent() throws Exception {
    StoredFixture.store(store, "w", "cgt-1", MediaBytes.mp4(99), new byte[0]);
    Map<String, Object> withNull =
        new HashMap<>(Map.of("seed", 7L, "model", "doubao-seedance-2-0"));
    withNull.put("ratio", null);

    assertThat(find(new Json(withNull))).isInstanceOf(FoundGeneration.Stored.class);
  }

  @Test
  void anotherRequest_isDifferent() throws Exception {
    StoredFixture.store(store, "w", "cgt-1", MediaBytes.mp4(99), new byte[0]);

    assertThat(find(new Json(Map.of("model", "doubao-seedance-2-0", "seed", 8))))
        .isEqualTo(new FoundGeneration.Different());
  }

  @Test
  void requestThatAlsoMadeTheLastFrame_isTheSame_butNotOneThatMadeNone() throws Exception {
    Map<String, Object> request = Map.of("model", "doubao-seedance-2-0", "seed", 7);
    Map<String, Object> with = new HashMap<>(request);
    with.put("return_last_frame", true);

    StoredFixture.store(store, "w", "cgt-1", MediaBytes.mp4(99), new byte[0]);
    assertThat(find(new Json(with))).isEqualTo(new FoundGeneration.Different());
    StoredFixture.store(store, "w", "cgt-2", MediaBytes.mp4(99), MediaBytes.png(), new Json(with));
    assertThat(find(new Json(request))).isInstanceOf(FoundGeneration.Stored.class);
  }

  @Test
  void requestWithInlineMedia_isTheSame_byTheirHash() throws Exception {
    Json inline = InlineMedia.without(withImage("data:image/png;base64,AAAA"));
    StoredFixture.store(store, "w", "cgt-1", MediaBytes.mp4(99), new byte[0], inline);

    assertThat(find(inline)).isInstanceOf(FoundGeneration.Stored.class);
    assertThat(find(InlineMedia.without(withImage("data:image/png;base64,AAAB"))))
        .isInstanceOf(FoundGeneration.Different.class);
  }

  @Test
  void requestWithReferences_isTheSame_byTheReferencesThemselves() throws Exception {
    Json request = withImage("generation://c.one/last_frame");
    StoredFixture.store(store, "w", "cgt-1", MediaBytes.mp4(99), new byte[0], request);

    assertThat(find(request)).isInstanceOf(FoundGeneration.Stored.class);
    assertThat(find(withImage("generation://c.two/last_frame")))
        .isInstanceOf(FoundGeneration.Different.class);
  }

  @Test
  void unknownGeneration_isAbsent() {
    assertThat(find(StoredFixture.REQUEST))
        .isEqualTo(new FoundGeneration.Absent("the store has no finished generation of that id"));
  }

  @Test
  void fileThatIsGoneOrChanged_isNamed() throws Exception {
    StoredFixture.store(store, "w", "cgt-1", MediaBytes.mp4(99), MediaBytes.png());
    Files.write(root.resolve("w/last_frame.png"), new byte[] {1});
    assertThat(find(StoredFixture.REQUEST))
        .isEqualTo(
            new FoundGeneration.Absent("its last_frame is no longer in the store, or was changed"));

    Files.delete(root.resolve("w/video.mp4"));
    assertThat(find(StoredFixture.REQUEST))
        .isEqualTo(
            new FoundGeneration.Absent("its video is no longer in the store, or was changed"));
  }

  @Test
  void generationThatWasTakenOver_isFoundUnderItsNewId_asTheOneThatMadeIt() throws Exception {
    StoredFixture.store(store, "w", "cgt-1", MediaBytes.mp4(99), new byte[0]);
    FoundGeneration found =
        finder().find(new FindRequest("w", StoredFixture.REQUEST, "second.w", null));

    FoundGeneration again =
        finder().find(new FindRequest("second.w", StoredFixture.REQUEST, "third.w", null));

    assertThat(((FoundGeneration.Stored) again).workflowId()).isEqualTo("w");
    assertThat(again).isEqualTo(found);
    assertThat(store.original("third.w")).contains("w");
  }

  @Test
  void generationOfTheChainItself_isFound_whateverItWasMadeFrom() throws Exception {
    Json other = new Json(Map.of("model", "m"));
    StoredFixture.store(store, "w", "cgt-1", MediaBytes.mp4(99), new byte[0]);

    assertThat(finder().find(new FindRequest("w", other, null, StoredFixture.CHAIN_RUN)))
        .isInstanceOf(FoundGeneration.Stored.class);
    assertThat(finder().find(new FindRequest("w", other, null, "run-2")))
        .isEqualTo(new FoundGeneration.Different());
  }

  @Test
  void whatAChainOnlyTookOver_isNotItsOwn() throws Exception {
    StoredFixture.store(store, "w", "cgt-1", MediaBytes.mp4(99), new byte[0]);
    finder().find(new FindRequest("w", StoredFixture.REQUEST, "second.w", null));

    assertThat(finder().find(new FindRequest("second.w", StoredFixture.REQUEST, null, "run-2")))
        .isInstanceOf(FoundGeneration.Absent.class);
  }

  @Test
  void generationOfAnotherRequest_isNotTakenOver() throws Exception {
    StoredFixture.store(store, "w", "cgt-1", MediaBytes.mp4(99), new byte[0]);

    finder().find(new FindRequest("w", new Json(Map.of("model", "m")), "second.w", null));

    assertThat(store.original("second.w")).isEmpty();
  }

  @Test
  void damagedManifest_isAbsent_andSaysWhy() throws Exception {
    StoredFixture.store(store, "w", "cgt-1", MediaBytes.mp4(99), new byte[0]);
    Files.writeString(root.resolve("w/manifest.json"), "{");

    assertThat(find(StoredFixture.REQUEST))
        .isEqualTo(new FoundGeneration.Absent("the manifest in it is not readable"));
  }

  @Test
  void manifestThatNamesNoClip_isAbsent() throws Exception {
    StoredFixture.store(store, "w", "cgt-1", MediaBytes.mp4(99), new byte[0]);
    Path manifest = root.resolve("w/manifest.json");
    ObjectNode changed = (ObjectNode) new ObjectMapper().readTree(manifest.toFile());
    changed.putArray("artifacts");
    Files.writeString(manifest, changed.toString());

    assertThat(find(StoredFixture.REQUEST))
        .isEqualTo(new FoundGeneration.Absent("its manifest names no clip"));
  }

  @Test
  void manifestOfAnOddRequest_isTaken_andFailsNothing() throws Exception {
    for (Json request : List.of(Json.NULL, new Json("odd"), new Json(Map.of()))) {
      StoredFixture.store(store, "w", "cgt-1", MediaBytes.mp4(99), new byte[0], request);

      FoundGeneration.Stored found =
          (FoundGeneration.Stored)
              finder()
                  .find(new FindRequest("w", StoredFixture.REQUEST, null, StoredFixture.CHAIN_RUN));

      assertThat(found.result().model()).isEqualTo("doubao-seedance-2-0-260128");
    }
  }

  @Test
  void costThatCannotBe_isNotKnown() throws Exception {
    StoredFixture.store(store, "w", "cgt-1", MediaBytes.mp4(99), new byte[0]);
    Path manifest = root.resolve("w/manifest.json");
    Files.writeString(manifest, Files.readString(manifest).replace("5.0094", "-5.0094"));

    GenerationResult result = ((FoundGeneration.Stored) find(StoredFixture.REQUEST)).result();

    assertThat(result.cost().amount()).isNull();
  }

  @Test
  void storeThatDoesNotWork_isAFailureToRetry() throws Exception {
    store = new FolderStore(root.resolve("not-mounted"));

    ApplicationFailure failure =
        (ApplicationFailure)
            catchThrowableOfType(ActivityFailure.class, () -> find(StoredFixture.REQUEST))
                .getCause();

    assertThat(failure.getType()).isEqualTo("StoreUnavailable");
    assertThat(failure.isNonRetryable()).isFalse();
    assertThat(failure.getOriginalMessage())
        .isEqualTo("the store does not work: its folder is not there");
  }

  private FoundGeneration find(Json request) {
    return finder().find(new FindRequest("w", request, "next.w", null));
  }

  private FindGenerationActivity finder() {
    temporal.close();
    temporal = TestActivityEnvironment.newInstance();
    temporal.registerActivitiesImplementations(new FindGeneration(store));
    return temporal.newActivityStub(
        FindGenerationActivity.class,
        ActivityOptions.newBuilder()
            .setStartToCloseTimeout(Duration.ofSeconds(30))
            .setRetryOptions(RetryOptions.newBuilder().setMaximumAttempts(1).build())
            .build());
  }

  private static Json withImage(String url) {
    return new Json(
        Map.of(
            "model",
            "m",
            "content",
            new ArrayList<>(
                List.of(Map.of("type", "image_url", "image_url", Map.of("url", url))))));
  }
}
