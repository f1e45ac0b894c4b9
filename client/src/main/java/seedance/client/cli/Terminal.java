package seedance.client.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * Where the commands print. Nothing that others wrote can steer it: the only escapes are those of
 * this class.
 *
 * @param out what was asked for
 * @param err problems, and progress where {@code out} carries JSON
 * @param live whether {@code out} is a terminal whose lines can be drawn again; never in a pipe
 * @param colour whether {@code out} takes colours
 * @param columns its width
 */
record Terminal(PrintStream out, PrintStream err, boolean live, boolean colour, int columns) {
  private static final int USUAL_COLUMNS = 100;
  private static final int FEWEST_COLUMNS = 20;

  /** Whatever is printed, to a pipe too, passes {@link SafeOutput}. */
  Terminal {
    out = SafeOutput.to(out);
    err = SafeOutput.to(err);
  }

  /** A pipe or a file: no escapes. */
  static Terminal plain(PrintStream out, PrintStream err) {
    return new Terminal(out, err, false, false, USUAL_COLUMNS);
  }

  /**
   * The process's own. Always UTF-8, as Java 17 would follow the locale and lose Chinese text. The
   * launcher knows whether the output is a terminal and how wide; without it, Java is asked, which
   * up to 21 says no when the input is a pipe.
   */
  static Terminal ofProcess(Map<String, String> environment) {
    boolean terminal =
        switch (System.getProperty("seedance.terminal", "unknown")) {
          case "true" -> true;
          case "false" -> false;
          default -> isTerminal();
        };
    boolean live = terminal && !"dumb".equals(environment.get("TERM"));
    // https://no-color.org: present and not empty
    boolean colour = live && environment.getOrDefault("NO_COLOR", "").isEmpty();
    int columns = Integer.getInteger("seedance.columns", 0);
    return new Terminal(
        utf8(FileDescriptor.out),
        utf8(FileDescriptor.err),
        live,
        colour,
        // A terminal that does not know its width says 0.
        columns <= 0 ? USUAL_COLUMNS : Math.max(FEWEST_COLUMNS, columns));
  }

  /** Since 22 there is a console in a pipe too, and {@code Console.isTerminal} tells them apart. */
  private static boolean isTerminal() {
    if (System.console() == null) {
      return false;
    }
    try {
      return (Boolean) System.console().getClass().getMethod("isTerminal").invoke(System.console());
    } catch (ReflectiveOperationException beforeJava22) {
      return true;
    }
  }

  private static PrintStream utf8(FileDescriptor descriptor) {
    return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
  }

  /** The same with everything on {@code err}, for progress beside JSON. */
  Terminal onErr() {
    return plain(err, err);
  }

  /** A word in a colour of ours. */
  record Coloured(String text, int code) {
    static Coloured green(String text) {
      return new Coloured(text, 32);
    }

    static Coloured red(String text) {
      return new Coloured(text, 31);
    }
  }

  /** Prints a line on {@code out} of texts and {@link Coloured} words. */
  void line(Object... parts) {
    for (Object part : parts) {
      if (part instanceof Coloured word && colour) {
        steer("\033[" + word.code() + "m");
        out.print(word.text());
        steer("\033[0m");
      } else {
        out.print(part instanceof Coloured word ? word.text() : part);
      }
    }
    out.println();
  }

  /**
   * Draws rows in place of others, on a terminal that is {@link #live}.
   *
   * @param drawn how many rows of before stand above the cursor
   */
  void redraw(int drawn, List<String> rows) {
    StringBuilder screen = new StringBuilder();
    if (drawn > 0) {
      screen.append("\033[%dA".formatted(drawn));
    }
    rows.forEach(row -> screen.append("\r\033[K").append(Visible.oneLine(row)).append('\n'));
    if (rows.size() < drawn) {
      screen.append("\033[J");
    }
    // In one piece, or it would flicker.
    steer(screen.toString());
  }

  /** Takes the command line's own help, which has escapes where there are colours. */
  PrintWriter help() {
    return new PrintWriter(((SafeOutput) out).target(), true, StandardCharsets.UTF_8);
  }

  private void steer(String escapes) {
    ((SafeOutput) out).steer(escapes);
  }
}
