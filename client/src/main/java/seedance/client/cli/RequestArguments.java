package seedance.client.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import seedance.workflows.json.Json;

/** A request by options, for people. */
final class RequestArguments extends MediaArguments {
  static final String USUAL_MODEL = "doubao-seedance-2-0";

  @Option(names = "--prompt", paramLabel = "TEXT", description = "What is to be seen.")
  private @Nullable String prompt;

  /**
   * The body, valid or not.
   *
   * @throws Refusal as {@link #media}
   */
  Json body() {
    List<Map<String, Object>> content = new ArrayList<>();
    if (prompt != null) {
      Map<String, Object> text = new LinkedHashMap<>();
      text.put("type", "text");
      text.put("text", prompt);
      content.add(text);
    }
    content.addAll(media());
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("model", USUAL_MODEL);
    body.put("content", content);
    body.putAll(said());
    return new Json(body);
  }
}
