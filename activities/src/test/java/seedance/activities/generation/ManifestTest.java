package seedance.activities.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import seedance.workflows.generation.Artifact;
import seedance.workflows.generation.Cost;
import seedance.workflows.json.Json;

/** The JSON beside a clip, as others read it. */
class ManifestTest {
  private static final String GOLDEN =
      """
      {
        "workflowId": "my-id",
        "runId": "run-1",
        "taskId": "cgt-20261122184500-abcde",
        "request": {"model": "doubao-seedance-2-0", "seed": 7},
        "outcome": {
          "model": "doubao-seedance-2-0-260128",
          "createdAt": "2026-11-22T18:00:00Z",
          "finishedAt": "2026-11-22T18:01:50Z",
          "seed": 97151,
          "resolution": "720p",
          "ratio": "16:9",
          "duration": 5.0,
          "framesPerSecond": 24,
          "generateAudio": true,
          "completionTokens": 108900,
          "totalTokens": 108900
        },
        "artifacts": [{
          "kind": "video",
          "location": "file:///clips/my-id/video.mp4",
          "mediaType": "video/mp4",
          "bytes": 4242,
          "sha256": "c2ad3a3a1ad3b1d6f9f2f7c7e1d3b5a79f0e8d7c6b5a49382716051423324150"
        }],
        "cost": {"amount": 5.0094, "currency": "CNY", "basis": "by the list"},
        "acceptedAt": "2026-11-22T18:00:00Z",
        "noticedAt": "2026-11-22T18:01:55Z",
        "storedAt": "2026-11-22T18:01:57Z",
        "versions": {"seedance": "0.1.0"}
      }
      """;
  private static final Manifest MANIFEST =
      new Manifest(
          "my-id",
          "run-1",
          ScriptedProvider.TASK,
          new Json(Map.of("model", "doubao-seedance-2-0", "seed", 7)),
          ScriptedProvider.OUTCOME,
          List.of(
              new Artifact(
                  Artifact.Kind.VIDEO,
                  URI.create("file:///clips/my-id/video.mp4"),
                  "video/mp4",
                  4242,
                  "c2ad3a3a1ad3b1d6f9f2f7c7e1d3b5a79f0e8d7c6b5a49382716051423324150")),
          new Cost(new BigDecimal("5.0094"), "CNY", "by the list"),
          Instant.parse("2026-11-22T18:00:00Z"),
          Instant.parse("2026-11-22T18:01:55Z"),
          Instant.parse("2026-11-22T18:01:57Z"),
          null,
          Map.of("seedance", "0.1.0"));

  @Test
  void wireForm_isTheGoldenOne_andReadBack() throws Exception {
    ObjectMapper json = new ObjectMapper();

    assertThat(json.readTree(MANIFEST.toJson())).isEqualTo(json.readTree(GOLDEN));
    assertThat(ManifestReading.read(GOLDEN.getBytes(StandardCharsets.UTF_8))).isEqualTo(MANIFEST);
  }

  @Test
  void fieldsOfALaterVersion_areLeftAside() throws Exception {
    String later = GOLDEN.replaceFirst("\\{", "{\"later\": {\"a\": 1},");

    assertThat(ManifestReading.read(later.getBytes(StandardCharsets.UTF_8))).isEqualTo(MANIFEST);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "{}",
        "{\"artifacts\":[],\"versions\":{}}",
        "\"\"",
        "7",
        "{\"request\":\"a private cat\",",
        "{\"artifacts\":\"a private cat\"}",
        "{\"storedAt\":\"a private cat\"}"
      })
  void whatIsNoManifest_isAnError_thatQuotesNothing(String text) {
    assertThatThrownBy(() -> ManifestReading.read(text.getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(IOException.class)
        .hasMessage("the manifest in it is not readable")
        .hasNoCause();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\u0001',
      value = {
        "\"bytes\": 4242 | \"bytes\": -4242",
        "\"bytes\": 4242 | \"bytes\": 0",
        "\"bytes\": 4242 | \"bytes\": 1e400",
        "\"sha256\": \"c2 | \"sha256\": \"C2",
        "\"sha256\": \"c2 | \"sha256\": \"c",
        "\"sha256\" | \"sha512\"",
        "file:///clips/my-id/video.mp4 | video.mp4",
        "\"location\" | \"place\"",
        "video/mp4 | <html>",
        "\"kind\": \"video\" | \"kind\": \"last_frame\"",
        "\"kind\": \"video\" | \"kind\": \"film\"",
        "\"kind\": \"video\" | \"kind\": \"sound\"",
        "\"taskId\": \"cgt | \"taskId\": \"a cgt",
        "\"taskId\" | \"taskName\"",
        "2026-11-22T18:01:57Z | +999999999-12-31T23:59:59Z",
        "2026-11-22T18:01:57Z | yesterday"
      })
  void manifestWhoseFilesCannotBe_isUnreadable(String right, String wrong) {
    assertThatThrownBy(() -> read(right, wrong))
        .isInstanceOf(UnreadableManifestException.class)
        .hasMessage("the manifest in it is not readable")
        .hasNoCause();
  }

  @Test
  void manifestWithoutFiles_saysSo() {
    String empty = GOLDEN.replaceFirst("(?s)\"artifacts\": \\[.*?]", "\"artifacts\": []");

    assertThatThrownBy(() -> ManifestReading.read(empty.getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(UnreadableManifestException.class)
        .hasMessage("its manifest names no clip");
  }

  @Test
  void whatCannotBe_besideTheFiles_isNotKnown() throws Exception {
    assertThat(read("5.0094", "-5.0094").cost().amount()).isNull();
    assertThat(read("5.0094", "1e999999").cost()).isNull();
    assertThat(read("\"CNY\"", "\"yuan\"").cost()).isNull();
    assertThat(read("\"by the list\"", "\"by the list\", \"doubt\": \"too many\"").cost().doubt())
        .isEqualTo("too many");
    assertThat(
            read("\"by the list\"", "\"by the list\", \"doubt\": \"" + "x".repeat(301) + "\"")
                .cost())
        .isEqualTo(MANIFEST.cost());
    assertThat(read("\"completionTokens\": 1", "\"completionTokens\": -1").outcome())
        .satisfies(outcome -> assertThat(outcome.completionTokens()).isNull())
        .satisfies(outcome -> assertThat(outcome.totalTokens()).isEqualTo(108900));
    assertThat(read("\"duration\": 5.0", "\"duration\": \"NaN\"").outcome().duration()).isNull();
    assertThat(read("\"framesPerSecond\": 24", "\"framesPerSecond\": -24").outcome())
        .satisfies(outcome -> assertThat(outcome.framesPerSecond()).isNull());
    assertThat(read("2026-11-22T18:01:50Z", "-999999999-01-01T00:00:00Z").outcome().finishedAt())
        .isNull();
    assertThat(read("\"acceptedAt\": \"2026", "\"acceptedAt\": \"1026").acceptedAt()).isNull();
  }

  private static Manifest read(String right, String wrong) throws IOException {
    assertThat(GOLDEN).contains(right);
    return ManifestReading.read(GOLDEN.replace(right, wrong).getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void runningVersions_nameTheModuleAndJava() {
    assertThat(Manifest.runningVersions())
        .containsOnlyKeys("seedance", "java")
        .containsEntry("java", Runtime.version().toString());
  }
}
