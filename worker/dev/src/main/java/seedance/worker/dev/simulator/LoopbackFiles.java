package seedance.worker.dev.simulator;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/** Fetches files from this machine, and from nowhere else: a redirect is not followed. */
final class LoopbackFiles implements AutoCloseable {

  private static final Duration AT_MOST = Duration.ofSeconds(5);
  private static final int LARGEST = 64 * 1024 * 1024;

  private final OkHttpClient client =
      new OkHttpClient.Builder().callTimeout(AT_MOST).followRedirects(false).build();

  /** Whether it names this machine by an address or as {@code localhost}; no name is looked up. */
  static boolean reaches(URI url) {
    String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
    String host = url.getHost() == null ? "" : url.getHost().toLowerCase(Locale.ROOT);
    return (scheme.equals("http") || scheme.equals("https"))
        && (host.equals("localhost")
            || host.equals("[::1]")
            || host.matches("127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}"));
  }

  /**
   * Fetches a file.
   *
   * @throws IOException if there is none, it does not come within 5 s, or has more than 64 MB
   */
  byte[] fetch(URI url) throws IOException {
    Request request = new Request.Builder().url(url.toURL()).build();
    try (Response response = client.newCall(request).execute()) {
      if (!response.isSuccessful()) {
        throw new IOException("its host answered " + response.code());
      }
      byte[] file = response.body().byteStream().readNBytes(LARGEST + 1);
      if (file.length > LARGEST) {
        throw new IOException("it is larger than 64 MB");
      }
      return file;
    }
  }

  @Override
  public void close() {
    client.dispatcher().cancelAll();
    client.dispatcher().executorService().shutdown();
    client.connectionPool().evictAll();
  }
}
