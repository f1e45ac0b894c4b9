package seedance.client.inputs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import seedance.client.inputs.LocalFile.OfRequest;
import seedance.workflows.json.Json;
import seedance.workflows.request.Medium;

class LocalFilesTest {
  private static final Path FOLDER = Path.of("/jobs/trailer");
  private static final Path HOME = Path.of("/home/me");

  @ParameterizedTest
  @CsvSource({
    "cat.png, /jobs/trailer/cat.png",
    "my cat.jpeg, /jobs/trailer/my cat.jpeg",
    "小猫.webp, /jobs/trailer/小猫.webp",
    "pictures/cat.png, /jobs/trailer/pictures/cat.png",
    "./a/b.mov, /jobs/trailer/./a/b.mov",
    "../x.wav, /jobs/trailer/../x.wav",
    "./no-extension, /jobs/trailer/./no-extension",
    "/abs/x.png, /abs/x.png",
    "~/x.png, /home/me/x.png",
    "~, /home/me",
    "' cat.png ', /jobs/trailer/cat.png",
    "file:///abs/my%20cat.png, /abs/my cat.png",
    "file:///abs/my cat.png, /abs/my cat.png",
    "file:/abs/x.png, /abs/x.png",
    "file://localhost/abs/x.png, /abs/x.png",
    "FILE:///abs/x.png, /abs/x.png",
    "file:x.png, /jobs/trailer/x.png",
    "file:./x.png, /jobs/trailer/./x.png",
    "file:///abs/100%.png, /abs/100%.png"
  })
  void path_isFound_andMeansAFileHere(String written, Path file) {
    assertThat(in(image(written)))
        .containsExactly(
            new LocalFile(
                "content[1].image_url.url",
                written,
                new Source.OnDisk(file),
                Medium.IMAGE,
                new OfRequest("$", Optional.of("doubao-seedance-2-0"))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"C:\\\\pictures\\\\cat.png", "c:/cat.png", "pictures\\\\cat.png"})
  void pathOfWindows_isFound_onAnyMachine(String written) {
    assertThat(in(image(written))).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://a.example/cat.png",
        "HTTPS://a.example/cat.png",
        "http://a.example/cat.png",
        "//a.example/cat.png",
        "www.a.example/cat.png",
        "data:image/png;base64,AAAA",
        "asset://asset-1",
        "generation://shot-1/last_frame",
        "step://opening/last_frame",
        "store://inputs/0123.png",
        "ftp://a.example/cat.png",
        "sandbox:/mnt/data/cat.png",
        "cat",
        "asset-20260101",
        "cat.txt",
        "",
        " ",
        "a\\u0000.png",
        "./a\\u0000.png"
      })
  void whatIsNoPath_isLeft(String url) {
    assertThat(in(image(url))).isEmpty();
  }

  @Test
  void pathElsewhere_isLeft() {
    Json body =
        Json.parse(
            """
            {"model": "./m.png", "prompt": "cat.png", "callback_url": "./x.png", "content": [
              {"type": "text", "text": "cat.png"}, "cat.png", null, 3, ["cat.png"],
              {"type": "image_url", "image_url": "cat.png"},
              {"type": "image_url", "image_url": {"uri": "cat.png", "url": 3}},
              {"type": "draft_task", "draft_task": {"id": "cat.png"}}]}""");

    assertThat(in(body)).isEmpty();
    assertThat(
            LocalFiles.in(body, FOLDER, Inlining.KEPT).replacedBy(file -> URI.create("store://x")))
        .isSameAs(body);
  }

