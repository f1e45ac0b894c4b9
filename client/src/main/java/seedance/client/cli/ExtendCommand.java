package seedance.client.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import seedance.client.GenerationHandle;
import seedance.client.Judgement;
import seedance.client.SeedanceClient;
import seedance.client.StartOptions;
import seedance.client.cli.Judge.RunOptions;
import seedance.workflows.request.AnyJson;
import seedance.workflows.request.GenerationOutput;
import seedance.workflows.request.GenerationReference;
import seedance.workflows.request.ModelCatalogue;
import seedance.workflows.request.RequestRules;

@Command(
    name = "extend",
    description = {
      "Starts a generation that goes on from the clip of an earlier one, and follows it.",
      "Model, resolution and ratio are the earlier one's unless given."
    })
final class ExtendCommand implements Callable<Integer> {
  private static final String MODEL = "model";
  private static final String RESOLUTION = "resolution";
  private static final String RATIO = "ratio";
  private static final String TASK_TYPE = "omni_reference_task_type";

  private final Cli cli;

  @Parameters(
      paramLabel = "ID",
      description = "The earlier generation's id; a chain's step has CHAIN-ID.STEP.")
  private String earlier;

  @Option(
      names = "--prompt",
      paramLabel = "TEXT",
      required = true,
      description = "What happens next.")
  private String prompt;

  @Option(names = "--model", paramLabel = "MODEL", description = "Another model.")
  private String model;

  @Option(names = "--resolution", paramLabel = "R", description = "Another resolution.")
  private String resolution;

  @Option(names = "--ratio", paramLabel = "W:H", description = "Another ratio.")
  private String ratio;

  @Option(names = "--duration", paramLabel = "S", description = "Seconds; else the model's usual.")
  private Integer duration;

  @Option(names = "--id", paramLabel = "ID", description = "The generation's id; else made up.")
  private String id;

  @Option(names = "--options", paramLabel = "O.json", description = "The run's options.")
  private String options;

  @Option(names = "--detach", description = "Start only, do not follow.")
  private boolean detach;

  @Option(names = "--json", description = "Print JSON objects, one a line; progress to stderr.")
  private boolean json;

  ExtendCommand(Cli cli) {
    this.cli = cli;
  }

  @Override
  public Integer call() throws InterruptedException {
    if (id != null && id.isBlank()) {
      throw new Refusal(ExitCode.INVALID, "--id cannot be blank");
    }
    ModelCatalogue catalogue = Judge.catalogue(cli);
    RunOptions run = new Judge(cli, catalogue).options(options);
    if (!run.violations().isEmpty()) {
      new Reports(cli, json).invalid(run.violations());
      return ExitCode.INVALID;
    }
    try (Connection connection = Connection.open(cli.environment())) {
      SeedanceClient seedance =
          new SeedanceClient(connection.workflowClient(), connection.taskQueue(), catalogue);
      GenerationHandle generation = seedance.handle(earlier);
      ShowCommand.describe(generation);
      AnyJson body = body(seedance.requestOf(generation), catalogue);
      Judgement judgement = Judgement.of(body, run.json(), new RequestRules(catalogue));
      if (!judgement.isValid()) {
        new Reports(cli, json).invalid(judgement.violations());
        return ExitCode.INVALID;
      }
      StartOptions start = StartOptions.DEFAULTS.withOptions(run.json());
      return new Starter(cli, detach, json)
          .start(seedance, body, id == null ? start : start.withWorkflowId(id));
    }
  }

  private AnyJson body(AnyJson earlierRequest, ModelCatalogue catalogue) {
    Map<?, ?> before = earlierRequest.tree() instanceof Map<?, ?> fields ? fields : Map.of();
    String made =
        Optional.ofNullable(model)
            .or(() -> text(before, MODEL))
            .orElseThrow(
                () ->
                    new Refusal(
                        ExitCode.INVALID,
                        earlier + " was started without a request: say --model."));
    boolean namesItsTask =
        catalogue.find(made).filter(known -> known.takes().contains(TASK_TYPE)).isPresent();
    Map<String, Object> body = new LinkedHashMap<>();
    body.put(MODEL, made);
    body.put(
        "content",
        List.of(
            Map.of("type", "text", "text", prompt),
            Map.of(
                "type",
                "video_url",
                "video_url",
                Map.of("url", new GenerationReference(earlier, GenerationOutput.VIDEO).url()),
                "role",
                "reference_video")));
    Optional.ofNullable(resolution)
        .or(() -> text(before, RESOLUTION))
        .ifPresent(value -> body.put(RESOLUTION, value));
    Optional.ofNullable(ratio)
        .or(() -> namesItsTask ? Optional.of("adaptive") : text(before, RATIO))
        .ifPresent(value -> body.put(RATIO, value));
    if (duration != null) {
      body.put("duration", duration);
    }
    if (namesItsTask) {
      body.put(TASK_TYPE, "extend");
    }
    return new AnyJson(body);
  }

  private static Optional<String> text(Map<?, ?> fields, String name) {
    return fields.get(name) instanceof String text ? Optional.of(text) : Optional.empty();
  }
}
