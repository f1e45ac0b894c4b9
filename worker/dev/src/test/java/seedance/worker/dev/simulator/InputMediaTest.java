package seedance.worker.dev.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes in can be seen in what comes out. */
class InputMediaTest {

  private static final int SECOND = 8;

  /** Where the size does not matter: decoding is what these tests do most. */
  private static final String SMALL = "\"resolution\":\"480p\"";

  @TempDir Path folder;

  private final SettableClock clock = new SettableClock();
  private final SimulatedSeedance simulator =
      SimulatedSeedance.start(SimulatorSettings.builder().clock(clock).build());
  private final Caller caller = new Caller(simulator, "key");
  private FileServer elsewhere;

  @BeforeEach
  void open() throws IOException {
    elsewhere = new FileServer();
  }

  @AfterEach
  void close() {
    caller.close();
    simulator.close();
    elsewhere.close();
  }

  /** How a file of an earlier task comes into the next request. */
  enum Way {
    ITS_OWN_URL,
    STORED_COPY,
    INLINE
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void lastFrameOfOne_isTheFirstFrameOfTheNext(Way way) throws Exception {
    FfProbe.assumeInstalled();
    JsonNode one = finished("", SMALL + ",\"seed\":5,\"return_last_frame\":true,\"duration\":4");
    String picture = handOn(one.at("/content/last_frame_url").asText(), way);
    JsonNode next = finished(image("first_frame", picture), SMALL + ",\"seed\":6,\"duration\":4");

    Frames before = frames(one);
    Frames after = frames(next);
    int difference = Frames.difference(after.first(), before.last());
    // Only the way through PNG and its RGB could round a colour.
    assertThat(difference).isLessThanOrEqualTo(way == Way.ITS_OWN_URL ? 0 : 1);
    assertThat(Frames.meanDifference(after.pictures().get(1), before.last())).isGreaterThan(5);
    assertThat(after.pictures()).hasSize(4 * SECOND);
  }

  @Test
  void lastFrame_isWhatTheClipEndsWith_andWhatReturnLastFrameGives() throws Exception {
    FfProbe.assumeInstalled();
    String red = elsewhere.serve("/red.png", Pngs.of(640, 480, 0xcc2211));
    String blue = Pngs.dataUrl(Pngs.of(300, 300, 0x1122cc));
    JsonNode task =
        finished(
            image("first_frame", red) + image("last_frame", blue),
            "\"ratio\":\"16:9\",\"return_last_frame\":true,\"duration\":4");
    byte[] first = frames(task).first();
    byte[] last = frames(task).last();
    assertThat(first[0] & 0xff).isBetween(86, 88); // 16 + 219 * the luma of 0xcc2211
    assertThat(last[0] & 0xff).isBetween(56, 58);

    byte[] png = caller.download(task.at("/content/last_frame_url").asText()).bytes();
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(png));
    int rgb = image.getRGB(640, 360) & 0xffffff;
    assertThat(rgb >> 16).isBetween(0x0f, 0x13);
    assertThat(rgb >> 8 & 0xff).isBetween(0x20, 0x24);
    assertThat(rgb & 0xff).isBetween(0xca, 0xce);
  }

  @ParameterizedTest
  @CsvSource({"ITS_OWN_URL, 0", "STORED_COPY, 1"})
  void extended_beginsWithTheLastSecondOfItsSource_andGoesOnWithNewFootage(Way way, int precision)
      throws Exception {
    FfProbe.assumeInstalled();
    JsonNode one = finished("", SMALL + ",\"seed\":5,\"duration\":4");
    JsonNode other = finished("", SMALL + ",\"seed\":8,\"duration\":4");
    String clip = handOn(one.at("/content/video_url").asText(), way);
    JsonNode longer = finished(video(clip), SMALL + ",\"seed\":6,\"duration\":6");

    Frames source = frames(one);
    Frames result = frames(longer);
    assertThat(result.pictures()).hasSize(6 * SECOND);
    assertSame(result.firstOnes(SECOND), source.lastOnes(SECOND), precision);
    for (byte[] made : result.lastOnes(5 * SECOND)) {
      assertThat(source.pictures()).noneMatch(picture -> Frames.meanDifference(made, picture) < 2);
    }
    for (byte[] wrong : frames(other).lastOnes(SECOND)) {
      assertThat(Frames.meanDifference(result.first(), wrong)).isGreaterThan(5);
    }
  }

