package seedance.workflows.json;

import java.util.Objects;

/**
 * One broken rule of a request or of its options.
 *
 * @param path where, as a JSON path such as {@code content[2].role} or {@code
 *     options.submitWithin}; {@code $} for the whole value
 * @param message what is wrong and what would be right; never quotes a prompt, a URL or inline
 *     media
 */
@WireForm
public record Violation(String path, String message) {
  public Violation {
    Objects.requireNonNull(path, "path");
    Objects.requireNonNull(message, "message");
  }

  @Override
  public String toString() {
    return path + ": " + message;
  }
}
