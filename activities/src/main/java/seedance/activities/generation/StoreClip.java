package seedance.activities.generation;

import io.temporal.activity.Activity;
import io.temporal.activity.ActivityExecutionContext;
import io.temporal.activity.ActivityInfo;
import io.temporal.client.ActivityCompletionException;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import seedance.activities.provider.Puzzle;
import seedance.activities.provider.ResultFiles;
import seedance.activities.provider.Task;
import seedance.activities.provider.TaskLook;
import seedance.activities.provider.VideoProvider;
import seedance.activities.store.ArtifactStore;
import seedance.activities.store.BrokenDownloadException;
import seedance.activities.store.StorePlace;
import seedance.workflows.generation.Artifact;
import seedance.workflows.generation.HandOffActivity;
import seedance.workflows.generation.HandOffOutcome;
import seedance.workflows.generation.HandOffRequest;
import seedance.workflows.generation.Problem;
import seedance.workflows.json.Json;
import seedance.workflows.request.LastFrame;

/**
 * Downloads a finished task's files into the store. The result URLs are asked for anew in each run:
 * they expire, and no history ever sees them.
 */
final class StoreClip implements HandOffActivity {
  private static final Logger log = LoggerFactory.getLogger(StoreClip.class);

  /**
   * After this many hand-offs, which are some fifteen minutes, a stored video waits no longer for a
   * last frame that cannot be had.
   */
  private static final int HAND_OFFS_FOR_LAST_FRAME = 10;

  /**
   * After this many, over half a minute, not even for one that was asked for and that no reply
   * names: some gateways never do.
   */
  private static final int HAND_OFFS_FOR_A_NAME_OF_IT = 4;

  private static final List<Artifact.Kind> KINDS =
      List.of(Artifact.Kind.VIDEO, Artifact.Kind.LAST_FRAME);

  private final VideoProvider provider;
  private final ResultFiles files;
  private final DownloadLimits limits;
  private final ArtifactStore store;
  private final LookSchedule schedule;
  private final Looks looks;
  private final GenerationMetrics metrics;
  private final Clock clock;

  StoreClip(
      VideoProvider provider,
      ResultFiles files,
      DownloadLimits limits,
      ArtifactStore store,
      Looks looks,
      GenerationMetrics metrics,
      Clock clock) {
    this.provider = Objects.requireNonNull(provider, "provider");
    this.files = Objects.requireNonNull(files, "files");
    this.limits = Objects.requireNonNull(limits, "limits");
    this.store = Objects.requireNonNull(store, "store");
    this.looks = Objects.requireNonNull(looks, "looks");
    this.schedule = looks.schedule();
    this.metrics = Objects.requireNonNull(metrics, "metrics");
    this.clock = Objects.requireNonNull(clock, "clock");
  }

  @Override
  public HandOffOutcome handOff(HandOffRequest request) {
    ActivityExecutionContext activity = Activity.getExecutionContext();
    Instant from = clock.instant();
    HandOffOutcome outcome;
    try (Heartbeat heartbeat = new Heartbeat(activity)) {
      Pace pace = new Pace(limits, activity.getInfo().getStartToCloseTimeout(), System::nanoTime);
      Download download = new Download(files, limits, pace, heartbeat::progress);
      outcome = store(request, activity.getInfo(), download);
    } catch (NotYet notYet) {
      outcome =
          notYet.isWithoutClip() && LostClip.isLost(request, clock.instant())
              ? lost(notYet.what())
              : notStored(notYet.what(), notYet.isGone(), notYet.retryAfter(), request);
    } catch (IOException e) {
      outcome = notStored(StoreTrouble.inWords(e), false, Optional.empty(), request);
    } catch (ActivityCompletionException e) {
      throw e;
    } catch (RuntimeException bug) {
      // Thrown on, it would be tried again for ever, and nobody told.
      outcome = notStored(StoreTrouble.inWords(bug), false, Optional.empty(), request);
    }
    metrics.handedOff(outcome, Duration.between(from, clock.instant()));
    if (outcome instanceof HandOffOutcome.NotStored notStored && request.attempt() == 2) {
      log.warn("Task {} is not stored: {}", request.taskId(), notStored.problem().what());
    }
    return outcome;
  }

