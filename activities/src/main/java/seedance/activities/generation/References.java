package seedance.activities.generation;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import seedance.activities.provider.ResultFiles;
import seedance.activities.provider.TaskLook;
import seedance.activities.provider.TaskStatus;
import seedance.activities.provider.VideoProvider;
import seedance.activities.store.ArtifactStore;
import seedance.workflows.generation.Artifact;
import seedance.workflows.generation.FailureType;
import seedance.workflows.generation.ServiceError;
import seedance.workflows.json.Json;
import seedance.workflows.request.GenerationOutput;
import seedance.workflows.request.GenerationReference;
import seedance.workflows.request.LastFrame;
import seedance.workflows.request.OutputReference;
import seedance.workflows.request.RequestReferences;

/**
 * Puts what the service can fetch in the places of references to earlier generations. The service's
 * own URL comes first, as it trusts its own unedited output; then the stored copy by the operator's
 * URL; then, for images, the stored copy inline.
 */
final class References {
  /**
   * After that nothing is asked any more, and nothing sent: the attempt has 90 s, and the call that
   * follows may take 75 of them.
   */
  private static final Duration LONGEST = Duration.ofSeconds(10);

  /**
   * So often a finished task is asked for a URL that the service can fetch, over a minute and more.
   * Gateways leave it out at times (H), and some for ever.
   */
  private static final int ATTEMPTS_TO_GET_A_URL = 5;

  /** Of the service (H): an image is under 30 MB, a body at most 64 MB. */
  private static final long LARGEST_IMAGE = 30_000_000 - 1;

  private static final long LARGEST_BODY = 64_000_000;

  private static final Stand NO_LAST_FRAME = new Stand.Not("NoLastFrame");

  private static final String FOR_A_DAY = "; asked again until a day after the clip was stored";

  private static final String FOR_A_MINUTE = "; asked again for a minute or two";

  private final ArtifactStore store;
  private final VideoProvider provider;
  private final ResultFiles files;
  private final Clock clock;
  private final Duration longest;
  private final InputLinks inputs;

  References(ArtifactStore store, VideoProvider provider, ResultFiles files, Clock clock) {
    this(store, provider, files, clock, LONGEST);
  }

  References(
      ArtifactStore store,
      VideoProvider provider,
      ResultFiles files,
      Clock clock,
      Duration longest) {
    this.store = Objects.requireNonNull(store, "store");
    this.provider = Objects.requireNonNull(provider, "provider");
    this.files = Objects.requireNonNull(files, "files");
    this.clock = Objects.requireNonNull(clock, "clock");
    this.longest = Objects.requireNonNull(longest, "longest");
    this.inputs = new InputLinks(store);
  }

  /** What became of a body's references. */
  sealed interface Resolution {
    /**
     * None is left.
     *
     * @param body may hold signed URLs and inline media, and goes nowhere but to the service
     */
    record Resolved(Json body) implements Resolution {}

    /** The store or the service does not answer. */
    record NotNow(String what, Optional<Duration> retryAfter) implements Resolution {}

    /** One names what cannot be handed to the service. */
    record Unavailable(ServiceError error) implements Resolution {}
  }

  /** What stands for one reference. */
  private sealed interface Stand {
    /** A URL, inline or not, or a task's id. */
    record In(String text) implements Stand {
      @Override
      public String toString() {
        return "In[***]";
      }
    }

    record NotNow(String what, Optional<Duration> retryAfter) implements Stand {}

    /**
     * @param code why not, as the failure shows it
     */
    record Not(String code) implements Stand {}
  }

  /**
   * @param body valid, and without a step of a chain
   * @param attempt 1 for the first submission of it
   */
  Resolution resolve(Json body, int attempt) {
    List<RequestReferences.Placed> placed = RequestReferences.in(body);
    AskedTasks asked = new AskedTasks(provider, files, clock, longest);
    Map<OutputReference, String> stands = new HashMap<>();
    long room = LARGEST_BODY - (placed.isEmpty() ? 0 : body.bytes());
    for (RequestReferences.Placed each : placed) {
      if (!each.fits() || !(each.reference() instanceof GenerationReference reference)) {
        continue;
      }
      Stand stand =
          stands.containsKey(reference)
              ? new Stand.In(stands.get(reference))
              : standFor(reference, asked, attempt);
      // First, as what was not answered in time is no reason to refuse anything.
      if (asked.isTooLate()) {
        return new Resolution.NotNow(
            "asking for the earlier generations that the request refers to took too long",
            Optional.empty());
      }
      if (stand instanceof Stand.NotNow notNow) {
        return new Resolution.NotNow(reference.url() + ": " + notNow.what(), notNow.retryAfter());
      }
      if (stand instanceof Stand.Not not) {
        return unavailable(not.code(), each);
      }
      String text = ((Stand.In) stand).text();
      room -= text.length();
      if (room < 0) {
        return unavailable("TooLarge", each);
      }
      stands.put(reference, text);
    }
    return inputs.resolve(
        RequestReferences.replaced(
            body, reference -> stands.getOrDefault(reference, reference.url())));
  }

