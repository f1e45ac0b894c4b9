package seedance.activities.provider;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.ConnectionPool;
import okhttp3.HttpUrl;
import okhttp3.Interceptor;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.BufferedSink;
import org.jspecify.annotations.Nullable;
import seedance.workflows.generation.TaskId;
import seedance.workflows.json.Json;

/** The service over HTTP, in either dialect. */
public final class HttpVideoProvider implements VideoProvider, AutoCloseable {
  static final String USER_AGENT = "temporal-seedance";

  private static final String MISSED =
      "the attempt's own deadline had passed before the request left";

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private static final RequestBody NO_BODY = new EmptyOneShotBody();

  /** For all pages of a list, each as small as a look: the activity is given two minutes. */
  private static final Duration LIST_WITHIN = Duration.ofSeconds(90);

  private final Secret key;
  private final Dialect dialect;
  private final ServiceUrls urls;
  private final OkHttpClient creating;
  private final OkHttpClient looking;
  private final Duration lookWithin;
  private final Duration listWithin;
  private final OkHttpClient cancelling;
  private final ServiceWords words;
  private final Clock clock;

  public HttpVideoProvider(ProviderSettings settings) {
    this(
        settings,
        new OkHttpClient.Builder().socketFactory(new WatchedSockets(Inflow::new)).build(),
        Timeouts.CREATE,
        Timeouts.LOOK,
        LIST_WITHIN,
        Clock.systemUTC());
  }

  HttpVideoProvider(
      ProviderSettings settings,
      OkHttpClient base,
      Timeouts createTimeouts,
      Timeouts lookTimeouts,
      Duration listWithin,
      Clock clock) {
    this.key = settings.apiKey();
    this.dialect = settings.dialect();
    this.urls = settings.urls();
    this.words = settings.words();
    this.clock = clock;
    // No redirects: an API that moved is a wrong base URL, and the key must not travel on.
    OkHttpClient strict = base.newBuilder().followRedirects(false).build();
    this.looking = lookTimeouts.on(strict.newBuilder()).build();
    this.lookWithin = lookTimeouts.together();
    this.listWithin = listWithin;
    // What is sent once has a connection of its own: a kept one may have been closed by the other
    // side, which is seen only after sending, and leaves a submission unknown for nothing.
    OkHttpClient once =
        strict
            .newBuilder()
            .retryOnConnectionFailure(false)
            .connectionPool(new ConnectionPool(0, 1, TimeUnit.NANOSECONDS))
            .build();
    this.creating = createTimeouts.on(once.newBuilder()).build();
    this.cancelling =
        lookTimeouts
            .on(once.newBuilder())
            .addNetworkInterceptor(HttpVideoProvider::departInTime)
            .build();
  }

  /**
   * A request without a body has left whole with its headers, so the clock is asked before them.
   */
  private static Response departInTime(Interceptor.Chain chain) throws IOException {
    chain.request().tag(Departure.class).begin();
    return chain.proceed(chain.request());
  }

  @Override
  public Creation create(Json body, Instant sendBefore) {
    Departure departure = new Departure(sendBefore, clock);
    SingleSendBody sent = new SingleSendBody(write(body), departure);
    Call call = creating.newCall(request(urls.tasks()).post(sent).build());
    try (Response response = call.execute()) {
      return CreateReading.of(Reply.read(response, key), words, clock, body);
    } catch (Exception e) {
      if (sent.mayHaveArrived()) {
        return new Creation.Unknown(Breakage.afterArrival(e));
      }
      return new Creation.NotCreated(
          departure.isMissed() ? MISSED : Breakage.beforeArrival(e), Optional.empty());
    }
  }

  @Override
  public TaskLook look(String taskId, Duration within) {
    if (!TaskId.isOne(taskId)) {
      return new TaskLook.NoSuchTask("this cannot be a task's id");
    }
    Deadline deadline = Deadline.in(lookWithin, within);
    Call call = looking.newCall(request(urls.task(taskId)).build());
    TaskLook look;
    try (Response response = deadline.on(call).execute()) {
      look = new LookReading(words, urls, clock).read(taskId, Reply.read(response, key));
    } catch (Exception e) {
      return new TaskLook.NotSeen(Breakage.afterArrival(e), Optional.empty());
    }
    return look instanceof TaskLook.Seen seen && seen.task().isPuzzle(Puzzle.Kind.NO_VIDEO)
        ? new TaskLook.Seen(lookedFor(seen.task(), deadline))
        : look;
  }

