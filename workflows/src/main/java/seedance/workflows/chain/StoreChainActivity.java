package seedance.workflows.chain;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import java.net.URI;

/** Writes a chain's manifest into the store: which clip came from which. */
@ActivityInterface
public interface StoreChainActivity {

  /**
   * Writes the manifest, replacing an earlier one of this chain.
   *
   * @return where it is
   */
  @ActivityMethod(name = "SeedanceStoreChain")
  URI store(ChainManifest manifest);
}
