package seedance.workflows.generation;

import static org.assertj.core.api.Assertions.assertThat;

import io.temporal.api.enums.v1.EventType;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.common.WorkflowExecutionHistory;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import seedance.workflows.InMemoryServer;

/**
 * Generations that were deep in a loop when their worker was upgraded. Their histories were
 * recorded on the real dev server (1.32.0): the version that had no budget for them tried 45 times
 * to store a clip, each time with a body of 400 KB, or looked 190 times; then its worker was
 * stopped and one of the next version started.
 */
@Timeout(300)
class RescuedHistoriesTest {
  private static final Path HISTORIES = Path.of("src/test/resources/histories-continued");

  @ParameterizedTest
  @CsvSource({
    "hand-off-since-before, SeedanceHandOff, 45",
    "await-since-before,    SeedanceLook,    191"
  })
  void loopSinceBeforeTheUpgrade_goesOnInAnotherRun_beforeTheServerTerminatesIt(
      String name, String activity, int turns) throws Exception {
    WorkflowExecutionHistory history = recorded(name);

    replay(history);
    assertThat(activities(history).stream().filter(activity::equals)).hasSize(turns);
    assertThat(last(history).getEventType())
        .isEqualTo(EventType.EVENT_TYPE_WORKFLOW_EXECUTION_CONTINUED_AS_NEW);
    assertThat(
            last(history)
                .getWorkflowExecutionContinuedAsNewEventAttributes()
                .getWorkflowType()
                .getName())
        .isEqualTo(ContinuedVideoGeneration.TYPE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"hand-off-since-before-continued", "await-since-before-continued"})
  void itsNextRun_storesTheClip_withoutValidatingOrSubmittingAnything(String name)
      throws Exception {
    WorkflowExecutionHistory history = recorded(name);

    replay(history);
    assertThat(activities(history)).containsExactly("SeedanceHandOff");
    assertThat(last(history).getEventType())
        .isEqualTo(EventType.EVENT_TYPE_WORKFLOW_EXECUTION_COMPLETED);
  }

  private static void replay(WorkflowExecutionHistory history) throws Exception {
    try (InMemoryServer server = new InMemoryServer(InMemoryServer.USUAL_CACHE)) {
      server.worker().registerWorkflowImplementationTypes(VideoGenerationWorkflowImpl.class);
      server.replay(history);
    }
  }

  private static List<String> activities(WorkflowExecutionHistory history) {
    return history.getEvents().stream()
        .filter(HistoryEvent::hasActivityTaskScheduledEventAttributes)
        .map(event -> event.getActivityTaskScheduledEventAttributes().getActivityType().getName())
        .toList();
  }

  private static HistoryEvent last(WorkflowExecutionHistory history) {
    return history.getEvents().get(history.getEvents().size() - 1);
  }

  private static WorkflowExecutionHistory recorded(String name) throws IOException {
    try (InputStream file =
        new GZIPInputStream(Files.newInputStream(HISTORIES.resolve(name + ".json.gz")))) {
      return WorkflowExecutionHistory.fromJson(
          new String(file.readAllBytes(), StandardCharsets.UTF_8));
    }
  }
}
