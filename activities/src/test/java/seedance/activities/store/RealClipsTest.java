package seedance.activities.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import seedance.workflows.generation.Artifact;

/** What ffmpeg writes, whole and cut. */
class RealClipsTest {
  @TempDir Path folder;

  @BeforeEach
  void needsFfmpeg() {
    boolean isThere =
        Stream.of(System.getenv("PATH").split(File.pathSeparator))
            .anyMatch(path -> Files.isExecutable(Path.of(path, "ffmpeg")));
    Assumptions.assumeTrue(isThere, "skipped: ffmpeg is not on the PATH");
  }

  @ParameterizedTest
  @CsvSource({
    "clip.mp4, '', MP4",
    "clip.mp4, -movflags +faststart, MP4",
    "clip.mov, '', QUICKTIME",
    "clip.mov, -movflags +faststart, QUICKTIME",
    "last.png, -frames:v 1, PNG",
    "last.jpg, -frames:v 1, JPEG",
    "last.webp, -frames:v 1, WEBP"
  })
  void realFile_isTakenWhole_andNotCut(String name, String options, MediaType type)
      throws Exception {
    byte[] content = made(name, options);
    Artifact.Kind kind = name.startsWith("clip") ? Artifact.Kind.VIDEO : Artifact.Kind.LAST_FRAME;

    assertThat(checked(kind, content)).isEqualTo(type);
    for (int length = 0; length < content.length; length += 1 + content.length / 997) {
      byte[] cut = Arrays.copyOf(content, length);
      assertThatThrownBy(() -> checked(kind, cut))
          .as("cut at %d of %d", length, content.length)
          .isInstanceOf(BrokenDownloadException.class);
    }
  }

  @ParameterizedTest
  @CsvSource({"-movflags frag_keyframe+empty_moov", "-movflags dash+global_sidx -g 4"})
  void realFragments_areTaken_whereTheirHostSaysWhereTheyEnd(String options) throws Exception {
    byte[] content = made("clip.mp4", options);
    Arrival arrival = new Arrival(Artifact.Kind.VIDEO, Long.MAX_VALUE);
    arrival.take(content, 0, content.length);

    assertThat(arrival.whole(OptionalLong.of(content.length))).isEqualTo(MediaType.MP4);
    assertThatThrownBy(() -> arrival.whole(OptionalLong.empty()))
        .isInstanceOf(BrokenDownloadException.class);
  }

  private static MediaType checked(Artifact.Kind kind, byte[] content) throws IOException {
    Arrival arrival = new Arrival(kind, Long.MAX_VALUE);
    arrival.take(content, 0, content.length);
    return arrival.whole(OptionalLong.empty());
  }

  private byte[] made(String name, String options) throws Exception {
    List<String> command = new ArrayList<>(List.of("ffmpeg", "-nostdin", "-v", "error", "-y"));
    command.addAll(List.of("-f", "lavfi", "-i", "testsrc=size=128x72:rate=24:duration=1"));
    if (name.startsWith("clip")) {
      command.addAll(List.of("-f", "lavfi", "-i", "sine=duration=1", "-c:v", "libx264"));
      command.addAll(List.of("-pix_fmt", "yuv420p", "-preset", "ultrafast"));
    }
    if (!options.isEmpty()) {
      command.addAll(List.of(options.split(" ")));
    }
    Path file = folder.resolve(name);
    command.add(file.toString());
    Process ffmpeg = new ProcessBuilder(command).inheritIO().start();
    try {
      assertThat(ffmpeg.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(ffmpeg.exitValue()).isZero();
    } finally {
      ffmpeg.destroyForcibly();
    }
    return Files.readAllBytes(file);
  }
}
