package seedance.activities.provider;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/**
 * Whatever bytes a service answers, they are read, and what is made of them is short. An input's
 * first byte, a digit in the seeds, says the status; the rest is the body.
 */
class ReplyFuzzTest {
  private static final List<Integer> STATUSES =
      List.of(200, 201, 204, 400, 401, 404, 409, 429, 500, 503);

  private static final ServiceWords WORDS = ServiceWords.builtIn();
  private static final ServiceUrls URLS = TestServer.urls(Dialect.ARK.defaultBaseUrl());

  /** Nothing that a reply says is passed on at length. */
  private static final int LONGEST = 10_000;

  @FuzzTest(maxDuration = "10m")
  void create(byte[] input) {
    Creation creation = CreateReading.of(reply(input), WORDS, TestServer.CLOCK, TestServer.BODY);

    assertThat(creation.toString()).hasSizeLessThan(LONGEST);
  }

  @FuzzTest(maxDuration = "10m")
  void look(byte[] input) {
    TaskLook look = new LookReading(WORDS, URLS, TestServer.CLOCK).read("cgt-1", reply(input));

    assertThat(look.toString()).hasSizeLessThan(LONGEST);
  }

  @FuzzTest(maxDuration = "10m")
  void list(byte[] input) {
    TaskPages pages =
        new TaskPages(
            Instant.EPOCH,
            Instant.parse("2030-01-01T00:00:00Z"),
            new TaskReading(WORDS, URLS, TestServer.CLOCK.instant()),
            TestServer.CLOCK);
    Reply page = reply(input);
    for (int asked = 0; pages.add(page).isEmpty(); asked++) {
      assertThat(asked).isLessThan(TaskPages.MOST_PAGES);
    }
  }

  @FuzzTest(maxDuration = "10m")
  void cancel(byte[] input) {
    Cancellation cancellation = CancelReading.of(reply(input), WORDS, TestServer.CLOCK);

    assertThat(cancellation.toString()).hasSizeLessThan(LONGEST);
  }

  private static Reply reply(byte[] input) {
    int status = input.length == 0 ? 200 : STATUSES.get(Math.floorMod(input[0] - '0', 10));
    byte[] body = input.length == 0 ? input : Arrays.copyOfRange(input, 1, input.length);
    return TestServer.reply(status, body);
  }
}
