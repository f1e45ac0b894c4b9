package seedance.workflows.request;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Objects;
import seedance.workflows.json.Json;
import seedance.workflows.json.Wording;

/**
 * The service's create body, as a workflow takes it: written with {@link #of}, or JSON that someone
 * has already. Nothing of it is checked but that it is an object: {@code SeedanceClient.start} and
 * the workflow name every rule that it breaks.
 *
 * <pre>{@code
 * Request.of("doubao-seedance-2-0").text("A cat").firstFrame(url).ratio("16:9").duration(5).build();
 * Request.parse(Files.readString(Path.of("body.json")));
 * }</pre>
 */
public record Request(Json json) {

  /** No request: only together with {@code options.adopt}, which submits nothing. */
  public static final Request NONE = new Request(Json.NULL);

  /**
   * @param json the body; JSON {@code null} for {@link #NONE}
   * @throws IllegalArgumentException if it is neither an object nor JSON {@code null}
   */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public Request {
    Objects.requireNonNull(json, "json");
    if (!json.isObject() && !json.isNull()) {
      throw new IllegalArgumentException(
          "a request is a JSON object, not " + Wording.kind(json.tree()));
    }
  }

  /** Begins a request for a model: an id, an alias or an endpoint {@code ep-…}. */
  public static RequestBuilder.Text of(String model) {
    return RequestBuilder.about(model);
  }

  /**
   * Begins the request for the final video of a draft, whose content is the draft's task alone.
   *
   * @param task the id of the draft's task, {@code generation://WORKFLOW-ID/task}, or {@code
   *     step://ID/task} in a chain
   */
  public static RequestBuilder.FinalOfDraft finalOfDraft(String model, String task) {
    return RequestBuilder.finalOfDraft(model, task);
  }

  /**
   * Reads JSON text.
   *
   * @throws seedance.workflows.json.InvalidException if it is no JSON, with its violations
   * @throws IllegalArgumentException if it is something other than an object
   */
  public static Request parse(String text) {
    return new Request(Json.parse(text));
  }

  /** Returns this with a field added or replaced, as {@link RequestSettings#with} does. */
  public Request with(String name, Object value) {
    return new Request(json.with(name, Objects.requireNonNull(value, name)));
  }

  /** The body. */
  @Override
  @JsonValue
  public Json json() {
    return json;
  }
}
