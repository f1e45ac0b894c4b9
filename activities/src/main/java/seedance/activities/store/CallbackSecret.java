package seedance.activities.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Objects;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import seedance.workflows.json.IsoTime.IsoInstant;
import seedance.workflows.json.WireForm;

/**
 * What a store's workers know and nobody else: with it they prove that a URL for callbacks is one
 * that was given out for a submission. It never shows itself.
 */
public final class CallbackSecret {
  /** Of a proof: HMAC-SHA256 in base64url, without padding. */
  public static final int PROOF_LENGTH = 43;

  /** For how long a callback can matter: a task lives 7 days at the service. */
  static final Duration TASK_MATTERS_FOR = Duration.ofDays(8);

  private static final String ALGORITHM = "HmacSHA256";
  private static final int KEY_BYTES = 32;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final byte[] key;
  private final Optional<Instant> unprovenUntil;

  private CallbackSecret(byte[] key, Optional<Instant> unprovenUntil) {
    this.key = key;
    this.unprovenUntil = unprovenUntil;
  }

  /**
   * @param unprovenUntil until when URLs without a proof may be of this store, as an earlier
   *     version gave them out; empty for never
   */
  static CallbackSecret random(Optional<Instant> unprovenUntil) {
    byte[] key = new byte[KEY_BYTES];
    new SecureRandom().nextBytes(key);
    return new CallbackSecret(key, unprovenUntil);
  }

  /**
   * @throws IOException when that is no secret
   */
  static CallbackSecret read(byte[] json) throws IOException {
    try {
      Note note = JSON.readValue(json, Note.class);
      byte[] key = Base64.getUrlDecoder().decode(note.key());
      if (key.length == KEY_BYTES) {
        return new CallbackSecret(key, Optional.ofNullable(note.unprovenUntil()));
      }
    } catch (IOException | RuntimeException e) {
      // Its message would quote what is read.
    }
    throw new IOException("the secret of its callbacks makes no sense");
  }

  byte[] json() {
    try {
      return JSON.writeValueAsBytes(new Note(encoded(key), unprovenUntil.orElse(null)));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a note is always JSON", e);
    }
  }

  /** The proof that a URL is of a submission; always the same, {@link #PROOF_LENGTH} characters. */
  public String proofOf(String submissionId) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key, ALGORITHM));
      return encoded(mac.doFinal(submissionId.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + ALGORITHM, e);
    }
  }

  /** Whether that is a submission's proof; as long in doubt as without. */
  public boolean isProof(String proof, String submissionId) {
    return MessageDigest.isEqual(
        proofOf(submissionId).getBytes(StandardCharsets.US_ASCII),
        proof.getBytes(StandardCharsets.UTF_8));
  }

  /** Whether a URL without a proof may still be one that an earlier version gave out. */
  public boolean mayLackProof(Instant now) {
    return unprovenUntil.filter(now::isBefore).isPresent();
  }

  private static String encoded(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  @Override
  public String toString() {
    return "***";
  }

  /**
   * @param unprovenUntil null for never
   */
  @WireForm
  private record Note(String key, @IsoInstant @Nullable Instant unprovenUntil) {
    Note {
      Objects.requireNonNull(key, "key");
    }
  }
}
