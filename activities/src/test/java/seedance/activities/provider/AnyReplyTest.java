package seedance.activities.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/**
 * Whatever comes back, a call has an answer, which shows neither the key nor a URL nor a prompt.
 */
class AnyReplyTest {
  private static final String ID = "cgt-1";
  private static final ServiceWords WORDS = ServiceWords.builtIn();
  private static final ServiceUrls URLS = TestServer.urls(Dialect.ARK.defaultBaseUrl());
  private static final String SIGNED = "https://files.example/v.mp4?X-Signature=signed";

  @Property(tries = 2000)
  void anyReply_isAnAnswer_withoutSecrets(
      @ForAll("statuses") int status, @ForAll("bodies") byte[] body) {
    assertThat(create(status, body).toString())
        .doesNotContain(TestServer.KEY, "signed", "private cat");
    assertThat(look(status, body).toString())
        .doesNotContain(TestServer.KEY, "signed", "private cat");
    assertThat(list(status, body).toString())
        .doesNotContain(TestServer.KEY, "signed", "private cat");
    assertThat(cancel(status, body).toString())
        .doesNotContain(TestServer.KEY, "signed", "private cat");
  }

  @Property(tries = 2000)
  void anyReplyThatIsNoSuccess_createsNothing(
      @ForAll("failures") int status, @ForAll("bodies") byte[] body) {
    assertThat(create(status, body)).isNotInstanceOf(Creation.Created.class);
    assertThat(look(status, body)).isNotInstanceOf(TaskLook.Seen.class);
    assertThat(list(status, body)).get().isInstanceOf(Listing.NotListed.class);
    assertThat(cancel(status, body)).isNotInstanceOf(Cancellation.Done.class);
  }

  private static Creation create(int status, byte[] body) {
    return CreateReading.of(
        TestServer.reply(status, body), WORDS, TestServer.CLOCK, TestServer.BODY);
  }

  private static TaskLook look(int status, byte[] body) {
    return new LookReading(WORDS, URLS, TestServer.CLOCK).read(ID, TestServer.reply(status, body));
  }

  /** Empty where a next page is wanted. */
  private static Optional<Listing> list(int status, byte[] body) {
    return new TaskPages(
            Instant.MIN,
            Instant.MAX,
            new TaskReading(WORDS, URLS, TestServer.CLOCK.instant()),
            TestServer.CLOCK)
        .add(TestServer.reply(status, body));
  }

  private static Cancellation cancel(int status, byte[] body) {
    return CancelReading.of(TestServer.reply(status, body), WORDS, TestServer.CLOCK);
  }

  @Provide
  Arbitrary<Integer> statuses() {
    return Arbitraries.oneOf(Arbitraries.just(200), Arbitraries.integers().between(200, 599));
  }

  @Provide
  Arbitrary<Integer> failures() {
    return Arbitraries.integers().between(300, 599);
  }

  @Provide
  Arbitrary<byte[]> bodies() {
    Arbitrary<byte[]> noise = Arbitraries.bytes().array(byte[].class).ofMaxSize(200);
    Arbitrary<byte[]> json = json(3).map(text -> text.getBytes(StandardCharsets.UTF_8));
    Arbitrary<byte[]> cut =
        Combinators.combine(json, Arbitraries.integers().between(0, 200))
            .as((whole, at) -> Arrays.copyOf(whole, Math.min(whole.length, at)));
    return Arbitraries.frequencyOf(Tuple.of(1, noise), Tuple.of(8, json), Tuple.of(1, cut));
  }

  /** JSON that uses the service's own names, with values of any kind, also the wrong one. */
  private static Arbitrary<String> json(int depth) {
    Arbitrary<String> scalar =
        Arbitraries.of(
            "null",
            "true",
            "0",
            "-1",
            "429",
            "401",
            "1e400",
            "123456789012345678901234567890",
            "\"\"",
            "\"" + ID + "\"",
            "\"succeeded\"",
            "\"FAILED\"",
            "\"success\"",
            "\"running\"",
            "\"strange " + SIGNED + "\"",
            "\"" + SIGNED + "\"",
            "\"Bearer " + TestServer.KEY + "\"",
            "\"" + TestServer.KEY + "\"",
            "\"`" + TestServer.KEY + "` is wrong. Request id: " + TestServer.KEY + "\"",
            "\"" + TestServer.PROMPT + "\"",
            "\"QuotaExceeded\"",
            "\"InputTextSensitiveContentDetected\"",
            "\"\\ud800 lone\"",
            "\"2026-06-06T08:00:57+08:00\"",
            "\"+999999999-12-31T23:59:59Z\"");
    if (depth == 0) {
      return scalar;
    }
    Arbitrary<String> name =
        Arbitraries.of(
            "id",
            "task_id",
            "status",
            "error",
            "code",
            "message",
            "msg",
            "param",
            "type",
            "data",
            "items",
            "total",
            "safety_identifier",
            "result",
            "content",
            "metadata",
            "url",
            "video_url",
            "last_frame_url",
            "usage",
            "seed",
            "completion_tokens",
            "created_at",
            "updated_at",
            "duration",
            "model",
            "fail_reason");
    Arbitrary<String> object =
        Combinators.combine(name, Arbitraries.lazy(() -> json(depth - 1)))
            .as((key, value) -> "\"" + key + "\":" + value)
            .list()
            .ofMaxSize(8)
            .map(members -> "{" + String.join(",", members) + "}");
    return Arbitraries.frequencyOf(
        Tuple.of(4, object),
        Tuple.of(2, scalar),
        Tuple.of(2, object.map(inner -> "[" + inner + "]")));
  }
}
