package seedance.worker.dev.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Holds {@code docs/simulator.md} to what the simulator understands. */
class SimulatorPageTest {

  private static final Pattern EFFECT_ROW =
      Pattern.compile("(?m)^\\| `(\\{\"type\":.*?})` \\| ([^|]+) \\|");
  private static final Pattern EXAMPLE = Pattern.compile("(?s)/simulator/faults -d '(.*?)'");
  private static final Pattern PROMPT = Pattern.compile("(?m)^\\| `(\\[simulate:.*?])`");

  private final String page;

  SimulatorPageTest() throws IOException {
    page = Files.readString(Path.of("../../docs/simulator.md"));
  }

  @Test
  void everyEffectOfThePage_isUnderstood_forTheOperationsNamed() throws IOException {
    Matcher rows = EFFECT_ROW.matcher(page);
    int found = 0;
    while (rows.find()) {
      Effect effect = SimulatorJson.MAPPER.readValue(rows.group(1), Effect.class);
      List<Operation> operations =
          switch (rows.group(2)) {
            case "all" -> List.of(Operation.values());
            case "all but download" ->
                List.of(Operation.CREATE, Operation.LOOK, Operation.LIST, Operation.DELETE);
            default -> List.of(SimulatorJson.MAPPER.convertValue(rows.group(2), Operation.class));
          };
      assertThat(effect.operations())
          .as(rows.group())
          .containsExactlyInAnyOrderElementsOf(operations);
      found++;
    }
    assertThat(found).isEqualTo(Effect.class.getPermittedSubclasses().length);
  }

  @Test
  void everyExampleOfThePage_isUnderstood() throws IOException {
    Matcher examples = EXAMPLE.matcher(page);
    int found = 0;
    while (examples.find()) {
      String json = examples.group(1);
      assertThat(
              SimulatorJson.MAPPER.readValue(
                  json.startsWith("[") ? json : "[" + json + "]", Fault[].class))
          .isNotEmpty();
      found++;
    }
    assertThat(found).isEqualTo(2);
  }

  @Test
  void everyPromptTokenOfThePage_isUnderstood() {
    Matcher tokens = PROMPT.matcher(page);
    int found = 0;
    while (tokens.find()) {
      assertThat(Script.read(tokens.group(1)))
          .as(tokens.group(1))
          .hasValueSatisfying(script -> assertThat(script).isNotEqualTo(Script.NONE));
      found++;
    }
    assertThat(found).isEqualTo(6);
  }
}
