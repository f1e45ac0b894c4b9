package seedance.worker.dev;

import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.serviceclient.WorkflowServiceStubs;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.spi.ToolProvider;
import org.awaitility.Awaitility;
import seedance.worker.dev.simulator.SimulatedSeedance;
import seedance.worker.dev.simulator.SimulatorSettings;
import seedance.workflows.generation.GenerationResult;
import seedance.workflows.generation.VideoGenerationWorkflow;

/**
 * The command that starts a worker in a process of its own, for tests that kill it. Such tests
 * start dozens, which is most of what they cost; so the first one makes an archive of the loaded
 * classes (JEP 350), with which each of the others starts in half the time.
 */
public final class WorkerJvm {
  private static final double SPEED = 400;
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private static List<String> options;

  private WorkerJvm() {}

  /**
   * The command line of a worker, which reads its settings from the environment.
   *
   * @param speed of its looks
   * @param polls the file in which it writes, once it polls, its process id and the port at which
   *     it takes callbacks, as {@code 4711 37967}
   */
  public static List<String> command(double speed, Path polls) throws Exception {
    List<String> command = new ArrayList<>(options());
    command.addAll(List.of(WorkerMain.class.getName(), String.valueOf(speed), polls.toString()));
    return command;
  }

  private static synchronized List<String> options() throws Exception {
    if (options == null) {
      Path folder = Files.createTempDirectory("worker-jvm-");
      String classPath = jarred(folder, System.getProperty("java.class.path"));
      Path archive = folder.resolve("classes.jsa");
      dump(folder, java("-XX:ArchiveClassesAtExit=" + archive, classPath));
      options = java("-XX:SharedArchiveFile=" + archive, classPath);
      deleteAtExit(folder);
    }
    return options;
  }

  private static List<String> java(String option, String classPath) {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:TieredStopAtLevel=1",
        "-XX:+UseSerialGC",
        "-Xmx256m",
        option,
        "-cp",
        classPath);
  }

  /** The class path without folders, of which no archive can be made. */
  private static String jarred(Path folder, String classPath) {
    List<String> entries = new ArrayList<>();
    for (String entry : classPath.split(File.pathSeparator)) {
      if (Files.isDirectory(Path.of(entry))) {
        String jar = folder.resolve(entries.size() + ".jar").toString();
        ToolProvider.findFirst("jar")
            .orElseThrow()
            .run(
                new PrintWriter(System.out, true),
                new PrintWriter(System.err, true),
                "--create",
                "--no-compress",
                "--file",
                jar,
                "-C",
                entry,
                ".");
        entries.add(jar);
      } else if (Files.exists(Path.of(entry))) {
        entries.add(entry);
      }
    }
    return String.join(File.pathSeparator, entries);
  }

  /** Lets a worker make one clip, so that the archive has what it takes. */
  private static void dump(Path folder, List<String> java) throws Exception {
    TemporalServer server = SharedServer.real();
    String taskQueue = "archived";
    Path polls = folder.resolve("polls");
    List<String> command = new ArrayList<>(java);
    command.addAll(List.of(WorkerMain.class.getName(), String.valueOf(SPEED), polls.toString()));
    WorkflowServiceStubs stubs = WorkflowServiceStubs.newServiceStubs(server.access().stubs());
    try (SimulatedSeedance service =
        SimulatedSeedance.start(SimulatorSettings.builder().speed(SPEED).build())) {
      ProcessBuilder worker = new ProcessBuilder(command).redirectErrorStream(true);
      Map<String, String> environment = new HashMap<>();
      environment.put("SEEDANCE_API_KEY", "ark-archive-0123456789abcdef");
      environment.put("SEEDANCE_BASE_URL", service.baseUrl().toString());
      environment.put("SEEDANCE_STORE", folder.resolve("store").toString());
      environment.put("SEEDANCE_TASK_QUEUE", taskQueue);
      environment.put("TEMPORAL_ADDRESS", server.address());
      worker.environment().putAll(environment);
      Process process = worker.redirectOutput(folder.resolve("dump.log").toFile()).start();
      try {
        Awaitility.await().atMost(PATIENCE).until(() -> Files.exists(polls) || !process.isAlive());
        WorkflowStub generation =
            WorkflowClient.newInstance(stubs)
                .newUntypedWorkflowStub(
                    VideoGenerationWorkflow.TYPE,
                    WorkflowOptions.newBuilder().setTaskQueue(taskQueue).build());
        generation.start(PageExamples.TEXT);
        generation.getResult(PATIENCE.toSeconds(), TimeUnit.SECONDS, GenerationResult.class);
        process.destroy();
        process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      } finally {
        process.destroyForcibly();
      }
    } finally {
      stubs.shutdownNow();
    }
  }

  private static void deleteAtExit(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      files.map(Path::toFile).forEach(File::deleteOnExit);
    }
  }
}
