package seedance.workflows.chain;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import seedance.workflows.generation.DecisionCommand;
import seedance.workflows.request.Money;

/** A chain's current details, as the Temporal UI shows them. */
final class ChainDetails {
  /** More would hide what happens, and the UI has to fetch it with every look. */
  private static final int MOST_STEPS = 40;

  private static final int MOST_DECISIONS = 5;
  private static final int MOST_NOTES = 10;
  private static final int LONGEST_PROBLEM = 400;
  private static final String OR_BUDGET_IS_LEFT = ", or what runs has left enough of the budget; ";

  private final ChainProgress chain;
  private final String workflowId;
  private final StringBuilder text = new StringBuilder();

  private ChainDetails(ChainProgress chain, String workflowId) {
    this.chain = chain;
    this.workflowId = workflowId;
  }

  /**
   * In words, as Markdown of headings, lists and fenced blocks, which is what the Temporal UI draws
   * well. Of a chain with many steps it shows those that something happens to.
   *
   * @param workflowId for the commands that are shown
   */
  static String of(ChainProgress chain, String workflowId) {
    return new ChainDetails(chain, workflowId).markdown();
  }

  private String markdown() {
    text.append("### ").append(oneLine(chain.stage())).append('\n');
    line("Cost so far", chain.cost() == null ? null : chain.cost().inWords());
    line("Still to come", atMost(chain.toCome()));
    line("Budget", chain.budget() == null ? null : chain.budget().exactlyInWords());
    if (!chain.steps().isEmpty()) {
      List<StepProgress> shown = shown();
      table(shown);
      graph();
      decisions();
      made(shown);
    }
    list("Notes", chain.notes().stream().map(ChainDetails::oneLine).toList(), MOST_NOTES);
    return text.toString();
  }

  /** All in their order; of too many, those that most need to be seen. */
  private List<StepProgress> shown() {
    Set<String> first =
        ids(
            chain.steps().stream()
                .sorted(Comparator.comparingInt(step -> urgency(step.state())))
                .limit(MOST_STEPS));
    return chain.steps().stream().filter(step -> first.contains(step.id())).toList();
  }

  private static Set<String> ids(Stream<StepProgress> steps) {
    return steps.map(StepProgress::id).collect(Collectors.toSet());
  }

  private static int urgency(StepState state) {
    return switch (state) {
      case FAILED, GIVEN_UP -> 0;
      case APPROVAL, BUDGET -> 1;
      case RUNNING -> 2;
      case QUEUED, WAITING -> 3;
      case DONE, REUSED, SKIPPED -> 4;
    };
  }

  private void table(List<StepProgress> shown) {
    TextTable table = new TextTable("STEP", "STATE", "WAITS FOR", "COST");
    shown.forEach(
        step ->
            table.row(step.id(), step.state().inShort(), step.waitsForInWords(), tableCost(step)));
    fence(table.toString() + others(shown));
  }

  /** {@code … and 160 more: 120 done, 40 waiting}. */
  private String others(List<StepProgress> shown) {
    if (shown.size() == chain.steps().size()) {
      return "";
    }
    Set<String> ids = ids(shown.stream());
    Map<String, Long> counts =
        chain.steps().stream()
            .filter(step -> !ids.contains(step.id()))
            .collect(
                Collectors.groupingBy(
                    step -> step.state().inShort(), TreeMap::new, Collectors.counting()));
    return "… and %d more: %s%n"
        .formatted(
            chain.steps().size() - shown.size(),
            counts.entrySet().stream()
                .map(count -> count.getValue() + " " + count.getKey())
                .collect(Collectors.joining(", ")))
        .replace("\r", "");
  }

  private static String tableCost(StepProgress step) {
    if (step.cost() != null) {
      return step.cost().inWords();
    } else if (step.worstCase() != null) {
      return "≤ " + step.worstCase().inWordsAtMost();
    }
    boolean isFree = step.state().isOver() && step.state() != StepState.DONE;
    return isFree ? "–" : "not known";
  }

  private void graph() {
    if (chain.graph() != null) {
      fence(ChainGraph.folded(chain.graph()));
    }
  }

  private void decisions() {
    List<StepProgress> asked =
        chain.steps().stream().filter(step -> !step.choices().isEmpty()).toList();
    asked.stream().limit(MOST_DECISIONS).forEach(this::decision);
    if (asked.size() > MOST_DECISIONS) {
      List<String> more =
          asked.stream().skip(MOST_DECISIONS).map(step -> "**" + step.id() + "**").toList();
      text.append("\nThe same for ").append(Names.some(more)).append(".\n");
    }
  }

