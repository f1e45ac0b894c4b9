package seedance.client.inputs;

import java.util.Objects;
import java.util.Optional;
import seedance.workflows.json.JsonPath;
import seedance.workflows.request.Medium;

/**
 * A place of a body where a medium's URL should stand, and a path does or the medium itself.
 *
 * @param path where, as violations write it, such as {@code content[1].image_url.url} or {@code
 *     steps[0].request.content[1].image_url.url}
 * @param written what the body has there
 * @param source what it means
 * @param medium what is expected of it, by the field that it stands in
 * @param request which request it is an input of
 */
record LocalFile(String path, String written, Source source, Medium medium, OfRequest request) {
  private static final int LONGEST_SHOWN = 120;

  public LocalFile {
    Objects.requireNonNull(path, "path");
    Objects.requireNonNull(written, "written");
    Objects.requireNonNull(source, "source");
    Objects.requireNonNull(medium, "medium");
    Objects.requireNonNull(request, "request");
  }

  /** Without what it holds. */
  @Override
  public String toString() {
    return "LocalFile[" + path + ", " + named() + "]";
  }

  /**
   * A request of a body.
   *
   * @param path {@code $} where it is the whole body, {@code steps[0].request} in a chain
   * @param model as it spells it; empty where it names none
   */
  public record OfRequest(String path, Optional<String> model) {
    public OfRequest {
      Objects.requireNonNull(path, "path");
      Objects.requireNonNull(model, "model");
    }

    /** The path of its content. */
    String content() {
      return JsonPath.field(path, "content");
    }
  }

  /**
   * What it is called in a sentence: the path as it was written, in quotes, or that it is inline.
   */
  String named() {
    return source instanceof Source.OnDisk
        ? quoted(written.strip())
        : "the inline " + medium.word();
  }

  /**
   * A path in quotes: of a long one the end, and nothing that could disturb a terminal or a log.
   */
  static String quoted(String path) {
    String shown = path.replaceAll("[\\p{Cc}\\p{Cf}\\p{Co}\\p{Cn}\\u2028\\u2029]", "?");
    int over = shown.length() - LONGEST_SHOWN;
    if (over > 0) {
      int from = over + (Character.isLowSurrogate(shown.charAt(over)) ? 1 : 0);
      shown = "…" + shown.substring(from);
    }
    return '"' + shown + '"';
  }
}
