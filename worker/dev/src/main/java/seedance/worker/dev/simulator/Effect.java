package seedance.worker.dev.simulator;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What goes wrong. In JSON the field {@code type} names the effect: {@code {"type":"reset"}}. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Effect.LostReply.class, name = "lostReply"),
  @JsonSubTypes.Type(value = Effect.Reset.class, name = "reset"),
  @JsonSubTypes.Type(value = Effect.ServiceFailure.class, name = "serviceFailure"),
  @JsonSubTypes.Type(value = Effect.RateLimited.class, name = "rateLimited"),
  @JsonSubTypes.Type(value = Effect.Stall.class, name = "stall"),
  @JsonSubTypes.Type(value = Effect.Garbage.class, name = "garbage"),
  @JsonSubTypes.Type(value = Effect.UnknownStatus.class, name = "unknownStatus"),
  @JsonSubTypes.Type(value = Effect.NotFound.class, name = "notFound"),
  @JsonSubTypes.Type(value = Effect.NoVideo.class, name = "noVideo"),
  @JsonSubTypes.Type(value = Effect.Usage.class, name = "usage"),
  @JsonSubTypes.Type(value = Effect.CutDownload.class, name = "cutDownload"),
  @JsonSubTypes.Type(value = Effect.SlowDownload.class, name = "slowDownload"),
  @JsonSubTypes.Type(value = Effect.ExpiredUrl.class, name = "expiredUrl"),
})
public sealed interface Effect {

  /** The operations that this effect makes sense for. */
  @JsonIgnore
  Set<Operation> operations();

  /** The work is done, then the connection closes without a byte of a reply. */
  record LostReply() implements Effect {
    @Override
    public Set<Operation> operations() {
      return EnumSet.complementOf(EnumSet.of(Operation.DOWNLOAD));
    }
  }

  /** The connection closes before the body is read; nothing is done. */
  record Reset() implements Effect {
    @Override
    public Set<Operation> operations() {
      return EnumSet.allOf(Operation.class);
    }
  }

  /**
   * An answer of 5xx (or another error status).
   *
   * @param moment whether the work was done all the same; null means {@link Moment#BEFORE}
   * @param status 400 to 599; 0 means 500
   * @param code the service's error code; null means {@code InternalServiceError}
   */
  record ServiceFailure(Moment moment, int status, String code) implements Effect {

    /**
     * @throws IllegalArgumentException for a status that is not an error's
     */
    public ServiceFailure(@Nullable Moment moment, int status, @Nullable String code) {
      this.moment = Objects.requireNonNullElse(moment, Moment.BEFORE);
      this.status = status == 0 ? 500 : status;
      this.code = Objects.requireNonNullElse(code, "InternalServiceError");
      if (this.status < 400 || this.status > 599) {
        throw new IllegalArgumentException("an error has status 400 to 599: " + status);
      }
    }

    @Override
    public Set<Operation> operations() {
      return EnumSet.complementOf(EnumSet.of(Operation.DOWNLOAD));
    }
  }

  /**
   * An answer of 429; nothing is done.
   *
   * @param code the service's error code; null means {@code RateLimitExceeded.EndpointRPMExceeded}
   * @param retryAfter what the header {@code Retry-After} says, in whole seconds; null sends none
   */
  record RateLimited(String code, @Nullable Duration retryAfter) implements Effect {

    /**
     * @throws IllegalArgumentException if {@code retryAfter} is negative
     */
    public RateLimited(@Nullable String code, @Nullable Duration retryAfter) {
      this.code = Objects.requireNonNullElse(code, "RateLimitExceeded.EndpointRPMExceeded");
      if (retryAfter != null && retryAfter.isNegative()) {
        throw new IllegalArgumentException("retryAfter is not negative: " + retryAfter);
      }
      this.retryAfter = retryAfter;
    }

    /** The value of {@code Retry-After}, if there is one. */
    @JsonIgnore
    Optional<Duration> pause() {
      return Optional.ofNullable(retryAfter);
    }

    @Override
    public Set<Operation> operations() {
      return EnumSet.allOf(Operation.class);
    }
  }

