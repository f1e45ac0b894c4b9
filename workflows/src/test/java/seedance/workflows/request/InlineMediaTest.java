package seedance.workflows.request;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import seedance.workflows.json.Json;

class InlineMediaTest {
  private static final String PNG = "data:image/png;base64,iVBORw0KGgo=";

  private static Object stored(String text) {
    return InlineMedia.without(new Json(text)).tree();
  }

  private static String hash(String text) throws Exception {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    return "…sha256:"
        + HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Data: Anna Schmidt of Contoso, quarterly numbers in the garden",
        "data:Anna Schmidt, dancing",
        "DATA:cats/dogs, running",
        "data:王小明,在窗台上唱歌跳舞",
        "data:image/png is what the sign says",
        "data:,",
        "data:",
        "metadata: base64, please"
      })
  void proseThatBeginsWithData_isNoInlineMedia(String prompt) {
    assertThat(stored(prompt)).isEqualTo(prompt);
    assertThat(InlineMedia.isIn(prompt)).isFalse();
    assertThat(InlineMedia.textAround(prompt)).isEqualTo(prompt);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        PNG,
        "data:audio/wav;base64,UklGRg==",
        "DATA:image/PNG;BASE64,QUJD",
        "data:image/png;base64,",
        "data:;base64,QUJDREVG",
        "data:image/png;charset=x;base64,QU-_%2B"
      })
  void dataUrl_isStoredAsItsHeadAndHash(String url) throws Exception {
    String head = url.substring(0, url.indexOf(',') + 1);

    assertThat(stored(url)).isEqualTo(head + hash(url));
    assertThat(InlineMedia.isIn(url)).isTrue();
    assertThat(InlineMedia.textAround(url)).isBlank();
    assertThat(InlineMedia.isIn((String) stored(url))).isTrue();
    assertThat(InlineMedia.textAround((String) stored(url))).isBlank();
  }

  @Test
  void headThatIsLong_isCut() throws Exception {
    String url = "data:image/png;name=" + "a".repeat(100) + ";base64,QUJD";

    assertThat(stored(url)).isEqualTo(url.substring(0, 60) + "," + hash(url));
  }

  @Test
  void textAroundADataUrl_isKept() throws Exception {
    String text = "Make " + PNG + " move, and " + PNG + ", slowly";
    String cut = "data:image/png;base64," + hash(PNG);

    assertThat(stored(text)).isEqualTo("Make " + cut + " move, and " + cut + ", slowly");
    assertThat(InlineMedia.textAround(text)).isEqualTo("Make   move, and  , slowly");
    assertThat(InlineMedia.textAround((String) stored(text)))
        .isEqualTo("Make   move, and  , slowly");
  }

  @Test
  void base64InLines_isCutToItsEnd() {
    String lines = ("A".repeat(76) + "\r\n").repeat(20_000);

    assertThat((String) stored("data:image/png;base64,\n" + lines + "of Anna"))
        .doesNotContain("AAA")
        .endsWith("\r\nof Anna");
  }

  @Test
  void urlOfMediaThatAreNotBase64_isCutWhereItIsLongerThanAWord() {
    String svg = "data:image/svg+xml,%3Csvg%20xmlns=%22http://www.w3.org/2000/svg%22/%3E";

    assertThat((String) stored(svg + " of Anna"))
        .startsWith("data:image/svg+xml,…sha256:")
        .doesNotContain("w3.org")
        .endsWith(" of Anna");
    assertThat(InlineMedia.isIn(svg)).isTrue();
    assertThat(InlineMedia.isIn((String) stored(svg))).isTrue();
    assertThat(InlineMedia.textAround(svg)).contains("w3.org");
  }

  @Test
  void requestsThatDifferInTheirMedia_differWithoutThem() {
    Json one = new Json(Map.of("text", "a " + PNG));
    Json other = new Json(Map.of("text", "a " + PNG.replace("Ggo", "Ggp")));

    assertThat(InlineMedia.without(one)).isNotEqualTo(InlineMedia.without(other));
    assertThat(InlineMedia.without(one)).isNotEqualTo(one);
  }

  @Test
  void manyUrlsOfNothing_areLeft_asTheirHashesWouldBeTooMuch() {
    Json prompt = new Json("data:;base64,".repeat(70_000));

    assertThat(InlineMedia.without(prompt)).isEqualTo(prompt);
  }
}
