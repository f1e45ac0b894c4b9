package seedance.workflows.chain;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.google.protobuf.ByteString;
import io.temporal.api.common.v1.Payload;
import io.temporal.common.converter.DataConverter;
import io.temporal.common.converter.DefaultDataConverter;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import seedance.workflows.generation.FailureType;
import seedance.workflows.json.Violation;
import seedance.workflows.request.GenerationOutput;
import seedance.workflows.request.GenerationReference;
import seedance.workflows.request.Money;
import seedance.workflows.request.Request;
import seedance.workflows.request.StepReference;

/**
 * The JSON that is in histories and in other languages' clients, as {@code WireFormGoldenTest} has
 * it for a single generation. The files are written anew with {@code -Dgolden.update=true}.
 */
class ChainWireFormTest {
  private static final Path GOLDEN = Path.of("src/test/resources/golden-chain");
  private static final DataConverter CONVERTER = DefaultDataConverter.newDefaultInstance();
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  /**
   * @param type what it is read as
   */
  record Case(String name, Class<?> type, Object value) {
    @Override
    public String toString() {
      return name;
    }
  }

  static List<Case> cases() {
    Money cost = new Money(new BigDecimal("5.0094"), "CNY");
    StepPlan opening =
        new StepPlan(
            "opening",
            Chains.json(Chains.request(Chains.V20, Chains.TEXT)),
            false,
            List.of(),
            "text · doubao-seedance-2-0 · 720p · 5 s",
            cost);
    StepPlan longer =
        new StepPlan(
            "longer",
            Chains.json(
                Chains.request("ep-1", Chains.TEXT + "," + Chains.video("step://opening/video"))),
            true,
            List.of("opening"),
            "reference · ep-1",
            null);
    ChainPlan plan =
        new ChainPlan(
            List.of(opening, longer),
            List.of("the cost of longer is not known beforehand"),
            null,
            ChainOptionsTest.OPTIONS);
    return List.of(
        new Case(
            "chain",
            Chain.class,
            Chain.of(
                ChainStep.step("opening", new Request(opening.request())),
                ChainStep.step("longer", new Request(longer.request())).afterApproval())),
        new Case("options", ChainOptions.class, ChainOptionsTest.OPTIONS),
        new Case("plan", ChainPlan.class, plan),
        new Case(
            "plan-cost-known",
            ChainPlan.class,
            new ChainPlan(List.of(opening), List.of(), cost, ChainOptions.DEFAULTS)),
        new Case("verdict-valid", ChainVerdict.class, new ChainVerdict.Valid(plan)),
        new Case(
            "verdict-invalid",
            ChainVerdict.class,
            new ChainVerdict.Invalid(List.of(new Violation("steps[0].id", "is missing")))),
        new Case("money", Money.class, cost),
        new Case(
            "total-cost",
            TotalCost.class,
            TotalCost.exactly(cost)
                .plus(TotalCost.atMost(cost, "longer"))
                .plus(TotalCost.without("shot"))),
        new Case(
            "failure",
            ChainFailure.class,
            new ChainFailure(
                FailureType.STEP_FAILED,
                FailureType.STEP_FAILED.failureClass(),
                FailureType.Charged.NO,
                "opening",
                "rejected: too dark",
                FailureType.STEP_FAILED.advice(),
                null,
                List.of(new ChainFailure.LostStep("longer", "rejected: too long", null)),
                List.of())),
        new Case(
            "progress",
            ChainProgress.class,
            new ChainProgress(
                "Making the steps",
                List.of(
                    new StepProgress(
                        "opening",
                        opening.summary(),
                        StepState.APPROVAL,
                        null,
                        null,
                        null,
                        cost,
                        null,
                        null,
                        List.of(StepChoice.APPROVE, StepChoice.SKIP, StepChoice.REJECT))),
                TotalCost.exactly(cost),
                cost,
                cost,
                "opening",
                List.of())));
  }

  @BeforeAll
  static void updateIfAsked() throws IOException {
    if (Boolean.getBoolean("golden.update")) {
      Files.createDirectories(GOLDEN);
      for (Case golden : cases()) {
        Files.writeString(file(golden), JSON.writeValueAsString(written(golden)) + "\n");
      }
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void value_isWrittenAsTheGoldenJson(Case golden) throws Exception {
    assertThat(written(golden)).isEqualTo(JSON.readTree(Files.readString(file(golden))));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void goldenJson_isReadAsTheValue(Case golden) throws Exception {
    assertThat(read(golden.type(), Files.readString(file(golden)))).isEqualTo(golden.value());
  }

  /** A {@link Chain} is the JSON itself, of which nothing is left aside. */
  static List<Case> thoseThatAreRead() {
    return cases().stream().filter(golden -> golden.type() != Chain.class).toList();
  }

  @ParameterizedTest
  @MethodSource("thoseThatAreRead")
  void fieldsOfALaterVersion_areLeftAside(Case golden) throws Exception {
    String later =
        Files.readString(file(golden)).replaceFirst("\\{", "{\"addedLater\":{\"a\":[1]},");

    assertThat(read(golden.type(), later)).isEqualTo(golden.value());
  }

  @Test
  void everyGoldenFile_isCompared() throws Exception {
    try (Stream<Path> files = Files.list(GOLDEN)) {
      assertThat(files).hasSize(cases().size());
    }
  }

  @Test
  void references_areTheirUrls() {
    for (Object reference :
        List.of(
            new StepReference("opening", GenerationOutput.LAST_FRAME),
            new GenerationReference("film.opening", GenerationOutput.VIDEO))) {
      String json = CONVERTER.toPayload(reference).orElseThrow().getData().toStringUtf8();
      assertThat(json).matches("\"(step|generation)://[a-z.]+/[a-z_]+\"");
      assertThat(read(reference.getClass(), json)).isEqualTo(reference);
    }
  }

  private static JsonNode written(Case golden) throws IOException {
    return JSON.readTree(CONVERTER.toPayload(golden.value()).orElseThrow().getData().toByteArray());
  }

  private static <T> T read(Class<T> type, String json) {
    Payload payload =
        Payload.newBuilder()
            .putMetadata("encoding", ByteString.copyFromUtf8("json/plain"))
            .setData(ByteString.copyFromUtf8(json))
            .build();
    return CONVERTER.fromPayload(payload, type, type);
  }

  private static Path file(Case golden) {
    return GOLDEN.resolve(golden.name() + ".json");
  }
}
