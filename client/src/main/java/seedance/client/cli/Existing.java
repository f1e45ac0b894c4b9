package seedance.client.cli;

import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.client.WorkflowExecutionDescription;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.client.WorkflowQueryException;
import io.temporal.client.WorkflowServiceException;
import io.temporal.client.WorkflowStub;
import java.util.function.Supplier;
import seedance.client.ChainHandle;
import seedance.client.DecisionRefusedException;
import seedance.client.DecisionUnansweredException;
import seedance.client.GenerationHandle;
import seedance.client.NoWorkerAnswersException;
import seedance.client.SeedanceClient;
import seedance.client.UnreadableAnswerException;
import seedance.client.WorkflowHandle;
import seedance.workflows.chain.VideoChainWorkflow;
import seedance.workflows.generation.VideoGenerationWorkflow;

/** A generation or a chain that is there, whoever started it, as the server describes it. */
final class Existing {
  private final Cli cli;
  private final SeedanceClient seedance;
  private final String id;
  private final WorkflowExecutionDescription description;

  private Existing(
      Cli cli, SeedanceClient seedance, String id, WorkflowExecutionDescription description) {
    this.cli = cli;
    this.seedance = seedance;
    this.id = id;
    this.description = description;
  }

  /**
   * @throws Refusal if there is none of that id, or Temporal does not say
   */
  static Existing find(Cli cli, SeedanceClient seedance, String id) {
    return new Existing(cli, seedance, id, describe(seedance.handle(id).workflow()));
  }

  /**
   * Describes a generation or a chain.
   *
   * @throws Refusal if there is none of that id, or Temporal does not say
   */
  static WorkflowExecutionDescription describe(WorkflowStub workflow) {
    WorkflowExecutionDescription description;
    try {
      description = workflow.describe();
    } catch (WorkflowNotFoundException missing) {
      throw Refusals.isOfTheNamespace(missing)
          ? Refusals.of(missing)
          : Refusals.notThere(workflow.getExecution().getWorkflowId());
    } catch (WorkflowServiceException refused) {
      throw Refusals.of(refused);
    }
    if (!isChain(description)
        && !VideoGenerationWorkflow.TYPES.contains(description.getWorkflowType())) {
      throw new Refusal(
          ExitCode.NOT_REACHED,
          "The workflow %s is no generation but a %s."
              .formatted(
                  Visible.oneLine(description.getExecution().getWorkflowId()),
                  Visible.oneLine(description.getWorkflowType())));
    }
    return description;
  }

  private static boolean isChain(WorkflowExecutionDescription description) {
    return VideoChainWorkflow.TYPE.equals(description.getWorkflowType());
  }

  boolean isChain() {
    return isChain(description);
  }

  boolean isPaused() {
    return description.getStatus() == WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_PAUSED;
  }

  boolean hasEnded() {
    return WorkflowHandle.hasEnded(description);
  }

  /**
   * @throws Refusal if it is a chain
   */
  GenerationHandle generation() {
    if (isChain(description)) {
      String shown = Visible.oneLine(id);
      throw new Refusal(
          ExitCode.NOT_REACHED,
          shown + " is a chain. Each step has a generation of its own: " + shown + ".STEP");
    }
    return seedance.handle(id);
  }

  /**
   * @throws Refusal if it is a generation
   */
  ChainHandle chain() {
    if (!isChain(description)) {
      throw new Refusal(
          ExitCode.NOT_REACHED, Visible.oneLine(id) + " is a generation, not a chain.");
    }
    return seedance.chain(id);
  }

  Shown shown() {
    return isChain(description)
        ? new ShownChain(cli, chain())
        : new ShownGeneration(cli, generation());
  }

  /**
   * Lets something be done to it while it runs, prints what that came to, and returns the exit
   * code.
   *
   * @throws Refusal if it has ended, or nobody did it
   */
  int change(Output output, Supplier<Report> act) {
    if (hasEnded()) {
      throw ended();
    }
    try {
      output.print(act.get());
      return ExitCode.OK;
    } catch (DecisionRefusedException refused) {
      output.print(notTaken(refused));
      return ExitCode.INVALID;
    } catch (WorkflowNotFoundException endedMeanwhile) {
      throw ended();
    } catch (NoWorkerAnswersException | WorkflowQueryException unanswered) {
      throw Refusals.ofUnsentDecision(id);
    } catch (UnreadableAnswerException unreadable) {
      throw new Refusal(
          ExitCode.NOT_REACHED,
          Words.printable("Nothing was sent. " + unreadable.getMessage() + "."));
    } catch (DecisionUnansweredException unanswered) {
      throw Refusals.ofUnansweredDecision(cli, id);
    } catch (WorkflowServiceException refused) {
      throw Refusals.of(refused);
    }
  }

  private Report notTaken(DecisionRefusedException refused) {
    String why = refused.getMessage();
    return Report.of(
        JsonObject.about(refused.workflowId(), "refused")
            .with("step", refused.step())
            .with("message", why),
        cli.terminal().err(),
        Words.printable("Refused, and nothing has changed: " + why + "."));
  }

  private Refusal ended() {
    return new Refusal(
        ExitCode.NOT_REACHED,
        Visible.oneLine(id) + " has ended already. How it ended:\n  " + cli.commandOn(id, "show"));
  }
}
