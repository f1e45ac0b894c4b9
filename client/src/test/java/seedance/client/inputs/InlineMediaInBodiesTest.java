package seedance.client.inputs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import seedance.workflows.json.Json;
import seedance.workflows.json.Violation;
import seedance.workflows.request.ModelCatalogue;
import seedance.workflows.request.RequestRules;
import seedance.workflows.request.StoredInput;

/** What becomes of {@code data:} URLs, which people have of whole photos. */
class InlineMediaInBodiesTest {
  private static final int FITTING = 100_000;
  private static final int TOO_LARGE = 900_000;

  @TempDir private Path folder;
  private final Map<StoredInput, byte[]> put = new LinkedHashMap<>();
  private final List<Path> putFrom = new ArrayList<>();

  @Test
  void tooLargeBody_hasItsMediaMovedToTheStore_andKeepsAllElse() throws Exception {
    byte[] picture = picture(640, TOO_LARGE);
    Json body = body(item("image_url", dataUrl("image/png", picture)));
    Inputs inputs = inputsOf(body);

    inputs.putInto(new Store());

    StoredInput input = put.keySet().iterator().next();
    assertThat(put).hasSize(1);
    assertThat(put.get(input)).isEqualTo(picture);
    assertThat(input.extension()).isEqualTo("png");
    assertThat(inputs.body()).isEqualTo(body(item("image_url", input.url())));
    assertThat(RequestRules.builtIn().check(inputs.body()).isValid()).isTrue();
    assertThat(putFrom).allSatisfy(file -> assertThat(file).doesNotExist());
  }

  @Test
  void bodyThatFits_isSentAsItWasWritten() {
    Json body = body(item("image_url", dataUrl("image/png", picture(640, FITTING))));

    assertThat(inputsOf(body).isEmpty()).isTrue();
    assertThat(inputsOf(body).body()).isSameAs(body);
  }

  @Test
  void mediaThatFitAlone_areMovedWhereTheyDoNotTogether() {
    String each = dataUrl("image/png", picture(640, 450_000));

    assertThat(inputsOf(body(item("image_url", each))).isEmpty()).isTrue();
    Json both = inputsOf(body(item("image_url", each), item("image_url", each))).body();

    assertThat(both.bytes()).isLessThan(1_000);
    assertThat(new String(both.write(), UTF_8)).doesNotContain("data:");
  }

  @Test
  void chain_isJudgedAsAWhole() {
    Map<String, Object> step =
        Map.of(
            "id",
            "a",
            "request",
            body(item("image_url", dataUrl("image/png", picture(640, TOO_LARGE)))).tree());

    Json chain = inputsOf(new Json(Map.of("steps", List.of(step)))).body();

    assertThat(new String(chain.write(), UTF_8))
        .contains("store://inputs/")
        .doesNotContain("data:");
  }

  @Test
  void keptMedia_stayHoweverLargeTheBodyIs() {
    Json body = body(item("image_url", dataUrl("image/png", picture(640, TOO_LARGE))));

    assertThat(Inputs.of(body, folder, Inlining.KEPT).body()).isSameAs(body);
  }

  @Test
  void inlineVideo_isAlwaysMoved_asTheServiceTakesNone() {
    byte[] mp4 = HandMade.mp4(4_000, 24, 640, 640);

    Inputs inputs = inputsOf(body(item("video_url", dataUrl("video/mp4", mp4))));

    assertThat(new String(inputs.body().write(), UTF_8)).contains("store://inputs/", ".mp4");
  }

  @Test
  void movedMedium_isJudgedAsAFileIs_byWhatItIs() {
    String small = dataUrl("image/png", picture(100, TOO_LARGE));
    String wrong = dataUrl("image/png", new byte[TOO_LARGE]);

    assertThat(faults(small))
        .containsExactly(
            new Violation(
                "content[1].image_url.url",
                "the inline image is 100 x 100 pixels: each side must be 300 to 6000"));
    assertThat(faults(wrong))
        .hasSize(1)
        .first()
        .asString()
        .contains("the inline image is of no type");
    assertThat(faults(dataUrl("image/jpg", picture(640, TOO_LARGE))))
        .as("what it is declared as does not count")
        .isEmpty();
  }

  @Test
  void whatCannotBeDecoded_staysForTheRules() {
    String cut = dataUrl("image/png", picture(640, TOO_LARGE)) + "!";

    assertThat(inputsOf(body(item("image_url", cut))).isEmpty()).isTrue();
  }

  @Test
  void nothingShowsTheMedium() {
    String url = dataUrl("image/png", picture(640, TOO_LARGE));
    Json body = body(item("image_url", url));
    LocalFiles files = LocalFiles.in(body, folder, Inlining.FITTING);

    assertThat(files.all().toString() + LocalInput.read(files)).doesNotContain("base64", "iVBOR");
  }

  private List<Violation> faults(String url) {
    return inputsOf(body(item("image_url", url))).faults(ModelCatalogue.builtIn());
  }

  private Inputs inputsOf(Json body) {
    return Inputs.of(body, folder, Inlining.FITTING);
  }

  @SafeVarargs
  private static Json body(Map<String, Object>... media) {
    List<Object> content = new ArrayList<>(List.of(Map.of("type", "text", "text", "A cat")));
    for (Map<String, Object> item : media) {
      content.add(item);
    }
    return new Json(Map.of("model", "doubao-seedance-2-0", "content", content));
  }

  private static Map<String, Object> item(String type, String url) {
    return Map.of("type", type, type, Map.of("url", url), "role", role(type));
  }

  private static String role(String type) {
    return type.equals("image_url") ? "reference_image" : "reference_video";
  }

  private static byte[] picture(int side, int bytes) {
    return Arrays.copyOf(HandMade.png(side, side), bytes);
  }

  private static String dataUrl(String type, byte[] medium) {
    return "data:" + type + ";base64," + Base64.getEncoder().encodeToString(medium);
  }

  private final class Store implements MediaStore {
    @Override
    public void put(StoredInput name, Path file) throws IOException {
      putFrom.add(file);
      put.put(name, Files.readAllBytes(file));
    }

    @Override
    public URI link(URI location, Duration lifetime) {
      return location;
    }
  }
}
