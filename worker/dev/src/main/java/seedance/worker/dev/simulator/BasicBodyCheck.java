package seedance.worker.dev.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * The rules that hold for every model: types, required fields, exclusive modes, the widest ranges.
 * Like the service, it names the first breach only.
 */
final class BasicBodyCheck implements BodyCheck {

  private static final List<String> KNOWN_MODELS =
      List.of("doubao-", "dreamina-", "seedance-", "ep-");

  private static final Map<String, Set<String>> ROLES =
      Map.of(
          "image_url", Set.of("first_frame", "last_frame", "reference_image"),
          "video_url", Set.of("reference_video"),
          "audio_url", Set.of("reference_audio"));

  private record Field(String name, Predicate<JsonNode> accepts, String accepted) {}

  private static final List<Field> FIELDS =
      List.of(
          words("resolution", "480p", "720p", "1080p", "4k"),
          words("ratio", "16:9", "4:3", "1:1", "3:4", "9:16", "21:9", "adaptive"),
          words("service_tier", "default", "flex"),
          words("output_format", "mp4", "mov"),
          words("omni_reference_task_type", "auto", "reference", "edit", "extend"),
          bool("generate_audio"),
          bool("return_last_frame"),
          bool("draft"),
          bool("camera_fixed"),
          bool("watermark"),
          integer("seed", -1, 4_294_967_295L),
          integer("priority", 0, 9),
          integer("execution_expires_after", 3600, 259_200),
          new Field(
              "duration",
              node -> isInteger(node, -1, -1) || isInteger(node, 2, 30),
              "an integer from 2 to 30, or -1"),
          new Field(
              "frames",
              node -> isInteger(node, 29, 289) && (node.asInt() - 25) % 4 == 0,
              "25 + 4n, from 29 to 289"),
          new Field(
              "safety_identifier",
              node -> node.isTextual() && node.textValue().length() <= 64,
              "a string of at most 64 characters"),
          new Field(
              "callback_url",
              node -> node.isTextual() && node.textValue().matches("(?i)https?://.+"),
              "an http or https URL"),
          new Field("tools", JsonNode::isArray, "an array"));

  @Override
  public Optional<SimulatedError> check(JsonNode body) {
    if (!body.isObject()) {
      return Optional.of(SimulatedError.invalid("body", "a JSON object is expected"));
    }
    return model(body.path("model"))
        .or(() -> content(body.path("content")))
        .or(() -> fields(body))
        .or(() -> combinations(body));
  }

  private static Optional<SimulatedError> model(JsonNode model) {
    if (absent(model)) {
      return Optional.of(SimulatedError.missing("model"));
    }
    if (!model.isTextual()) {
      return Optional.of(SimulatedError.invalid("model", "a string is expected"));
    }
    if (KNOWN_MODELS.stream().noneMatch(model.textValue()::startsWith)) {
      return Optional.of(
          new SimulatedError(
              404,
              "InvalidEndpointOrModel.NotFound",
              "The model or endpoint does not exist or you do not have access to it.",
              "model"));
    }
    return Optional.empty();
  }

  private static Optional<SimulatedError> content(JsonNode content) {
    if (absent(content) || content.isArray() && content.isEmpty()) {
      return Optional.of(SimulatedError.missing("content"));
    }
    if (!content.isArray()) {
      return Optional.of(SimulatedError.invalid("content", "an array is expected"));
    }
    Set<String> modes = new TreeSet<>();
    int plainImages = 0;
    boolean lastFrame = false;
    boolean visible = false;
    for (int i = 0; i < content.size(); i++) {
      JsonNode item = content.get(i);
      Optional<SimulatedError> error = item("content[" + i + "]", item);
      if (error.isPresent()) {
        return error;
      }
      String type = item.path("type").asText();
      String role = item.path("role").asText("");
      visible |= !type.equals("audio_url");
      switch (type) {
        case "text" -> {}
        case "draft_task" -> modes.add("draft");
        default -> modes.add(role.startsWith("reference_") ? "reference" : "frames");
      }
      lastFrame |= role.equals("last_frame");
      plainImages += type.equals("image_url") && !role.equals("last_frame") ? 1 : 0;
    }
    if (modes.size() > 1) {
      return Optional.of(
          SimulatedError.invalid("content", "frames, references and a draft cannot be mixed"));
    }
    if (modes.contains("frames") && plainImages != 1) {
      return Optional.of(
          SimulatedError.invalid(
              "content",
              lastFrame
                  ? "a last_frame needs one first_frame"
                  : "two images need the roles first_frame and last_frame"));
    }
    if (!visible) {
      return Optional.of(
          SimulatedError.invalid("content", "audio needs an image, a video or a text beside it"));
    }
    return Optional.empty();
  }

