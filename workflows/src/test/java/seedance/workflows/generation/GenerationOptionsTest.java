package seedance.workflows.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.temporal.common.converter.DefaultDataConverter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import seedance.workflows.json.Json;
import seedance.workflows.json.Verdict;
import seedance.workflows.json.Violation;

class GenerationOptionsTest {
  private static final String GOLDEN =
      "{\"allowUnknownFields\":true,\"submitWithin\":\"PT1H30M\",\"onUnknownSubmission\":\"RESUBMIT\","
          + "\"resubmitAtMost\":2,\"acceptDoubleCharge\":true,\"deadline\":\"PT2H\","
          + "\"onCancel\":\"COLLECT\",\"adopt\":{\"taskId\":\"cgt-1\"}}";
  private static final GenerationOptions OPTIONS =
      new GenerationOptions(
          true,
          Duration.ofMinutes(90),
          new UnknownSubmissionPolicy.Resubmit(2, true),
          Optional.of(Duration.ofHours(2)),
          OnCancel.COLLECT,
          Optional.of("cgt-1"));

  static Stream<ObjectMapper> mappers() {
    return Stream.of(
        new ObjectMapper(),
        JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .defaultPropertyInclusion(
                JsonInclude.Value.construct(
                    JsonInclude.Include.NON_DEFAULT, JsonInclude.Include.NON_DEFAULT))
            .build());
  }

  @ParameterizedTest
  @MethodSource("mappers")
  void anyMapper_writesAndReadsTheSameJson(ObjectMapper mapper) throws Exception {
    assertThat(mapper.writeValueAsString(OPTIONS)).isEqualTo(GOLDEN);
    assertThat(mapper.readValue(GOLDEN, GenerationOptions.class)).isEqualTo(OPTIONS);
  }

  @Test
  void temporalsConverter_writesAndReadsTheSameJson() {
    DefaultDataConverter converter = DefaultDataConverter.newDefaultInstance();
    var payload = converter.toPayload(OPTIONS).orElseThrow();
    assertThat(payload.getData().toStringUtf8()).isEqualTo(GOLDEN);
    assertThat(converter.fromPayload(payload, GenerationOptions.class, GenerationOptions.class))
        .isEqualTo(OPTIONS);
  }

  @Test
  void fieldsOfALaterVersion_areLeftAside_whereOptionsWereJudgedBefore() {
    assertThat(GenerationOptions.fromJson(new Json(Map.of("later", 1, "allowUnknownFields", true))))
        .isEqualTo(GenerationOptions.builder().allowUnknownFields(true).build());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "null | false | PT24H",
        "{} | false | PT24H",
        "{\"allowUnknownFields\":null,\"submitWithin\":null} | false | PT24H",
        "{\"allowUnknownFields\":true} | true | PT24H",
        "{\"submitWithin\":\"P7D\"} | false | P7D",
        "{\"submitWithin\":\"PT0.001S\"} | false | PT0.001S",
      })
  void goodOptions_areRead(String json, boolean allow, Duration submitWithin) throws Exception {
    assertThat(GenerationOptions.check(new ObjectMapper().readValue(json, Json.class)))
        .isEqualTo(
            Verdict.valid(
                GenerationOptions.builder()
                    .allowUnknownFields(allow)
                    .submitWithin(submitWithin)
                    .build()));
  }

  @Test
  void everyField_isReadAsItIsWritten() throws Exception {
    assertThat(GenerationOptions.check(new ObjectMapper().readValue(GOLDEN, Json.class)))
        .isEqualTo(Verdict.valid(OPTIONS));
  }

  @Test
  void resubmit_isOnceAndOnlyAfterTheListSaidNo_unlessToldOtherwise() throws Exception {
    Verdict<GenerationOptions> verdict =
        GenerationOptions.check(new Json(Map.of("onUnknownSubmission", "RESUBMIT")));

    assertThat(verdict.orElseThrow().onUnknownSubmission())
        .isEqualTo(new UnknownSubmissionPolicy.Resubmit(1, false));
  }

  @Test
  void noArgument_givesTheDefaults() {
    assertThat(GenerationOptions.check(null)).isEqualTo(Verdict.valid(GenerationOptions.DEFAULTS));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[] | options | must be an object, not an array",
        "\"x\" | options | must be an object, not a string",
        "5 | options | must be an object, not a number",
        "{\"allowUnknownFields\":\"true\"} | options.allowUnknownFields | write true without quotes",
        "{\"submitWithin\":3600} | options.submitWithin | must be a string, not a number: write an ISO-8601 duration over 0 and at most PT168H",
        "{\"submitWithin\":\"24h\"} | options.submitWithin | did you mean \"PT24H\"?",
        "{\"submitWithin\":\"soon\"} | options.submitWithin | is not a duration",
        "{\"submitWithin\":\"PT0S\"} | options.submitWithin | is out of range",
        "{\"submitWithin\":\"-PT1S\"} | options.submitWithin | is out of range",
        "{\"submitWithin\":\"P7DT1S\"} | options.submitWithin | is out of range",
        "{\"submitwithin\":\"PT1H\"} | options.submitwithin | did you mean \"submitWithin\"?",
        "{\"onUnknownSubmission\":\"RETRY\"} | options.onUnknownSubmission | must be ASK, FAIL or RESUBMIT",
        "{\"resubmitAtMost\":2} | options.resubmitAtMost | has no meaning without",
        "{\"onUnknownSubmission\":\"FAIL\",\"acceptDoubleCharge\":true} | options.acceptDoubleCharge | has no meaning without",
        "{\"onUnknownSubmission\":\"RESUBMIT\",\"resubmitAtMost\":11} | options.resubmitAtMost | must be 1 to 10",
        "{\"deadline\":\"P15D\"} | options.deadline | is out of range",
        "{\"onCancel\":\"STOP\"} | options.onCancel | must be ABANDON or COLLECT",
        "{\"adopt\":\"cgt-1\"} | options.adopt | must be an object",
        "{\"adopt\":{}} | options.adopt.taskId | is missing",
        "{\"adopt\":{\"taskId\":\"..\"}} | options.adopt.taskId | is no task id",
        "{\"zzz\":null} | options.zzz | is unknown",
      })
  void badOptions_areNamed(String json, String path, String message) throws Exception {
    Verdict<GenerationOptions> verdict =
        GenerationOptions.check(new ObjectMapper().readValue(json, Json.class));
    assertThat(verdict.isValid()).isFalse();
    List<Violation> violations = verdict.violations();
    assertThat(violations).singleElement().extracting(Violation::path).isEqualTo(path);
    assertThat(violations.get(0).message()).contains(message);
  }

  @Test
  void outOfRange_doesNotConstruct() {
    assertThatThrownBy(() -> OPTIONS.toBuilder().submitWithin(Duration.ZERO).build())
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> OPTIONS.toBuilder().submitWithin(Duration.ofDays(8)).build())
        .isInstanceOf(IllegalArgumentException.class);
  }
}
