package seedance.activities.store;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import seedance.workflows.generation.Artifact;

/**
 * The media types that the service delivers, told by a file's first bytes: its "PNG" frames were
 * seen to be JPEG, so neither a name nor a header is believed.
 */
public enum MediaType {
  MP4("video/mp4", "mp4"),
  QUICKTIME("video/quicktime", "mov"),
  PNG("image/png", "png"),
  JPEG("image/jpeg", "jpg"),
  WEBP("image/webp", "webp");

  /** How many first bytes {@link #sniff} needs. */
  static final int SNIFFED_BYTES = 12;

  /**
   * What a QuickTime file without {@code ftyp} begins with: Apple's "QuickTime File Format" calls
   * that atom optional and puts the others in no order.
   */
  private static final Set<String> FIRST_WITHOUT_FTYP =
      Set.of("moov", "mdat", "wide", "free", "skip", "pnot");

  private final String mimeType;
  private final String extension;

  MediaType(String mimeType, String extension) {
    this.mimeType = mimeType;
    this.extension = extension;
  }

  /** Such as {@code video/mp4}. */
  public String mimeType() {
    return mimeType;
  }

  /** Of a file's name, without a dot. */
  public String extension() {
    return extension;
  }

  /** The name in a store of a file of this type. */
  public String fileName(Artifact.Kind kind) {
    return kind.fileName() + "." + extension;
  }

  /** Whether a file of a kind may be of this type: a video is no picture, nor a frame a video. */
  public boolean fits(Artifact.Kind kind) {
    boolean isVideo = this == MP4 || this == QUICKTIME;
    return isVideo == (kind != Artifact.Kind.LAST_FRAME);
  }

  static Optional<MediaType> sniff(byte[] head) {
    String box = ascii(head, 4, 4);
    if (box.equals("ftyp")) {
      return Optional.of(ascii(head, 8, 4).equals("qt  ") ? QUICKTIME : MP4);
    }
    if (FIRST_WITHOUT_FTYP.contains(box)) {
      return Optional.of(QUICKTIME);
    }
    if (startsWith(head, 0x89, 'P', 'N', 'G')) {
      return Optional.of(PNG);
    }
    if (startsWith(head, 0xFF, 0xD8, 0xFF)) {
      return Optional.of(JPEG);
    }
    if (ascii(head, 0, 4).equals("RIFF") && ascii(head, 8, 4).equals("WEBP")) {
      return Optional.of(WEBP);
    }
    return Optional.empty();
  }

  /**
   * @param longest how many bytes the file has at most
   */
  FormWalk walk(long longest) {
    return switch (this) {
      case MP4, QUICKTIME -> new BoxWalk(longest);
      case PNG -> new PngWalk();
      case JPEG -> new JpegWalk();
      case WEBP -> new WebpWalk();
    };
  }

  private static boolean startsWith(byte[] head, int... magic) {
    for (int i = 0; i < magic.length; i++) {
      if (i >= head.length || (head[i] & 0xFF) != magic[i]) {
        return false;
      }
    }
    return true;
  }

  private static String ascii(byte[] head, int from, int length) {
    return head.length < from + length
        ? ""
        : new String(head, from, length, StandardCharsets.ISO_8859_1);
  }
}
