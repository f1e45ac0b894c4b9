package seedance.client.inputs;

import java.util.function.Predicate;
import seedance.workflows.json.Json;
import seedance.workflows.request.Medium;
import seedance.workflows.request.RequestRules;

/** What becomes of media that a body holds itself, as {@code data:} URLs. */
public enum Inlining {
  /** They stay where they can be sent so, and else go into the store: the usual. */
  FITTING {
    @Override
    Predicate<Medium> movedOf(Json body) {
      boolean isTooLarge = body.bytes() > RequestRules.LARGEST_BODY;
      return medium -> isTooLarge || medium == Medium.VIDEO;
    }
  },
  /** They stay, and the rules refuse what cannot be sent so. */
  KEPT {
    @Override
    Predicate<Medium> movedOf(Json body) {
      return medium -> false;
    }
  };

  /**
   * Which media of a body go into the store.
   *
   * @param body a request or a chain, which may be as large as a request
   */
  abstract Predicate<Medium> movedOf(Json body);
}
