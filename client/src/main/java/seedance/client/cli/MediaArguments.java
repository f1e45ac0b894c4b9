package seedance.client.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import seedance.workflows.request.Medium;

/** Settings and media of a request by options: the media may be files of this machine. */
class MediaArguments extends SettingArguments {
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
   * The content items of the media, valid or not.
   *
   * @throws Refusal if nobody can tell what kind of medium a reference is
   */
  final List<Map<String, Object>> media() {
    List<Map<String, Object>> media = new ArrayList<>();
    if (firstFrame != null) {
      media.add(medium(Medium.IMAGE, firstFrame, "first_frame"));
    }
    if (lastFrame != null) {
      media.add(medium(Medium.IMAGE, lastFrame, "last_frame"));
    }
    for (String reference : references) {
      Medium medium = mediumOf(reference);
      media.add(medium(medium, reference, "reference_" + medium.word()));
    }
    return media;
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
