package seedance.activities.provider;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import okio.BufferedSink;

/**
 * A create's body, which leaves at most once.
 *
 * <p>OkHttp re-sends a request by itself in more ways than {@code retryOnConnectionFailure(false)}
 * turns off: that flag covers a dropped connection, an HTTP/2 stream that was refused and a 408,
 * but not a 503 with {@code Retry-After: 0}. Being one-shot covers them all, and a second {@link
 * #writeTo} is refused here besides, whatever another version of OkHttp may come to do.
 *
 * <p>It also knows whether it can have arrived whole: a JSON object is none without its last byte,
 * so as long as that byte was not given to OkHttp, no service can have acted on the request.
 */
final class SingleSendBody extends RequestBody {
  private static final MediaType JSON = MediaType.get("application/json");

  private final byte[] json;
  private final AtomicBoolean begun = new AtomicBoolean();
  private volatile boolean lastByteGiven;

  /**
   * @param json a whole JSON object
   */
  SingleSendBody(byte[] json) {
    this.json = json;
  }

  /** Whether the service may have the whole request. Once true it stays so. */
  boolean mayHaveArrived() {
    return lastByteGiven;
  }

  @Override
  public MediaType contentType() {
    return JSON;
  }

  @Override
  public long contentLength() {
    return json.length;
  }

  @Override
  public boolean isOneShot() {
    return true;
  }

  @Override
  public void writeTo(BufferedSink sink) throws IOException {
    if (!begun.compareAndSet(false, true)) {
      throw new IOException("a create is sent once");
    }
    int last = json.length - 1;
    sink.write(json, 0, last);
    lastByteGiven = true;
    sink.writeByte(json[last]);
  }
}
