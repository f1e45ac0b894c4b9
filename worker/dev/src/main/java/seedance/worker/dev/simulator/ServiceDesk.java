package seedance.worker.dev.simulator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** Does what calls ask for, as the service would. */
final class ServiceDesk {

  static final SimulatedError NO_SUCH_TASK =
      new SimulatedError(404, "NotFound.Task", "There is no task of this id.", "id");

  private static final int BODY_LIMIT = 64 * 1024 * 1024;
  private static final int LARGEST_PAGE = 500;

  private final SimulatorSettings settings;
  private final TaskJson json;
  private final InputMedia media;
  private final Supplier<URI> base;
  private final AtomicLong creates = new AtomicLong();

  /**
   * @param base how this server is reached if a caller does not say
   */
  ServiceDesk(SimulatorSettings settings, TaskJson json, InputMedia media, Supplier<URI> base) {
    this.settings = settings;
    this.json = json;
    this.media = media;
    this.base = base;
  }

  /**
   * @param told what a look reports in place of the task
   */
  SimulatedReply answer(
      Wire wire,
      SimulatedDialect dialect,
      Account account,
      Call call,
      UnaryOperator<ObjectNode> told)
      throws IOException {
    URI reachedAt = wire.base(base.get());
    if (call instanceof Call.Create) {
      return create(account, wire.body(BODY_LIMIT + 1));
    }
    if (call instanceof Call.Look look) {
      return look(account, look.id(), dialect, reachedAt, told);
    }
    if (call instanceof Call.ListTasks list) {
      return list(account, list.query(), reachedAt);
    }
    return delete(account, ((Call.Delete) call).id());
  }

  private SimulatedReply create(Account account, byte[] bytes) {
    if (bytes.length > BODY_LIMIT) {
      return SimulatedReply.refusal(SimulatedError.invalid("body", "it is larger than 64 MB"));
    }
    JsonNode body;
    try {
      body = SimulatorJson.MAPPER.readTree(bytes);
    } catch (JsonProcessingException e) {
      return SimulatedReply.refusal(SimulatedError.invalid("body", "it is not JSON"));
    } catch (IOException e) {
      throw new IllegalStateException("reading from memory failed", e);
    }
    return settings
        .bodyCheck()
        .check(body)
        .map(SimulatedReply::refusal)
        .orElseGet(() -> create(account, body));
  }

  private SimulatedReply create(Account account, JsonNode body) {
    Optional<Script> script = Script.read(prompt(body));
    if (script.isEmpty()) {
      return SimulatedReply.refusal(
          SimulatedError.invalid("content", "the prompt holds a [simulate:…] that is not known"));
    }
    if (script.get().ending() == Script.Ending.REJECT) {
      return SimulatedReply.refusal(
          new SimulatedError(
              400, script.get().code(), "The input may contain sensitive content.", "content"));
    }
    Optional<SimulatedTask> draft = Optional.empty();
    for (JsonNode item : body.path("content")) {
      if (item.path("type").asText().equals("draft_task")) {
        String id = item.path("draft_task").path("id").asText();
        draft =
            account
                .tasks()
                .find(id)
                .filter(task -> task.generation().draft())
                .filter(task -> task.status() == SimulatedStatus.SUCCEEDED);
        if (draft.isEmpty()) {
          return SimulatedReply.refusal(
              SimulatedError.invalid("content", "there is no finished draft of this id"));
        }
      }
    }
    Inputs inputs;
    try {
      inputs = media.read(body);
    } catch (MediaRefused e) {
      return SimulatedReply.refusal(e.error());
    }
    SplittableRandom random =
        new SplittableRandom(settings.seed() * 1_000_003 + creates.incrementAndGet());
    Generation generation = Generation.of(body, script.get(), draft, inputs, random);
    SimulatedPace pace = SimulatedPace.draw(generation, settings.times(), settings.speed(), random);
    String id = settings.taskIds().draw(settings.clock().instant(), random);
    Set<SimulatedStatus> unheard = Callbacks.drawLost(settings.callbackDelivery().loss(), random);
    SimulatedTask task = account.tasks().create(id, generation, pace, unheard);
    settings.createListener().created(task.id(), body);
    return SimulatedReply.ok(JsonNodeFactory.instance.objectNode().put("id", task.id()));
  }

