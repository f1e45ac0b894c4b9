package seedance.activities.provider;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import okhttp3.Protocol;
import okhttp3.Response;
import okio.Buffer;
import okio.ByteString;
import okio.ForwardingSource;
import okio.GzipSource;
import okio.Okio;
import okio.Source;

/**
 * Tells what a host answered to whoever asked for a file: the file, its rest, or why there is none.
 */
final class FileAnswer {
  /**
   * What a URL that has died answers; 400 and 401 too, as Google Cloud Storage says {@code 400
   * ExpiredToken}. What is refused for a while only is told from it by {@code LostClip}.
   */
  private static final Set<Integer> DEAD = Set.of(400, 401, 403, 404, 410);

  /** What says nothing against asking for the rest another time. */
  private static final Set<Integer> PASSING = Set.of(408, 429, 502, 503, 504);

  /** RFC 1952, 2.3.1. */
  private static final ByteString GZIP = ByteString.decodeHex("1f8b");

  private FileAnswer() {}

  /** Whether an answer to whoever asked for the rest is that, or the whole, or may be it later. */
  static boolean isUsable(Response response, Resumption rest) {
    int status = response.code();
    return status == 200
        || PASSING.contains(status)
        || status == 206 && !isCompressed(response) && rest.isAnsweredBy(response);
  }

  /**
   * Whoever takes what is {@link Opened.Open} closes the response with it; else it is closed here.
   */
  static Opened opened(Response response, Optional<Resumption> rest, Clock clock) {
    int status = response.code();
    boolean isCompressed = isCompressed(response);
    if (status == 200 && isCompressed && beginsAsGzip(response)) {
      return decompressed(response);
    }
    if (status == 200) {
      long length = response.body().contentLength();
      return open(response, 0, length < 0 ? OptionalLong.empty() : OptionalLong.of(length));
    }
    if (rest.isPresent() && status == 206 && !isCompressed && rest.get().isAnsweredBy(response)) {
      return open(response, rest.get().from(), rest.get().sizeToldBy(response));
    }
    if (status == 206 && !isCompressed && Resumption.beginsAtTheStart(response)) {
      return open(response, 0, Resumption.totalToldBy(response));
    }
    try (response) {
      if (DEAD.contains(status)) {
        return new Opened.Expired("the file's URL is dead (" + status + ")");
      }
      Optional<Duration> retryAfter = RetryAfter.of(response.headers(), clock);
      return new Opened.Failed("the file's host answered " + status, retryAfter);
    }
  }

  static boolean isCompressed(Response response) {
    return "gzip".equalsIgnoreCase(response.header("Content-Encoding", "").strip());
  }

  private static Opened open(Response response, long from, OptionalLong size) {
    boolean endIsTold =
        response.body().contentLength() >= 0
            || "chunked".equalsIgnoreCase(response.header("Transfer-Encoding"))
            || response.protocol() != Protocol.HTTP_1_1 && response.protocol() != Protocol.HTTP_1_0;
    return new Opened.Open(
        new FileBytes(response.body().byteStream(), inflow(response)),
        from,
        size,
        Resumption.validator(response.headers()),
        endIsTold);
  }

  /** Stores repeat what an upload once said of itself, and not every file is what was said. */
  private static boolean beginsAsGzip(Response response) {
    try {
      return response.body().source().rangeEquals(0, GZIP);
    } catch (IOException | RuntimeException e) {
      // Whoever reads on is told.
      return true;
    }
  }

  /**
   * As hosts send it of what they keep so, whatever is asked for. What they say of its length and
   * its version is said of that form, which itself says where it ends.
   */
  private static Opened decompressed(Response response) {
    Inflow compressed = new Inflow();
    Source watched =
        new ForwardingSource(response.body().source()) {
          @Override
          public long read(Buffer sink, long most) throws IOException {
            long read = super.read(sink, most);
            compressed.came(read);
            return read;
          }
        };
    return new Opened.Open(
        new FileBytes(
            Okio.buffer(new GzipSource(watched)).inputStream(), inflow(response), compressed),
        0,
        OptionalLong.empty(),
        Optional.empty(),
        true);
  }

  private static Inflow inflow(Response response) {
    return Objects.requireNonNull(response.request().tag(Inflow.class), "inflow");
  }

  /**
   * Keeps OkHttp's messages, which may name the URL, out of whatever is made of a failure. Of a
   * header that makes no sense it throws more than {@link IOException}s.
   */
  private static final class FileBytes extends FilterInputStream {
    private final Inflow[] inflows;

    /**
     * @param inflows what these bytes come of
     */
    FileBytes(InputStream bytes, Inflow... inflows) {
      super(bytes);
      this.inflows = inflows;
    }

    @Override
    public int read() throws IOException {
      try {
        return told(super.read());
      } catch (IOException | RuntimeException e) {
        throw inOurWords(e);
      }
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      try {
        return told(super.read(into, offset, length));
      } catch (IOException | RuntimeException e) {
        throw inOurWords(e);
      }
    }

    private int told(int read) {
      for (Inflow inflow : inflows) {
        inflow.begin();
      }
      return read;
    }

    private static IOException inOurWords(Exception e) {
      return new IOException(Breakage.duringDownload(e));
    }
  }
}
