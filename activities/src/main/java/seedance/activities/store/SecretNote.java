package seedance.activities.store;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/**
 * The secret of a store's callbacks, in a note for the workers' eyes alone. Whoever needs it first
 * makes it, and of several who do, the first stays.
 */
final class SecretNote {
  private static final String PATH = "callback-secret";
  private static final int LARGEST = 1024;

  private final Notes notes;
  private final Clock clock;

  SecretNote(Notes notes, Clock clock) {
    this.notes = notes;
    this.clock = clock;
  }

  CallbackSecret get() throws IOException {
    Optional<CallbackSecret> there = read();
    if (there.isPresent()) {
      return there.get();
    }
    // Before it there were no proofs, so what was submitted until then has a URL without.
    Optional<Instant> unprovenUntil =
        notes.in("open").isEmpty() && notes.in("receipts").isEmpty()
            ? Optional.empty()
            : Optional.of(clock.instant().plus(CallbackSecret.TASK_MATTERS_FOR));
    notes.writeFirstSecret(PATH, CallbackSecret.random(unprovenUntil).json());
    return read().orElseThrow(() -> new IOException("the secret of its callbacks is gone"));
  }

  /**
   * @throws IOException also where there is one that makes no sense: it is never replaced
   */
  private Optional<CallbackSecret> read() throws IOException {
    Optional<byte[]> json = notes.read(PATH, LARGEST);
    return json.isPresent() ? Optional.of(CallbackSecret.read(json.get())) : Optional.empty();
  }
}
