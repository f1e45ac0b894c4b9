package seedance.activities.provider;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a callback says, which is the answer to a look, in any of the shapes that gateways give it.
 *
 * @param taskId the task that it is about
 * @param isUnderWay whether it surely tells of no end
 */
public record CallbackReading(String taskId, boolean isUnderWay) {
  /** A task is a few levels deep; text that is deeper is none. */
  private static final ObjectMapper JSON =
      new ObjectMapper(
          JsonFactory.builder()
              .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(20).build())
              .build());

  public CallbackReading {
    Objects.requireNonNull(taskId, "taskId");
  }

  /**
   * @param body as it came
   * @return empty where it names no task
   */
  public static Optional<CallbackReading> of(byte[] body) {
    JsonNode callback;
    try {
      callback = JSON.readTree(body);
    } catch (IOException notJson) {
      return Optional.empty();
    }
    return callback == null
        ? Optional.empty()
        : TaskIdReading.inCallback(callback)
            .map(taskId -> new CallbackReading(taskId, isUnderWay(callback)));
  }

  private static boolean isUnderWay(JsonNode callback) {
    return Stream.concat(Stream.of(callback), Envelopes.soleTasks(callback))
        .filter(TaskReading::hasStatus)
        .findFirst()
        .map(TaskReading::statusWord)
        .map(ServiceWords.builtIn()::status)
        .filter(status -> status == TaskStatus.Known.QUEUED || status == TaskStatus.Known.RUNNING)
        .isPresent();
  }
}
