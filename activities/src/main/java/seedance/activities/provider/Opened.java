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
   * @param bytes its content from there on; a read that fails or stalls throws an {@link
   *     IOException} whose message is in our own words
   * @param from how many bytes of the file come before the first one: 0, or what was asked for
   * @param size how many bytes the whole file has, as its host says; empty where it does not say
   * @param validator what the file can be resumed by, see {@link Resumption}; empty where it cannot
   * @param endIsTold whether the end of {@code bytes} is the end of what the host sent, and not
   *     just of the connection
   */
  record Open(
      InputStream bytes,
      long from,
      OptionalLong size,
      Optional<String> validator,
      boolean endIsTold)
      implements Opened, Closeable {
    public Open {
      Objects.requireNonNull(bytes, "bytes");
      Objects.requireNonNull(size, "size");
      Objects.requireNonNull(validator, "validator");
    }

    @Override
    public void close() throws IOException {
      bytes.close();
    }
  }

  /** The URL is dead (400, 401, 403, 404, 410); a fresh look at the task gives a fresh one. */
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
