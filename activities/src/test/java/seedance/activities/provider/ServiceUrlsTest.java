package seedance.activities.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Optional;
import okhttp3.HttpUrl;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which URLs are the service's own, and how an id becomes a part of one. */
class ServiceUrlsTest {
  private static final ServiceUrls URLS = urls("https://gw.example/team");

  private static ServiceUrls urls(String base) {
    return TestServer.urls(URI.create(base));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://gw.example/team/v1/videos/cgt-1/content",
        "https://gw.example/team/v1/videos/a%2Fb/content?index=0",
        "https://GW.example:443/team/x",
        "https://gw.example/team/a..b/...x"
      })
  void urlBelowTheBase_isTheServicesOwn(String url) {
    assertThat(URLS.isBelowBase(HttpUrl.get(url))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://gw.example/team/x",
        "https://gw.example:8443/team/x",
        "https://evil.example/team/x",
        "https://gw.example.evil.example/team/x",
        "https://gw.example./team/x",
        "https://gw.example@evil.example/team/x",
        "https://user:pass@gw.example/team/x",
        "https://gw.example/teamwork/x",
        "https://gw.example/team",
        "https://gw.example/other",
        "https://gw.example/",
        "https://gw.example/team/../other",
        "https://gw.example/team/%2e%2e/other",
        "https://gw.example/team/%2E./other",
        "https://gw.example/team/..%2fother",
        "https://gw.example/team/x%2f..%2f..%2fother",
        "https://gw.example/team/%252e%252e/other",
        "https://gw.example/team/%252e%252e%252fother",
        "https://gw.example/team/%25252e%25252e/other",
        "https://gw.example/team/..%5cother",
        "https://gw.example/team/..;/other",
        "https://gw.example/team/..;a=b/other",
        "https://gw.example/team/%2e%2e%3b/other",
        "https://gw.example/team/..%23/other",
        "https://gw.example/team/..%3f/other",
        "https://gw.example/team/..%2500/other",
        "https://gw.example/team/%c0%ae%c0%ae/other",
        "https://gw.example/team/%ef%bc%8e%ef%bc%8e/other",
        "https://gw.example/team/%e2%80%a5/other",
        "https://gw.example/team/..%ef%bc%8fother",
        "https://gw.example/team/x/%2525252525252e%2525252525252e/other"
      })
  void otherUrl_neverGetsTheKey(String url) {
    assertThat(URLS.isBelowBase(HttpUrl.get(url))).isFalse();
  }

  @Test
  void baseWithoutAPath_isAllOfItsOrigin() {
    ServiceUrls urls = urls("http://127.0.0.1:9301");

    assertThat(urls.isBelowBase(HttpUrl.get("http://127.0.0.1:9301/files/v.mp4"))).isTrue();
    assertThat(urls.isBelowBase(HttpUrl.get("http://127.0.0.1:9302/files/v.mp4"))).isFalse();
    assertThat(urls.isOwnOrigin(HttpUrl.get("http://127.0.0.1:9302/"))).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "cgt-20260606160057-6bbjd, cgt-20260606160057-6bbjd",
    "a%2Fb, a%252Fb",
    "a/b, a%2Fb",
    "../../x, ..%2F..%2Fx",
    "%2e%2e, %252e%252e",
    "a;b=c, a%3Bb%3Dc",
    "ark:cgt-1, ark%3Acgt-1",
    "a?b#c&d+e, a%3Fb%23c%26d%2Be",
    "猫, %E7%8C%AB",
    "..., ..."
  })
  void id_isEscapedInAPath(String id, String segment) {
    assertThat(URLS.task(id)).hasToString("https://gw.example/team/v1/videos/" + segment);
    assertThat(URLS.content(id))
        .hasToString("https://gw.example/team/v1/videos/" + segment + "/content");
    assertThat(URLS.task(id).pathSegments()).hasSize(4).last().isEqualTo(id);
  }

  @Test
  void id_isEscapedInAQuery() {
    ServiceUrls urls =
        new ServiceUrls(
            URI.create("https://r.example"),
            Dialect.GATEWAY,
            new TaskPaths(Optional.of("/create"), Optional.of("/query?a=1&id={id}")));

    assertThat(urls.task("a&id=b")).hasToString("https://r.example/query?a=1&id=a%26id%3Db");
    assertThat(urls.content("x")).hasToString("https://r.example/create/x/content");
  }
}
