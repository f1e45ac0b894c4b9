package seedance.client.cli;

import io.temporal.client.WorkflowExecutionMetadata;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.StringJoiner;
import seedance.client.Ending;
import seedance.client.TimeLeft;
import seedance.workflows.chain.StepProgress;
import seedance.workflows.generation.Cost;
import seedance.workflows.generation.Progress;
import seedance.workflows.generation.Progress.Stage;
import seedance.workflows.generation.Timeline;
import seedance.workflows.generation.UnknownSubmission;
import seedance.workflows.json.JsonPath;
import seedance.workflows.json.Violation;
import seedance.workflows.request.Money;

/** Values in words for people. */
final class Words {
  private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss");
  private static final DateTimeFormatter DAY_AND_CLOCK =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");

  private Words() {}

  /** Such as {@code 0.4 s}, {@code 42 s}, {@code 2 min 05 s}, {@code 3 h 20 min}. */
  static String of(Duration duration) {
    long seconds = Math.round(duration.toMillis() / 1000.0);
    if (duration.toMillis() < 9_950) {
      return String.format(Locale.ROOT, "%.1f s", Math.max(0, duration.toMillis()) / 1000.0);
    }
    if (seconds < 60) {
      return seconds + " s";
    }
    return seconds < 3600
        ? String.format(Locale.ROOT, "%d min %02d s", seconds / 60, seconds % 60)
        : String.format(Locale.ROOT, "%d h %02d min", seconds / 3600, seconds / 60 % 60);
  }

  /** Such as {@code 71 KB}; 1 KB is 1000 bytes, as in file managers. */
  static String bytes(long bytes) {
    if (bytes < 1000) {
      return bytes + " B";
    }
    return bytes < 1_000_000
        ? Math.round(bytes / 1000.0) + " KB"
        : String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
  }

  static String of(Cost cost) {
    return cost.amount() == null || cost.currency() == null
        ? "unknown: " + cost.basis()
        : new Money(cost.amount(), cost.currency()).inWords();
  }

  /** A file's path, relative where it is below the working directory; any other place as it is. */
  static String location(URI location, Path workingDirectory) {
    if (!"file".equals(location.getScheme())) {
      return location.toString();
    }
    Path file = Path.of(location.getPath());
    return file.startsWith(workingDirectory)
        ? workingDirectory.relativize(file).toString()
        : file.toString();
  }

  static String clock(Instant instant) {
    return CLOCK.format(instant.atZone(ZoneId.systemDefault()));
  }

  static String dayAndClock(Instant instant) {
    return DAY_AND_CLOCK.format(instant.atZone(ZoneId.systemDefault()));
  }

  /**
   * Where a generation stands, without times that pass: the same again means that nothing changed.
   */
  static String of(Progress progress) {
    StringJoiner words = new StringJoiner(", ").add(progress.stage().inWords());
    if (progress.stage() == Stage.AWAIT) {
      words.add(progress.status() == null ? "accepted" : progress.status().replace('_', ' '));
      if (progress.looks() > 0) {
        words.add(progress.looks() == 1 ? "1 look" : progress.looks() + " looks");
      }
    }
    if (progress.unknownSubmission() != null) {
      UnknownSubmission submission = progress.unknownSubmission();
      words.add(submission.found() == null ? submission.lost() : submission.found());
    }
    if (progress.lastProblem() != null) {
      words.add("last problem: " + progress.lastProblem().what());
    }
    return printable(words.toString());
  }

  /** Where a step stands and what it waits for; what went wrong with it is said elsewhere. */
  static String of(StepProgress step) {
    return printable(step.inWords());
  }

  static String status(Ending ending) {
    return ending.name().toLowerCase(Locale.ROOT);
  }

  /** In the words that {@code show} uses. */
  static String status(WorkflowExecutionMetadata generation) {
    return switch (generation.getStatus()) {
      case WORKFLOW_EXECUTION_STATUS_COMPLETED -> "succeeded";
      case WORKFLOW_EXECUTION_STATUS_CANCELED -> "cancelled";
      default ->
          generation
              .getStatus()
              .name()
              .replace("WORKFLOW_EXECUTION_STATUS_", "")
              .toLowerCase(Locale.ROOT);
    };
  }

  /** {@link #of(Progress)} with what passes: the time left, and that until the next look. */
  static String passing(Progress progress, Instant now) {
    String words =
        TimeLeft.of(progress, now).map(left -> of(left) + ", ").orElse("") + of(progress);
    if (progress.nextLookAt() == null) {
      return words;
    }
    long seconds = Math.round(Duration.between(now, progress.nextLookAt()).toMillis() / 1000.0);
    String next =
        seconds < 1
            ? "looking"
            : "next look in " + (seconds < 60 ? seconds + " s" : of(Duration.ofSeconds(seconds)));
    return words + ", " + next;
  }

  /** Such as {@code about 40 s more}. */
  static String of(TimeLeft left) {
    String about = Timeline.rounded(inSteps(left.likely()));
    if (left.isQueued()) {
      return "queued, then about " + about;
    }
    return left.isLate()
        ? "later than usual, perhaps %s more".formatted(about)
        : "about %s more".formatted(about);
  }

  /** In steps of five seconds, as nobody knows it better. */
  private static Duration inSteps(Duration time) {
    return Duration.ofSeconds(5 * Math.max(1, Math.round(time.toMillis() / 5000.0)));
  }

  /**
   * A broken rule with its place.
   *
   * @param whole what the request, the chain or the decision as a whole is called
   */
  static String of(Violation violation, String whole) {
    return printable(
        violation.path().equals(JsonPath.ROOT)
            ? whole + ": " + violation.message()
            : violation.toString());
  }

  /**
   * As one word for a shell, in quotes where it needs them; where it holds what is not printed as
   * it is, in those of bash, zsh and ksh that have a form for it.
   */
  static String shellQuoted(String word) {
    if (!Visible.isPlain(word)) {
      String escaped =
          word.replace("\\", "\\\\").replace("'", "\\'").replace("\n", "\\n").replace("\r", "\\r");
      return "$'" + Visible.inFull(escaped) + "'";
    }
    return word.matches("[\\p{L}\\p{N}_./:@%+=-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
  }

  /**
   * As one line: what others wrote must neither steer the terminal nor look like a line of ours.
   */
  static String printable(String text) {
    return Visible.of(text.replaceAll("[\\t\\n\\x0B\\f\\r]+", " "));
  }
}
