package seedance.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;

/** What is on the class path of whoever takes the worker; its dependencies the build checks. */
class PackagedJarIT {

  @Test
  void theJar_holdsTheProcessAlone_andSetsUpNobodysLog() throws IOException {
    try (JarFile jar = new JarFile(packaged().toFile())) {
      List<String> files =
          jar.stream().filter(entry -> !entry.isDirectory()).map(ZipEntry::getName).toList();

      assertThat(files)
          .contains("seedance/worker/WorkerProcess.class")
          .filteredOn(name -> !name.startsWith("META-INF/"))
          .allMatch(name -> name.matches("seedance/worker/[^/]+"));
    }
  }

  private static Path packaged() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("target"))) {
      List<Path> jars =
          files
              .filter(
                  file ->
                      file.getFileName()
                          .toString()
                          .matches("seedance-worker-[^-]+(-SNAPSHOT)?\\.jar"))
              .toList();
      assertThat(jars).hasSize(1);
      return jars.get(0);
    }
  }
}
