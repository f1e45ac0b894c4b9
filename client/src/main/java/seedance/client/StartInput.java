package seedance.client;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.api.common.v1.Payloads;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowExecutionDescription;
import io.temporal.client.WorkflowServiceException;
import io.temporal.payload.context.SerializationContext;
import io.temporal.payload.context.WorkflowSerializationContext;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import seedance.workflows.chain.ChainOptions;
import seedance.workflows.generation.GenerationOptions;
import seedance.workflows.json.Json;
import seedance.workflows.json.JsonPath;
import seedance.workflows.request.SentBody;

/**
 * What a generation or a chain is started with.
 *
 * @param request the chain, where it is one
 * @param options empty where nobody knows them any more
 */
record StartInput(Json request, Optional<Json> options) {
  private static final String STEPS = "steps";

  /**
   * Reads it from the first event of a generation's history; where it was continued as new, of its
   * first run, as each continued run has less of {@code submitWithin} and the like.
   *
   * @throws WorkflowServiceException if the server does not answer
   */
  static StartInput of(WorkflowExecutionDescription generation, WorkflowClient client) {
    WorkflowExecution latest = generation.getExecution();
    String firstRunId = generation.getFirstRunId();
    boolean continued = !firstRunId.isEmpty() && !firstRunId.equals(latest.getRunId());
    try {
      if (continued) {
        return ofRun(latest.toBuilder().setRunId(firstRunId).build(), client);
      }
    } catch (StatusRuntimeException unanswered) {
      if (unanswered.getStatus().getCode() != Status.Code.NOT_FOUND) {
        throw new WorkflowServiceException(latest, generation.getWorkflowType(), unanswered);
      }
      // The server's retention has removed the first run.
    }
    try {
      StartInput input = ofRun(latest, client);
      return continued ? new StartInput(input.request, Optional.empty()) : input;
    } catch (StatusRuntimeException unanswered) {
      throw new WorkflowServiceException(latest, generation.getWorkflowType(), unanswered);
    }
  }

  /**
   * Reads it from the first event of a run, whatever was before that.
   *
   * @throws StatusRuntimeException if the server does not answer, or has no such history
   */
  static StartInput ofRun(WorkflowExecution run, WorkflowClient client) {
    Payloads arguments = RunHistory.start(client, run).getInput();
    String namespace = client.getOptions().getNamespace();
    HistoryJson json = new HistoryJson(client.getOptions().getDataConverter());
    SerializationContext context = new WorkflowSerializationContext(namespace, run.getWorkflowId());
    return new StartInput(
        json.at(0, arguments, context), Optional.of(json.at(1, arguments, context)));
  }

  /**
   * Returns the paths at which another input asks for something else; empty where both are the
   * same: the order of fields, nulls in optional fields and spelled-out defaults of options do not
   * matter. Another that only names a task to take over says nothing of the request.
   */
  List<String> differencesFrom(StartInput other) {
    List<String> paths = new ArrayList<>();
    boolean namesATaskAlone =
        other.request.isNull() && other.options.filter(GenerationOptions::adopts).isPresent();
    if (!namesATaskAlone || options.isEmpty()) {
      compare(SentBody.of(request).tree(), SentBody.of(other.request).tree(), JsonPath.ROOT, paths);
    }
    if (options.isPresent() && other.options.isPresent()) {
      compare(inForce(options.get()).tree(), inForce(other.options.get()).tree(), "options", paths);
    }
    return paths;
  }

  /** {@link #differencesFrom} for chains, whose steps hold the requests. */
  List<String> differencesFromChain(StartInput other) {
    List<String> paths = new ArrayList<>();
    compare(sent(request).tree(), sent(other.request).tree(), JsonPath.ROOT, paths);
    if (options.isPresent() && other.options.isPresent()) {
      compare(
          chainInForce(options.get()).tree(),
          chainInForce(other.options.get()).tree(),
          "options",
          paths);
    }
    return paths;
  }

  private static Json sent(Json chain) {
    return chain.at(STEPS).isArray()
        ? chain.with(STEPS, chain.at(STEPS).items().stream().map(StartInput::sentStep).toList())
        : chain;
  }

  private static Json sentStep(Json step) {
    if (!step.isObject()) {
      return step;
    }
    Json sent = step.has("request") ? step.with("request", SentBody.of(step.at("request"))) : step;
    return sent.at("approve").isNull() ? sent.with("approve", false) : sent;
  }

  private static Json chainInForce(Json options) {
    return ChainOptions.check(options).value().map(ChainOptions::json).orElse(options);
  }

  private static Json inForce(Json options) {
    return GenerationOptions.check(options).value().map(GenerationOptions::json).orElse(options);
  }

  private static void compare(
      @Nullable Object one, @Nullable Object other, String path, List<String> paths) {
    if (one instanceof Map<?, ?> fields && other instanceof Map<?, ?> others) {
      Set<Object> names = new LinkedHashSet<>(fields.keySet());
      names.addAll(others.keySet());
      for (Object name : names) {
        String field = JsonPath.field(path, (String) name);
        if (fields.containsKey(name) && others.containsKey(name)) {
          compare(fields.get(name), others.get(name), field, paths);
        } else {
          paths.add(field);
        }
      }
    } else if (one instanceof List<?> items && other instanceof List<?> others) {
      for (int i = 0; i < Math.max(items.size(), others.size()); i++) {
        String item = JsonPath.item(path, i);
        if (i < Math.min(items.size(), others.size())) {
          compare(items.get(i), others.get(i), item, paths);
        } else {
          paths.add(item);
        }
      }
    } else if (!Objects.equals(one, other)) {
      paths.add(path);
    }
  }
}
