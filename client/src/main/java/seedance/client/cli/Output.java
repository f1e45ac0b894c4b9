package seedance.client.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;

/**
 * Where a command's reports go, and in which form.
 *
 * @param json as JSON objects, not for people
 */
record Output(Cli cli, boolean json) {
  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(JsonGenerator.Feature.WRITE_BIGDECIMAL_AS_PLAIN).build();

  void print(Report report) {
    if (json) {
      report.objects().get().forEach(this::print);
    } else {
      report.words().run();
    }
  }

  /** Returns the exit code. */
  int print(Shown.End end) {
    print(end.report());
    return end.exitCode();
  }

  private void print(JsonObject object) {
    try {
      cli.terminal().out().println(Visible.json(JSON.writeValueAsString(object)));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("our own values are JSON", e);
    }
  }

  /**
   * Shows how something goes: a live line each on a terminal, plain lines in a pipe and beside
   * JSON.
   *
   * @param names one for each line, in the order shown; empty text where there is only one
   */
  ProgressView progress(List<String> names) {
    Terminal terminal = json ? cli.terminal().onErr() : cli.terminal();
    return terminal.live() ? new LiveProgress(terminal, names) : new PlainProgress(terminal, names);
  }
}
