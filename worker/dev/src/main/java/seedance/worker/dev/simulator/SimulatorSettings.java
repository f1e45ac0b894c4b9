package seedance.worker.dev.simulator;

import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;

/**
 * How a simulator runs. Immutable; {@link #builder()} has a default for everything.
 *
 * @param address what to listen on; by default loopback only
 * @param port 0 means any that is free; the default
 * @param apiKeys the keys that are accepted; empty, the default, means any that is not empty
 * @param speed how many times faster than the real service tasks are processed and expire; default
 *     1
 * @param seed decides task ids, drawn seeds, durations and which callbacks are lost: the same
 *     creates in the same order make the same tasks; default 1
 * @param processingLimit how many tasks of one key are processed at once, the others wait; default
 *     3
 * @param times how long tasks wait and run; default what is typical of the real service
 * @param urlLifetime how long a file's URL works; whole seconds; default 24 hours
 * @param recordLifetime how long after its creation a finished task is remembered; default 7 days
 * @param callbackTimeout how long a callback waits for its 2xx; default 5 seconds
 * @param callbackDelivery which callbacks get through, and how late; default all, at once
 * @param clock tells the time to tasks and URLs; not scaled by {@code speed}; default the system's
 * @param gatewayReply the form of replies at {@code GET /v1/videos/ID}; default Ark's own
 * @param taskIds what the ids of tasks look like; default the service's own
 * @param bodyCheck decides which creates are refused; default the rules that hold for all models
 * @param createListener is told which body made which task; default nobody
 */
