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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import seedance.workflows.InMemoryServer;

/**
 * A generation that was storing its clip in vain when its worker was upgraded. Its history was
 * recorded on the real dev server (1.32.0): the version that had no budget for it tried 45 times,
 * each time with a body of 400 KB, then its worker was stopped and one of the next version started.
 */
@Timeout(300)
class RescuedHistoriesTest {
  private static final Path HISTORIES = Path.of("src/test/resources/histories-continued");

  @Test
  void handOffSinceBeforeTheUpgrade_goesOnInAnotherRun_insteadOfBeingTerminated() throws Exception {
    WorkflowExecutionHistory history = recorded("hand-off-since-before");

    replay(history);
    assertThat(handOffs(history)).isEqualTo(45);
    assertThat(last(history).getEventType())
        .isEqualTo(EventType.EVENT_TYPE_WORKFLOW_EXECUTION_CONTINUED_AS_NEW);
    assertThat(
            last(history)
                .getWorkflowExecutionContinuedAsNewEventAttributes()
                .getWorkflowType()
                .getName())
        .isEqualTo(ContinuedVideoGeneration.TYPE);
  }

  @Test
  void itsNextRun_storesTheClip_withoutValidatingOrSubmittingAnything() throws Exception {
    WorkflowExecutionHistory history = recorded("hand-off-since-before-continued");

    replay(history);
    assertThat(activities(history)).containsExactly("SeedanceHandOff");
    assertThat(last(history).getEventType())
        .isEqualTo(EventType.EVENT_TYPE_WORKFLOW_EXECUTION_COMPLETED);
  }

  private static void replay(WorkflowExecutionHistory history) throws Exception {
    try (InMemoryServer server = new InMemoryServer(InMemoryServer.USUAL_CACHE)) {
      server
          .worker()
          .registerWorkflowImplementationTypes(
              VideoGenerationWorkflowImpl.class, ContinuedVideoGeneration.Impl.class);
      server.replay(history);
    }
  }

  private static long handOffs(WorkflowExecutionHistory history) {
    return activities(history).stream().filter("SeedanceHandOff"::equals).count();
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
