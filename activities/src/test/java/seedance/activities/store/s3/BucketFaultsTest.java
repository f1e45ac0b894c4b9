package seedance.activities.store.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import seedance.activities.store.ArtifactSink;
import seedance.activities.store.ArtifactStore;
import seedance.activities.store.MediaBytes;
import seedance.activities.store.NotedReceipts;
import seedance.activities.store.Saved;
import seedance.activities.store.StorePlace;
import seedance.activities.store.s3.FaultyNetwork.Fate;
import seedance.workflows.generation.Artifact;

/** What a network and an object store do wrong costs time, and neither a note nor a clip. */
class BucketFaultsTest extends FaultyBucket {
  private static final byte[] LARGE = MediaBytes.mp4(20 * 1024 * 1024);

  private StorePlace place() throws IOException {
    return store().place("my-id", "cgt-1");
  }

  /** What is meant once, for requests that begin and end so. */
  private static Function<String, Fate> first(String method, String contains, Fate fate) {
    AtomicInteger times = new AtomicInteger();
    return request ->
        request.startsWith(method) && request.contains(contains) && times.getAndIncrement() == 0
            ? fate
            : Fate.PASSES;
  }

  @Test
  void firstNote_whoseReplyIsLost_isStillTheFirst() throws Exception {
    Bucket bucket = bucket();
    assertThat(bucket.refusesSecond()).isTrue();
    network.let(first("PUT", "/note", Fate.REPLY_IS_LOST));

    assertThat(bucket.putFirst("note", new byte[] {1})).isTrue();
    assertThat(bucket.putFirst("note", new byte[] {2})).isFalse();
    assertThat(bucket.read("note", 9)).hasValue(new byte[] {1});
  }

  @Test
  void secondNote_isRefused_whereTheStoreTakesNoNoticeOfConditions() throws Exception {
    network.let(request -> request.startsWith("PUT") ? Fate.UNCONDITIONAL : Fate.PASSES);
    Bucket bucket = bucket();

    assertThat(bucket.refusesSecond()).isFalse();
    assertThat(bucket.putFirst("note", new byte[] {1})).isTrue();
    assertThat(bucket.putFirst("note", new byte[] {2})).isFalse();
    assertThat(bucket.read("note", 9)).hasValue(new byte[] {1});
    assertThat(store().warnings()).singleElement().asString().contains("If-None-Match");
  }

  @Test
  void noteThatAnotherPutsInItsPlace_isNotOurs_whereTheStoreTakesNoNoticeOfConditions()
      throws Exception {
    network.let(request -> request.startsWith("PUT") ? Fate.UNCONDITIONAL : Fate.PASSES);
    Bucket bucket = bucket();
    bucket.refusesSecond();
    Bucket direct = ObjectStoreServer.bucket(SERVER.location(prefix));
    AtomicInteger heads = new AtomicInteger();
    network.let(
        request -> {
          if (request.startsWith("HEAD") && heads.getAndIncrement() == 1) {
            put(direct, "note");
          }
          return request.startsWith("PUT") ? Fate.UNCONDITIONAL : Fate.PASSES;
        });

    assertThat(bucket.putFirst("note", new byte[] {1})).isFalse();
  }

