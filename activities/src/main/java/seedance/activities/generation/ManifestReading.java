package seedance.activities.generation;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import seedance.workflows.generation.Artifact;
import seedance.workflows.generation.Cost;
import seedance.workflows.generation.GenerationOutcome;

/**
 * Reads a manifest and checks what it says, before a workflow hears of it: someone may have edited
 * it, and a value that cannot be would end a workflow's code. What everything hangs on (the files,
 * the task, when they were stored) has to be right; of the rest, what cannot be counts as not
 * known.
 */
final class ManifestReading {
  private static final ObjectMapper JSON =
      new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
  private static final Pattern MEDIA_TYPE = Pattern.compile("[a-z]{1,20}/[A-Za-z0-9.+-]{1,80}");
  private static final Pattern CURRENCY = Pattern.compile("[A-Z]{3}");
  private static final Pattern TASK_ID = Pattern.compile("\\S{1,512}");

  /** No text of an outcome is longer. */
  private static final int LONGEST_TEXT = 200;

  /** No doubt is longer. */
  private static final int LONGEST_SENTENCE = 300;

  /** More digits than money has, before or after the point. */
  private static final int MOST_DIGITS = 18;

  /** Seedance is of 2025; of a later millennium nobody has a clip. */
  private static final Instant EARLIEST = Instant.parse("2020-01-01T00:00:00Z");

  private static final Instant LATEST = Instant.parse("3000-01-01T00:00:00Z");

  private ManifestReading() {}

  /**
   * @throws UnreadableManifestException when the bytes are no manifest, or a file, the task or the
   *     time cannot be
   */
  static Manifest read(byte[] json) throws UnreadableManifestException {
    Manifest manifest;
    try {
      manifest = JSON.readValue(json, Manifest.class);
    } catch (IOException e) {
      // Without its cause, whose message may quote the request.
      throw new UnreadableManifestException();
    }
    if (manifest == null) {
      throw new UnreadableManifestException();
    }
    return checked(manifest);
  }

  private static Manifest checked(Manifest manifest) throws UnreadableManifestException {
    if (manifest.artifacts().isEmpty()) {
      throw new UnreadableManifestException("its manifest names no clip");
    }
    if (!areFilesOfAGeneration(manifest.artifacts())
        || !TASK_ID.matcher(manifest.taskId()).matches()
        || possible(manifest.storedAt()) == null) {
      throw new UnreadableManifestException();
    }
    return new Manifest(
        manifest.workflowId(),
        manifest.runId(),
        manifest.taskId(),
        manifest.request(),
        possible(manifest.outcome()),
        manifest.artifacts(),
        possible(manifest.cost()),
        possible(manifest.acceptedAt()),
        possible(manifest.noticedAt()),
        manifest.storedAt(),
        manifest.madeFor(),
        manifest.versions());
  }

  /** The video first, and at most a last frame after it. */
  private static boolean areFilesOfAGeneration(List<Artifact> artifacts) {
    List<Artifact.Kind> kinds = artifacts.stream().map(Artifact::kind).toList();
    return (kinds.equals(List.of(Artifact.Kind.VIDEO))
            || kinds.equals(List.of(Artifact.Kind.VIDEO, Artifact.Kind.LAST_FRAME)))
        && artifacts.stream().allMatch(ManifestReading::isPossible);
  }

  private static boolean isPossible(Artifact artifact) {
    return artifact.bytes() > 0
        && artifact.location().isAbsolute()
        && MEDIA_TYPE.matcher(artifact.mediaType()).matches()
        && SHA256.matcher(artifact.sha256()).matches();
  }

  private static GenerationOutcome possible(GenerationOutcome outcome) {
    return new GenerationOutcome(
        text(outcome.model()),
        possible(outcome.createdAt()),
        possible(outcome.finishedAt()),
        outcome.seed(),
        text(outcome.resolution()),
        text(outcome.ratio()),
        known(outcome.duration(), seconds -> seconds >= 0 && Double.isFinite(seconds)),
        known(outcome.frames(), frames -> frames >= 0),
        known(outcome.framesPerSecond(), rate -> rate >= 0),
        outcome.generateAudio(),
        known(outcome.completionTokens(), tokens -> tokens >= 0),
        known(outcome.totalTokens(), tokens -> tokens >= 0));
  }

  private static @Nullable String text(@Nullable String text) {
    return known(text, known -> known.length() <= LONGEST_TEXT);
  }

  private static @Nullable String sentence(@Nullable String text) {
    return known(text, known -> known.length() <= LONGEST_SENTENCE);
  }

  private static @Nullable Instant possible(@Nullable Instant time) {
    return known(time, known -> !known.isBefore(EARLIEST) && known.isBefore(LATEST));
  }

  private static @Nullable Cost possible(@Nullable Cost cost) {
    Cost said =
        cost == null
            ? null
            : new Cost(cost.amount(), cost.currency(), cost.basis(), sentence(cost.doubt()));
    return known(
        said,
        known ->
            known.amount() == null
                || isMoney(known.amount()) && CURRENCY.matcher(known.currency()).matches());
  }

  private static boolean isMoney(BigDecimal amount) {
    return amount.signum() >= 0
        && amount.precision() <= MOST_DIGITS
        && Math.abs(amount.scale()) <= MOST_DIGITS;
  }

  /** Null where it is not known, or cannot be. */
  private static <T> @Nullable T known(@Nullable T value, Predicate<T> canBe) {
    return value == null || !canBe.test(value) ? null : value;
  }
}
