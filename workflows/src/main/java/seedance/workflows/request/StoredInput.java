package seedance.workflows.request;

import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A medium that a caller put into the operator's store: {@code store://inputs/SHA256.EXTENSION}.
 * When the request is sent, the worker puts what the service can fetch in its place. Nothing else
 * of the store can be named so.
 *
 * @param sha256 of the file, in lower-case hex
 * @param extension which tells what it is, in lower case, such as {@code png}
 */
public record StoredInput(String sha256, String extension) {
  /** Of the store: where inputs are. */
  public static final String FOLDER = "inputs";

  private static final String SCHEME = "store:";

  private static final Pattern URL =
      Pattern.compile("store://" + FOLDER + "/([0-9a-f]{64})\\.([a-z0-9]{2,5})");

  /**
   * @throws IllegalArgumentException if no input has that name
   */
  public StoredInput {
    Objects.requireNonNull(sha256, "sha256");
    Objects.requireNonNull(extension, "extension");
    if (!URL.matcher(url(sha256, extension)).matches() || Medium.ofExtension(extension).isEmpty()) {
      throw new IllegalArgumentException("no input has that name");
    }
  }

  /** Reads one; empty where the text is none that is written right. */
  public static Optional<StoredInput> of(String text) {
    Matcher url = URL.matcher(text);
    return url.matches() && Medium.ofExtension(url.group(2)).isPresent()
        ? Optional.of(new StoredInput(url.group(1), url.group(2)))
        : Optional.empty();
  }

  /** Whether a text begins as they do, be it right or not. */
  static boolean isMeant(String text) {
    return text.regionMatches(true, 0, SCHEME, 0, SCHEME.length());
  }

  /** As a request names it. */
  public String url() {
    return url(sha256, extension);
  }

  private static String url(String sha256, String extension) {
    return SCHEME + "//" + FOLDER + "/" + sha256 + "." + extension;
  }

  /** Its name in the store's folder for inputs. */
  public String fileName() {
    return sha256 + "." + extension;
  }

  /** What whoever fetches it is told that it is, such as {@code image/png}. */
  public String mediaType() {
    return switch (extension) {
      case "mov" -> "video/quicktime";
      case "mp3" -> "audio/mpeg";
      default -> medium().word() + "/" + Medium.format(extension);
    };
  }

  /**
   * What a data URL of it begins with, such as {@code data:image/png;base64,}; empty where the
   * service takes none of its kind inline.
   */
  public Optional<String> inlinePrefix() {
    return Medium.ofExtension(extension)
        .filter(medium -> !medium.inlineFormats().isEmpty())
        .map(medium -> "data:%s/%s;base64,".formatted(medium.word(), Medium.format(extension)));
  }

  Medium medium() {
    return Medium.ofExtension(extension).orElseThrow();
  }
}