  private void decision(StepProgress step) {
    String limit = atMost(step.worstCase());
    text.append("\n**").append(step.id()).append("** ");
    if (step.state() == StepState.FAILED) {
      text.append("failed: ").append(problem(step)).append(" Other branches go on.\n\n");
    } else {
      text.append("is not started before you decide")
          .append(step.state() == StepState.BUDGET && isAnyRunning() ? OR_BUDGET_IS_LEFT : "; ")
          .append(limit == null ? "what it costs is not known" : "it costs " + limit)
          .append(step.couldBreakBudget() ? ", which could break the budget" : "")
          .append(".\n\n");
    }
    step.choices().forEach(choice -> choice(step, choice));
  }

  private boolean isAnyRunning() {
    return chain.steps().stream().anyMatch(step -> step.state() == StepState.RUNNING);
  }

  private void choice(StepProgress step, StepChoice choice) {
    String json = "{\"step\":\"" + step.id() + "\"";
    switch (choice) {
      case APPROVE -> {
        update("Begin it", "approveStep", json + orWithARequest(json));
        command(DecisionCommand.approve(step.id()));
      }
      case RETRY -> {
        update("Make it again", "retryStep", json + orWithARequest(json));
        command(DecisionCommand.retry(step.id()));
      }
      case SKIP -> {
        update("Skip it", "skipStep", json + "}");
        command(DecisionCommand.skip(step.id()));
      }
      case REJECT -> {
        update(
            "Give it up, and with it the chain", "approveStep", json + ",\"reject\":\"reason\"}");
        command(DecisionCommand.reject(step.id(), "REASON"));
      }
      case RAISE_BUDGET ->
          update(
              "Raise the budget to a new total",
              "raiseBudget",
              "{\"amount\":…,\"currency\":\""
                  + Objects.requireNonNull(chain.budget()).currency()
                  + "\"}");
    }
  }

  private static String orWithARequest(String json) {
    return "}`, for another request `" + json + ",\"request\":{…}}";
  }

  private void update(String what, String name, String argument) {
    text.append("- ").append(what).append(": update `").append(name).append("` with `");
    text.append(argument).append("`\n");
  }

  private void command(DecisionCommand command) {
    text.append("  or `").append(command.about(code(workflowId))).append("`\n");
  }

  private void made(List<StepProgress> shown) {
    text.append("\n**What each step makes.** Open its own workflow, `")
        .append(code(workflowId))
        .append(".STEP`, to see how far it is and whether it asks for a decision.\n\n");
    for (StepProgress step : shown) {
      text.append("- **").append(step.id()).append("**: ").append(oneLine(step.summary()));
      if (step.state() == StepState.RUNNING && step.workflowId() != null) {
        text.append(" · runs as `").append(code(step.workflowId())).append('`');
      }
      if (step.clip() != null) {
        text.append(" · `").append(code(step.clip().toString())).append('`');
      }
      if (step.problem() != null && step.state() != StepState.FAILED) {
        text.append(" · ").append(problem(step));
      }
      text.append('\n');
    }
  }

  private static String problem(StepProgress step) {
    String problem = oneLine(step.problem() == null ? "" : step.problem());
    return problem.length() <= LONGEST_PROBLEM
        ? problem
        : problem.substring(0, LONGEST_PROBLEM - 1) + "…";
  }

  private void list(String title, List<String> lines, int most) {
    if (lines.isEmpty()) {
      return;
    }
    text.append("\n**").append(title).append("**\n\n");
    lines.stream().limit(most).forEach(line -> text.append("- ").append(line).append('\n'));
    if (lines.size() > most) {
      text.append("- … and ").append(lines.size() - most).append(" more\n");
    }
  }

  private void line(String name, @Nullable String value) {
    if (value != null) {
      text.append("- **").append(name).append(":** ").append(value).append('\n');
    }
  }

  private static @Nullable String atMost(@Nullable Money money) {
    return money == null ? null : "at most " + money.inWordsAtMost();
  }

  private void fence(String block) {
    text.append("\n```text\n").append(block.stripTrailing()).append("\n```\n");
  }

  /** Others' words: nothing in them may end a line or a code span. */
  private static String code(String words) {
    return oneLine(words).replace('`', '\'');
  }

  private static String oneLine(String words) {
    return words.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
  }
}
