package seedance.worker.dev.simulator;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import seedance.worker.dev.simulator.clip.Footage;
import seedance.worker.dev.simulator.clip.Picture;
import seedance.worker.dev.simulator.clip.PictureSize;
import seedance.worker.dev.simulator.clip.SourceClip;

/**
 * What the media of a create show, as far as the simulator could reach and read them.
 *
 * @param firstFrame what the clip is to begin with
 * @param lastFrame what the clip is to end with
 * @param videos every reference video
 * @param extended whether the clip is to go on where the last of the videos ends
 * @param shape the first picture of any kind: {@code adaptive} takes its ratio
 */
record Inputs(
    Optional<Picture> firstFrame,
    Optional<Picture> lastFrame,
    List<SourceClip> videos,
    boolean extended,
    Optional<Picture> shape) {

  Inputs {
    videos = List.copyOf(videos);
  }

  /** How long the videos play together, which is billed. */
  Duration videoLength() {
    return videos.stream().map(SourceClip::length).reduce(Duration.ZERO, Duration::plus);
  }

  /** What a clip of this size shows of them. */
  Footage footage(PictureSize size) {
    if (extended && !videos.isEmpty()) {
      return Footage.of(size, videos.get(videos.size() - 1).tail(), Optional.empty());
    }
    return Footage.of(size, firstFrame.stream().toList(), lastFrame);
  }
}
