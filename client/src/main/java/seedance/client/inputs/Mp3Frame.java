package seedance.client.inputs;

import static java.nio.ByteOrder.BIG_ENDIAN;

import java.io.IOException;
import java.util.Optional;

/**
 * The header of a frame of MPEG audio, layer III.
 *
 * @param version 3 for MPEG-1, 2 for MPEG-2, 0 for MPEG-2.5
 * @param length in bytes, with the header
 * @param samples that it holds
 * @param mono whether it has one channel
 */
record Mp3Frame(int version, int samplesPerSecond, int length, int samples, boolean mono) {
  private static final int MPEG_1 = 3;
  private static final int MPEG_2 = 2;
  private static final int LAYER_3 = 1;

  private static final int[] KILOBITS_1 = {
    32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320
  };
  private static final int[] KILOBITS_2 = {
    8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160
  };
  private static final int[] RATES = {44_100, 48_000, 32_000};

  /** Returns the frame at a place; empty where there is none, or one of a free bit rate. */
  static Optional<Mp3Frame> at(FileBytes bytes, long at) throws IOException {
    return bytes.has(at, 4) ? of(bytes.i32(at, BIG_ENDIAN)) : Optional.empty();
  }

  private static Optional<Mp3Frame> of(int header) {
    int version = header >> 19 & 3;
    int bitRate = header >> 12 & 15;
    int rate = header >> 10 & 3;
    boolean isFrame =
        header >>> 21 == 0x7ff
            && version != 1
            && (header >> 17 & 3) == LAYER_3
            && bitRate > 0
            && bitRate < 15
            && rate < 3;
    if (!isFrame) {
      return Optional.empty();
    }
    boolean first = version == MPEG_1;
    int samples = first ? 1_152 : 576;
    int samplesPerSecond = RATES[rate] / (first ? 1 : version == MPEG_2 ? 2 : 4);
    int bitsPerSecond = 1_000 * (first ? KILOBITS_1 : KILOBITS_2)[bitRate - 1];
    int padding = header >> 9 & 1;
    int length = samples / 8 * bitsPerSecond / samplesPerSecond + padding;
    return Optional.of(
        new Mp3Frame(version, samplesPerSecond, length, samples, (header >> 6 & 3) == 3));
  }

  boolean isOfOneStreamWith(Mp3Frame other) {
    return version == other.version && samplesPerSecond == other.samplesPerSecond;
  }

  /** The bytes between the header and the data, where encoders write how many frames follow. */
  int sideInformation() {
    return version == MPEG_1 ? mono ? 17 : 32 : mono ? 9 : 17;
  }
}
