package seedance.worker.dev.simulator;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import seedance.worker.dev.simulator.clip.ClipSpec;

/** Writes tasks as the service's query reply does. */
final class TaskJson {

  static final String LAST_FRAME = "last_frame.png";

  private final FileLinks links;

  TaskJson(FileLinks links) {
    this.links = links;
  }

  static String videoFile(Generation generation) {
    return "video." + generation.clip().container().extension();
  }

  /**
   * @param base how the reader reaches this server
   */
  ObjectNode write(String account, SimulatedTask task, URI base) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    Generation generation = task.generation();
    json.put("id", task.id());
    json.put("model", generation.model());
    json.put("status", task.status().wire());
    if (task.status() == SimulatedStatus.FAILED) {
      json.putObject("error")
          .put("code", generation.script().code())
          .put("message", "The request failed: " + generation.script().code() + ".");
    }
    if (task.status() == SimulatedStatus.SUCCEEDED) {
      ObjectNode content = json.putObject("content");
      content.put(
          "video_url", links.issue(base, account, task.id(), videoFile(generation)).toString());
      if (generation.lastFrame()) {
        content.put("last_frame_url", links.issue(base, account, task.id(), LAST_FRAME).toString());
      }
      json.putObject("usage")
          .put("completion_tokens", generation.tokens())
          .put("total_tokens", generation.tokens());
    }
    json.put("created_at", task.createdAt().getEpochSecond());
    json.put("updated_at", task.updatedAt().getEpochSecond());
    if (task.status() == SimulatedStatus.SUCCEEDED) {
      json.put("seed", generation.clip().seed());
      json.put("resolution", generation.resolution());
      json.put("ratio", generation.ratio());
      if (generation.inFrames()) {
        json.put("frames", generation.clip().ticks());
      } else {
        json.put("duration", generation.seconds());
      }
      json.put("framespersecond", ClipSpec.TICKS_PER_SECOND);
      json.setAll(generation.echo());
    }
    return json;
  }
}
