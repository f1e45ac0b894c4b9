package seedance.activities.chain;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Clips under names of our own, in a folder that is nobody else's: ffmpeg runs there and is told no
 * name that anyone has chosen.
 */
record LinkedClips(Path folder, int count) implements AutoCloseable {
  private static final String LIST = "clips.ffconcat";

  /**
   * @param clips absolute paths
   * @throws IOException when there is no room for the folder
   */
  static LinkedClips of(List<Path> clips) throws IOException {
    LinkedClips linked = new LinkedClips(Files.createTempDirectory("seedance-film-"), clips.size());
    try {
      for (int i = 0; i < clips.size(); i++) {
        lay(linked.folder.resolve(name(i)), clips.get(i));
      }
      return linked;
    } catch (IOException | RuntimeException e) {
      linked.close();
      throw e;
    }
  }

  private static void lay(Path link, Path clip) throws IOException {
    try {
      Files.createSymbolicLink(link, clip);
    } catch (UnsupportedOperationException | FileSystemException noLinksHere) {
      Files.copy(clip, link);
    }
  }

  /** One clip, in this folder. */
  static String name(int clip) {
    return clip + ".mp4";
  }

  /** Writes the list that ffmpeg's concat demuxer takes, even in its safe mode, and names it. */
  String list() throws IOException {
    StringBuilder list = new StringBuilder("ffconcat version 1.0\n");
    IntStream.range(0, count).forEach(clip -> list.append("file ").append(name(clip)).append('\n'));
    Files.writeString(folder.resolve(LIST), list);
    return LIST;
  }

  @Override
  public void close() throws IOException {
    List<Path> inside;
    try (Stream<Path> files = Files.list(folder)) {
      inside = files.toList();
    }
    for (Path file : inside) {
      Files.delete(file);
    }
    Files.delete(folder);
  }
}
