package seedance.activities.store.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.hash.Hashing;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import seedance.activities.store.MediaBytes;
import seedance.activities.store.NotedReceipts;
import seedance.activities.store.Saved;
import seedance.activities.store.StorePlace;
import seedance.activities.store.StoredFile;
import seedance.activities.store.s3.FaultyNetwork.Fate;
import seedance.workflows.generation.Artifact;
import seedance.workflows.request.StoredInput;

/** An answer that says nothing is no "nothing there": else a task is bought again. */
class BucketAnswersTest extends FaultyBucket {
  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource(
      names = {
        "CUT",
        "CUT_IN_HALF",
        "FOREIGN_404",
        "ACCESS_DENIED",
        "LOGIN_PAGE",
        "PAGE_WITH_A_TAG"
      })
  void receiptThatDoesNotComeWhole_isNotNone(Fate fate) throws Exception {
    NotedReceipts receipts = receipts();
    receipts.accepted("s", "cgt-1");
    network.let(get("receipts/s", fate));

    assertThatThrownBy(() -> receipts.taskOf("s")).isInstanceOf(IOException.class);
  }

  @ParameterizedTest
  @EnumSource(names = {"CUT", "CUT_IN_HALF", "FOREIGN_404", "LOGIN_PAGE"})
  void manifestThatDoesNotComeWhole_isNotNone(Fate fate) throws Exception {
    StorePlace place = finished("w", "cgt-1");
    network.let(get("manifest.json", fate));

    assertThatThrownBy(place::manifest).isInstanceOf(IOException.class);
  }

