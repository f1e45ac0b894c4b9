package seedance.client.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static seedance.client.InMemorySystem.BODY;
import static seedance.client.InMemorySystem.await;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.temporal.api.common.v1.Payload;
import io.temporal.client.WorkflowFailedException;
import io.temporal.common.converter.CodecDataConverter;
import io.temporal.common.converter.DefaultDataConverter;
import io.temporal.payload.codec.PayloadCodec;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import seedance.client.DevServer;
import seedance.client.FakeWorker;
import seedance.client.GenerationFailedException;
import seedance.client.GenerationHandle;
import seedance.client.GenerationStart;
import seedance.client.LeftBehind;
import seedance.client.MayBeChargedException;
import seedance.client.SeedanceClient;
import seedance.client.UnreadableAnswerException;
import seedance.workflows.generation.FailureType;
import seedance.workflows.generation.FailureType.Charged;
import seedance.workflows.generation.Progress.Stage;
import seedance.workflows.generation.SubmissionDecision.Adopt;
import seedance.workflows.generation.SubmissionDecision.Resubmit;
import seedance.workflows.json.Json;
import seedance.workflows.request.ModelCatalogue;

/** A worker whose payload codec encrypts, and a client that has none, as whoever types commands. */
class WithoutTheCodecTest {
  private static final String QUEUE = "encrypted";

  @RegisterExtension static final DevServer SERVER = new DevServer();

  private static FakeWorker worker;
  private static SeedanceClient withCodec;
  private static SeedanceClient without;

  @TempDir private Path folder;

  @BeforeAll
  static void start() {
    worker =
        new FakeWorker(
            SERVER.address(),
            QUEUE,
            new CodecDataConverter(
                DefaultDataConverter.newDefaultInstance(), List.of(new Encryption())));
    withCodec = new SeedanceClient(worker.workflowClient(), QUEUE, ModelCatalogue.builtIn());
    without = new SeedanceClient(SERVER.worker().workflowClient(), QUEUE, ModelCatalogue.builtIn());
  }

  @AfterAll
  static void stop() {
    if (worker != null) {
      worker.close();
    }
  }

  /** Its last words say that an earlier submission was lost; its type alone says "not charged". */
  @Test
  void aFailureThatCannotBeRead_isChargedByItsHistory_andNotStartedAgain() {
    GenerationHandle asking = withCodec.start(BODY, id("lost-then-refused-secretly"));
    await().until(() -> asking.progress().stage() == Stage.DECIDE);
    asking.resolve(new Resubmit());

    GenerationFailedException failed = failureOf(without.handle("lost-then-refused-secretly"));

    assertThat(failed.type()).contains(FailureType.ACCOUNT_REFUSED);
    assertThat(failed.charged()).isEqualTo(Charged.MAYBE);
    assertThat(failed.leftBehind()).contains(new LeftBehind.UnknownSubmission(List.of()));
    assertThat(failed.advice()).startsWith("Look at the service's task list before starting again");
    assertThat(failed)
        .hasMessageStartingWith(failureOf(asking).getMessage())
        .hasMessageContaining("by its history: a request was sent")
        .message()
        .doesNotContain("Not charged");
    assertThatThrownBy(() -> without.start(BODY, id("lost-then-refused-secretly")))
        .isInstanceOf(MayBeChargedException.class);
    assertThat(run("show", "lost-then-refused-secretly").out())
        .contains("May be charged")
        .doesNotContain("Not charged");
    assertThat(
            GenerationFailedException.of(
                    catchThrowableOfType(
                        WorkflowFailedException.class,
                        () ->
                            without
                                .handle("lost-then-refused-secretly")
                                .workflow()
                                .getResult(Void.class)))
                .charged())
        .isEqualTo(Charged.MAYBE);
  }

