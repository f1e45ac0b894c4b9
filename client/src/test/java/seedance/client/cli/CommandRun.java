package seedance.client.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** One command, run in this process with its streams caught. */
record CommandRun(int exitCode, String out, String err) {

  static CommandRun of(String... arguments) {
    return in(Path.of(""), Map.of(), "", arguments);
  }

  /** On a terminal so wide, without live lines. */
  static CommandRun onColumns(int columns, String... arguments) {
    return run(columns, Path.of(""), Map.of(), "", arguments);
  }

  static CommandRun in(
      Path folder, Map<String, String> environment, String stdin, String... arguments) {
    return run(100, folder, environment, stdin, arguments);
  }

  /** Does something each time that this text has been printed. */
  static CommandRun doing(
      Runnable act,
      String text,
      Path folder,
      Map<String, String> environment,
      String... arguments) {
    return run(
        100, folder, environment, "", new Watched(text, act), new Watched(text, act), arguments);
  }

  private static CommandRun run(
      int columns,
      Path folder,
      Map<String, String> environment,
      String stdin,
      String... arguments) {
    return run(
        columns,
        folder,
        environment,
        stdin,
        new ByteArrayOutputStream(),
        new ByteArrayOutputStream(),
        arguments);
  }

  private static CommandRun run(
      int columns,
      Path folder,
      Map<String, String> environment,
      String stdin,
      ByteArrayOutputStream out,
      ByteArrayOutputStream err,
      String... arguments) {
    ByteArrayInputStream in = new ByteArrayInputStream(stdin.getBytes(StandardCharsets.UTF_8));
    Terminal terminal = new Terminal(printing(out), printing(err), false, false, columns);
    int exitCode =
        Seedance.run(new Cli(terminal, in, environment, folder, "./seedance"), arguments);
    return new CommandRun(
        exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  /** Returns the exit code; what is printed can be read while the command runs. */
  static int into(
      OutputStream printed, Path folder, Map<String, String> environment, String... arguments) {
    Terminal terminal = Terminal.plain(printing(printed), printing(printed));
    return Seedance.run(
        new Cli(terminal, InputStream.nullInputStream(), environment, folder, "./seedance"),
        arguments);
  }

  private static final class Watched extends ByteArrayOutputStream {
    private final String text;
    private final Runnable act;

    Watched(String text, Runnable act) {
      this.text = text;
      this.act = act;
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) {
      super.write(bytes, offset, length);
      if (toString(StandardCharsets.UTF_8).contains(text)) {
        act.run();
      }
    }
  }

  private static PrintStream printing(OutputStream to) {
    return new PrintStream(to, true, StandardCharsets.UTF_8);
  }

  List<String> outLines() {
    return out.lines().toList();
  }
}
