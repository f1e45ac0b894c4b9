package seedance.workflows.json;

import io.temporal.common.converter.RawValue;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a workflow was started with, read.
 *
 * @param subject what it is about; JSON null where it cannot be read
 * @param options of the run; JSON null where they cannot be read
 * @param unreadable a violation for each that is no JSON
 */
public record WorkflowArguments(Json subject, Json options, List<Violation> unreadable) {
  public WorkflowArguments {
    Objects.requireNonNull(subject, "subject");
    Objects.requireNonNull(options, "options");
    unreadable = List.copyOf(unreadable);
  }

  /** Reads both; null counts as JSON null. */
  public static WorkflowArguments read(@Nullable RawValue subject, @Nullable RawValue options) {
    Verdict<Json> first = UnreadArgument.read(subject, JsonPath.ROOT);
    Verdict<Json> second = UnreadArgument.read(options, "options");
    return new WorkflowArguments(
        first.value().orElse(Json.NULL),
        second.value().orElse(Json.NULL),
        Stream.of(first, second).flatMap(verdict -> verdict.violations().stream()).toList());
  }
}
