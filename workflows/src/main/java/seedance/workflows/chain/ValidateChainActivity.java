package seedance.workflows.chain;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import org.jspecify.annotations.Nullable;
import seedance.workflows.json.Json;

/** Checks a chain before it costs anything; its verdict is recorded in history. */
@ActivityInterface
public interface ValidateChainActivity {

  /**
   * Holds a chain and its options to {@link ChainRules} with the catalogue in force on this worker.
   *
   * @param chain as the client sent it; null counts as absent
   * @param options as the client sent them, {@code null} for the defaults
   */
  @ActivityMethod(name = "SeedanceValidateChain")
  ChainVerdict validate(@Nullable Json chain, @Nullable Json options);
}
