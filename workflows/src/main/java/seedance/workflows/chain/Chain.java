package seedance.workflows.chain;

import java.util.List;
import seedance.workflows.json.WireForm;

/**
 * A chain as its first argument has it: steps in any order, as what they refer to orders them. For
 * Java callers; {@link ChainRules} check the JSON, whoever wrote it.
 */
@WireForm
public record Chain(List<ChainStep> steps) {
  /** As many steps a chain may have. */
  public static final int MOST_STEPS = 200;

  public Chain {
    steps = List.copyOf(steps);
  }
}
