package seedance.activities.generation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LookGateTest {
  private Instant now = Instant.parse("2026-11-22T18:45:00Z");
  private double luck;
  private final LookGate gate =
      new LookGate(
          new Clock() {
            @Override
            public Instant instant() {
              return now;
            }

            @Override
            public ZoneId getZone() {
              return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
              return this;
            }
          },
          () -> luck);

  @Test
  void gate_isOpen_asLongAsTheServiceAnswers() {
    gate.answered(now);

    assertThat(gate.comeBackIn()).isEmpty();
  }

  @Test
  void gate_isOpen_whileTimePasses() {
    LookGate ofTheSystem = new LookGate(Clock.systemUTC(), () -> 1);

    for (int i = 0; i < 1000; i++) {
      assertThat(ofTheSystem.comeBackIn()).isEmpty();
    }
  }

  @Test
  void serviceThatRefusesAgain_isLeftAloneTwiceAsLong_upToAMinute() {
    for (int seconds : new int[] {1, 2, 4, 8, 16, 32, 60, 60}) {
      gate.refused(now, Optional.empty());

      assertThat(gate.comeBackIn()).contains(Duration.ofSeconds(seconds));
      now = now.plusSeconds(seconds);
      assertThat(gate.comeBackIn()).isEmpty();
    }
  }

  @Test
  void looksThatWereUnderWay_asItClosed_doNotCloseItForLonger() {
    Instant begun = now;
    for (int i = 0; i < 1000; i++) {
      gate.refused(begun, Optional.empty());
    }

    assertThat(gate.comeBackIn()).contains(Duration.ofSeconds(1));
  }

  @Test
  void serviceThatAsksForLonger_isLeftAloneForSoLong() {
    gate.refused(now, Optional.of(Duration.ofMinutes(7)));

    assertThat(gate.comeBackIn()).contains(Duration.ofMinutes(7));
  }

  @Test
  void serviceThatAnswersAgain_isTrustedAgain() {
    gate.refused(now, Optional.empty());
    now = now.plusSeconds(1);
    gate.refused(now, Optional.empty());
    now = now.plusSeconds(2);
    gate.answered(now);
    gate.refused(now, Optional.empty());

    assertThat(gate.comeBackIn()).contains(Duration.ofSeconds(1));
  }

  /** One that began before it closed tells nothing of whether it may open. */
  @Test
  void answerThatWasOnItsWay_opensNothing() {
    Instant begun = now;
    gate.refused(now, Optional.empty());
    gate.answered(begun);

    assertThat(gate.comeBackIn()).isPresent();
  }

  @Test
  void whatWasHeldBack_comesBackSpread() {
    gate.refused(now, Optional.empty());
    luck = 0.5;

    assertThat(gate.comeBackIn()).contains(Duration.ofMillis(1500));
  }
}
