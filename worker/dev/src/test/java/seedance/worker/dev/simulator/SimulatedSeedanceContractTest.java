package seedance.worker.dev.simulator;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Timeout;
import seedance.activities.provider.Cancellation;
import seedance.activities.provider.Creation;
import seedance.activities.provider.Dialect;
import seedance.activities.provider.HttpVideoProvider;
import seedance.activities.provider.Listing;
import seedance.activities.provider.ProviderSettings;
import seedance.activities.provider.Secret;
import seedance.activities.provider.TaskLook;
import seedance.activities.provider.VideoProvider;
import seedance.activities.provider.VideoProviderContract;
import seedance.workflows.json.Json;

/**
 * The activities' provider against the simulated service: the same contract as against the scripted
 * one, in both dialects and in every form in which a gateway answers.
 */
@Timeout(300)
class SimulatedSeedanceContractTest {
  private static final String KEY = "the-right-key-0123456789";

  /** Some five looks see a task from its queue to its end, however fast or slow they come. */
  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(30);

  @Nested
  class ArkReplies extends Contract {
    ArkReplies() {
      super(GatewayReply.ARK, true);
    }
  }

  @Nested
  class OpenAiVideoReplies extends Contract {
    OpenAiVideoReplies() {
      super(GatewayReply.OPENAI_VIDEO, false);
    }
  }

  @Nested
  class FlatReplies extends Contract {
    FlatReplies() {
      super(GatewayReply.FLAT, false);
    }
  }

  @Nested
  class EnvelopeReplies extends Contract {
    EnvelopeReplies() {
      super(GatewayReply.ENVELOPE, true);
    }
  }

  /** The clip's URL is the gateway's own, and wants the key. */
  @Nested
  class KeyedUrls extends Contract {
    KeyedUrls() {
      super(GatewayReply.KEYED_URL, false);
    }
  }

  /** No URL at all, and ids of two hundred characters. */
  @Nested
  class NoUrlsAndLongIds extends Contract {
    NoUrlsAndLongIds() {
      super(GatewayReply.NO_URL, false, TaskIdForm.LONG);
    }
  }

  abstract static class Contract extends VideoProviderContract {
    private final GatewayReply reply;
    private final boolean gatewayReportsFacts;
    private final TaskIdForm taskIds;

    Contract(GatewayReply reply, boolean gatewayReportsFacts) {
      this(reply, gatewayReportsFacts, TaskIdForm.ARK);
    }

    Contract(GatewayReply reply, boolean gatewayReportsFacts, TaskIdForm taskIds) {
      this.reply = reply;
      this.gatewayReportsFacts = gatewayReportsFacts;
      this.taskIds = taskIds;
    }

    @Override
    protected Service start(Dialect dialect, Fault fault) {
      SettableClock still = new SettableClock();
      HastenedClock hastened = new HastenedClock();
      boolean stands = fault == Fault.QUEUE_STANDS;
      SimulatedSeedance simulator =
          SimulatedSeedance.start(
              SimulatorSettings.builder()
                  .clock(stands ? still : hastened)
                  .apiKeys(Set.of(KEY))
                  .gatewayReply(reply)
                  .taskIds(taskIds)
                  .build());
      inject(simulator, fault);
      return new Simulated(
          simulator, still, hastened, dialect, dialect == Dialect.ARK || gatewayReportsFacts);
    }

    private static void inject(SimulatedSeedance simulator, Fault fault) {
      switch (fault) {
        case NONE, QUEUE_STANDS -> {}
        case REPLY_LOST -> always(simulator, Operation.CREATE, new Effect.LostReply());
        case ERROR_AFTER_CREATE ->
            always(simulator, Operation.CREATE, new Effect.ServiceFailure(Moment.AFTER, 500, null));
        case BUSY ->
            always(simulator, Operation.CREATE, new Effect.RateLimited("ServerOverloaded", null));
        case LOOKS_FAIL ->
            always(simulator, Operation.LOOK, new Effect.ServiceFailure(Moment.BEFORE, 500, null));
      }
    }

    private static void always(SimulatedSeedance simulator, Operation on, Effect effect) {
      simulator.inject(seedance.worker.dev.simulator.Fault.always(on, effect));
    }
  }

  /** The time of day, and ahead of it by {@link #BETWEEN_LOOKS} for every look so far. */
  private static final class HastenedClock extends Clock {
    private final AtomicInteger looks = new AtomicInteger();

    @Override
    public Instant instant() {
      return Instant.now().plus(BETWEEN_LOOKS.multipliedBy(looks.get()));
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      throw new UnsupportedOperationException();
    }
  }

  /** Each look lets the service's time pass. */
  private record Hastening(VideoProvider provider, HastenedClock clock) implements VideoProvider {
    @Override
    public Creation create(Json body, Instant sendBefore) {
      return provider.create(body, sendBefore);
    }

    @Override
    public TaskLook look(String taskId, Duration within) {
      TaskLook look = provider.look(taskId, within);
      clock.looks.incrementAndGet();
      return look;
    }

    @Override
    public Listing list(Instant createdFrom, Instant createdUntil) {
      return provider.list(createdFrom, createdUntil);
    }

    @Override
    public Cancellation cancel(String taskId, Instant sendBefore) {
      return provider.cancel(taskId, sendBefore);
    }
  }

  private record Simulated(
      SimulatedSeedance simulator,
      SettableClock clock,
      HastenedClock hastened,
      Dialect dialect,
      boolean reportsFacts)
      implements VideoProviderContract.Service {
    @Override
    public VideoProvider provider() {
      return provider(KEY);
    }

    @Override
    public VideoProvider providerWithWrongKey() {
      return provider("a-wrong-key-0123456789");
    }

    private VideoProvider provider(String key) {
      return new Hastening(new HttpVideoProvider(settings(key)), hastened);
    }

    @Override
    public ProviderSettings settings() {
      return settings(KEY);
    }

    private ProviderSettings settings(String key) {
      return new ProviderSettings(simulator.baseUrl(), dialect, Secret.of(key));
    }

    @Override
    public int tasksMade() {
      return (int) simulator.books().tasksCreated();
    }

    @Override
    public Json moderatedBody() {
      return new Json(
          Map.of(
              "model",
              "doubao-seedance-2-0",
              "content",
              List.of(Map.of("type", "text", "text", "a cat [simulate:failed]"))));
    }

    /** A task is queued for some 2 s and runs for some 100. */
    @Override
    public void letTasksStart() {
      clock.advance(Duration.ofSeconds(10));
    }

    @Override
    public void close() {
      simulator.close();
    }
  }
}
