package seedance.client.cli;

import java.time.Instant;
import java.util.Optional;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;
import seedance.client.GenerationFailedException;
import seedance.client.TimeLeft;
import seedance.workflows.generation.Artifact;
import seedance.workflows.generation.GenerationFailure;
import seedance.workflows.generation.GenerationOutcome;
import seedance.workflows.generation.GenerationResult;
import seedance.workflows.generation.Progress;
import seedance.workflows.generation.Timings;
import seedance.workflows.generation.UnknownSubmission;

/** Where a generation stands, and how it ended. */
final class GenerationReports {
  private final Cli cli;
  private final Lines lines;

  GenerationReports(Cli cli) {
    this.cli = cli;
    this.lines = new Lines(cli);
  }

  Report running(String id, Progress progress) {
    return Report.of(
        () -> JsonObject.about(id, "running").with("progress", progress),
        () -> print(id, progress));
  }

  private void print(String id, Progress progress) {
    lines.fact("id", Visible.oneLine(id));
    lines.fact("making", progress.summary());
    lines.fact("stage", progress.stage().inWords());
    lines.fact("waits for", waitsFor(progress));
    unknown(progress.unknownSubmission());
    lines.fact("task", progress.taskId());
    lines.fact("status", progress.status());
    lines.fact("looks", String.valueOf(progress.looks()));
    lines.time("next look", progress.nextLookAt());
    expectation(progress, Instant.now());
    if (progress.lastProblem() != null) {
      lines.fact("problem", progress.lastProblem().what());
    }
    progress.notes().forEach(note -> lines.fact("note", note));
    Suggestion.decisions(cli, id, progress)
        .forEach(decision -> lines.fact("decide", decision.line()));
  }

  private void expectation(Progress progress, Instant now) {
    Optional<TimeLeft> left = TimeLeft.of(progress, now);
    if (left.isEmpty()) {
      lines.time("usual end", progress.expectedAt());
      return;
    }
    lines.fact("done", Words.of(left.get()));
    if (!left.get().isQueued()) {
      lines.time("expected", now.plus(left.get().likely()));
      lines.time("usually by", progress.usuallyBy());
    }
  }

  /** In a sentence; null where the stage says it. */
  private static @Nullable String waitsFor(Progress progress) {
    return switch (progress.stage()) {
      case RECONCILE ->
          "a sign of the lost task: its receipt, the service's list or a callback; nothing is sent"
              + " meanwhile";
      case DECIDE ->
          "your decision; nothing is sent until then. A sign of the task settles it as well";
      case CANCEL ->
          "the service's word on whether the task is cancelled; one that runs already goes on and is"
              + " charged";
      default -> null;
    };
  }

  private void unknown(@Nullable UnknownSubmission submission) {
    if (submission == null) {
      return;
    }
    lines.time("sent", submission.sentAt());
    lines.fact("lost", submission.lost() + "; a task may exist and be charged");
    lines.fact("found", submission.found());
    lines.fact("may be", String.join(", ", submission.candidates()));
  }

  Report succeeded(String id, GenerationResult result) {
    return Report.of(
        () -> JsonObject.about(id, "succeeded").with("result", result), () -> print(id, result));
  }

  private void print(String id, GenerationResult result) {
    lines.done(id);
    for (Artifact artifact : result.artifacts()) {
      lines.fact(
          artifact.kind() == Artifact.Kind.VIDEO ? "clip" : "frame",
          lines.location(artifact.location())
              + "  "
              + artifact.mediaType()
              + ", "
              + Words.bytes(artifact.bytes()));
      lines.fact("sha256", artifact.sha256());
    }
    Suggestion.link(cli, id, result.video().location()).ifPresent(line -> lines.fact("link", line));
    lines.fact("manifest", lines.location(result.manifest()));
    lines.fact("task", result.taskId());
    lines.fact("model", result.model());
    lines.fact("video", inWords(result.outcome()));
    lines.fact("seed", result.outcome().seed() == null ? null : result.outcome().seed().toString());
    lines.fact("time", inWords(result.timings()));
    lines.fact("cost", Words.of(result.cost()));
    lines.fact("but", result.cost().doubt());
  }

  private static String inWords(GenerationOutcome outcome) {
    StringJoiner words = new StringJoiner(", ");
    add(words, outcome.resolution(), "");
    add(words, outcome.ratio(), "");
    add(words, outcome.duration(), " s");
    add(words, outcome.framesPerSecond(), " fps");
    add(words, outcome.completionTokens(), " tokens");
    return words.toString();
  }

  private static void add(StringJoiner words, @Nullable Object fact, String unit) {
    if (fact != null) {
      words.add(fact + unit);
    }
  }

  private static String inWords(Timings timings) {
    return "queued %s, ran %s, noticed after %s, stored after %s"
        .formatted(
            Words.of(timings.queued()),
            Words.of(timings.ran()),
            Words.of(timings.noticed()),
            Words.of(timings.stored()));
  }

  Report failed(GenerationFailedException failed) {
    String id = failed.workflowId();
    return Report.of(
        () ->
            JsonObject.about(id, Words.status(failed.ending()))
                .with("message", failed.getMessage())
                .with("failure", failed.failure())
                .with("left", failed.leftBehind().map(left -> Remains.json(cli, id, left))),
        () -> print(id, failed));
  }

  private void print(String id, GenerationFailedException failed) {
    lines.ended(failed.ending(), id);
    failed
        .failure()
        .ifPresentOrElse(this::why, () -> lines.fact("why", failed.ending().withoutLastWords()));
    failed
        .leftBehind()
        .ifPresent(
            left -> {
              if (failed.failure().isEmpty()) {
                lines.fact("history", left.inWords());
                lines.fact("cost", Remains.charged(left).sentence());
              }
              Suggestion.fetching(cli, id, left)
                  .forEach(command -> lines.fact("to do", command.line()));
            });
  }

  private void why(GenerationFailure failure) {
    lines.fact("why", failure.type().meaning());
    lines.facts(failure);
    lines.fact("cost", failure.charged().sentence());
    lines.fact("to do", failure.advice());
    lines.violations(failure.violations());
  }
}
