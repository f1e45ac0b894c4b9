package seedance.activities.chain;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The commands that films are made with. */
record FilmTools(Path ffmpeg, Path ffprobe) {

  /**
   * Finds both.
   *
   * @param searchPath folders, as in the environment's {@code PATH}; null for none
   */
  static Optional<FilmTools> on(@Nullable String searchPath) {
    Optional<Path> ffmpeg = find("ffmpeg", searchPath);
    Optional<Path> ffprobe = find("ffprobe", searchPath);
    return ffmpeg.isPresent() && ffprobe.isPresent()
        ? Optional.of(new FilmTools(ffmpeg.get(), ffprobe.get()))
        : Optional.empty();
  }

  private static Optional<Path> find(String command, @Nullable String searchPath) {
    String suffix = File.pathSeparatorChar == ';' ? ".exe" : "";
    return Pattern.compile(Pattern.quote(File.pathSeparator))
        .splitAsStream(searchPath == null ? "" : searchPath)
        .filter(folder -> !folder.isBlank())
        .flatMap(folder -> path(folder, command + suffix).stream())
        .filter(Files::isRegularFile)
        .filter(Files::isExecutable)
        .findFirst();
  }

  private static Optional<Path> path(String folder, String file) {
    try {
      return Optional.of(Path.of(folder, file).toAbsolutePath());
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }
}