  @Test
  void pageThatTakesEverything_isNoPlaceForANote() throws Exception {
    Bucket bucket = bucket();
    bucket.refusesSecond();
    network.let(request -> Fate.LOGIN_PAGE);

    assertThatThrownBy(() -> bucket.putFirst("note", new byte[] {1}))
        .isInstanceOf(IOException.class);
    assertThatThrownBy(() -> bucket.put("note", new byte[] {1})).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> bucket.find("note")).isInstanceOf(IOException.class);
  }

  @Test
  void receipt_isWritten_whereTheOpenNoteCannotBeRead() throws Exception {
    NotedReceipts receipts = receipts();
    network.let(get("open/s", Fate.CUT));
    receipts.accepted("s", "cgt-1");
    network.let(request -> Fate.PASSES);

    assertThat(receipts.taskOf("s")).contains("cgt-1");
    assertThat(receipts.ownerOf("cgt-1")).contains("s");
  }

  @Test
  void claimThatDoesNotComeWhole_isNobodyElses() throws Exception {
    store().place("w", "cgt-1");
    network.let(get(".task", Fate.CUT_IN_HALF));

    assertThatThrownBy(() -> store().place("w", "cgt-1")).isInstanceOf(IOException.class);
  }

  @Test
  void clipThatDoesNotComeWhole_isNotGone() throws Exception {
    StorePlace place = store().place("w", "cgt-1");
    Saved.in(place, Artifact.Kind.VIDEO, MediaBytes.mp4(100_000));
    network.let(get("video.mp4", Fate.CUT_IN_HALF));

    assertThatThrownBy(() -> place.findWhole(Artifact.Kind.VIDEO)).isInstanceOf(IOException.class);
  }

  @Test
  void headThatSomethingBetweenAnswers_isNoProofThatNothingIsThere() throws Exception {
    finished("w", "cgt-1");
    network.let(request -> request.startsWith("HEAD") ? Fate.FOREIGN_404 : Fate.PASSES);

    assertThatThrownBy(() -> store().latest("w")).isInstanceOf(IOException.class);
  }

  @Test
  void headersInCapitals_areRead() throws Exception {
    network.let(request -> Fate.HEADERS_IN_CAPITALS);
    Bucket bucket = bucket();
    bucket.refusesSecond();
    AtomicInteger puts = new AtomicInteger();
    network.let(
        request ->
            request.startsWith("PUT") && puts.getAndIncrement() == 0
                ? Fate.REPLY_IS_LOST
                : Fate.HEADERS_IN_CAPITALS);

    assertThat(bucket.putFirst("note", new byte[] {1})).isTrue();
  }

  @Test
  void oddReplyToTheProbe_isNotRemembered() throws Exception {
    Bucket bucket = bucket();
    AtomicInteger puts = new AtomicInteger();
    network.let(
        request ->
            request.startsWith("PUT") && puts.getAndIncrement() == 1
                ? Fate.EXPIRED_TOKEN
                : Fate.PASSES);

    assertThatThrownBy(bucket::refusesSecond).isInstanceOf(IOException.class);
    assertThat(bucket.refusesSecond()).isTrue();
  }

  @Test
  void storeThatKnowsNoConditions_isSeen() throws Exception {
    Bucket bucket = bucket();
    AtomicInteger puts = new AtomicInteger();
    network.let(
        request ->
            request.startsWith("PUT") && puts.getAndIncrement() == 1
                ? Fate.NOT_IMPLEMENTED
                : Fate.PASSES);

    assertThat(bucket.refusesSecond()).isFalse();
  }

  @Test
  void expiredCredentials_areSaid_atANoteToo() throws Exception {
    Bucket bucket = bucket();
    bucket.refusesSecond();
    network.let(request -> request.startsWith("PUT") ? Fate.EXPIRED_TOKEN : Fate.PASSES);

    assertThatThrownBy(() -> bucket.putFirst("note", new byte[] {1}))
        .hasMessage("the store's credentials have expired: renew them");
  }

  @ParameterizedTest
  @EnumSource(names = {"ACCESS_DENIED", "FOREIGN_404", "EXPIRED_TOKEN"})
  void readiness_goesWithWhatCanBeDone(Fate fate) throws Exception {
    BucketStore store = store();
    store.checkWritable();
    store.checkWritable();
    network.let(request -> request.startsWith("PUT") ? fate : Fate.PASSES);

    assertThatThrownBy(store::checkWritable).isInstanceOf(IOException.class);
  }

  @Test
  void latestOfACopiedFolder_isTheOneThatWasStoredLast() throws Exception {
    Bucket bucket = bucket();
    bucket.put("shot/manifest.json", manifest("cgt-1", "2026-11-22T18:02:00Z"));
    bucket.put("shot/cgt-2/manifest.json", manifest("cgt-2", "2026-11-24T18:02:00Z"));
    bucket.put("shot/cgt-3/manifest.json", manifest("cgt-3", "2026-11-23T18:02:00Z"));

    assertThat(store().latest("shot").orElseThrow().location().getPath()).endsWith("/shot/cgt-2/");
  }

  @Test
  void dottedBucket_hasLocations() {
    Bucket bucket = ObjectStoreServer.bucket("s3://team.2024/a?endpoint=http://127.0.0.1:1");

    assertThat(bucket.uri("片/b c")).hasToString("s3://team.2024/a/片/b%20c");
    assertThat(bucket.key(bucket.uri("片/b c"))).contains("片/b c");
    assertThat(bucket.key(URI.create("s3://other/a/b"))).isEmpty();
  }

  @Test
  void inputThatChangesOnItsWay_isNotUnderAnothersName() throws Exception {
    byte[] before = new byte[100_000];
    Path file = Files.write(folder.resolve("cat.wav"), before);
    StoredInput name = new StoredInput(Hashing.sha256().hashBytes(before).toString(), "wav");
    byte[] after = before.clone();
    after[77] = 1;
    AtomicInteger puts = new AtomicInteger();
    network.let(
        request -> {
          if (request.startsWith("PUT") && puts.getAndIncrement() == 0) {
            write(file, after);
            return Fate.SLOW_DOWN;
          }
          return Fate.PASSES;
        });

    assertThatThrownBy(() -> store().putInput(name, file)).isInstanceOf(IOException.class);
    Optional<StoredFile> there = store().input(name);
    assertThat(there).isEmpty();
  }

  private static void write(Path file, byte[] content) {
    try {
      Files.write(file, content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] manifest(String taskId, String storedAt) {
    return "{\"taskId\":\"%s\",\"storedAt\":\"%s\"}"
        .formatted(taskId, storedAt)
        .getBytes(StandardCharsets.UTF_8);
  }

  private StorePlace finished(String workflowId, String taskId) throws IOException {
    StorePlace place = store().place(workflowId, taskId);
    place.saveManifest(manifest(taskId, "2026-11-22T18:02:00Z"));
    return place;
  }

  private static Function<String, Fate> get(String contains, Fate fate) {
    return request -> request.startsWith("GET") && request.contains(contains) ? fate : Fate.PASSES;
  }
}
