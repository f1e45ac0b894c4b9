package seedance.client.inputs;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * How long a WAV lasts: plain samples by the size of its data, compressed ones by the count of them
 * that the file has. The bytes a second of a compressed one are an average that encoders guess.
 */
final class Wav {
  private static final long NOT_KNOWN_YET = 0xffff_ffffL;

  /** PCM, floating point, A-law and μ-law. */
  private static final Set<Integer> PLAIN = Set.of(1, 3, 6, 7);

  private static final int EXTENSIBLE = 0xfffe;

  private final FileBytes bytes;
  private boolean isPlain;
  private long samplesPerSecond;
  private long bytesPerSecond;
  private long samples;
  private long longData = Long.MAX_VALUE;

  private Wav(FileBytes bytes) {
    this.bytes = bytes;
  }

  static Optional<Duration> length(FileBytes bytes) throws IOException {
    return new Wav(bytes).length();
  }

  private Optional<Duration> length() throws IOException {
    long at = 12;
    while (bytes.has(at, 8)) {
      long size = bytes.u32(at + 4, LITTLE_ENDIAN);
      long content = at + 8;
      switch (bytes.word(at, 4)) {
        case "fmt " -> readFormat(content, size);
        case "fact" -> samples = bytes.u32(content, LITTLE_ENDIAN);
        // EBU Tech 3306, for over 4 GB.
        case "ds64" -> longData = Math.max(0, bytes.i64(content + 8, LITTLE_ENDIAN));
        case "data" -> {
          return length(size == NOT_KNOWN_YET ? longData : size, bytes.size() - content);
        }
        default -> {} // whatever else people put there
      }
      at = content + size + (size & 1);
    }
    return Optional.empty();
  }

  private void readFormat(long at, long size) throws IOException {
    int format = bytes.u16(at, LITTLE_ENDIAN);
    if (format == EXTENSIBLE && size >= 26) {
      format = bytes.u16(at + 24, LITTLE_ENDIAN);
    }
    isPlain = PLAIN.contains(format);
    samplesPerSecond = bytes.u32(at + 4, LITTLE_ENDIAN);
    bytesPerSecond = bytes.u32(at + 8, LITTLE_ENDIAN);
  }

  /** Whoever writes into a pipe cannot say how much it is; then it goes on to the end. */
  private Optional<Duration> length(long declared, long there) {
    return isPlain
        ? Seconds.of(Math.min(declared, there), bytesPerSecond)
        : Seconds.of(samples, samplesPerSecond);
  }
}
