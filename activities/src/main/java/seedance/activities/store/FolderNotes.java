package seedance.activities.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** Notes as small files below one folder. */
final class FolderNotes implements Notes {
  private final StoreFiles files;
  private final Path folder;

  /**
   * @param folder below the root of {@code files}
   */
  FolderNotes(StoreFiles files, Path folder) {
    this.files = files;
    this.folder = folder;
  }

  /**
   * Proves that notes can be written, where there are some already.
   *
   * @throws IOException when they cannot
   */
  void checkWritable() throws IOException {
    for (String notes : List.of("", "open", "receipts", "claims")) {
      Path in = folder.resolve(notes);
      if (files.isFolder(in) && !Files.isWritable(in)) {
        throw new AccessDeniedException(in.toString());
      }
    }
  }

  @Override
  public Optional<byte[]> read(String path, int most) throws IOException {
    Path note = folder.resolve(path);
    return files.isFolder(in(note)) ? StoreFiles.read(note, most) : Optional.empty();
  }

  @Override
  public boolean writeFirst(String path, byte[] note) throws IOException {
    return writeFirst(path, note, files.access());
  }

  @Override
  public boolean writeFirstSecret(String path, byte[] note) throws IOException {
    return writeFirst(path, note, StoreAccess.OWNER);
  }

  private boolean writeFirst(String path, byte[] note, StoreAccess access) throws IOException {
    try (PartFile part = part(path, access)) {
      part.write(ByteBuffer.wrap(note));
      return part.claim(name(path));
    }
  }

  @Override
  public void write(String path, byte[] note) throws IOException {
    try (PartFile part = part(path, files.access())) {
      part.write(ByteBuffer.wrap(note));
      part.moveTo(name(path));
    }
  }

  private PartFile part(String path, StoreAccess access) throws IOException {
    Path in = files.makePrivateFolder(in(folder.resolve(path)));
    return PartFile.in(in, name(path), access.file(in));
  }

  @Override
  public void delete(String path) throws IOException {
    Path note = folder.resolve(path);
    if (files.isFolder(in(note))) {
      Files.deleteIfExists(note);
    }
  }

  @Override
  public void freeBroken(String path) throws IOException {
    Path note = folder.resolve(path);
    try {
      Files.move(
          note,
          note.resolveSibling("." + UUID.randomUUID() + ".broken"),
          StandardCopyOption.ATOMIC_MOVE);
    } catch (NoSuchFileException gone) {
      // Another worker was faster.
    }
  }

  @Override
  public Optional<Instant> writtenAt(String path) throws IOException {
    return StoreFiles.writtenAt(folder.resolve(path));
  }

  @Override
  public List<Entry> in(String path) throws IOException {
    Path in = folder.resolve(path);
    List<Entry> entries = new ArrayList<>();
    for (Path file : files.isFolder(in) ? filesIn(in) : List.<Path>of()) {
      StoreFiles.writtenAt(file)
          .ifPresent(at -> entries.add(new Entry(path + "/" + file.getFileName(), at)));
    }
    return entries;
  }

  /** Without those that are being written. */
  private static List<Path> filesIn(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> !file.getFileName().toString().startsWith(".")).toList();
    } catch (NoSuchFileException none) {
      return List.of();
    }
  }

  @Override
  public boolean mayBeInPart() {
    return true;
  }

  @Override
  public boolean showsAll() {
    return true;
  }

  private static Path in(Path note) {
    return Objects.requireNonNull(note.getParent());
  }

  private static String name(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }
}
