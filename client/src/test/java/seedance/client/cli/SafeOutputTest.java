package seedance.client.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import seedance.client.cli.Terminal.Coloured;

/** That nothing which others wrote steers a terminal, by whichever way it is printed. */
class SafeOutputTest {
  private static final String EVIL = "a\u001b[2J\u009b31m\u202egnp\rb\u0007";
  private static final String SHOWN = "a\\u001B[2J\\u009B31m\\u202Egnp\\u000Db\\u0007";

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final SafeOutput out =
      SafeOutput.to(new PrintStream(bytes, true, StandardCharsets.UTF_8));

  @Test
  void whateverIsPrinted_isShown_howeverItIsPrinted() throws Exception {
    out.print(EVIL);
    out.println((Object) EVIL);
    out.printf("%s\n", EVIL);
    out.append(EVIL);
    out.print(EVIL.toCharArray());
    out.write(EVIL.getBytes(StandardCharsets.UTF_8));
    PrintWriter writer = new PrintWriter(out, true, StandardCharsets.UTF_8);
    writer.println(EVIL);
    new IllegalStateException(EVIL).printStackTrace(out);

    assertThat(printed()).doesNotContain("\u001b", "\u009b", "\u202e", "\r", "\u0007");
    assertThat(printed().split(Pattern.quote(SHOWN), -1)).hasSize(9);
  }

  @Test
  void textInAnyScript_isAsItWas() {
    String text = "橘猫 🐈‍⬛ é e\u0301 שלום\tü\n";

    out.print(text);

    assertThat(printed()).isEqualTo(text);
  }

  @Test
  void charactersThatComeInPieces_arePutTogether() {
    for (byte piece : ("猫🐈" + EVIL).getBytes(StandardCharsets.UTF_8)) {
      out.write(piece);
    }

    assertThat(printed()).isEqualTo("猫🐈" + SHOWN);
  }

  @Test
  void ofAllCharacters_noneThatSteersIsLeft() {
    for (int each = 0; each < 0x3000; each++) {
      out.print("a" + Character.toString(each) + "b");
    }

    assertThat(printed().codePoints())
        .filteredOn(each -> Character.getType(each) == Character.CONTROL)
        .containsOnly((int) '\n', (int) '\t');
    assertThat(printed().codePoints())
        .noneMatch(each -> each >= 0x2066 && each <= 0x2069 || each >= 0x2028 && each <= 0x202E)
        .doesNotContain(0x061C, 0x200E, 0x200F)
        .contains(0x200D, 0x00E9, 0x05D0);
  }

  @ParameterizedTest
  @CsvSource({"plain,plain", "it's,'it'\\''s'", "橘猫,橘猫"})
  void plainWord_isQuotedAsEver(String word, String quoted) {
    assertThat(Words.shellQuoted(word)).isEqualTo(quoted);
  }

  @Test
  void wordOfACommand_staysTheWordForAShell_andIsShown() throws Exception {
    String word = "a\u001b[2J\nb'c\\d\u202e\u0007";
    String quoted = Words.shellQuoted(word);

    assertThat(quoted).isEqualTo("$'a\\u001B[2J\\nb\\'c\\\\d\\u202E\\u0007'");
    assertThat(Visible.isPlain(quoted)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "\u200b,\\u200B", "\u00ad,\\u00AD", "\u2060,\\u2060", "\ufeff,\\uFEFF",
    "\u3164,\\u3164", "\u115f,\\u115F", "\u2800,\\u2800", "\u034f,\\u034F",
    "\udb40\udc41,\\U000E0041"
  })
  void whatCannotBeSeen_isShown(String hidden, String shown) {
    assertThat(Visible.of("shot-1" + hidden)).isEqualTo("shot-1" + shown);
    assertThat(Words.shellQuoted("shot-1" + hidden)).isEqualTo("$'shot-1" + shown + "'");
  }

  @ParameterizedTest
  @ValueSource(strings = {EVIL, "\u200b\u2028\ufeff", "\ud83c\udff4\udb40\udc67\udb40\udc7f"})
  void objectOfWhatIsShown_isStillJson_andSaysTheSame(String id) throws Exception {
    Terminal terminal = Terminal.plain(out, out);
    Cli cli = new Cli(terminal, InputStream.nullInputStream(), Map.of(), Path.of(""), "seedance");

    new Output(cli, true).print(Report.of(new JsonObject().with("id", id), out));

    assertThat(Visible.of(printed())).isEqualTo(printed());
    assertThat(new ObjectMapper().readTree(printed()).path("id").textValue()).isEqualTo(id);
  }

  @Test
  void joinedEmoji_staysOne_butNotInACommand() {
    String family = "\ud83d\udc68\u200d\ud83d\udc69";

    assertThat(Visible.of(family)).isEqualTo(family);
    assertThat(Words.shellQuoted(family)).isEqualTo("$'\ud83d\udc68\\u200D\ud83d\udc69'");
  }

  @Test
  void idOfEscapes_isShown_byEveryWayToSayIt() {
    Terminal terminal = new Terminal(out, out, false, true, 100);
    terminal.line(Coloured.green("Done"), "  " + Visible.oneLine(EVIL + "\nDone  another"));
    Table table = new Table("ID");
    table.row(EVIL + "\nanother");
    table.print(terminal.out());
    terminal.redraw(1, List.of(EVIL));

    assertThat(printed())
        .contains("\u001b[32mDone\u001b[0m  " + SHOWN + "\\u000ADone  another\n")
        .contains(SHOWN + "\\u000Aanother\n")
        .contains("\u001b[1A\r\u001b[K" + SHOWN + "\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"validate", "generate", "show --bad-option", "generate --id"})
  void commandThatIsGivenEscapes_showsThem(String command) {
    String[] words = (command + " \u001b[2J.json").split(" ");

    CommandRun run = CommandRun.of(words);

    assertThat(run.exitCode()).isNotZero();
    assertThat(run.out() + run.err()).doesNotContain("\u001b");
  }

  /** So that there is no other way to a terminal than the one that is tested here. */
  @Test
  void escapes_andTheProcessesOwnStreams_areInNoOtherClass() throws IOException {
    try (Stream<Path> sources = Files.walk(Path.of("src/main/java"))) {
      assertThat(sources.filter(file -> file.toString().endsWith(".java")))
          .hasSizeGreaterThan(30)
          .filteredOn(
              file ->
                  Stream.of("\\033", "\\u001b", "\\u001B", "\\e[", "System.out", "FileDescriptor")
                      .anyMatch(text(file)::contains))
          .extracting(file -> file.getFileName().toString())
          .isSubsetOf("Terminal.java", "Seedance.java");
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new AssertionError(Arrays.toString(e.getStackTrace()));
    }
  }

  private String printed() {
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
