package seedance.activities.store.s3;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/**
 * An object's bytes, which end only where the store said that they would: over the JDK's client, a
 * connection that breaks off looks like the end of a shorter object.
 */
final class WholeObject extends FilterInputStream {
  private final long bytes;
  private long came;

  WholeObject(ResponseInputStream<GetObjectResponse> content) {
    super(content);
    Long told = content.response().contentLength();
    this.bytes = told == null ? 0 : told;
  }

  private interface Reading {
    int read() throws IOException;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] to, int offset, int length) throws IOException {
    int read = inWords(() -> in.read(to, offset, length));
    if (read > 0) {
      came += read;
    } else if (read < 0 && came < bytes) {
      throw new IOException("the bucket's reply broke off");
    }
    return read;
  }

  /** The library throws what is unchecked, also where this thread is interrupted. */
  private static int inWords(Reading reading) throws IOException {
    try {
      return reading.read();
    } catch (SdkException e) {
      throw Troubles.inWords(e, "s3:GetObject");
    } catch (UncheckedIOException e) {
      throw Troubles.unreached(e);
    }
  }

  @Override
  public long skip(long bytes) throws IOException {
    throw new IOException("an object is read from its beginning to its end");
  }

  @Override
  public boolean markSupported() {
    return false;
  }
}
