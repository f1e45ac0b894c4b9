package seedance.activities.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.hash.Hashing;
import java.io.IOException;
import java.net.URI;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import seedance.activities.generation.References.Resolution;
import seedance.activities.store.FolderStore;
import seedance.activities.store.MediaBytes;
import seedance.activities.store.s3.BucketStore;
import seedance.activities.store.s3.ObjectStoreServer;
import seedance.workflows.generation.FailureType;
import seedance.workflows.json.Json;
import seedance.workflows.json.Violation;
import seedance.workflows.request.StoredInput;

/** What callers put into the store reaches the service, and nothing else of the store does. */
class InputLinksTest {
  private static final byte[] PICTURE = MediaBytes.png();
  private static final StoredInput PNG = name(PICTURE, "png");
  private static final StoredInput MP4 = name(MediaBytes.mp4(999), "mp4");

  @TempDir Path folder;
  private FolderStore store;

  @BeforeEach
  void makeStore() {
    store = new FolderStore(folder.resolve("store"));
  }

  @Test
  void picture_goesInline_whereTheStoreServesNothing() throws Exception {
    put(PICTURE, PNG);

    assertThat(faults(PNG)).isEmpty();
    assertThat(resolved(PNG))
        .isEqualTo(
            body("data:image/png;base64," + Base64.getEncoder().encodeToString(PICTURE), "image"));
  }

  @Test
  void picture_isALink_whereTheOperatorServesTheStore() throws Exception {
    serve();
    put(PICTURE, PNG);

    assertThat(resolved(PNG))
        .isEqualTo(body("https://cdn.example/inputs/" + PNG.fileName(), "image"));
  }

  @Test
  void video_isRefusedBeforeAnythingIsSpent_whereTheStoreServesNothing() throws Exception {
    put(MediaBytes.mp4(999), MP4);

    assertThat(faults(MP4))
        .singleElement()
        .satisfies(
            fault -> {
              assertThat(fault.path()).isEqualTo("content[0].video_url.url");
              assertThat(fault.message()).contains("SEEDANCE_STORE_URL");
            });
    assertThat(unavailable(MP4)).isEqualTo("InputNotServable");
  }

  @Test
  void inputThatIsNotThere_isRefusedBeforeAnythingIsSpent() {
    assertThat(faults(PNG))
        .singleElement()
        .extracting(Violation::message)
        .asString()
        .startsWith("is not in the store of the worker");
    assertThat(unavailable(PNG)).isEqualTo("InputNotStored");
  }

  @Test
  void inputsThatAreTooLargeTogether_areRefused_unlessTheyAreServed() throws Exception {
    byte[] large = new byte[5 << 20];
    StoredInput one = name(large, "png");
    put(large, one);
    large[0] = 1;
    StoredInput two = name(large, "png");
    put(large, two);
    Json body = body(Map.of(one.url(), "image", two.url(), "image"));

    assertThat(new InputLinks(store).faults(body, "")).hasSize(1);
    assertThat(new InputLinks(store).resolve(body)).isInstanceOf(Resolution.Unavailable.class);
    serve();
    assertThat(new InputLinks(store).faults(body, "")).isEmpty();
    assertThat(new InputLinks(store).resolve(body)).isInstanceOf(Resolution.Resolved.class);
  }

  @Test
  void fileThatWasChangedInTheStore_isNotSent() throws Exception {
    put(PICTURE, PNG);
    Files.write(folder.resolve("store/inputs").resolve(PNG.fileName()), new byte[] {1, 2});

    assertThat(new InputLinks(store).resolve(body(PNG.url(), "image")))
        .isEqualTo(
            new Resolution.NotNow(
                "content[0].image_url.url: the store does not work: an input has another hash than"
                    + " its name says",
                Optional.empty()));
  }

  @Test
  void fileOfAnotherHash_isNotPut() throws Exception {
    Path file = Files.write(folder.resolve("file"), new byte[] {1});

    assertThatThrownBy(() -> store.putInput(PNG, file)).isInstanceOf(IOException.class);
    assertThat(store.input(PNG)).isEmpty();
  }

