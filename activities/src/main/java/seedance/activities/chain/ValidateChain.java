package seedance.activities.chain;

import seedance.workflows.chain.ChainRules;
import seedance.workflows.chain.ChainVerdict;
import seedance.workflows.chain.ValidateChainActivity;
import seedance.workflows.request.AnyJson;
import seedance.workflows.request.ModelCatalogue;

/** Holds chains to {@link ChainRules} with the catalogue in force on this worker. */
final class ValidateChain implements ValidateChainActivity {
  private final ChainRules rules;

  ValidateChain(ModelCatalogue catalogue) {
    this.rules = new ChainRules(catalogue);
  }

  @Override
  public ChainVerdict validate(AnyJson chain, AnyJson options) {
    return rules.check(AnyJson.orNull(chain), AnyJson.orNull(options));
  }
}
