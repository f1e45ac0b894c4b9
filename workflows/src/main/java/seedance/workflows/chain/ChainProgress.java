package seedance.workflows.chain;

import java.util.List;
import java.util.Objects;
import seedance.workflows.request.Money;
import seedance.workflows.request.WireForm;

/**
 * Where a chain stands: the answer to the query {@code progress}, and in words the workflow's
 * current details.
 *
 * @param stage in words
 * @param steps in an order in which each comes after those it is made from; empty before the chain
 *     was judged
 * @param cost of what this chain has made, as far as it is known; null before anything is
 * @param toCome what the rest costs at most; null where that is unknown or nothing is left
 * @param budget null where there is none
 * @param graph which step is made from which, as text; null before the chain was judged
 * @param notes what the rules changed or foresee
 */
@WireForm
public record ChainProgress(
    String stage,
    List<StepProgress> steps,
    Money cost,
    Money toCome,
    Money budget,
    String graph,
    List<String> notes) {
  public ChainProgress {
    Objects.requireNonNull(stage, "stage");
    steps = steps == null ? List.of() : List.copyOf(steps);
    notes = notes == null ? List.of() : List.copyOf(notes);
  }

  static ChainProgress start() {
    return new ChainProgress("Validating the chain", List.of(), null, null, null, null, List.of());
  }

  /**
   * In words, as Markdown of headings, bold, lists and one fenced block, which is what the Temporal
   * UI draws well.
   *
   * @param workflowId for the commands that are shown
   */
  public String toMarkdown(String workflowId) {
    StringBuilder text = new StringBuilder("### ").append(stage).append('\n');
    line(text, "Cost so far", cost == null ? null : cost.inWords());
    line(text, "Still to come, at most", toCome == null ? null : toCome.inWords());
    line(text, "Budget", budget == null ? null : budget.inWords());
    if (graph != null) {
      text.append("\n```text\n").append(graph.strip()).append("\n```\n\n");
    }
    for (StepProgress step : steps) {
      text.append("- **").append(step.id()).append("**: ").append(sentence(step)).append('\n');
    }
    steps.stream()
        .filter(step -> step.state().needsDecision())
        .forEach(step -> text.append(choices(step, workflowId)));
    if (!notes.isEmpty()) {
      text.append("\n**Notes**\n\n");
      notes.forEach(note -> text.append("- ").append(note).append('\n'));
    }
    return text.toString();
  }

  private static String sentence(StepProgress step) {
    StringBuilder words = new StringBuilder();
    words.append(
        step.waitsFor() == null
            ? step.state().inWords()
            : step.state().inWords() + " (" + step.waitsFor() + ")");
    words.append(" · ").append(step.summary());
    if (step.cost() != null) {
      words.append(" · ").append(step.cost().inWords());
    } else if (step.worstCase() != null && !step.state().isOver()) {
      words.append(" · at most ").append(step.worstCase().inWords());
    }
    if (step.clip() != null) {
      words.append(" · `").append(step.clip()).append('`');
    }
    if (step.problem() != null) {
      words.append(". ").append(step.problem());
    }
    return words.toString();
  }

  private static String choices(StepProgress step, String workflowId) {
    String id = step.id();
    StringBuilder text = new StringBuilder();
    if (step.state() == StepState.FAILED) {
      text.append("\n**")
          .append(id)
          .append("** failed; other branches go on. Finished steps are not made again.\n\n")
          .append(choice("Make it again", "retryStep", "{\"step\":\"%s\"}", id))
          .append(command("retry", workflowId, id))
          .append("- With another request: `{\"step\":\"")
          .append(id)
          .append("\",\"request\":{…}}`\n")
          .append(
              choice(
                  "Leave it out, if no other step is made from it",
                  "skipStep",
                  "{\"step\":\"%s\"}",
                  id))
          .append(command("skip", workflowId, id));
      return text.toString();
    }
    text.append("\n**")
        .append(id)
        .append("** is not started before you decide")
        .append(step.worstCase() == null ? "" : "; it costs at most " + step.worstCase().inWords())
        .append(".\n\n")
        .append(choice("Approve", "approveStep", "{\"step\":\"%s\"}", id))
        .append(command("approve", workflowId, id))
        .append(choice("Give it up", "approveStep", "{\"step\":\"%s\",\"reject\":\"reason\"}", id));
    if (step.state() == StepState.BUDGET) {
      text.append(
          "- Raise the budget: update `raiseBudget` with `{\"amount\":…,\"currency\":\"CNY\"}`\n");
    }
    return text.toString();
  }

  private static String choice(String what, String update, String json, String step) {
    return "- %s: update `%s` with `%s`%n"
        .formatted(what, update, json.formatted(step))
        .replace("\r", "");
  }

  private static String command(String verb, String workflowId, String step) {
    return "  or `./seedance %s %s %s`%n".formatted(verb, workflowId, step).replace("\r", "");
  }

  private static void line(StringBuilder text, String name, String value) {
    if (value != null) {
      text.append("- **").append(name).append(":** ").append(value).append('\n');
    }
  }
}
