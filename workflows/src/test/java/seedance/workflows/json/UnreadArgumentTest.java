package seedance.workflows.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.temporal.api.common.v1.Payload;
import io.temporal.common.converter.RawValue;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UnreadArgumentTest {
  @ParameterizedTest
  @ValueSource(
      strings = {"{\"wat\\udc00\":1}", "{\"a\":{\"wat\\ud83d\":1}}", "DEEP", "{\"a\":", "", "cat"})
  void whatTheParserRefuses_isOneViolation_whateverOtherParsersTake(String text) {
    String json = text.equals("DEEP") ? "[".repeat(2000) + "]".repeat(2000) : text;
    assertThat(read(json))
        .isEqualTo(
            Verdict.invalid(
                List.of(
                    new Violation(
                        "options",
                        "cannot be read: no JSON, half a character (a lone surrogate) in a key, or nested"
                            + " too deep"))));
  }

  @Test
  void absentArgument_isNull() {
    assertThat(UnreadArgument.read(null, "$")).isEqualTo(Verdict.valid(Json.NULL));
  }

  @Test
  void keyThatIsThereTwice_isRead_asOtherSystemsDo() {
    assertThat(read("{\"a\":1,\"a\":2}")).isEqualTo(Verdict.valid(new Json(Map.of("a", 2))));
  }

  private static Verdict<Json> read(String text) {
    Payload payload =
        Payload.newBuilder().setData(ByteString.copyFrom(text, StandardCharsets.UTF_8)).build();
    return UnreadArgument.read(new RawValue(payload), "options");
  }
}
