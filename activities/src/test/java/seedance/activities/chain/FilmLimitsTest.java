package seedance.activities.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a film may take, and that nothing goes on once it has taken it. */
class FilmLimitsTest {
  private static final long LARGE = 1L << 30;

  @TempDir Path folder;
  private Path film;
  private Path clip;

  @BeforeEach
  void makeClip() throws IOException {
    clip = FilmFiles.clip(folder.resolve("clip.mp4"), 0, "128x72", 24, false);
    film = Files.createFile(folder.resolve("film.part"));
  }

  @Test
  void commandThatIsStopped_isKilled_withWhatItStarted() throws Exception {
    Path pid = folder.resolve("pid");
    FilmTools tools =
        tools("sleep 600 & echo $! > pid.part; mv pid.part '%s'; wait".formatted(pid));

    assertThatThrownBy(
            () ->
                CommandRun.of(
                    List.of(tools.ffmpeg().toString()),
                    folder,
                    FilmLimits.MOST_MEMORY,
                    () -> {
                      if (Files.exists(pid)) {
                        throw new NotJoinableException("enough");
                      }
                    }))
        .hasMessage("enough");

    long child = Long.parseLong(Files.readString(pid).strip());
    Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> !runs(child));
  }

  /** One that nobody has buried yet is dead all the same. */
  private static boolean runs(long pid) throws IOException {
    Path stat = Path.of("/proc", String.valueOf(pid), "stat");
    boolean isDead = Files.exists(stat) && Files.readString(stat).contains(") Z ");
    return !isDead && ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent();
  }

  @Test
  void filmThatTakesTooLong_isNone() throws Exception {
    FilmTools tools = tools("exec sleep 600");

    assertThatThrownBy(
            () ->
                new Film(tools, List.of(clip))
                    .writeTo(
                        film,
                        new FilmLimits(Duration.ZERO, LARGE, FilmLimits.MOST_MEMORY),
                        () -> {}))
        .isInstanceOf(NotJoinableException.class)
        .hasMessage("joining took longer than 0 s");
  }

  @Test
  void filmThatGrowsBeyondItsLimit_isStopped() throws Exception {
    FilmTools tools =
        tools("for file; do :; done; head -c 3000000 /dev/zero > \"${file#file:}\"; sleep 600");

    assertThatThrownBy(
            () ->
                new Film(tools, List.of(clip))
                    .writeTo(
                        film,
                        new FilmLimits(Duration.ofMinutes(5), 1 << 20, FilmLimits.MOST_MEMORY),
                        () -> {}))
        .isInstanceOf(NotJoinableException.class)
        .hasMessage("the film would be larger than 1 MB");
  }

  @Test
  void filmThatIsTooLargeOnceItIsMade_isNone() throws Exception {
    FilmTools tools = tools("for file; do :; done; head -c 3000000 /dev/zero > \"${file#file:}\"");

    assertThatThrownBy(
            () ->
                new Film(tools, List.of(clip))
                    .writeTo(
                        film,
                        new FilmLimits(Duration.ofMinutes(5), 1 << 20, FilmLimits.MOST_MEMORY),
                        () -> {}))
        .hasMessage("the film would be larger than 1 MB");
  }

  @Test
  void filmThatFfmpegEndsAtItsLimit_isNone() throws Exception {
    Path other = FilmFiles.clip(folder.resolve("other.mp4"), 90, "72x128", 24, false);

    for (List<Path> clips : List.of(List.of(clip, clip), List.of(clip, other))) {
      assertThatThrownBy(
              () ->
                  new Film(FilmFiles.tools(), clips)
                      .writeTo(
                          film,
                          new FilmLimits(Duration.ofMinutes(5), 4000, FilmLimits.MOST_MEMORY),
                          () -> {}))
          .isInstanceOf(NotJoinableException.class)
          .hasMessage("the film would be larger than 0 MB");
    }
  }

  @Test
  void filmThatTakesTooMuchMemory_isStopped_thoughItIsNotFfmpegItselfThatHasIt() throws Exception {
    Assumptions.assumeTrue(
        Files.exists(Path.of("/proc/self/status")), "skipped: this system tells no memory");
    FilmTools tools =
        tools("sh -c 'held=$(head -c 100000000 /dev/zero | tr \\\\0 x); sleep 600'; exit 1");

    assertThatThrownBy(
            () ->
                new Film(tools, List.of(clip))
                    .writeTo(
                        film, new FilmLimits(Duration.ofMinutes(5), LARGE, 90 << 20), () -> {}))
        .isInstanceOf(NotJoinableException.class)
        .hasMessage("joining took more than 90 MB of memory");
  }

  @Test
  void ffmpeg_knowsTheLimitsItself_asTheWorkerMayBeKilled() throws Exception {
    List<String> commands =
        commandsFor(new FilmLimits(Duration.ofMinutes(5), LARGE, FilmLimits.MOST_MEMORY));

    assertThat(commands.subList(1, 3))
        .allSatisfy(ffmpeg -> assertThat(ffmpeg).contains(" -timelimit 900 ", " -fs 1073741825 "));
  }

  @Test
  void encoder_isSparingWithMemory_andTakesNoLargerClip() throws Exception {
    List<String> commands =
        commandsFor(new FilmLimits(Duration.ofMinutes(5), LARGE, FilmLimits.MOST_MEMORY));

    assertThat(commands.get(2))
        .contains(" -filter_complex_threads 1 ", " -max_pixels 51200 ")
        .contains(
            " -c:v libx264 -crf 18 -x264-params rc-lookahead=10:sync-lookahead=0 -threads 2 ");
  }

  @Test
  void clipsTooLargeToBeEncoded_areCopied_andRefusedByNameWhereTheyDiffer() throws Exception {
    Path large = FilmFiles.clip(folder.resolve("large.mp4"), 0, "4096x2336", 1, false);
    FilmLimits limits = new FilmLimits(Duration.ofMinutes(5), LARGE, FilmLimits.MOST_MEMORY);

    assertThat(new Film(FilmFiles.tools(), List.of(large, large)).writeTo(film, limits, () -> {}))
        .isTrue();
    assertThatThrownBy(
            () -> new Film(FilmFiles.tools(), List.of(large, clip)).writeTo(film, limits, () -> {}))
        .isInstanceOf(NotJoinableException.class)
        .hasMessage(
            "the clips cannot be joined as they are, and one is too large to be encoded anew: more"
                + " than 9.5 million pixels");
  }

  /** Beside one of 4K, small ones too are held in its size. */
  @ParameterizedTest
  @CsvSource({
    "3840, 2160, yuv420p, 8",
    "4096, 2304, yuv420p, 7",
    "3840, 2160, yuv420p10le, 4",
    "3840, 2160, yuv444p10le, 2",
    "1920, 1080, yuv420p, 32"
  })
  void clipsTooManyToBeEncoded_areRefusedByName(int width, int height, String form, int most)
      throws Exception {
    List<ClipStreams> clips =
        new ArrayList<>(Collections.nCopies(most - 1, streams(128, 72, "yuv420p")));
    clips.add(streams(width, height, form));

    assertThatCode(() -> ClipStreams.checkEncodable(clips)).doesNotThrowAnyException();
    clips.add(streams(128, 72, "yuv420p"));
    assertThatThrownBy(() -> ClipStreams.checkEncodable(clips))
        .isInstanceOf(NotJoinableException.class)
        .hasMessage(
            "the clips cannot be joined as they are, and are too many to be encoded anew: at most"
                + " %d where one is that large",
            most);
  }

  private static ClipStreams streams(int width, int height, String form) throws IOException {
    return ClipStreams.read(
        "{\"streams\":[{\"codec_type\":\"video\",\"width\":%d,\"height\":%d,\"r_frame_rate\":\"24/1\",\"pix_fmt\":\"%s\"}]}"
            .formatted(width, height, form));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Unknown encoder 'libx264'", "Unrecognized option 'x264-params'."})
  void ffmpegWithoutTheEncoder_isSaid(String complaint) throws Exception {
    FilmTools tools = tools("echo \"%s\" >&2; exit 1".formatted(complaint));

    assertThatThrownBy(
            () ->
                new Film(tools, List.of(clip))
                    .writeTo(
                        film,
                        new FilmLimits(Duration.ofMinutes(5), LARGE, FilmLimits.MOST_MEMORY),
                        () -> {}))
        .hasMessageContaining("no libx264");
  }

  @Test
  void everyCommand_isBoundedInMemory_andHoldsOnePictureOfAClip() throws Exception {
    List<String> all =
        commandsFor(new FilmLimits(Duration.ofMinutes(5), LARGE, FilmLimits.MOST_MEMORY));

    assertThat(all).hasSize(3).allMatch(command -> command.contains(" -max_alloc 67108864 "));
    assertThat(all.get(2)).contains(" -threads 1 ", " -max_streams 8 ");
  }

  @Test
  void clipOfManyStreams_isNotJoined() throws Exception {
    Path many = FilmFiles.clipOfStreams(folder.resolve("many.mp4"), 9);

    assertThatThrownBy(
            () ->
                new Film(FilmFiles.tools(), List.of(many))
                    .writeTo(
                        film,
                        new FilmLimits(Duration.ofMinutes(5), LARGE, FilmLimits.MOST_MEMORY),
                        () -> {}))
        .hasMessage("ffprobe cannot read a clip");
  }

  @Test
  void whatACommandSays_isReadToItsEnd_andKeptInPart() throws Exception {
    FilmTools tools = tools("yes complaint | head -c 20000000 >&2; yes | head -c 20000000; exit 3");

    CommandRun run =
        CommandRun.of(List.of(tools.ffmpeg().toString()), folder, FilmLimits.MOST_MEMORY, () -> {});

    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.output()).hasSize(CommandOutput.MOST_KEPT).startsWith("y\n");
    assertThat(run.complaints()).hasSize(CommandOutput.MOST_KEPT).startsWith("complaint\n");
  }

  @Test
  void limits_areLessThanTheAttempt_andManyTimesTheClips() throws Exception {
    FilmLimits limits = FilmLimits.of(Duration.ofHours(2), List.of(clip, clip));

    assertThat(limits.time()).isBetween(Duration.ofMinutes(100), Duration.ofMinutes(115));
    assertThat(limits.bytes()).isGreaterThan(16 * Files.size(clip));
  }

  @Test
  void folderWithTheClips_isGoneAfterwards() throws Exception {
    Path where = folder.resolve("where");
    FilmTools tools = tools("pwd > '%s'; exit 3".formatted(where));

    assertThatThrownBy(
            () ->
                new Film(tools, List.of(clip))
                    .writeTo(
                        film,
                        new FilmLimits(Duration.ofMinutes(5), LARGE, FilmLimits.MOST_MEMORY),
                        () -> {}))
        .isInstanceOf(NotJoinableException.class);

    assertThat(Path.of(Files.readString(where).strip())).isAbsolute().doesNotExist();
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).contains(clip);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "24/1, 24/1, 24/1",
    "30000/1001, 30000/1001, 30000/1001",
    "120/1, 24/1, 120/1",
    "90000/1, 1152000/48007, 24/1",
    "121/1, 5994/100, 60/1",
    "0/0, 24/1, 24/1",
    "1/10, 24/1, 24/1",
    "'', 25/1, 25/1",
  })
  void frameRate_isTheOneThatIsNamed_orTheAverageWhereThatIsNone(
      String named, String average, String rate) {
    assertThat(FrameRate.of(named, average)).contains(rate);
  }

  @ParameterizedTest
  @CsvSource({"90000/1, 90000/1", "0/0, 0/0", "1/100, 1/100", "x, 24", "-24/1, 24/-1"})
  void frameRateThatIsNowhereToBeHad_isNone(String named, String average) {
    assertThat(FrameRate.of(named, average)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "4096, 4096, 24/1, 600.0, ''",
    "4097, 4096, 24/1, 5.0, a clip's pictures are of more than 16 million pixels",
    "2000000000, 2000000000, 24/1, 5.0, a clip's pictures are of more than 16 million pixels",
    "128, 72, 90000/1, 5.0, a clip's frame rate is not from 1 to 120 a second",
    "128, 72, 24/1, 600.1, a clip is longer than 10 minutes",
    "0, 72, 24/1, 5.0, a clip has no video that ffprobe can read"
  })
  void clipBeyondAllMeasure_isNamed(
      long width, long height, String rate, String seconds, String problem) throws Exception {
    String json =
        "{\"streams\":[{\"codec_type\":\"video\",\"width\":%d,\"height\":%d,\"r_frame_rate\":\"%s\",\"duration\":\"%s\"}]}"
            .formatted(width, height, rate, seconds);

    if (problem.isEmpty()) {
      assertThat(ClipStreams.read(json).video().frameRate()).isEqualTo(rate);
    } else {
      assertThatThrownBy(() -> ClipStreams.read(json))
          .isInstanceOf(NotJoinableException.class)
          .hasMessage(problem);
    }
  }

  /** Of a film that nothing makes: ffprobe's, and ffmpeg's for copying and for encoding. */
  private List<String> commandsFor(FilmLimits limits) throws IOException {
    Path commands = folder.resolve("commands");
    String note = "echo \"$0 $@\" >> '%s'; ".formatted(commands);
    FilmTools tools =
        new FilmTools(
            script("ffmpeg", note + "exit 1"),
            script("ffprobe", note + "exec " + FilmFiles.tools().ffprobe() + " \"$@\""));

    assertThatThrownBy(() -> new Film(tools, List.of(clip)).writeTo(film, limits, () -> {}))
        .isInstanceOf(NotJoinableException.class);

    return Files.readAllLines(commands);
  }

  /** The real ffprobe, and an ffmpeg that runs a script. */
  private FilmTools tools(String script) throws IOException {
    return new FilmTools(script("ffmpeg", script), FilmFiles.tools().ffprobe());
  }

  private Path script(String name, String script) throws IOException {
    Path command = Files.writeString(folder.resolve(name), "#!/bin/sh\n" + script + "\n");
    Files.setPosixFilePermissions(command, PosixFilePermissions.fromString("rwx------"));
    return command;
  }
}