  private static Optional<SimulatedError> item(String path, JsonNode item) {
    JsonNode type = item.path("type");
    if (absent(type)) {
      return Optional.of(SimulatedError.missing(path + ".type"));
    }
    switch (type.asText()) {
      case "text" -> {
        return text(path + ".text", item.path("text"));
      }
      case "draft_task" -> {
        return text(path + ".draft_task.id", item.path("draft_task").path("id"));
      }
      default -> {
        Set<String> roles = ROLES.get(type.asText());
        if (roles == null) {
          return Optional.of(SimulatedError.invalid(path + ".type", "it is not known"));
        }
        JsonNode role = item.path("role");
        boolean roleNeeded = !type.asText().equals("image_url");
        if (absent(role) ? roleNeeded : !roles.contains(role.asText())) {
          return Optional.of(
              absent(role)
                  ? SimulatedError.missing(path + ".role")
                  : SimulatedError.invalid(
                      path + ".role", "one of " + new TreeSet<>(roles) + " is expected"));
        }
        String url = type.asText();
        return text(path + "." + url + ".url", item.path(url).path("url"));
      }
    }
  }

  private static Optional<SimulatedError> text(String path, JsonNode node) {
    if (absent(node)) {
      return Optional.of(SimulatedError.missing(path));
    }
    if (!node.isTextual() || node.textValue().isBlank()) {
      return Optional.of(SimulatedError.invalid(path, "a string that is not empty is expected"));
    }
    return Optional.empty();
  }

  private static Optional<SimulatedError> fields(JsonNode body) {
    return FIELDS.stream()
        .filter(field -> body.hasNonNull(field.name) && !field.accepts.test(body.get(field.name)))
        .map(field -> SimulatedError.invalid(field.name, field.accepted + " is expected"))
        .findFirst();
  }

  private static Optional<SimulatedError> combinations(JsonNode body) {
    boolean flex = body.path("service_tier").asText().equals("flex");
    boolean draft = body.path("draft").asBoolean();
    if (flex && body.path("priority").asInt() > 0) {
      return Optional.of(SimulatedError.invalid("priority", "the flex tier has none"));
    }
    if (flex && draft) {
      return Optional.of(SimulatedError.invalid("service_tier", "a draft cannot be flex"));
    }
    if (draft && !body.path("resolution").asText("480p").equals("480p")) {
      return Optional.of(SimulatedError.invalid("resolution", "a draft is 480p"));
    }
    return Optional.empty();
  }

  private static boolean absent(JsonNode node) {
    return node.isMissingNode() || node.isNull();
  }

  private static Field words(String name, String... words) {
    return new Field(
        name,
        node -> node.isTextual() && List.of(words).contains(node.textValue()),
        "one of " + List.of(words));
  }

  private static Field bool(String name) {
    return new Field(name, JsonNode::isBoolean, "true or false");
  }

  private static Field integer(String name, long least, long greatest) {
    return new Field(
        name,
        node -> isInteger(node, least, greatest),
        "an integer from " + least + " to " + greatest);
  }

  private static boolean isInteger(JsonNode node, long least, long greatest) {
    return node.isIntegralNumber()
        && node.canConvertToLong()
        && node.asLong() >= least
        && node.asLong() <= greatest;
  }
}
