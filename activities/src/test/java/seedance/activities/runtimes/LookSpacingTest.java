package seedance.activities.runtimes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.statistics.distribution.LogNormalDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What looks cost and how soon they see an end, against the bound that no schedule beats. */
class LookSpacingTest {

  @ParameterizedTest
  @CsvSource({
    // spread, median in seconds; the product against the bound, at most
    "0.05, 60, 1.3",
    "0.1, 110, 1.1",
    "0.17, 1200, 1.1",
    "0.23, 45, 1.1",
    "0.3, 110, 1.1",
    "0.42, 7200, 1.1",
    "0.5, 30, 1.1",
    "1, 110, 1.1"
  })
  void looksTimesDelay_isNearTheBound_whateverIsLearnt(double spread, double median, double most) {
    Bound.Cost cost = costOf(LogNormalDistribution.of(Math.log(median), spread), spread, median);

    assertThat(cost.product() / Bound.of(spread, median)).isLessThan(most);
    assertThat(cost.delay() / median).isCloseTo(LookSpacing.MEAN_DELAY, within(0.004));
  }

  @Test
  void spreadOfAThird_needsAboutSixLooks() {
    assertThat(costOf(LogNormalDistribution.of(Math.log(110), 0.3), 0.3, 110).looks())
        .isBetween(5.5, 6.5);
  }

  @ParameterizedTest
  @CsvSource({"0.2, 1.35", "0.25, 1.35", "0.3, 1.35", "0.4, 1.35", "0.5, 1.35"})
  void catalogueThatIsRight_isNearTheBound_withNoSample(double spread, double most) {
    assertThat(catalogueThatIsOffBy(1, spread)).isLessThan(most);
  }

  @ParameterizedTest
  @CsvSource({"2, 0.2", "2, 0.3", "2, 0.5", "0.5, 0.2", "0.5, 0.3", "0.5, 0.5"})
  void catalogueThatIsOffByHalf_costsNoMoreThanTwice(double off, double spread) {
    assertThat(catalogueThatIsOffBy(off, spread)).isLessThan(2);
  }

  @Test
  void slowTail_isLookedAtEachTenthOfItsTime() {
    LookSpacing spacing = LookSpacing.of(LogNormalDistribution.of(Math.log(110), 0.1));

    assertThat(spacing.next(1500, 1500)).isCloseTo(150, within(0.1));
  }

  /** Its beginning was seen only between two looks, so its end may be as far apart. */
  @Test
  void beginningThatIsNotKnown_isLookedForOverAllOfIt() {
    LookSpacing spacing = LookSpacing.of(LogNormalDistribution.of(Math.log(110), 0.05));
    double surely = spacing.next(40, 40);
    double perhaps = spacing.next(0, 40);

    assertThat(surely).isBetween(60.0, 75.0);
    assertThat(perhaps).isBetween(surely, 110.0);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 1e-3, 1, 100, 1e4, 1e7})
  void anyTimeSoFar_hasAWait(double ran) {
    for (double spread : new double[] {0.04, 0.3, 1.5}) {
      LookSpacing spacing = LookSpacing.of(LogNormalDistribution.of(Math.log(110), spread));

      assertThat(spacing.next(ran, ran)).isPositive().isFinite();
      assertThat(spacing.next(0, ran)).isPositive().isFinite();
    }
  }

  /** Of the catalogue's median. */
  private static double catalogueThatIsOffBy(double factor, double spread) {
    LogNormalDistribution prior = RunTimeFit.typical(Duration.ofSeconds(110)).next();
    double median = 110 * factor;
    return costOf(prior, spread, median).product() / Bound.of(spread, median);
  }

  private static Bound.Cost costOf(LogNormalDistribution expected, double spread, double median) {
    LookSpacing spacing = LookSpacing.of(expected);
    List<Double> looks = new ArrayList<>();
    double at = 0;
    while (at < median * Math.exp(9 * spread)) {
      at += spacing.next(at, at);
      looks.add(at);
    }
    return Bound.costOf(looks, spread, median);
  }
}
