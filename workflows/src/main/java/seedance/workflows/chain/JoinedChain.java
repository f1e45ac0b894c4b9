package seedance.workflows.chain;

import java.util.List;
import java.util.Objects;

/**
 * A chain, and the steps whose clips become one film. As the film is an option of the workflow, a
 * stub takes the two apart: {@code run(chain, ChainOptions.builder().join(…).build())}.
 *
 * @param join the ids of steps, at least one, in the film's order
 */
public record JoinedChain(Chain chain, List<String> join) {
  public JoinedChain {
    Objects.requireNonNull(chain, "chain");
    join = List.copyOf(join);
    if (join.isEmpty()) {
      throw new IllegalArgumentException("a film is made of at least one step's clip");
    }
  }
}
