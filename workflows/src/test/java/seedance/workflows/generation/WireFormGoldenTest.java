package seedance.workflows.generation;

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
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import seedance.workflows.json.Json;
import seedance.workflows.json.Violation;
import seedance.workflows.request.Price;
import seedance.workflows.request.TokenCount;

/**
 * The JSON that is in histories and in other languages' clients. A golden file that has to change
 * is a change of the contract: running workflows and other teams read the old form. They are
 * written anew with {@code -Dgolden.update=true}.
 */
class WireFormGoldenTest {
  private static final Path GOLDEN = Path.of("src/test/resources/golden");
  private static final DataConverter CONVERTER = DefaultDataConverter.newDefaultInstance();
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();
  private static final Instant AT = Instant.parse("2026-11-22T18:45:00.123Z");
  private static final Problem PROBLEM = new Problem("the service is busy (429)", AT);
  private static final ServiceError ERROR =
      new ServiceError(
          FailureType.OUTPUT_MODERATED,
          "OutputVideoSensitiveContentDetected",
          "content",
          "0217001");
  private static final URI MANIFEST = URI.create("file:///clips/one/manifest.json");
  private static final Artifact LAST_FRAME =
      new Artifact(
          Artifact.Kind.LAST_FRAME,
          URI.create("file:///clips/one/last_frame.png"),
          "image/png",
          77,
          "a0".repeat(32));
  private static final Json REQUEST =
      Json.read(
              """
                  {"model":"doubao-seedance-2-0","content":[{"type":"text","text":"一只橘猫"},
                   {"type":"image_url","image_url":{"url":"https://a.example/1.jpg"},
                    "role":"reference_image"}],
                   "seed":4294967295,"duration":-1,"watermark":false,"some_snake_case":{"a":[1.50]}}
                  """)
          .orElseThrow();
  private static final SubmissionName NAME =
      new SubmissionName("0198c7c6-6f0e-7c41-9b36-2f6f2ad31e0c/5b1d1d86-7d0c-3c3f", 1);
  private static final String EARLIER =
      "an earlier submission of 2026-11-22T18:45:00Z went without an answer: the reply was lost";
  private static final String SUBMISSION_ID = "0d6c1c2e-6f2a-4a0f-9b5e-3c5f6f3e2a11";
  private static final TaskTraits TRAITS =
      new TaskTraits(
          List.of("doubao-seedance-2-0", "doubao-seedance-2-0-260128"),
          97151L,
          "720p",
          "16:9",
          5,
          "user-7");
  private static final SubmitOutcome.Accepted ACCEPTED =
      new SubmitOutcome.Accepted("cgt-20261122-abcde", AT, Duration.ofSeconds(66));
  private static final GenerationOutcome NOTHING_REPORTED =
      new GenerationOutcome(null, null, null, null, null, null, null, null, null, null, null, null);

  /**
   * @param type what it is read as
   */
  record Case(String name, Class<?> type, Object value) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static final String GROUP = "doubao-seedance-2-0-260128 720p 5 s";

  private static final SubmitOutcome.Accepted EXPECTED =
      new SubmitOutcome.Accepted(
          "cgt-20261122-abcde",
          AT,
          Duration.ofSeconds(80),
          new Expectation(
              AT.plusSeconds(110),
              AT.plusSeconds(140),
              new RunTime(AT, Duration.ofSeconds(110), 0.19, 12)),
          Callbacks.ASKED_FOR);

