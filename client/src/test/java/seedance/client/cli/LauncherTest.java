package seedance.client.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The launcher in a small tree of its own, with a java and a mvnw that only write down calls. */
@Timeout(300)
class LauncherTest {
  private static final Path LAUNCHER = Path.of("..", "seedance").toAbsolutePath().normalize();
  private static final String TOOLS = "/usr/bin:/bin";

  @TempDir private Path temporary;
  private Path root;
  private Path caller;

  @BeforeEach
  void makeTree() throws IOException {
    assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "needs /bin/sh");
    root = temporary.resolve("a tree with spaces");
    caller = Files.createDirectories(temporary.resolve("caller's folder"));
    for (String module : List.of("workflows", "activities", "worker", "worker/dev", "client")) {
      Files.createDirectories(root.resolve(module + "/src/main"));
      Files.writeString(root.resolve(module + "/pom.xml"), "");
    }
    Files.writeString(root.resolve("pom.xml"), "");
    Files.copy(LAUNCHER, root.resolve("seedance"));
    executable(
        root.resolve("mvnw"),
        "echo \"$* with $JAVA_HOME in $PWD\" >> \"$PWD/built.log\"\n"
            + "[ ! -f broken ] || { echo 'it does not compile' >&2; exit 1; }\n"
            + "mkdir -p client/target && touch client/target/seedance.jar\n");
    everythingIsOld();
  }

  @Test
  void theFirstRun_buildsOnce_andSaysSo_andTheNextDoesNot() throws Exception {
    Path jdk = jdk("17.0.15", "jdk.compiler@17");

    Run first = launch(jdk, "", "show", "an id");
    Run second = launch(jdk, "", "list");

    assertThat(first.exitCode()).isEqualTo(0);
    assertThat(first.err()).contains("building once");
    assertThat(first.arguments()).endsWith("show", "an id");
    assertThat(second.err()).isEmpty();
    assertThat(builds()).hasSize(1).first().asString().contains("package with " + jdk);
  }

  @ParameterizedTest
  @ValueSource(strings = {"worker", "worker/dev"})
  void aChangedSource_isBuiltAgain_once(String module) throws Exception {
    Path jdk = jdk("17.0.15", "jdk.compiler@17");
    launch(jdk, "", "list");
    Path source = root.resolve(module + "/src/main/New.java");
    Files.writeString(source, "");
    Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(2)));
    // A build that changes no class of the client leaves its jar as it was.
    executable(root.resolve("mvnw"), "echo again >> \"$PWD/built.log\"\n");

    launch(jdk, "", "list");
    Files.setLastModifiedTime(source, FileTime.from(Instant.now().minusSeconds(60)));
    launch(jdk, "", "list");

    assertThat(builds()).hasSize(2).last().isEqualTo("again");
  }

  @Test
  void aBuild_leavesTheJarsOfAProcessThatStillRuns_asTheyWere() throws Exception {
    built();
    Path jar = root.resolve("client/target/seedance.jar");
    Path module = root.resolve("client/target/lib/seedance-worker-1.jar");
    Files.createDirectories(module.getParent());
    Files.writeString(module, "old");
    Path heldJar = Files.createLink(temporary.resolve("held jar"), jar);
    Path heldModule = Files.createLink(temporary.resolve("held module"), module);
    everythingIsOld();
    Files.setLastModifiedTime(root.resolve("pom.xml"), FileTime.from(Instant.now()));

    assertThat(launch(jdk("17.0.15", "jdk.compiler@17"), "", "list").exitCode()).isEqualTo(0);

    assertThat(Files.isSameFile(heldJar, jar)).isFalse();
    assertThat(Files.isSameFile(heldModule, module)).isFalse();
    assertThat(module).hasContent("old");
  }

  @Test
  void aBuildThatFails_isShown_andEndsIt() throws Exception {
    Files.writeString(root.resolve("broken"), "");

    Run run = launch(jdk("17.0.15", "jdk.compiler@17"), "", "list");

    assertThat(run.exitCode()).isEqualTo(4);
    assertThat(run.err()).contains("it does not compile").contains("the build failed");
    assertThat(run.out()).isEmpty();
  }

  @Test
  void aJreCannotBuild_andIsToldSo() throws Exception {
    Run run = launch(jdk("17.0.15", "java.base@17"), "", "list");

    assertThat(run.exitCode()).isEqualTo(4);
    assertThat(run.err()).contains("is a JRE and cannot compile");
    assertThat(builds()).isEmpty();
  }

  @Test
  void aJreRunsWhatIsBuilt() throws Exception {
    built();

    Run run = launch(jdk("17.0.15", "java.base@17"), "", "list");

    assertThat(run.exitCode()).isEqualTo(0);
    assertThat(run.err()).isEmpty();
  }

  @Test
  void withoutAnyJdk_itSaysWhatIsNeeded() throws Exception {
    Path tools = temporary.resolve("tools");
    Files.createDirectories(tools);
    for (String tool : List.of("dirname", "readlink", "sed", "find", "head")) {
      executable(tools.resolve(tool), "PATH=" + TOOLS + " exec " + tool + " \"$@\"\n");
    }

    Run run = launch(Map.of("PATH", tools.toString()), root.resolve("seedance"), "list");

    assertThat(run.exitCode()).isEqualTo(4);
    assertThat(run.err()).contains("JDK 17 or later is needed");
  }

  @Test
  void aJavaHomeThatIsTooOld_isPassedOver_forPath() throws Exception {
    built();
    Path old = jdk("1.8.0_402", "");
    Path newer = jdk("21.0.2", "jdk.compiler@21");

    Run onPath = launch(old, newer + "/bin:", "list");
    Run nowhere = launch(old, old + "/bin:", "list");

    assertThat(onPath.arguments()).first().isEqualTo(newer + "/bin/java");
    assertThat(nowhere.exitCode()).isEqualTo(4);
    assertThat(nowhere.err()).contains(old + "/bin/java is version 8");
  }

  @Test
  void flags_areThoseThatTheVersionKnows() throws Exception {
    built();

    assertThat(launch(jdk("17.0.15", ""), "", "list").arguments())
        .contains("-XX:TieredStopAtLevel=1")
        .noneMatch(argument -> argument.contains("sun-misc-unsafe"));
    assertThat(launch(jdk("25.0.3", ""), "", "list").arguments())
        .contains("--sun-misc-unsafe-memory-access=allow", "--enable-native-access=ALL-UNNAMED");
    assertThat(launch(jdk("17.0.15", ""), "", "worker").arguments())
        .doesNotContain("-XX:TieredStopAtLevel=1");
  }

  @Test
  void itRunsThroughLinks_inTheCallersFolder_andIsNoTerminalInAPipe() throws Exception {
    built();
    Path links = Files.createDirectories(temporary.resolve("links"));
    Files.createSymbolicLink(links.resolve("first"), root.resolve("seedance"));
    Files.createSymbolicLink(links.resolve("second"), Path.of("first"));

    Run run =
        launch(
            Map.of("PATH", TOOLS, "JAVA_HOME", jdk("17.0.15", "").toString()),
            links.resolve("second"),
            "validate",
            "my body.json");

    assertThat(run.exitCode()).isEqualTo(0);
    assertThat(run.arguments())
        .contains("-jar", root + "/client/target/seedance.jar", "-Dseedance.terminal=false")
        .endsWith("validate", "my body.json");
    assertThat(run.out().lines()).contains("in " + caller);
  }

  @Test
  void theExitCode_isTheCommands() throws Exception {
    built();
    Path jdk = jdk("17.0.15", "");
    executable(jdk.resolve("bin/java"), "exit 3\n");

    assertThat(launch(jdk, "", "list").exitCode()).isEqualTo(3);
  }

  private record Run(int exitCode, String out, String err) {
    List<String> arguments() {
      return out.lines().filter(line -> !line.startsWith("in ")).toList();
    }
  }

  private void built() throws IOException {
    Files.createDirectories(root.resolve("client/target"));
    Files.writeString(root.resolve("client/target/seedance.jar"), "");
  }

  /** Sources from an hour ago, so that what a test touches is newer. */
  private void everythingIsOld() throws IOException {
    FileTime anHourAgo = FileTime.from(Instant.now().minusSeconds(3600));
    try (var files = Files.walk(root)) {
      for (Path file : files.toList()) {
        Files.setLastModifiedTime(file, anHourAgo);
      }
    }
  }

  /** A folder that looks like a JDK, whose java prints its own name and its arguments. */
  private Path jdk(String version, String modules) throws IOException {
    Path home = Files.createTempDirectory(temporary, "jdk ");
    Files.writeString(home.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
    Files.createDirectories(home.resolve("bin"));
    executable(
        home.resolve("bin/java"),
        "if [ \"$1\" = --list-modules ]; then echo '"
            + modules
            + "'; exit; fi\n"
            + "printf '%s\\n' \"$0\" \"$@\"\necho \"in $PWD\"\n");
    return home;
  }

  private static void executable(Path file, String script) throws IOException {
    Files.writeString(file, "#!/bin/sh\n" + script);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private List<String> builds() throws IOException {
    Path log = root.resolve("built.log");
    return Files.exists(log) ? Files.readAllLines(log) : List.of();
  }

  private Run launch(Path javaHome, String pathBefore, String... arguments) throws Exception {
    return launch(
        Map.of("JAVA_HOME", javaHome.toString(), "PATH", pathBefore + TOOLS),
        root.resolve("seedance"),
        arguments);
  }

  private Run launch(Map<String, String> environment, Path launcher, String... arguments)
      throws Exception {
    List<String> command = new ArrayList<>(List.of("/bin/sh", launcher.toString()));
    command.addAll(List.of(arguments));
    Path out = Files.createTempFile(temporary, "out", ".txt");
    Path err = Files.createTempFile(temporary, "err", ".txt");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(caller.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().clear();
    builder.environment().put("HOME", temporary.toString());
    builder.environment().putAll(environment);
    Process process = builder.start();
    process.getOutputStream().close();
    assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
    return new Run(process.exitValue(), Files.readString(out), Files.readString(err));
  }
}
