package seedance.workflows.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;
import seedance.workflows.json.Json;
import seedance.workflows.json.Verdict;

class TaskIdTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "cgt-20260606160057-6bbjd",
        "ark:cgt-1",
        "video_6f1c1e9e-8c7b-4a51-9d3a-2f0c7b1c9a11",
        "dmlkZW8=",
        "a/b;c=d%2F",
        "../x",
        "...",
        ".x",
        "猫😀",
        "-x"
      })
  void anyPrintableTextWithoutBlanks_isOne(String id) {
    assertThat(TaskId.isOne(id)).isTrue();
    assertThat(SubmissionDecision.check(new SubmissionDecision.Adopt(id).json()))
        .matches(Verdict::isValid);
    assertThat(
            GenerationOptions.fromJson(GenerationOptions.builder().adopt(id).build().json())
                .adopt())
        .contains(id);
  }

  @ParameterizedTest
  @NullAndEmptySource
  @ValueSource(
      strings = {
        ".",
        "..",
        "a b",
        "a\tb",
        "a\n",
        "a\u00a0b",
        "a\u2028b",
        "a\u202eb",
        "a\u200bb",
        "a\u0000b",
        "\ud800",
        "https://files.example/v.mp4?sig=1",
        "HTTP://files.example/"
      })
  void otherText_isNone(String text) {
    assertThat(TaskId.isOne(text)).isFalse();
    assertThatThrownBy(() -> TaskId.require(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("not a task id");
  }

  @Test
  void longest_isOf512Characters() {
    assertThat(TaskId.isOne("x".repeat(512))).isTrue();
    assertThat(TaskId.isOne("😀".repeat(512))).isTrue();
    assertThat(TaskId.isOne("x".repeat(513))).isFalse();
    assertThat(SubmissionDecision.check(new Json(java.util.Map.of("adopt", "a b"))))
        .matches(verdict -> !verdict.isValid());
  }
}