  private static Resolution unavailable(String code, RequestReferences.Placed placed) {
    return new Resolution.Unavailable(
        new ServiceError(
            FailureType.REFERENCE_UNAVAILABLE,
            code,
            placed.path() + " (" + placed.reference().url() + ")",
            null));
  }

  private Stand standFor(GenerationReference reference, AskedTasks asked, int attempt) {
    try {
      Optional<StoredGeneration> stored = StoredGeneration.latest(store, reference.workflowId());
      return stored.isEmpty()
          ? new Stand.Not("NoSuchGeneration")
          : standFor(reference.output(), stored.get(), asked, attempt);
    } catch (UnreadableManifestException e) {
      return new Stand.Not("Unreadable");
    } catch (IOException e) {
      return new Stand.NotNow(StoreTrouble.inWords(e), Optional.empty());
    }
  }

  private Stand standFor(
      GenerationOutput output, StoredGeneration stored, AskedTasks asked, int attempt)
      throws IOException {
    String taskId = stored.manifest().taskId();
    if (output == GenerationOutput.TASK) {
      return new Stand.In(taskId);
    }
    TaskLook look = asked.look(taskId);
    if (look instanceof TaskLook.NotSeen notSeen) {
      return new Stand.NotNow(notSeen.what(), notSeen.retryAfter());
    }
    Optional<URI> own =
        look instanceof TaskLook.Seen found
            ? asked.liveUrl(found.task(), output)
            : Optional.empty();
    if (own.isPresent()) {
      return new Stand.In(own.get().toString());
    }
    boolean isStored = stored.has(kind(output));
    if (!isStored && !LastFrame.isAskedForBy(stored.manifest().request())) {
      return NO_LAST_FRAME;
    }
    Stand copy =
        isStored ? copy(output, stored, look instanceof TaskLook.NoSuchTask) : NO_LAST_FRAME;
    return copy instanceof Stand.Not
        ? slip(look, stored, asked, attempt).map(References::askedLater).orElse(copy)
        : copy;
  }

  private static Stand askedLater(String what) {
    return new Stand.NotNow(what + ", unless SEEDANCE_STORE_URL serves the copy", Optional.empty());
  }

  /**
   * What may be otherwise soon of a task whose clip was stored within a day, so that it may not
   * fail anything. It cannot be true that such a task is unknown or goes on: a gateway that
   * restarts forgets for minutes. That no URL of it is one for the service may stay so.
   */
  private static Optional<String> slip(
      TaskLook look, StoredGeneration stored, AskedTasks asked, int attempt) {
    if (!asked.isYoung(stored.manifest().storedAt())) {
      return Optional.empty();
    }
    if (look instanceof TaskLook.NoSuchTask none) {
      return Optional.of(none.what() + FOR_A_DAY);
    }
    if (!(look instanceof TaskLook.Seen found)) {
      return Optional.empty();
    }
    TaskStatus status = found.task().status();
    if (!status.isOver()) {
      return Optional.of("the service shows a finished task as " + status.word() + FOR_A_DAY);
    }
    return status == TaskStatus.Known.SUCCEEDED && attempt < ATTEMPTS_TO_GET_A_URL
        ? Optional.of("the service names no URL of it that it can fetch itself" + FOR_A_MINUTE)
        : Optional.empty();
  }

  private Stand copy(GenerationOutput output, StoredGeneration stored, boolean recordIsGone)
      throws IOException {
    Optional<Artifact> artifact = stored.unchanged(kind(output));
    if (artifact.isEmpty()) {
      return new Stand.Not(recordIsGone ? "Expired" : "NotStored");
    }
    Optional<URI> served = store.publicUrl(artifact.get().location());
    if (served.isPresent()) {
      return new Stand.In(served.get().toString());
    }
    return output == GenerationOutput.LAST_FRAME ? inline(artifact.get()) : notServable();
  }

  private static Artifact.Kind kind(GenerationOutput output) {
    return output == GenerationOutput.VIDEO ? Artifact.Kind.VIDEO : Artifact.Kind.LAST_FRAME;
  }

  private Stand inline(Artifact image) throws IOException {
    if (image.bytes() > LARGEST_IMAGE) {
      return new Stand.Not("TooLarge");
    }
    Optional<InputStream> content = store.open(image.location());
    if (content.isEmpty()) {
      return notServable();
    }
    try (InputStream bytes = content.get()) {
      String base64 =
          Base64.getEncoder().encodeToString(bytes.readNBytes(Math.toIntExact(image.bytes())));
      return new Stand.In("data:" + image.mediaType() + ";base64," + base64);
    }
  }

  private static Stand notServable() {
    return new Stand.Not("NotServable");
  }
}
