package seedance.worker.dev.simulator;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Objects;

/**
 * A refusal in the service's form, {@code {"error":{"code","message","param","type"}}}.
 *
 * @param status the HTTP status, 400 to 599
 * @param code the service's code, such as {@code InvalidParameter}
 * @param message for people
 * @param param the field at fault, such as {@code content[2].role}; empty if it is none
 */
public record SimulatedError(int status, String code, String message, String param) {

  /**
   * @throws NullPointerException if a part is null
   */
  public SimulatedError {
    Objects.requireNonNull(code, "code");
    Objects.requireNonNull(message, "message");
    Objects.requireNonNull(param, "param");
  }

  /** A required field is not there. */
  public static SimulatedError missing(String param) {
    return new SimulatedError(
        400, "MissingParameter", "The request is missing the parameter `" + param + "`.", param);
  }

  /** A field's value is not accepted. */
  public static SimulatedError invalid(String param, String why) {
    return new SimulatedError(
        400,
        "InvalidParameter",
        "The parameter `" + param + "` specified in the request is not valid: " + why + ".",
        param);
  }

  /** The service's word for the status. */
  public String type() {
    return switch (status) {
      case 401 -> "Unauthorized";
      case 403 -> "Forbidden";
      case 404 -> "NotFound";
      case 409 -> "Conflict";
      case 429 -> "TooManyRequests";
      default -> status < 500 ? "BadRequest" : "InternalServerError";
    };
  }

  ObjectNode json() {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.putObject("error")
        .put("code", code)
        .put("message", message)
        .put("param", param)
        .put("type", type());
    return body;
  }
}
