package seedance.activities.generation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import seedance.workflows.generation.Artifact;
import seedance.workflows.generation.Cost;
import seedance.workflows.generation.GenerationOutcome;
import seedance.workflows.generation.VideoGenerationWorkflow;
import seedance.workflows.json.IsoTime.IsoInstant;
import seedance.workflows.json.Json;
import seedance.workflows.json.WireForm;

/**
 * The JSON beside a clip: what was asked, what was made, when, for how much. It is written last, so
 * where it is, everything else is.
 *
 * @param request the request without inline media
 * @param cost null where it is not known
 * @param acceptedAt null where it is not known
 * @param noticedAt null where it is not known
 * @param madeFor what the parent workflow knows it by; null where there was none
 */
@WireForm
public record Manifest(
    String workflowId,
    String runId,
    String taskId,
    Json request,
    GenerationOutcome outcome,
    List<Artifact> artifacts,
    @Nullable Cost cost,
    @IsoInstant @Nullable Instant acceptedAt,
    @IsoInstant @Nullable Instant noticedAt,
    @IsoInstant Instant storedAt,
    @Nullable String madeFor,
    Map<String, String> versions) {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  public Manifest {
    artifacts = List.copyOf(artifacts);
    Objects.requireNonNull(taskId, "taskId");
    Objects.requireNonNull(outcome, "outcome");
    Objects.requireNonNull(storedAt, "storedAt");
    versions = Map.copyOf(versions);
  }

  byte[] toJson() {
    try {
      return JSON.writeValueAsBytes(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a manifest is always JSON", e);
    }
  }

  /** Of this module and of Java, for whoever wonders later what made the clip. */
  static Map<String, String> runningVersions() {
    String module = VideoGenerationWorkflow.class.getPackage().getImplementationVersion();
    return Map.of(
        "seedance", module == null ? "unpackaged" : module, "java", Runtime.version().toString());
  }
}
