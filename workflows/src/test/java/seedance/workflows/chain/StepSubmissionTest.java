package seedance.workflows.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import seedance.workflows.json.Json;

/**
 * What the submissions of a chain's steps were named on 2026-11-30. A chain that is reset, or a
 * step that is retried, after an upgrade finds its task by that name: a row that changes is a
 * second bill.
 */
class StepSubmissionTest {
  private static final String CHAIN_RUN = "0198c7c6-6f0e-7c41-9b36-2f6f2ad31e0c";

  static Stream<Arguments> requests() {
    return Stream.of(
        arguments(
            "{\"model\":\"doubao-seedance-2-0\",\"content\":[{\"type\":\"text\",\"text\":\"一只橘猫，慢镜头 🐈\"}]}",
            "53a3605f-f0f2-34f3-8197-831ab20d5490"),
        arguments("{\"b\":1,\"a\":2}", "c3fb0a4e-c85f-3ff2-8b7c-9e7e4b51f2b4"),
        arguments("{\"a\":2,\"b\":1}", "b87a70b8-e498-362d-b46b-99a971c6d567"),
        arguments("{\"seed\":1e2}", "765f781f-ad32-3511-b0bf-b0c889621904"),
        arguments("{\"seed\":100}", "11604051-9134-3203-853b-b92a52de743d"),
        arguments("{\"seed\":100.0}", "25f52c1f-1e4e-3cde-b0ab-1b585cfaf15d"),
        arguments("{\"seed\":1.50}", "b03cd1f0-e71f-30ea-b75c-daa271fbee78"),
        arguments("{\"seed\":-0}", "38d18dd7-ef09-37fe-be98-a426ec768b23"),
        arguments("{\"seed\":-0.0}", "a472d2ef-026b-3dd5-8319-9ea65f40ae5e"),
        arguments("{\"seed\":1e-7}", "e0086e28-6cb3-346d-952e-788956206e0c"),
        arguments("{\"seed\":1e400}", "629746f6-2f46-3214-ba57-e4c05f67535c"),
        arguments("{\"seed\":2147483648}", "6707fb5b-94f8-3111-ad91-af277727fe3e"),
        arguments("{\"seed\":9223372036854775808}", "2e0192b9-5a0a-3f4a-b6a2-4a7357c2751b"),
        arguments("{\"x\":null}", "6a918f36-382b-3acc-954a-6bbc3b03e270"),
        arguments("{}", "31b874ef-e633-3c17-b2a6-cd12ba542a18"),
        arguments("[]", "d292be38-9173-3014-a5d1-d97f2ec88399"),
        arguments("null", "fa833598-c9f9-381d-aadd-7e41b296e4c5"),
        arguments("true", "e8dd6f56-728a-360f-bb9e-c99cf1beaead"),
        arguments("\"\"", "3f391b50-e979-3a12-9faf-775b34b3e0ec"),
        arguments("\"null\"", "fa833598-c9f9-381d-aadd-7e41b296e4c5"),
        arguments("[null,[1,[2,{\"k\":[]}]]]", "b85cc598-8c15-3f71-a3f8-3da596443c94"),
        arguments(
            "{\"a\":{\"b\":{\"c\":[{\"d\":\"e=f, g\"}]}}}", "ff601350-ee97-3c39-ab3d-eefe8e90a978"),
        arguments("{\"a\":\"b, c=d\"}", "8d6154f7-61f9-3561-be41-eb255e4d8dd3"),
        arguments("{\"a\":\"b\",\"c\":\"d\"}", "8d6154f7-61f9-3561-be41-eb255e4d8dd3"),
        arguments(
            "{\"t\":\"line\\nbreak \\u0000 \\ud83d\\ude00\"}",
            "62cf4f2b-d927-3faf-88c5-6817bdeffc95"));
  }

  @ParameterizedTest
  @MethodSource("requests")
  void submissionOfARequest_isNamedAsBeforeAnUpgrade(String json, String name) {
    assertThat(submission("longer", 0, "", json)).isEqualTo(CHAIN_RUN + "/" + name);
  }

  @Test
  void stepAttemptAndSources_areInTheName_asBeforeAnUpgrade() {
    assertThat(submission("opening", 0, "", "{}"))
        .endsWith("/b2410aa0-e8c5-3ab2-b1b8-d60b1ef202e7");
    assertThat(submission("opening", 1, "", "{}"))
        .endsWith("/47ccd36a-eb0b-3de9-92fb-eed220a4c5d0");
    assertThat(submission("opening", 0, "cgt-1,cgt-2", "{}"))
        .endsWith("/80ff0d77-6700-3bdd-9217-72c6342f2e81");
  }

  private static String submission(String step, int attempt, String sources, String json) {
    return StepSubmissions.name(CHAIN_RUN, step, attempt, sources, Json.parse(json));
  }
}
