package seedance.workflows.chain;

import java.util.Objects;
import java.util.Optional;
import seedance.workflows.json.Json;
import seedance.workflows.json.JsonFields;
import seedance.workflows.json.Violations;
import seedance.workflows.request.StepReference;

/**
 * What a person decides about a step.
 *
 * @param step its id
 * @param request another request for it; empty to keep its own
 * @param rejected why it is given up; empty where it is not
 */
record StepDecision(String step, Optional<Json> request, Optional<String> rejected) {
  private static final int LONGEST_REASON = 200;

  StepDecision {
    Objects.requireNonNull(step, "step");
  }

  /** What a decision may say beside the step. */
  enum May {
    NOTHING_MORE,
    CHANGE_THE_REQUEST,
    CHANGE_THE_REQUEST_OR_REJECT
  }

  /**
   * Reads a decision as a client sent it.
   *
   * @throws io.temporal.failure.ApplicationFailure naming everything that is wrong with it
   */
  static StepDecision read(Json json, May may) {
    Violations found = new Violations();
    Optional<StepDecision> decision =
        JsonFields.of(json, "$", found).flatMap(fields -> read(fields, may));
    if (found.isEmpty() && decision.isPresent()) {
      return decision.get();
    }
    throw DecisionRefusals.of(found.list());
  }

  private static Optional<StepDecision> read(JsonFields fields, May may) {
    Optional<String> step =
        fields.neededText("step", "write the step's id").filter(id -> isStepId(fields, id));
    Optional<Json> request = may == May.NOTHING_MORE ? Optional.empty() : fields.json("request");
    Optional<String> rejected =
        may == May.CHANGE_THE_REQUEST_OR_REJECT ? fields.text("reject") : Optional.empty();
    rejected
        .filter(reason -> reason.isBlank() || reason.length() > LONGEST_REASON)
        .ifPresent(
            reason -> fields.refuse("reject", "must be 1 to " + LONGEST_REASON + " characters"));
    if (request.isPresent() && rejected.isPresent()) {
      fields.refuse("reject", "cannot stand beside \"request\"");
    }
    fields.refuseOthers();
    return step.map(id -> new StepDecision(id, request, rejected));
  }

  /** What is none is not repeated, as it may be of any length. */
  private static boolean isStepId(JsonFields fields, String id) {
    boolean possible = StepReference.isStepId(id);
    if (!possible) {
      fields.refuse("step", "is no step's id");
    }
    return possible;
  }
}
