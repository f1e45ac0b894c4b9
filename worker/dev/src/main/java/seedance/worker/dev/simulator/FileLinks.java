package seedance.worker.dev.simulator;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs the URLs of files, and checks them again when they are used. */
final class FileLinks {

  /** What a URL is worth. */
  enum Verdict {
    VALID,
    EXPIRED,
    FORGED
  }

  static final String FOLDER = "/files/";

  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmssX").withZone(ZoneOffset.UTC);

  private final Clock clock;
  private final Duration lifetime;
  private final SecretKeySpec secret;
  private final AtomicLong issued = new AtomicLong();

  FileLinks(Clock clock, Duration lifetime, long seed) {
    this.clock = clock;
    this.lifetime = lifetime;
    this.secret =
        new SecretKeySpec(("simulator " + seed).getBytes(StandardCharsets.UTF_8), "HmacSHA256");
  }

  /** A URL of the file that no one got before. */
  URI issue(URI base, String account, String taskId, String file) {
    String path = FOLDER + account + "/" + Segment.encoded(taskId) + "/" + file;
    String terms =
        "X-Tos-Algorithm=TOS4-HMAC-SHA256&X-Tos-Date="
            + DATE.format(clock.instant())
            + "&X-Tos-Expires="
            + lifetime.toSeconds()
            + "&X-Tos-Nonce="
            + issued.incrementAndGet();
    return base.resolve(path + "?" + terms + "&X-Tos-Signature=" + signature(path, terms));
  }

  Verdict check(URI url) {
    String query = url.getRawQuery() == null ? "" : url.getRawQuery();
    int end = query.lastIndexOf("&X-Tos-Signature=");
    if (end < 0) {
      return Verdict.FORGED;
    }
    String terms = query.substring(0, end);
    String given = query.substring(query.indexOf('=', end) + 1);
    byte[] expected = signature(url.getRawPath(), terms).getBytes(StandardCharsets.US_ASCII);
    if (!MessageDigest.isEqual(expected, given.getBytes(StandardCharsets.UTF_8))) {
      return Verdict.FORGED;
    }
    Map<String, String> fields = Query.parse(terms).single();
    try {
      Instant expiry =
          Instant.from(DATE.parse(fields.get("X-Tos-Date")))
              .plusSeconds(Long.parseLong(fields.get("X-Tos-Expires")));
      return clock.instant().isBefore(expiry) ? Verdict.VALID : Verdict.EXPIRED;
    } catch (DateTimeException | NumberFormatException e) {
      return Verdict.FORGED;
    }
  }

  private String signature(String path, String terms) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(secret);
      return HexFormat.of()
          .formatHex(mac.doFinal((path + "?" + terms).getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HmacSHA256", e);
    }
  }
}
