package seedance.client.inputs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import seedance.client.inputs.MediaFacts.Video;
import seedance.client.inputs.MediaFile.Found;
import seedance.client.inputs.MediaFile.Unreadable;
import seedance.client.inputs.MediaFile.Why;
import seedance.workflows.request.ImageSize;

class MediaFileTest {
  @TempDir Path folder;

  @Test
  void whatIsNoFile_isNamedAsSuch() throws IOException {
    Path empty = Files.createFile(folder.resolve("empty.png"));

    assertThat(MediaFile.read(folder)).isEqualTo(new Unreadable(Why.FOLDER));
    assertThat(MediaFile.read(empty)).isEqualTo(new Unreadable(Why.EMPTY));
    assertThat(MediaFile.read(folder.resolve("none.png"))).isEqualTo(new Unreadable(Why.MISSING));
    assertThat(MediaFile.read(empty.resolve("below.png"))).isInstanceOf(Unreadable.class);
  }

  @Test
  void linkInACircle_isBroken() throws IOException {
    Path link = folder.resolve("link.png");
    Files.createSymbolicLink(link, link);

    assertThat(MediaFile.read(link)).isEqualTo(new Unreadable(Why.BROKEN));
  }

  @Test
  void fileWithoutPermission_isDenied_butToRoot() throws IOException {
    Path file = Files.write(folder.resolve("a.png"), HandMade.png(300, 300));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("---------"));

