package seedance.workflows.generation;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import seedance.workflows.json.IsoTime.IsoInstant;
import seedance.workflows.json.WireForm;

/**
 * A submission whose answer was lost, as far as it is known: a task may exist and be charged.
 *
 * @param sentAt when it was submitted
 * @param lost how the answer was lost
 * @param found what looking for the task has shown so far; null before the first look
 * @param candidates ids of tasks that fit; empty where none is known
 */
@WireForm
public record UnknownSubmission(
    @IsoInstant Instant sentAt, String lost, @Nullable String found, List<String> candidates) {
  private static final int CANDIDATES_IN_A_CLAUSE = 5;
  private static final Pattern NEEDS_NO_QUOTES = Pattern.compile("[A-Za-z0-9._-]+");

  private static final String CHOICES =
      """

      **Nothing more is sent until you decide.** Look at the service's own list of tasks or its bill, \
      then send the update `resolveSubmission` with one of these, or run the command:

      - The task is there: `{"adopt": "cgt-…"}`, or `%s`. It is \
      awaited and its clip stored, with no second charge.
      - There is none, or a second charge is acceptable: `{"resubmit": true}`, or \
      `%s`.
      - Give up: `{"fail": "reason"}`, or `%s`.

      Should the service still show the task, or call back, the generation goes on by itself.
      """;

  public UnknownSubmission {
    Objects.requireNonNull(sentAt, "sentAt");
    Objects.requireNonNull(lost, "lost");
    candidates = candidates == null ? List.of() : List.copyOf(candidates);
  }

  static UnknownSubmission lost(Instant sentAt, Problem problem) {
    return new UnknownSubmission(sentAt, problem.what(), null, List.of());
  }

  UnknownSubmission found(Problem problem, List<String> fitting) {
    return new UnknownSubmission(sentAt, lost, problem.what(), fitting);
  }

  /** One line, for a list of what waits for a decision. */
  String inShort() {
    return found == null ? lost : found;
  }

  /** As a clause, once another was sent without knowing what became of it. */
  String asAnEarlierOne() {
    StringBuilder clause =
        new StringBuilder("an earlier submission of ")
            .append(sentAt.truncatedTo(ChronoUnit.SECONDS))
            .append(" went without an answer: ")
            .append(lost);
    if (found != null) {
      clause.append("; its task was looked for: ").append(found);
    }
    if (!candidates.isEmpty()) {
      int more = candidates.size() - CANDIDATES_IN_A_CLAUSE;
      clause
          .append("; these fit: ")
          .append(
              candidates.stream().limit(CANDIDATES_IN_A_CLAUSE).collect(Collectors.joining(", ")))
          .append(more > 0 ? " and " + more + " more" : "");
    }
    return clause.toString();
  }

  String toMarkdown() {
    StringBuilder text =
        new StringBuilder("- **Unknown submission:** sent at ")
            .append(sentAt.truncatedTo(ChronoUnit.SECONDS))
            .append(", but ")
            .append(lost)
            .append(". The service may have made a task, and may charge for it.\n");
    if (found != null) {
      text.append("- **Looked for its task:** ").append(found).append('\n');
    }
    if (!candidates.isEmpty()) {
      text.append("- **Tasks that fit:** ")
          .append(candidates.stream().map(Progress::code).collect(Collectors.joining(", ")))
          .append('\n');
    }
    return text.toString();
  }

  /**
   * What can be decided, and how.
   *
   * @param workflowId shown in the commands, where it needs no quoting
   */
  static String choices(String workflowId) {
    String id = NEEDS_NO_QUOTES.matcher(workflowId).matches() ? workflowId : "ID";
    return CHOICES.formatted(
        DecisionCommand.adopt("cgt-…").about(id),
        DecisionCommand.resubmit().about(id),
        DecisionCommand.fail("REASON").about(id));
  }
}
