package seedance.activities.store.s3;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.stream.Collectors;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.Buffer;
import okio.ByteString;
import software.amazon.awssdk.services.s3.S3Client;

/** Stands between a worker and a real object store, and does to requests what a test says. */
final class FaultyNetwork extends Dispatcher implements AutoCloseable {

  /** What becomes of a request. */
  enum Fate {
    PASSES,
    /** The store does it, and its reply never comes. */
    REPLY_IS_LOST,
    /** The store refuses it without doing it. */
    SLOW_DOWN,
    EXPIRED_TOKEN,
    ACCESS_DENIED,
    CLOCK_SKEW,
    /** The store takes no notice of {@code If-None-Match}. */
    UNCONDITIONAL,
    NOT_IMPLEMENTED,
    /** The connection ends before the reply's body, whose length was told, begins. */
    CUT,
    /** The connection ends in the middle of it. */
    CUT_IN_HALF,
    /** Something that stands between knows no such path. */
    FOREIGN_404,
    /** Something that stands between has a page for everything. */
    LOGIN_PAGE,
    /** A page with all that a file on a web server has. */
    PAGE_WITH_A_TAG,
    /** Something that stands between writes headers in Go's way. */
    HEADERS_IN_CAPITALS
  }

  private final MockWebServer server = new MockWebServer();
  private final OkHttpClient client = new OkHttpClient();
  private final URI store;
  private final List<String> seen = new CopyOnWriteArrayList<>();
  private volatile Function<String, Fate> fates = request -> Fate.PASSES;

  FaultyNetwork(URI store) {
    this.store = store;
    server.setDispatcher(this);
    try {
      server.start(InetAddress.getLoopbackAddress(), 0);
    } catch (IOException e) {
      throw new IllegalStateException("the network does not start", e);
    }
  }

  URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getPort());
  }

  /**
   * @param fates by a request's method and target, such as {@code PUT /clips/tests/a?partNumber=1}
   */
  void let(Function<String, Fate> fates) {
    this.fates = fates;
  }

  /** Every request that came, in the form of {@link #let}. */
  List<String> seen() {
    return seen;
  }

  @Override
  public MockResponse dispatch(RecordedRequest request) {
    String line = request.getMethod() + " " + request.getTarget();
    seen.add(line);
    Fate fate = fates.apply(line);
    switch (fate) {
      case SLOW_DOWN:
        return error(503, "SlowDown");
      case EXPIRED_TOKEN:
        return error(400, "ExpiredToken");
      case ACCESS_DENIED:
        return error(403, "AccessDenied");
      case CLOCK_SKEW:
        return error(403, "RequestTimeTooSkewed");
      case NOT_IMPLEMENTED:
        return error(501, "NotImplemented");
      case FOREIGN_404:
        return new MockResponse.Builder().code(404).body("404 page not found\n").build();
      case LOGIN_PAGE:
        return page().build();
      case PAGE_WITH_A_TAG:
        return page()
            .setHeader("ETag", "\"page\"")
            .setHeader("Last-Modified", "Tue, 01 Dec 2026 03:00:00 GMT")
            .build();
      case CUT:
        return cut(passedOn(request), 0);
      case CUT_IN_HALF:
        return cut(passedOn(request), 2);
      case HEADERS_IN_CAPITALS:
        return inCapitals(passedOn(request));
      default:
        MockResponse reply = passedOn(request);
        if (fate == Fate.UNCONDITIONAL && reply.getStatus().contains("412")) {
          overwrite(request);
          return new MockResponse.Builder().code(200).setHeader("ETag", "\"1\"").build();
        }
        return fate == Fate.REPLY_IS_LOST
            ? new MockResponse.Builder().onResponseStart(new SocketEffect.CloseSocket()).build()
            : reply;
    }
  }

  /**
   * @param part of the body that comes: a half; 0 for none
   */
  private static MockResponse cut(MockResponse reply, int part) {
    if (reply.getBody() == null) {
      return reply;
    }
    Buffer body = new Buffer();
    try {
      reply.getBody().writeTo(body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    long whole = body.size();
    Buffer sent = new Buffer();
    sent.write(body, part == 0 ? 0 : whole / part);
    return reply
        .newBuilder()
        .body(sent)
        .setHeader("Content-Length", whole)
        .onResponseEnd(new SocketEffect.CloseSocket())
        .build();
  }

  private static MockResponse inCapitals(MockResponse reply) {
    MockResponse.Builder changed = reply.newBuilder();
    for (String name : reply.getHeaders().names()) {
      if (name.startsWith("x-amz-meta-")) {
        String value = reply.getHeaders().values(name).get(0);
        String inCapitals =
            Arrays.stream(name.split("-"))
                .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
                .collect(Collectors.joining("-"));
        changed.removeHeader(name).addHeader(inCapitals, value);
      }
    }
    return changed.build();
  }

  private void overwrite(RecordedRequest request) {
    Map<String, String> metadata = new HashMap<>();
    for (String name : request.getHeaders().names()) {
      if (name.startsWith("x-amz-meta-")) {
        metadata.put(
            name.substring("x-amz-meta-".length()), request.getHeaders().values(name).get(0));
      }
    }
    String key = request.getTarget().substring(("/" + ObjectStoreServer.BUCKET + "/").length());
    try (S3Client s3 = ObjectStoreServer.client(store)) {
      s3.putObject(
          r -> r.bucket(ObjectStoreServer.BUCKET).key(key).metadata(metadata),
          software.amazon.awssdk.core.sync.RequestBody.fromBytes(request.getBody().toByteArray()));
    }
  }

  private MockResponse passedOn(RecordedRequest request) {
    ByteString body = request.getBody();
    boolean hasBody = request.getMethod().equals("PUT") || request.getMethod().equals("POST");
    Request passed =
        new Request.Builder()
            .url(store + request.getTarget())
            .headers(request.getHeaders())
            .method(
                request.getMethod(),
                hasBody
                    ? RequestBody.create((body == null ? ByteString.EMPTY : body).toByteArray())
                    : null)
            .build();
    try (Response reply = client.newCall(passed).execute()) {
      MockResponse.Builder builder =
          new MockResponse.Builder()
              .code(reply.code())
              .headers(reply.headers().newBuilder().removeAll("Transfer-Encoding").build());
      if (!request.getMethod().equals("HEAD")) {
        builder.body(new Buffer().write(reply.body().byteString()));
      }
      return builder.build();
    } catch (IOException e) {
      return error(500, "InternalError");
    }
  }

  private static MockResponse error(int status, String code) {
    return new MockResponse.Builder()
        .code(status)
        .setHeader("Content-Type", "application/xml")
        .body(
            "<?xml version=\"1.0\"?><Error><Code>%s</Code><Message>http://secret</Message></Error>"
                .formatted(code))
        .build();
  }

  @Override
  public void close() {
    server.close();
    client.dispatcher().executorService().shutdown();
    client.connectionPool().evictAll();
  }

  private static MockResponse.Builder page() {
    return new MockResponse.Builder()
        .code(200)
        .setHeader("Content-Type", "text/html")
        .body("<html>Please log in</html>");
  }
}
