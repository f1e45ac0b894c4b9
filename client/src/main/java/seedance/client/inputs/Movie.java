package seedance.client.inputs;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import seedance.client.inputs.MediaFacts.Video;
import seedance.workflows.request.ImageSize;

/**
 * What an MP4 or QuickTime file says in its {@code moov} box: ISO 14496-12, chapter 8.
 *
 * <p>Our own, as is each reader here: metadata-extractor 2.20.0 was tried, and takes 2 GiB of
 * memory for an MP4 of 40 bytes, overflows the stack on nested boxes, and is busy for as long as a
 * TIFF of 4 MB wishes.
 */
final class Movie {
  private static final Video UNKNOWN =
      new Video(Optional.empty(), Optional.empty(), OptionalDouble.empty());

  private final Box moov;
  private final boolean inFragments;

  private Movie(Box moov) throws IOException {
    this.moov = moov;
    this.inFragments = moov.first("mvex").isPresent();
  }

  /**
   * Returns the facts of the first track of pictures; empty where there are tracks, and none of
   * pictures.
   */
  static Optional<Video> read(FileBytes bytes) throws IOException {
    Optional<Box> moov = Box.whole(bytes).first("moov");
    return moov.isPresent() ? new Movie(moov.get()).video() : Optional.of(UNKNOWN);
  }

  private Optional<Video> video() throws IOException {
    List<Box> tracks = moov.all("trak");
    for (Box track : tracks) {
      Optional<Box> handler = track.first("mdia", "hdlr");
      if (handler.isPresent() && handler.get().word(8).equals("vide")) {
        return Optional.of(new Video(size(track), length(track), framesPerSecond(track)));
      }
    }
    return tracks.isEmpty() ? Optional.of(UNKNOWN) : Optional.empty();
  }

  private static Optional<ImageSize> size(Box track) throws IOException {
    Optional<Box> header = track.first("tkhd");
    if (header.isEmpty()) {
      return Optional.empty();
    }
    Box tkhd = header.get();
    int afterDuration = tkhd.version() == 1 ? 36 : 24;
    int matrix = afterDuration + 16;
    boolean onItsSide = tkhd.i32(matrix) == 0 && tkhd.i32(matrix + 16) == 0;
    // Whole pixels of numbers with 16 bits behind the point.
    int width = tkhd.u16(matrix + 36);
    int height = tkhd.u16(matrix + 40);
    return Optional.of(onItsSide ? new ImageSize(height, width) : new ImageSize(width, height))
        .filter(size -> width > 0 && height > 0);
  }

  /**
   * As long as the pictures are shown. Of a movie in fragments the boxes tell the first part alone,
   * but for one that few files have.
   */
  private Optional<Duration> length(Box track) throws IOException {
    Optional<Clock> movie = clock(moov.first("mvhd"));
    if (inFragments) {
      Optional<Box> whole = moov.first("mvex", "mehd");
      return whole.isPresent() && movie.isPresent()
          ? Seconds.of(duration(whole.get(), 4), movie.get().unitsPerSecond())
          : Optional.empty();
    }
    Optional<Box> shown = track.first("tkhd");
    Optional<Duration> length =
        shown.isPresent() && movie.isPresent()
            ? Seconds.of(
                duration(shown.get(), shown.get().version() == 1 ? 28 : 20),
                movie.get().unitsPerSecond())
            : Optional.empty();
    return length.isPresent() ? length : clock(track.first("mdia", "mdhd")).flatMap(Clock::length);
  }

  private OptionalDouble framesPerSecond(Box track) throws IOException {
    Optional<Clock> media = clock(track.first("mdia", "mdhd"));
    Optional<Box> times = track.first("mdia", "minf", "stbl", "stts");
    if (inFragments || media.isEmpty() || times.isEmpty()) {
      return OptionalDouble.empty();
    }
    Box stts = times.get();
    long entries = Math.min(stts.u32(4), (stts.length() - 8) / 8);
    double frames = 0;
    double units = 0;
    for (long i = 0; i < entries; i++) {
      double count = stts.u32(8 + 8 * i);
      frames += count;
      units += count * stts.u32(12 + 8 * i);
    }
    double perSecond = frames * media.get().unitsPerSecond() / units;
    return frames > 0 && units > 0 && perSecond > 0 && isEven(stts, entries, units / frames, frames)
        ? OptionalDouble.of(perSecond)
        : OptionalDouble.empty();
  }

  /**
   * Whether nine of ten frames are shown for about as long as the average. Of others, such as of a
   * screen that stood still, nobody says which rate the service takes for theirs.
   */
  private static boolean isEven(Box stts, long entries, double average, double frames)
      throws IOException {
    double even = 0;
    for (long i = 0; i < entries; i++) {
      if (Math.abs(stts.u32(12 + 8 * i) - average) <= average / 5) {
        even += stts.u32(8 + 8 * i);
      }
    }
    return even >= 0.9 * frames;
  }

  /** What {@code mvhd} and {@code mdhd} say. */
  private record Clock(double unitsPerSecond, double units) {
    Optional<Duration> length() {
      return Seconds.of(units, unitsPerSecond);
    }
  }

  private static Optional<Clock> clock(Optional<Box> header) throws IOException {
    if (header.isEmpty()) {
      return Optional.empty();
    }
    int at = header.get().version() == 1 ? 20 : 12;
    return Optional.of(new Clock(header.get().u32(at), duration(header.get(), at + 4)));
  }

  /** All ones say that it is not known, and so does 0 here. */
  private static double duration(Box header, int at) throws IOException {
    if (header.version() == 1) {
      return Math.max(0, header.i64(at));
    }
    long units = header.u32(at);
    return units == 0xffff_ffffL ? 0 : units;
  }
}
