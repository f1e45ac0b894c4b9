package seedance.client.inputs;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import seedance.workflows.json.Json;

/** What holds of finding and replacing paths in whatever JSON. */
class LocalFilesPropertiesTest {
  private static final Path FOLDER = Path.of("/jobs");
  private static final List<String> NAMES =
      List.of("type", "url", "content", "steps", "request", "image_url", "video_url", "x");

  @Property
  void noText_makesTheFinderThrow(@ForAll String text) {
    assertThat(LocalFiles.in(bodyOf(List.of(text)), FOLDER, Inlining.KEPT).all())
        .hasSizeLessThan(2);
    assertThat(LocalFiles.in(bodyOf(List.of("file:" + text)), FOLDER, Inlining.KEPT).all())
        .hasSizeLessThan(2);
  }

  @Property
  void bodyWithoutPaths_isTheSame(
      @ForAll("links") List<String> links, @ForAll("json") Object other) {
    Json body = bodyOf(links).with("other", other);

    assertThat(LocalFiles.in(body, FOLDER, Inlining.KEPT).all()).isEmpty();
    assertThat(
            LocalFiles.in(body, FOLDER, Inlining.KEPT).replacedBy(file -> URI.create("store://x")))
        .isEqualTo(body);
  }

  @Property
  void bodyOfAnyForm_isReadWithoutAThrow(@ForAll("json") Object tree) {
    for (Json body :
        List.of(
            new Json(tree),
            Json.NULL.with("content", tree),
            Json.NULL.with("steps", tree),
            Json.NULL.with("steps", List.of(Map.of("request", tree))))) {
      assertThat(
              LocalFiles.in(body, FOLDER, Inlining.KEPT)
                  .replacedBy(file -> URI.create("store://x")))
          .isEqualTo(body);
    }
  }

  @Property
  void paths_areReplaced_andPuttingThemBackGivesTheBody(
      @ForAll("links") List<String> links,
      @ForAll("paths") List<String> written,
      @ForAll("json") Object other) {
    List<String> urls = new ArrayList<>(links);
    urls.addAll(written);
    Json body = bodyOf(urls).with("other", other);
    Map<URI, String> byUri = new HashMap<>();

    LocalFiles files = LocalFiles.in(body, FOLDER, Inlining.KEPT);
    Json replaced =
        files.replacedBy(
            file -> {
              URI uri = URI.create("store://inputs/" + byUri.size());
              byUri.put(uri, file.written());
              return uri;
            });

    assertThat(files.all()).extracting(LocalFile::written).containsExactlyElementsOf(written);
    assertThat(files.all())
        .allSatisfy(file -> assertThat(body.at(file.path()).text()).contains(file.written()));
    assertThat(LocalFiles.in(replaced, FOLDER, Inlining.KEPT).all()).isEmpty();
    assertThat(
            replaced.mapTexts(
                text -> text.startsWith("store://inputs/") ? byUri.get(URI.create(text)) : text))
        .isEqualTo(body);
  }

  private static Json bodyOf(List<String> urls) {
    return Json.NULL.with(
        "content",
        urls.stream().map(url -> Map.of("image_url", Map.of("url", url, "x", 1.5f))).toList());
  }

  @Provide
  Arbitrary<List<String>> links() {
    return Arbitraries.of(
            "https://a.example/b.png", "asset://a", "generation://a/video", "data:image/png,", "b")
        .list()
        .ofMaxSize(4);
  }

  @Provide
  Arbitrary<List<String>> paths() {
    Arbitrary<String> name = Arbitraries.strings().alpha().numeric().ofMinLength(1).ofMaxLength(8);
    Arbitrary<String> start = Arbitraries.of("", "./", "../", "/", "~/", "file:///", "a/");
    Arbitrary<String> end = Arbitraries.of(".png", ".JPG", ".mov", ".wav", ".heic");
    return Combinators.combine(start, name, end).as((a, b, c) -> a + b + c).list().ofMaxSize(4);
  }

  /** Made by hand: jqwik's own maps within maps take seconds. */
  @Provide
  Arbitrary<Object> json() {
    return Arbitraries.randomValue(random -> tree(random, 5));
  }

  private static Object tree(Random random, int levels) {
    return switch (random.nextInt(levels > 0 ? 8 : 5)) {
      case 0 -> random.nextInt();
      case 1 -> BigDecimal.valueOf(random.nextInt(), random.nextInt(60) - 30);
      case 2 -> random.nextBoolean();
      case 3 -> BigInteger.valueOf(random.nextLong()).pow(3);
      case 4 -> NAMES.get(random.nextInt(NAMES.size()));
      case 5 -> Stream.generate(() -> tree(random, levels - 1)).limit(random.nextInt(4)).toList();
      default -> {
        Map<String, Object> fields = new LinkedHashMap<>();
        for (int i = random.nextInt(5); i > 0; i--) {
          fields.put(NAMES.get(random.nextInt(NAMES.size())), tree(random, levels - 1));
        }
        yield fields;
      }
    };
  }
}
