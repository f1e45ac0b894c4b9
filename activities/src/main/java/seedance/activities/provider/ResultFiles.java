package seedance.activities.provider;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/**
 * Opens the URLs of results. They come from the service's replies and are not trusted: only {@code
 * https} on public addresses is fetched. The host of the operator's own base URL is excepted, as it
 * may be a local one. No key is ever sent.
 */
public final class ResultFiles implements AutoCloseable {
  private static final int MOST_REDIRECTS = 5;

  private final String trustedHost;
  private final OkHttpClient client;
  private final Clock clock;

  /**
   * @param baseUrl the operator's, as in {@link ProviderSettings}
   */
  public ResultFiles(URI baseUrl) {
    this(baseUrl, Timeouts.DOWNLOAD, Clock.systemUTC());
  }

  ResultFiles(URI baseUrl, Timeouts timeouts, Clock clock) {
    this.trustedHost = HttpUrl.get(baseUrl.toString()).host();
    // Redirects are followed here, each judged like the first URL.
    this.client = timeouts.on(new OkHttpClient.Builder().followRedirects(false)).build();
    this.clock = clock;
  }

  /**
   * Opens the file at {@code url} from its start. The caller closes what is {@link Opened.Open}.
   */
  public Opened open(URI url) {
    HttpUrl next = HttpUrl.parse(url.toString());
    for (int hop = 0; hop <= MOST_REDIRECTS; hop++) {
      String refusal = refusal(next);
      if (refusal != null) {
        return failed(refusal);
      }
      Response response;
      try {
        response = get(next);
      } catch (PublicAddresses.Refused e) {
        return failed("the file's host is not a public one");
      } catch (Exception e) {
        return failed(Breakage.afterArrival(e));
      }
      String location = response.header("Location");
      if (response.code() / 100 != 3 || location == null) {
        return opened(response);
      }
      response.close();
      next = next.resolve(location);
    }
    return failed("the file's host redirects in circles");
  }

  /** Closes idle connections; files that are open stay so. */
  @Override
  public void close() {
    client.connectionPool().evictAll();
  }

  /** Why a URL is not fetched; null where it is. Names are judged when they are resolved. */
  private String refusal(HttpUrl url) {
    if (url == null) {
      return "the file's URL is not http or https";
    }
    if (isTrusted(url)) {
      return null;
    }
    if (!url.isHttps()) {
      return "the file's URL is not https";
    }
    return isPublicIfLiteral(url.host()) ? null : "the file's host is not a public one";
  }

  private boolean isTrusted(HttpUrl url) {
    return url.host().equals(trustedHost);
  }

  /** OkHttp does not ask its resolver about an address that is written out. */
  private static boolean isPublicIfLiteral(String host) {
    boolean literal = host.indexOf(':') >= 0 || host.matches("[0-9.]+");
    try {
      return !literal || PublicAddresses.isPublic(InetAddress.getByName(host));
    } catch (UnknownHostException e) {
      return false;
    }
  }

  private Response get(HttpUrl url) throws IOException {
    OkHttpClient guarded =
        isTrusted(url) ? client : client.newBuilder().dns(new PublicAddresses(url.host())).build();
    Request request =
        new Request.Builder()
            .url(url)
            // Compressed, the file's length and bytes would not be those of the file.
            .header("Accept-Encoding", "identity")
            .header("User-Agent", HttpVideoProvider.USER_AGENT)
            .build();
    return guarded.newCall(request).execute();
  }

  private Opened opened(Response response) {
    int status = response.code();
    if (status == 200) {
      long length = response.body().contentLength();
      return new Opened.Open(
          new FileBytes(response.body().byteStream()),
          length < 0 ? OptionalLong.empty() : OptionalLong.of(length));
    }
    try (response) {
      if (status == 403 || status == 404 || status == 410) {
        return new Opened.Expired("the file's URL is dead (" + status + ")");
      }
      Optional<Duration> retryAfter = RetryAfter.of(response.headers(), clock);
      return new Opened.Failed("the file's host answered " + status, retryAfter);
    }
  }

  private static Opened failed(String what) {
    return new Opened.Failed(what, Optional.empty());
  }

  /** Keeps OkHttp's messages, which may name the URL, out of whatever is made of a failure. */
  private static final class FileBytes extends FilterInputStream {
    FileBytes(InputStream bytes) {
      super(bytes);
    }

    @Override
    public int read() throws IOException {
      try {
        return super.read();
      } catch (IOException e) {
        throw inOurWords(e);
      }
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      try {
        return super.read(into, offset, length);
      } catch (IOException e) {
        throw inOurWords(e);
      }
    }

    private static IOException inOurWords(IOException e) {
      return new IOException(Breakage.duringDownload(e));
    }
  }
}
