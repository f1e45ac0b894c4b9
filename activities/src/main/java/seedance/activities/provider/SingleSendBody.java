package seedance.activities.provider;

import java.io.IOException;
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
 * so as long as that byte was not given to OkHttp, no service can have acted on the request. That
 * byte is held back until the rest is with the operating system, which can take long, and is given
 * only if it is not too late by then.
 */
final class SingleSendBody extends RequestBody {
  private static final MediaType JSON = MediaType.get("application/json");

  private final byte[] json;
  private final Departure departure;
  private volatile boolean lastByteGiven;

  /**
   * @param json a whole JSON object
   */
  SingleSendBody(byte[] json, Departure departure) {
    this.json = json;
    this.departure = departure;
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
    departure.begin();
    int last = json.length - 1;
    sink.write(json, 0, last);
    sink.flush();
    departure.requireInTime();
    lastByteGiven = true;
    sink.writeByte(json[last]);
  }
}
