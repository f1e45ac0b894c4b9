package seedance.activities.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProviderSettingsTest {
  private static final Secret KEY = Secret.of(TestServer.KEY);

  @ParameterizedTest
  @CsvSource({
    "https://api.3hei.com, GATEWAY, https://api.3hei.com/v1/videos",
    "https://api.3hei.com/, GATEWAY, https://api.3hei.com/v1/videos",
    "https://api.3hei.com/v1, GATEWAY, https://api.3hei.com/v1/videos",
    "https://api.3hei.com/v1/, GATEWAY, https://api.3hei.com/v1/videos",
    "http://gate_way:8080/team, GATEWAY, http://gate_way:8080/team/v1/videos",
    "https://ark.example, ARK, https://ark.example/api/v3/contents/generations/tasks",
    "https://ark.example/api/v3, ARK, https://ark.example/api/v3/contents/generations/tasks"
  })
  void baseUrl_leadsToTheTasks(URI baseUrl, Dialect dialect, String tasks) {
    assertThat(new ProviderSettings(baseUrl, dialect, KEY).tasksUrl()).hasToString(tasks);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "api.3hei.com",
        "ftp://api.3hei.com",
        "https:///v1",
        "https://user:pass@api.3hei.com",
        "https://api.3hei.com/?key=1",
        "https://api.3hei.com/#x"
      })
  void wrongBaseUrl_isNamed_andNotQuoted(String baseUrl) {
    assertThatThrownBy(() -> new ProviderSettings(URI.create(baseUrl), Dialect.GATEWAY, KEY))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("the base URL is ")
        .hasMessageNotContaining("pass@");
  }

  @Test
  void secret_neverShowsItself() throws Exception {
    ObjectMapper curious = new ObjectMapper().setVisibility(PropertyAccessor.ALL, Visibility.ANY);

    assertThat(KEY).hasToString("***");
    assertThat(ProviderSettings.of(Dialect.ARK, KEY).toString()).doesNotContain(TestServer.KEY);
    assertThat(curious.writeValueAsString(KEY)).isEqualTo("\"***\"");
  }

  @Test
  void secret_isTakenWithoutTheWhiteSpaceAround() {
    assertThat(Secret.of(TestServer.KEY + "\n")).isEqualTo(KEY).hasSameHashCodeAs(KEY);
    assertThat(Secret.of("other")).isNotEqualTo(KEY);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  ", "two words", "line\nbreak", "schlüssel"})
  void textThatNoHeaderCarries_isNoSecret(String text) {
    assertThatThrownBy(() -> Secret.of(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("words")
        .hasMessageNotContaining("schl");
  }
}