public record SimulatorSettings(
    InetAddress address,
    int port,
    Set<String> apiKeys,
    double speed,
    long seed,
    int processingLimit,
    TaskTimes times,
    Duration urlLifetime,
    Duration recordLifetime,
    Duration callbackTimeout,
    CallbackDelivery callbackDelivery,
    Clock clock,
    GatewayReply gatewayReply,
    TaskIdForm taskIds,
    BodyCheck bodyCheck,
    CreateListener createListener) {

  /**
   * @throws IllegalArgumentException for a value out of its range
   * @throws NullPointerException if a part is null
   */
  public SimulatorSettings {
    Objects.requireNonNull(address, "address");
    apiKeys = Set.copyOf(apiKeys);
    Objects.requireNonNull(times, "times");
    Objects.requireNonNull(callbackDelivery, "callbackDelivery");
    Objects.requireNonNull(clock, "clock");
    Objects.requireNonNull(gatewayReply, "gatewayReply");
    Objects.requireNonNull(taskIds, "taskIds");
    Objects.requireNonNull(bodyCheck, "bodyCheck");
    Objects.requireNonNull(createListener, "createListener");
    require(port >= 0 && port <= 65_535, "port is 0 to 65535: " + port);
    require(apiKeys.stream().noneMatch(String::isBlank), "an API key is not blank");
    require(speed > 0 && speed <= 1_000_000, "speed is more than 0, at most 1000000: " + speed);
    require(processingLimit >= 1, "processingLimit is at least 1: " + processingLimit);
    require(
        urlLifetime.toSeconds() >= 1 && urlLifetime.getNano() == 0,
        "urlLifetime is whole seconds, at least 1: " + urlLifetime);
    require(recordLifetime.toNanos() > 0, "recordLifetime is more than 0: " + recordLifetime);
    require(
        callbackTimeout.toMillis() >= 1, "callbackTimeout is at least 1 ms: " + callbackTimeout);
  }

  /** All defaults. */
  public static SimulatorSettings defaults() {
    return builder().build();
  }

  /** A builder that starts from the defaults. Not for use by several threads. */
  public static Builder builder() {
    return new Builder();
  }

  /** Leaves out the keys. */
  @Override
  public String toString() {
    return "SimulatorSettings[address=%s, port=%d, apiKeys=%d, speed=%s, seed=%d]"
        .formatted(address, port, apiKeys.size(), speed, seed);
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException(otherwise);
    }
  }

  /** Builds settings; the record's components say what each is. */
  public static final class Builder {
    private InetAddress address = InetAddress.getLoopbackAddress();
    private int port;
    private Set<String> apiKeys = Set.of();
    private double speed = 1;
    private long seed = 1;
    private int processingLimit = 3;
    private TaskTimes times = TaskTimes.TYPICAL;
    private Duration urlLifetime = Duration.ofHours(24);
    private Duration recordLifetime = Duration.ofDays(7);
    private Duration callbackTimeout = Duration.ofSeconds(5);
    private CallbackDelivery callbackDelivery = CallbackDelivery.PROMPT;
    private Clock clock = Clock.systemUTC();
    private GatewayReply gatewayReply = GatewayReply.ARK;
    private TaskIdForm taskIds = TaskIdForm.ARK;
    private BodyCheck bodyCheck = new BasicBodyCheck();
    private CreateListener createListener = (taskId, body) -> {};

    private Builder() {}

    /** Sets what to listen on. */
    public Builder address(InetAddress address) {
      this.address = address;
      return this;
    }

    /** Sets the port. */
    public Builder port(int port) {
      this.port = port;
      return this;
    }

    /** Sets the keys that are accepted. */
    public Builder apiKeys(Set<String> apiKeys) {
      this.apiKeys = apiKeys;
      return this;
    }

    /** Sets how many times faster than the real service it is. */
    public Builder speed(double speed) {
      this.speed = speed;
      return this;
    }

    /** Sets what decides everything that is drawn. */
    public Builder seed(long seed) {
      this.seed = seed;
      return this;
    }

    /** Sets how many tasks of one key are processed at once. */
    public Builder processingLimit(int processingLimit) {
      this.processingLimit = processingLimit;
      return this;
    }

    /** Sets how long tasks wait and run. */
    public Builder times(TaskTimes times) {
      this.times = times;
      return this;
    }

    /** Sets how long a file's URL works. */
    public Builder urlLifetime(Duration urlLifetime) {
      this.urlLifetime = urlLifetime;
      return this;
    }

    /** Sets how long a finished task is remembered. */
    public Builder recordLifetime(Duration recordLifetime) {
      this.recordLifetime = recordLifetime;
      return this;
    }

    /** Sets how long a callback waits for its 2xx. */
    public Builder callbackTimeout(Duration callbackTimeout) {
      this.callbackTimeout = callbackTimeout;
      return this;
    }

    /** Sets which callbacks get through, and how late. */
    public Builder callbackDelivery(CallbackDelivery callbackDelivery) {
      this.callbackDelivery = callbackDelivery;
      return this;
    }

    /** Sets what tells the time. */
    public Builder clock(Clock clock) {
      this.clock = clock;
      return this;
    }

    /** Sets the form of the gateway's replies to looks. */
    public Builder gatewayReply(GatewayReply gatewayReply) {
      this.gatewayReply = gatewayReply;
      return this;
    }

    /** Sets what the ids of tasks look like. */
    public Builder taskIds(TaskIdForm taskIds) {
      this.taskIds = taskIds;
      return this;
    }

    /** Sets what decides which creates are refused. */
    public Builder bodyCheck(BodyCheck bodyCheck) {
      this.bodyCheck = bodyCheck;
      return this;
    }

    /** Sets who is told which body made which task. */
    public Builder createListener(CreateListener createListener) {
      this.createListener = createListener;
      return this;
    }

    /**
     * Makes the settings.
     *
     * @throws IllegalArgumentException for a value out of its range
     */
    public SimulatorSettings build() {
      return new SimulatorSettings(
          address,
          port,
          apiKeys,
          speed,
          seed,
          processingLimit,
          times,
          urlLifetime,
          recordLifetime,
          callbackTimeout,
          callbackDelivery,
          clock,
          gatewayReply,
          taskIds,
          bodyCheck,
          createListener);
    }
  }
}