  private static void put(Bucket bucket, String key) {
    try {
      bucket.put(key, new byte[] {7});
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void submission_isOpenedOnce_thoughEveryReplyIsLostOnce() throws Exception {
    AtomicInteger requests = new AtomicInteger();
    bucket().refusesSecond();
    network.let(
        request ->
            request.startsWith("PUT") && requests.getAndIncrement() % 2 == 0
                ? Fate.REPLY_IS_LOST
                : Fate.PASSES);
    NotedReceipts receipts = receipts();

    assertThat(receipts.claim("cgt-1", "s")).isTrue();
    assertThat(receipts.claim("cgt-1", "t")).isFalse();
    assertThat(receipts.claim("cgt-1", "s")).isTrue();
    receipts.accepted("s", "cgt-1");
    assertThat(receipts.taskOf("s")).contains("cgt-1");
  }

  @ParameterizedTest
  @CsvSource({
    "POST, uploads, REPLY_IS_LOST",
    "PUT, partNumber=1, REPLY_IS_LOST",
    "PUT, partNumber=2, SLOW_DOWN",
    "PUT, .sha256, REPLY_IS_LOST",
    "POST, uploadId=, REPLY_IS_LOST",
    "POST, uploadId=, SLOW_DOWN"
  })
  void largeFile_arrivesWhole_thoughARequestFailsOnce(String method, String contains, Fate fate)
      throws Exception {
    StorePlace place = place();
    network.let(first(method, contains, fate));

    Artifact saved = Saved.in(place, Artifact.Kind.VIDEO, LARGE);

    network.let(request -> Fate.PASSES);
    assertThat(place().find(Artifact.Kind.VIDEO)).contains(saved);
    assertThat(place().findWhole(Artifact.Kind.VIDEO)).contains(saved);
  }

  @Test
  void largeFile_isNotSeen_andLeavesNothing_whereItsCompletionFails() throws Exception {
    StorePlace place = place();
    network.let(
        request ->
            request.startsWith("POST") && request.contains("uploadId=")
                ? Fate.ACCESS_DENIED
                : Fate.PASSES);

    assertThatThrownBy(() -> Saved.in(place, Artifact.Kind.VIDEO, LARGE))
        .isInstanceOf(IOException.class)
        .hasMessage("the bucket does not allow s3:PutObject");

    network.let(request -> Fate.PASSES);
    assertThat(place().find(Artifact.Kind.VIDEO)).isEmpty();
    assertThat(network.seen()).anyMatch(request -> request.startsWith("DELETE"));
  }

  @Test
  void whatADeadWorkerBegan_isGivenUpByTheNext() throws Exception {
    try (ArtifactSink dead = place().open(Artifact.Kind.VIDEO, Long.MAX_VALUE)) {
      dead.write(LARGE, 0, LARGE.length);

      Saved.in(place(), Artifact.Kind.VIDEO, LARGE);

      assertThat(network.seen())
          .filteredOn(request -> request.startsWith("DELETE") && request.contains("uploadId="))
          .hasSize(1);
    }
    assertThat(place().findWhole(Artifact.Kind.VIDEO)).isPresent();
  }

  @ParameterizedTest
  @CsvSource({
    "EXPIRED_TOKEN, the store's credentials have expired: renew them",
    "ACCESS_DENIED, the bucket does not allow s3:GetObject",
    "CLOCK_SKEW, this machine's clock and the bucket's are too far apart: set the clock"
  })
  void refusal_isToldInWords_withoutWhatItSays(Fate fate, String words) throws Exception {
    StorePlace place = place();
    network.let(request -> fate);

    assertThatThrownBy(place::manifest).isInstanceOf(IOException.class).hasMessage(words);
  }

  @Test
  void throttling_thatGoesOn_isToldInWords() throws Exception {
    StorePlace place = place();
    network.let(request -> Fate.SLOW_DOWN);

    assertThatThrownBy(place::manifest)
        .isInstanceOf(IOException.class)
        .hasMessage("the bucket is asked too often");
  }

  @Test
  void everyMissingRight_isNamedAtOnce() {
    network.let(
        request ->
            request.startsWith("PUT") || request.startsWith("DELETE")
                ? Fate.ACCESS_DENIED
                : Fate.PASSES);

    assertThatThrownBy(() -> store().checkWritable())
        .isInstanceOf(IOException.class)
        .hasMessage(
            "the bucket does not allow s3:PutObject; the bucket does not allow s3:DeleteObject");
  }

  @Test
  void bucketThatIsNotThere_isNamed() {
    ArtifactStore elsewhere =
        ObjectStoreServer.store("s3://nowhere/a?endpoint=" + SERVER.endpoint());

    assertThatThrownBy(elsewhere::checkWritable)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("there is no such bucket");
  }

  @Test
  void wrongSecretKey_isNamed() {
    Bucket bucket =
        BucketClient.open(
            BucketLocation.read(SERVER.location(prefix)), ObjectStoreServer.credentials("wrong"));

    assertThatThrownBy(() -> bucket.put("a", new byte[1]))
        .isInstanceOf(IOException.class)
        .hasMessage("the secret key is not that of the access key");
  }

  @Test
  void storeThatIsNotThere_isToldWithoutAnAddress() {
    Bucket bucket =
        ObjectStoreServer.bucket(ObjectStoreServer.location(network.endpoint(), prefix));
    network.close();

    assertThatThrownBy(() -> bucket.put("a", new byte[1]))
        .isInstanceOf(IOException.class)
        .hasMessage("the bucket cannot be reached: ConnectException");
  }

  @Test
  void changedFile_isNotTheOneThatWasStored() throws Exception {
    Artifact saved = Saved.in(place(), Artifact.Kind.VIDEO, LARGE);
    byte[] other = MediaBytes.mp4(99);
    Bucket direct = ObjectStoreServer.bucket(SERVER.location(prefix));
    direct.put(direct.key(saved.location()).orElseThrow(), other);

    Optional<Artifact> found = place().find(Artifact.Kind.VIDEO);

    assertThat(found.orElseThrow().sha256()).isNotEqualTo(saved.sha256());
  }

  @Test
  void pointerOutOfItsWorkflow_isNotFollowed() throws Exception {
    Bucket direct = ObjectStoreServer.bucket(SERVER.location(prefix));
    direct.put("other/manifest.json", "{}".getBytes(StandardCharsets.UTF_8));
    direct.put("my-id/.latest", "../other/".getBytes(StandardCharsets.UTF_8));

    assertThat(store().latest("my-id")).isEmpty();
  }
}