  @Test
  void extendedAgain_andInAnotherSize_holdsTheTailOfTheLastSource() throws Exception {
    FfProbe.assumeInstalled();
    JsonNode one = finished("", "\"resolution\":\"480p\",\"duration\":4,\"seed\":1");
    String url = one.at("/content/video_url").asText();
    JsonNode two = finished(video(url), "\"resolution\":\"720p\",\"duration\":4,\"seed\":2");
    JsonNode three =
        finished(
            video(url) + video(two.at("/content/video_url").asText()),
            "\"resolution\":\"720p\",\"duration\":4,\"seed\":3");
    assertSame(frames(three).firstOnes(SECOND), frames(two).lastOnes(SECOND), 0);

    Path small = folder.resolve("small.mp4");
    FfProbe.run(
        "ffmpeg",
        "-v",
        "error",
        "-y",
        "-i",
        file(two),
        "-vf",
        "scale=864:496",
        "-c:v",
        "ffv1",
        "-f",
        "matroska",
        small);
    List<byte[]> expected = frames(one).lastOnes(SECOND);
    List<byte[]> seen = Frames.of(small).firstOnes(SECOND);
    for (int i = 0; i < SECOND; i++) {
      assertThat(Frames.meanDifference(seen.get(i), expected.get(i))).isLessThan(6);
    }
  }

  @Test
  void foreignClip_isReadByItsKeyFrames() throws Exception {
    FfProbe.assumeInstalled();
    Path foreign = folder.resolve("foreign.mp4");
    FfProbe.run(
        "ffmpeg",
        "-v",
        "error",
        "-y",
        "-f",
        "lavfi",
        "-i",
        "testsrc2=s=1280x720:r=24:d=3",
        "-c:v",
        "libx264",
        "-pix_fmt",
        "yuv420p",
        "-g",
        "12",
        "-bf",
        "2",
        foreign);
    String url = elsewhere.serve("/foreign.mp4", Files.readAllBytes(foreign));
    JsonNode task = finished(video(url), "\"duration\":4");

    Frames result = frames(task);
    byte[] keyFrame = Frames.of(foreign).pictures().get(60);
    byte[] cells = cells(keyFrame, 1280, 720);
    assertThat(Frames.meanDifference(cells(result.pictures().get(7), 1280, 720), cells))
        .isLessThan(4);
    assertThat(Frames.meanDifference(cells(result.pictures().get(9), 1280, 720), cells))
        .isGreaterThan(10);
  }

  /** The mean brightness of each cell of 16 pixels. */
  private static byte[] cells(byte[] picture, int width, int height) {
    byte[] cells = new byte[width / 16 * (height / 16)];
    for (int i = 0; i < cells.length; i++) {
      int sum = 0;
      for (int at = 0; at < 256; at++) {
        int x = i % (width / 16) * 16 + at % 16;
        int y = i / (width / 16) * 16 + at / 16;
        sum += picture[y * width + x] & 0xff;
      }
      cells[i] = (byte) (sum / 256);
    }
    return cells;
  }

  @ParameterizedTest
  @ValueSource(strings = {"reference", "edit"})
  void videoThatIsNotToGoOn_leavesThePictureAlone(String kind) throws Exception {
    FfProbe.assumeInstalled();
    JsonNode one = finished("", SMALL + ",\"seed\":5,\"duration\":4");
    JsonNode plain = finished("", SMALL + ",\"seed\":6,\"duration\":4");
    JsonNode task =
        finished(
            video(one.at("/content/video_url").asText()),
            SMALL + ",\"seed\":6,\"duration\":4,\"omni_reference_task_type\":\"" + kind + "\"");
    assertSame(frames(task).pictures(), frames(plain).pictures(), 0);
  }

