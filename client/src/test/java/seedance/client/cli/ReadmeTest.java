package seedance.client.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import seedance.activities.SeedanceConfiguration;
import seedance.workflows.generation.FailureType;
import seedance.workflows.generation.GenerationOptions;
import seedance.workflows.generation.UnknownSubmissionPolicy;

/** The README's tables, held to the code that they describe. */
class ReadmeTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  @ParameterizedTest
  @EnumSource(FailureType.class)
  void everyFailure_isInTheTable_withItsClassAndCharge(FailureType failure) throws IOException {
    assertThat(readme())
        .contains(
            "| `%s` | %s | %s |"
                .formatted(
                    failure.type(), failure.failureClass().label(), failure.charged().label()));
  }

  @Test
  void everyVariable_isARowOfTheSettings_andNoOtherIs() throws IOException {
    Set<String> known = new TreeSet<>(SeedanceConfiguration.VARIABLES);
    known.addAll(
        Set.of(
            "SEEDANCE_TASK_QUEUE",
            "SEEDANCE_METRICS_PORT",
            "SEEDANCE_METRICS_ADDRESS",
            "SEEDANCE_CALLBACK_ADDRESS",
            "SEEDANCE_CALLBACK_PORT"));

    assertThat(all("(?m)^\\| `(SEEDANCE_\\w+)` \\|")).containsExactlyInAnyOrderElementsOf(known);
    assertThat(new TreeSet<>(all("(SEEDANCE_[A-Z_]+)"))).isSubsetOf(known);
  }

  @Test
  void everyExitCode_isInTheTable_andNoOtherIs() throws IOException {
    List<String> codes = new ArrayList<>();
    for (Field code : ExitCode.class.getDeclaredFields()) {
      if (code.getType() == int.class) {
        codes.add(String.valueOf(fieldOf(code)));
      }
    }

    assertThat(all("(?m)^\\| (\\d+) \\|")).containsExactlyInAnyOrderElementsOf(codes);
  }

  @Test
  void everyCommand_isInTheTable() throws IOException {
    List<String> commands =
        CommandRun.of("--help").outLines().stream()
            .flatMap(line -> Pattern.compile("^  ([a-z-]+) {2,}\\S").matcher(line).results())
            .map(found -> found.group(1))
            .toList();

    assertThat(commands).hasSizeGreaterThan(5);
    assertThat(all("(?m)^\\| `([a-z-]+)[^`]*` \\|")).containsAll(commands);
  }

  @Test
  void everyOption_isInTheTable_withItsDefault() throws IOException {
    Map<String, Object> said = options(GenerationOptions.DEFAULTS);
    Map<String, Object> every =
        options(
            GenerationOptions.builder()
                .onUnknownSubmission(new UnknownSubmissionPolicy.Resubmit(1, false))
                .deadline(Duration.ofHours(1))
                .adopt("cgt-1")
                .build());

    assertThat(every.keySet()).containsAll(said.keySet()).hasSize(8);
    for (String option : every.keySet()) {
      Object value = said.getOrDefault(option, every.get(option));
      boolean none = !said.containsKey(option) && Set.of("deadline", "adopt").contains(option);
      String shown =
          none ? "none" : "`" + (value instanceof String ? "\"" + value + "\"" : value) + "` |";
      assertThat(readme()).contains("| `" + option + "` | " + shown);
    }
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> options(GenerationOptions options) {
    return (Map<String, Object>) options.json().tree();
  }

  @Test
  void dev_printsTheCommandsThatFollowIt_withItsAddress() throws IOException {
    String section = found("(?s)`\\./seedance dev` starts.*?```sh\\n(.*?)```", readme()).get(0);
    Cli cli =
        new Cli(
            Terminal.plain(System.out, System.err), System.in, Map.of(), Path.of(""), "./seedance");

    assertThat(DevCommand.howToStart(cli, "a:1", "default", "seedance", "out/body.json"))
        .map(line -> line.replace("TEMPORAL_ADDRESS=a:1 ", "").replace("--address a:1 ", ""))
        .map(String::strip)
        .containsAll(section.lines().toList());
  }

  @ParameterizedTest
  @ValueSource(strings = {"README.md", "CONTRIBUTING.md", "docs/decisions.md", "docs/simulator.md"})
  void everyLink_leadsToAFile(String page) throws IOException {
    Path file = ROOT.resolve(page);
    List<Path> linked =
        found("\\]\\((?!https?:|#)([^)#]+)[^)]*\\)", Files.readString(file)).stream()
            .map(link -> file.resolveSibling(link).normalize())
            .toList();

    assertThat(linked).allSatisfy(target -> assertThat(target).exists());
  }

  @Test
  void everyJavaLineOfACaller_isCompiled() throws IOException {
    StringBuilder samples = new StringBuilder();
    try (Stream<Path> files = Files.list(Path.of("src/test/java/seedance/samples"))) {
      for (Path file : files.toList()) {
        samples.append(Files.readString(file).replaceAll("\\s", ""));
      }
    }
    String callers =
        String.join("\n", found("(?s)(\n## Start a generation\n.*?\n## When the answer)", readme()))
            + String.join("\n", found("(?s)(\nFrom Java, with .*?\nBy names and JSON)", readme()));

    List<String> examples = found("(?s)```java\n(.*?)```", callers);
    assertThat(examples)
        .hasSize(6)
        .allSatisfy(example -> assertThat(samples).contains(example.replaceAll("\\s", "")));
  }

  private static Object fieldOf(Field constant) {
    try {
      return constant.get(null);
    } catch (IllegalAccessException e) {
      throw new AssertionError(e);
    }
  }

  private static List<String> all(String regex) throws IOException {
    return found(regex, readme());
  }

  private static List<String> found(String regex, String text) {
    return Pattern.compile(regex)
        .matcher(text)
        .results()
        .map((MatchResult match) -> match.group(1))
        .collect(Collectors.toList());
  }

  private static String readme() throws IOException {
    return Files.readString(ROOT.resolve("README.md"));
  }
}