  static List<Case> cases() {
    GenerationPlan plan = ScriptedActivities.PLAN;
    return List.of(
        new Case("request", Json.class, REQUEST),
        new Case(
            "options",
            GenerationOptions.class,
            new GenerationOptions(
                true,
                Duration.ofHours(36),
                new UnknownSubmissionPolicy.Resubmit(2, true),
                Optional.of(Duration.ofHours(48)),
                OnCancel.COLLECT,
                Optional.of("cgt-20261122-abcde"))),
        new Case(
            "result",
            GenerationResult.class,
            new GenerationResult(
                "cgt-20261122-abcde",
                "doubao-seedance-2-0",
                ScriptedActivities.OUTCOME,
                List.of(ScriptedActivities.CLIP, LAST_FRAME),
                MANIFEST,
                new Timings(
                    Duration.ofSeconds(6),
                    Duration.ofMillis(103_500),
                    Duration.ofSeconds(4),
                    Duration.ofSeconds(2)),
                UsageCost.of(ScriptedActivities.OUTCOME, plan))),
        new Case(
            "result-nothing-reported",
            GenerationResult.class,
            new GenerationResult(
                "cgt-20261122-abcde",
                "ep-1",
                NOTHING_REPORTED,
                List.of(ScriptedActivities.CLIP),
                MANIFEST,
                new Timings(Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO),
                Cost.unknown("the service reported no usage"))),
        new Case(
            "cost-doubted",
            Cost.class,
            new Cost(new BigDecimal("230"), "CNY", "by the list", "more than can be")),
        new Case(
            "plan-noted",
            GenerationPlan.class,
            new GenerationPlan(
                "text",
                "doubao-seedance-2-O",
                null,
                5,
                Duration.ofMinutes(2),
                GenerationPlan.USUAL_EXPIRY,
                null,
                Marking.NONE,
                TaskTraits.ANY,
                GenerationOptions.DEFAULTS,
                new TokenCount(108_000, 108_900),
                "doubao-seedance-2-O 5 s",
                List.of("no such model is known here", "the prompt holds --dur"))),
        new Case(
            "progress-noted",
            Progress.class,
            new Progress(
                AT,
                Progress.Stage.SUBMIT,
                "text",
                null,
                null,
                "doubao-seedance-2-O",
                0,
                null,
                null,
                null,
                null,
                null,
                null,
                List.of("no such model is known here"))),
        new Case(
            "progress-expected",
            Progress.class,
            Progress.start().submitting(plan).awaiting(EXPECTED, plan)),
        new Case("progress-start", Progress.class, Progress.start()),
        new Case(
            "progress",
            Progress.class,
            new Progress(
                Progress.Stage.AWAIT,
                plan.summary(),
                "running",
                "cgt-20261122-abcde",
                plan.model(),
                3,
                AT.plusSeconds(9),
                AT.plusSeconds(60),
                PROBLEM,
                null)),
        new Case(
            "progress-decide",
            Progress.class,
            new Progress(
                Progress.Stage.DECIDE,
                plan.summary(),
                null,
                null,
                plan.model(),
                0,
                AT.plusSeconds(300),
                null,
                null,
                new UnknownSubmission(
                    AT,
                    "no answer came in time",
                    "two tasks of the service's list fit",
                    List.of("cgt-20261122-abcde", "cgt-20261122-fghij")))),
        new Case(
            "failure-invalid-request",
            GenerationFailure.class,
            GenerationFailure.invalidRequest(
                List.of(
                    new Violation("content[2].role", "is missing"),
                    new Violation("options.submitWithin", "must be over 0")))),
        new Case(
            "failure-by-service",
            GenerationFailure.class,
            GenerationFailure.byService(ERROR, "cgt-20261122-abcde")),
        new Case(
            "failure-after-a-lost-submission",
            GenerationFailure.class,
            GenerationFailure.byService(ERROR, "cgt-20261122-abcde").after(EARLIER)),
        new Case(
            "failure-in-the-services-words",
            GenerationFailure.class,
            GenerationFailure.byService(
                new ServiceError(
                    FailureType.REQUEST_REJECTED,
                    "InvalidParameter",
                    null,
                    null,
                    "role is missing"),
                "cgt-20261122-abcde")),
        new Case(
            "failure-submission-unknown",
            GenerationFailure.class,
            GenerationFailure.because(
                FailureType.SUBMISSION_UNKNOWN, null, "no answer came in time")),
        new Case("plan", GenerationPlan.class, plan),
        new Case(
            "plan-little-known",
            GenerationPlan.class,
            new GenerationPlan(
                "reference",
                "ep-1",
                null,
                null,
                Duration.ofMinutes(2),
                GenerationPlan.USUAL_EXPIRY,
                null,
                Marking.NONE,
                TaskTraits.ANY,
                GenerationOptions.DEFAULTS)),
        new Case(
            "submission",
            Submission.class,
            new Submission(
                SUBMISSION_ID,
                REQUEST,
                new Marker.SafetyIdentifier("submission-1"),
                TRAITS,
                Duration.ofSeconds(110),
                2)),
        new Case(
            "submission-named",
            Submission.class,
            new Submission(
                NAME.id(),
                REQUEST,
                new Marker.None(),
                TRAITS,
                Duration.ofSeconds(110),
                2,
                NAME,
                GROUP)),
        new Case("marker-seed", Marker.class, new Marker.Seed(97151)),
        new Case(
            "marker-safety-identifier", Marker.class, new Marker.SafetyIdentifier("submission-1")),
        new Case("marker-none", Marker.class, new Marker.None()),
        new Case(
            "reconcile-request",
            ReconcileRequest.class,
            new ReconcileRequest(
                SUBMISSION_ID,
                new Marker.Seed(97151),
                TRAITS,
                AT,
                AT.plusSeconds(60),
                Duration.ofSeconds(110),
                3)),
        new Case(
            "reconcile-request-named",
            ReconcileRequest.class,
            new ReconcileRequest(
                NAME.id(),
                new Marker.None(),
                TRAITS,
                AT,
                AT.plusSeconds(60),
                Duration.ofSeconds(110),
                3,
                NAME,
                GROUP)),
        new Case("reconciled-found", Reconciliation.class, new Reconciliation.Found(ACCEPTED)),
        new Case(
            "reconciled-found-of-another",
            Reconciliation.class,
            new Reconciliation.Found(ACCEPTED, NAME.id())),
        new Case(
            "reconciled-not-yet",
            Reconciliation.class,
            new Reconciliation.NotYet(PROBLEM, Duration.ofSeconds(30))),
        new Case(
            "reconciled-not-found",
            Reconciliation.class,
            new Reconciliation.NotFound(PROBLEM, Duration.ofMinutes(5))),
        new Case(
            "reconciled-cannot-tell",
            Reconciliation.class,
            new Reconciliation.CannotTell(
                PROBLEM, List.of("cgt-20261122-abcde"), Duration.ofMinutes(5))),
        new Case(
            "adopt-request",
            AdoptRequest.class,
            new AdoptRequest(
                "cgt-20261122-abcde", SUBMISSION_ID, Duration.ofSeconds(110), 1, null)),
        new Case("adopted", Adoption.class, new Adoption.Adopted(ACCEPTED)),
        new Case("adopt-refused", Adoption.class, new Adoption.Refused(PROBLEM)),
        new Case(
            "adopt-not-yet", Adoption.class, new Adoption.NotYet(PROBLEM, Duration.ofSeconds(5))),
        new Case("cancel-request", CancelRequest.class, new CancelRequest("cgt-20261122-abcde", 2)),
        new Case("cancelled", CancelOutcome.class, new CancelOutcome.Cancelled()),
        new Case("cancel-too-late", CancelOutcome.class, new CancelOutcome.TooLate(PROBLEM)),
        new Case("cancel-over", CancelOutcome.class, new CancelOutcome.Over()),
        new Case(
            "cancel-not-yet",
            CancelOutcome.class,
            new CancelOutcome.NotYet(PROBLEM, Duration.ofSeconds(5))),
        new Case(
            "look-request",
            LookRequest.class,
            new LookRequest(
                "cgt-20261122-abcde",
                AT,
                Duration.ofSeconds(110),
                Duration.ofHours(1),
                2,
                AT.plusSeconds(9))),
        new Case(
            "look-request-stored",
            LookRequest.class,
            new LookRequest(
                    "cgt-20261122-abcde", AT, Duration.ofSeconds(110), Duration.ofHours(1), 0, null)
                .withStoredRequest(SUBMISSION_ID)),
        new Case(
            "look-request-seen",
            LookRequest.class,
            LookRequest.first(EXPECTED, plan)
                .afterLook(new Look.Going("queued", AT, Duration.ofMinutes(1)))
                .afterLook(new Look.Going("running", AT.plusSeconds(60), Duration.ofMinutes(1)))),
        new Case(
            "hand-off-request",
            HandOffRequest.class,
            new HandOffRequest(
                "cgt-20261122-abcde",
                REQUEST,
                ScriptedActivities.OUTCOME,
                new Cost(new BigDecimal("5.0094"), "CNY", "by the list"),
                AT,
                AT.plusSeconds(110),
                1)),
        new Case(
            "hand-off-request-stored",
            HandOffRequest.class,
            new HandOffRequest(
                "cgt-20261122-abcde",
                null,
                SUBMISSION_ID,
                "doubao-seedance-2-0",
                "720p",
                5,
                ScriptedActivities.OUTCOME,
                null,
                AT,
                AT.plusSeconds(110),
                3,
                AT.plusSeconds(120),
                SUBMISSION_ID,
                GROUP,
                new Sightings(AT.plusSeconds(7), AT.plusSeconds(60), AT.plusSeconds(100), true))),
        continuation("submitting", new Position.Submitting(1, 21, AT)),
        continuation("adopting", new Position.Adopting("cgt-20261122-abcde", 4)),
        continuation(
            "reconciling",
            new Position.Reconciling(
                new ReconcileRequest(
                    SUBMISSION_ID,
                    new Marker.Seed(97151),
                    TRAITS,
                    AT,
                    AT.plusSeconds(45),
                    Duration.ofSeconds(110),
                    180),
                PROBLEM,
                new Position.Submitting(0, 1, AT))),
        new Case(
            "continuation-resubmitted",
            Continuation.class,
            at(new Position.Submitting(1, 21, AT), EARLIER)),
        continuation(
            "awaiting",
            new Position.Awaiting(
                ACCEPTED,
                LookRequest.first(ACCEPTED, plan),
                Duration.ofMinutes(5),
                "Running",
                AT.plusSeconds(7))),
        continuation(
            "handing-off",
            new Position.HandingOff(
                ACCEPTED, ScriptedActivities.OUTCOME, null, AT.plusSeconds(110), 181, AT, null)),
        new Case("validation-valid", Validation.class, new Validation.Valid(plan)),
        new Case(
            "validation-valid-stored", Validation.class, new Validation.Valid(plan, SUBMISSION_ID)),
        new Case(
            "validation-invalid",
            Validation.class,
            new Validation.Invalid(List.of(new Violation("duration", "write 5")))),
        new Case("submit-accepted", SubmitOutcome.class, ACCEPTED),
        new Case("submit-accepted-expected", SubmitOutcome.class, EXPECTED),
        new Case(
            "submit-not-created",
            SubmitOutcome.class,
            new SubmitOutcome.NotCreated(PROBLEM, Duration.ofMillis(5_500))),
        new Case("submit-rejected", SubmitOutcome.class, new SubmitOutcome.Rejected(ERROR)),
        new Case("submit-unknown", SubmitOutcome.class, new SubmitOutcome.Unknown(PROBLEM)),
        new Case("look-going", Look.class, new Look.Going("running", AT, Duration.ofMillis(9_167))),
        new Case(
            "look-going-in-doubt",
            Look.class,
            new Look.Going("succeeded_no_video_yet", AT, Duration.ofMillis(9_167), PROBLEM, null)),
        new Case(
            "look-going-expected",
            Look.class,
            new Look.Going("running", AT, Duration.ofMillis(9_167), null, EXPECTED.expectation())),
        new Case(
            "look-not-seen", Look.class, new Look.NotSeen(PROBLEM, true, Duration.ofMinutes(5))),
        new Case("look-succeeded", Look.class, new Look.Succeeded(ScriptedActivities.OUTCOME, AT)),
        new Case(
            "look-failed",
            Look.class,
            new Look.Failed(new ServiceError(FailureType.TASK_EXPIRED, null, null, null), AT)),
        new Case(
            "hand-off-stored",
            HandOffOutcome.class,
            new HandOffOutcome.Stored(List.of(ScriptedActivities.CLIP, LAST_FRAME), MANIFEST, AT)),
        new Case(
            "hand-off-not-stored",
            HandOffOutcome.class,
            new HandOffOutcome.NotStored(PROBLEM, Duration.ofSeconds(5))),
        new Case("hand-off-lost", HandOffOutcome.class, new HandOffOutcome.Lost(PROBLEM)),
        new Case(
            "price",
            Price.class,
            new Price(new BigDecimal("4.2"), "CNY", "list price of doubao-seedance-1-0-pro-fast")));
  }

