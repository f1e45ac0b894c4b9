package seedance.workflows.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonInclude;
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
import org.junit.jupiter.params.provider.ValueSource;

class AnyJsonTest {
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
    AnyJson json = mapper.readValue(EVERYTHING, AnyJson.class);
    assertThat(mapper.writeValueAsString(json)).isEqualTo(EVERYTHING);
  }

  @Test
  void temporalsConverter_writesWhatItRead() {
    DefaultDataConverter converter = DefaultDataConverter.newDefaultInstance();
    AnyJson json = Requests.json("{'a':[1,2.50,null]}");
    var payload = converter.toPayload(json).orElseThrow();
    assertThat(payload.getData().toStringUtf8()).isEqualTo("{\"a\":[1,2.50,null]}");
    assertThat(converter.fromPayload(payload, AnyJson.class, AnyJson.class)).isEqualTo(json);
  }

  @ParameterizedTest
  @MethodSource("mappers")
  void nullArgument_isNull(ObjectMapper mapper) throws Exception {
    assertThat(mapper.readValue("null", AnyJson.class)).isEqualTo(AnyJson.NULL);
    assertThat(AnyJson.orNull(null).isNull()).isTrue();
  }

  @ParameterizedTest
  @MethodSource("mappers")
  void numberBeyondAllUse_staysANumber_howeverOftenItTravels(ObjectMapper mapper) throws Exception {
    for (String number : List.of("1e99999999999", "-1e99999999999")) {
      AnyJson read = mapper.readValue("{\"duration\":" + number + "}", AnyJson.class);
      String written = mapper.writeValueAsString(read);

      assertThat(written).doesNotContain("Infinity");
      assertThat(mapper.readValue(written, AnyJson.class)).isEqualTo(read);
      assertThat(((RequestVerdict.Invalid) RequestRules.builtIn().check(read)).violations())
          .contains(new Violation("duration", "is far out of range"));
    }
    AnyJson far = mapper.readValue("{\"duration\":1e999}", AnyJson.class);
    assertThat(mapper.writeValueAsString(far)).isEqualTo("{\"duration\":1E+999}");
  }

  @Test
  void deepJson_isUnreadable_beforeItOverflowsTheStack() throws Exception {
    String json = "[".repeat(990) + "]".repeat(990);
    assertThat(new ObjectMapper().readValue(json, AnyJson.class)).isEqualTo(AnyJson.UNREADABLE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"wat\\udc00\":1}", "{\"a\":{\"wat\\ud83d\":1}}", "[[\"DEEP\"]]"})
  void jsonThatTheParserRefuses_isUnreadable_notAnException(String text) throws Exception {
    String json = text.contains("DEEP") ? "[".repeat(2000) + "]".repeat(2000) : text;
    AnyJson read = new ObjectMapper().readValue(json, AnyJson.class);
    assertThat(read.isUnreadable()).isTrue();
    AnyJson again =
        new ObjectMapper().readValue(new ObjectMapper().writeValueAsString(read), AnyJson.class);
    assertThat(RequestRules.builtIn().check(again))
        .isEqualTo(
            new RequestVerdict.Invalid(
                List.of(
                    new Violation(
                        "$",
                        "cannot be read: no JSON, half a character (a lone surrogate) in a key, or nested"
                            + " too deep"))));
  }

  @Test
  void brokenJsonInsideOfAnotherValue_throws() {
    assertThatThrownBy(() -> new ObjectMapper().readValue("[{\"a\\udc00\":1},2]", AnyJson[].class))
        .isInstanceOf(com.fasterxml.jackson.core.JsonProcessingException.class);
  }

  @Test
  void equalNumbers_areEqual() {
    assertThat(new AnyJson(List.of(5L, BigInteger.valueOf(5), (short) 5, 0.5)))
        .isEqualTo(new AnyJson(List.of(5, 5, 5, new BigDecimal("0.5"))));
  }

  @Test
  void itsTextShowsNoContent() {
    assertThat(new AnyJson(Map.of("text", "a secret cat"))).hasToString("AnyJson[an object]");
  }

  @Test
  void valuesThatAreNotJson_areRefused() {
    assertThatThrownBy(() -> new AnyJson(List.of(Thread.class)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
