package seedance.activities.generation;

import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import seedance.activities.store.CallbackSecret;
import seedance.activities.store.Receipts;
import seedance.workflows.json.Json;

/**
 * Where the service is asked to call back: {@code BASE/callbacks/SUBMISSION/PROOF}, a URL of its
 * own for each submission, which only the store's workers can make, and know again. While the
 * store's secret cannot be had, none is given out and none is known.
 *
 * <p>Safe for use by many threads.
 */
public final class CallbackUrls {
  private static final Logger log = LoggerFactory.getLogger(CallbackUrls.class);

  private static final String FIELD = "callback_url";
  private static final String FOLDER = "/callbacks/";

  /** Behind a proxy, the base URL's own path may be part of it. */
  private static final Pattern PATH =
      Pattern.compile(
          "(?:/.*)?%s([0-9A-Za-z-]{1,64})(?:/([0-9A-Za-z_-]{%d}))?"
              .formatted(FOLDER, CallbackSecret.PROOF_LENGTH));

  /** Whoever calls makes no more reads of a store that does not work. */
  private static final Duration BETWEEN_TRIES = Duration.ofSeconds(30);

  private final Optional<URI> base;
  private final Receipts receipts;
  private final Clock clock;
  private @Nullable CallbackSecret secret;
  private Instant nextTry = Instant.MIN;

  /**
   * @param base under which {@code /callbacks/…} is served; empty to ask for no callbacks
   * @param receipts whose store has the secret
   */
  public CallbackUrls(Optional<URI> base, Receipts receipts, Clock clock) {
    this.base = Objects.requireNonNull(base, "base");
    this.receipts = Objects.requireNonNull(receipts, "receipts");
    this.clock = Objects.requireNonNull(clock, "clock");
  }

  /**
   * The body with the submission's URL, unless it has one of its own. It is the same each time, but
   * where the store's secret could not be had once.
   */
  Json on(Json body, String submissionId) {
    if (base.isEmpty() || !body.isObject() || body.has(FIELD)) {
      return body;
    }
    Optional<CallbackSecret> known = secret();
    return known.isEmpty()
        ? body
        : body.with(
            FIELD,
            base.get().toString().replaceAll("/+$", "")
                + FOLDER
                + submissionId
                + "/"
                + known.get().proofOf(submissionId));
  }

  /**
   * Knows a URL again.
   *
   * @param path of the URL, percent-encoded as it came
   * @return empty where it was not given out
   */
  Optional<TakenCallback> at(String path) {
    Matcher parts = PATH.matcher(path);
    if (!parts.matches()) {
      return Optional.empty();
    }
    String submissionId = parts.group(1);
    String proof = parts.group(2);
    return secret()
        .filter(
            known ->
                proof == null
                    ? known.mayLackProof(clock.instant())
                    : known.isProof(proof, submissionId))
        .map(known -> new TakenCallback(submissionId, proof != null));
  }

  /** Says in the log where it cannot be had. */
  synchronized Optional<CallbackSecret> secret() {
    Instant now = clock.instant();
    if (secret == null && !now.isBefore(nextTry)) {
      try {
        secret = receipts.callbackSecret();
      } catch (IOException e) {
        nextTry = now.plus(BETWEEN_TRIES);
        log.warn(
            "Callbacks are refused, and the service is asked for none, as .receipts/callback-secret"
                + " cannot be had; generations go on by looks: {}",
            StoreTrouble.inWords(e));
      }
    }
    return Optional.ofNullable(secret);
  }
}
