package seedance.workflows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import seedance.workflows.chain.VideoChainWorkflowImpl;
import seedance.workflows.generation.VideoGenerationWorkflowImpl;

/**
 * Replays the {@link KeptHistories}, which other code than this one made. Those that scripted
 * children and impostors of tests made do not replay on any; the first run after keeping them
 * deletes these, with {@code -Dhistories.sift=true}.
 */
@Tag("proof")
class KeptHistoriesProofTest {
  @Test
  void everyKeptHistory_replays() throws Exception {
    assumeTrue(KeptHistories.folder().isPresent(), "skipped: -Dhistories.kept names no folder");
    List<Path> kept;
    try (Stream<Path> files = Files.list(KeptHistories.folder().get())) {
      kept = files.sorted().toList();
    }
    assertThat(kept).isNotEmpty();
    List<Path> broken;
    try (InMemoryServer server = new InMemoryServer(InMemoryServer.USUAL_CACHE)) {
      server
          .worker()
          .registerWorkflowImplementationTypes(
              VideoGenerationWorkflowImpl.class, VideoChainWorkflowImpl.class);
      broken = kept.stream().filter(file -> !replays(server, file)).toList();
    }
    if (Boolean.getBoolean("histories.sift")) {
      for (Path file : broken) {
        Files.delete(file);
      }
    } else {
      assertThat(broken).as("of %d kept", kept.size()).isEmpty();
    }
  }

  private static boolean replays(InMemoryServer server, Path file) {
    try {
      server.replay(KeptHistories.read(file));
      return true;
    } catch (Exception e) {
      return false;
    }
  }
}
