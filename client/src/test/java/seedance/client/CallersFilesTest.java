package seedance.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import javax.imageio.ImageIO;
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
  private final Map<StoredInput, Path> put = new HashMap<>();
  private Path picture;

  @BeforeEach
  void paint() throws IOException {
    picture = picture("cat.png", 640);
  }

  @Test
  void file_isPutUnderItsHash_andTheBodyNamesItSo() throws Exception {
    Json body = request(picture.toString());

    Json stored = files().stored(body);

    String url = stored.at("content").items().get(1).at("image_url").text("url").orElseThrow();
    StoredInput input = StoredInput.of(url).orElseThrow();
    assertThat(put).containsExactly(Map.entry(input, picture));
    assertThat(stored).isEqualTo(request(url));
    assertThat(files().stored(body)).as("the same again").isEqualTo(stored);
  }

  @Test
  void bodyWithoutFiles_isTheSame_andNothingIsPut() {
    Json body = request("https://me.example/cat.png");

    assertThat(files().stored(body)).isSameAs(body);
    assertThat(put).isEmpty();
  }

  @Test
  void fileThatTheServiceWouldNotTake_isRefused_andNothingIsPut() throws Exception {
    Json body = request(picture("small.png", 100).toString());

    assertThatThrownBy(() -> files().stored(body))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("100 x 100 pixels");
    assertThat(put).isEmpty();
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
    return new CallersFiles(Optional.of(new InMemory()), ModelCatalogue.builtIn());
  }

  private static Json request(String url) {
    return Request.of("doubao-seedance-2-0").text("A cat").firstFrame(url).build().json();
  }

  private Path picture(String name, int side) throws IOException {
    Path file = folder.resolve(name);
    BufferedImage picture = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
    ImageIO.write(picture, "png", Files.newOutputStream(file));
    return file;
  }

  private final class InMemory implements MediaStore {
    @Override
    public void put(StoredInput name, Path file) {
      put.put(name, file);
    }

    @Override
    public URI link(URI location, Duration lifetime) {
      return location;
    }
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
