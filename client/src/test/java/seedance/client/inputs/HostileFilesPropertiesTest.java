package seedance.client.inputs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** Whatever bytes a file has, it is read to an answer, soon and within little memory. */
class HostileFilesPropertiesTest {
  /** Far more than any takes, on any machine; what goes round in a circle takes longer. */
  private static final Duration SOON = Duration.ofSeconds(20);

  private static Path folder;

  @BeforeContainer
  static void makeFolder() throws IOException {
    folder = Files.createTempDirectory("hostile");
  }

  @AfterContainer
  static void removeFolder() throws IOException {
    Files.deleteIfExists(folder.resolve("file"));
    Files.delete(folder);
  }

  static List<byte[]> whole() {
    return List.of(
        HandMade.png(640, 360),
        HandMade.letters("GIF89a\u0080\2\u0068\1\0\0\0"),
        HandMade.joined(HandMade.letters("BM"), new byte[12], new byte[] {40, 0, 0, 0}),
        HandMade.letters("RIFF\u0030\0\0\0WEBPVP8X\n\0\0\0"),
        HandMade.letters("\u00ff\u00d8\u00ff\u00e0\0\20JFIF\0"),
        HandMade.letters("II*\0\10\0\0\0\2\0\0\1\3\0\1\0\0\0"),
        HandMade.mp4(3_000, 24, 640, 360),
        HandMade.heic(640, 360, "heic", "mif1"),
        HandMade.wav(10),
        HandMade.mp3(3),
        HandMade.joined(HandMade.letters("ID3\3\0\0\0\0\0\12"), new byte[10], HandMade.mp3(3)));
  }

  @Property(tries = 500)
  void randomBytesBehindARealStart_neverThrow(
      @ForAll("real") byte[] real, @ForAll byte[] rest, @ForAll long seed) throws IOException {
    int kept = (int) Math.floorMod(seed, real.length + 1L);
    assertIsRead(HandMade.joined(Arrays.copyOf(real, kept), rest));
  }

  @Property(tries = 500)
  void realFileWithWrongBytesInIt_neverThrows(@ForAll("real") byte[] real, @ForAll long seed)
      throws IOException {
    byte[] content = real.clone();
    Random random = new Random(seed);
    for (int i = 0; i < 4; i++) {
      content[random.nextInt(content.length)] =
          (byte) (random.nextBoolean() ? 0xff : random.nextInt());
    }
    assertIsRead(content);
  }

  @Example
  void realFileThatIsCut_neverThrows() throws IOException {
    for (byte[] real : whole()) {
      for (int length = 1; length < real.length; length++) {
        assertIsRead(Arrays.copyOf(real, length));
      }
    }
  }

  @Example
  void boxesWithinBoxes_overflowNothing() throws IOException {
    byte[] nested = new byte[400_000];
    for (int at = 0; at < nested.length; at += 8) {
      byte[] box = HandMade.joined(HandMade.ints(nested.length - at), HandMade.letters("moov"));
      System.arraycopy(box, 0, nested, at, 8);
    }
    assertIsRead(HandMade.joined(HandMade.ftyp("isom"), nested));
  }

  @Example
  void millionsOfThingsToLookAt_endSoon() throws IOException {
    byte[] boxes = filled(8 << 20, HandMade.joined(HandMade.ints(8), HandMade.letters("trak")));
    byte[] moov = HandMade.box("moov", boxes);
    byte[] frames = filled(16 << 20, Arrays.copyOf(HandMade.mp3(1), 24));
    byte[] syncs = filled(8 << 20, new byte[] {(byte) 0xff, (byte) 0xfb, (byte) 0x90, 0});
    byte[] chunks = filled(8 << 20, HandMade.letters("JUNK\0\0\0\0"));
    byte[] entries = filled(8 << 20, new byte[] {0, 1, 0, 4, 0, 16, 0, 0, 0, 0, 0, 8});
    byte[] jpeg = filled(8 << 20, HandMade.letters("\u00ff\u00e0\0\2"));

    assertIsRead(HandMade.joined(HandMade.ftyp("isom"), moov));
    assertIsRead(
        HandMade.joined(HandMade.ftyp("heic"), HandMade.box("meta", HandMade.ints(0), boxes)));
    assertIsRead(frames);
    assertIsRead(HandMade.joined(HandMade.letters("ID3\3\0\0\0\0\0\0"), syncs));
    assertIsRead(HandMade.joined(HandMade.letters("RIFF\0\0\0\0WAVE"), chunks));
    assertIsRead(HandMade.joined(HandMade.letters("MM\0*\0\0\0\10\u00ff\u00ff"), entries));
    assertIsRead(HandMade.joined(HandMade.letters("\u00ff\u00d8"), jpeg));
  }

  private static byte[] filled(int length, byte[] pattern) {
    byte[] all = new byte[length / pattern.length * pattern.length];
    for (int at = 0; at < all.length; at += pattern.length) {
      System.arraycopy(pattern, 0, all, at, pattern.length);
    }
    return all;
  }

  @Provide
  Arbitrary<byte[]> real() {
    return Arbitraries.of(whole());
  }

  private static void assertIsRead(byte[] content) throws IOException {
    Path file = Files.write(folder.resolve("file"), content);
    long start = System.nanoTime();

    assertThat(MediaFile.read(file)).isNotNull();

    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(SOON);
  }
}
