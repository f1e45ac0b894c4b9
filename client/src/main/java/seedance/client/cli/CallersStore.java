package seedance.client.cli;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import seedance.client.inputs.Inputs;
import seedance.client.store.OperatorStore;

/** The operator's store by the settings of whoever calls, which have to be the workers'. */
final class CallersStore {
  private final OperatorStore store;

  private CallersStore(OperatorStore store) {
    this.store = store;
  }

  /**
   * @throws Refusal if the settings are wrong, or this installation has no store
   */
  static CallersStore open(Cli cli) {
    try {
      return new CallersStore(OperatorStore.fromEnvironment(cli.environment()));
    } catch (IllegalArgumentException wrong) {
      throw new Refusal(ExitCode.MISCONFIGURED, String.valueOf(wrong.getMessage()));
    } catch (NoClassDefFoundError absent) {
      throw new Refusal(
          ExitCode.MISCONFIGURED,
          "This installation is without the worker's libraries, which know the store.");
    }
  }

  /**
   * Puts the files of this machine that a body names into the store, if it names any.
   *
   * @throws Refusal if that cannot be done; nothing may have been sent before
   */
  static void put(Inputs inputs, Cli cli) {
    if (inputs.isEmpty()) {
      return;
    }
    try {
      inputs.putInto(open(cli).store);
    } catch (IOException e) {
      throw new Refusal(
          ExitCode.MISCONFIGURED,
          "Nothing was sent: a file cannot be put into SEEDANCE_STORE: " + e.getMessage());
    }
  }

  /**
   * A link to a stored file.
   *
   * @throws Refusal if there can be none
   */
  URI link(URI location, Duration lifetime) {
    try {
      return store.link(location, lifetime);
    } catch (IOException e) {
      throw new Refusal(
          ExitCode.MISCONFIGURED,
          "There is no link, is SEEDANCE_STORE the workers'? " + e.getMessage() + ".");
    }
  }
}
