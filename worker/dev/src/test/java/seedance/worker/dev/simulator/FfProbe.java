package seedance.worker.dev.simulator;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The check of files: ffprobe and ffmpeg, where they are installed. */
public final class FfProbe {

  private FfProbe() {}

  /** Skips the test, by name, where a tool is absent. */
  public static void assumeInstalled() {
    for (String tool : List.of("ffprobe", "ffmpeg")) {
      boolean found =
          Stream.of(System.getenv("PATH").split(java.io.File.pathSeparator))
              .anyMatch(folder -> Files.isExecutable(Path.of(folder, tool)));
      assumeTrue(found, tool + " is not installed");
    }
  }

  /** What ffprobe says of a file: its streams and format. */
  public static JsonNode probe(Path file) throws IOException, InterruptedException {
    return SimulatorJson.MAPPER.readTree(
        run("ffprobe", "-v", "error", "-show_streams", "-show_format", "-of", "json", file));
  }

  /** The hash of each decoded picture; fails on anything that a decoder complains of. */
  public static List<String> pictures(Path file) throws IOException, InterruptedException {
    String hashes = run("ffmpeg", "-v", "warning", "-i", file, "-f", "framemd5", "-");
    return hashes
        .lines()
        .filter(line -> !line.startsWith("#"))
        .map(line -> line.substring(line.lastIndexOf(',') + 1).strip())
        .toList();
  }

  /** Runs a tool; fails if it says anything on stderr. */
  public static String run(Object... command) throws IOException, InterruptedException {
    List<String> words = new ArrayList<>();
    for (Object word : command) {
      words.add(word.toString());
    }
    Path errors = Files.createTempFile("ffprobe", ".txt");
    try {
      Process process = new ProcessBuilder(words).redirectError(errors.toFile()).start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      String complaints =
          process.waitFor() == 0 ? Files.readString(errors) : "failed: " + Files.readString(errors);
      if (!complaints.isEmpty()) {
        throw new AssertionError(words + " " + complaints);
      }
      return output;
    } finally {
      Files.delete(errors);
    }
  }
}
