package seedance.activities.provider;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.ConnectionPool;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
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
    this.client =
        timeouts
            .on(new OkHttpClient.Builder().followRedirects(false))
            // A socket is watched by the call that opened it, and serves no other.
            .connectionPool(new ConnectionPool(0, 1, TimeUnit.NANOSECONDS))
            .build();
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
        if (rest.isEmpty() || FileAnswer.isUsable(response, rest.get())) {
          return FileAnswer.opened(response, rest, clock);
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
    Inflow inflow = new Inflow();
    OkHttpClient.Builder guarded =
        client.newBuilder().socketFactory(new WatchedSockets(() -> inflow));
    if (!isTrusted(url)) {
      guarded.dns(new PublicAddresses(url.host()));
    }
    Request.Builder request =
        new Request.Builder()
            .url(url)
            .tag(Inflow.class, inflow)
            // Compressed, the file's length and bytes would not be those of the file.
            .header("Accept-Encoding", "identity")
            .header("User-Agent", HttpVideoProvider.USER_AGENT);
    credentials.ifPresent(secret -> request.header("Authorization", "Bearer " + secret.reveal()));
    rest.ifPresent(resumption -> resumption.askOn(request));
    return limits.answerOf(guarded.build().newCall(request.build()));
  }

  private static Opened failed(String what) {
    return new Opened.Failed(what, Optional.empty());
  }
}
