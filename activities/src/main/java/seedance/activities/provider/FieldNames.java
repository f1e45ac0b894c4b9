package seedance.activities.provider;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The names of the request's fields, as the service names one that is at fault. */
final class FieldNames {
  /** The service's own (H), and what gateways wrap them in (M). */
  private static final Set<String> KNOWN =
      Set.of(
          "model",
          "content",
          "type",
          "text",
          "role",
          "url",
          "id",
          "image_url",
          "video_url",
          "audio_url",
          "draft_task",
          "callback_url",
          "return_last_frame",
          "service_tier",
          "execution_expires_after",
          "generate_audio",
          "draft",
          "tools",
          "safety_identifier",
          "priority",
          "resolution",
          "ratio",
          "duration",
          "frames",
          "seed",
          "camera_fixed",
          "watermark",
          "output_format",
          "omni_reference_task_type",
          "prompt",
          "metadata",
          "seconds",
          "size");

  private static final Pattern FIELD =
      Pattern.compile("(?=.{1,60}$)[A-Za-z_]\\w*(\\[\\d{1,4}]|\\.\\w+)*");

  /** No list is longer, and what is may be a number of the request's. */
  private static final Pattern INDEX = Pattern.compile("\\d{1,4}");

  private static final Pattern AROUND = Pattern.compile("^(\\$\\.|body\\.|request\\.)");
  private static final Pattern QUOTED = Pattern.compile("[`]([^`\\s]{1,60})`");

  /** Without quotes, or in others, only what is a name for certain. */
  private static final Pattern SPOKEN =
      Pattern.compile(
          "(?i)\\b(?:parameters?|fields?|argument|参数|字段)\\s{0,2}['\"“‘:：]?\\s?"
              + "([A-Za-z_][\\w.\\[\\]]{0,59})|['\"“]([A-Za-z_][\\w.\\[\\]]{0,59})['\"”]");

  private FieldNames() {}

  static boolean isKnown(String name) {
    return KNOWN.contains(name);
  }

  /** The names that a field's path is made of, {@code content, image_url}. */
  static List<String> parts(String path) {
    return Stream.of(path.split("[.\\[\\]]+"))
        .filter(part -> !part.isEmpty() && !INDEX.matcher(part).matches())
        .toList();
  }

  /** The field that an error is about; empty where it names none. */
  static String named(String param, String message) {
    String path = AROUND.matcher(param).replaceFirst("");
    if (FIELD.matcher(path).matches()) {
      return path;
    }
    return QUOTED
        .matcher(message)
        .results()
        .map(quoted -> quoted.group(1))
        .filter(FIELD.asMatchPredicate())
        .findFirst()
        .or(() -> spoken(message))
        .orElse("");
  }

  private static Optional<String> spoken(String message) {
    Matcher spoken = SPOKEN.matcher(message);
    while (spoken.find()) {
      String found = spoken.group(1) == null ? spoken.group(2) : spoken.group(1);
      String path = found.replaceFirst("[.\\[]+$", "");
      if (FIELD.matcher(path).matches() && parts(path).stream().allMatch(FieldNames::isKnown)) {
        return Optional.of(path);
      }
    }
    return Optional.empty();
  }

  /** Of {@code ["body","content",1,"image_url"]}; empty where it is no such list. */
  static String joined(JsonNode location) {
    String path =
        Stream.iterate(0, i -> i < Math.min(10, location.size()), i -> i + 1)
            .map(location::path)
            .map(part -> part.isInt() ? "[" + part.asText() + "]" : "." + Tolerant.text(part))
            .collect(Collectors.joining());
    return path.startsWith(".") ? path.substring(1) : path;
  }
}
