package seedance.activities.store.s3;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A bucket did not do what was asked; the message is for people, without a URL or a key. */
final class BucketException extends IOException {
  private static final long serialVersionUID = 1;

  BucketException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
