package seedance.worker.dev.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import seedance.activities.SeedanceConfiguration;
import seedance.activities.provider.Dialect;
import seedance.activities.provider.Secret;
import seedance.worker.dev.simulator.Effect;
import seedance.worker.dev.simulator.Fault;
import seedance.worker.dev.simulator.Operation;
import seedance.worker.dev.simulator.SimulatorSettings;

/** What users' tests get; that a generation goes through it, the README's test shows. */
class SimulatedSeedanceExtensionTest {
  private static final Fault FAULT = Fault.next(Operation.CREATE, new Effect.LostReply());

  @RegisterExtension
  static final SimulatedSeedanceExtension forTheClass = SimulatedSeedanceExtension.atSpeed(400);

  @RegisterExtension
  final SimulatedSeedanceExtension forTheTest =
      SimulatedSeedanceExtension.of(SimulatorSettings.builder().build());

  @Test
  void configuration_leadsToTheService_itsPace_andAStoreOfItsOwn() throws IOException {
    SeedanceConfiguration configuration = forTheClass.configuration(Dialect.ARK);

    assertThat(configuration.provider().baseUrl()).isEqualTo(forTheClass.service().baseUrl());
    assertThat(configuration.provider().dialect()).isEqualTo(Dialect.ARK);
    assertThat(forTheClass.configuration().provider().dialect()).isEqualTo(Dialect.GATEWAY);
    assertThat(configuration.schedule().expected(Duration.ofSeconds(400)))
        .isEqualTo(Duration.ofSeconds(1));
    configuration.store().checkWritable();
    assertThat(forTheClass.store()).isDirectory().isNotEqualTo(forTheTest.store());
  }

  @Test
  void configuration_hasAKeyThatTheServiceAccepts() throws IOException {
    SimulatedSeedanceExtension keyed =
        SimulatedSeedanceExtension.of(SimulatorSettings.builder().apiKeys(Set.of("a-key")).build());
    keyed.beforeEach(null);
    try {
      assertThat(keyed.configuration().provider().apiKey()).isEqualTo(Secret.of("a-key"));
    } finally {
      keyed.afterEach(null);
    }
  }

  @Test
  void staticOne_isOneForAllTests_whoseFaultsEndWithEach() throws IOException {
    SimulatedSeedanceExtension seedance = SimulatedSeedanceExtension.atSpeed(400);
    seedance.beforeAll(null);
    seedance.beforeEach(null);
    int port = seedance.service().port();
    seedance.service().inject(FAULT);
    seedance.afterEach(null);
    seedance.beforeEach(null);

    assertThat(seedance.service().port()).isEqualTo(port);
    assertThat(seedance.service().faults()).isEmpty();

    seedance.afterEach(null);
    seedance.afterAll(null);
  }

  @Test
  void afterTheTests_nothingIsLeft() throws IOException {
    SimulatedSeedanceExtension seedance = SimulatedSeedanceExtension.atSpeed(400);
    seedance.beforeEach(null);
    Path store = Files.writeString(seedance.store().resolve("clip"), "").getParent();
    seedance.afterEach(null);

    assertThat(store).doesNotExist();
    assertThatThrownBy(seedance::service).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(seedance::configuration).isInstanceOf(IllegalStateException.class);
  }

  @Nested
  class InANestedClass {
    @Test
    void staticOne_isTheOuterClasses() {
      assertThat(forTheClass.service().port()).isNotEqualTo(forTheTest.service().port());
      assertThat(forTheClass.service().books().createsReceived()).isZero();
    }
  }
}
