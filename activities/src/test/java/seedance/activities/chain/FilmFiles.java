package seedance.activities.chain;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** Real clips for tests, and what they hold; both by the ffmpeg of this machine. */
final class FilmFiles {
  private FilmFiles() {}

  /** Skips the test, saying so, where ffmpeg is absent. */
  static FilmTools tools() {
    var tools = FilmTools.on(System.getenv("PATH"));
    Assumptions.assumeTrue(tools.isPresent(), "skipped: ffmpeg is not on the PATH");
    return tools.get();
  }

  /** Makes a clip of one second, whose pictures differ from those of every other hue. */
  static Path clip(Path file, int hue, String size, int frameRate, boolean withSound)
      throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                tools().ffmpeg().toString(),
                "-nostdin",
                "-v",
                "error",
                "-y",
                "-f",
                "lavfi",
                "-i",
                "testsrc=size=%s:rate=%d:duration=1,hue=h=%d".formatted(size, frameRate, hue)));
    if (withSound) {
      command.addAll(List.of("-f", "lavfi", "-i", "sine=frequency=440:duration=1"));
    }
    command.addAll(List.of("-c:v", "libx264", "-pix_fmt", "yuv420p", "-preset", "ultrafast"));
    command.add(file.toString());
    run(command);
    return file;
  }

  /** Makes a clip of one second that has the same pictures so many times. */
  static Path clipOfStreams(Path file, int streams) throws IOException {
    List<String> command = new ArrayList<>(List.of(tools().ffmpeg().toString(), "-nostdin"));
    command.addAll(List.of("-v", "error", "-y", "-f", "lavfi", "-i", "testsrc=size=64x64:rate=8"));
    for (int i = 0; i < streams; i++) {
      command.addAll(List.of("-map", "0:v"));
    }
    command.addAll(List.of("-t", "1", "-c:v", "libx264", "-preset", "ultrafast", file.toString()));
    run(command);
    return file;
  }

  /** Makes a clip of a second whose pictures come at odd moments of a fine clock. */
  static Path jitteredClip(Path file, String size) throws IOException {
    List<String> command = new ArrayList<>(List.of(tools().ffmpeg().toString(), "-nostdin"));
    command.addAll(List.of("-v", "error", "-y", "-f", "lavfi", "-i"));
    command.add("testsrc=size=%s:rate=24:duration=1".formatted(size));
    command.addAll(List.of("-vf", "settb=1/90000,setpts='N*3750+floor(random(0)*3000)'"));
    command.addAll(List.of("-vsync", "passthrough", "-enc_time_base", "1:90000"));
    command.addAll(List.of("-video_track_timescale", "90000", "-pix_fmt", "yuv420p"));
    command.addAll(List.of("-c:v", "libx264", "-bf", "0", "-preset", "ultrafast"));
    command.add(file.toString());
    run(command);
    return file;
  }

  /** What ffprobe says of a file. */
  static JsonNode probe(Path file) throws IOException {
    return new ObjectMapper()
        .readTree(
            run(
                List.of(
                    tools().ffprobe().toString(),
                    "-v",
                    "error",
                    "-show_streams",
                    "-show_format",
                    "-of",
                    "json",
                    file.toString())));
  }

  /** The types of a file's streams. */
  static List<String> streams(Path file) throws IOException {
    return probe(file).path("streams").findValuesAsText("codec_type");
  }

  /** The hash of each decoded picture. */
  static List<String> pictures(Path file) throws IOException {
    String hashes =
        run(
            List.of(
                tools().ffmpeg().toString(),
                "-nostdin",
                "-v",
                "error",
                "-i",
                file.toString(),
                "-map",
                "0:v",
                "-f",
                "framemd5",
                "-"));
    return hashes
        .lines()
        .filter(line -> !line.startsWith("#"))
        .map(line -> line.substring(line.lastIndexOf(',') + 1).strip())
        .toList();
  }

  private static String run(List<String> command) throws IOException {
    CommandRun run = CommandRun.of(command, Path.of("."), FilmLimits.MOST_MEMORY, () -> {});
    if (!run.succeeded() || !run.complaints().isEmpty()) {
      throw new AssertionError(command + " " + run.complaints());
    }
    return run.output();
  }
}
