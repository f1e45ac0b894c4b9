package seedance.worker.dev.simulator;

import java.net.URI;
import java.util.Optional;
import java.util.Set;

/** The two ways to spell the same calls. */
enum SimulatedDialect {
  /** The gateway creates and looks; whether gateways list or delete is not known. */
  GATEWAY("/v1/videos", Set.of(Operation.CREATE, Operation.LOOK, Operation.DOWNLOAD)),
  /** Ark does everything. */
  ARK(
      "/api/v3/contents/generations/tasks",
      Set.of(Operation.CREATE, Operation.LOOK, Operation.LIST, Operation.DELETE));

  private final String path;
  private final Set<Operation> operations;

  SimulatedDialect(String path, Set<Operation> operations) {
    this.path = path;
    this.operations = operations;
  }

  /** Where the collection of tasks is. */
  String path() {
    return path;
  }

  /**
   * Reads a request line.
   *
   * @return empty if this dialect knows no such call
   */
  Optional<Call> read(String method, URI uri) {
    String tail = uri.getRawPath().substring(path.length());
    if (tail.isEmpty() || tail.equals("/")) {
      return switch (method) {
        case "POST" -> known(new Call.Create());
        case "GET" -> known(new Call.ListTasks(Query.parse(uri.getRawQuery())));
        default -> Optional.empty();
      };
    }
    if (tail.charAt(0) != '/') {
      return Optional.empty();
    }
    String[] segments = tail.substring(1).split("/", -1);
    String id = Segment.decoded(segments[0]);
    if (segments.length == 2 && segments[1].equals("content") && method.equals("GET")) {
      return known(new Call.Content(id));
    }
    if (segments.length > 1) {
      return Optional.empty();
    }
    return switch (method) {
      case "GET" -> known(new Call.Look(id));
      case "DELETE" -> known(new Call.Delete(id));
      default -> Optional.empty();
    };
  }

  private Optional<Call> known(Call call) {
    return Optional.of(call).filter(any -> operations.contains(call.operation()));
  }
}
