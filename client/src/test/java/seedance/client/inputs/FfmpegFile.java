package seedance.client.inputs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** Files that ffmpeg writes; a test that needs them is skipped by name where it is not there. */
final class FfmpegFile {
  private FfmpegFile() {}

  static void assumeFfmpeg() {
    boolean isThere =
        Stream.of(System.getenv("PATH").split(File.pathSeparator))
            .anyMatch(path -> Files.isExecutable(Path.of(path, "ffmpeg")));
    Assumptions.assumeTrue(isThere, "skipped: ffmpeg is not on the PATH");
  }

  /** Returns the file that ffmpeg wrote with such arguments, which do not name it. */
  static Path made(Path file, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("ffmpeg", "-nostdin", "-v", "error", "-y"));
    command.addAll(List.of(arguments));
    command.add(file.toString());
    Process ffmpeg = new ProcessBuilder(command).inheritIO().start();
    try {
      assertThat(ffmpeg.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(ffmpeg.exitValue()).isZero();
    } finally {
      ffmpeg.destroyForcibly();
    }
    return file;
  }

  static Path clip(Path file, String size, double rate, double seconds, String... options)
      throws Exception {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "-f",
                "lavfi",
                "-i",
                "testsrc=size=%s:rate=%s:duration=%s".formatted(size, rate, seconds),
                "-f",
                "lavfi",
                "-i",
                "sine=duration=" + seconds,
                "-c:v",
                "libx264",
                "-pix_fmt",
                "yuv420p",
                "-preset",
                "ultrafast"));
    arguments.addAll(List.of(options));
    return made(file, arguments.toArray(String[]::new));
  }
}
