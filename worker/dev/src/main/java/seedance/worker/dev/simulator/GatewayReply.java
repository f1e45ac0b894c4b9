package seedance.worker.dev.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;

/** How the gateway answers a look: gateways differ, and their pages do not say. */
public enum GatewayReply {
  /** Ark's own object. The default. */
  ARK {
    @Override
    ObjectNode dress(ObjectNode task, URI content) {
      return task;
    }
  },
  /**
   * As OpenAI's video API: {@code {id,task_id,object,model,status,progress,created_at,completed_at,
   * metadata:{url},error}} with {@code queued|in_progress|completed|failed}.
   */
  OPENAI_VIDEO {
    @Override
    ObjectNode dress(ObjectNode task, URI content) {
      ObjectNode json = JsonNodeFactory.instance.objectNode();
      json.set("id", task.get("id"));
      json.set("task_id", task.get("id"));
      json.put("object", "video");
      json.set("model", task.get("model"));
      String status = task.get("status").asText();
      json.put(
          "status",
          switch (status) {
            case "running" -> "in_progress";
            case "succeeded" -> "completed";
            case "expired", "cancelled" -> "failed";
            default -> status;
          });
      json.put("progress", progress(status));
      json.set("created_at", task.get("created_at"));
      if (status.equals("succeeded")) {
        json.set("completed_at", task.get("updated_at"));
      }
      if (task.hasNonNull("content")) {
        json.putObject("metadata").set("url", task.get("content").get("video_url"));
      }
      if (task.has("error")) {
        json.set("error", task.get("error"));
      } else if (status.equals("expired") || status.equals("cancelled")) {
        json.putObject("error").put("code", status).put("message", "The task is " + status + ".");
      }
      return json;
    }
  },
  /** Flat: {@code {id,status,video_url,progress}}. */
  FLAT {
    @Override
    ObjectNode dress(ObjectNode task, URI content) {
      ObjectNode json = JsonNodeFactory.instance.objectNode();
      json.set("id", task.get("id"));
      json.set("status", task.get("status"));
      json.put("progress", progress(task.get("status").asText()));
      if (task.hasNonNull("content")) {
        json.set("video_url", task.get("content").get("video_url"));
      }
      if (task.has("error")) {
        json.set("error", task.get("error"));
      }
      return json;
    }
  },
  /** Ark's object in an envelope, with shouted words: {@code {code:"success",data:{…}}}. */
  ENVELOPE {
    @Override
    ObjectNode dress(ObjectNode task, URI content) {
      ObjectNode shouted = task.deepCopy();
      String status = task.get("status").asText();
      shouted.put(
          "status",
          switch (status) {
            case "queued" -> "SUBMITTED";
            case "running" -> "IN_PROGRESS";
            case "succeeded" -> "SUCCESS";
            case "failed", "expired", "cancelled" -> "FAILED";
            default -> status;
          });
      ObjectNode json = JsonNodeFactory.instance.objectNode();
      json.put("code", "success");
      json.set("data", (JsonNode) shouted);
      return json;
    }
  },
  /**
   * As {@link #OPENAI_VIDEO}, with the gateway's own address of the clip, {@code
   * /v1/videos/ID/content}, which wants the key.
   */
  KEYED_URL {
    @Override
    ObjectNode dress(ObjectNode task, URI content) {
      ObjectNode json = OPENAI_VIDEO.dress(task, content);
      if (json.path("metadata").has("url")) {
        json.putObject("metadata").put("url", content.toString());
      }
      return json;
    }
  },
  /**
   * As {@link #OPENAI_VIDEO}, with no URL at all: the clip is had at {@code /v1/videos/ID/content}
   * with the key, which redirects to the file host.
   */
  NO_URL {
    @Override
    ObjectNode dress(ObjectNode task, URI content) {
      ObjectNode json = OPENAI_VIDEO.dress(task, content);
      json.remove("metadata");
      return json;
    }

    @Override
    boolean redirectsContent() {
      return true;
    }
  };

  /**
   * @param task Ark's own object
   * @param content where the gateway has the clip for whoever has the key
   */
  abstract ObjectNode dress(ObjectNode task, URI content);

  /** Whether the gateway's own address of a clip leads on to the file host. */
  boolean redirectsContent() {
    return false;
  }

  private static int progress(String status) {
    return switch (status) {
      case "queued" -> 0;
      case "running" -> 50;
      default -> 100;
    };
  }
}
