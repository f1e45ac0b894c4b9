package seedance.activities.provider;

import java.time.Duration;
import okhttp3.OkHttpClient;

/**
 * How long the steps of one call may take.
 *
 * @param connect for TCP; DNS comes before it and has the system's own timeout
 * @param write for one piece of the request to leave
 * @param read for the TLS handshake, and for the next piece of the reply to come
 * @param wholeCall from first to last; zero for no limit
 * @param together for all calls that follow one another to one end, which of a file is that it
 *     begins to flow; zero for no limit
 */
record Timeouts(
    Duration connect, Duration write, Duration read, Duration wholeCall, Duration together) {

  /**
   * A create that is given up too early is a task that nobody knows of, so its answer may take
   * almost all of the call: the service looks at the media before it answers. A dead host is known
   * after 10 s, as trying again is free then. 20 s for a piece to leave: a body can have 64 MB of
   * inline media. 75 s for everything: the activity is given 90 s, and the outcome must be known
   * before.
   */
  static final Timeouts CREATE =
      new Timeouts(
          Duration.ofSeconds(10),
          Duration.ofSeconds(20),
          Duration.ofSeconds(70),
          Duration.ofSeconds(75),
          Duration.ZERO);

  /**
   * A look is small and is repeated anyway: a reply that does not begin in 20 s is not worth
   * waiting for. 45 s for everything, with a second try on another address in it, and 50 s where
   * the clip is asked for as well: the activity is given 60 s. A page of a list and a cancel are as
   * small.
   */
  static final Timeouts LOOK =
      new Timeouts(
          Duration.ofSeconds(10),
          Duration.ofSeconds(10),
          Duration.ofSeconds(20),
          Duration.ofSeconds(45),
          Duration.ofSeconds(50));

  /**
   * A download that stalls for 10 s is broken off and resumed by a new attempt, before the activity
   * misses its heartbeat (15 s). No limit for the whole: a 4k clip on a slow line takes its time.
   * But it begins to flow within 60 s, over all redirects: headers that trickle never stall.
   */
  static final Timeouts DOWNLOAD =
      new Timeouts(
          Duration.ofSeconds(10),
          Duration.ofSeconds(10),
          Duration.ofSeconds(10),
          Duration.ZERO,
          Duration.ofSeconds(60));

  /** These with another limit for calls that follow one another. */
  Timeouts withTogether(Duration limit) {
    return new Timeouts(connect, write, read, wholeCall, limit);
  }

  OkHttpClient.Builder on(OkHttpClient.Builder client) {
    return client
        .connectTimeout(connect)
        .writeTimeout(write)
        .readTimeout(read)
        .callTimeout(wholeCall);
  }
}
