package seedance.client.inputs;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import javax.imageio.ImageIO;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import seedance.client.inputs.MediaFacts.Video;
import seedance.client.inputs.MediaFile.Found;
import seedance.workflows.request.ImageSize;
import seedance.workflows.request.StoredInput;

/** What encoders of others write is read as what it is, whatever it is called. */
class RealFilesTest {
  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(names = {"JPEG", "PNG", "BMP", "GIF", "TIFF"})
  void image_isKnownByItsContent_withItsSize(InputType type) throws Exception {
    Path file = folder.resolve("named-as-something-else.mp3");
    BufferedImage image = new BufferedImage(640, 400, BufferedImage.TYPE_INT_RGB);
    assertThat(ImageIO.write(image, type.word(), file.toFile())).isTrue();

    Found read = read(file);

    assertThat(read.type()).isEqualTo(type);
    assertThat(read.bytes()).isEqualTo(Files.size(file));
    assertThat(read.facts().size()).contains(new ImageSize(640, 400));
    assertThat(read.sha256()).contains(sha256(file));
    assertThat(read.name()).contains(new StoredInput(sha256(file), type.extension()));
  }

  @ParameterizedTest
  @CsvSource({
    "a.webp, WEBP, -lossless 0",
    "a.webp, WEBP, -lossless 1",
    "a.tiff, TIFF, ''",
    "a.jpg, JPEG, ''",
    "a.gif, GIF, ''"
  })
  void imageOfFfmpeg_isKnown_withItsSize(String name, InputType type, String options)
      throws Exception {
    FfmpegFile.assumeFfmpeg();
    String source = "-f lavfi -i testsrc=size=720x300:duration=1 -frames:v 1 " + options;
    Path file = FfmpegFile.made(folder.resolve(name), source.strip().split(" "));

    assertThat(read(file).type()).isEqualTo(type);
    assertThat(read(file).facts().size()).contains(new ImageSize(720, 300));
  }

  @ParameterizedTest
  @CsvSource({
    "a.mp4, MP4, 24, 3, ''",
    "a.mp4, MP4, 30, 2, -movflags +faststart",
    "a.mp4, MP4, 29.97, 2, ''",
    "a.mp4, MP4, 60, 2.5, -bf 2",
    "a.mov, MOV, 25, 2, ''",
    "a.mov, MOV, 24, 2, -movflags +faststart"
  })
  void clip_isKnown_withItsSizeLengthAndRate(
      String name, InputType type, double rate, double seconds, String options) throws Exception {
    FfmpegFile.assumeFfmpeg();
    String[] split = options.isEmpty() ? new String[0] : options.split(" ");
    Found read = read(FfmpegFile.clip(folder.resolve(name), "640x360", rate, seconds, split));

    assertThat(read.type()).isEqualTo(type);
    Video video = (Video) read.facts();
    assertThat(video.size()).contains(new ImageSize(640, 360));
    assertThat(video.length().orElseThrow()).isCloseTo(millis(seconds), Duration.ofMillis(50));
    assertThat(video.framesPerSecond().orElseThrow()).isCloseTo(rate, Offset.offset(0.1));
  }

  @Test
  void clipInFragments_saysNoLength_andIsNotGuessed() throws Exception {
    FfmpegFile.assumeFfmpeg();
    Found read =
        read(
            FfmpegFile.clip(
                folder.resolve("a.mp4"),
                "640x360",
                24,
                2,
                "-movflags",
                "frag_keyframe+empty_moov"));

    assertThat(read.type()).isEqualTo(InputType.MP4);
    Video video = (Video) read.facts();
    assertThat(video.size()).contains(new ImageSize(640, 360));
    assertThat(video.length()).isEmpty();
    assertThat(video.framesPerSecond()).isEmpty();
  }

