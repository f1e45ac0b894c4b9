package seedance.activities.runtimes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is learnt of runs that are known exactly, or only between two looks. */
class RunTimeFittingTest {
  private static final Instant AT = Instant.parse("2026-11-22T18:45:00Z");
  private static final int SERVICES = 40;

  /** The catalogue is right, or off by half; the looks are those that the fit itself leads to. */
  @ParameterizedTest
  @CsvSource({
    // spread, true median, the catalogue's; whether the service tells the end
    "0.1, 110, 110, true",
    "0.1, 220, 110, true",
    "0.1, 55, 110, false",
    "0.2, 110, 110, false",
    "0.2, 900, 450, false",
    "0.3, 110, 110, false",
    "0.3, 55, 110, true",
    "0.5, 220, 110, false",
    "0.5, 40, 40, true"
  })
  void afterTwentyClips_looksAreNearTheBound(
      double spread, double median, long catalogue, boolean isTold) {
    RunTimeFit prior = RunTimeFit.typical(Duration.ofSeconds(catalogue));
    Random random = new Random(7);
    double looks = 0;
    double delay = 0;
    for (int service = 0; service < SERVICES; service++) {
      List<MeasuredRun> runs = new ArrayList<>();
      for (int clip = 0; clip < 20; clip++) {
        double took = median * Math.exp(spread * random.nextGaussian());
        runs.add(0, isTold ? run(took, took) : seen(RunTimeFitting.fit(prior, runs), took));
      }
      Bound.Cost cost = costOf(RunTimeFitting.fit(prior, runs), spread, median);
      looks += cost.looks() / SERVICES;
      delay += cost.delay() / SERVICES;
    }

    assertThat(looks * delay / Bound.of(spread, median)).isLessThan(1.15);
  }

  @Test
  void withoutAnyRun_theCatalogueHolds() {
    RunTimeFit typical = RunTimeFit.typical(Duration.ofSeconds(110));

    assertThat(RunTimeFitting.fit(typical, List.of())).isEqualTo(typical);
  }

  @Test
  void serviceThatTurnedSlow_isLearntWithinTwentyClips() {
    List<MeasuredRun> runs = new ArrayList<>();
    Random random = new Random(3);
    for (int clip = 0; clip < 40; clip++) {
      double took = (clip < 20 ? 60 : 180) * Math.exp(0.15 * random.nextGaussian());
      runs.add(0, run(took, took));
    }

    RunTimeFit fit = RunTimeFitting.fit(RunTimeFit.typical(Duration.ofSeconds(60)), runs);

    assertThat(Math.exp(fit.logMean())).isCloseTo(180, within(20.0));
    assertThat(fit.logSpread()).isBetween(0.08, 0.25);
  }

  /** Looks that are half a minute apart tell of an end only between which two of them it was. */
  @Test
  void sparseLooks_doNotTeachTheirOwnSpacing() {
    Random random = new Random(5);
    double spreads = 0;
    double medians = 0;
    double asNumbers = 0;
    for (int service = 0; service < SERVICES; service++) {
      List<MeasuredRun> runs = new ArrayList<>();
      List<MeasuredRun> noticed = new ArrayList<>();
      for (int clip = 0; clip < 20; clip++) {
        double took = 110 * Math.exp(0.1 * random.nextGaussian());
        double step = Math.floor(took / 30);
        runs.add(run(step * 30, step * 30 + 30));
        noticed.add(run(step * 30 + 30, step * 30 + 30));
      }
      RunTimeFit prior = RunTimeFit.typical(Duration.ofSeconds(110));
      RunTimeFit fit = RunTimeFitting.fit(prior, runs);
      spreads += fit.logSpread() / SERVICES;
      medians += Math.exp(fit.logMean()) / SERVICES;
      asNumbers += Math.exp(RunTimeFitting.fit(prior, noticed).logMean()) / SERVICES;
    }

    assertThat(spreads).isCloseTo(0.1, within(0.02));
    assertThat(medians).isCloseTo(110, within(2.0));
    assertThat(asNumbers).isGreaterThan(120);
  }

  @Test
  void runsThatHaveNothingToDoWithEachOther_giveNumbersAllTheSame() {
    RunTimeFit fit =
        RunTimeFitting.fit(
            RunTimeFit.typical(Duration.ofSeconds(110)),
            List.of(run(0.001, 0.001), run(1e7, 1e9), run(0.001, 1e9), run(1, 1)));

    assertThat(fit.logMean()).isFinite();
    assertThat(fit.logSpread()).isBetween(0.04, 1.5);
    assertThat(LookSpacing.of(fit.next()).next(1, 1)).isPositive().isFinite();
  }

  /** As looks see it, whose service tells no end. */
  private static MeasuredRun seen(RunTimeFit fit, double took) {
    LookSpacing spacing = LookSpacing.of(fit.next());
    double before = 0;
    double look = spacing.next(0, 0);
    while (look < took) {
      before = look;
      look += spacing.next(look, look);
    }
    return run(Math.max(0.001, before), look);
  }

  private static MeasuredRun run(double atLeast, double atMost) {
    return new MeasuredRun("cgt-1", AT, duration(atLeast), duration(atMost), null);
  }

  private static Duration duration(double seconds) {
    return Duration.ofMillis(Math.round(seconds * 1000));
  }

  private static Bound.Cost costOf(RunTimeFit fit, double spread, double median) {
    LookSpacing spacing = LookSpacing.of(fit.next());
    List<Double> looks = new ArrayList<>();
    double at = 0;
    while (at < median * Math.exp(8 * spread)) {
      at += spacing.next(at, at);
      looks.add(at);
    }
    return Bound.costOf(looks, spread, median);
  }
}