  @Test
  void nothingElseOfTheStore_canBeNamed() throws Exception {
    Files.createDirectories(folder.resolve("store/w"));
    Files.write(folder.resolve("store/w/manifest.json"), PICTURE);
    for (String url :
        List.of(
            "store://w/manifest.json",
            "store://inputs/../w/manifest.json",
            "store://inputs/" + PNG.sha256() + ".json",
            "store://inputs/" + PNG.sha256().toUpperCase(java.util.Locale.ROOT) + ".png",
            "STORE://inputs/" + PNG.fileName())) {
      assertThat(StoredInput.of(url)).isEmpty();
      assertThat(new InputLinks(store).resolve(body(url, "image")))
          .isEqualTo(new Resolution.Resolved(body(url, "image")));
    }
  }

  @Test
  void bucketsInput_isASignedLink_thatTheServiceCanFetch() throws Exception {
    try (ObjectStoreServer server = ObjectStoreServer.start()) {
      BucketStore bucket = ObjectStoreServer.store(server.location("a"));
      Path file = Files.write(folder.resolve("clip"), MediaBytes.mp4(999));

      assertThat(bucket.input(MP4)).isEmpty();
      bucket.putInput(MP4, file);
      bucket.putInput(MP4, file);

      assertThat(new InputLinks(bucket).faults(body(MP4.url(), "video"), "")).isEmpty();
      Resolution resolution = new InputLinks(bucket).resolve(body(MP4.url(), "video"));
      String url =
          ((Resolution.Resolved) resolution)
              .body()
              .at("content")
              .items()
              .get(0)
              .at("video_url")
              .text("url")
              .orElseThrow();
      assertThat(url).contains("/clips/a/inputs/" + MP4.fileName()).contains("X-Amz-Signature=");
      URLConnection connection = URI.create(url).toURL().openConnection();
      assertThat(connection.getContentType()).isEqualTo("video/mp4");
      try (var content = connection.getInputStream()) {
        assertThat(content.readAllBytes()).isEqualTo(MediaBytes.mp4(999));
      }
    }
  }

  private void serve() {
    store =
        new FolderStore(folder.resolve("store"), Optional.of(URI.create("https://cdn.example")));
  }

  private void put(byte[] content, StoredInput name) throws IOException {
    store.putInput(name, Files.write(folder.resolve(name.fileName()), content));
  }

  private List<Violation> faults(StoredInput input) {
    return new InputLinks(store).faults(body(input.url(), kind(input)), "");
  }

  private Json resolved(StoredInput input) {
    return ((Resolution.Resolved) new InputLinks(store).resolve(body(input.url(), kind(input))))
        .body();
  }

  /** The attempt, in which the request has to leave, is not theirs alone. */
  @Test
  void storeThatIsSlow_isAskedForSoLong_andThenLater() {
    Iterator<Instant> ticks = Stream.iterate(Instant.EPOCH, now -> now.plusSeconds(6)).iterator();
    InputLinks slow = new InputLinks(store, ticking(ticks), Duration.ofSeconds(8));
    Json body = body(PNG.url(), "image");

    assertThat(slow.faults(body, "")).hasSize(1);
    assertThat(new InputLinks(store, ticking(ticks), Duration.ofSeconds(1)).resolve(body))
        .isInstanceOf(Resolution.NotNow.class);
  }

  private static Clock ticking(Iterator<Instant> ticks) {
    return new Clock() {
      @Override
      public Instant instant() {
        return ticks.next();
      }

      @Override
      public ZoneId getZone() {
        return ZoneOffset.UTC;
      }

      @Override
      public Clock withZone(ZoneId zone) {
        return this;
      }
    };
  }

  private String unavailable(StoredInput input) {
    Resolution resolution = new InputLinks(store).resolve(body(input.url(), kind(input)));
    assertThat(resolution).isInstanceOf(Resolution.Unavailable.class);
    Resolution.Unavailable unavailable = (Resolution.Unavailable) resolution;
    assertThat(unavailable.error().failure()).isEqualTo(FailureType.INPUT_UNAVAILABLE);
    return unavailable.error().code();
  }

  private static String kind(StoredInput input) {
    return input.extension().equals("mp4") ? "video" : "image";
  }

  private static Json body(String url, String kind) {
    return body(Map.of(url, kind));
  }

  private static Json body(Map<String, String> kindsByUrl) {
    List<Map<String, Object>> content =
        kindsByUrl.entrySet().stream()
            .map(
                each ->
                    Map.<String, Object>of(
                        "type",
                        each.getValue() + "_url",
                        each.getValue() + "_url",
                        Map.of("url", each.getKey())))
            .toList();
    return new Json(Map.of("model", "m", "content", content));
  }

  private static StoredInput name(byte[] content, String extension) {
    return new StoredInput(Hashing.sha256().hashBytes(content).toString(), extension);
  }
}