  @Test
  void aFailureThatCannotBeRead_andBeforeWhichNothingWasSubmitted_isNotCharged() {
    Json wrong = BODY.with("duration", 1000);
    GenerationHandle refused = withCodec.start(wrong, id("wrong-secretly").withoutValidation());

    GenerationFailedException failed = failureOf(without.handle("wrong-secretly"));

    assertThat(failed.charged()).isEqualTo(Charged.NO);
    assertThat(failed).hasMessage(failureOf(refused).getMessage());
    assertThat(failed.leftBehind()).contains(new LeftBehind.Nothing());
  }

  @Test
  void whatMayWaitForADecision_isListed_andItsAnswersAreSaidToBeUnreadable() {
    GenerationHandle asking = withCodec.start(BODY, id("lost-held-secretly"));
    await().until(() -> asking.progress().stage() == Stage.DECIDE);

    await()
        .untilAsserted(
            () ->
                assertThat(run("list", "--needs-decision").out())
                    .containsPattern("lost-held-secretly .*not readable here"));
    assertThat(run("list").out())
        .containsPattern("lost-held-secretly +generation +may need a decision");
    CommandRun shown = run("show", "lost-held-secretly");
    CommandRun decided = run("resolve", "lost-held-secretly", "--adopt", "cgt-1");

    assertThat(shown.exitCode()).isEqualTo(3);
    assertThat(shown.err()).contains("cannot be read here", "payload codec");
    assertThat(decided.exitCode()).isEqualTo(3);
    assertThat(decided.err()).contains("Nothing was sent", "cannot be read here");
    assertThat(shown.err() + decided.err()).doesNotContain("no worker answer");
    assertThatThrownBy(() -> without.handle("lost-held-secretly").progress())
        .isInstanceOf(UnreadableAnswerException.class);
    assertThat(asking.progress().stage()).isEqualTo(Stage.DECIDE);
    asking.resolve(new Adopt("cgt-1"));
    await().until(() -> asking.progress().stage() == Stage.AWAIT);
    CommandRun following =
        CommandRun.doing(
            () -> worker.activities().release(),
            "cannot be read here",
            folder,
            Map.of("TEMPORAL_ADDRESS", SERVER.address()),
            "show",
            "lost-held-secretly",
            "--follow");

    assertThat(following.exitCode()).isEqualTo(3);
    assertThat(following.out()).contains("its end is waited for").doesNotContain("No worker");
    assertThat(run("show", "lost-held-secretly").err())
        .contains("cannot be read here")
        .doesNotContain("error of seedance itself");
    assertThat(asking.result().taskId()).isEqualTo("cgt-1");
  }

  private static GenerationStart id(String workflowId) {
    return GenerationStart.withId(workflowId);
  }

  private static GenerationFailedException failureOf(GenerationHandle generation) {
    return catchThrowableOfType(GenerationFailedException.class, generation::result);
  }

  private CommandRun run(String... arguments) {
    return CommandRun.in(folder, Map.of("TEMPORAL_ADDRESS", SERVER.address()), "", arguments);
  }

  /** No cipher, but as unreadable as one to whoever does not know it. */
  private static final class Encryption implements PayloadCodec {
    private static final String ENCODING = "binary/encrypted";

    @Override
    public List<Payload> encode(List<Payload> payloads) {
      return payloads.stream()
          .map(
              plain ->
                  Payload.newBuilder()
                      .putMetadata("encoding", ByteString.copyFromUtf8(ENCODING))
                      .setData(flipped(plain.toByteString()))
                      .build())
          .toList();
    }

    @Override
    public List<Payload> decode(List<Payload> payloads) {
      return payloads.stream().map(Encryption::decoded).toList();
    }

    private static Payload decoded(Payload payload) {
      try {
        return payload
                .getMetadataOrDefault("encoding", ByteString.EMPTY)
                .toStringUtf8()
                .equals(ENCODING)
            ? Payload.parseFrom(flipped(payload.getData()))
            : payload;
      } catch (InvalidProtocolBufferException e) {
        throw new IllegalStateException(e);
      }
    }

    private static ByteString flipped(ByteString bytes) {
      byte[] all = bytes.toByteArray();
      for (int i = 0; i < all.length; i++) {
        all[i] ^= 0x55;
      }
      return ByteString.copyFrom(all);
    }
  }
}
