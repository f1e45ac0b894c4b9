package seedance.client.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import seedance.workflows.json.Json;
import seedance.workflows.request.Medium;

/** A request by options, for people: its media may be files of this machine. */
final class RequestArguments extends SettingArguments {
  static final String USUAL_MODEL = "doubao-seedance-2-0";

  @Option(names = "--prompt", paramLabel = "TEXT", description = "What is to be seen.")
  private @Nullable String prompt;

  @Option(names = "--first-frame", paramLabel = "F", description = "A picture to begin with.")
  private @Nullable String firstFrame;

  @Option(names = "--last-frame", paramLabel = "F", description = "A picture to end with.")
  private @Nullable String lastFrame;

  @Option(
      names = "--reference",
      paramLabel = "F",
      description = "A picture, video or sound to go by; may be said several times.")
  private List<String> references = new ArrayList<>();

  /**
   * The body, valid or not.
   *
   * @throws Refusal if nobody can tell what kind of medium a reference is
   */
  Json body() {
    List<Map<String, Object>> content = new ArrayList<>();
    if (prompt != null) {
      Map<String, Object> text = new LinkedHashMap<>();
      text.put("type", "text");
      text.put("text", prompt);
      content.add(text);
    }
    if (firstFrame != null) {
      content.add(medium(Medium.IMAGE, firstFrame, "first_frame"));
    }
    if (lastFrame != null) {
      content.add(medium(Medium.IMAGE, lastFrame, "last_frame"));
    }
    for (String reference : references) {
      Medium medium = mediumOf(reference);
      content.add(medium(medium, reference, "reference_" + medium.word()));
    }
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("model", USUAL_MODEL);
    body.put("content", content);
    body.putAll(said());
    return new Json(body);
  }

  private static Map<String, Object> medium(Medium medium, String url, String role) {
    Map<String, Object> item = new LinkedHashMap<>();
    item.put("type", medium.type());
    item.put(medium.type(), Map.of("url", url));
    item.put("role", role);
    return item;
  }

  /** By the end of its name, with which a URL's path ends too. */
  private static Medium mediumOf(String reference) {
    String path = reference.replaceFirst("[?#].*", "");
    String extension = path.substring(path.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    if (path.startsWith("generation://")) {
      return path.endsWith("/video") ? Medium.VIDEO : Medium.IMAGE;
    }
    return Medium.ofExtension(extension)
        .orElseThrow(
            () ->
                new Refusal(
                    ExitCode.INVALID,
                    "--reference: its name does not tell whether it is a picture, a video or a"
                        + " sound. Write it into BODY.json, which can say so."));
  }
}