  private HandOffOutcome store(HandOffRequest request, ActivityInfo run, Download download)
      throws IOException {
    StorePlace place = store.place(run.getWorkflowId(), request.taskId());
    Optional<Manifest> earlier = manifest(place);
    boolean isOurs =
        earlier.map(manifest -> manifest.taskId().equals(request.taskId())).orElse(true);
    Optional<HandOffOutcome> finished =
        isOurs && earlier.isPresent() ? finished(earlier.get(), place) : Optional.empty();
    if (finished.isPresent()) {
      return finished.get();
    }
    TaskLook look = provider.look(request.taskId());
    Map<Artifact.Kind, Artifact> stored = new EnumMap<>(Artifact.Kind.class);
    if (isOurs) {
      for (Artifact.Kind kind : KINDS) {
        place.findWhole(kind).ifPresent(artifact -> stored.put(kind, artifact));
      }
    }
    boolean videoIsStored = stored.containsKey(Artifact.Kind.VIDEO);
    if (look instanceof TaskLook.NoSuchTask missing
        && LostClip.isLostWithItsRecord(request, clock.instant())
        && !videoIsStored) {
      return lost(missing.what());
    }
    if (look instanceof TaskLook.Seen seen
        && seen.task().isPuzzle(Puzzle.Kind.CLEARED)
        && !videoIsStored) {
      return lost(seen.task().puzzle().orElseThrow().what());
    }
    boolean withoutLastFrame = request.attempt() >= HAND_OFFS_FOR_LAST_FRAME;
    Map<Artifact.Kind, URI> urls = urls(look, videoIsStored, withoutLastFrame);
    for (Artifact.Kind kind : KINDS) {
      if (urls.containsKey(kind) && !stored.containsKey(kind)) {
        try {
          stored.put(kind, download.fetch(kind, urls.get(kind), place));
        } catch (NotYet | BrokenDownloadException e) {
          if (kind == Artifact.Kind.VIDEO) {
            throw e;
          }
          if (!withoutLastFrame) {
            throw e instanceof NotYet notYet ? notYet.ofLess() : e;
          }
          log.warn("Stored without its last frame, which could not be had: {}", e.getMessage());
        }
      }
    }
    Json body = body(request, run.getWorkflowId());
    if (!stored.containsKey(Artifact.Kind.LAST_FRAME)
        && LastFrame.isAskedForBy(body)
        && mayYetBeNamed(look)
        && request.attempt() < HAND_OFFS_FOR_A_NAME_OF_IT) {
      throw new NotYet("the service names no last frame, which was asked for");
    }
    List<Artifact> artifacts = List.copyOf(stored.values());
    metrics.stored(artifacts);
    Instant storedAt = clock.instant();
    Manifest manifest =
        new Manifest(
            run.getWorkflowId(),
            run.getWorkflowRunId(),
            request.taskId(),
            body,
            request.outcome(),
            artifacts,
            request.cost(),
            request.acceptedAt(),
            request.noticedAt(),
            storedAt,
            request.madeFor(),
            Manifest.runningVersions());
    URI location = place.saveManifest(manifest.toJson());
    forgetRequest(request, run.getWorkflowId());
    looks.learn(request);
    return new HandOffOutcome.Stored(artifacts, location, storedAt);
  }

  /** One odd reply of a finished task is no proof that there is none. */
  private static boolean mayYetBeNamed(TaskLook look) {
    return look instanceof TaskLook.Seen seen
        && !seen.task().isPuzzle(Puzzle.Kind.CLEARED)
        && seen.task().lastFrameUrl().isEmpty();
  }

