package seedance.activities.generation;

import static org.assertj.core.api.Assertions.assertThat;

import io.temporal.activity.ActivityOptions;
import io.temporal.common.RetryOptions;
import io.temporal.testing.TestActivityEnvironment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import seedance.activities.store.FolderStore;
import seedance.workflows.generation.ValidateActivity;
import seedance.workflows.generation.Validation;
import seedance.workflows.json.Json;
import seedance.workflows.request.InlineMedia;
import seedance.workflows.request.ModelCatalogue;

/** A valid request is kept for the hand-off; whether it is valid does not depend on the store. */
class ValidateAndKeepTest {
  private static final String INLINE = "data:image/png;base64," + "QUJD".repeat(100);
  private static final Json BODY =
      new Json(
          Map.of(
              "model",
              "doubao-seedance-2-0",
              "content",
              List.of(Map.of("type", "text", "text", "a very private cat"))));

  private final TestActivityEnvironment temporal = TestActivityEnvironment.newInstance();
  @TempDir private Path folder;
  private Path root;

  @BeforeEach
  void makeRoot() {
    root = folder.resolve("clips");
  }

  @AfterEach
  void stop() {
    temporal.close();
  }

  @Test
  void validRequest_isKept_withoutItsInlineMedia() throws Exception {
    Json withMedia = new Json(Map.of("model", "doubao-seedance-2-0", "picture", INLINE));

    Validation.Valid valid = valid(activity(alwaysValid()).validate(withMedia, Json.NULL));

    assertThat(valid.storedRequest()).isNotBlank();
    try (Stream<Path> files = Files.walk(root)) {
      Path kept = files.filter(Files::isRegularFile).findFirst().orElseThrow();
      assertThat(kept.getParent()).hasFileName(".requests");
      assertThat(Json.parse(Files.readAllBytes(kept))).isEqualTo(InlineMedia.without(withMedia));
    }
  }

  @Test
  void requestThatBreaksARule_isNotKept() {
    Json broken = new Json(Map.of("model", "doubao-seedance-2-0"));

    assertThat(activity(byRules()).validate(broken, Json.NULL))
        .isInstanceOf(Validation.Invalid.class);
    assertThat(root).doesNotExist();
  }

  @Test
  void adoptionWithoutARequest_hasNothingToKeep() {
    Json adopt = new Json(Map.of("adopt", Map.of("taskId", "cgt-1")));

    assertThat(valid(activity(byRules()).validate(Json.NULL, adopt)).storedRequest()).isNull();
    assertThat(root).doesNotExist();
  }

  @Test
  void storeThatDoesNotWork_holdsNothingUp_andTheRequestIsCarriedInstead() throws Exception {
    Files.writeString(root, "a file where the store's folder should be");

    Validation.Valid valid = valid(activity(byRules()).validate(BODY, Json.NULL));

    assertThat(valid.storedRequest()).isNull();
    assertThat(valid.plan().model()).isEqualTo("doubao-seedance-2-0");
  }

  private ValidateActivity alwaysValid() {
    Validation plan = byRules().validate(BODY, Json.NULL);
    return (request, options) -> plan;
  }

  private ValidateActivity byRules() {
    return new ValidateByRules(
        ModelCatalogue.builtIn(), UnsharedLooks.realTime(), new FolderStore(root), false);
  }

  private ValidateActivity activity(ValidateActivity rules) {
    temporal.registerActivitiesImplementations(new ValidateAndKeep(rules, new FolderStore(root)));
    return temporal.newActivityStub(
        ValidateActivity.class,
        ActivityOptions.newBuilder()
            .setStartToCloseTimeout(Duration.ofMinutes(1))
            .setRetryOptions(RetryOptions.newBuilder().setMaximumAttempts(1).build())
            .build());
  }

  private static Validation.Valid valid(Validation verdict) {
    assertThat(verdict).isInstanceOf(Validation.Valid.class);
    return (Validation.Valid) verdict;
  }
}
