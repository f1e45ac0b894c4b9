package seedance.workflows.request;

import java.util.Objects;
import java.util.Optional;

/**
 * Where an input is: {@code http(s)://…}, {@code asset://ID}, an {@link OutputReference}, a {@link
 * StoredInput} or, for images and audio, inline as {@code data:…}. Its {@link #toString()} shows
 * the form only, as a URL may be signed.
 *
 * @param url the URL as the request has it
 */
public record MediaUrl(String url) {
  public MediaUrl {
    Objects.requireNonNull(url, "url");
  }

  /** Whether the medium itself is in the URL. */
  public boolean isInline() {
    return url.startsWith("data:");
  }

  /** What of another generation it is; empty where it is a medium's own URL. */
  public Optional<OutputReference> reference() {
    return OutputReference.of(url);
  }

  @Override
  public String toString() {
    return "MediaUrl[" + (isInline() ? "data" : url.replaceFirst("(?s):.*", "")) + "]";
  }
}
