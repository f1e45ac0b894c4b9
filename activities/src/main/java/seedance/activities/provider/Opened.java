package seedance.activities.provider;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/** What became of opening a result's URL. Every {@code what} is in our own words, without a URL. */
public sealed interface Opened {

  /**
   * The file flows.
   *
   * @param bytes its content; a read that fails or stalls throws an {@link IOException} whose
   *     message is in our own words
   * @param contentLength what the file host says it has; empty where it does not say
   */
  record Open(InputStream bytes, OptionalLong contentLength) implements Opened, Closeable {
    public Open {
      Objects.requireNonNull(bytes, "bytes");
      Objects.requireNonNull(contentLength, "contentLength");
    }

    @Override
    public void close() throws IOException {
      bytes.close();
    }
  }

  /** The URL is dead (403, 404, 410); a fresh look at the task gives a fresh one. */
  record Expired(String what) implements Opened {
    public Expired {
      Objects.requireNonNull(what, "what");
    }
  }

  /**
   * Not now, for a reason that may pass, or a URL that is not fetched at all.
   *
   * @param retryAfter what the file host asked for; empty where it did not ask
   */
  record Failed(String what, Optional<Duration> retryAfter) implements Opened {
    public Failed {
      Objects.requireNonNull(what, "what");
      Objects.requireNonNull(retryAfter, "retryAfter");
    }
  }
}
