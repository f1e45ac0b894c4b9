package seedance.workflows.request;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The kinds of media that a request can hold beside text. */
public enum Medium {
  IMAGE(
      "image",
      "image_url",
      Role.REFERENCE_IMAGE,
      List.of("jpeg", "png", "webp", "bmp", "tiff", "gif", "heic", "heif"),
      30 * Medium.MEBIBYTE - 1,
      "under 30 MB"),
  VIDEO(
      "video",
      "video_url",
      Role.REFERENCE_VIDEO,
      List.of(),
      200 * Medium.MEBIBYTE,
      "at most 200 MB"),
  AUDIO(
      "audio",
      "audio_url",
      Role.REFERENCE_AUDIO,
      List.of("wav", "mp3", "mpeg"),
      15 * Medium.MEBIBYTE,
      "at most 15 MB");

  // The service says MB and not which; the larger reading lets doubtful ones through.
  private static final long MEBIBYTE = 1 << 20;

  /** What a medium is there for. */
  enum Role {
    FIRST_FRAME("first_frame"),
    LAST_FRAME("last_frame"),
    REFERENCE_IMAGE("reference_image"),
    REFERENCE_VIDEO("reference_video"),
    REFERENCE_AUDIO("reference_audio");

    private final String label;

    Role(String label) {
      this.label = label;
    }

    String label() {
      return label;
    }

    static Optional<Role> of(String label) {
      return Arrays.stream(values()).filter(role -> role.label.equals(label)).findFirst();
    }
  }

  private final String word;
  private final String type;
  private final Role reference;
  private final List<String> inlineFormats;
  private final long mostBytes;
  private final String rightSize;

  Medium(
      String word,
      String type,
      Role reference,
      List<String> inlineFormats,
      long mostBytes,
      String rightSize) {
    this.word = word;
    this.type = type;
    this.reference = reference;
    this.inlineFormats = inlineFormats;
    this.mostBytes = mostBytes;
    this.rightSize = rightSize;
  }

  /** The medium's name in data URLs and sentences. */
  public String word() {
    return word;
  }

  /** The content item's {@code type}, and the name of the field that holds the URL. */
  public String type() {
    return type;
  }

  /** The role as a reference. */
  Role reference() {
    return reference;
  }

  /** What of another generation can stand for a medium of this kind; empty for none. */
  Optional<GenerationOutput> output() {
    return switch (this) {
      case IMAGE -> Optional.of(GenerationOutput.LAST_FRAME);
      case VIDEO -> Optional.of(GenerationOutput.VIDEO);
      case AUDIO -> Optional.empty();
    };
  }

  /**
   * Returns what is wrong with a medium of so many bytes, if anything, such as {@code is an image
   * of 31.2 MB: must be under 30 MB}.
   */
  public Optional<String> sizeFault(long bytes) {
    return bytes <= mostBytes
        ? Optional.empty()
        : Optional.of(
            String.format(
                Locale.ROOT,
                "is %s %s of %.1f MB: must be %s",
                this == VIDEO ? "a" : "an",
                word,
                bytes / (double) MEBIBYTE,
                rightSize));
  }

  /** The formats that may come inline as base64; empty where nothing may. */
  List<String> inlineFormats() {
    return inlineFormats;
  }

  /** The roles that a medium of this kind can have. */
  List<String> roles() {
    return this == IMAGE
        ? List.of(Role.FIRST_FRAME.label, Role.LAST_FRAME.label, reference.label)
        : List.of(reference.label);
  }

  /**
   * The kind of a file of an extension, in lower case; empty for what the service takes none of.
   */
  public static Optional<Medium> ofExtension(String extension) {
    return Arrays.stream(values())
        .filter(medium -> medium.fileFormats().contains(format(extension)))
        .findFirst();
  }

  /** As the service calls what files of an extension hold. */
  static String format(String extension) {
    return switch (extension) {
      case "jpg" -> "jpeg";
      case "tif" -> "tiff";
      default -> extension;
    };
  }

  private List<String> fileFormats() {
    return this == VIDEO ? List.of("mp4", "mov") : inlineFormats;
  }

  static Optional<Medium> ofType(String type) {
    return Arrays.stream(values()).filter(medium -> medium.type.equals(type)).findFirst();
  }
}
