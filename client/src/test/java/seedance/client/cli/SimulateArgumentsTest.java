package seedance.client.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import seedance.worker.dev.simulator.CallbackDelivery;
import seedance.worker.dev.simulator.SimulatorSettings;
import seedance.worker.dev.simulator.TaskTimes;

class SimulateArgumentsTest {
  @Command
  private static final class Holder {
    @Mixin private SimulateArguments simulator = new SimulateArguments();
  }

  @Test
  void nothingSaid_isTheDefaults() {
    SimulatorSettings read = read();

    assertThat(read.times()).isEqualTo(TaskTimes.TYPICAL);
    assertThat(read.callbackDelivery()).isEqualTo(CallbackDelivery.PROMPT);
    assertThat(read.seed()).isEqualTo(1);
    assertThat(read.processingLimit()).isEqualTo(3);
  }

  @Test
  void everyOption_isWhatTheServiceIsToldToBe() {
    SimulatorSettings read =
        read(
            "--seed=7 --running=2.5m --running-spread=0.4 --queue=90s --queue-spread=1"
                + " --processing-limit=50 --callback-loss=0.25 --callback-delay=1500ms");

    assertThat(read.seed()).isEqualTo(7);
    assertThat(read.processingLimit()).isEqualTo(50);
    assertThat(read.times())
        .isEqualTo(
            new TaskTimes(
                Optional.of(Duration.ofSeconds(150)), 0.4, Optional.of(Duration.ofSeconds(90)), 1));
    assertThat(read.callbackDelivery())
        .isEqualTo(new CallbackDelivery(0.25, Duration.ofMillis(1500)));
  }

  @ParameterizedTest
  @CsvSource({
    "--running=0s, running",
    "--running-spread=3.1, runningSpread",
    "--queue-spread=-1, queueSpread",
    "--processing-limit=0, processingLimit",
    "--callback-loss=1.5, 0 to 1"
  })
  void aValueOutOfItsRange_isRefused_beforeAnythingStarts(String option, String said) {
    for (String command : new String[] {"simulate", "dev"}) {
      CommandRun run = CommandRun.of(command, option);

      assertThat(run.exitCode()).isEqualTo(2);
      assertThat(run.err()).contains(said).doesNotContain("\tat ");
      assertThat(run.out()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"--running=90", "--queue=-5s", "--callback-delay=1d", "--running=PT5S"})
  void aTimeOfAnotherForm_isWrongUsage(String option) {
    CommandRun run = CommandRun.of("simulate", option);

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("90s, 2.5m or 1h");
  }

  private static SimulatorSettings read(String... line) {
    Holder holder = new Holder();
    new CommandLine(holder).parseArgs(line.length == 0 ? line : line[0].split(" "));
    return holder.simulator.settings().build();
  }
}
