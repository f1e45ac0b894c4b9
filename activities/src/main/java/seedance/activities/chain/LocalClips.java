package seedance.activities.chain;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import seedance.activities.generation.Heartbeat;
import seedance.activities.store.Arrival;
import seedance.activities.store.ArtifactStore;
import seedance.activities.store.BrokenDownloadException;
import seedance.activities.store.FileTooLargeException;
import seedance.activities.store.Scratch;
import seedance.workflows.generation.Artifact;

/**
 * Stored clips on this machine: where they lie, if the store is here, else copies in a scratch
 * folder, which is gone when this is closed.
 */
final class LocalClips implements AutoCloseable {
  private static final int BUFFER_BYTES = 64 * 1024;

  private final List<Path> files;
  private final @Nullable Scratch scratch;

  private LocalClips(List<Path> files, @Nullable Scratch scratch) {
    this.files = files;
    this.scratch = scratch;
  }

  /**
   * Gets clips here.
   *
   * @throws NotJoinableException when this machine has no room for them, or one is not what it was
   * @throws IOException when the store cannot be read, or the scratch folder written
   */
  static LocalClips of(List<Artifact> clips, ArtifactStore store, Heartbeat heartbeat)
      throws IOException {
    List<Path> files = new ArrayList<>();
    for (Artifact clip : clips) {
      store.localFile(clip.location()).ifPresent(files::add);
    }
    if (files.size() == clips.size()) {
      return new LocalClips(List.copyOf(files), null);
    }
    Scratch scratch = Scratch.make();
    try {
      return new LocalClips(copies(clips, store, scratch.folder(), heartbeat), scratch);
    } catch (IOException | RuntimeException e) {
      scratch.close();
      throw e;
    }
  }

  /** In the order of the clips, each of which is copied once. */
  List<Path> files() {
    return files;
  }

  private static List<Path> copies(
      List<Artifact> clips, ArtifactStore store, Path folder, Heartbeat heartbeat)
      throws IOException {
    requireRoomFor(clips, folder);
    Map<String, Path> byHash = new HashMap<>();
    List<Path> files = new ArrayList<>();
    for (Artifact clip : clips) {
      Path copied = byHash.get(clip.sha256());
      if (copied == null) {
        copied = folder.resolve("clip-" + byHash.size());
        copy(clip, store, copied, heartbeat);
        byHash.put(clip.sha256(), copied);
      }
      files.add(copied);
    }
    return List.copyOf(files);
  }

  /** For the clips, and a film as large: one that is encoded anew is bounded while it grows. */
  private static void requireRoomFor(List<Artifact> clips, Path folder) throws IOException {
    long needed = 2 * clips.stream().distinct().mapToLong(Artifact::bytes).sum();
    long free = Files.getFileStore(folder).getUsableSpace();
    if (needed > free) {
      throw new NotJoinableException(
          "the worker's scratch folder has room for %d MiB, and the film needs %d MiB there"
              .formatted(free >> 20, (needed >> 20) + 1));
    }
  }

  private static void copy(Artifact clip, ArtifactStore store, Path to, Heartbeat heartbeat)
      throws IOException {
    Optional<InputStream> stored = store.open(clip.location());
    if (stored.isEmpty()) {
      throw new NotJoinableException("a clip is gone from the store");
    }
    Arrival arrival = new Arrival(clip.kind(), clip.bytes());
    try (InputStream content = stored.get();
        var copy = Files.newOutputStream(to)) {
      byte[] buffer = new byte[BUFFER_BYTES];
      for (int read = content.read(buffer); read > 0; read = content.read(buffer)) {
        arrival.take(buffer, 0, read);
        copy.write(buffer, 0, read);
        heartbeat.progress(arrival.bytes());
      }
      arrival.whole(OptionalLong.of(clip.bytes()));
    } catch (BrokenDownloadException | FileTooLargeException notWhole) {
      throw new NotJoinableException("a clip in the store was changed");
    }
    if (!arrival.sha256().equals(clip.sha256())) {
      throw new NotJoinableException("a clip in the store was changed");
    }
  }

  @Override
  public void close() throws IOException {
    if (scratch != null) {
      scratch.close();
    }
  }
}
