package seedance.activities.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import seedance.workflows.request.StoredInput;

/** Callers' files in a folder store, under their hashes. */
final class FolderInputs {
  /** Several callers put the same file at once. */
  private static final Duration LONGEST_PUT = Duration.ofHours(1);

  private final StoreFiles files;
  private final Path folder;

  FolderInputs(StoreFiles files) {
    this.files = files;
    this.folder = files.root().resolve(StoredInput.FOLDER);
  }

  /** As {@link ArtifactStore#putInput}. */
  StoredFile put(StoredInput name, Path file) throws IOException {
    Optional<StoredFile> there = find(name);
    if (there.isPresent()) {
      renewAge(folder.resolve(name.fileName()));
      return there.get();
    }
    files.makeFolder(folder);
    try (InputStream content = Files.newInputStream(file);
        PartFile part = PartFile.in(folder, name.fileName())) {
      HashedInput.copy(content, name, part::write);
      part.moveTo(name.fileName());
    }
    PartFile.deleteThoseOlderThan(LONGEST_PUT, folder, name.fileName());
    return find(name).orElseThrow(() -> new IOException("a file is gone"));
  }

  /** Whoever cleans inputs goes by their age; that of another user's file cannot be set. */
  private static void renewAge(Path file) {
    try {
      Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
    } catch (IOException ofAnother) {
      // The file is there all the same.
    }
  }

  /** As {@link ArtifactStore#input}. */
  Optional<StoredFile> find(StoredInput name) throws IOException {
    Path file = folder.resolve(name.fileName());
    return files.isFolder(folder) && StoreFiles.isFile(file)
        ? Optional.of(new StoredFile(file.toUri(), Files.size(file)))
        : Optional.empty();
  }
}
