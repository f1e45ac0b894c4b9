package seedance.client.cli;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;
import seedance.worker.dev.simulator.CallbackDelivery;
import seedance.worker.dev.simulator.SimulatorSettings;
import seedance.worker.dev.simulator.TaskTimes;

/** How the simulated service behaves, as options. Times are the real service's: speed divides. */
final class SimulateArguments {
  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "What is drawn: ids, times, which callbacks are lost (default: 1).")
  private @Nullable Long seed;

  @Option(
      names = "--running",
      paramLabel = "TIME",
      converter = TimeConverter.class,
      description =
          "The median of how long tasks run, as 90s, 2.5m or 1h, before --speed (default: what is"
              + " typical for the model).")
  private @Nullable Duration running;

  @Option(
      names = "--running-spread",
      paramLabel = "SIGMA",
      description = "Its log-normal spread, 0 to 3 (default: 0.19).")
  private @Nullable Double runningSpread;

  @Option(
      names = "--queue",
      paramLabel = "TIME",
      converter = TimeConverter.class,
      description = "The median of how long tasks are queued first (default: 2s; flex 2h).")
  private @Nullable Duration queue;

  @Option(
      names = "--queue-spread",
      paramLabel = "SIGMA",
      description = "Its log-normal spread, 0 to 3 (default: 0.19).")
  private @Nullable Double queueSpread;

  @Option(
      names = "--processing-limit",
      paramLabel = "N",
      description = "How many tasks of a key run at once; the others queue (default: 3).")
  private @Nullable Integer processingLimit;

  @Option(
      names = "--callback-loss",
      paramLabel = "SHARE",
      description = "The share of callbacks that never arrive, 0 to 1 (default: 0).")
  private double callbackLoss;

  @Option(
      names = "--callback-delay",
      paramLabel = "TIME",
      converter = TimeConverter.class,
      description = "How late callbacks are, before --speed (default: 0s).")
  private Duration callbackDelay = Duration.ZERO;

  /**
   * A builder with what was said.
   *
   * @throws Refusal for a value out of its range
   */
  SimulatorSettings.Builder settings() {
    try {
      SimulatorSettings.Builder settings =
          SimulatorSettings.builder()
              .times(times())
              .callbackDelivery(new CallbackDelivery(callbackLoss, callbackDelay));
      if (seed != null) {
        settings.seed(seed);
      }
      if (processingLimit != null) {
        settings.processingLimit(processingLimit);
      }
      settings.build();
      return settings;
    } catch (IllegalArgumentException wrong) {
      throw new Refusal(ExitCode.INVALID, String.valueOf(wrong.getMessage()));
    }
  }

  private TaskTimes times() {
    TaskTimes times = TaskTimes.TYPICAL;
    times = running == null ? times : times.withRunning(running);
    times = runningSpread == null ? times : times.withRunningSpread(runningSpread);
    times = queue == null ? times : times.withQueue(queue);
    return queueSpread == null ? times : times.withQueueSpread(queueSpread);
  }

  static final class TimeConverter implements ITypeConverter<Duration> {
    private static final Pattern FORM = Pattern.compile("(\\d{1,6}(?:\\.\\d{1,6})?)(ms|s|m|h)");

    @Override
    public Duration convert(String text) {
      Matcher time = FORM.matcher(text);
      if (!time.matches()) {
        throw new TypeConversionException("is no time of the form 500ms, 90s, 2.5m or 1h");
      }
      Duration unit =
          switch (time.group(2)) {
            case "ms" -> Duration.ofMillis(1);
            case "s" -> Duration.ofSeconds(1);
            case "m" -> Duration.ofMinutes(1);
            default -> Duration.ofHours(1);
          };
      return Duration.ofNanos(
          new BigDecimal(time.group(1)).multiply(BigDecimal.valueOf(unit.toNanos())).longValue());
    }
  }
}
