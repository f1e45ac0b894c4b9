package seedance.worker.dev;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the README shows for Python, with Temporal's own SDK for it, on the real dev server. */
@Timeout(300)
class PythonClientTest {
  private static final double SPEED = 400;

  @TempDir Path folder;

  @Test
  void chainIsStarted_approvedAndRead_byNamesAndJsonAlone() throws Exception {
    Path python = Tools.pythonWithTemporalio();
    TemporalServer server = SharedServer.real();
    try (DevSystem system =
        DevSystem.start(
            new DevSettings(SharedServer.environment(), folder.resolve("store"), SPEED))) {
      Path chain = folder.resolve("chain.json");
      new ObjectMapper().writeValue(chain.toFile(), ChainEndToEndTest.OPENING_LONGER_NEXT_SHOT);

      List<String> printed = run(python, server.address(), system.taskQueue(), chain.toString());

      assertThat(printed).hasSize(4);
      assertThat(printed.subList(0, 3))
          .zipSatisfy(
              List.of("opening", "longer", "next-shot"),
              (line, step) -> {
                assertThat(line).startsWith(step + " done file:///").endsWith("/video.mp4");
                assertThat(Path.of(URI.create(line.split(" ")[2]))).exists();
              });
      assertThat(printed.get(3)).matches("cost [0-9.]+ CNY");
      assertThat(system.simulated().orElseThrow().books().tasksBilled()).isEqualTo(3);
    }
  }

  private List<String> run(Path python, String... arguments) throws Exception {
    Path script =
        Path.of(Objects.requireNonNull(PythonClientTest.class.getResource("chain.py")).toURI());
    Path out = folder.resolve("python.log");
    List<String> command = new ArrayList<>(List.of(python.toString(), script.toString()));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(out.toFile()).start();
    try {
      assertThat(process.waitFor(200, TimeUnit.SECONDS)).as("ended in time").isTrue();
    } finally {
      process.destroyForcibly();
    }
    assertThat(process.exitValue()).as(Files.readString(out)).isZero();
    return Files.readAllLines(out);
  }
}
