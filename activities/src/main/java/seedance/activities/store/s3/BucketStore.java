package seedance.activities.store.s3;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import seedance.activities.store.ArtifactStore;
import seedance.activities.store.ChainPlace;
import seedance.activities.store.NotedReceipts;
import seedance.activities.store.Notes;
import seedance.activities.store.PublicUrl;
import seedance.activities.store.Receipts;
import seedance.activities.store.StoreName;
import seedance.activities.store.StorePlace;
import seedance.activities.store.StoredFile;
import seedance.workflows.json.Json;
import seedance.workflows.request.StoredInput;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;

/**
 * A store in a bucket, for any number of machines. Its keys are as the names in a folder store: a
 * generation's files are in {@code WORKFLOW-ID/}, where an earlier task has that in {@code
 * WORKFLOW-ID/TASK-ID/}, receipts in {@code .receipts/}.
 */
public final class BucketStore implements ArtifactStore {
  private static final Logger log = LoggerFactory.getLogger(BucketStore.class);

  /** Holds the id of the task that owns a workflow's own place. */
  private static final String CLAIM = ".task";

  /** Holds the workflow id under which was made what this one stands for. */
  private static final String ORIGINAL = ".original";

  /** What readiness puts, over and over. */
  private static final String READY = ".ready";

  private static final String REQUESTS = ".requests/";

  private static final int LONGEST_ID = 16 * 1024;

  /** As {@link StoreName} makes it. */
  private static final Pattern TASK_PLACE = Pattern.compile("[^/.][^/]*/");

  /** A body has 1 MiB at most. */
  private static final int LARGEST_REQUEST = 16 * 1024 * 1024;

  /** The longest that a signature of this kind may hold (AWS, SigV4). */
  private static final Duration LINKS_FOR_THE_SERVICE = Duration.ofDays(7);

  private final Bucket bucket;
  private final BucketInputs inputs;
  private final Optional<URI> publicBase;
  private final Notes notes;
  private final Receipts receipts;
  private volatile boolean isProved;

  /**
   * A store in a bucket, with the credentials that the library finds: in the environment, a
   * profile, a web identity's token, the instance.
   *
   * @param location {@code
   *     s3://BUCKET[/PREFIX][?endpoint=URL&region=NAME&style=path|virtual&listing=consistent|lagging]}
   * @param publicBase the URL under which the operator serves what is below the prefix; empty for
   *     signed links
   * @throws IllegalArgumentException with what is wrong with the location, as the end of a
   *     sentence; or as {@link PublicUrl#require}
   */
  public static BucketStore at(String location, Optional<URI> publicBase) {
    return new BucketStore(
        BucketClient.open(
            BucketLocation.read(location), DefaultCredentialsProvider.builder().build()),
        publicBase);
  }

  /** Whether a location is one at which all passes in the open to another machine. */
  public static boolean isUnencrypted(String location) {
    return BucketLocation.read(location).isUnencrypted();
  }

  BucketStore(Bucket bucket, Optional<URI> publicBase) {
    this.bucket = Objects.requireNonNull(bucket, "bucket");
    this.inputs = new BucketInputs(bucket);
    publicBase.ifPresent(PublicUrl::require);
    this.publicBase = publicBase;
    this.notes = new BucketNotes(bucket);
    this.receipts = new NotedReceipts(notes, Clock.systemUTC());
  }

  @Override
  public URI location() {
    return bucket.uri("");
  }

  @Override
  public StorePlace place(String workflowId, String taskId) throws IOException {
    String folder = folder(workflowId);
    return isOf(taskId, folder)
        ? new BucketPlace(bucket, folder, "")
        : new BucketPlace(bucket, folder, StoreName.ofTask(taskId) + "/");
  }

  private static String folder(String workflowId) {
    return StoreName.readable(workflowId) + "/";
  }

  /** Whether a workflow's own place is a task's: the one's that claimed it first. */
  private boolean isOf(String taskId, String folder) throws IOException {
    Optional<String> owner = text(folder + CLAIM);
    if (owner.isEmpty()) {
      // What was copied from an older store may have a manifest and no claim.
      String first = finishedTask(folder).orElse(taskId);
      bucket.putFirst(folder + CLAIM, first.getBytes(StandardCharsets.UTF_8));
      owner = text(folder + CLAIM);
    }
    return owner.orElseThrow(() -> new IOException("a claim in it is gone")).equals(taskId);
  }

  private Optional<String> finishedTask(String folder) throws IOException {
    return new BucketPlace(bucket, folder, "")
        .manifest()
        .flatMap(Json::readBack)
        .flatMap(manifest -> manifest.text("taskId"))
        .filter(task -> !task.isEmpty());
  }

  private Optional<String> text(String key) throws IOException {
    return bucket.read(key, LONGEST_ID).map(text -> new String(text, StandardCharsets.UTF_8));
  }

