package seedance.client;

import java.util.Map;
import java.util.Objects;
import seedance.workflows.chain.ChainProgress;
import seedance.workflows.generation.Progress;

/**
 * Where a chain stands, and what the generations of its running steps are doing.
 *
 * @param generations by the step's id; a generation that does not answer is left out
 */
public record ChainDetail(ChainProgress progress, Map<String, Progress> generations) {
  public ChainDetail {
    Objects.requireNonNull(progress, "progress");
    generations = Map.copyOf(generations);
  }
}
