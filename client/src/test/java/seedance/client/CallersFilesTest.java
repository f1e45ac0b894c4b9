package seedance.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import seedance.client.inputs.MediaStore;
import seedance.workflows.json.Json;
import seedance.workflows.request.ModelCatalogue;
import seedance.workflows.request.Request;
import seedance.workflows.request.StoredInput;

class CallersFilesTest {
  @TempDir private Path folder;
  private final InMemoryStore store = new InMemoryStore();
  private Path picture;

  @BeforeEach
  void paint() {
    picture = picture("cat.png", 640);
  }

  @Test
  void file_isPutUnderItsHash_andTheBodyNamesItSo() throws Exception {
    Json body = request(picture.toString());

    Json stored = files().stored(body);

    String url = stored.at("content").items().get(1).at("image_url").text("url").orElseThrow();
    StoredInput input = StoredInput.of(url).orElseThrow();
    assertThat(store.put()).containsExactly(Map.entry(input, Files.readAllBytes(picture)));
    assertThat(stored).isEqualTo(request(url));
    assertThat(files().stored(body)).as("the same again").isEqualTo(stored);
  }

  @Test
  void bodyWithoutFiles_isTheSame_andNothingIsPut() {
    Json body = request("https://me.example/cat.png");

    assertThat(files().stored(body)).isSameAs(body);
    assertThat(store.put()).isEmpty();
  }

  @Test
  void fileThatTheServiceWouldNotTake_isRefused_andNothingIsPut() {
    Json body = request(picture("small.png", 100).toString());

    assertThatThrownBy(() -> files().stored(body))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("100 x 100 pixels");
    assertThat(store.put()).isEmpty();
  }

  @Test
  void storeThatDoesNotWork_isSaid() {
    CallersFiles files = new CallersFiles(Optional.of(new Broken()), ModelCatalogue.builtIn());

    assertThatThrownBy(() -> files.stored(request(picture.toString())))
        .isInstanceOf(UncheckedIOException.class);
  }

  @Test
  void withoutAStore_pathsAreLeftToTheRules() {
    Json body = request(picture.toString());

    assertThat(new CallersFiles(Optional.empty(), ModelCatalogue.builtIn()).stored(body))
        .isSameAs(body);
  }

  private CallersFiles files() {
    return new CallersFiles(Optional.of(store), ModelCatalogue.builtIn());
  }

  private static Json request(String url) {
    return Request.of("doubao-seedance-2-0").text("A cat").firstFrame(url).build().json();
  }

  private Path picture(String name, int side) {
    return Picture.paint(folder.resolve(name), side);
  }

  private static final class Broken implements MediaStore {
    @Override
    public void put(StoredInput name, Path file) throws IOException {
      throw new IOException("full");
    }

    @Override
    public URI link(URI location, Duration lifetime) throws IOException {
      throw new IOException("full");
    }
  }
}