    if (Files.isReadable(file)) {
      assertThat(MediaFile.read(file)).isInstanceOf(Found.class);
    } else {
      assertThat(MediaFile.read(file)).isEqualTo(new Unreadable(Why.DENIED));
    }
  }

  @Test
  @Timeout(60)
  void pipeAndDevice_areNamed_andNotWaitedFor() throws Exception {
    Path pipe = folder.resolve("pipe.png");
    Path zero = Path.of("/dev/zero");
    Assumptions.assumeTrue(Files.exists(zero), "skipped: there is no /dev/zero");
    Process mkfifo = new ProcessBuilder("mkfifo", pipe.toString()).inheritIO().start();
    assertThat(mkfifo.waitFor(30, TimeUnit.SECONDS)).isTrue();

    assertThat(MediaFile.read(pipe)).isEqualTo(new Unreadable(Why.SPECIAL));
    assertThat(MediaFile.read(zero)).isEqualTo(new Unreadable(Why.SPECIAL));
    Path link = Files.createSymbolicLink(folder.resolve("zero.png"), zero);
    assertThat(MediaFile.read(link)).isEqualTo(new Unreadable(Why.SPECIAL));
    Files.delete(link);
  }

  @ParameterizedTest
  @ValueSource(strings = {"hello", "BM is how many a text begins", "ID3 tags", "RIFF", "{}", "II*"})
  void text_isOfNoKnownType_andNotHashed(String text) throws IOException {
    Found read = read(text.getBytes(StandardCharsets.UTF_8));

    assertThat(read.type()).isEqualTo(InputType.UNKNOWN);
    assertThat(read.facts()).isEqualTo(MediaFacts.NONE);
    assertThat(read.name()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "heic, heic, HEIC",
    "heix, mif1, HEIC",
    "mif1, heic, HEIC",
    "mif1, mif1, HEIF",
    "msf1, hevc, HEIF",
    "mif1, avif, AVIF",
    "avif, mif1, AVIF"
  })
  void heif_isToldByItsBrands(String major, String other, InputType type) throws IOException {
    assertThat(read(HandMade.heic(4_032, 3_024, major, other)).type()).isEqualTo(type);
  }

  @Test
  void heif_hasTheSizeOfThePrimaryImage() throws IOException {
    assertThat(read(HandMade.heic(4_032, 3_024, "heic")).facts().size())
        .contains(new ImageSize(4_032, 3_024));
  }

  @Test
  void turnedClip_hasTheSizeThatIsShown() throws IOException {
    assertThat(read(HandMade.turnedMp4(5_000, 1_920, 1_080)).facts())
        .isEqualTo(video(1_080, 1_920, 5_000, 30));
  }

  @Test
  void clip_isReadFromItsBoxes_howeverLongTheyAre() throws IOException {
    byte[] movie = HandMade.movie(2_000, 24, 640, 360, false);
    byte[] longBox =
        HandMade.joined(HandMade.ints(1), HandMade.letters("mdat"), HandMade.ints(0, 20, 7));
    byte[] toTheEnd = movie.clone();
    System.arraycopy(HandMade.ints(0), 0, toTheEnd, 0, 4);

    assertThat(read(HandMade.joined(HandMade.ftyp("isom"), longBox, toTheEnd)).facts())
        .isEqualTo(video(640, 360, 2_000, 24));
  }

  @Test
  void quickTimeWithoutBrands_isKnown() throws IOException {
    byte[] movie = HandMade.movie(3_000, 25, 640, 360, false);

    Found read = read(HandMade.joined(HandMade.box("wide"), movie));

    assertThat(read.type()).isEqualTo(InputType.MOV);
    assertThat(read.facts()).isEqualTo(video(640, 360, 3_000, 25));
  }

  @Test
  void mp3WithoutAHeader_isCounted_behindItsTag_andWithATagBehind() throws IOException {
    byte[] tag = HandMade.joined(HandMade.letters("ID3\3\0\0\0\0\1\0"), new byte[128]);
    byte[] trailer = HandMade.joined(HandMade.letters("TAG"), new byte[125]);
    byte[] frames = HandMade.mp3(100);

    for (byte[] content :
        new byte[][] {frames, HandMade.joined(tag, frames), HandMade.joined(frames, trailer)}) {
      Found read = read(content);
      assertThat(read.type()).isEqualTo(InputType.MP3);
      assertThat(read.facts().length()).contains(Duration.ofNanos(2_612_245_000L));
    }
  }

  @Test
  void mp3WithSomethingElseInIt_hasNoKnownLength() throws IOException {
    byte[] frames = HandMade.mp3(10);

    Found read = read(HandMade.joined(frames, new byte[5_000], frames));

    assertThat(read.type()).isEqualTo(InputType.MP3);
    assertThat(read.facts().length()).isEmpty();
  }

  @Test
  void mp3ThatWasCutOutOfAStream_isFoundBehindTheRestOfItsFrame() throws IOException {
    Found read = read(HandMade.joined(new byte[300], HandMade.mp3(50)));

    assertThat(read.type()).isEqualTo(InputType.MP3);
    assertThat(read.facts().length()).contains(Duration.ofNanos(1_306_122_000L));
  }

  @Test
  void bigTiff_isATiff_ofUnknownSize() throws IOException {
    Found read =
        read(HandMade.joined(HandMade.letters("II+\0\10\0\0\0\20\0\0\0\0\0\0\0"), new byte[99]));

    assertThat(read.type()).isEqualTo(InputType.TIFF);
    assertThat(read.facts().size()).isEmpty();
  }

  @Test
  void wavOfAPipe_isAsLongAsItsFile() throws IOException {
    byte[] wav = HandMade.joined(HandMade.wavHeader(-1), new byte[48_000]);

    assertThat(read(wav).facts().length()).contains(Duration.ofSeconds(3));
  }

  @Test
  @Timeout(60)
  void hugeFile_isNeitherHashedNorReadWhole() throws IOException {
    for (byte[] start :
        new byte[][] {
          HandMade.png(300, 300),
          HandMade.mp4(2_000, 24, 640, 360),
          HandMade.wavHeader(-1),
          HandMade.mp3(2),
          HandMade.letters("ID3\3\0\0\177\177\177\177"),
          HandMade.letters("II*\0\0\0\0\200"),
          HandMade.ftyp("heic"),
          new byte[8]
        }) {
      Path file = Files.write(folder.resolve("huge"), start);
      try (RandomAccessFile longer = new RandomAccessFile(file.toFile(), "rw")) {
        longer.setLength(1L << 40);
      }

      Found read = (Found) MediaFile.read(file);

      assertThat(read.bytes()).isEqualTo(1L << 40);
      assertThat(read.sha256()).isEmpty();
    }
  }

  private static Video video(int width, int height, long millis, double framesPerSecond) {
    return new Video(
        Optional.of(new ImageSize(width, height)),
        Optional.of(Duration.ofMillis(millis)),
        OptionalDouble.of(framesPerSecond));
  }

  private Found read(byte[] content) throws IOException {
    return (Found) MediaFile.read(Files.write(folder.resolve("file"), content));
  }
}
