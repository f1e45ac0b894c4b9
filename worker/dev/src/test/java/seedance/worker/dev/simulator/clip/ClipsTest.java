package seedance.worker.dev.simulator.clip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import seedance.worker.dev.simulator.FfProbe;

class ClipsTest {

  @TempDir Path folder;

  private final Clips clips = new Clips(16 * 1024 * 1024);

  static Stream<Arguments> sizes() {
    return Stream.of("480p", "720p", "1080p", "4k")
        .flatMap(
            resolution ->
                Stream.of("16:9", "4:3", "1:1", "3:4", "9:16", "21:9")
                    .map(ratio -> Arguments.of(resolution, ratio)));
  }

  @ParameterizedTest
  @MethodSource("sizes")
  void everySize_isPlayable_withTheAskedPixelsAndLength(String resolution, String ratio)
      throws Exception {
    FfProbe.assumeInstalled();
    PictureSize size = PictureSize.of(resolution, ratio).orElseThrow();
    Path file = write("clip.mp4", clips.video(new ClipSpec(7, size, 24, Container.MP4)));

    JsonNode stream = FfProbe.probe(file).at("/streams/0");
    assertThat(stream.get("codec_name").asText()).isEqualTo("h264");
    assertThat(stream.get("width").asInt()).isEqualTo(size.width());
    assertThat(stream.get("height").asInt()).isEqualTo(size.height());
    assertThat(stream.get("duration").asDouble()).isEqualTo(1.0);
    assertThat(stream.has("side_data_list")).as("a display matrix that turns it").isFalse();
    assertThat(FfProbe.pictures(file)).hasSize(8);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 29, 33, 96, 120, 289, 720})
  void length_isExact_alsoWhereItIsNoMultipleOfAPicture(int ticks) throws Exception {
    FfProbe.assumeInstalled();
    PictureSize size = PictureSize.of("480p", "16:9").orElseThrow();
    JsonNode probe =
        FfProbe.probe(write("clip.mp4", clips.video(new ClipSpec(7, size, ticks, Container.MP4))));
    assertThat(probe.at("/streams/0/duration").asDouble()).isEqualTo(ticks / 24.0, offset(1e-6));
    assertThat(probe.at("/format/duration").asDouble()).isEqualTo(ticks / 24.0, offset(1e-3));
  }

  @Test
  void pictures_moveAllTheTime_andDifferBySeed() throws Exception {
    FfProbe.assumeInstalled();
    List<String> one = FfProbe.pictures(write("1.mp4", clips.video(spec(1, "720p"))));
    List<String> two = FfProbe.pictures(write("2.mp4", clips.video(spec(2, "720p"))));
    assertThat(one).hasSize(40).doesNotHaveDuplicates();
    assertThat(two).hasSize(40).doesNotHaveDuplicates();
    assertThat(new HashSet<>(one)).doesNotContainAnyElementsOf(two);
  }

  @Test
  void decodedColours_areThePaintedOnes() throws Exception {
    FfProbe.assumeInstalled();
    Path clip = write("clip.mp4", clips.video(spec(3, "480p")));
    Path png = write("last.png", clips.lastFrame(spec(3, "480p")));
    String measured =
        FfProbe.run(
            "ffmpeg",
            "-v",
            "error",
            "-i",
            clip,
            "-i",
            png,
            "-lavfi",
            "[0:v]select='eq(n,39)',format=rgb24[a];[1:v]format=rgb24[b];[a][b]psnr=stats_file=-",
            "-f",
            "null",
            "-");
    double psnr = Double.parseDouble(measured.replaceAll("(?s).*psnr_avg:([0-9.]+).*", "$1"));
    // Only the decoder's smoothing of cell borders tells them apart.
    assertThat(psnr).isGreaterThan(35);
  }

  @Test
  void lastFrame_isPngOfTheClipsSize() throws Exception {
    FfProbe.assumeInstalled();
    PictureSize size = PictureSize.of("720p", "21:9").orElseThrow();
    JsonNode stream =
        FfProbe.probe(write("last.png", clips.lastFrame(new ClipSpec(3, size, 120, Container.MP4))))
            .at("/streams/0");
    assertThat(stream.get("codec_name").asText()).isEqualTo("png");
    assertThat(stream.get("width").asInt()).isEqualTo(1470);
    assertThat(stream.get("height").asInt()).isEqualTo(630);
  }

  @Test
  void mov_hasTheQuickTimeBrand() throws Exception {
    FfProbe.assumeInstalled();
    PictureSize size = PictureSize.of("480p", "1:1").orElseThrow();
    Path file = write("clip.mov", clips.video(new ClipSpec(3, size, 48, Container.MOV)));
    assertThat(FfProbe.probe(file).at("/format/tags/major_brand").asText()).isEqualTo("qt  ");
    assertThat(FfProbe.pictures(file)).hasSize(16);
  }

  @Test
  void sameSpec_madeAgain_isTheSameFile() throws Exception {
    byte[] first = new Clips(0).video(spec(5, "480p"));
    long second = System.currentTimeMillis() / 1000;
    // A date in the file would show once the second has changed.
    org.awaitility.Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> System.currentTimeMillis() / 1000 > second);
    assertThat(new Clips(0).video(spec(5, "480p"))).isEqualTo(first);
  }

  @ParameterizedTest
  @ValueSource(ints = {29, 96, 120})
  void clipReadBack_hasItsLength_andItsTailAsItWasPainted(int ticks) throws Exception {
    PictureSize size = PictureSize.of("720p", "4:3").orElseThrow();
    ClipSpec spec = new ClipSpec(9, size, ticks, Container.MOV);
    SourceClip known = SourceClip.of(spec);
    SourceClip read = ClipReader.read(clips.video(spec));
    assertThat(read.length().toMillis()).isCloseTo(known.length().toMillis(), within(1L));
    assertThat(read.tail()).hasSize(8);
    for (int i = 0; i < 8; i++) {
      Mosaic painted = Mosaic.of(known.tail().get(i), size);
      Mosaic seen = Mosaic.of(read.tail().get(i), size);
      int luma = 0;
      int colour = 0;
      for (int row = 0; row < size.rows(); row++) {
        for (int column = 0; column < size.columns(); column++) {
          luma = Math.max(luma, Math.abs(seen.luma(column, row) - painted.luma(column, row)));
          colour = Math.max(colour, Math.abs(seen.blue(column, row) - painted.blue(column, row)));
          colour = Math.max(colour, Math.abs(seen.red(column, row) - painted.red(column, row)));
        }
      }
      assertThat(luma).as("of picture " + i).isLessThanOrEqualTo(1);
      assertThat(colour).as("of picture " + i).isLessThanOrEqualTo(2);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "png, rgb24, 3",
    "jpg, yuvj420p, 4",
    "bmp, bgr24, 3",
    "tiff, rgb24, 3",
    "gif, rgb8, 40"
  })
  void imageFile_ofEveryFormat_hasItsColours(String format, String pixels, int precision)
      throws Exception {
    FfProbe.assumeInstalled();
    Path file = folder.resolve("image." + format);
    FfProbe.run(
        "ffmpeg",
        "-v",
        "error",
        "-f",
        "lavfi",
        "-i",
        "color=0x3366cc:s=5000x400",
        "-frames:v",
        "1",
        "-pix_fmt",
        pixels,
        "-update",
        "1",
        file);
    Picture picture = ImageFile.read(Files.readAllBytes(file)).orElseThrow();
    assertThat(picture.width()).isLessThanOrEqualTo(2000);
    int rgb = picture.rgb(picture.width() / 2, picture.height() - 1);
    assertThat(rgb >> 16 & 0xff).isCloseTo(0x33, within(precision));
    assertThat(rgb >> 8 & 0xff).isCloseTo(0x66, within(precision));
    assertThat(rgb & 0xff).isCloseTo(0xcc, within(precision));
  }

  @Test
  void cache_returnsTheKeptFile_andStaysWithinItsCapacity() {
    int one = clips.video(spec(0, "480p")).length;
    Clips small = new Clips(3L * one);
    byte[] kept = small.video(spec(0, "480p"));
    assertThat(small.video(spec(0, "480p"))).isSameAs(kept);
    for (int seed = 1; seed < 20; seed++) {
      small.video(spec(seed, "480p"));
      assertThat(small.size()).isBetween(1L, 3L * one);
    }
    assertThat(small.video(spec(0, "480p"))).isNotSameAs(kept).isEqualTo(kept);
  }

  @Test
  void coding_isCheap() {
    clips.video(spec(0, "720p"));
    long start = processorTime();
    clips.video(spec(1, "720p"));
    Duration small = Duration.ofNanos(processorTime() - start);
    start = processorTime();
    PictureSize size = PictureSize.of("4k", "16:9").orElseThrow();
    byte[] large = clips.video(new ClipSpec(1, size, 360, Container.MP4));
    Duration big = Duration.ofNanos(processorTime() - start);
    // Measured: 0.04 s and 0.4 s; the limits leave room for a slow machine.
    assertThat(small).isLessThan(Duration.ofMillis(500));
    assertThat(big).isLessThan(Duration.ofSeconds(4));
    assertThat(large.length).isLessThan(8 * 1024 * 1024);
  }

  @Test
  void readingBack_isCheap() throws Exception {
    byte[] clip = clips.video(spec(0, "720p"));
    ClipReader.read(clip);
    long start = processorTime();
    ClipReader.read(clip);
    // Measured: 0.1 s, and 0.8 s the first time ever; the limit leaves room for a slow machine.
    assertThat(Duration.ofNanos(processorTime() - start)).isLessThan(Duration.ofSeconds(5));
  }

  /** Of this thread, so that it does not matter what else the machine does. */
  private static long processorTime() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private static ClipSpec spec(long seed, String resolution) {
    return new ClipSpec(seed, PictureSize.of(resolution, "16:9").orElseThrow(), 120, Container.MP4);
  }

  private Path write(String name, byte[] bytes) throws Exception {
    return Files.write(folder.resolve(name), bytes);
  }
}
