package seedance.worker.dev.simulator;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** What the ids of tasks look like: gateways make their own. */
public enum TaskIdForm {
  /** As the service's, {@code cgt-20260606160057-6bbjd}. The default. */
  ARK {
    @Override
    String draw(Instant now, SplittableRandom random) {
      StringBuilder id = new StringBuilder("cgt-").append(ID_TIME.format(now)).append('-');
      IntStream.range(0, 5).forEach(any -> id.append(Character.forDigit(random.nextInt(36), 36)));
      return id.toString();
    }
  },
  /**
   * About 200 characters: a gateway's route to the task in Base64, with {@code /}, {@code +} and
   * {@code =} in it.
   */
  LONG {
    @Override
    String draw(Instant now, SplittableRandom random) {
      byte[] route = new byte[145];
      random.nextBytes(route);
      byte[] own = ARK.draw(now, random).getBytes(StandardCharsets.US_ASCII);
      System.arraycopy(own, 0, route, 0, own.length);
      return "video_" + Base64.getEncoder().encodeToString(route);
    }
  };

  /** SimulatedTask ids bear Beijing's time, wherever the service runs. */
  private static final DateTimeFormatter ID_TIME =
      DateTimeFormatter.ofPattern("yyyyMMddHHmmss").withZone(ZoneOffset.ofHours(8));

  abstract String draw(Instant now, SplittableRandom random);
}
