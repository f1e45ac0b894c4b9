package seedance.workflows.generation;

import java.time.Duration;
import java.util.Objects;
import seedance.workflows.request.AnyJson;
import seedance.workflows.request.IsoTime.IsoDuration;
import seedance.workflows.request.WireForm;

/**
 * What {@link SubmitActivity} sends.
 *
 * @param request the body, valid by {@link ValidateActivity}
 * @param typicalTime how long such a generation usually takes, which decides the first look
 * @param attempt 1 for the first submission of this generation, which decides how long to wait
 *     where the service does not take it
 */
@WireForm
public record Submission(AnyJson request, @IsoDuration Duration typicalTime, int attempt) {
  public Submission {
    Objects.requireNonNull(request, "request");
    Objects.requireNonNull(typicalTime, "typicalTime");
  }
}
