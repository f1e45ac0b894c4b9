package seedance.workflows.chain;

import java.util.List;
import seedance.workflows.json.WireForm;

/**
 * Which clips to join.
 *
 * @param generations the workflow ids of the generations that made them, in the film's order
 */
@WireForm
public record JoinRequest(List<String> generations) {
  public JoinRequest {
    generations = List.copyOf(generations);
  }
}