  private static Case continuation(String name, Position position) {
    return new Case("continuation-" + name, Continuation.class, at(position, null));
  }

  private static Continuation at(Position position, String earlier) {
    return new Continuation(
        ScriptedActivities.PLAN,
        SUBMISSION_ID,
        "chain-run/" + SUBMISSION_ID,
        "chain-run/" + SUBMISSION_ID,
        AT,
        Progress.start().submitting(ScriptedActivities.PLAN),
        position,
        earlier);
  }

  static Stream<Case> ourOwn() {
    return cases().stream().filter(golden -> golden.type() != Json.class);
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
    assertThat(read(golden, Files.readString(file(golden)))).isEqualTo(golden.value());
  }

  /** A newer worker may have written more. The request is the client's own and keeps everything. */
  @ParameterizedTest
  @MethodSource("ourOwn")
  void fieldsOfALaterVersion_areLeftAside(Case golden) throws Exception {
    String later =
        Files.readString(file(golden)).replaceFirst("\\{", "{\"addedLater\":{\"a\":[1]},");

    assertThat(read(golden, later)).isEqualTo(golden.value());
  }

  @Test
  void everyVariantOfEveryOutcome_hasAGoldenFile() {
    List<Class<?>> covered = new ArrayList<>();
    cases().forEach(golden -> covered.add(golden.value().getClass()));

    for (Class<?> outcome :
        List.of(
            Validation.class,
            Marker.class,
            SubmitOutcome.class,
            Reconciliation.class,
            Adoption.class,
            Look.class,
            CancelOutcome.class,
            HandOffOutcome.class)) {
      assertThat(covered).containsAll(Arrays.asList(outcome.getPermittedSubclasses()));
    }
    assertThat(
            cases().stream()
                .map(Case::value)
                .filter(Continuation.class::isInstance)
                .map(value -> ((Continuation) value).position().getClass())
                .distinct())
        .hasSize(5);
  }

