package seedance.client.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ValidateCommandTest {
  private static final String VALID =
      "{\"model\":\"doubao-seedance-2-0\",\"content\":[{\"type\":\"text\",\"text\":\"猫\"}]}";
  private static final String WRONG =
      "{\"model\":\"doubao-seedance-2-0\",\"content\":\"a secret cat\",\"durration\":5}";

  @TempDir private Path folder;

  @BeforeEach
  void writeFiles() throws IOException {
    Files.writeString(folder.resolve("valid.json"), VALID);
    Files.writeString(folder.resolve("wrong.json"), WRONG);
  }

  @Test
  void aValidFile_isSaidToBe_withItsMode() {
    CommandRun run = validate("", "valid.json");

    assertThat(run.exitCode()).isEqualTo(0);
    assertThat(run.out()).isEqualToIgnoringNewLines("valid.json: valid, text");
    assertThat(run.err()).isEmpty();
  }

  @Test
  void everyViolationOfEveryFile_isALine_withFileAndPath() {
    CommandRun run = validate("", "wrong.json", "valid.json");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.outLines())
        .hasSize(3)
        .anyMatch(line -> line.startsWith("wrong.json: content: "))
        .anyMatch(line -> line.startsWith("wrong.json: durration: ") && line.contains("duration"))
        .contains("valid.json: valid, text");
    assertThat(run.out()).doesNotContain("secret");
  }

  @Test
  void modelThatNobodyKnows_passes_withANote_andTheNearestOne() {
    CommandRun plain = validate(VALID.replace("2-0", "2-O"), "-");
    CommandRun pointed = validate(VALID.replace("doubao-seedance-2-0", "seedance-2.0"), "-");
    CommandRun json = validate(VALID.replace("2-0", "2-O"), "--json", "-");

    assertThat(plain.exitCode()).isEqualTo(0);
    assertThat(plain.outLines())
        .containsExactly(
            "stdin: valid, text",
            "  note: no model \"doubao-seedance-2-O\" is known here (did you mean"
                + " \"doubao-seedance-2-0\"?): cost unknown, and only the general rules hold");
    assertThat(pointed.out()).contains("(did you mean \"doubao-seedance-2-0\"?): cost unknown");
    assertThat(json.out()).contains("\"notes\":[\"no model");
  }

  @Test
  void flagsInAPrompt_areNoted_withoutThePrompt() {
    CommandRun run =
        validate(
            VALID.replace("2-0", "1-0-pro").replace("猫", "a secret cat --dur 12 --rs 1080p"), "-");

    assertThat(run.exitCode()).isEqualTo(0);
    assertThat(run.outLines()).hasSize(2);
    assertThat(run.outLines().get(1))
        .startsWith("  note: ")
        .contains("write \"duration\": 12, not --dur 12")
        .doesNotContain("secret");
  }

  @Test
  void priceBeyondAllPrices_isAWrongSetting_andHangsNothing() throws IOException {
    Files.writeString(
        folder.resolve("models.json"),
        "{\"models\":{\"doubao-seedance-2-0-260128\":{\"prices\":{\"currency\":\"CNY\","
            + "\"perMillionTokens\":[{\"amount\":1e99999999}]}}}}");

    CommandRun run =
        CommandRun.in(
            folder, Map.of("SEEDANCE_MODELS", "models.json"), "", "validate", "valid.json");

    assertThat(run.exitCode()).isEqualTo(4);
    assertThat(run.err()).contains("amount: must be a number of 0 to 1000000");
  }

  @Test
  void standardInput_isReadOnADash() {
    CommandRun run = validate(VALID, "-");

    assertThat(run.exitCode()).isEqualTo(0);
    assertThat(run.out()).isEqualToIgnoringNewLines("stdin: valid, text");
  }

  @Test
  void duplicateKeysAndTrailingGarbage_areViolations() {
    CommandRun twice = validate("{\"model\":\"a\",\"model\":\"b\"}", "-");
    CommandRun garbage = validate(VALID + " x", "-");

    assertThat(twice.exitCode()).isEqualTo(2);
    assertThat(twice.out()).startsWith("stdin: model: ").contains("twice");
    assertThat(garbage.exitCode()).isEqualTo(2);
    assertThat(garbage.out()).startsWith("stdin: is not valid JSON");
  }

  @Test
  void json_isOneObjectALine_withTheFiveFields() throws IOException {
    CommandRun run = validate("", "--json", "valid.json", "wrong.json", "absent.json");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.outLines()).hasSize(3);
    assertThat(run.outLines().get(0))
        .isEqualTo(
            "{\"file\":\"valid.json\",\"valid\":true,\"mode\":\"text\",\"notes\":[],"
                + "\"violations\":[]}");
    JsonNode wrong = new ObjectMapper().readTree(run.outLines().get(1));
    assertThat(wrong.fieldNames())
        .toIterable()
        .containsExactly("file", "valid", "mode", "notes", "violations");
    assertThat(wrong.get("valid").booleanValue()).isFalse();
    assertThat(wrong.get("mode").isNull()).isTrue();
    assertThat(wrong.get("violations").get(0).fieldNames())
        .toIterable()
        .containsExactly("path", "message");
    assertThat(run.outLines().get(2)).contains("\"path\":\"$\"").contains("no such file");
  }

  @Test
  void aFolder_cannotBeRead_andIsNoStackTrace() {
    CommandRun run = validate("", ".");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.out()).isEqualToIgnoringNewLines(".: is a folder, not a file");
  }

  @Test
  void options_letUnknownFieldsThrough_andAreJudgedThemselves() throws IOException {
    Files.writeString(
        folder.resolve("unknown.json"), VALID.replaceFirst("\\{", "{\"new_field\":1,"));
    Files.writeString(folder.resolve("allow.json"), "{\"allowUnknownFields\":true}");
    Files.writeString(folder.resolve("bad.json"), "{\"submitWithin\":\"soon\"}");

    assertThat(validate("", "unknown.json").exitCode()).isEqualTo(2);
    assertThat(validate("", "--options", "allow.json", "unknown.json").exitCode()).isEqualTo(0);
    CommandRun badOptions = validate("", "--options", "bad.json", "valid.json");
    assertThat(badOptions.exitCode()).isEqualTo(2);
    assertThat(badOptions.out()).startsWith("valid.json: options.submitWithin: ");
    CommandRun noOptions = validate("", "--options", "absent.json", "valid.json");
    assertThat(noOptions.out())
        .startsWith("valid.json: options: absent.json: there is no such file");
  }

  @Test
  void aBrokenModelFile_isAWrongSetting_withItsLine() throws IOException {
    Files.writeString(folder.resolve("models.json"), "{\n  \"models\": nonsense\n}");

    CommandRun run =
        CommandRun.in(
            folder, Map.of("SEEDANCE_MODELS", "models.json"), "", "validate", "valid.json");

    assertThat(run.exitCode()).isEqualTo(4);
    assertThat(run.err()).startsWith("SEEDANCE_MODELS: ").contains("models.json:2");
    assertThat(run.out()).isEmpty();
  }

  @Test
  void eachMistakeOfAModelFile_namesTheSetting() throws IOException {
    Files.writeString(folder.resolve("models.json"), "{\"models\":{\"a\":{\"lik\":\"b\"}}}");

    CommandRun run =
        CommandRun.in(
            folder, Map.of("SEEDANCE_MODELS", "models.json"), "", "validate", "valid.json");

    assertThat(run.exitCode()).isEqualTo(4);
    assertThat(run.err().lines())
        .hasSizeGreaterThan(1)
        .allMatch(line -> line.startsWith("SEEDANCE_MODELS: "));
  }

  private CommandRun validate(String stdin, String... arguments) {
    String[] command = new String[arguments.length + 1];
    command[0] = "validate";
    System.arraycopy(arguments, 0, command, 1, arguments.length);
    return CommandRun.in(folder, Map.of(), stdin, command);
  }
}
