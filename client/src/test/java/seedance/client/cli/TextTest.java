package seedance.client.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import seedance.workflows.generation.Progress;
import seedance.workflows.generation.Progress.Stage;
import seedance.workflows.generation.RunTime;
import seedance.workflows.generation.UnknownSubmission;

class TextTest {
  private static final Suggestion RESUBMIT = new Suggestion("./seedance resolve a --resubmit", "");

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

  @ParameterizedTest
  @CsvSource({"cat,3", "橘猫,4", "ｆｕｌｌ,8", "🐈,2", "é,1", "'',0"})
  void cjk_isTwoColumnsWide(String text, int columns) {
    assertThat(TextWidth.of(text)).isEqualTo(columns);
  }

  @Test
  void combiningMarks_takeNoColumn() {
    assertThat(TextWidth.of("e\u0301")).isEqualTo(1);
  }

  @Test
  void aCutText_neverTakesMoreThanItsColumns() {
    assertThat(TextWidth.cut("一只橘猫在窗台上", 8)).isEqualTo("一只橘…");
    assertThat(TextWidth.of(TextWidth.cut("一只橘猫在窗台上", 7))).isLessThanOrEqualTo(7);
    assertThat(TextWidth.cut("short", 8)).isEqualTo("short");
  }

  @Test
  void aTable_alignsColumnsThatHoldCjk() {
    Table table = new Table("ID", "SIZE");
    table.row("橘猫", "71 KB");
    table.row("cats", "1 B");

    table.print(out);

    assertThat(printed().lines()).containsExactly("ID    SIZE", "橘猫  71 KB", "cats  1 B");
  }

  @Test
  void wordsThatLookLikeOptions_comeBehindThem_orAreTiedToTheirs() {
    Cli cli = cli(Terminal.plain(out, out));

    assertThat(cli.commandOn("lost", "resolve", "--adopt", "cgt-1"))
        .isEqualTo("seedance resolve lost --adopt cgt-1");
    assertThat(cli.commandOn("-lost", "resolve", "--adopt", "-cgt"))
        .isEqualTo("seedance resolve --adopt=-cgt -- -lost");
    assertThat(cli.commandOn("-lost", "resolve", "--resubmit"))
        .isEqualTo("seedance resolve --resubmit -- -lost");
    assertThat(cli.commandOn("-film", "approve", "opening", "--reject", "REASON"))
        .isEqualTo("seedance approve --reject REASON -- -film opening");
    assertThat(cli.command("generate", "--id", "--again", "--adopt", "-cgt"))
        .isEqualTo("seedance generate --id=--again --adopt=-cgt");
    assertThat(cli.command("generate", "--id", "lost", "--adopt", "cgt-1"))
        .isEqualTo("seedance generate --id lost --adopt cgt-1");
  }

  @ParameterizedTest
  @CsvSource({
    "PT0.42S,0.4 s",
    "PT9.96S,10 s",
    "PT59.6S,1 min 00 s",
    "PT125S,2 min 05 s",
    "PT3H20M,3 h 20 min",
    "PT-1S,0.0 s"
  })
  void durations_readWell(Duration duration, String words) {
    assertThat(Words.of(duration)).isEqualTo(words);
  }

  @Test
  void aFileBelowTheWorkingDirectory_isShownRelativeToIt() {
    Path here = Path.of("/srv/my clips");

    assertThat(Words.location(here.resolve("out/a/video.mp4").toUri(), here))
        .isEqualTo("out/a/video.mp4");
    assertThat(Words.location(URI.create("file:///elsewhere/video.mp4"), here))
        .isEqualTo("/elsewhere/video.mp4");
    assertThat(Words.location(URI.create("s3://bucket/video.mp4"), here))
        .isEqualTo("s3://bucket/video.mp4");
  }

  @Test
  void aPipe_getsOneLineForEachChange_andNoEscapes() {
    try (ProgressView view = progress(Terminal.plain(out, out), List.of("text", "frames"))) {
      view.show("text", progress(1, Instant.parse("2026-11-22T10:00:00Z")));
      view.show("text", progress(1, Instant.parse("2026-11-22T10:00:01Z")));
      view.show("text", progress(2, null));
    }

    assertThat(printed().lines()).hasSize(2).allMatch(line -> line.contains("  text    "));
    assertThat(printed()).doesNotContain("\u001b").doesNotContain("\r");
  }

  @Test
  void aTerminal_redrawsItsLines_andLeavesTheLastOnesStanding() {
    ProgressView view =
        progress(new Terminal(out, out, true, false, 40), List.of("text", "frames"));
    view.show("text", progress(1, Instant.now().plusSeconds(9)));
    Awaitility.await()
        .until(() -> printed().contains("text    ") && printed().contains("\u001b[2A"));
    view.say("text", "Stored");
    view.close();

    assertThat(printed()).contains("\u001b[K").endsWith("\n");
    String lastScreen = printed().substring(printed().lastIndexOf("\u001b[2A"));
    assertThat(lastScreen).contains("text    Stored");
    assertThat(printed().lines())
        .allMatch(line -> TextWidth.of(line.replaceAll("\r|\u001b\\[\\d*[AK]", "")) < 40);
  }