  @Override
  public Optional<StorePlace> latest(String workflowId) throws IOException {
    String folder = folder(workflowId);
    Optional<String> noted = text(folder + BucketPlace.LATEST);
    Optional<String> latest =
        (noted.isPresent() ? noted : latestOfACopy(folder))
            .filter(place -> TASK_PLACE.matcher(place).matches());
    for (String place : latest.isPresent() ? List.of(latest.get(), "") : List.of("")) {
      if (bucket.find(folder + place + BucketPlace.MANIFEST).isPresent()) {
        return Optional.of(new BucketPlace(bucket, folder, place));
      }
    }
    return Optional.empty();
  }

  /** Of a folder store that was copied here; empty also where it is the workflow's own place. */
  private Optional<String> latestOfACopy(String folder) throws IOException {
    String latest = null;
    String storedAt = "";
    for (Bucket.Found found : bucket.below(folder)) {
      if (found.key().endsWith("/" + BucketPlace.MANIFEST)) {
        String stored =
            bucket
                .read(found.key(), BucketPlace.LARGEST_MANIFEST)
                .flatMap(Json::readBack)
                .flatMap(manifest -> manifest.text("storedAt"))
                .orElse("");
        // Both are as Instant writes them, so that the later one is the greater text.
        if (latest == null || stored.compareTo(storedAt) > 0) {
          latest =
              found
                  .key()
                  .substring(folder.length(), found.key().length() - BucketPlace.MANIFEST.length());
          storedAt = stored;
        }
      }
    }
    return Optional.ofNullable(latest);
  }

  @Override
  public void takeOver(String workflowId, String original) throws IOException {
    bucket.put(folder(workflowId) + ORIGINAL, original.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public Optional<String> original(String workflowId) throws IOException {
    return text(folder(workflowId) + ORIGINAL);
  }

  @Override
  public ChainPlace chainPlace(String workflowId) {
    return new BucketChainPlace(bucket, folder(workflowId));
  }

  @Override
  public void keepRequest(String workflowId, String name, byte[] json) throws IOException {
    bucket.put(requestKey(workflowId, name), json);
  }

  @Override
  public Optional<byte[]> request(String workflowId, String name) throws IOException {
    return bucket.read(requestKey(workflowId, name), LARGEST_REQUEST);
  }

  @Override
  public void forgetRequest(String workflowId, String name) throws IOException {
    bucket.delete(requestKey(workflowId, name));
  }

  private static String requestKey(String workflowId, String name) {
    return folder(workflowId) + REQUESTS + StoreName.of(name);
  }

  @Override
  public Optional<URI> publicUrl(URI location) throws IOException {
    Optional<String> key = bucket.key(location);
    if (key.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        publicBase.isPresent()
            ? PublicUrl.under(publicBase.get(), key.get())
            : bucket.link(key.get(), LINKS_FOR_THE_SERVICE));
  }

  @Override
  public Optional<Path> localFile(URI location) {
    return Optional.empty();
  }

  @Override
  public Optional<InputStream> open(URI location) throws IOException {
    Optional<String> key = bucket.key(location);
    return key.isEmpty() ? Optional.empty() : bucket.open(key.get());
  }

  @Override
  public URI link(URI location, Duration lifetime) throws IOException {
    String key =
        bucket.key(location).orElseThrow(() -> new IOException("the store has no such file"));
    return publicBase.isPresent()
        ? PublicUrl.under(publicBase.get(), key)
        : bucket.link(key, lifetime);
  }

  @Override
  public StoredFile putInput(StoredInput name, Path file) throws IOException {
    return inputs.put(name, file);
  }

  @Override
  public Optional<StoredFile> input(StoredInput name) throws IOException {
    return inputs.find(name);
  }

  @Override
  public Receipts receipts() {
    return receipts;
  }

  @Override
  public Notes notes() {
    return notes;
  }

  /** All that is done to the bucket, once; afterwards that something can be put and read. */
  @Override
  public void checkWritable() throws IOException {
    if (isProved) {
      bucket.put(READY, new byte[0]);
      bucket.read(READY, 1).orElseThrow(() -> new IOException("what is put is not there"));
      return;
    }
    BucketProof.of(bucket);
    isProved = true;
    warnings().forEach(log::warn);
  }

  /** What works, and is less than an operator may expect. */
  List<String> warnings() throws IOException {
    List<String> warnings = new ArrayList<>();
    if (!bucket.refusesSecond()) {
      warnings.add(
          "The bucket takes a note in place of another (it ignores If-None-Match): two workers that"
              + " send one submission within a round trip are not kept apart");
    }
    if (bucket.location().listing() == BucketLocation.Listing.LAGGING) {
      warnings.add(
          "It is not known whether the bucket lists what was just written, so a lost task is never"
              + " found by its looks alone: add listing=consistent to SEEDANCE_STORE if it does");
    }
    if (publicBase.isEmpty() && bucket.linksDieEarly()) {
      warnings.add(
          "The store's credentials are temporary, and links signed with them die with them, while"
              + " the service may fetch an input after days (service_tier flex): set"
              + " SEEDANCE_STORE_URL to serve stored files otherwise");
    }
    return warnings;
  }

  @Override
  public String toString() {
    return "BucketStore[" + bucket.location() + "]";
  }
}
