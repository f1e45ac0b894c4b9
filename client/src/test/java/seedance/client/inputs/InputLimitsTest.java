package seedance.client.inputs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import seedance.workflows.json.Json;
import seedance.workflows.json.Violation;
import seedance.workflows.request.ModelCatalogue;

class InputLimitsTest {
  private static final String V20 = "doubao-seedance-2-0";
  private static final String V25 = "doubao-seedance-2-5";
  private static final long MEBIBYTE = 1 << 20;

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "300, 300",
    "6000, 6000",
    "300, 750",
    "750, 300",
    "6000, 2400",
    "2400, 6000",
    "1920, 1080"
  })
  void imageWithinTheLimits_passes(int width, int height) throws IOException {
    file("a.png", HandMade.png(width, height));

    assertThat(faults(V20, "image_url", "a.png")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "299, 300, is 299 x 300 pixels: each side must be 300 to 6000",
    "300, 299, is 300 x 299 pixels: each side must be 300 to 6000",
    "6001, 6000, is 6001 x 6000 pixels: each side must be 300 to 6000",
    "751, 300, is 751 x 300 pixels: no side may be over 2.5 times the other",
    "300, 751, is 300 x 751 pixels: no side may be over 2.5 times the other",
    "6000, 2399, is 6000 x 2399 pixels: no side may be over 2.5 times the other"
  })
  void imageBeyondTheLimits_isNamedWithItsSize(int width, int height, String fault)
      throws IOException {
    file("a.png", HandMade.png(width, height));

    assertThat(faults(V20, "image_url", "a.png"))
        .containsExactly(new Violation("content[0].image_url.url", "\"a.png\" " + fault));
  }

  @ParameterizedTest
  @CsvSource({
    "PNG, 31457279, 31457280, is an image of 30.0 MB: must be under 30 MB",
    "MP4, 209715200, 209715201, is a video of 200.0 MB: must be at most 200 MB",
    "MP3, 15728640, 15728641, is an audio of 15.0 MB: must be at most 15 MB"
  })
  void bytes_areJudgedToTheLastOne(InputType type, long most, long over, String fault) {
    assertThat(ofSize(type, most)).isEmpty();
    assertThat(ofSize(type, over)).containsExactly("\"./a.bin\" " + fault);
  }

  private List<String> ofSize(InputType type, long bytes) {
    MediaFacts facts = MediaFacts.unknown(type.medium().orElseThrow());
    LocalFile place =
        LocalFiles.in(
                body(V20, item(type.medium().orElseThrow().type(), "./a.bin")),
                folder,
                Inlining.KEPT)
            .all()
            .get(0);
    return new InputLimits(ModelCatalogue.builtIn())
            .check(
                List.of(
                    new LocalInput(
                        place, new MediaFile.Found(type, bytes, facts, Optional.empty()))))
            .stream()
            .map(Violation::message)
            .toList();
  }

  @Test
  void longFile_isJudgedByItsLength_andNotReadToItsEnd() throws IOException {
    longFile("a.png", HandMade.png(200, 300), 30 * MEBIBYTE);

    assertThat(messages(V20, "image_url", "a.png"))
        .containsExactly(
            "\"a.png\" is an image of 30.0 MB: must be under 30 MB",
            "\"a.png\" is 200 x 300 pixels: each side must be 300 to 6000");
  }

  @ParameterizedTest
  @CsvSource({
    "doubao-seedance-2-0, 2000",
    "doubao-seedance-2-0, 15000",
    "doubao-seedance-2-0, 1800",
    "doubao-seedance-2-0, 15200",
    "doubao-seedance-2-0-fast, 15042",
    "doubao-seedance-2-5, 30000",
    "doubao-seedance-2-5, 30200",
    "ep-20261130-abc, 30000",
    "doubao-seedance-1-0-pro, 99000"
  })
  void lengthWithinTheLimits_orOfAModelWithout_passes(String model, long millis)
      throws IOException {
    file("a.mp4", HandMade.mp4(millis, 24, 1_280, 720));
    file("a.wav", HandMade.wav(millis));

    assertThat(faults(model, "video_url", "a.mp4")).isEmpty();
    assertThat(faults(model, "audio_url", "a.wav")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "doubao-seedance-2-0, 1790, lasts 1.79 s: must be 2 to 15 s with doubao-seedance-2-0",
    "doubao-seedance-2-0, 15210, lasts 15.21 s: must be 2 to 15 s with doubao-seedance-2-0",
    "doubao-seedance-2-5, 30300, lasts 30.3 s: must be 2 to 30 s with doubao-seedance-2-5",
    "ep-20261130-abc, 31000, lasts 31 s: must be 2 to 30 s with any known model"
  })
  void lengthBeyondTheLimits_isNamed(String model, long millis, String fault) throws IOException {
    file("a.mp4", HandMade.mp4(millis, 24, 1_280, 720));
    file("a.wav", HandMade.wav(millis));

    assertThat(messages(model, "video_url", "a.mp4")).containsExactly("\"a.mp4\" " + fault);
    assertThat(messages(model, "audio_url", "a.wav")).containsExactly("\"a.wav\" " + fault);
  }

  @Test
  void filesOfOneKind_areJudgedTogether_andThoseOfAnotherApart() throws IOException {
    file("a.mp4", HandMade.mp4(5_042, 24, 1_280, 720));
    file("b.mp4", HandMade.mp4(10_100, 24, 1_280, 720));
    file("c.mp4", HandMade.mp4(10_200, 24, 1_280, 720));
    file("a.wav", HandMade.wav(15_000));

    assertThat(check(body(V20, video("a.mp4"), video("b.mp4"), audio("a.wav")))).isEmpty();
    assertThat(check(body(V20, video("a.mp4"), audio("a.wav"), video("c.mp4"))))
        .containsExactly(
            new Violation(
                "content",
                "\"a.mp4\" and \"c.mp4\" last 15.24 s together: at most 15 s with " + V20));
    assertThat(check(body(V25, video("a.mp4"), video("c.mp4")))).isEmpty();
  }

  @Test
  void fileThatIsTooLongByItself_isNamedOnce() throws IOException {
    file("a.mp4", HandMade.mp4(20_000, 24, 1_280, 720));
    file("b.mp4", HandMade.mp4(5_000, 24, 1_280, 720));

    assertThat(check(body(V20, video("a.mp4"), video("b.mp4"))))
        .extracting(Violation::path)
        .containsExactly("content[0].video_url.url");
  }

  @ParameterizedTest
  @CsvSource({"23.976", "24", "30", "59.94", "60"})
  void framesWithinTheLimits_pass(double rate) throws IOException {
    file("a.mp4", HandMade.mp4(5_000, rate, 1_280, 720));

    assertThat(faults(V20, "video_url", "a.mp4")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"15", "23", "61.98", "120"})
  void framesBeyondTheLimits_areNamed(double rate) throws IOException {
    file("a.mp4", HandMade.mp4(5_000, rate, 1_280, 720));

    assertThat(messages(V20, "video_url", "a.mp4"))
        .singleElement()
        .asString()
        .matches("\"a.mp4\" has [\\d.]+ frames a second: must be 24 to 60")
        .contains("has " + (int) rate);
  }

  @Test
  void wrongKind_isNamed_whateverTheFileIsCalled() throws IOException {
    file("a.png", HandMade.mp4(5_000, 24, 1_280, 720));
    file("a.mp4", HandMade.png(300, 300));
    file("a.mp3", HandMade.heic(300, 300, "avif"));
    file("b.png", HandMade.letters("hello"));

    assertThat(messages(V20, "image_url", "a.png"))
        .containsExactly(
            "\"a.png\" is a video (mp4): image_url takes jpeg, png, webp, bmp, tiff, gif, heic or"
                + " heif");
    assertThat(messages(V20, "video_url", "a.mp4"))
        .containsExactly("\"a.mp4\" is an image (png): video_url takes mp4 or mov");
    assertThat(messages(V20, "audio_url", "a.mp3"))
        .containsExactly("\"a.mp3\" is of type avif: audio_url takes wav or mp3");
    assertThat(messages(V20, "video_url", "b.png"))
        .containsExactly("\"b.png\" is of no type that is known here: video_url takes mp4 or mov");
  }

  @Test
  void fileThatCannotBeRead_isNamed_andWhereItWasLookedFor() throws IOException {
    file("empty.png", new byte[0]);
    Files.createDirectory(folder.resolve("folder.png"));

    assertThat(messages(V20, "image_url", "./none.png"))
        .containsExactly(
            "\"./none.png\" is not there: looked for "
                + LocalFile.quoted(folder.resolve("./none.png").toString()));
    assertThat(messages(V20, "image_url", "empty.png")).containsExactly("\"empty.png\" is empty");
    assertThat(messages(V20, "image_url", "folder.png"))
        .containsExactly("\"folder.png\" is a folder, not a file");
  }

  @Test
  void whatIsNotKnown_isNotJudged() throws IOException {
    file("a.png", HandMade.letters("\u0089PNG\r\n\u001a\n"));
    file("a.mp4", HandMade.ftyp("isom"));
    file("a.wav", HandMade.letters("RIFF\0\0\0\0WAVE"));

    assertThat(check(body(V20, image("a.png"), video("a.mp4"), audio("a.wav")))).isEmpty();
  }

  @Test
  void everyBreach_isNamed_withItsStepInAChain() throws IOException {
    longFile("a.mp4", HandMade.mp4(16_000, 12, 1_280, 720), 201 * MEBIBYTE);
    Json chain =
        Json.NULL.with(
            "steps",
            List.of(
                Json.NULL.with("id", "a").with("request", body(V25, video("a.mp4"))),
                Json.NULL.with("id", "b").with("request", body(V20, video("a.mp4")))));

    assertThat(check(chain))
        .extracting(Violation::toString)
        .containsExactly(
            "steps[0].request.content[0].video_url.url: \"a.mp4\" is a video of 201.0 MB: must be at"
                + " most 200 MB",
            "steps[0].request.content[0].video_url.url: \"a.mp4\" has 12 frames a second: must be 24"
                + " to 60",
            "steps[1].request.content[0].video_url.url: \"a.mp4\" is a video of 201.0 MB: must be at"
                + " most 200 MB",
            "steps[1].request.content[0].video_url.url: \"a.mp4\" lasts 16 s: must be 2 to 15 s with"
                + " doubao-seedance-2-0",
            "steps[1].request.content[0].video_url.url: \"a.mp4\" has 12 frames a second: must be 24"
                + " to 60");
  }

  private List<Violation> faults(String model, String type, String name) {
    return check(body(model, item(type, name)));
  }

  private List<String> messages(String model, String type, String name) {
    return faults(model, type, name).stream().map(Violation::message).toList();
  }

  private List<Violation> check(Json body) {
    return new InputLimits(ModelCatalogue.builtIn())
        .check(LocalInput.read(LocalFiles.in(body, folder, Inlining.KEPT)));
  }

  private static Json body(String model, Json... items) {
    return Json.NULL.with("model", model).with("content", Stream.of(items).toList());
  }

  private static Json image(String name) {
    return item("image_url", name);
  }

  private static Json video(String name) {
    return item("video_url", name);
  }

  private static Json audio(String name) {
    return item("audio_url", name);
  }

  private static Json item(String type, String name) {
    return Json.NULL.with("type", type).with(type, Json.NULL.with("url", name));
  }

  private void file(String name, byte[] content) throws IOException {
    Files.write(folder.resolve(name), content);
  }

  /** Sparse, so that it takes no room. */
  private void longFile(String name, byte[] start, long length) throws IOException {
    file(name, start);
    try (RandomAccessFile file = new RandomAccessFile(folder.resolve(name).toFile(), "rw")) {
      file.setLength(length);
    }
  }
}