  private SimulatedReply look(
      Account account,
      String id,
      SimulatedDialect dialect,
      URI reachedAt,
      UnaryOperator<ObjectNode> told) {
    Optional<SimulatedTask> task = account.tasks().find(id);
    if (task.isEmpty()) {
      return SimulatedReply.refusal(NO_SUCH_TASK);
    }
    ObjectNode reply = told.apply(json.write(account.id(), task.get(), reachedAt));
    URI content =
        reachedAt.resolve(SimulatedDialect.GATEWAY.path() + "/" + Segment.encoded(id) + "/content");
    return SimulatedReply.ok(
        dialect == SimulatedDialect.GATEWAY
            ? settings.gatewayReply().dress(reply, content)
            : reply);
  }

  private SimulatedReply list(Account account, Query query, URI reachedAt) {
    Optional<Integer> page = number(query, "page_num", 1, Integer.MAX_VALUE);
    Optional<Integer> size = number(query, "page_size", 10, LARGEST_PAGE);
    Optional<String> asked = query.first("filter.status");
    if (page.isEmpty() || size.isEmpty()) {
      return SimulatedReply.refusal(
          SimulatedError.invalid(
              page.isEmpty() ? "page_num" : "page_size", "it is 1 or more, a page at most 500"));
    }
    if (asked.isPresent() && asked.flatMap(SimulatedStatus::ofWire).isEmpty()) {
      return SimulatedReply.refusal(SimulatedError.invalid("filter.status", "it is not a status"));
    }
    List<SimulatedTask> found =
        account.tasks().newestFirst().stream().filter(matches(query)).toList();
    ObjectNode reply = JsonNodeFactory.instance.objectNode();
    reply.put("total", found.size());
    ArrayNode items = reply.putArray("items");
    found.stream()
        .skip((page.get() - 1L) * size.get())
        .limit(size.get())
        .forEach(task -> items.add(json.write(account.id(), task, reachedAt)));
    return SimulatedReply.ok(reply);
  }

  private static Predicate<SimulatedTask> matches(Query query) {
    List<String> ids = query.all("filter.task_ids");
    Optional<String> model = query.first("filter.model").map(ModelFacts::datedId);
    Optional<String> tier = query.first("filter.service_tier");
    Optional<String> status = query.first("filter.status");
    return task ->
        (ids.isEmpty() || ids.contains(task.id()))
            && model.map(task.generation().model()::equals).orElse(true)
            && tier.map(asked -> asked.equals("flex") == task.generation().flex()).orElse(true)
            && status.map(task.status().wire()::equals).orElse(true);
  }

  private static Optional<Integer> number(Query query, String name, int otherwise, int greatest) {
    try {
      return Optional.of(query.first(name).map(Integer::valueOf).orElse(otherwise))
          .filter(value -> value >= 1 && value <= greatest);
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static SimulatedReply delete(Account account, String id) {
    return switch (account.tasks().delete(id)) {
      case CANCELLED, REMOVED -> SimulatedReply.ok(JsonNodeFactory.instance.objectNode());
      case NOT_FOUND -> SimulatedReply.refusal(NO_SUCH_TASK);
      case REFUSED_RUNNING ->
          SimulatedReply.refusal(
              new SimulatedError(
                  409,
                  "InvalidAction.RunningTaskDeletion",
                  "A running task cannot be deleted.",
                  "id"));
      case REFUSED_CANCELLED ->
          SimulatedReply.refusal(
              new SimulatedError(
                  409, "InvalidAction", "A cancelled task cannot be deleted.", "id"));
    };
  }

  private static String prompt(JsonNode body) {
    StringBuilder prompt = new StringBuilder();
    for (JsonNode item : body.path("content")) {
      prompt.append(item.path("text").asText("")).append('\n');
    }
    return prompt.toString();
  }
}
