package seedance.worker;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpHeadersFactory;
import io.netty.handler.codec.http.TooLongHttpHeaderException;

/** Headers of a request, a hundred at most: thousands of tiny ones take far more than they say. */
final class FewHeaders extends DefaultHttpHeaders {
  private static final int MOST = 100;

  static final HttpHeadersFactory FACTORY =
      new HttpHeadersFactory() {
        @Override
        public HttpHeaders newHeaders() {
          return new FewHeaders();
        }

        @Override
        public HttpHeaders newEmptyHeaders() {
          return new FewHeaders();
        }
      };

  @Override
  public HttpHeaders add(String name, Object value) {
    requireRoom();
    return super.add(name, value);
  }

  @Override
  public HttpHeaders add(CharSequence name, Object value) {
    requireRoom();
    return super.add(name, value);
  }

  private void requireRoom() {
    if (size() >= MOST) {
      throw new TooLongHttpHeaderException("more than " + MOST + " headers");
    }
  }
}
