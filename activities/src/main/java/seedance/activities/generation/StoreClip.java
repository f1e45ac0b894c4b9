package seedance.activities.generation;

import io.temporal.activity.Activity;
import io.temporal.activity.ActivityExecutionContext;
import io.temporal.activity.ActivityInfo;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import seedance.activities.provider.Opened;
import seedance.activities.provider.Puzzle;
import seedance.activities.provider.ResultFiles;
import seedance.activities.provider.Sighting;
import seedance.activities.provider.Task;
import seedance.activities.provider.VideoProvider;
import seedance.activities.store.ArtifactStore;
import seedance.activities.store.BrokenDownloadException;
import seedance.activities.store.StorePlace;
import seedance.workflows.generation.Artifact;
import seedance.workflows.generation.HandOffActivity;
import seedance.workflows.generation.HandOffOutcome;
import seedance.workflows.generation.HandOffRequest;
import seedance.workflows.generation.Problem;
import seedance.workflows.request.AnyJson;

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

  private final VideoProvider provider;
  private final ResultFiles files;
  private final ArtifactStore store;
  private final LookSchedule schedule;
  private final GenerationMetrics metrics;
  private final Clock clock;

  StoreClip(
      VideoProvider provider,
      ResultFiles files,
      ArtifactStore store,
      LookSchedule schedule,
      GenerationMetrics metrics,
      Clock clock) {
    this.provider = Objects.requireNonNull(provider, "provider");
    this.files = Objects.requireNonNull(files, "files");
    this.store = Objects.requireNonNull(store, "store");
    this.schedule = Objects.requireNonNull(schedule, "schedule");
    this.metrics = Objects.requireNonNull(metrics, "metrics");
    this.clock = Objects.requireNonNull(clock, "clock");
  }

  @Override
  public HandOffOutcome handOff(HandOffRequest request) {
    ActivityExecutionContext activity = Activity.getExecutionContext();
    Instant from = clock.instant();
    HandOffOutcome outcome;
    try (Heartbeat heartbeat = new Heartbeat(activity)) {
      outcome = store(request, activity.getInfo(), heartbeat);
    } catch (NotYet notYet) {
      outcome = notStored(notYet.getMessage(), notYet.noSuchTask, notYet.retryAfter, request);
    } catch (IOException e) {
      outcome = notStored(StoreTrouble.inWords(e), false, Optional.empty(), request);
    }
    metrics.handedOff(outcome, Duration.between(from, clock.instant()));
    if (outcome instanceof HandOffOutcome.NotStored notStored && request.attempt() == 2) {
      log.warn("Task {} is not stored: {}", request.taskId(), notStored.problem().what());
    }
    return outcome;
  }

  private HandOffOutcome store(HandOffRequest request, ActivityInfo run, Heartbeat heartbeat)
      throws IOException {
    StorePlace place = store.place(run.getWorkflowId(), request.taskId());
    Optional<byte[]> finished = place.manifest();
    if (finished.isPresent()) {
      Manifest manifest = Manifest.ofJson(finished.get());
      return new HandOffOutcome.Stored(
          manifest.artifacts(), place.manifestLocation(), manifest.storedAt());
    }
    Sighting sighting = provider.look(request.taskId());
    boolean videoIsStored = place.find(Artifact.Kind.VIDEO).isPresent();
    if (sighting instanceof Sighting.NoSuchTask missing
        && LookAtTask.isGone(request.missingSince(), clock.instant())
        && !videoIsStored) {
      return new HandOffOutcome.Lost(new Problem(missing.what(), clock.instant()));
    }
    if (sighting instanceof Sighting.Seen seen
        && seen.task().isPuzzle(Puzzle.Kind.CLEARED)
        && !videoIsStored) {
      String what = seen.task().puzzle().orElseThrow().what();
      return new HandOffOutcome.Lost(new Problem(what, clock.instant()));
    }
    boolean withoutLastFrame = request.attempt() >= HAND_OFFS_FOR_LAST_FRAME;
    Map<Artifact.Kind, URI> urls = urls(sighting, videoIsStored, withoutLastFrame);
    List<Artifact> artifacts = artifacts(urls, place, withoutLastFrame, heartbeat);
    Instant storedAt = clock.instant();
    Manifest manifest =
        new Manifest(
            run.getWorkflowId(),
            run.getWorkflowRunId(),
            request.taskId(),
            body(request, run.getWorkflowId()),
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
    return new HandOffOutcome.Stored(artifacts, location, storedAt);
  }

  /** The request as it was sent; where the store has lost it, what else is known of it. */
  private AnyJson body(HandOffRequest request, String workflowId) throws IOException {
    if (request.storedRequest() == null) {
      return AnyJson.orNull(request.request());
    }
    Optional<AnyJson> kept =
        store
            .request(workflowId, request.storedRequest())
            .map(AnyJson::parse)
            .filter(json -> !json.isUnreadable());
    if (kept.isPresent()) {
      return kept.get();
    }
    log.warn("The manifest is without the prompt, as the store has lost the request");
    Map<String, Object> known = new LinkedHashMap<>();
    known.put("model", request.model());
    known.put("resolution", request.resolution());
    known.put("duration", request.seconds());
    known.values().removeIf(Objects::isNull);
    return new AnyJson(known);
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

  /** Where to get each file from; none where what is stored already is all there will be. */
  private static Map<Artifact.Kind, URI> urls(
      Sighting sighting, boolean videoIsStored, boolean withoutLastFrame) throws NotYet {
    Map<Artifact.Kind, URI> urls = new EnumMap<>(Artifact.Kind.class);
    if (sighting instanceof Sighting.Seen seen) {
      Task task = seen.task();
      task.videoUrl().ifPresent(url -> urls.put(Artifact.Kind.VIDEO, url));
      task.lastFrameUrl().ifPresent(url -> urls.put(Artifact.Kind.LAST_FRAME, url));
      if (!urls.containsKey(Artifact.Kind.VIDEO) && !videoIsStored) {
        throw new NotYet(
            task.puzzle()
                .map(Puzzle::what)
                .orElse("the service names no video for the finished task"),
            Optional.empty());
      }
    } else if (!videoIsStored || !withoutLastFrame) {
      throw sighting instanceof Sighting.NotSeen notSeen
          ? new NotYet(notSeen.what(), notSeen.retryAfter())
          : NotYet.missing((Sighting.NoSuchTask) sighting);
    }
    return urls;
  }

  private List<Artifact> artifacts(
      Map<Artifact.Kind, URI> urls, StorePlace place, boolean withoutLastFrame, Heartbeat heartbeat)
      throws IOException {
    List<Artifact> artifacts = new ArrayList<>();
    for (Artifact.Kind kind : List.of(Artifact.Kind.VIDEO, Artifact.Kind.LAST_FRAME)) {
      Optional<Artifact> finished = place.find(kind);
      if (finished.isPresent()) {
        artifacts.add(finished.get());
      } else if (urls.containsKey(kind)) {
        try {
          artifacts.add(download(kind, urls.get(kind), place, heartbeat));
        } catch (NotYet | BrokenDownloadException e) {
          if (kind == Artifact.Kind.VIDEO || !withoutLastFrame) {
            throw e;
          }
          log.warn("Stored without its last frame, which could not be had: {}", e.getMessage());
        }
      }
    }
    metrics.stored(artifacts);
    return artifacts;
  }

  private Artifact download(Artifact.Kind kind, URI url, StorePlace place, Heartbeat heartbeat)
      throws IOException {
    Opened opened = files.open(url);
    if (opened instanceof Opened.Open open) {
      try (open) {
        return place.save(kind, open.bytes(), open.contentLength(), heartbeat::progress);
      }
    }
    if (opened instanceof Opened.Expired expired) {
      throw new NotYet(expired.what(), Optional.empty());
    }
    Opened.Failed failed = (Opened.Failed) opened;
    throw new NotYet(failed.what(), failed.retryAfter());
  }

  private HandOffOutcome notStored(
      String what, boolean noSuchTask, Optional<Duration> retryAfter, HandOffRequest request) {
    return new HandOffOutcome.NotStored(
        new Problem(what, clock.instant()),
        noSuchTask,
        schedule.nextHandOffIn(request.attempt(), retryAfter));
  }

  /** The files cannot be had right now. */
  private static final class NotYet extends IOException {
    private static final long serialVersionUID = 1;
    private final boolean noSuchTask;
    private final transient Optional<Duration> retryAfter;

    NotYet(String what, Optional<Duration> retryAfter) {
      this(what, false, retryAfter);
    }

    private NotYet(String what, boolean noSuchTask, Optional<Duration> retryAfter) {
      super(what);
      this.noSuchTask = noSuchTask;
      this.retryAfter = retryAfter;
    }

    static NotYet missing(Sighting.NoSuchTask sighting) {
      return new NotYet(sighting.what(), true, Optional.empty());
    }
  }
}
