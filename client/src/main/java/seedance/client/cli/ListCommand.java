package seedance.client.cli;

import com.google.protobuf.ByteString;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.client.WorkflowExecutionMetadata;
import io.temporal.client.WorkflowServiceException;
import io.temporal.common.converter.DataConverterException;
import io.temporal.common.converter.RawValue;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import seedance.client.WorkflowHandle;
import seedance.workflows.chain.VideoChainWorkflow;
import seedance.workflows.generation.VideoGenerationWorkflow;

@Command(
    name = "list",
    description =
        "Lists generations and chains: those that run, then those that ended, the latest first.")
final class ListCommand implements Callable<Integer> {
  private static final String NOT_READABLE = "not readable here, without the payload codec";

  /** What Temporal's own converters write. */
  private static final Set<String> PLAIN =
      Set.of("binary/null", "binary/plain", "json/protobuf", "binary/protobuf", "json/plain", "");

  private final Cli cli;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "20",
      description = "How many at most (default: 20).")
  private int limit;

  @Option(
      names = "--needs-decision",
      description = "Only those that wait for someone to decide, with what is known; see show.")
  private boolean needsDecision;

  @Option(
      names = "--json",
      description = "Print one JSON object a line, with what those left that had no last words.")
  private boolean json;

  ListCommand(Cli cli) {
    this.cli = cli;
  }

  @Override
  public Integer call() {
    if (limit < 1) {
      throw new Refusal(ExitCode.INVALID, "--limit is at least 1");
    }
    try (Connection connection = Connection.open(cli.environment())) {
      new Output(cli, json)
          .print(report(recent(connection), new LeftInList(cli, connection.workflowClient())));
    }
    return ExitCode.OK;
  }

  private List<WorkflowExecutionMetadata> recent(Connection connection) {
    String query =
        "WorkflowType IN ('%s', '%s') AND %s"
            .formatted(
                String.join("', '", VideoGenerationWorkflow.TYPES),
                VideoChainWorkflow.TYPE,
                // Of one that goes on in another run, the last run stands for all.
                needsDecision ? "CloseTime IS NULL" : "ExecutionStatus != 'ContinuedAsNew'");
    try (Stream<WorkflowExecutionMetadata> all =
        connection.workflowClient().listExecutions(query)) {
      return all.filter(found -> !needsDecision || decision(found) != null).limit(limit).toList();
    } catch (StatusRuntimeException | WorkflowServiceException refused) {
      if (Refusals.status(refused).map(Status::getCode).orElse(Status.Code.UNKNOWN)
          == Status.Code.UNIMPLEMENTED) {
        throw new Refusal(
            ExitCode.NOT_REACHED,
            "This Temporal server keeps no list (the in-memory one does not). One generation by its"
                + " id:\n  "
                + cli.command("show", "ID"));
      }
      throw Refusals.of(refused);
    }
  }

  private Report report(List<WorkflowExecutionMetadata> generations, LeftInList left) {
    return new Report(
        () -> generations.stream().map(generation -> object(generation, left)),
        () -> print(generations));
  }

  private static JsonObject object(WorkflowExecutionMetadata generation, LeftInList left) {
    WorkflowExecution run = generation.getExecution();
    Instant closedAt = generation.getCloseTime();
    return JsonObject.about(run.getWorkflowId(), Words.status(generation))
        .with("type", type(generation))
        .with("runId", run.getRunId())
        .with("startedAt", startedAt(generation).toString())
        .with("closedAt", closedAt == null ? null : closedAt.toString())
        .with("needsDecision", decision(generation))
        .with("left", left.of(generation));
  }

  private void print(List<WorkflowExecutionMetadata> generations) {
    PrintStream out = cli.terminal().out();
    if (generations.isEmpty()) {
      out.println(needsDecision ? "Nothing waits for a decision." : "No generations yet.");
    } else if (needsDecision) {
      decisions(generations).print(out);
      out.println("What to do about one: " + cli.command("show", "ID"));
    } else {
      all(generations).print(out);
    }
  }

  private static Table all(List<WorkflowExecutionMetadata> generations) {
    Table table = new Table("ID", "TYPE", "STATUS", "STARTED", "TOOK");
    for (WorkflowExecutionMetadata generation : generations) {
      Instant end = generation.getCloseTime() == null ? Instant.now() : generation.getCloseTime();
      table.row(
          Words.printable(generation.getExecution().getWorkflowId()),
          type(generation),
          status(generation),
          Words.dayAndClock(startedAt(generation)),
          Words.of(Duration.between(startedAt(generation), end)));
    }
    return table;
  }

  private static String status(WorkflowExecutionMetadata generation) {
    String decision = decision(generation);
    if (decision == null) {
      return Words.status(generation);
    }
    return decision.equals(NOT_READABLE) ? "may need a decision" : "needs decision";
  }

  private static Table decisions(List<WorkflowExecutionMetadata> generations) {
    Table table = new Table("ID", "STARTED", "KNOWN");
    for (WorkflowExecutionMetadata generation : generations) {
      table.row(
          Words.printable(generation.getExecution().getWorkflowId()),
          Words.dayAndClock(startedAt(generation)),
          Words.printable(Objects.requireNonNullElse(decision(generation), "")));
    }
    return table;
  }

  /** What is known, where someone has to decide; else null. */
  private static @Nullable String decision(WorkflowExecutionMetadata generation) {
    if (WorkflowHandle.hasEnded(generation)) {
      return null;
    }
    String key = VideoGenerationWorkflow.NEEDS_DECISION_MEMO;
    return isEncoded(generation, key) ? NOT_READABLE : memo(generation, key);
  }

  /** Whether a payload codec has written it, which is not known here. */
  private static boolean isEncoded(WorkflowExecutionMetadata found, String key) {
    RawValue raw = found.getMemo(key, RawValue.class, RawValue.class);
    return raw != null
        && !PLAIN.contains(
            raw.getPayload().getMetadataOrDefault("encoding", ByteString.EMPTY).toStringUtf8());
  }

  /** Null too where someone else's is in its place. */
  private static @Nullable String memo(WorkflowExecutionMetadata found, String key) {
    try {
      return found.getMemo(key, String.class, String.class);
    } catch (DataConverterException notOurs) {
      return null;
    }
  }

  /** When its first run began. */
  private static Instant startedAt(WorkflowExecutionMetadata found) {
    try {
      String first = memo(found, VideoGenerationWorkflow.STARTED_AT_MEMO);
      return first == null ? found.getStartTime() : Instant.parse(first);
    } catch (DateTimeParseException notOurs) {
      return found.getStartTime();
    }
  }

  private static String type(WorkflowExecutionMetadata found) {
    if (VideoChainWorkflow.TYPE.equals(found.getWorkflowType())) {
      return "chain";
    }
    WorkflowExecution parent = found.getParentExecution();
    boolean isStep =
        parent != null
            && found.getExecution().getWorkflowId().startsWith(parent.getWorkflowId() + ".");
    return isStep ? "step" : "generation";
  }
}
