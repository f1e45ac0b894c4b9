package seedance.worker.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import seedance.activities.provider.Dialect;
import seedance.worker.dev.Tools;

/**
 * Few here, and many in {@link ChaosProofTest}; {@code -Dchaos.calm=true} for a run in which
 * nothing goes wrong.
 */
@Timeout(3600)
@Execution(ExecutionMode.CONCURRENT)
class ChaosTest {
  private static final int GENERATIONS = Integer.getInteger("chaos.generations", 12);

  /** Of four steps each. */
  private static final int CHAINS = Integer.getInteger("chaos.chains", 2);

  private static final long SEED = Long.getLong("chaos.seed", 1);
  private static final boolean CALM = Boolean.getBoolean("chaos.calm");

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  Path folder;

  @ParameterizedTest(allowZeroInvocations = true)
  @MethodSource("dialectsOfGenerations")
  void generationsAmidKillsAndLostReplies_areBilledOnce_andNoneIsLost(Dialect dialect)
      throws Exception {
    assertNothingIsBilledTwiceOrLost(dialect, new Load.Generations(GENERATIONS), SEED, folder);
  }

  static List<Dialect> dialectsOfGenerations() {
    return dialectsIf(GENERATIONS > 0);
  }

  static List<Dialect> dialectsOfChains() {
    return dialectsIf(CHAINS > 0);
  }

  private static List<Dialect> dialectsIf(boolean some) {
    return some ? List.of(Dialect.values()) : List.of();
  }

  @ParameterizedTest(allowZeroInvocations = true)
  @MethodSource("dialectsOfChains")
  void chainsAmidKillsAndLostReplies_makeNoStepTwice_andNoneIsLost(Dialect dialect)
      throws Exception {
    assertNothingIsBilledTwiceOrLost(dialect, new Load.Chains(CHAINS), SEED, folder);
  }

  static void assertNothingIsBilledTwiceOrLost(Dialect dialect, Load load, long seed, Path folder)
      throws Exception {
    Schedule schedule =
        CALM ? Schedule.calm(seed) : Schedule.of(seed, load.generations(), load.chains());
    try (ChaosRun run =
        new ChaosRun(dialect, load, schedule, Tools.temporal(), folder.resolve(dialect.name()))) {
      Verdict verdict = run.run();

      System.out.println(verdict.line());
      assertThat(verdict.duplicates()).as("duplicates, %s", verdict.line()).isEmpty();
      assertThat(verdict.lost()).as("lost, %s", verdict.line()).isEmpty();
      assertThat(schedule.left()).as("mishaps that nothing met").isEmpty();
    }
  }
}
