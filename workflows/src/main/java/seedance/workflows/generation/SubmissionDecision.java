package seedance.workflows.generation;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import seedance.workflows.json.Json;
import seedance.workflows.json.JsonFields;
import seedance.workflows.json.Verdict;
import seedance.workflows.json.Violations;

/**
 * What a person decides about an unknown submission: the argument of the update {@code
 * resolveSubmission}, in JSON exactly one of {@code {"adopt":"cgt-…"}}, {@code {"resubmit":true}}
 * and {@code {"fail":"reason"}}.
 */
public sealed interface SubmissionDecision {

  /** The submission made this task; the generation goes on with it. */
  record Adopt(String taskId) implements SubmissionDecision {
    public Adopt {
      Objects.requireNonNull(taskId, "taskId");
    }
  }

  /** No task was made, or a second charge is accepted: submit again. */
  record Resubmit() implements SubmissionDecision {}

  /**
   * The generation is given up.
   *
   * @param reason what the failure says, one line
   */
  record Fail(String reason) implements SubmissionDecision {
    public Fail {
      Objects.requireNonNull(reason, "reason");
    }
  }

  /** Longer text has its place elsewhere. */
  int LONGEST_REASON = 200;

  /** Returns the decision as JSON. */
  default Json json() {
    if (this instanceof Adopt adopt) {
      return new Json(Map.of("adopt", adopt.taskId()));
    }
    if (this instanceof Fail fail) {
      return new Json(Map.of("fail", fail.reason()));
    }
    return new Json(Map.of("resubmit", true));
  }

  /** Reads a decision as a client sent it and names everything wrong with it. */
  static Verdict<SubmissionDecision> check(Json json) {
    Violations found = new Violations();
    SubmissionDecision decision =
        JsonFields.of(json, "$", found).flatMap(fields -> read(fields, found)).orElse(null);
    return Verdict.of(decision, found);
  }

  private static Optional<SubmissionDecision> read(JsonFields fields, Violations found) {
    Optional<String> taskId = taskId(fields, "adopt");
    Optional<Boolean> resubmit = fields.flag("resubmit");
    Optional<String> reason = fields.text("fail");
    int given =
        (fields.has("adopt") ? 1 : 0)
            + (fields.has("resubmit") ? 1 : 0)
            + (fields.has("fail") ? 1 : 0);
    fields.refuseOthers();
    if (given != 1) {
      found.add(
          "$", "write one of {\"adopt\":\"cgt-…\"}, {\"resubmit\":true}, {\"fail\":\"reason\"}");
      return Optional.empty();
    }
    resubmit
        .filter(yes -> !yes)
        .ifPresent(no -> fields.refuse("resubmit", "is either true or left out"));
    reason
        .filter(text -> text.length() > LONGEST_REASON || text.isBlank())
        .ifPresent(text -> fields.refuse("fail", "must be 1 to " + LONGEST_REASON + " characters"));
    return taskId
        .<SubmissionDecision>map(Adopt::new)
        .or(() -> resubmit.map(yes -> new Resubmit()))
        .or(() -> reason.map(text -> new Fail(text.replaceAll("\\s+", " ").strip())));
  }

  /** Reads a field that names a task. */
  static Optional<String> taskId(JsonFields fields, String name) {
    return fields
        .text(name)
        .filter(
            id -> {
              boolean plausible = TaskId.isOne(id);
              if (!plausible) {
                fields.refuse(
                    name,
                    "is no task id: 1 to %d printable characters without blanks, such as"
                            .formatted(TaskId.LONGEST)
                        + " \"cgt-2026…-abcde\"");
              }
              return plausible;
            });
  }
}
