package seedance.workflows.json;

import com.fasterxml.jackson.annotation.JacksonAnnotationsInside;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import com.fasterxml.jackson.databind.util.StdConverter;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.time.Duration;
import java.time.Instant;

/**
 * Writes an {@link Instant} as {@code "2026-11-22T18:45:00Z"} and a {@link Duration} as {@code
 * "PT9S"}, whatever the Jackson mapper of the worker that hosts us is set to, even without its
 * java.time module.
 */
public final class IsoTime {
  private IsoTime() {}

  /** On an {@link Instant} of a wire record. */
  @Retention(RetentionPolicy.RUNTIME)
  @JacksonAnnotationsInside
  @JsonSerialize(using = ToStringSerializer.class)
  @JsonDeserialize(converter = ReadInstant.class)
  public @interface IsoInstant {}

  /** On a {@link Duration} of a wire record. */
  @Retention(RetentionPolicy.RUNTIME)
  @JacksonAnnotationsInside
  @JsonSerialize(using = ToStringSerializer.class)
  @JsonDeserialize(converter = ReadDuration.class)
  public @interface IsoDuration {}

  static final class ReadInstant extends StdConverter<String, Instant> {
    @Override
    public Instant convert(String text) {
      return Instant.parse(text);
    }
  }

  static final class ReadDuration extends StdConverter<String, Duration> {
    @Override
    public Duration convert(String text) {
      return Duration.parse(text);
    }
  }
}