  @Test
  void adaptive_takesTheShapeOfWhatGoesIn() throws IOException {
    String tall = Pngs.dataUrl(Pngs.of(310, 540, 0));
    JsonNode task = finished(image("first_frame", tall), "\"ratio\":\"adaptive\"");
    assertThat(task.get("ratio").asText()).isEqualTo("9:16");
    String url = task.at("/content/video_url").asText();
    assertThat(finished(video(url), "\"ratio\":\"adaptive\"").get("ratio").asText())
        .isEqualTo("9:16");
  }

  @Test
  void inputVideo_isBilledByItsLength_orFiveSecondsWhereItIsNotFetched() throws IOException {
    JsonNode one = finished("", "\"duration\":12");
    String url = one.at("/content/video_url").asText();
    String copy = handOn(url, Way.STORED_COPY);
    // Frames of 720p are 900 tokens each: 121 of output, and 24 for every second of input.
    for (String source : List.of(url, copy)) {
      assertThat(tokens(finished(video(source), "\"duration\":5"))).isEqualTo((121 + 288) * 900);
    }
    assertThat(tokens(finished(video("https://example.com/a.mp4"), "\"duration\":5")))
        .isEqualTo((121 + 120) * 900);
    assertThat(tokens(finished(video(url) + video(url), "\"duration\":5")))
        .isEqualTo((121 + 576) * 900);
  }

  @Test
  void finalOfADraft_beginsWithItsFirstFrame() throws Exception {
    FfProbe.assumeInstalled();
    String green = Pngs.dataUrl(Pngs.of(864, 496, 0x22aa33));
    JsonNode draft = finished(image("first_frame", green), "\"draft\":true,\"duration\":4");
    String id = draft.get("id").asText();
    JsonNode made =
        finished("{\"type\":\"draft_task\",\"draft_task\":{\"id\":\"" + id + "\"}},", "");
    byte[] first = frames(made).first();
    assertThat(first[0] & 0xff).isBetween(114, 117);
    assertThat(made.get("resolution").asText()).isEqualTo("1080p");
  }

  @Test
  void ownUrl_thatExpired_orWhoseTaskIsGone_isRefused() throws IOException {
    JsonNode one = finished("", "\"return_last_frame\":true,\"duration\":4");
    String clip = one.at("/content/video_url").asText();
    String picture = one.at("/content/last_frame_url").asText();
    assertRefused(video(picture), "InvalidParameter");
    assertRefused(image("first_frame", clip), "InvalidImageURL.InvalidFormat");
    assertRefused(video(clip.replace("Signature=", "Signature=0")), "InvalidParameter");
    clock.advance(Duration.ofHours(24));
    assertRefused(video(clip), "InvalidParameter");
    assertRefused(image("reference_image", picture), "InvalidImageURL.DownloadFailed");
    String id = one.get("id").asText();
    String fresh = caller.look(id).at("/content/video_url").asText();
    caller.delete(Caller.ARK + "/" + id);
    assertRefused(video(fresh), "InvalidParameter");
    assertRefused(
        video(fresh.replaceFirst("//[^/]*", "//seedance-simulator:8090")), "InvalidParameter");
  }

  @Test
  void fileThatCannotBeReadOrFetched_isRefused() throws IOException {
    String page = elsewhere.serve("/page", "<html></html>".getBytes(StandardCharsets.UTF_8));
    assertRefused(image("first_frame", page), "InvalidImageURL.InvalidFormat");
    assertRefused(video(page), "InvalidParameter");
    assertRefused(image("first_frame", elsewhere.url("/none")), "InvalidImageURL.DownloadFailed");
    assertRefused(
        image("first_frame", elsewhere.redirect("/moved", page)), "InvalidImageURL.DownloadFailed");
    assertRefused(
        image("first_frame", "data:image/png;base64,QUJD"), "InvalidImageURL.InvalidFormat");
    assertRefused(image("first_frame", "data:image/png;base64,$"), "InvalidImageURL.InvalidFormat");
    byte[] png = Pngs.of(300, 300, 0);
    assertRefused(
        image("first_frame", Pngs.dataUrl(Arrays.copyOf(png, 60))),
        "InvalidImageURL.InvalidFormat");
    byte[] clip = caller.download(clipUrl()).bytes();
    assertRefused(
        video(elsewhere.serve("/half.mp4", Arrays.copyOf(clip, clip.length / 2))),
        "InvalidParameter");
  }

