package seedance.activities.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Optional;
import seedance.workflows.request.StoredInput;

/** Callers' files in a folder store, under their hashes. */
final class FolderInputs {
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
      // Whoever cleans inputs goes by their age.
      Files.setLastModifiedTime(folder.resolve(name.fileName()), FileTime.from(Instant.now()));
      return there.get();
    }
    files.makeFolder(folder);
    try (InputStream content = Files.newInputStream(file);
        PartFile part = PartFile.in(folder, name.fileName())) {
      HashedInput.copy(content, name, part::write);
      part.moveTo(name.fileName());
    }
    PartFile.deleteThoseOfDeadWorkers(folder, name.fileName());
    return find(name).orElseThrow(() -> new IOException("a file is gone"));
  }

  /** As {@link ArtifactStore#input}. */
  Optional<StoredFile> find(StoredInput name) throws IOException {
    Path file = folder.resolve(name.fileName());
    return files.isFolder(folder) && StoreFiles.isFile(file)
        ? Optional.of(new StoredFile(file.toUri(), Files.size(file)))
        : Optional.empty();
  }
}