  @Test
  void mediaOfAllKinds_areFoundInTheirOrder_andReplaced_andNothingElse() {
    String body =
        """
        {"unknown":{"a":[1,1.50,1e2,12345678901234567890,null]},"model":"m","content":[\
        {"type":"text","text":"cat.png"},\
        {"type":"image_url","image_url":{"url":"%s","detail":"high"},"role":"reference_image"},\
        {"role":"reference_video","video_url":{"url":"%s"},"type":"video_url"},\
        {"type":"image_url","image_url":{"url":"https://a.example/b.png"},"role":"x"},\
        {"type":"audio_url","audio_url":{"url":"%s"},"role":"reference_audio"},\
        {"image_url":{"url":"%s"}}],"duration":5.0}""";
    Json given = Json.parse(body.formatted("cat.png", "./a/b.mov", "../x.wav", "cat.png"));

    LocalFiles files = LocalFiles.in(given, FOLDER, HOME, Inlining.KEPT);

    assertThat(files.all())
        .extracting(LocalFile::path)
        .containsExactly(
            "content[1].image_url.url",
            "content[2].video_url.url",
            "content[4].audio_url.url",
            "content[5].image_url.url");
    assertThat(files.all())
        .extracting(LocalFile::medium)
        .containsExactly(Medium.IMAGE, Medium.VIDEO, Medium.AUDIO, Medium.IMAGE);
    Json replaced = files.replacedBy(file -> URI.create("store://inputs/" + nameOf(file) + "0"));
    assertThat(new String(replaced.write(), UTF_8))
        .isEqualTo(
            new String(
                Json.parse(
                        body.formatted(
                            "store://inputs/cat.png0",
                            "store://inputs/b.mov0",
                            "store://inputs/x.wav0",
                            "store://inputs/cat.png0"))
                    .write(),
                UTF_8));
  }

  @Test
  void filesOfAChain_areFoundStepByStep_withTheModelOfTheirs() {
    String chain =
        """
        {"steps":[\
        {"id":"a","request":{"model":"m1","content":[\
        {"type":"image_url","image_url":{"url":"%s"}}]},"approve":true},\
        {"id":"b"},7,\
        {"id":"c","request":{"content":[\
        {"type":"video_url","video_url":{"url":"step://a/video"}},\
        {"type":"audio_url","audio_url":{"url":"%s"}}]}}],"x":1}""";
    LocalFiles files =
        LocalFiles.in(Json.parse(chain.formatted("a.png", "~/a.mp3")), FOLDER, HOME, Inlining.KEPT);

    assertThat(files.all())
        .containsExactly(
            new LocalFile(
                "steps[0].request.content[0].image_url.url",
                "a.png",
                new Source.OnDisk(FOLDER.resolve("a.png")),
                Medium.IMAGE,
                new OfRequest("steps[0].request", Optional.of("m1"))),
            new LocalFile(
                "steps[3].request.content[1].audio_url.url",
                "~/a.mp3",
                new Source.OnDisk(HOME.resolve("a.mp3")),
                Medium.AUDIO,
                new OfRequest("steps[3].request", Optional.empty())));
    assertThat(files.replacedBy(file -> URI.create("store://" + file.medium().word())))
        .isEqualTo(Json.parse(chain.formatted("store://image", "store://audio")));
  }

  @Test
  void foundPath_isWhereTheBodyHasIt() {
    Json body = image("cat.png");
    LocalFile found = in(body).get(0);

    assertThat(body.at(found.path()).text()).contains("cat.png");
  }

  @Test
  void longOrOddPath_isShownByItsEnd_withoutWhatDisturbsATerminal() {
    String odd = "./" + "a".repeat(200) + "\\u001b[31m\\u202e/cat.png";

    assertThat(in(image(odd)).get(0).named())
        .startsWith("\"…a")
        .endsWith("a?[31m?/cat.png\"")
        .hasSize(123);
  }

  private static Json image(String url) {
    return Json.parse(
        """
        {"model": "doubao-seedance-2-0", "content": [{"type": "text", "text": "A cat"},
          {"type": "image_url", "image_url": {"url": "%s"}, "role": "first_frame"}]}"""
            .formatted(url));
  }

  private static List<LocalFile> in(Json body) {
    return LocalFiles.in(body, FOLDER, HOME, Inlining.KEPT).all();
  }

  private static Path nameOf(LocalFile place) {
    return ((Source.OnDisk) place.source()).file().getFileName();
  }
}
