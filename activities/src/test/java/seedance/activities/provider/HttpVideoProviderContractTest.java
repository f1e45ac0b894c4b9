package seedance.activities.provider;

import java.io.IOException;

/** Both dialects against a scripted service. */
class HttpVideoProviderContractTest extends VideoProviderContract {
  @Override
  protected Service start(Dialect dialect, Fault fault) throws IOException {
    return new ScriptedService(dialect, fault);
  }
}
