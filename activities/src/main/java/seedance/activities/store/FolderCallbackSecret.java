package seedance.activities.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The secret of a store's callbacks, in a file that only its owner may read. Whoever needs it first
 * makes it, and of several who do, the first stays.
 */
final class FolderCallbackSecret {
  private static final String NAME = "callback-secret";
  private static final int LARGEST = 1024;

  private final StoreFiles files;
  private final Path folder;
  private final Clock clock;

  FolderCallbackSecret(StoreFiles files, Path folder, Clock clock) {
    this.files = files;
    this.folder = folder;
    this.clock = clock;
  }

  CallbackSecret get() throws IOException {
    Optional<CallbackSecret> there = read();
    if (there.isPresent()) {
      return there.get();
    }
    make();
    return read().orElseThrow(() -> new IOException("the secret of its callbacks is gone"));
  }

  private Optional<CallbackSecret> read() throws IOException {
    Path file = folder.resolve(NAME);
    if (!files.isFolder(folder) || !StoreFiles.isThere(file)) {
      return Optional.empty();
    }
    // What is there and is no file, a link too, is never replaced.
    try (InputStream json = StoreFiles.open(file)) {
      return Optional.of(CallbackSecret.read(json.readNBytes(LARGEST)));
    }
  }

  private void make() throws IOException {
    files.makePrivateFolder(folder);
    // Before it there were no proofs, so what was submitted until then has a URL without.
    Optional<Instant> unprovenUntil =
        hasNotes("open") || hasNotes("receipts")
            ? Optional.of(clock.instant().plus(CallbackSecret.TASK_MATTERS_FOR))
            : Optional.empty();
    try (PartFile part = PartFile.in(folder, NAME, StoreAccess.OWNER.file(folder))) {
      part.write(ByteBuffer.wrap(CallbackSecret.random(unprovenUntil).json()));
      part.claim(NAME);
    }
  }

  private boolean hasNotes(String kind) throws IOException {
    try (Stream<Path> notes = Files.list(folder.resolve(kind))) {
      return notes.findAny().isPresent();
    } catch (NoSuchFileException none) {
      return false;
    }
  }
}
