package seedance.activities.generation;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.ByteString;
import io.temporal.api.common.v1.Payload;
import io.temporal.common.converter.RawValue;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;
import seedance.activities.provider.TaskStatus.Known;
import seedance.activities.store.FolderStore;
import seedance.activities.store.OpenSubmission;
import seedance.activities.store.Receipts;
import seedance.workflows.generation.TaskTraits;
import seedance.workflows.json.Json;
import seedance.workflows.json.UnreadArgument;
import seedance.workflows.json.Verdict;
import seedance.workflows.request.ModelCatalogue;

/** Requests, callbacks and manifests are bytes of others: whatever they are, there is an answer. */
class ForeignBytesFuzzTest {
  private static final String ID = "0e9bd6c2-6d3e-4a3c-9a40-7f4a1de3d0f1";
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir static Path folder;

  @FuzzTest(maxDuration = "10m")
  void request(byte[] text) throws IOException {
    ValidateByRules rules =
        new ValidateByRules(
            ModelCatalogue.builtIn(), UnsharedLooks.realTime(), new FolderStore(folder), false);
    Verdict<Json> argument = UnreadArgument.read(new RawValue(payload(text)), "$");

    if (argument.isValid()) {
      assertCanBeRecorded(rules.validate(argument.orElseThrow(), Json.NULL));
      assertCanBeRecorded(rules.validate(Json.NULL, argument.orElseThrow()));
    }
    Verdict<Json> strictly = Json.read(text);
    if (strictly.isValid()) {
      assertThat(argument).isEqualTo(strictly);
    }
  }

  private static Payload payload(byte[] data) {
    return Payload.newBuilder().setData(ByteString.copyFrom(data)).build();
  }

  @FuzzTest(maxDuration = "10m")
  void callback(byte[] body) throws IOException {
    Receipts receipts = new FolderStore(folder).receipts();
    receipts.open(
        new OpenSubmission(
            ID, "my-workflow", ScriptedProvider.OUTCOME.createdAt(), TaskTraits.ANY));

    CallbackUrls urls = new CallbackUrls(Optional.empty(), receipts, Clock.systemUTC());
    CallbackReceipt callbacks =
        new CallbackReceipt(
            new ScriptedProvider().onLook(ScriptedProvider.going(Known.RUNNING)),
            receipts,
            urls,
            Clock.systemUTC());
    String proof = receipts.callbackSecret().proofOf(ID);
    callbacks.received(callbacks.at("/callbacks/" + ID + "/" + proof).orElseThrow(), body);
  }

  @FuzzTest(maxDuration = "10m")
  void manifest(byte[] json) {
    Manifest manifest;
    try {
      manifest = ManifestReading.read(json);
    } catch (UnreadableManifestException refused) {
      return;
    }
    assertThat(manifest.artifacts()).isNotEmpty();
    assertCanBeRecorded(List.of(manifest.artifacts(), manifest.outcome()));
  }

  private static void assertCanBeRecorded(Object answer) {
    try {
      assertThat(JSON.writeValueAsBytes(answer)).hasSizeLessThan(2_000_000);
    } catch (JsonProcessingException e) {
      throw new AssertionError("it cannot be recorded", e);
    }
  }
}
