package seedance.activities.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import seedance.workflows.generation.Artifact;

/** However a clip is cut, and in whatever pieces it comes. */
class ArrivalPropertiesTest {
  private static final long LARGEST = 1L << 40;

  @Property
  void wholeClipInAnyPieces_isTaken_withTheSameHash(
      @ForAll @IntRange(min = 60, max = 5000) int length,
      @ForAll @Size(min = 1, max = 8) List<@IntRange(min = 1, max = 700) Integer> pieces)
      throws IOException {
    byte[] clip = length % 2 == 0 ? MediaBytes.mp4(length) : MediaBytes.mov(length + 20);
    Arrival inOne = new Arrival(Artifact.Kind.VIDEO, LARGEST);
    inOne.take(clip, 0, clip.length);

    Arrival inPieces = in(clip, pieces);

    assertThat(inPieces.whole(OptionalLong.empty())).isEqualTo(inOne.whole(OptionalLong.empty()));
    assertThat(inPieces.sha256()).isEqualTo(inOne.sha256());
  }

  @Property
  void clipCutAnywhere_isNeverTakenAsWhole(
      @ForAll @IntRange(min = 60, max = 5000) int length,
      @ForAll @IntRange(min = 0, max = 1_000_000) int where,
      @ForAll @Size(min = 1, max = 8) List<@IntRange(min = 1, max = 700) Integer> pieces) {
    byte[] clip = length % 2 == 0 ? MediaBytes.mp4(length) : MediaBytes.mov(length + 20);
    byte[] cut = Arrays.copyOf(clip, where % clip.length);

    assertThatThrownBy(() -> in(cut, pieces).whole(OptionalLong.empty()))
        .isInstanceOf(BrokenDownloadException.class);
    assertThatThrownBy(() -> in(cut, pieces).whole(OptionalLong.of(clip.length)))
        .isInstanceOf(BrokenDownloadException.class);
  }

  @Property
  void anyBytesAfterAnMp4sHead_areJudged_withoutAnyOtherFailure(@ForAll byte[] bytes)
      throws IOException {
    byte[] content = MediaBytes.joined(MediaBytes.ftyp("isom"), bytes);
    try {
      Arrival arrival = new Arrival(Artifact.Kind.VIDEO, LARGEST);
      arrival.take(content, 0, content.length);
      arrival.whole(OptionalLong.empty());
    } catch (BrokenDownloadException checked) {
      assertThat(checked).hasMessageStartingWith("what came ");
    } catch (FileTooLargeException saysThatItIsHuge) {
      assertThat(bytes.length).isGreaterThanOrEqualTo(16);
    }
  }

  private static Arrival in(byte[] content, List<Integer> pieces) throws IOException {
    Arrival arrival = new Arrival(Artifact.Kind.VIDEO, LARGEST);
    int at = 0;
    for (int i = 0; at < content.length; i++) {
      int piece = Math.min(pieces.get(i % pieces.size()), content.length - at);
      arrival.take(content, at, piece);
      at += piece;
    }
    return arrival;
  }
}
