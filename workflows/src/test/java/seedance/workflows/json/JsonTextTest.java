package seedance.workflows.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonTextTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`` | $ | is empty",
        "`  ` | $ | is empty",
        "{} x | $ | is not valid JSON: a word that is not in quotes, at line 1, column 4",
        "{} {} | $ | goes on after the JSON value has ended, at line 1, column 4",
        "{\"a\":1,} | $ | an unexpected }, at line 1, column 8",
        "{\"a\":{\"b\":tru}} | a.b | a word that is not in quotes",
        "{\"a\":[1,2,nope]} | a[2] | a word that is not in quotes",
        "{\"a\":[1,2 | a[2] | the text ends too early",
        "{\"a\":\"x | a | the text ends too early",
        "{'a':1} | $ | an unexpected '",
        "{\"a\":01} | a | is not valid JSON",
        "{\"a\":NaN} | a | is not valid JSON",
        "{\"a\":\"\\x\"} | a | a backslash that starts no escape",
        "{\"a\\ud800\":1} | $ | half a character (a lone surrogate) in a key",
      })
  void brokenText_isNamedWithItsPlace(String text, String path, String message) {
    assertThat(violations(text))
        .singleElement()
        .satisfies(
            violation -> {
              assertThat(violation.path()).isEqualTo(path);
              assertThat(violation.message()).contains(message);
            });
  }

  @Test
  void textOfManyValuesFarDown_takesNotManyTimesItsRoom() {
    String name = "{\"" + "a".repeat(60) + "\":";
    int levels = 98;
    String text = name.repeat(levels) + "[0" + ",0".repeat(100_000) + "]" + "}".repeat(levels);
    var thread = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = thread.getCurrentThreadAllocatedBytes();

    Verdict<Json> reading = Json.read(text);

    assertThat(thread.getCurrentThreadAllocatedBytes() - before).isLessThan(500L * text.length());
    assertThat(reading).matches(Verdict::isValid);
  }

  @Test
  void lineBreakInString_isNamedWithLineAndColumn() {
    assertThat(violations("{\n  \"a\": \"two\nlines\"}"))
        .containsExactly(
            new Violation(
                "a",
                "is not valid JSON: a line break or control character inside a string, write \\n, at"
                    + " line 2, column 12"));
  }

  @Test
  void everyDuplicateKey_isNamedWithBothPlaces() {
    assertThat(violations("{\"a\":1,\n\"b\":{\"c\":1,\"c\":2},\n\"a\":3}"))
        .containsExactly(
            new Violation(
                "b.c", "is there twice: at line 2, column 6, and again at line 2, column 12"),
            new Violation(
                "a", "is there twice: at line 1, column 2, and again at line 3, column 1"));
  }

  @Test
  void sameKeyInTwoItems_isNoDuplicate() {
    assertThat(Json.read("[{\"a\":1},{\"a\":2}]")).matches(Verdict::isValid);
  }

  @Test
  void deepNesting_isNamed() {
    assertThat(violations("[".repeat(5000)).get(0).message())
        .startsWith("is nested deeper than 100 levels, at line 1");
  }

  @Test
  void numbersKeepTheirValue() {
    assertThat(Json.read("[5,4294967296,123456789012345678901234567890,1.10,5.0,1e2]"))
        .isEqualTo(
            Verdict.valid(
                new Json(
                    List.of(
                        5,
                        4294967296L,
                        new BigInteger("123456789012345678901234567890"),
                        new BigDecimal("1.10"),
                        new BigDecimal("5.0"),
                        new BigDecimal("1e2")))));
  }

  @Test
  void byteOrderMark_isSkipped() {
    byte[] bytes = "\uFEFF{\"a\":\"图\"}".getBytes(StandardCharsets.UTF_8);
    assertThat(Json.read(bytes)).isEqualTo(Verdict.valid(new Json(Map.of("a", "图"))));
  }

  @Test
  void otherEncodings_areNamed() {
    byte[] bytes = "{\"a\":\"图\"}".getBytes(StandardCharsets.UTF_16);
    assertThat(Json.read(bytes).violations())
        .containsExactly(new Violation("$", "is not UTF-8 text: save it as UTF-8"));
  }

  @Test
  void messagesDoNotQuoteTheText() {
    assertThat(violations("{\"text\": a secret cat}").toString()).doesNotContain("secret");
    assertThat(violations("{\"text\": secretcat}").toString()).doesNotContain("secret");
  }

  private static List<Violation> violations(String text) {
    Verdict<Json> reading = Json.read(text);
    assertThat(reading).matches(verdict -> !verdict.isValid());
    return reading.violations();
  }
}