  /** A finished task whose answer names no video: it may be where gateways keep them. */
  private Task lookedFor(Task task, Deadline deadline) {
    Task found = task;
    if (dialect == Dialect.GATEWAY) {
      found = new ClipContent(looking, urls, key, deadline).find(task, request(urls.tasks()));
    }
    return found.isPuzzle(Puzzle.Kind.NO_VIDEO) && task.endedOverADayBefore(clock.instant())
        ? found.cleared()
        : found;
  }

  @Override
  public Listing list(Instant createdFrom, Instant createdUntil) {
    if (dialect != Dialect.ARK) {
      return new Listing.Unsupported();
    }
    TaskPages pages =
        new TaskPages(
            createdFrom, createdUntil, new TaskReading(words, urls, clock.instant()), clock);
    Deadline deadline = Deadline.in(listWithin);
    Optional<Listing> whole = Optional.empty();
    while (whole.isEmpty()) {
      HttpUrl page =
          urls.tasks()
              .newBuilder()
              .addQueryParameter("page_num", String.valueOf(pages.next()))
              .addQueryParameter("page_size", String.valueOf(TaskPages.PAGE_SIZE))
              .build();
      Call call = looking.newCall(request(page).build());
      try (Response response = deadline.on(call).execute()) {
        whole = pages.add(Reply.read(response, key));
      } catch (Exception e) {
        String what = Breakage.afterArrival(e);
        return new Listing.NotListed(
            deadline.isOver()
                ? "the list was not read within %d s".formatted(deadline.within().toSeconds())
                : what,
            Optional.empty());
      }
    }
    return whole.get();
  }

  @Override
  public Cancellation cancel(String taskId, Instant sendBefore) {
    if (dialect != Dialect.ARK) {
      return new Cancellation.Unsupported();
    }
    if (!TaskId.isOne(taskId)) {
      return new Cancellation.NoSuchTask("this cannot be a task's id");
    }
    Departure departure = new Departure(sendBefore, clock);
    Request request =
        request(urls.task(taskId)).delete(NO_BODY).tag(Departure.class, departure).build();
    try {
      departure.requireInTime();
      try (Response response = cancelling.newCall(request).execute()) {
        return CancelReading.of(Reply.read(response, key), words, clock);
      }
    } catch (Exception e) {
      return new Cancellation.NotKnown(
          departure.isMissed() ? MISSED : Breakage.afterArrival(e), Optional.empty());
    }
  }

  /** Closes idle connections; calls under way end as they would. */
  @Override
  public void close() {
    looking.connectionPool().evictAll();
  }

  private Request.Builder request(HttpUrl url) {
    return new Request.Builder()
        .url(url)
        .header("Authorization", "Bearer " + key.reveal())
        .header("Accept", "application/json")
        // Decompressed within limits, which OkHttp has none of; see Reply.
        .header("Accept-Encoding", "gzip")
        .header("User-Agent", USER_AGENT);
  }

  private static byte[] write(Json body) {
    if (!body.isObject()) {
      throw new IllegalArgumentException("the body is no JSON object; nothing was sent");
    }
    try {
      return body.write();
    } catch (IllegalStateException e) {
      // Without its cause, whose message may quote the body.
      throw new IllegalArgumentException("the body cannot be written as JSON; nothing was sent");
    }
  }

  /** A cancel's body, being none. OkHttp repeats by itself what is not one-shot, as on a 503. */
  private static final class EmptyOneShotBody extends RequestBody {
    @Override
    public @Nullable MediaType contentType() {
      return null;
    }

    @Override
    public long contentLength() {
      return 0;
    }

    @Override
    public boolean isOneShot() {
      return true;
    }

    @Override
    public void writeTo(BufferedSink sink) {}
  }
}
