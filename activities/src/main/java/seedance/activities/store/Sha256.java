package seedance.activities.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 in lower-case hex, as artifacts, inputs and names have it. */
public final class Sha256 {
  private Sha256() {}

  /** One that takes bytes as they come. */
  public static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** That of what was taken, which begins anew. */
  public static String of(MessageDigest taken) {
    return HexFormat.of().formatHex(taken.digest());
  }

  /** That of a text in UTF-8. */
  public static String of(String text) {
    return HexFormat.of().formatHex(digest().digest(text.getBytes(StandardCharsets.UTF_8)));
  }

  /** That of all that a stream has left. */
  public static String of(InputStream content) throws IOException {
    MessageDigest sha256 = digest();
    new DigestInputStream(content, sha256).transferTo(OutputStream.nullOutputStream());
    return of(sha256);
  }
}
