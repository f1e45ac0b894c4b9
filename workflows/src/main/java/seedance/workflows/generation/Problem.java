package seedance.workflows.generation;

import java.time.Instant;
import java.util.Objects;
import seedance.workflows.json.IsoTime.IsoInstant;
import seedance.workflows.json.WireForm;

/**
 * Something that went wrong without ending the generation.
 *
 * @param what one readable line in our own words; never a key, a URL, a prompt or the service's
 *     text
 * @param at when it was seen, by the worker's clock
 */
@WireForm
public record Problem(String what, @IsoInstant Instant at) {
  public Problem {
    Objects.requireNonNull(what, "what");
    Objects.requireNonNull(at, "at");
  }
}
