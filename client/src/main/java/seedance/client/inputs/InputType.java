package seedance.client.inputs;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import seedance.workflows.request.Medium;

/** What a file is by its content: what the service takes, and what people try instead. */
enum InputType {
  JPEG("jpeg", "jpg", Medium.IMAGE),
  PNG("png", "png", Medium.IMAGE),
  WEBP("webp", "webp", Medium.IMAGE),
  BMP("bmp", "bmp", Medium.IMAGE),
  TIFF("tiff", "tiff", Medium.IMAGE),
  GIF("gif", "gif", Medium.IMAGE),
  HEIC("heic", "heic", Medium.IMAGE),
  HEIF("heif", "heif", Medium.IMAGE),
  MP4("mp4", "mp4", Medium.VIDEO),
  MOV("mov", "mov", Medium.VIDEO),
  WAV("wav", "wav", Medium.AUDIO),
  MP3("mp3", "mp3", Medium.AUDIO),
  AVIF("avif", "avif", null),
  WEBM("webm or mkv", "webm", null),
  AVI("avi", "avi", null),
  M4A("m4a", "m4a", null),
  AAC("aac", "aac", null),
  OGG("ogg", "ogg", null),
  FLAC("flac", "flac", null),
  PDF("pdf", "pdf", null),
  /** None of these. */
  UNKNOWN("unknown", "bin", null);

  private final String word;
  private final String extension;
  private final Optional<Medium> medium;

  InputType(String word, String extension, @Nullable Medium medium) {
    this.word = word;
    this.extension = extension;
    this.medium = Optional.ofNullable(medium);
  }

  /** The type in sentences, as the service writes it. */
  public String word() {
    return word;
  }

  /** The usual end of such a file's name, without the point. */
  public String extension() {
    return extension;
  }

  /** What the service takes it for; empty where it takes no such file. */
  public Optional<Medium> medium() {
    return medium;
  }

  /** The words of the types that the service takes for a medium. */
  static List<String> words(Medium medium) {
    return Arrays.stream(values())
        .filter(type -> type.medium.filter(medium::equals).isPresent())
        .map(InputType::word)
        .toList();
  }
}
