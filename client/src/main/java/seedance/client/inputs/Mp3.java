package seedance.client.inputs;

import static java.nio.ByteOrder.BIG_ENDIAN;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How long an MP3 lasts: by the count of frames that encoders write into the first one, or else by
 * counting them. Layer III alone: ISO 11172-3, 2.4.1.3, and ISO 13818-3.
 */
final class Mp3 {
  /** As far as a first frame is searched, behind padding or the rest of a frame that was cut. */
  private static final int LONGEST_SEARCH = 64 << 10;

  /** So many frames that follow one make chance unlikely where it is not right at the start. */
  private static final int PROOF = 3;

  private static final int MOST_TAGS = 8;

  /** What may follow the last frame. */
  private static final List<String> TRAILERS =
      List.of("TAG", "APETAGEX", "LYRICSBEGIN", "ID3", "3DI");

  private Mp3() {}

  /** Returns where the first frame is that others or the end of the file follow. */
  static Optional<Long> firstFrame(FileBytes bytes) throws IOException {
    long start = afterTags(bytes);
    for (long at = start; at <= start + LONGEST_SEARCH && bytes.has(at, 4); at++) {
      if (bytes.u8(at) == 0xff && isFollowed(bytes, at, at == start ? 1 : PROOF)) {
        return Optional.of(at);
      }
    }
    return Optional.empty();
  }

  private static boolean isFollowed(FileBytes bytes, long first, int times) throws IOException {
    Optional<Mp3Frame> frame = Mp3Frame.at(bytes, first);
    long at = first;
    for (int i = 0; i < times && frame.isPresent(); i++) {
      at += frame.get().length();
      if (at == bytes.size() || isTrailer(bytes, at)) {
        return true;
      }
      frame = Mp3Frame.at(bytes, at).filter(frame.get()::isOfOneStreamWith);
    }
    return frame.isPresent();
  }

  private static boolean isTrailer(FileBytes bytes, long at) throws IOException {
    for (String trailer : TRAILERS) {
      if (bytes.says(at, trailer)) {
        return true;
      }
    }
    return false;
  }

  /** Behind tags of ID3 version 2, whose size has seven bits a byte. */
  private static long afterTags(FileBytes bytes) throws IOException {
    long at = 0;
    for (int i = 0; i < MOST_TAGS && bytes.says(at, "ID3") && bytes.has(at, 10); i++) {
      long size = 0;
      for (int digit = 6; digit < 10; digit++) {
        size = size << 7 | bytes.u8(at + digit) & 0x7f;
      }
      boolean hasFooter = (bytes.u8(at + 5) & 0x10) != 0;
      at += 10 + size + (hasFooter ? 10 : 0);
    }
    return at;
  }

  static Optional<Duration> length(FileBytes bytes) throws IOException {
    Optional<Long> first = firstFrame(bytes);
    if (first.isEmpty()) {
      return Optional.empty();
    }
    Optional<Mp3Frame> frame = Mp3Frame.at(bytes, first.get());
    long declared = frame.isPresent() ? declaredFrames(bytes, first.get(), frame.get()) : 0;
    return declared > 0
        ? Seconds.of((double) declared * frame.get().samples(), frame.get().samplesPerSecond())
        : counted(bytes, first.get());
  }

  /** By the header of Xing's or LAME's encoder, or Fraunhofer's; 0 where there is none. */
  private static long declaredFrames(FileBytes bytes, long at, Mp3Frame frame) throws IOException {
    long xing = at + 4 + frame.sideInformation();
    if (bytes.says(xing, "Xing") || bytes.says(xing, "Info")) {
      boolean hasFrames = (bytes.u32(xing + 4, BIG_ENDIAN) & 1) == 1;
      return hasFrames ? bytes.u32(xing + 8, BIG_ENDIAN) : 0;
    }
    long vbri = at + 4 + 32;
    return bytes.says(vbri, "VBRI") ? bytes.u32(vbri + 14, BIG_ENDIAN) : 0;
  }

  /** Not known where something else comes between the frames. */
  private static Optional<Duration> counted(FileBytes bytes, long first) throws IOException {
    double seconds = 0;
    long at = first;
    while (at < bytes.size()) {
      Optional<Mp3Frame> frame = Mp3Frame.at(bytes, at);
      if (frame.isEmpty()) {
        return isTrailer(bytes, at) ? Seconds.of(seconds, 1) : Optional.empty();
      }
      seconds += (double) frame.get().samples() / frame.get().samplesPerSecond();
      at += frame.get().length();
    }
    return Seconds.of(seconds, 1);
  }
}