  /** It ran for three minutes before anyone followed it. */
  @Test
  void aTerminal_countsFromTheBeginningOfTheGeneration_andSaysHowMuchRemains() {
    Instant began = Instant.now().minusSeconds(180);
    try (ProgressView view = progress(new Terminal(out, out, true, false, 80), List.of(""))) {
      view.show("", expected(began, "running", Duration.ofSeconds(240), 0.2));
      Awaitility.await().until(() -> printed().contains("running"));
    }

    String row = lastRow();
    assertThat(row).contains(" 3 min 0").contains("▮▮▮▮▮▮▮▯▯▯  about 65 s more");
    assertThat(TextWidth.of(row)).isLessThan(80);
    assertThat(printed()).doesNotContain("0.0 s");
  }

  @Test
  void aTerminal_tellsAQueueFromARun_andALateOneFromAUsualOne() {
    Instant began = Instant.now().minusSeconds(400);
    try (ProgressView view = progress(new Terminal(out, out, true, false, 80), List.of("a", "b"))) {
      view.show("a", expected(began, "queued", Duration.ofSeconds(240), 0.2));
      view.show("b", expected(began, "running", Duration.ofSeconds(240), 0.2));
      Awaitility.await().until(() -> printed().contains("later than usual"));
    }

    assertThat(lastScreen()).contains("queued, then about 4 min").contains("perhaps ");
  }

  @Test
  void aPipe_getsTheTimeOfTheDayThatIsExpected() {
    Instant began = Instant.now();
    try (ProgressView view = progress(Terminal.plain(out, out), List.of(""))) {
      view.show("", expected(began, "running", Duration.ofSeconds(240), 0.2));
      view.show("", expected(began, "queued", Duration.ofSeconds(240), 0.2));
    }

    assertThat(printed().lines())
        .hasSize(2)
        .first()
        .satisfies(line -> assertThat(line).contains("running, 1 look, expected at "));
    assertThat(printed().lines().toList().get(1)).doesNotContain("expected");
  }

  private static Progress expected(Instant began, String status, Duration median, double spread) {
    return new Progress(
        began,
        Stage.AWAIT,
        "text",
        status,
        "cgt-1",
        "m",
        1,
        null,
        null,
        null,
        new RunTime(began, median, spread, 3),
        null,
        null,
        List.of());
  }

  private String lastScreen() {
    return printed().substring(printed().lastIndexOf("A\r") + 1);
  }

  private String lastRow() {
    return printed()
        .lines()
        .reduce((one, next) -> next)
        .orElseThrow()
        .replaceAll("\r|\u001b\\[\\d*[AKJ]", "");
  }

  @Test
  void linesBelow_areDrawn_andLeaveNothingBehindWhenTheyGo() {
    ProgressView view = progress(new Terminal(out, out, true, false, 60), List.of(""));
    view.show("", progress(1, null), List.of(RESUBMIT, new Suggestion("another", "")));
    Awaitility.await().until(() -> printed().contains("\u001b[3A"));
    view.show("", progress(2, null));
    view.close();

    assertThat(printed()).contains("    ./seedance resolve a --resubmit\n").endsWith("\u001b[J");
  }

  @Test
  void linesBelow_areIndented_inAPipe() {
    try (ProgressView view = progress(Terminal.plain(out, out), List.of(""))) {
      view.show("", progress(1, null), List.of(RESUBMIT));
      view.show("", progress(1, null), List.of(RESUBMIT));
    }

    assertThat(printed().lines())
        .hasSize(2)
        .last()
        .isEqualTo("          ./seedance resolve a --resubmit");
  }

  @Test
  void anUnknownSubmission_saysWhatIsKnownOfIt() {
    UnknownSubmission lost =
        new UnknownSubmission(Instant.EPOCH, "the connection broke", null, List.of());
    UnknownSubmission sought =
        new UnknownSubmission(Instant.EPOCH, "the connection broke", "not listed", List.of());

    assertThat(Words.of(unknown(lost)))
        .isEqualTo(Stage.RECONCILE.inWords() + ", the connection broke");
    assertThat(Words.of(unknown(sought))).isEqualTo(Stage.RECONCILE.inWords() + ", not listed");
  }

  private static Progress unknown(UnknownSubmission submission) {
    return new Progress(Stage.RECONCILE, "text", null, null, "m", 0, null, null, null, submission);
  }

  @Test
  void whatTheServiceSays_cannotSteerTheTerminal() {
    Progress evil =
        new Progress(Stage.AWAIT, null, "run\u001b[2Jning", "t", "m", 1, null, null, null, null);

    assertThat(Words.of(evil)).doesNotContain("\u001b").contains("run");
  }

  private static ProgressView progress(Terminal terminal, List<String> names) {
    return new Output(cli(terminal), false).progress(names);
  }

  private static Cli cli(Terminal terminal) {
    return new Cli(terminal, InputStream.nullInputStream(), Map.of(), Path.of(""), "seedance");
  }

  private static Progress progress(int looks, Instant nextLookAt) {
    return new Progress(
        Stage.AWAIT, "text", "running", "cgt-1", "m", looks, nextLookAt, null, null, null);
  }

  private String printed() {
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