  /** The request as it was sent; where the store has lost it, what else is known of it. */
  private Json body(HandOffRequest request, String workflowId) throws IOException {
    if (request.storedRequest() == null) {
      return Json.orNull(request.request());
    }
    Optional<Json> kept = new KeptRequests(store).find(workflowId, request.storedRequest());
    if (kept.isPresent()) {
      return kept.get();
    }
    log.warn("The manifest is without the prompt, as the store has lost the request");
    return request.requestInShort();
  }

  /** It is in the manifest now. */
  private void forgetRequest(HandOffRequest request, String workflowId) {
    if (request.storedRequest() != null) {
      try {
        store.forgetRequest(workflowId, request.storedRequest());
      } catch (IOException e) {
        log.warn("A kept request stays behind: {}", StoreTrouble.inWords(e));
      }
    }
  }

  /**
   * What an earlier hand-off wrote; empty where it makes no sense, so that all is checked again.
   */
  private static Optional<Manifest> manifest(StorePlace place) throws IOException {
    Optional<byte[]> json = place.manifest();
    if (json.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(ManifestReading.read(json.get()));
    } catch (UnreadableManifestException e) {
      log.warn("The manifest is written anew: {}", e.getMessage());
      return Optional.empty();
    }
  }

  /**
   * What an earlier hand-off finished, if every file of it is still what its manifest says; empty
   * where something is missing, so that all is checked again.
   */
  private static Optional<HandOffOutcome> finished(Manifest manifest, StorePlace place)
      throws IOException {
    List<Artifact> there = new ArrayList<>();
    for (Artifact made : manifest.artifacts()) {
      place
          .find(made.kind())
          .filter(found -> found.sha256().equals(made.sha256()))
          .ifPresent(there::add);
    }
    if (there.size() == manifest.artifacts().size()) {
      return Optional.of(
          new HandOffOutcome.Stored(there, place.manifestLocation(), manifest.storedAt()));
    }
    log.warn("A stored file is gone or was changed; it is judged again, or had again");
    return Optional.empty();
  }

  /** Where to get each file from; none where what is stored already is all there will be. */
  private static Map<Artifact.Kind, URI> urls(
      TaskLook look, boolean videoIsStored, boolean withoutLastFrame) throws NotYet {
    Map<Artifact.Kind, URI> urls = new EnumMap<>(Artifact.Kind.class);
    if (look instanceof TaskLook.Seen seen) {
      Task task = seen.task();
      task.videoUrl().ifPresent(url -> urls.put(Artifact.Kind.VIDEO, url));
      task.lastFrameUrl().ifPresent(url -> urls.put(Artifact.Kind.LAST_FRAME, url));
      if (!urls.containsKey(Artifact.Kind.VIDEO) && !videoIsStored) {
        String what =
            task.error().isPresent()
                ? "the service says \"%s\" by now".formatted(task.status().word())
                : task.puzzle()
                    .map(Puzzle::what)
                    .orElse("the service names no video for the finished task");
        throw task.isPuzzle(Puzzle.Kind.NO_ANSWER) ? new NotYet(what) : NotYet.withoutClip(what);
      }
    } else if (!videoIsStored || !withoutLastFrame) {
      throw look instanceof TaskLook.NotSeen notSeen
          ? new NotYet(notSeen.what(), notSeen.retryAfter())
          : NotYet.missing((TaskLook.NoSuchTask) look);
    }
    return urls;
  }

  private HandOffOutcome lost(String what) {
    return new HandOffOutcome.Lost(new Problem(what, clock.instant()));
  }

  private HandOffOutcome notStored(
      String what, boolean isGone, Optional<Duration> retryAfter, HandOffRequest request) {
    return new HandOffOutcome.NotStored(
        new Problem(what, clock.instant()),
        isGone,
        schedule.nextHandOffIn(request.attempt(), retryAfter));
  }
}
