package seedance.workflows.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.jsontype.BasicPolymorphicTypeValidator;
import io.temporal.common.converter.DefaultDataConverter;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class JsonTest {
  private static final String EVERYTHING =
      "{\"zName\":null,\"aName\":[1,-1,4294967296,123456789012345678901234567890,1.10,5.0,true,"
          + "false,\"\\u0001\\\"图\",{},[],[[null]]],\"\":\"\"}";

  /** A mapper as a host could have it: everything that usually changes JSON is switched on. */
  static final ObjectMapper HOSTILE =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .defaultPropertyInclusion(
              JsonInclude.Value.construct(
                  JsonInclude.Include.NON_EMPTY, JsonInclude.Include.NON_EMPTY))
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
          .enable(SerializationFeature.WRITE_SINGLE_ELEM_ARRAYS_UNWRAPPED)
          .enable(DeserializationFeature.USE_JAVA_ARRAY_FOR_JSON_ARRAY)
          .enable(DeserializationFeature.USE_BIG_INTEGER_FOR_INTS)
          .enable(DeserializationFeature.ACCEPT_EMPTY_STRING_AS_NULL_OBJECT)
          .enable(DeserializationFeature.UNWRAP_SINGLE_VALUE_ARRAYS)
          .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
          .activateDefaultTyping(
              BasicPolymorphicTypeValidator.builder().allowIfBaseType(Object.class).build(),
              ObjectMapper.DefaultTyping.NON_FINAL)
          .build();

  static Stream<ObjectMapper> mappers() {
    return Stream.of(new ObjectMapper(), HOSTILE);
  }

  @ParameterizedTest
  @MethodSource("mappers")
  void anyMapper_writesWhatItRead(ObjectMapper mapper) throws Exception {
    Json json = mapper.readValue(EVERYTHING, Json.class);
    assertThat(mapper.writeValueAsString(json)).isEqualTo(EVERYTHING);
  }

  @Test
  void temporalsConverter_writesWhatItRead() {
    DefaultDataConverter converter = DefaultDataConverter.newDefaultInstance();
    Json json = Json.parse("{\"a\":[1,2.50,null]}");
    var payload = converter.toPayload(json).orElseThrow();
    assertThat(payload.getData().toStringUtf8()).isEqualTo("{\"a\":[1,2.50,null]}");
    assertThat(converter.fromPayload(payload, Json.class, Json.class)).isEqualTo(json);
  }

  @ParameterizedTest
  @MethodSource("mappers")
  void nullArgument_isNull(ObjectMapper mapper) throws Exception {
    assertThat(mapper.readValue("null", Json.class)).isEqualTo(Json.NULL);
    assertThat(Json.orNull(null).isNull()).isTrue();
  }

  @ParameterizedTest
  @MethodSource("mappers")
  void numberBeyondAllUse_staysANumber_howeverOftenItTravels(ObjectMapper mapper) throws Exception {
    for (String number : List.of("1e99999999999", "-1e99999999999")) {
      Json read = mapper.readValue("{\"duration\":" + number + "}", Json.class);
      String written = mapper.writeValueAsString(read);

      assertThat(written).doesNotContain("Infinity");
      assertThat(mapper.readValue(written, Json.class)).isEqualTo(read);
    }
    Json far = mapper.readValue("{\"duration\":1e999}", Json.class);
    assertThat(mapper.writeValueAsString(far)).isEqualTo("{\"duration\":1E+999}");
  }

  @Test
  void deepJson_isRefused_beforeItOverflowsTheStack() {
    String json = "[".repeat(990) + "]".repeat(990);
    assertThatThrownBy(() -> new ObjectMapper().readValue(json, Json.class))
        .isInstanceOf(JsonProcessingException.class);
  }

  @Test
  void brokenJsonInsideOfAnotherValue_throws() {
    assertThatThrownBy(() -> new ObjectMapper().readValue("[{\"a\\udc00\":1},2]", Json[].class))
        .isInstanceOf(com.fasterxml.jackson.core.JsonProcessingException.class);
  }

  @Test
  void equalNumbers_areEqual() {
    assertThat(new Json(List.of(5L, BigInteger.valueOf(5), (short) 5, 0.5)))
        .isEqualTo(new Json(List.of(5, 5, 5, new BigDecimal("0.5"))));
  }

  @Test
  void itsTextShowsNoContent() {
    assertThat(new Json(Map.of("text", "a secret cat"))).hasToString("Json[an object]");
  }

  @Test
  void valuesThatAreNotJson_areRefused() {
    assertThatThrownBy(() -> new Json(List.of(Thread.class)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static final Json BODY =
      Json.parse(
          "{'model':'m','content':[{'text':'a cat'},7],'draft':true,'seed':1e999999}"
              .replace('\'', '"'));

  @Test
  void path_findsWhatStandsThere_andNullWhereNothingDoes() {
    assertThat(BODY.at("content[0].text").text()).contains("a cat");
    assertThat(BODY.at("$")).isEqualTo(BODY);
    for (String nowhere :
        List.of("content[2]", "content.text", "model.x", "content[1].text", "x")) {
      assertThat(BODY.at(nowhere)).as(nowhere).isEqualTo(Json.NULL);
    }
  }

  @Test
  void fieldOfAnotherKind_readsAsAbsent() {
    assertThat(BODY.text("model")).contains("m");
    assertThat(BODY.text("draft")).isEmpty();
    assertThat(BODY.isTrue("draft")).isTrue();
    assertThat(BODY.isTrue("model")).isFalse();
    assertThat(BODY.number("seed")).contains(new BigDecimal("1e999999"));
    assertThat(BODY.number("model")).isEmpty();
    assertThat(BODY.at("model").items()).isEmpty();
    assertThat(BODY.at("content").has("text")).isFalse();
  }

  @Test
  void field_isAddedInItsPlace_andToNothing_butNotToOtherValues() {
    assertThat(new String(BODY.at("content[0]").with("text", new Json(2)).write(), UTF_8))
        .isEqualTo("{\"text\":2}");
    assertThat(Json.NULL.with("a", List.of(Json.NULL))).isEqualTo(Json.parse("{\"a\":[null]}"));
    assertThatThrownBy(() -> new Json("x").with("a", 1)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void textThatIsNoJson_isThrownWithItsViolations() {
    assertThatThrownBy(() -> Json.parse("{\"a\":1,\"a\":2}"))
        .isInstanceOfSatisfying(
            InvalidException.class,
            refused ->
                assertThat(refused.violations()).extracting(Violation::path).containsExactly("a"));
  }
}