  @Test
  void everyGoldenFile_isCompared() throws Exception {
    try (Stream<Path> files = Files.list(GOLDEN)) {
      assertThat(files).hasSize(cases().size());
    }
  }

  @Test
  void namesOfTheFailures_stayAsTheyAre() {
    Map<String, String> names = new LinkedHashMap<>();
    for (FailureType type : FailureType.values()) {
      names.put(type.type(), type.failureClass().label() + " " + type.charged().label());
    }

    assertThat(names)
        .containsExactly(
            Map.entry("InvalidRequest", "caller no"),
            Map.entry("RequestRejected", "caller no"),
            Map.entry("InputModerated", "moderation no"),
            Map.entry("OutputModerated", "moderation no"),
            Map.entry("AccountRefused", "account no"),
            Map.entry("ModelUnavailable", "account no"),
            Map.entry("RouteNotFound", "account no"),
            Map.entry("QuotaExhausted", "account no"),
            Map.entry("NotAcceptedInTime", "capacity no"),
            Map.entry("SubmissionUnknown", "provider maybe"),
            Map.entry("DecisionRefused", "caller maybe"),
            Map.entry("NothingToAdopt", "caller maybe"),
            Map.entry("ReferenceUnavailable", "caller no"),
            Map.entry("InputUnavailable", "caller no"),
            Map.entry("TaskFailed", "provider no"),
            Map.entry("NoCapacity", "capacity no"),
            Map.entry("TaskExpired", "capacity no"),
            Map.entry("TaskCancelled", "caller no"),
            Map.entry("DeadlinePassed", "caller maybe"),
            Map.entry("VerdictOverdue", "provider maybe"),
            Map.entry("TaskVanished", "provider maybe"),
            Map.entry("ClipLost", "provider yes"),
            Map.entry("NotSubmitted", "caller no"),
            Map.entry("Cancelled", "caller no"),
            Map.entry("Abandoned", "caller maybe"),
            Map.entry("StepFailed", "caller maybe"),
            Map.entry("ChainCancelled", "caller maybe"),
            Map.entry("InternalError", "bug maybe"));
  }

  private static JsonNode written(Case golden) throws IOException {
    return JSON.readTree(CONVERTER.toPayload(golden.value()).orElseThrow().getData().toByteArray());
  }

  private static Object read(Case golden, String json) {
    Payload payload =
        Payload.newBuilder()
            .putMetadata("encoding", ByteString.copyFromUtf8("json/plain"))
            .setData(ByteString.copyFromUtf8(json))
            .build();
    return CONVERTER.fromPayload(payload, golden.type(), golden.type());
  }

  private static Path file(Case golden) {
    return GOLDEN.resolve(golden.name() + ".json");
  }
}
