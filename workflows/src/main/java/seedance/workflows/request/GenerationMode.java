package seedance.workflows.request;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a video is made from. The service's three modes exclude each other, and the final of a draft
 * takes nothing but the draft's task; as each form holds only its own inputs, they cannot be mixed
 * in a value.
 */
public sealed interface GenerationMode {

  /** The mode's name in JSON, labels and the command line. */
  String label();

  /** The texts that describe the video, in the order given; empty where the mode needs none. */
  List<String> prompts();

  /** Text only. */
  record Text(List<String> prompts) implements GenerationMode {
    public Text {
      prompts = List.copyOf(prompts);
      if (prompts.isEmpty()) {
        throw new IllegalArgumentException("text mode needs a text");
      }
    }

    @Override
    public String label() {
      return "text";
    }

    @Override
    public String toString() {
      return "Text[]";
    }
  }

  /** A first frame, or a first and a last one, and optionally text. */
  record Frames(List<String> prompts, MediaUrl firstFrame, Optional<MediaUrl> lastFrame)
      implements GenerationMode {
    public Frames {
      prompts = List.copyOf(prompts);
      Objects.requireNonNull(firstFrame, "firstFrame");
      Objects.requireNonNull(lastFrame, "lastFrame");
    }

    @Override
    public String label() {
      return "frames";
    }

    @Override
    public String toString() {
      return "Frames[" + (lastFrame.isPresent() ? "first and last" : "first") + "]";
    }
  }

  /** References to images, videos and audios, and optionally text. */
  record Reference(
      List<String> prompts, List<MediaUrl> images, List<MediaUrl> videos, List<MediaUrl> audios)
      implements GenerationMode {
    public Reference {
      prompts = List.copyOf(prompts);
      images = List.copyOf(images);
      videos = List.copyOf(videos);
      audios = List.copyOf(audios);
      if (images.isEmpty() && videos.isEmpty() && audios.isEmpty()) {
        throw new IllegalArgumentException("reference mode needs a reference");
      }
    }

    @Override
    public String label() {
      return "reference";
    }

    @Override
    public String toString() {
      return "Reference[%d images, %d videos, %d audios]"
          .formatted(images.size(), videos.size(), audios.size());
    }
  }

  /** The final video of an earlier draft, named by the draft's task id. */
  record FinalOfDraft(String draftTaskId) implements GenerationMode {
    public FinalOfDraft {
      Objects.requireNonNull(draftTaskId, "draftTaskId");
    }

    @Override
    public List<String> prompts() {
      return List.of();
    }

    @Override
    public String label() {
      return "final";
    }
  }
}
