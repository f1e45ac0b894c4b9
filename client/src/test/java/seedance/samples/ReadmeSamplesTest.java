package seedance.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The README shows classes of this package, which are compiled and run with all tests. */
class ReadmeSamplesTest {

  @ParameterizedTest
  @ValueSource(strings = "ClipTest")
  void sample_isInTheReadme_asItIs(String name) throws IOException {
    String source =
        Files.readString(Path.of("src/test/java/seedance/samples").resolve(name + ".java"));

    assertThat(Files.readString(Path.of("..", "README.md")))
        .contains("```java\n" + source.substring(source.indexOf("class " + name)) + "```");
  }
}