  /**
   * No header ever comes; the connection closes in the end.
   *
   * @param moment whether the work was done all the same; null means {@link Moment#BEFORE}; a
   *     download knows no difference
   * @param atMost how long the connection stays open; null means ten minutes
   */
  record Stall(Moment moment, Duration atMost) implements Effect {

    /**
     * @throws IllegalArgumentException if {@code atMost} is negative
     */
    public Stall(@Nullable Moment moment, @Nullable Duration atMost) {
      this.moment = Objects.requireNonNullElse(moment, Moment.BEFORE);
      this.atMost = Objects.requireNonNullElse(atMost, Duration.ofMinutes(10));
      if (this.atMost.isNegative()) {
        throw new IllegalArgumentException("atMost is not negative: " + atMost);
      }
    }

    @Override
    public Set<Operation> operations() {
      return EnumSet.allOf(Operation.class);
    }
  }

  /** The work is done, and the answer is 200 with an HTML page, as a proxy in between sends it. */
  record Garbage() implements Effect {
    @Override
    public Set<Operation> operations() {
      return EnumSet.complementOf(EnumSet.of(Operation.DOWNLOAD));
    }
  }

  /**
   * The reply bears a status that is not documented.
   *
   * @param status the word; null means {@code preprocessing}
   */
  record UnknownStatus(String status) implements Effect {

    /** Fills in the default. */
    public UnknownStatus(@Nullable String status) {
      this.status = Objects.requireNonNullElse(status, "preprocessing");
    }

    @Override
    public Set<Operation> operations() {
      return EnumSet.of(Operation.LOOK);
    }
  }

  /** A 404 for a task that exists, as replicas answer that have not heard of it yet. */
  record NotFound() implements Effect {
    @Override
    public Set<Operation> operations() {
      return EnumSet.of(Operation.LOOK);
    }
  }

  /** A finished task names no URLs, as the service answers a day after its end. */
  record NoVideo() implements Effect {
    @Override
    public Set<Operation> operations() {
      return EnumSet.of(Operation.LOOK);
    }
  }

  /**
   * A finished task reports another usage than is billed: none, nothing, less than nothing.
   *
   * @param completionTokens null leaves it out
   * @param totalTokens null leaves it out
   */
  record Usage(@Nullable Long completionTokens, @Nullable Long totalTokens) implements Effect {
    @Override
    public Set<Operation> operations() {
      return EnumSet.of(Operation.LOOK);
    }
  }

  /**
   * The file ends in the middle: the connection closes, or, of a file whose length is not told, it
   * just ends as if that were all.
   *
   * @param afterBytes how many of its bytes are sent
   * @param withoutLength whether no Content-Length is told; false by default
   */
  record CutDownload(long afterBytes, boolean withoutLength) implements Effect {

    /** With its length told. */
    public CutDownload(long afterBytes) {
      this(afterBytes, false);
    }

    /**
     * @throws IllegalArgumentException if {@code afterBytes} is negative
     */
    public CutDownload {
      if (afterBytes < 0) {
        throw new IllegalArgumentException("afterBytes is not negative: " + afterBytes);
      }
    }

    @Override
    public Set<Operation> operations() {
      return EnumSet.of(Operation.DOWNLOAD);
    }
  }

  /**
   * The file trickles.
   *
   * @param bytesPerSecond at least 1
   */
  record SlowDownload(long bytesPerSecond) implements Effect {

    /**
     * @throws IllegalArgumentException if {@code bytesPerSecond} is not positive
     */
    public SlowDownload {
      if (bytesPerSecond < 1) {
        throw new IllegalArgumentException("bytesPerSecond is at least 1: " + bytesPerSecond);
      }
    }

    @Override
    public Set<Operation> operations() {
      return EnumSet.of(Operation.DOWNLOAD);
    }
  }

  /** The URL counts as expired, however fresh it is. */
  record ExpiredUrl() implements Effect {
    @Override
    public Set<Operation> operations() {
      return EnumSet.of(Operation.DOWNLOAD);
    }
  }
}
