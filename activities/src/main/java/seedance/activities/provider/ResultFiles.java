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
 * https} on public addresses is fetched. Scheme, host and port of the operator's own base URL are
 * excepted, as it may be a local one. The key is sent below the base URL, as gateways keep clips
 * there for whoever has it (M), and nowhere else, nor once a redirect has led away.
 */
public final class ResultFiles implements AutoCloseable {
  private static final int MOST_REDIRECTS = 5;

  private final ServiceUrls service;
  private final Optional<Secret> key;
  private final OkHttpClient client;
  private final Clock clock;

  /**
   * @param settings of the service whose results these are
   */
  public ResultFiles(ProviderSettings settings) {
    this(settings.urls(), Optional.of(settings.apiKey()), Timeouts.DOWNLOAD, Clock.systemUTC());
  }

  ResultFiles(ServiceUrls service, Optional<Secret> key, Timeouts timeouts, Clock clock) {
    this.service = service;
    this.key = key;
    // Redirects are followed here, each judged like the first URL.
    this.client = timeouts.on(new OkHttpClient.Builder().followRedirects(false)).build();
    this.clock = clock;
  }

  /**
   * Opens the file at {@code url} from its start. The caller closes what is {@link Opened.Open}.
   */
  public Opened open(URI url) {
    return open(url, true);
  }

  /** Whether {@code url} is fetched with the key. */
  public boolean isKeyed(URI url) {
    HttpUrl parsed = HttpUrl.parse(url.toString());
    return parsed != null && service.isBelowBase(parsed);
  }

  /** Whether what is at {@code url} can be had without the key, right now. */
  public boolean isForEveryone(URI url) {
    Opened opened = open(url, false);
    if (opened instanceof Opened.Open open) {
      try (open) {
        return true;
      } catch (IOException e) {
        return true;
      }
    }
    return false;
  }

  private Opened open(URI url, boolean mayHaveTheKey) {
    HttpUrl next = HttpUrl.parse(url.toString());
    boolean stayed = mayHaveTheKey;
    for (int hop = 0; hop <= MOST_REDIRECTS; hop++) {
      String refusal = refusal(next);
      if (refusal != null) {
        return failed(refusal);
      }
      Response response;
      try {
        stayed = stayed && service.isBelowBase(next);
        response = stayed ? withTheKey(next) : get(next, Optional.empty());
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
    return service.isOwnOrigin(url);
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

  /** What is signed as well is refused by some hosts for having a key (H: TOS); then without. */
  private Response withTheKey(HttpUrl url) throws IOException {
    Response response = get(url, key);
    if (response.code() != 400 && response.code() != 403 || key.isEmpty()) {
      return response;
    }
    response.close();
    return get(url, Optional.empty());
  }

  private Response get(HttpUrl url, Optional<Secret> credentials) throws IOException {
    OkHttpClient guarded =
        isTrusted(url) ? client : client.newBuilder().dns(new PublicAddresses(url.host())).build();
    Request.Builder request =
        new Request.Builder()
            .url(url)
            // Compressed, the file's length and bytes would not be those of the file.
            .header("Accept-Encoding", "identity")
            .header("User-Agent", HttpVideoProvider.USER_AGENT);
    credentials.ifPresent(secret -> request.header("Authorization", "Bearer " + secret.reveal()));
    return guarded.newCall(request.build()).execute();
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
