package seedance.workflows.chain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import seedance.workflows.json.Json;
import seedance.workflows.json.Verdict;
import seedance.workflows.json.Violation;

/** Chains for tests, written with single quotes. */
final class Chains {
  static final String V20 = "doubao-seedance-2-0";
  static final String TEXT = "{'type':'text','text':'a secret cat 橘猫'}";

  private Chains() {}

  static Json json(String singleQuoted) {
    return Json.parse(singleQuoted.replace('\'', '"'));
  }

  static String chain(String... steps) {
    return "{'steps':[" + String.join(",", steps) + "]}";
  }

  static String step(String id, String request, String... more) {
    return "{'id':'%s','request':%s%s}".formatted(id, request, fields(more));
  }

  static String request(String model, String content, String... more) {
    return "{'model':'%s','content':[%s]%s}".formatted(model, content, fields(more));
  }

  private static String fields(String... more) {
    return Stream.of(more).map(field -> "," + field).collect(Collectors.joining());
  }

  /** A step from text alone. */
  static String text(String id, String... more) {
    return step(id, request(V20, TEXT, more));
  }

  /** A step that goes on from the clips of others. */
  static String extend(String id, String... sources) {
    List<String> content = new ArrayList<>(List.of(TEXT));
    for (String source : sources) {
      content.add(video("step://" + source + "/video"));
    }
    return step(id, request(V20, String.join(",", content)));
  }

  /** A step that starts with the last frame of another one. */
  static String next(String id, String source) {
    return step(
        id, request(V20, TEXT + "," + image("step://" + source + "/last_frame", "first_frame")));
  }

  static String video(String url) {
    return "{'type':'video_url','video_url':{'url':'" + url + "'},'role':'reference_video'}";
  }

  static String image(String url, String role) {
    return "{'type':'image_url','image_url':{'url':'" + url + "'},'role':'" + role + "'}";
  }

  static String draftTask(String id) {
    return "{'type':'draft_task','draft_task':{'id':'" + id + "'}}";
  }

  static ChainPlan plan(String chain, String options) {
    return ChainRules.builtIn().check(json(chain), json(options)).orElseThrow();
  }

  static ChainPlan plan(String chain) {
    return plan(chain, "null");
  }

  static List<Violation> violations(String chain, String options) {
    Verdict<ChainPlan> verdict = ChainRules.builtIn().check(json(chain), json(options));
    assertThat(verdict.isValid()).as(chain).isFalse();
    return verdict.violations();
  }
}