  @Test
  void otherHosts_areNotAsked_andTakenAsTheyAre() throws IOException {
    for (String url :
        List.of("https://example.com/a.mp4", "asset://a", "http://127.0.0.1.example.com/a")) {
      assertThat(caller.post(Caller.ARK, body(video(url), "")).status()).isEqualTo(200);
    }
    String webp = "data:image/webp;base64," + "UklGRiQAAABXRUJQVlA4IBgAAAAw";
    assertThat(caller.post(Caller.ARK, body(image("first_frame", webp), "")).status())
        .isEqualTo(200);
    assertThat(simulator.books().downloadsStarted()).isZero();
  }

  @Test
  void ownFiles_areReadWithoutADownload() throws IOException {
    String url = clipUrl();
    finished(video(url), "");
    assertThat(simulator.books().downloadsStarted()).isZero();
    String copy = handOn(url, Way.STORED_COPY);
    finished(video(copy), "");
    assertThat(elsewhere.asked()).isEqualTo(1);
  }

  private String clipUrl() throws IOException {
    return finished("", "\"duration\":4").at("/content/video_url").asText();
  }

  private String handOn(String url, Way way) throws IOException {
    if (way == Way.ITS_OWN_URL) {
      return url;
    }
    byte[] file = caller.download(url).bytes();
    return way == Way.INLINE ? Pngs.dataUrl(file) : elsewhere.serve("/stored/file", file);
  }

  private static String image(String role, String url) {
    return "{\"type\":\"image_url\",\"role\":\""
        + role
        + "\",\"image_url\":{\"url\":\""
        + url
        + "\"}},";
  }

  private static String video(String url) {
    return "{\"type\":\"video_url\",\"role\":\"reference_video\",\"video_url\":{\"url\":\""
        + url
        + "\"}},";
  }

  private static String body(String items, String fields) {
    return "{\"model\":\"doubao-seedance-2-0\",\"content\":["
        + items
        + "{\"type\":\"text\",\"text\":\"a cat\"}]"
        + (fields.isEmpty() ? "" : "," + fields)
        + "}";
  }

  private JsonNode finished(String items, String fields) throws IOException {
    String id = caller.create(body(items, fields));
    clock.advance(Duration.ofMinutes(15));
    return caller.look(id);
  }

  private void assertRefused(String items, String code) throws IOException {
    Caller.Answer answer = caller.post(Caller.ARK, body(items, ""));
    assertThat(answer.status()).as(answer.text()).isEqualTo(400);
    assertThat(answer.code()).isEqualTo(code);
    assertThat(answer.json().at("/error/param").asText()).startsWith("content[0].");
    assertThat(answer.text()).doesNotContain("X-Tos").doesNotContain("base64");
  }

  private static void assertSame(List<byte[]> ones, List<byte[]> others, int precision) {
    assertThat(ones).hasSameSizeAs(others);
    for (int i = 0; i < ones.size(); i++) {
      assertThat(Frames.difference(ones.get(i), others.get(i)))
          .as("picture " + i)
          .isLessThanOrEqualTo(precision);
    }
  }

  private static long tokens(JsonNode task) {
    return task.at("/usage/total_tokens").asLong();
  }

  private Frames frames(JsonNode task) throws Exception {
    return Frames.of(file(task));
  }

  private Path file(JsonNode task) throws IOException {
    return Files.write(
        folder.resolve(task.get("id").asText() + ".mp4"),
        caller.download(task.at("/content/video_url").asText()).bytes());
  }
}
