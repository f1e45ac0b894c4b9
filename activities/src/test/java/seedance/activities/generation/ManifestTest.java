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
import org.junit.jupiter.params.provider.ValueSource;
import seedance.workflows.generation.Artifact;
import seedance.workflows.generation.Cost;
import seedance.workflows.request.AnyJson;

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
          "sha256": "0f0f"
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
          new AnyJson(Map.of("model", "doubao-seedance-2-0", "seed", 7)),
          ScriptedProvider.OUTCOME,
          List.of(
              new Artifact(
                  Artifact.Kind.VIDEO,
                  URI.create("file:///clips/my-id/video.mp4"),
                  "video/mp4",
                  4242,
                  "0f0f")),
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
    assertThat(Manifest.ofJson(GOLDEN.getBytes(StandardCharsets.UTF_8))).isEqualTo(MANIFEST);
  }

  @Test
  void fieldsOfALaterVersion_areLeftAside() throws Exception {
    String later = GOLDEN.replaceFirst("\\{", "{\"later\": {\"a\": 1},");

    assertThat(Manifest.ofJson(later.getBytes(StandardCharsets.UTF_8))).isEqualTo(MANIFEST);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "{}",
        "{\"artifacts\":[],\"versions\":{}}",
        "{\"request\":\"a private cat\",",
        "{\"artifacts\":\"a private cat\"}",
        "{\"storedAt\":\"a private cat\"}"
      })
  void whatIsNoManifest_isAnError_thatQuotesNothing(String text) {
    assertThatThrownBy(() -> Manifest.ofJson(text.getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(IOException.class)
        .hasMessage("the manifest in it is not readable")
        .hasNoCause();
  }

  @Test
  void runningVersions_nameTheModuleAndJava() {
    assertThat(Manifest.runningVersions())
        .containsOnlyKeys("seedance", "java")
        .containsEntry("java", Runtime.version().toString());
  }
}
