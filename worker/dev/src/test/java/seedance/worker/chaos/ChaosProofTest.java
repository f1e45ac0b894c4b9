package seedance.worker.chaos;

import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import seedance.activities.provider.Dialect;

/**
 * {@link ChaosTest} with many generations and chains, and three seeds in each dialect, one run
 * after the other; {@code -Dchaos.generations}, {@code -Dchaos.chains} and {@code -Dchaos.seed} say
 * other figures, {@code 0} leaves a kind out.
 */
@Tag("proof")
@Isolated
@Timeout(3600)
class ChaosProofTest {
  private static final int GENERATIONS = Integer.getInteger("chaos.generations", 200);
  private static final int CHAINS = Integer.getInteger("chaos.chains", 40);

  private static final StoreUnderTest.Kind STORE =
      StoreUnderTest.Kind.valueOf(
          System.getProperty("chaos.store", "FOLDER").toUpperCase(Locale.ROOT));

  /** All of them where none is named. */
  private static final Long SEED = Long.getLong("chaos.seed");

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  Path folder;

  @ParameterizedTest(allowZeroInvocations = true)
  @MethodSource("generations")
  void generationsAmidKillsAndLostReplies_areBilledOnce_andNoneIsLost(Dialect dialect, long seed)
      throws Exception {
    ChaosTest.assertNothingIsBilledTwiceOrLost(
        dialect, STORE, new Load.Generations(GENERATIONS), seed, folder);
  }

  static Stream<Arguments> generations() {
    return runsIf(GENERATIONS > 0);
  }

  @ParameterizedTest(allowZeroInvocations = true)
  @MethodSource("chains")
  void chainsAmidKillsAndLostReplies_makeNoStepTwice_andNoneIsLost(Dialect dialect, long seed)
      throws Exception {
    ChaosTest.assertNothingIsBilledTwiceOrLost(
        dialect, STORE, new Load.Chains(CHAINS), seed, folder);
  }

  static Stream<Arguments> chains() {
    return runsIf(CHAINS > 0);
  }

  private static Stream<Arguments> runsIf(boolean some) {
    LongStream seeds = SEED == null ? LongStream.rangeClosed(1, 3) : LongStream.of(SEED);
    return seeds
        .filter(seed -> some)
        .boxed()
        .flatMap(seed -> List.of(Dialect.values()).stream().map(each -> arguments(each, seed)));
  }
}
