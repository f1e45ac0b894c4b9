package seedance.activities.provider;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.ConnectionPool;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import seedance.workflows.request.AnyJson;

/** The service over HTTP, in either dialect. */
public final class HttpVideoProvider implements VideoProvider, AutoCloseable {
  static final String USER_AGENT = "temporal-seedance";

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final Secret key;
  private final HttpUrl tasks;
  private final OkHttpClient creating;
  private final OkHttpClient looking;
  private final Clock clock;

  public HttpVideoProvider(ProviderSettings settings) {
    this(settings, new OkHttpClient(), Timeouts.CREATE, Timeouts.LOOK, Clock.systemUTC());
  }

  HttpVideoProvider(
      ProviderSettings settings,
      OkHttpClient base,
      Timeouts createTimeouts,
      Timeouts lookTimeouts,
      Clock clock) {
    this.key = settings.apiKey();
    this.tasks = settings.tasksUrl();
    this.clock = clock;
    // No redirects: an API that moved is a wrong base URL, and the key must not travel on.
    OkHttpClient strict = base.newBuilder().followRedirects(false).build();
    this.looking = lookTimeouts.on(strict.newBuilder()).build();
    // Every create has a connection of its own: a kept one may have been closed by the other side,
    // which is seen only after sending, and leaves a submission unknown for nothing.
    this.creating =
        createTimeouts
            .on(strict.newBuilder())
            .retryOnConnectionFailure(false)
            .connectionPool(new ConnectionPool(0, 1, TimeUnit.NANOSECONDS))
            .build();
  }

  @Override
  public Creation create(AnyJson body) {
    SingleSendBody sent = new SingleSendBody(write(body));
    Call call = creating.newCall(request(tasks).post(sent).build());
    try (Response response = call.execute()) {
      return CreateReading.of(Reply.read(response, key), clock);
    } catch (Exception e) {
      return sent.mayHaveArrived()
          ? new Creation.Unknown(Breakage.afterArrival(e))
          : new Creation.NotCreated(Breakage.beforeArrival(e), Optional.empty());
    }
  }

  @Override
  public Sighting look(String taskId) {
    if (!TaskId.isOne(taskId)) {
      return new Sighting.NoSuchTask("this cannot be a task's id");
    }
    HttpUrl url = tasks.newBuilder().addPathSegment(taskId).build();
    try (Response response = looking.newCall(request(url).build()).execute()) {
      return LookReading.of(taskId, Reply.read(response, key), clock);
    } catch (Exception e) {
      return new Sighting.NotSeen(Breakage.afterArrival(e), Optional.empty());
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
        .header("User-Agent", USER_AGENT);
  }

  private static byte[] write(AnyJson body) {
    if (!(body.tree() instanceof Map)) {
      throw new IllegalArgumentException("the body is no JSON object; nothing was sent");
    }
    try {
      return MAPPER.writeValueAsBytes(body);
    } catch (JsonProcessingException e) {
      // Without its cause, whose message may quote the body.
      throw new IllegalArgumentException("the body cannot be written as JSON; nothing was sent");
    }
  }
}
