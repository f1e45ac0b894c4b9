package seedance.workflows.generation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.temporal.common.converter.DataConverter;
import io.temporal.common.converter.DefaultDataConverter;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.CanceledFailure;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import seedance.workflows.chain.ChainFailure;
import seedance.workflows.chain.OnStepFailure;
import seedance.workflows.chain.OverBudget;
import seedance.workflows.chain.StepChoice;
import seedance.workflows.chain.StepState;
import seedance.workflows.generation.FailureType.Charged;
import seedance.workflows.generation.FailureType.FailureClass;

class FailureTest {
  private static final GenerationFailure MODERATED =
      GenerationFailure.because(FailureType.OUTPUT_MODERATED, "cgt-1", "the third second");

  @Test
  void aFailure_isFoundInWhateverItCameIn() {
    Throwable thrown = new IllegalStateException(received(MODERATED.toApplicationFailure()));

    assertThat(GenerationFailure.in(thrown)).contains(MODERATED);
    Optional<ChainFailure> plain = ChainFailure.in(thrown);
    assertThat(plain.map(Failure::type)).contains(FailureType.OUTPUT_MODERATED);
  }

  @Test
  void whatIsNotOurs_isNone() {
    assertThat(GenerationFailure.in(new CanceledFailure("cancelled"))).isEmpty();
    assertThat(GenerationFailure.in(ApplicationFailure.newFailure("theirs", "Theirs"))).isEmpty();
    ApplicationFailure detailed = ApplicationFailure.newFailure("theirs", "Theirs", "a detail");
    assertThat(GenerationFailure.in(detailed)).isEmpty();
    assertThat(GenerationFailure.in(received(detailed))).isEmpty();
  }

  /** As it comes out of a history. */
  private static RuntimeException received(ApplicationFailure thrown) {
    DataConverter json = DefaultDataConverter.STANDARD_INSTANCE;
    return json.failureToException(json.exceptionToFailure(thrown));
  }

  @ParameterizedTest
  @MethodSource("words")
  void anEnum_printsItsWordInJson(Enum<?> constant) {
    assertThat(new ObjectMapper().valueToTree(constant).asText()).isEqualTo(constant.toString());
  }

  static Stream<Enum<?>> words() {
    return Stream.<Enum<?>[]>of(
            FailureType.values(),
            FailureClass.values(),
            Charged.values(),
            Artifact.Kind.values(),
            Progress.Stage.values(),
            Marking.values(),
            OnCancel.values(),
            StepState.values(),
            StepChoice.values(),
            OnStepFailure.values(),
            OverBudget.values())
        .flatMap(Stream::of);
  }
}