  @Test
  void clipOfUnevenFrames_hasNoKnownRate() throws Exception {
    FfmpegFile.assumeFfmpeg();
    Found read =
        read(
            FfmpegFile.clip(
                folder.resolve("a.mp4"),
                "640x360",
                30,
                4,
                "-vf",
                "select=not(mod(n\\,3))+lt(n\\,30)",
                "-fps_mode",
                "vfr"));

    assertThat(read.facts().length()).isPresent();
    assertThat(((Video) read.facts()).framesPerSecond()).isEmpty();
  }

  @Test
  void trimmedClip_isAsLongAsItIsShown() throws Exception {
    FfmpegFile.assumeFfmpeg();
    Path whole = FfmpegFile.clip(folder.resolve("a.mp4"), "640x360", 24, 6);
    Path trimmed =
        FfmpegFile.made(
            folder.resolve("b.mp4"), "-ss", "1.5", "-i", whole.toString(), "-t", "2", "-c", "copy");

    assertThat(read(trimmed).facts().length().orElseThrow())
        .isCloseTo(Duration.ofSeconds(2), Duration.ofMillis(100));
  }

  @Test
  void soundInAnMp4_isNoVideo() throws Exception {
    FfmpegFile.assumeFfmpeg();
    Path named = FfmpegFile.made(folder.resolve("a.m4a"), "-f", "lavfi", "-i", "sine=duration=2");
    Path asMp4 = FfmpegFile.made(folder.resolve("a.mp4"), "-f", "lavfi", "-i", "sine=duration=2");

    assertThat(read(named).type()).isEqualTo(InputType.M4A);
    assertThat(read(asMp4).type()).isEqualTo(InputType.M4A);
  }

  @ParameterizedTest
  @CsvSource({
    "a.wav, WAV, ''",
    "a.wav, WAV, -c:a pcm_s24le -ac 2 -ar 48000",
    "a.wav, WAV, -c:a adpcm_ms",
    "a.wav, WAV, -rf64 always",
    "a.mp3, MP3, -b:a 128k",
    "a.mp3, MP3, -q:a 4",
    "a.mp3, MP3, -b:a 64k -write_xing 0",
    "a.mp3, MP3, -b:a 32k -ar 22050 -ac 1 -id3v2_version 3 -metadata title=x",
    "a.mp3, MP3, -b:a 16k -ar 8000 -ac 1 -write_xing 0 -write_id3v1 1 -metadata title=x"
  })
  void audio_isKnown_withItsLength(String name, InputType type, String options) throws Exception {
    FfmpegFile.assumeFfmpeg();
    String arguments = "-f lavfi -i sine=duration=4.5 " + options;
    Found read = read(FfmpegFile.made(folder.resolve(name), arguments.strip().split(" ")));

    assertThat(read.type()).isEqualTo(type);
    assertThat(read.facts().length().orElseThrow())
        .isCloseTo(Duration.ofMillis(4_500), Duration.ofMillis(200)); // encoders fill whole frames
  }

  @ParameterizedTest
  @CsvSource({
    "a.webm, WEBM, -c:v libvpx -b:v 100k",
    "a.avi, AVI, ''",
    "a.ogg, OGG, -vn -c:a libvorbis",
    "a.flac, FLAC, -vn",
    "a.aac, AAC, -vn"
  })
  void whatTheServiceDoesNotTake_isKnown_andNotHashed(String name, InputType type, String options)
      throws Exception {
    FfmpegFile.assumeFfmpeg();
    String source =
        "-f lavfi -i testsrc=size=128x72:duration=1 -f lavfi -i sine=duration=1 " + options;
    Found read = read(FfmpegFile.made(folder.resolve(name), source.strip().split(" ")));

    assertThat(read.type()).isEqualTo(type);
    assertThat(read.type().medium()).isEmpty();
    assertThat(read.sha256()).isEmpty();
  }

  private static Found read(Path file) {
    return (Found) MediaFile.read(file);
  }

  private static Duration millis(double seconds) {
    return Duration.ofMillis(Math.round(1_000 * seconds));
  }

  private static String sha256(Path file) throws Exception {
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
    return HexFormat.of().formatHex(digest);
  }
}
