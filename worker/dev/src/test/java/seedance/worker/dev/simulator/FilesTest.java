package seedance.worker.dev.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import okhttp3.Request;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FilesTest {

  @TempDir Path folder;

  private final SettableClock clock = new SettableClock();
  private final SimulatedSeedance simulator =
      SimulatedSeedance.start(SimulatorSettings.builder().clock(clock).build());
  private final Caller caller = new Caller(simulator, "key");

  @AfterEach
  void close() {
    caller.close();
    simulator.close();
  }

  @ParameterizedTest
  @CsvSource({
    "'\"resolution\":\"480p\",\"ratio\":\"4:3\",\"duration\":4', 752, 560, 4",
    "'\"ratio\":\"adaptive\"', 1280, 720, 5",
    "'\"resolution\":\"1080p\",\"ratio\":\"9:16\",\"duration\":15', 1080, 1920, 15",
    "'\"resolution\":\"4k\",\"ratio\":\"21:9\",\"duration\":4', 4398, 1886, 4",
    "'\"frames\":29', 1280, 720, 1.208333",
  })
  void video_isWhatWasAskedFor(String fields, int width, int height, double seconds)
      throws Exception {
    FfProbe.assumeInstalled();
    Caller.Answer answer = caller.download(finished(fields).at("/content/video_url").asText());
    assertThat(answer.headers().get("Content-Type")).isEqualTo("video/mp4");
    Path file = Files.write(folder.resolve("v.mp4"), answer.bytes());
    JsonNode stream = FfProbe.probe(file).at("/streams/0");
    assertThat(stream.get("width").asInt()).isEqualTo(width);
    assertThat(stream.get("height").asInt()).isEqualTo(height);
    assertThat(stream.get("duration").asDouble()).isEqualTo(seconds);
  }

  @Test
  void mov_andLastFrame_areServedWhereAskedFor() throws Exception {
    FfProbe.assumeInstalled();
    String id =
        caller.create(
            "{\"model\":\"doubao-seedance-2-5-260628\",\"output_format\":\"mov\",\"duration\":4,"
                + "\"return_last_frame\":true,\"content\":[{\"type\":\"text\",\"text\":\"x\"}]}");
    clock.advance(Duration.ofMinutes(10));
    JsonNode content = caller.look(id).get("content");
    Caller.Answer mov = caller.download(content.get("video_url").asText());
    assertThat(mov.headers().get("Content-Type")).isEqualTo("video/quicktime");
    Path file = Files.write(folder.resolve("v.mov"), mov.bytes());
    assertThat(FfProbe.probe(file).at("/format/tags/major_brand").asText()).isEqualTo("qt  ");
    Caller.Answer png = caller.download(content.get("last_frame_url").asText());
    assertThat(png.headers().get("Content-Type")).isEqualTo("image/png");
    Path picture = Files.write(folder.resolve("l.png"), png.bytes());
    assertThat(FfProbe.probe(picture).at("/streams/0/width").asInt()).isEqualTo(1280);
  }

  @Test
  void freshLook_givesAFreshUrl_ofTheSameFile() throws IOException {
    JsonNode task = finished("");
    String first = task.at("/content/video_url").asText();
    String second = caller.look(task.get("id").asText()).at("/content/video_url").asText();
    assertThat(first).contains("X-Tos-Expires=86400").isNotEqualTo(second);
    assertThat(caller.download(first).bytes()).isEqualTo(caller.download(second).bytes());
  }

  @Test
  void url_expiresAfterADay_andAFreshOneWorks() throws IOException {
    JsonNode task = finished("");
    String url = task.at("/content/video_url").asText();
    clock.advance(Duration.ofHours(24).minusSeconds(1));
    assertThat(caller.download(url).status()).isEqualTo(200);
    clock.advance(Duration.ofSeconds(1));
    Caller.Answer expired = caller.download(url);
    assertThat(expired.status()).isEqualTo(403);
    assertThat(expired.headers().get("Content-Type")).isEqualTo("application/xml");
    assertThat(expired.text()).contains("Request has expired");
    String fresh = caller.look(task.get("id").asText()).at("/content/video_url").asText();
    assertThat(caller.download(fresh).status()).isEqualTo(200);
  }

  @Test
  void key_isRefusedByTheFileHost() throws IOException {
    String url = finished("").at("/content/video_url").asText();
    Caller.Answer leaked = caller.download(url, "Authorization", "Bearer key");
    assertThat(leaked.status()).isEqualTo(400);
    assertThat(simulator.books().downloadsStarted()).isZero();
  }

  @ParameterizedTest
  @CsvSource({"Signature=, Signature=0", "Expires=86400, Expires=96400", "video.mp4, audio.mp4"})
  void changedUrl_isRefused(String part, String changed) throws IOException {
    String url = finished("").at("/content/video_url").asText();
    assertThat(url).contains(part);
    assertThat(caller.download(url.replace(part, changed)).status()).isEqualTo(403);
    assertThat(caller.download(url.substring(0, url.indexOf('?'))).status()).isEqualTo(403);
  }

  @ParameterizedTest
  @CsvSource({
    "bytes=0-99, 0, 100",
    "bytes=1000-, 1000, -1",
    "bytes=-500, -500, -1",
    "bytes=100-999999999, 100, -1",
  })
  void range_isServedInPart(String range, int from, int to) throws IOException {
    String url = finished("").at("/content/video_url").asText();
    byte[] whole = caller.download(url).bytes();
    int start = from < 0 ? whole.length + from : from;
    int end = to < 0 ? whole.length : to;
    Caller.Answer part = caller.download(url, "Range", range);
    assertThat(part.status()).isEqualTo(206);
    assertThat(part.headers().get("Content-Range"))
        .isEqualTo("bytes " + start + "-" + (end - 1) + "/" + whole.length);
    assertThat(part.headers().get("Content-Length")).isEqualTo(String.valueOf(end - start));
    assertThat(part.bytes()).isEqualTo(Arrays.copyOfRange(whole, start, end));
  }

  @Test
  void rangeBeyondTheEnd_is416_andAnOldTagGivesTheWhole() throws IOException {
    String url = finished("").at("/content/video_url").asText();
    Caller.Answer whole = caller.download(url);
    int size = whole.bytes().length;
    assertThat(whole.headers().get("Content-Length")).isEqualTo(String.valueOf(size));
    assertThat(whole.headers().get("Accept-Ranges")).isEqualTo("bytes");
    Caller.Answer beyond = caller.download(url, "Range", "bytes=" + size + "-");
    assertThat(beyond.status()).isEqualTo(416);
    assertThat(beyond.headers().get("Content-Range")).isEqualTo("bytes */" + size);
    String tag = whole.headers().get("ETag");
    assertThat(caller.download(url, "Range", "bytes=5-", "If-Range", tag).status()).isEqualTo(206);
    assertThat(caller.download(url, "Range", "bytes=5-", "If-Range", "\"x\"").status())
        .isEqualTo(200);
    assertThat(caller.download(url, "Range", "bytes=0-1,4-5").status()).isEqualTo(200);
  }

  @Test
  void head_tellsTheSizeOnly() throws IOException {
    String url = finished("").at("/content/video_url").asText();
    Caller.Answer head = caller.send(new Request.Builder().url(url).head());
    assertThat(head.status()).isEqualTo(200);
    assertThat(head.bytes()).isEmpty();
    assertThat(head.headers().get("Content-Length"))
        .isEqualTo(String.valueOf(caller.download(url).bytes().length));
    assertThat(simulator.books().downloadsStarted()).isEqualTo(1);
  }

  private JsonNode finished(String fields) throws IOException {
    String id = caller.create(Caller.body(fields));
    clock.advance(Duration.ofMinutes(30));
    return caller.look(id);
  }
}
