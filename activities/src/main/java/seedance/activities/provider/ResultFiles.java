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
import java.util.Set;
import okhttp3.Call;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import okio.ByteString;
import okio.GzipSource;
import okio.Okio;
import org.jspecify.annotations.Nullable;

/**
 * Opens the URLs of results. They come from the service's replies and are not trusted: only {@code
 * https} on public addresses is fetched. Scheme, host and port of the operator's own base URL are
 * excepted, as it may be a local one. The key is sent below the base URL, as gateways keep clips
 * there for whoever has it (M), and nowhere else, nor once a redirect has led away.
 */
public final class ResultFiles implements AutoCloseable {
  private static final int MOST_REDIRECTS = 5;

  /** What hosts answer to a signed URL that comes with a key as well. */
  private static final Set<Integer> HAVING_THE_KEY = Set.of(400, 401, 403);

  /**
   * What a URL that has died answers; 400 and 401 too, as Google Cloud Storage says {@code 400
   * ExpiredToken}. What is refused for a while only is told from it by {@code LostClip}.
   */
  private static final Set<Integer> DEAD = Set.of(400, 401, 403, 404, 410);

  /** What says nothing against asking for the rest another time. */
  private static final Set<Integer> PASSING = Set.of(408, 429, 502, 503, 504);

  /** RFC 1952, 2.3.1. */
  private static final ByteString GZIP = ByteString.decodeHex("1f8b");

  private final ServiceUrls service;
  private final Optional<Secret> key;
  private final OkHttpClient client;
  private final Duration toBegin;
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
    this.toBegin = timeouts.together();
    this.clock = clock;
  }

  /**
   * The limits of one opening, over all of its calls.
   *
   * @param begin until the file flows
   * @param end to the end of the file
   */
  private record Limits(Deadline begin, Deadline end) {
    Response answerOf(Call call) throws IOException {
      return begin.begin(end.on(call));
    }
  }

  private Limits limits(Duration within) {
    return new Limits(Deadline.in(toBegin), Deadline.in(within));
  }

  /**
   * Opens the file at {@code url} from its start. The caller closes what is {@link Opened.Open}.
   */
  public Opened open(URI url) {
    return open(url, Optional.empty(), Duration.ZERO);
  }

  /**
   * Opens the rest of a file, or the whole one where its host does not give the rest, or what it
   * gives is not the rest of that version. The caller closes what is {@link Opened.Open}.
   *
   * @param rest empty for the whole file
   * @param within how long it may take in all, to the end of the file; zero for no limit
   */
  public Opened open(URI url, Optional<Resumption> rest, Duration within) {
    return follow(url, true, rest, limits(within));
  }

  /** Whether {@code url} is fetched with the key. */
  public boolean isKeyed(URI url) {
    HttpUrl parsed = HttpUrl.parse(url.toString());
    return parsed != null && service.isBelowBase(parsed);
  }

  /**
   * Whether what is at {@code url} can be had without the key, right now.
   *
   * @param within after which it counts as what cannot; zero for no limit
   */
  public boolean isForEveryone(URI url, Duration within) {
    Opened opened = follow(url, false, Optional.empty(), limits(within));
    if (opened instanceof Opened.Open open) {
      try (open) {
        return true;
      } catch (IOException e) {
        return true;
      }
    }
    return false;
  }

  private Opened follow(URI url, boolean mayHaveTheKey, Optional<Resumption> rest, Limits limits) {
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
        response =
            stayed ? withTheKey(next, rest, limits) : get(next, Optional.empty(), rest, limits);
      } catch (PublicAddresses.Refused e) {
        return failed("the file's host is not a public one");
      } catch (Exception e) {
        return failed(Breakage.afterArrival(e));
      }
      String location = response.header("Location");
      if (response.code() / 100 != 3 || location == null) {
        if (rest.isEmpty() || isUsable(response, rest.get())) {
          return opened(response, rest);
        }
        response.close();
        return follow(url, mayHaveTheKey, Optional.empty(), limits);
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
  private @Nullable String refusal(@Nullable HttpUrl url) {
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
  private Response withTheKey(HttpUrl url, Optional<Resumption> rest, Limits limits)
      throws IOException {
    Response response = get(url, key, rest, limits);
    if (!HAVING_THE_KEY.contains(response.code()) || key.isEmpty()) {
      return response;
    }
    response.close();
    return get(url, Optional.empty(), rest, limits);
  }

  private Response get(
      HttpUrl url, Optional<Secret> credentials, Optional<Resumption> rest, Limits limits)
      throws IOException {
    OkHttpClient guarded =
        isTrusted(url) ? client : client.newBuilder().dns(new PublicAddresses(url.host())).build();
    Request.Builder request =
        new Request.Builder()
            .url(url)
            // Compressed, the file's length and bytes would not be those of the file.
            .header("Accept-Encoding", "identity")
            .header("User-Agent", HttpVideoProvider.USER_AGENT);
    credentials.ifPresent(secret -> request.header("Authorization", "Bearer " + secret.reveal()));
    rest.ifPresent(resumption -> resumption.askOn(request));
    return limits.answerOf(guarded.newCall(request.build()));
  }

  /** Whether an answer to whoever asked for the rest is that, or the whole, or may be it later. */
  private static boolean isUsable(Response response, Resumption rest) {
    int status = response.code();
    return status == 200
        || PASSING.contains(status)
        || status == 206 && !isCompressed(response) && rest.isAnsweredBy(response);
  }

  private static boolean isCompressed(Response response) {
    return "gzip".equalsIgnoreCase(response.header("Content-Encoding", "").strip());
  }

  private Opened opened(Response response, Optional<Resumption> rest) {
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

  private static Opened open(Response response, long from, OptionalLong size) {
    boolean endIsTold =
        response.body().contentLength() >= 0
            || "chunked".equalsIgnoreCase(response.header("Transfer-Encoding"))
            || response.protocol() != Protocol.HTTP_1_1 && response.protocol() != Protocol.HTTP_1_0;
    return new Opened.Open(
        new FileBytes(response.body().byteStream()),
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
    return new Opened.Open(
        new FileBytes(Okio.buffer(new GzipSource(response.body().source())).inputStream()),
        0,
        OptionalLong.empty(),
        Optional.empty(),
        true);
  }

  private static Opened failed(String what) {
    return new Opened.Failed(what, Optional.empty());
  }

  /**
   * Keeps OkHttp's messages, which may name the URL, out of whatever is made of a failure. Of a
   * header that makes no sense it throws more than {@link IOException}s.
   */
  private static final class FileBytes extends FilterInputStream {
    FileBytes(InputStream bytes) {
      super(bytes);
    }

    @Override
    public int read() throws IOException {
      try {
        return super.read();
      } catch (IOException | RuntimeException e) {
        throw inOurWords(e);
      }
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      try {
        return super.read(into, offset, length);
      } catch (IOException | RuntimeException e) {
        throw inOurWords(e);
      }
    }

    private static IOException inOurWords(Exception e) {
      return new IOException(Breakage.duringDownload(e));
    }
  }
}
