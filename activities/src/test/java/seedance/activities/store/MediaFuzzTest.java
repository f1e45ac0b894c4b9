package seedance.activities.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.util.OptionalLong;
import seedance.workflows.generation.Artifact;

/** Whatever bytes a file host sends, they are a whole file or refused, however they arrive. */
class MediaFuzzTest {
  private static final long LARGEST = 1L << 32;

  @FuzzTest(maxDuration = "10m")
  void video(byte[] file) {
    arrives(file, Artifact.Kind.VIDEO);
  }

  @FuzzTest(maxDuration = "10m")
  void image(byte[] file) {
    arrives(file, Artifact.Kind.LAST_FRAME);
  }

  private static void arrives(byte[] file, Artifact.Kind kind) {
    String atOnce = verdict(file, kind, Math.max(1, file.length));

    assertThat(verdict(file, kind, 1)).isEqualTo(atOnce);
    assertThat(verdict(file, kind, 7)).isEqualTo(atOnce);
  }

  private static String verdict(byte[] file, Artifact.Kind kind, int piece) {
    Arrival arrival = new Arrival(kind, LARGEST);
    try {
      for (int at = 0; at < file.length; at += piece) {
        arrival.take(file, at, Math.min(piece, file.length - at));
      }
      return arrival.whole(OptionalLong.of(file.length)).toString();
    } catch (IOException refused) {
      return "refused";
    }
  }
}
