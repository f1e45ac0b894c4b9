package seedance.outside;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A Maven project of someone else's, which has our artifacts from a repository and not from the
 * tree. They are built from a copy of it, with sources and Javadoc, of which a warning ends the
 * build, and installed into a repository of the test's own; all else comes from the usual one, or
 * from the network where that lacks a plugin.
 */
@Tag("proof")
@Timeout(3600)
class FreshProjectProofTest {
  private static final Path TREE = Path.of("..").toAbsolutePath().normalize();
  private static final Path SAMPLES = Path.of("src/test/java/seedance/samples");
  private static final int MINUTES_FOR_A_BUILD = 30;

  @TempDir private Path folder;

  @Test
  void samples_compileAndRun_withInstalledArtifacts_thatHaveSourcesAndJavadoc() throws Exception {
    Path tree = folder.resolve("tree");
    copyProductionOf(TREE, tree);
    maven(tree, "-Prelease", "-DskipTests", "-Dspotless.check.skip", "install");
    Path project = freshProject();

    maven(project, "verify");

    for (String artifact : List.of("workflows", "activities", "worker", "dev", "client")) {
      String name = "seedance-" + artifact;
      assertThat(
              repository().resolve("io/github/temporal-seedance").resolve(name).resolve(version()))
          .isDirectoryContaining("glob:**/" + name + "-*-sources.jar")
          .isDirectoryContaining("glob:**/" + name + "-*-javadoc.jar");
    }
    assertThat(project.resolve("target/surefire-reports/TEST-seedance.samples.ClipTest.xml"))
        .content()
        .containsPattern("<testsuite [^>]*tests=\"1\" errors=\"0\" skipped=\"0\" failures=\"0\"");
  }

  /** The samples, but for what the tree's own fixtures run. */
  private Path freshProject() throws IOException {
    Path project = folder.resolve("films");
    try (Stream<Path> samples = Files.list(SAMPLES)) {
      for (Path sample : samples.toList()) {
        String source = Files.readString(sample);
        String name = sample.getFileName().toString();
        boolean needsOurTests =
            source.contains("InMemorySystem")
                || source.contains("seedance.client.DevServer")
                || name.equals("ReadmeSamplesTest.java");
        if (!needsOurTests) {
          Path scope = project.resolve(name.endsWith("Test.java") ? "src/test" : "src/main");
          Path copy = scope.resolve("java/seedance/samples").resolve(name);
          Files.createDirectories(copy.getParent());
          Files.writeString(copy, source);
        }
      }
    }
    Files.copy(Path.of("src/test/resources/seedance/outside/pom.xml"), project.resolve("pom.xml"));
    return project;
  }

  private void maven(Path project, String... arguments) throws Exception {
    List<String> command =
        new ArrayList<>(List.of(TREE.resolve("mvnw").toString(), "-B", "-f", project.toString()));
    command.add("-Dmaven.repo.local=" + repository());
    command.add("-Dmaven.repo.local.tail=" + usualRepository());
    command.add("-Dseedance.version=" + version());
    for (String library : List.of("temporal", "junit", "assertj")) {
      String version = library + ".version";
      command.add("-D" + version + "=" + firstIn("<" + version + ">(.*?)<"));
    }
    command.addAll(List.of(arguments));
    Path log = folder.resolve("maven.log");
    Process process =
        new ProcessBuilder(command)
            .directory(TREE.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    assertThat(process.waitFor(MINUTES_FOR_A_BUILD, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).as(() -> read(log)).isZero();
  }

  private Path repository() {
    return folder.resolve("repository");
  }

  private static Path usualRepository() {
    return Path.of(System.getProperty("user.home"), ".m2", "repository");
  }

  private static String version() throws IOException {
    return firstIn("(?s)<artifactId>seedance</artifactId>\\s*<version>(.*?)</version>");
  }

  private static String firstIn(String regex) throws IOException {
    return Pattern.compile(regex)
        .matcher(Files.readString(TREE.resolve("pom.xml")))
        .results()
        .map((MatchResult found) -> found.group(1))
        .findFirst()
        .orElseThrow();
  }

  private static String read(Path log) {
    try {
      return Files.readString(log, StandardCharsets.UTF_8);
    } catch (IOException e) {
      return e.toString();
    }
  }

  private static void copyProductionOf(Path from, Path to) throws IOException {
    Set<String> leftOut = Set.of(".git", "target", "test", "docs", "out");
    Files.walkFileTree(
        from,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
              throws IOException {
            if (leftOut.contains(folder.getFileName().toString())) {
              return FileVisitResult.SKIP_SUBTREE;
            }
            Files.createDirectories(to.resolve(from.relativize(folder)));
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.copy(file, to.resolve(from.relativize(file)));
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
