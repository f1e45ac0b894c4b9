package seedance.activities.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.util.Optional;
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
    "https://ark.example/api/v3, ARK, https://ark.example/api/v3/contents/generations/tasks",
    "https://ark.example/api/v1, ARK, https://ark.example/api/v1/contents/generations/tasks",
    "https://ark.example/api/plan/v3, ARK,"
        + " https://ark.example/api/plan/v3/contents/generations/tasks",
    "https://ark.example/api/plan/v3/, ARK,"
        + " https://ark.example/api/plan/v3/contents/generations/tasks",
    "https://gw.example/api/v12, GATEWAY, https://gw.example/api/v12/videos",
    "https://gw.example/apiv3, GATEWAY, https://gw.example/apiv3/v1/videos",
    "https://gw.example/v3/team, GATEWAY, https://gw.example/v3/team/v1/videos"
  })
  void baseUrl_leadsToTheTasks_takenAsItIsWhereItEndsInAVersion(
      URI baseUrl, Dialect dialect, String tasks) {
    ServiceUrls urls = new ProviderSettings(baseUrl, dialect, KEY).urls();

    assertThat(urls.tasks()).hasToString(tasks);
    assertThat(urls.task("cgt-1")).hasToString(tasks + "/cgt-1");
  }

  @ParameterizedTest
  @CsvSource({
    "https://r.example, /v1/video/generations, , https://r.example/v1/video/generations,"
        + " https://r.example/v1/video/generations/cgt-1",
    "https://r.example/team/, /seedance/tasks/, , https://r.example/team/seedance/tasks,"
        + " https://r.example/team/seedance/tasks/cgt-1",
    "https://r.example/v1, /video/create, /video/query?id={id}, https://r.example/v1/video/create,"
        + " https://r.example/v1/video/query?id=cgt-1",
    "https://r.example, , /v1/tasks/{id}/result, https://r.example/v1/videos,"
        + " https://r.example/v1/tasks/cgt-1/result"
  })
  void resellersPaths_areTakenBelowTheBaseUrl(
      URI baseUrl, String tasks, String look, String createdAt, String lookedAt) {
    TaskPaths paths = new TaskPaths(Optional.ofNullable(tasks), Optional.ofNullable(look));
    ServiceUrls urls = new ServiceUrls(baseUrl, Dialect.GATEWAY, paths);

    assertThat(urls.tasks()).hasToString(createdAt);
    assertThat(urls.task("cgt-1")).hasToString(lookedAt);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "v1/videos",
        "https://evil.example/v1",
        "//evil.example/v1",
        "/v1/../admin",
        "/v1/%2E%2e/admin",
        "/v1/./x",
        "/v1/videos?key=1",
        "/v1/videos#x",
        "/v1 /videos",
        "/"
      })
  void pathThatIsNone_isRefused_andNotQuoted(String path) {
    assertThatThrownBy(() -> new TaskPaths(Optional.of(path), Optional.empty()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("a path is like /v1/video/generations");
    assertThatThrownBy(() -> new TaskPaths(Optional.empty(), Optional.of(path)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("with {id} once");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/v1/{id}/{id}", "/v1/{ID}", "/../{id}", "/v1/x?id={id}#a", "/v1/x?a={b}"})
  void pathToATask_holdsItsIdOnce(String path) {
    assertThatThrownBy(() -> new TaskPaths(Optional.empty(), Optional.of(path)))
        .isInstanceOf(IllegalArgumentException.class);
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
