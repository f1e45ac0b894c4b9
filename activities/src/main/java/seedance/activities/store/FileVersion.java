package seedance.activities.store;

import java.net.URI;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * Which version of which file of its host some bytes are of, so that more can be added to them.
 *
 * @param source stands for the file's URL without its query, which is signed anew each time; two
 *     files of different sources may have the same validator (RFC 9110, 8.8)
 * @param validator what goes into {@code If-Range}: a strong entity tag, or a date
 * @param size how many bytes the whole file has; empty where its host does not say
 */
public record FileVersion(String source, String validator, OptionalLong size) {
  /** Of what a header may hold, the part that every HTTP client sends on. */
  private static final Pattern VALIDATOR = Pattern.compile("[ -~]{1,256}");

  /**
   * @throws IllegalArgumentException when the validator cannot be sent, or the size is negative
   */
  public FileVersion {
    Objects.requireNonNull(source, "source");
    if (!VALIDATOR.matcher(validator).matches() || size.orElse(0) < 0) {
      throw new IllegalArgumentException("there is no such version of a file");
    }
  }

  /** The version of the file at a URL. */
  public static FileVersion of(URI url, String validator, OptionalLong size) {
    return new FileVersion(source(url), validator, size);
  }

  /** Whether this is a version of the file at a URL. */
  public boolean isOf(URI url) {
    return source.equals(source(url));
  }

  /** A hash, as a path may be a secret too. */
  private static String source(URI url) {
    String file = url.getScheme() + "://" + url.getRawAuthority() + url.getRawPath();
    return Sha256.of(file);
  }
}
