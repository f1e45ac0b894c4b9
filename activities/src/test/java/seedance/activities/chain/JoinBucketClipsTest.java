package seedance.activities.chain;

import static org.assertj.core.api.Assertions.assertThat;

import io.temporal.activity.ActivityOptions;
import io.temporal.common.RetryOptions;
import io.temporal.testing.TestActivityEnvironment;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import seedance.activities.generation.StoredFixture;
import seedance.activities.store.s3.BucketStore;
import seedance.activities.store.s3.ObjectStoreServer;
import seedance.workflows.chain.JoinActivity;
import seedance.workflows.chain.JoinOutcome;
import seedance.workflows.chain.JoinRequest;

/** A film of clips that lie in a bucket. */
class JoinBucketClipsTest {
  @TempDir Path folder;
  private ObjectStoreServer server;
  private BucketStore store;
  private TestActivityEnvironment temporal;

  @BeforeEach
  void start() {
    server = ObjectStoreServer.start();
    store = ObjectStoreServer.store(server.location("team/片"));
    temporal = TestActivityEnvironment.newInstance();
    temporal.registerActivitiesImplementations(
        new JoinClips(store, System.getenv("PATH"), Clock.systemUTC()));
  }

  @AfterEach
  void stop() {
    temporal.close();
    server.close();
  }

  @Test
  void clipsOfABucket_areJoinedHere_andTheFilmIsPutBeside_andNothingIsLeft() throws Exception {
    Path one = store("c.one", 0);
    Path two = store("c.two", 90);

    JoinOutcome outcome = join("c.one", "c.two", "c.one");

    assertThat(outcome).isInstanceOf(JoinOutcome.Joined.class);
    JoinOutcome.Joined joined = (JoinOutcome.Joined) outcome;
    assertThat(joined.copied()).isTrue();
    assertThat(joined.film().location().getScheme()).isEqualTo("s3");
    Path film = folder.resolve("film.mp4");
    try (InputStream content = store.open(joined.film().location()).orElseThrow()) {
      Files.copy(content, film);
    }
    List<String> pictures = new ArrayList<>(FilmFiles.pictures(one));
    pictures.addAll(FilmFiles.pictures(two));
    pictures.addAll(FilmFiles.pictures(one));
    assertThat(FilmFiles.pictures(film)).isEqualTo(pictures);
    assertThat(scratchFiles()).noneMatch(name -> name.equals("clip-0") || name.equals("film"));
  }

  @Test
  void clipThatIsNotThere_isNamed() {
    assertThat(((JoinOutcome.NotJoined) join("c.none")).problem().what())
        .isEqualTo("the clip of c.none is not in the store, or was changed");
  }

  private Path store(String workflowId, int hue) throws IOException {
    Path clip = FilmFiles.clip(folder.resolve(workflowId + ".mp4"), hue, "128x72", 24, true);
    StoredFixture.store(store, workflowId, "cgt-" + hue, Files.readAllBytes(clip), new byte[0]);
    return clip;
  }

  private JoinOutcome join(String... generations) {
    return temporal
        .newActivityStub(
            JoinActivity.class,
            ActivityOptions.newBuilder()
                .setStartToCloseTimeout(Duration.ofMinutes(1))
                .setHeartbeatTimeout(Duration.ofSeconds(30))
                .setRetryOptions(RetryOptions.newBuilder().setMaximumAttempts(1).build())
                .build())
        .join(new JoinRequest(List.of(generations)));
  }

  private static List<String> scratchFiles() throws IOException {
    try (Stream<Path> folders = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      return folders
          .filter(file -> file.getFileName().toString().startsWith("seedance-scratch-"))
          .flatMap(JoinBucketClipsTest::names)
          .toList();
    }
  }

  private static Stream<String> names(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
