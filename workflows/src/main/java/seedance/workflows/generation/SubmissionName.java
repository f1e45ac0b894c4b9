package seedance.workflows.generation;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.IntStream;
import seedance.workflows.json.WireForm;

/**
 * What a generation's submission is known by. They stand in a row: each is made once the one before
 * was given up without knowing whether it had made a task. A task of any of them is the
 * generation's, so whoever has the name of one can look for all.
 *
 * @param row the same for all of a generation, whichever run or child makes them
 * @param number from 0
 */
@WireForm
public record SubmissionName(String row, int number) {
  /** Nobody decides so often; a number that a foreign parent wrote asks for no more work. */
  private static final int MOST = 20;

  public SubmissionName {
    Objects.requireNonNull(row, "row");
  }

  /** The submission's id. */
  public String id() {
    return uuid().toString();
  }

  UUID uuid() {
    return UUID.nameUUIDFromBytes((row + "/submission/" + number).getBytes(StandardCharsets.UTF_8));
  }

  /** Those that were given up for it, the latest first. */
  public List<SubmissionName> earlier() {
    return IntStream.range(0, MOST)
        .map(back -> number - 1 - back)
        .takeWhile(each -> each >= 0)
        .mapToObj(each -> new SubmissionName(row, each))
        .toList();
  }

  /**
   * Those for which it may have been given up already, by a run or child before, the next first.
   */
  public List<SubmissionName> later() {
    return IntStream.rangeClosed(1, MOST)
        .mapToObj(on -> new SubmissionName(row, number + on))
        .toList();
  }
}
