package seedance.client.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static seedance.client.InMemorySystem.await;

import com.google.protobuf.Duration;
import io.temporal.api.history.v1.ActivityTaskScheduledEventAttributes;
import io.temporal.api.history.v1.HistoryEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import seedance.client.ChainStart;
import seedance.client.GenerationFailedException;
import seedance.client.GenerationHandle;
import seedance.client.GenerationStart;
import seedance.client.InMemorySystem;
import seedance.client.SeedanceClient;
import seedance.workflows.generation.Progress.Stage;
import seedance.workflows.generation.SubmissionDecision;
import seedance.workflows.json.Json;

/** The README's table of activities, held to what Temporal was asked for. */
class ReadmeActivitiesTest {
  private static final Pattern ROW =
      Pattern.compile("(?m)^\\| `(Seedance\\w+)` \\| ([^|]+) \\| ([^|]+) \\|");

  private static final Json CHAIN =
      new Json(Map.of("steps", List.of(Map.of("id", "a", "request", InMemorySystem.BODY.tree()))));
  private static final Json JOIN =
      new Json(Map.of("join", List.of("a"), "reuse", "an-earlier-chain"));

  /** What the server writes where nothing was asked for: ten years. */
  private static final long UNLIMITED = 10L * 365 * 24 * 3600;

  private final Map<String, String> scheduled = new TreeMap<>();

  @Test
  void everyActivity_isInTheTable_withItsTimeoutsAndAttempts() throws IOException {
    try (InMemorySystem system = new InMemorySystem()) {
      SeedanceClient seedance = new SeedanceClient(system.workflowClient());
      GenerationHandle asking = started(seedance, "lost-for-the-readme", Stage.DECIDE);
      asking.resolve(new SubmissionDecision.Adopt("cgt-1"));
      asking.result();
      GenerationHandle cancelled = started(seedance, "held-for-the-readme", Stage.AWAIT);
      await().until(() -> cancelled.progress().looks() > 0);
      cancelled.cancel();
      assertThat(cancelled.resultAsync())
          .failsWithin(java.time.Duration.ofSeconds(60))
          .withThrowableThat()
          .withCauseInstanceOf(GenerationFailedException.class);
      note(system, asking.workflowId());
      note(system, cancelled.workflowId());
      seedance.startChain(CHAIN, ChainStart.withId("film").options(JOIN)).result();
      note(system, "film");
    }

    Map<String, String> rows =
        ROW.matcher(Files.readString(Path.of("..", "README.md")))
            .results()
            .collect(
                Collectors.toMap(
                    row -> row.group(1), ReadmeActivitiesTest::inCode, (a, b) -> a, TreeMap::new));
    assertThat(rows).hasSize(11).isEqualTo(scheduled);
  }

  private static String inCode(MatchResult row) {
    return row.group(2) + " | " + row.group(3).replace("*", "").split(",")[0];
  }

  private static GenerationHandle started(SeedanceClient seedance, String id, Stage stage) {
    GenerationHandle generation = seedance.start(InMemorySystem.BODY, GenerationStart.withId(id));
    await().until(() -> generation.progress().stage() == stage);
    return generation;
  }

  private void note(InMemorySystem system, String workflowId) {
    for (HistoryEvent event : system.workflowClient().fetchHistory(workflowId).getEvents()) {
      if (event.hasActivityTaskScheduledEventAttributes()) {
        ActivityTaskScheduledEventAttributes of = event.getActivityTaskScheduledEventAttributes();
        String heartbeat =
            of.getHeartbeatTimeout().getSeconds() == 0
                ? ""
                : ", heartbeat " + inWords(of.getHeartbeatTimeout());
        scheduled.put(
            of.getActivityType().getName(),
            inWords(of.getStartToCloseTimeout()) + heartbeat + " | " + attempts(of));
      }
    }
  }

  private static String attempts(ActivityTaskScheduledEventAttributes of) {
    if (of.getScheduleToCloseTimeout().getSeconds() < UNLIMITED) {
      return "within " + inWords(of.getScheduleToCloseTimeout());
    }
    int most = of.getRetryPolicy().getMaximumAttempts();
    return most == 0 ? "no limit" : String.valueOf(most);
  }

  private static String inWords(Duration duration) {
    long seconds = duration.getSeconds();
    if (seconds % 3600 == 0) {
      return seconds / 3600 + " h";
    }
    return seconds % 60 == 0 ? seconds / 60 + " min" : seconds + " s";
  }
}
