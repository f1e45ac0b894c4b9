package seedance.activities.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import seedance.workflows.request.StoredInput;

/** A caller's file on its way to where its hash is its name. */
public final class HashedInput {
  private static final int BUFFER_BYTES = 64 * 1024;

  private HashedInput() {}

  /** Takes a file's next bytes. */
  public interface Taker {
    void take(ByteBuffer bytes) throws IOException;
  }

  /**
   * Hands a file's bytes on.
   *
   * @throws IOException once all were, if they have another hash than the name says
   */
  public static void copy(InputStream from, StoredInput name, Taker to) throws IOException {
    MessageDigest sha256 = Sha256.digest();
    byte[] buffer = new byte[BUFFER_BYTES];
    for (int read = from.read(buffer); read > 0; read = from.read(buffer)) {
      sha256.update(buffer, 0, read);
      to.take(ByteBuffer.wrap(buffer, 0, read));
    }
    require(sha256, name);
  }

  /**
   * Reads a file to its end.
   *
   * @return its MD5 in base64, by which a store knows what it is given
   * @throws IOException if it has another hash than the name says
   */
  public static String md5(InputStream file, StoredInput name) throws IOException {
    MessageDigest md5 = md5Digest();
    copy(file, name, md5::update);
    return Base64.getEncoder().encodeToString(md5.digest());
  }

  /**
   * Requires that bytes are those of a name.
   *
   * @throws IOException if they are not
   */
  public static void require(byte[] content, StoredInput name) throws IOException {
    MessageDigest sha256 = Sha256.digest();
    sha256.update(content);
    require(sha256, name);
  }

  private static void require(MessageDigest sha256, StoredInput name) throws IOException {
    if (!Sha256.of(sha256).equals(name.sha256())) {
      throw new IOException("an input has another hash than its name says");
    }
  }

  private static MessageDigest md5Digest() {
    try {
      return MessageDigest.getInstance("MD5");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has MD5", e);
    }
  }
}
