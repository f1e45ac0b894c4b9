package seedance.worker.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import seedance.activities.provider.Dialect;
import seedance.worker.dev.Tools;

/**
 * A few generations and chains, in one run for each dialect and kind of store, which together meet
 * every mishap of a request; many in {@link ChaosProofTest}. {@code -Dchaos.calm=true} for a run in
 * which nothing goes wrong. It comes first, as nothing else takes as long.
 */
@Timeout(3600)
@Order(1)
@Execution(ExecutionMode.CONCURRENT)
class ChaosTest {
  private static final Load A_FEW = new Load.Mixed(new Load.Generations(12), new Load.Chains(2));

  private static final long SEED = Long.getLong("chaos.seed", 1);
  private static final boolean CALM = Boolean.getBoolean("chaos.calm");

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  Path folder;

  @ParameterizedTest
  @CsvSource({"GATEWAY, FOLDER", "ARK, S3"})
  void generationsAndChainsAmidKillsAndLostReplies_areBilledOnce_andNoneIsLost(
      Dialect dialect, StoreUnderTest.Kind store) throws Exception {
    assertNothingIsBilledTwiceOrLost(dialect, store, A_FEW, SEED, folder);
  }

  static void assertNothingIsBilledTwiceOrLost(
      Dialect dialect, StoreUnderTest.Kind store, Load load, long seed, Path folder)
      throws Exception {
    Schedule schedule = CALM ? Schedule.calm(seed) : Schedule.of(seed, load);
    try (ChaosRun run =
        new ChaosRun(
            dialect, store, load, schedule, Tools.temporal(), folder.resolve(dialect.name()))) {
      Verdict verdict = run.run();

      System.out.println(verdict.line());
      assertThat(verdict.duplicates()).as("duplicates, %s", verdict.line()).isEmpty();
      assertThat(verdict.lost()).as("lost, %s", verdict.line()).isEmpty();
      assertThat(schedule.left()).as("mishaps that nothing met").isEmpty();
    }
  }
}
