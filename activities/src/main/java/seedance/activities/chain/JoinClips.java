package seedance.activities.chain;

import io.temporal.activity.Activity;
import io.temporal.activity.ActivityExecutionContext;
import io.temporal.activity.ActivityInfo;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import seedance.activities.generation.Heartbeat;
import seedance.activities.generation.StoredGeneration;
import seedance.activities.generation.UnreadableManifestException;
import seedance.activities.store.ArtifactStore;
import seedance.activities.store.BrokenDownloadException;
import seedance.workflows.chain.JoinActivity;
import seedance.workflows.chain.JoinOutcome;
import seedance.workflows.chain.JoinRequest;
import seedance.workflows.generation.Artifact;
import seedance.workflows.generation.Problem;

/** Joins clips of the store to one film in it, with the {@code ffmpeg} of this machine. */
final class JoinClips implements JoinActivity {
  private final ArtifactStore store;
  private final @Nullable String searchPath;
  private final Clock clock;

  /**
   * @param searchPath where {@code ffmpeg} and {@code ffprobe} may be, as in the environment's
   *     {@code PATH}; null for nowhere
   */
  JoinClips(ArtifactStore store, @Nullable String searchPath, Clock clock) {
    this.store = Objects.requireNonNull(store, "store");
    this.searchPath = searchPath;
    this.clock = Objects.requireNonNull(clock, "clock");
  }

  @Override
  public JoinOutcome join(JoinRequest request) {
    ActivityExecutionContext activity = Activity.getExecutionContext();
    try (Heartbeat heartbeat = new Heartbeat(activity)) {
      return join(request, activity.getInfo(), heartbeat);
    } catch (NotJoinableException e) {
      return new JoinOutcome.NotJoined(new Problem(e.what(), clock.instant()));
    } catch (BrokenDownloadException e) {
      return new JoinOutcome.NotJoined(
          new Problem("what ffmpeg made is no whole film", clock.instant()));
    } catch (InterruptedIOException e) {
      throw ApplicationFailure.newFailure("the worker stopped while it joined", "WorkerStopped");
    } catch (IOException e) {
      throw StoreFailure.of(e);
    }
  }

  private JoinOutcome join(JoinRequest request, ActivityInfo run, Heartbeat heartbeat)
      throws IOException {
    if (request.generations().isEmpty()) {
      throw new NotJoinableException("there is no clip to join");
    }
    FilmTools tools =
        FilmTools.on(searchPath)
            .orElseThrow(
                () ->
                    new NotJoinableException(
                        "ffmpeg and ffprobe are not on the PATH of this worker: install ffmpeg"
                            + " there"));
    List<Artifact> stored = new ArrayList<>();
    for (String generation : request.generations()) {
      stored.add(clipOf(generation));
      heartbeat.progress(0);
    }
    try (LocalClips clips = LocalClips.of(stored, store, heartbeat)) {
      return join(clips.files(), tools, run, heartbeat);
    }
  }

  private JoinOutcome join(List<Path> clips, FilmTools tools, ActivityInfo run, Heartbeat heartbeat)
      throws IOException {
    Film film = new Film(tools, clips);
    FilmLimits limits = FilmLimits.of(run.getStartToCloseTimeout(), clips);
    AtomicBoolean copied = new AtomicBoolean();
    Artifact artifact =
        store
            .chainPlace(run.getWorkflowId())
            .saveFilm(
                file ->
                    copied.set(
                        film.writeTo(file, limits, () -> heartbeat.progress(Files.size(file)))));
    return new JoinOutcome.Joined(artifact, copied.get());
  }

  private Optional<StoredGeneration> stored(String generation) throws IOException {
    try {
      return StoredGeneration.latest(store, generation);
    } catch (UnreadableManifestException e) {
      return Optional.empty();
    }
  }

  private Artifact clipOf(String generation) throws IOException {
    Optional<StoredGeneration> stored = stored(generation);
    Optional<Artifact> clip =
        stored.isEmpty() ? Optional.empty() : stored.get().unchanged(Artifact.Kind.VIDEO);
    if (clip.isEmpty()) {
      throw new NotJoinableException(
          "the clip of " + generation + " is not in the store, or was changed");
    }
    // An older version believed a clip's first bytes, and what is no clip must not reach ffmpeg.
    if (stored.get().whole(Artifact.Kind.VIDEO).isEmpty()) {
      throw new NotJoinableException("the clip of " + generation + " is no whole MP4 or MOV");
    }
    return clip.get();
  }
}
