package seedance.activities.generation;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import seedance.activities.provider.Creation;
import seedance.workflows.generation.FailureType;
import seedance.workflows.generation.Problem;
import seedance.workflows.generation.ServiceError;
import seedance.workflows.generation.Submission;
import seedance.workflows.generation.SubmitOutcome;
import seedance.workflows.request.AnyJson;

/** Each answer of the provider as the workflow's value; one create for one submission. */
class SubmitOnceTest {
  private static final Instant NOW = Instant.parse("2026-11-22T18:00:00Z");
  private static final AnyJson BODY = new AnyJson(Map.of("model", "m", "seed", 7));

  private final ScriptedProvider provider = new ScriptedProvider();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

  @Test
  void created_isAccepted_withTheFirstLook() {
    assertThat(submit(BODY, 1))
        .isEqualTo(new SubmitOutcome.Accepted(ScriptedProvider.TASK, NOW, Duration.ofSeconds(66)));
    assertThat(provider.created).containsExactly(BODY);
    assertCounted("accepted");
  }

  @Test
  void notCreated_isSubmittedAgain_laterWithEachAttempt() {
    provider.onCreate(new Creation.NotCreated("the connection was refused", Optional.empty()));

    SubmitOutcome.NotCreated outcome = (SubmitOutcome.NotCreated) submit(BODY, 3);

    assertThat(outcome.problem()).isEqualTo(new Problem("the connection was refused", NOW));
    assertThat(outcome.retryIn()).isBetween(Duration.ofSeconds(20), Duration.ofSeconds(24));
    assertThat(provider.created).hasSize(1);
    assertCounted("not_created");
  }

  @Test
  void notCreated_isSubmittedAgain_whenTheServiceSays() {
    provider.onCreate(new Creation.NotCreated("busy", Optional.of(Duration.ofMinutes(9))));

    assertThat(((SubmitOutcome.NotCreated) submit(BODY, 1)).retryIn())
        .isEqualTo(Duration.ofMinutes(9));
  }

  @Test
  void rejected_isPassedOn() {
    ServiceError error =
        new ServiceError(FailureType.REQUEST_REJECTED, "InvalidParameter", "seed", "req-1");
    provider.onCreate(new Creation.Rejected(error));

    assertThat(submit(BODY, 1)).isEqualTo(new SubmitOutcome.Rejected(error));
    assertCounted("rejected");
  }

  @Test
  void unknown_isPassedOn_andNotSentAgain() {
    provider.onCreate(new Creation.Unknown("no answer came in time"));

    assertThat(submit(BODY, 1))
        .isEqualTo(new SubmitOutcome.Unknown(new Problem("no answer came in time", NOW)));
    assertThat(provider.created).hasSize(1);
    assertCounted("unknown");
  }

  @Test
  void nullFields_countAsAbsent_andAreNotSent() {
    Map<String, Object> text = new HashMap<>(Map.of("type", "text", "text", "a cat"));
    text.put("role", null);
    Map<String, Object> body = new HashMap<>(Map.of("model", "m", "content", List.of(text)));
    body.put("seed", null);
    body.put("list", Arrays.asList(1, null));

    submit(new AnyJson(body), 1);

    assertThat(provider.created)
        .containsExactly(
            new AnyJson(
                Map.of(
                    "model",
                    "m",
                    "content",
                    List.of(Map.of("type", "text", "text", "a cat")),
                    "list",
                    Arrays.asList(1, null))));
  }

  private SubmitOutcome submit(AnyJson body, int attempt) {
    return new SubmitOnce(
            provider,
            LookSchedule.realTime(),
            new GenerationMetrics(meters),
            Clock.fixed(NOW, ZoneOffset.UTC))
        .submit(new Submission(body, Duration.ofSeconds(110), attempt));
  }

  private void assertCounted(String outcome) {
    assertThat(meters.get("seedance.submissions").counters())
        .singleElement()
        .satisfies(
            counter -> {
              assertThat(counter.getId().getTag("outcome")).isEqualTo(outcome);
              assertThat(counter.count()).isEqualTo(1);
            });
  }
}
