package seedance.worker.dev.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import seedance.worker.dev.simulator.clip.ClipSpec;
import seedance.worker.dev.simulator.clip.Container;
import seedance.worker.dev.simulator.clip.Footage;
import seedance.worker.dev.simulator.clip.PictureSize;

/**
 * What one create asks for, with everything filled in that the service decides.
 *
 * @param model the dated id
 * @param clip what comes out
 * @param resolution of the clip
 * @param ratio of the clip; never {@code adaptive}
 * @param inFrames whether the length was asked for in frames, and is reported so
 * @param lastFrame whether the last frame is wanted as a picture
 * @param inputVideo how long the reference videos play together
 * @param draft whether this is a draft
 * @param flex whether it runs in the cheap, slow tier
 * @param priority 0 to 9, higher runs first
 * @param expiresAfter how long it may take
 * @param callback where status changes are told
 * @param script what the prompt asks for
 * @param echo the fields that a finished task's reply repeats
 */
record Generation(
    String model,
    ClipSpec clip,
    String resolution,
    String ratio,
    boolean inFrames,
    boolean lastFrame,
    Duration inputVideo,
    boolean draft,
    boolean flex,
    int priority,
    Duration expiresAfter,
    Optional<URI> callback,
    Script script,
    ObjectNode echo) {

  private static final int PIXELS_PER_TOKEN = 1024;
  private static final String ADAPTS_TO = "16:9";
  private static final String FINAL_OF_A_DRAFT = "1080p";
  private static final List<String> ECHOED =
      List.of("safety_identifier", "tools", "omni_reference_task_type");

  /**
   * Reads a body that was checked before.
   *
   * @param draft the draft that the body makes a final of
   * @param inputs what the media of the body show
   */
  static Generation of(
      JsonNode body,
      Script script,
      Optional<SimulatedTask> draft,
      Inputs inputs,
      SplittableRandom random) {
    String model = ModelFacts.datedId(body.path("model").asText());
    ModelFacts facts = ModelFacts.of(model);
    boolean isDraft = body.path("draft").asBoolean();
    String resolution =
        isDraft
            ? "480p"
            : text(body, "resolution")
                .orElse(draft.isPresent() ? FINAL_OF_A_DRAFT : facts.resolution());
    String ratio =
        text(body, "ratio")
            .filter(asked -> !asked.equals("adaptive"))
            .or(() -> draft.map(task -> task.generation().ratio()))
            .or(() -> inputs.shape().map(PictureSize::nearestRatio))
            .orElse(ADAPTS_TO);
    PictureSize size =
        PictureSize.of(resolution, ratio)
            .orElseGet(() -> PictureSize.of("720p", ADAPTS_TO).orElseThrow());
    boolean inFrames = body.path("frames").isInt();
    int ticks = ticks(body, facts, draft, random);
    long drawn = random.nextInt(1, Integer.MAX_VALUE);
    long seed = body.path("seed").asLong(-1);
    if (seed == -1) {
      seed = draft.map(task -> task.generation().clip().seed()).orElse(drawn);
    }
    Container container =
        body.path("output_format").asText().equals("mov") ? Container.MOV : Container.MP4;
    Footage given =
        draft
            .map(task -> task.generation().clip().given().resized(size))
            .orElseGet(() -> inputs.footage(size));
    boolean flex = body.path("service_tier").asText().equals("flex");
    int expiresAfter = body.path("execution_expires_after").asInt(172_800);
    int priority = body.path("priority").asInt(0);

    ObjectNode echo = JsonNodeFactory.instance.objectNode();
    echo.put("generate_audio", body.path("generate_audio").asBoolean(true));
    echo.put("service_tier", flex ? "flex" : "default");
    echo.put("execution_expires_after", expiresAfter);
    echo.put("draft", isDraft);
    echo.put("priority", priority);
    draft.ifPresent(task -> echo.put("draft_task_id", task.id()));
    for (String name : ECHOED) {
      if (body.hasNonNull(name)) {
        echo.set(name, body.get(name).deepCopy());
      }
    }
    return new Generation(
        model,
        new ClipSpec(seed, size, ticks, container, given),
        resolution,
        ratio,
        inFrames,
        body.path("return_last_frame").asBoolean() && !isDraft,
        inputs.videoLength(),
        isDraft,
        flex,
        priority,
        Duration.ofSeconds(expiresAfter),
        text(body, "callback_url").flatMap(Generation::uri),
        script,
        echo);
  }

  /** The length of the clip in whole seconds. */
  int seconds() {
    return clip.ticks() / ClipSpec.TICKS_PER_SECOND;
  }

  /** What is billed: a clip asked for in seconds has one frame more than they hold. */
  long tokens() {
    long frames = inFrames ? clip.ticks() : clip.ticks() + 1L;
    double input = inputVideo.toNanos() / 1e9 * ClipSpec.TICKS_PER_SECOND;
    long pixels = (long) clip.size().width() * clip.size().height();
    return Math.round((frames + input) * pixels / PIXELS_PER_TOKEN);
  }

  private static int ticks(
      JsonNode body, ModelFacts facts, Optional<SimulatedTask> draft, SplittableRandom random) {
    int decided = random.nextInt(facts.shortest(), facts.longest() + 1);
    if (body.path("frames").isInt()) {
      return body.path("frames").asInt();
    }
    if (draft.isPresent() && !body.hasNonNull("duration")) {
      return draft.get().generation().clip().ticks();
    }
    int seconds = body.path("duration").asInt(facts.seconds());
    return (seconds > 0 ? seconds : decided) * ClipSpec.TICKS_PER_SECOND;
  }

  private static Optional<URI> uri(String text) {
    try {
      return Optional.of(new URI(text));
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }

  private static Optional<String> text(JsonNode body, String name) {
    return Optional.ofNullable(body.path(name).textValue());
  }
}
