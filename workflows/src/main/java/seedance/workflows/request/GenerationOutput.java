package seedance.workflows.request;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a finished generation has that a later one can be made from. */
public enum GenerationOutput {
  /** Its clip, where a {@code video_url} stands. */
  VIDEO,
  /** The picture it ends with, where an {@code image_url} stands. */
  LAST_FRAME,
  /** A draft's task, where the id of a {@code draft_task} stands. */
  TASK;

  /** The name in URLs: {@code video}, {@code last_frame} or {@code task}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The word in JSON. */
  @Override
  public String toString() {
    return label();
  }

  static Optional<GenerationOutput> of(String label) {
    return Arrays.stream(values()).filter(output -> output.label().equals(label)).findFirst();
  }
}
