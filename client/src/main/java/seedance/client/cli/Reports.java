package seedance.client.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import seedance.client.DecisionRefusedException;
import seedance.client.Ending;
import seedance.client.GenerationFailedException;
import seedance.client.cli.Terminal.Coloured;
import seedance.workflows.generation.Artifact;
import seedance.workflows.generation.GenerationFailure;
import seedance.workflows.generation.GenerationOutcome;
import seedance.workflows.generation.GenerationResult;
import seedance.workflows.generation.Progress;
import seedance.workflows.generation.Timings;
import seedance.workflows.generation.UnknownSubmission;
import seedance.workflows.json.Violation;

/** Prints where a generation stands and how it ended, for people or as one JSON object a line. */
final class Reports {
  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(JsonGenerator.Feature.WRITE_BIGDECIMAL_AS_PLAIN).build();
  private static final int LABEL_COLUMNS = 9;

  private final Cli cli;
  private final boolean json;
  private final PrintStream out;

  Reports(Cli cli, boolean json) {
    this.cli = cli;
    this.json = json;
    this.out = cli.terminal().out();
  }

  /** Prints one JSON object on one line. */
  void json(Map<String, ?> object) {
    try {
      out.println(Visible.json(JSON.writeValueAsString(object)));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("our own values are JSON", e);
    }
  }

  /**
   * What was not started: lines on {@code err}, or an object.
   *
   * @param what it is called as a whole
   */
  void invalid(String what, List<Violation> violations) {
    if (json) {
      Map<String, Object> object = new LinkedHashMap<>();
      object.put("status", "invalid");
      object.put("violations", violations);
      json(object);
      return;
    }
    for (Violation violation : violations) {
      cli.terminal().err().println(Words.of(violation, what));
    }
  }

  /**
   * What a person should know before something is started; lines on {@code err}, or in its object.
   */
  void notes(List<String> notes) {
    if (!json) {
      notes.forEach(note -> cli.terminal().err().println(Words.printable("note: " + note)));
    }
  }

  /** A decision that was not taken: a line on {@code err}, or an object. */
  void refused(DecisionRefusedException refused) {
    if (json) {
      Map<String, Object> object = object(refused.workflowId(), "refused");
      refused.step().ifPresent(step -> object.put("step", step));
      object.put("message", refused.getMessage());
      json(object);
      return;
    }
    cli.terminal()
        .err()
        .println(
            Words.printable("Refused, and nothing has changed: " + refused.getMessage() + "."));
  }

  void started(String workflowId, List<String> notes) {
    if (json) {
      Map<String, Object> object = object(workflowId, "running");
      object.put("notes", notes);
      json(object);
      return;
    }
    out.println("Started " + Visible.oneLine(workflowId));
  }

  void running(String workflowId, Progress progress) {
    if (json) {
      Map<String, Object> object = object(workflowId, "running");
      object.put("progress", progress);
      json(object);
      return;
    }
    line("id", Visible.oneLine(workflowId));
    line("making", progress.summary());
    line("stage", progress.stage().inWords());
    line("waits for", NextSteps.waitsFor(progress));
    unknown(progress.unknownSubmission());
    line("task", progress.taskId());
    line("status", progress.status());
    line("looks", String.valueOf(progress.looks()));
    if (progress.nextLookAt() != null) {
      line("next look", Words.dayAndClock(progress.nextLookAt()));
    }
    if (progress.expectedAt() != null) {
      line("usual end", Words.dayAndClock(progress.expectedAt()));
    }
    if (progress.lastProblem() != null) {
      line("problem", progress.lastProblem().what());
    }
    progress.notes().forEach(note -> line("note", note));
    NextSteps.commands(cli, workflowId, progress).forEach(command -> line("decide", command));
  }

  private void unknown(UnknownSubmission submission) {
    if (submission == null) {
      return;
    }
    line("sent", Words.dayAndClock(submission.sentAt()));
    line("lost", submission.lost() + "; a task may exist and be charged");
    line("found", submission.found());
    line("may be", String.join(", ", submission.candidates()));
  }

  void succeeded(String workflowId, GenerationResult result) {
    if (json) {
      Map<String, Object> object = object(workflowId, "succeeded");
      object.put("result", result);
      json(object);
      return;
    }
    cli.terminal().line(Coloured.green("Done"), "  " + Visible.oneLine(workflowId));
    for (Artifact artifact : result.artifacts()) {
      line(
          artifact.kind() == Artifact.Kind.VIDEO ? "clip" : "frame",
          Words.location(artifact.location(), cli.workingDirectory())
              + "  "
              + artifact.mediaType()
              + ", "
              + Words.bytes(artifact.bytes()));
      line("sha256", artifact.sha256());
    }
    line("manifest", Words.location(result.manifest(), cli.workingDirectory()));
    line("task", result.taskId());
    line("model", result.model());
    line("video", inWords(result.outcome()));
    line("seed", result.outcome().seed() == null ? null : result.outcome().seed().toString());
    line("time", inWords(result.timings()));
    line("cost", Words.of(result.cost()));
    line("but", result.cost().doubt());
  }

  void failed(GenerationFailedException failed) {
    String status = failed.ending().name().toLowerCase(Locale.ROOT);
    if (json) {
      Map<String, Object> object = object(failed.workflowId(), status);
      object.put("message", failed.getMessage());
      failed.failure().ifPresent(failure -> object.put("failure", failure));
      failed
          .leftBehind()
          .ifPresent(left -> object.put("left", Remains.json(cli, failed.workflowId(), left)));
      json(object);
      return;
    }
    ended(failed.ending(), failed.workflowId());
    failed
        .failure()
        .ifPresentOrElse(this::why, () -> line("why", failed.ending().withoutLastWords()));
    failed
        .leftBehind()
        .ifPresent(
            left -> {
              if (failed.failure().isEmpty()) {
                line("history", left.inWords());
                line("cost", Remains.charged(left).sentence());
              }
              Remains.commands(cli, failed.workflowId(), left)
                  .forEach(command -> line("to do", command.line()));
            });
  }

  private void why(GenerationFailure failure) {
    line("why", failure.type().meaning());
    facts(failure);
    line("cost", failure.charged().sentence());
    line("to do", failure.advice());
    for (Violation violation : failure.violations()) {
      out.println("  " + Words.printable(violation.toString()));
    }
  }

  /** What was seen, and what the service says of it. */
  void facts(GenerationFailure failure) {
    line("problem", failure.problem());
    line("earlier", failure.earlier());
    line("says", failure.serviceMessage());
    line("code", failure.code());
    line("field", failure.param());
    line("task", failure.taskId());
    line("request", failure.requestId());
  }

  /** The first line about an end without a result. */
  void ended(Ending ending, String workflowId) {
    String words = ending.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    String capital = words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
    cli.terminal().line(Coloured.red(capital), "  " + Visible.oneLine(workflowId));
  }

  static Map<String, Object> object(String workflowId, String status) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("workflowId", workflowId);
    object.put("status", status);
    return object;
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

  private static void add(StringJoiner words, Object fact, String unit) {
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

  /** One fact below the first line; nothing where there is none. */
  void line(String label, String value) {
    if (value != null && !value.isEmpty()) {
      out.println("  " + TextWidth.padded(label, LABEL_COLUMNS) + "  " + Words.printable(value));
    }
  }
}
