package seedance.activities.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static seedance.activities.store.MediaBytes.box;
import static seedance.activities.store.MediaBytes.bytes;
import static seedance.activities.store.MediaBytes.ftyp;
import static seedance.activities.store.MediaBytes.headOf;
import static seedance.activities.store.MediaBytes.joined;
import static seedance.activities.store.MediaBytes.letters;
import static seedance.activities.store.MediaBytes.longBox;
import static seedance.activities.store.MediaBytes.openBox;

import com.google.common.hash.Hashing;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import seedance.workflows.generation.Artifact;

/** A clip is a whole MP4 or MOV, a frame a whole picture, and nothing else is either. */
class ArrivalTest {
  private static final long LARGEST = 1L << 32;
  private static final OptionalLong UNSAID = OptionalLong.empty();
  private static final byte[] MOOV = box("moov", box("mvhd", new byte[100]), box("trak"));
  private static final byte[] MDAT = box("mdat", letters(50));
  private static final byte[] CLIP = joined(ftyp("isom"), MOOV, MDAT);

  static Stream<Arguments> wholeFiles() {
    byte[] tables = box("minf", box("vmhd", new byte[12]), box("stbl", box("stsd"), box("stts")));
    byte[] deep = box("moov", box("trak", box("tkhd"), box("mdia", box("mdhd"), tables)));
    byte[] fourZeros = box("moov", box("trak"), new byte[4]);
    return Stream.of(
        Arguments.of("tracks first", CLIP, MediaType.MP4),
        Arguments.of("tracks last", joined(ftyp("mp42"), MDAT, MOOV), MediaType.MP4),
        Arguments.of("tables", joined(ftyp("isom"), deep, MDAT), MediaType.MP4),
        Arguments.of("free space", joined(CLIP, box("free", letters(9))), MediaType.MP4),
        Arguments.of(
            "64-bit size", joined(ftyp("isom"), MOOV, longBox("mdat", letters(50))), MediaType.MP4),
        Arguments.of("QuickTime", MediaBytes.mov(200), MediaType.QUICKTIME),
        Arguments.of("no ftyp", joined(box("wide"), MDAT, MOOV), MediaType.QUICKTIME),
        Arguments.of("mdat at once", joined(MDAT, MOOV), MediaType.QUICKTIME),
        Arguments.of("moov at once", joined(MOOV, MDAT), MediaType.QUICKTIME),
        Arguments.of("four zeros", joined(ftyp("qt  "), fourZeros, MDAT), MediaType.QUICKTIME),
        Arguments.of(
            "compressed tracks",
            joined(ftyp("qt  "), box("moov", box("cmov", letters(40))), MDAT),
            MediaType.QUICKTIME));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("wholeFiles")
  void wholeClip_isTaken_withItsTypeAndHash(String what, byte[] clip, MediaType type)
      throws Exception {
    Arrival arrival = arrived(Artifact.Kind.VIDEO, clip);

    assertThat(arrival.whole(UNSAID)).isEqualTo(type);
    assertThat(arrival.whole(OptionalLong.of(clip.length))).isEqualTo(type);
    assertThat(arrival.bytes()).isEqualTo(clip.length);
    assertThat(arrival.sha256()).isEqualTo(Hashing.sha256().hashBytes(clip).toString());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("wholeFiles")
  void clipThatBreaksOffAnywhere_isNotTaken(String what, byte[] clip, MediaType type) {
    int withoutWhatIsFree = what.equals("free space") ? CLIP.length : clip.length;
    for (int length = 0; length < clip.length; length++) {
      byte[] cut = Arrays.copyOf(clip, length);
      if (length != withoutWhatIsFree) {
        assertThatThrownBy(() -> arrived(Artifact.Kind.VIDEO, cut).whole(UNSAID))
            .as("%s cut at %d", what, length)
            .isInstanceOf(BrokenDownloadException.class);
      }
    }
  }

  static Stream<Arguments> pictures() {
    return Stream.of(
        Arguments.of(MediaBytes.png(), MediaType.PNG),
        Arguments.of(MediaBytes.jpeg(), MediaType.JPEG),
        Arguments.of(MediaBytes.webp(), MediaType.WEBP));
  }

  @ParameterizedTest
  @MethodSource("pictures")
  void picture_isTakenWhole_andNotCut(byte[] picture, MediaType type) throws Exception {
    assertThat(arrived(Artifact.Kind.LAST_FRAME, picture).whole(UNSAID)).isEqualTo(type);
    assertThat(arrived(Artifact.Kind.LAST_FRAME, joined(picture, bytes("a note"))).whole(UNSAID))
        .isEqualTo(type);
    for (int length = 0; length < picture.length; length++) {
      byte[] cut = Arrays.copyOf(picture, length);
      assertThatThrownBy(() -> arrived(Artifact.Kind.LAST_FRAME, cut).whole(UNSAID))
          .as("cut at %d", length)
          .isInstanceOf(BrokenDownloadException.class);
    }
  }

  @ParameterizedTest
  @MethodSource("pictures")
  void picture_isNoVideo_norAVideoAFrame(byte[] picture, MediaType type) {
    assertThatThrownBy(() -> arrived(Artifact.Kind.VIDEO, picture))
        .isInstanceOf(BrokenDownloadException.class)
        .hasMessage("what came is " + type.mimeType());
    assertThatThrownBy(() -> arrived(Artifact.Kind.LAST_FRAME, CLIP))
        .hasMessage("what came is video/mp4");
  }

  @Test
  void boxToTheEnd_isWhole_onlyWhereTheHostSaysWhereThatIs() throws Exception {
    byte[] media = joined(ftyp("isom"), MOOV, openBox("mdat", letters(50)));
    byte[] tracks = joined(ftyp("isom"), MDAT, openBox("moov", box("trak", box("tkhd"))));

    for (byte[] clip : new byte[][] {media, tracks}) {
      Arrival arrival = arrived(Artifact.Kind.VIDEO, clip);
      assertThat(arrival.whole(OptionalLong.of(clip.length))).isEqualTo(MediaType.MP4);
      assertThatThrownBy(() -> arrival.whole(UNSAID))
          .hasMessage("what came may break off: neither it nor its host says where it ends");
    }
  }

  @Test
  void fragments_areWhole_onlyWhereTheHostSaysHowManyThereAre() throws Exception {
    byte[] clip = joined(ftyp("isom"), MOOV, box("moof", letters(9)), MDAT);
    Arrival arrival = arrived(Artifact.Kind.VIDEO, clip);

    assertThat(arrival.whole(OptionalLong.of(clip.length))).isEqualTo(MediaType.MP4);
    assertThatThrownBy(() -> arrival.whole(UNSAID)).hasMessageContaining("may break off");
  }

  static Stream<Arguments> junk() {
    byte[] half = joined(ftyp("isom"), MOOV);
    return Stream.of(
        Arguments.of("what came is no media file", bytes("<!DOCTYPE html><html>Sign in</html>")),
        Arguments.of(
            "what came is no media file", bytes("{\"error\":{\"code\":\"AccessDenied\"}}")),
        Arguments.of("what came is no media file", bytes("<?xml version=\"1.0\"?><Error/>")),
        Arguments.of("what came is no media file", bytes("RIFF\1\2\3\4WAVE")),
        Arguments.of("what came is no media file", new byte[0]),
        Arguments.of("what came is no media file", bytes("short")),
        Arguments.of(
            "what came is no media file",
            bytes("<!--ftypjp2 --><MPD xmlns=\"urn:mpeg:dash:schema:mpd:2011\"></MPD>\n")),
        Arguments.of("what came has no moov box", joined(ftyp("isom"), MDAT)),
        Arguments.of("what came has no mdat box", half),
        Arguments.of("what came has no mdat box", joined(half, box("mdat"))),
        Arguments.of("what came has no track", joined(ftyp("isom"), box("moov"), MDAT)),
        Arguments.of("what came has a box of no type", joined(CLIP, new byte[20])),
        Arguments.of("what came breaks off inside a box", joined(CLIP, new byte[3])),
        Arguments.of(
            "what came has a box of no type", joined(half, box("md\1t", letters(9)), MDAT)),
        Arguments.of(
            "what came has an open box inside another",
            joined(ftyp("isom"), box("moov", openBox("trak", letters(90))), MDAT)),
        Arguments.of(
            "what came has a box that is larger than what it is in",
            joined(ftyp("isom"), box("moov", longBox("trak"), headOf(99, "trak")), MDAT)),
        Arguments.of(
            "what came has a box of an impossible size", joined(half, headOf(7, "mdat"), MDAT)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("junk")
  void whatIsNoClip_isNotTaken_andSaysWhy(String why, byte[] content) {
    assertThatThrownBy(
            () -> arrived(Artifact.Kind.VIDEO, content).whole(OptionalLong.of(content.length)))
        .isInstanceOf(BrokenDownloadException.class)
        .hasMessage(why);
  }

  @ParameterizedTest
  @ValueSource(longs = {15, 0, -1, Long.MIN_VALUE, Long.MAX_VALUE, LARGEST})
  void longSizeThatCannotBe_isRefusedAtOnce(long size) {
    byte[] head = joined(bytes("\0\0\0\1mdat"), ByteBuffer.allocate(8).putLong(size).array());

    assertThatThrownBy(() -> arrived(Artifact.Kind.VIDEO, joined(ftyp("isom"), MOOV, head)))
        .isInstanceOf(size > 15 ? FileTooLargeException.class : BrokenDownloadException.class);
  }

  @Test
  void longChainOfEmptyBoxes_isGivenUp() {
    byte[] many = new byte[8 * 100_001];
    for (int i = 0; i < many.length; i += 8) {
      System.arraycopy(box("free"), 0, many, i, 8);
    }

    assertThatThrownBy(() -> arrived(Artifact.Kind.VIDEO, joined(ftyp("isom"), many)))
        .hasMessage("what came has too many boxes");
  }

  @Test
  void boxesInBoxes_areNotFollowedBelowTheTables() {
    byte[] nested = new byte[0];
    for (int depth = 0; depth < 2000; depth++) {
      nested = box("moov", nested);
    }
    byte[] clip = joined(ftyp("isom"), box("moov", box("trak", nested)), MDAT);

    assertThatCode(() -> arrived(Artifact.Kind.VIDEO, clip).whole(UNSAID))
        .doesNotThrowAnyException();
  }

  @Test
  void fileOverTheLimit_isGivenUp_asSoonAsItSaysSo() throws Exception {
    Arrival arrival = new Arrival(Artifact.Kind.VIDEO, CLIP.length - 1);
    arrival.take(CLIP, 0, CLIP.length - MDAT.length);

    assertThatThrownBy(() -> arrival.take(CLIP, CLIP.length - MDAT.length, 8))
        .isInstanceOf(FileTooLargeException.class);
  }

  @Test
  void otherSizeThanAnnounced_isSaid() throws Exception {
    assertThatThrownBy(
            () -> arrived(Artifact.Kind.VIDEO, CLIP).whole(OptionalLong.of(CLIP.length + 1)))
        .hasMessage("%d of %d bytes came", CLIP.length, CLIP.length + 1);
  }

  private static Arrival arrived(Artifact.Kind kind, byte[] content) throws IOException {
    Arrival arrival = new Arrival(kind, LARGEST);
    arrival.take(content, 0, content.length);
    return arrival;
  }
}
